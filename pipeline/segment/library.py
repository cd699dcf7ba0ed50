"""underthesea's parts, loaded once and quietly: importing it logs to standard output and adds a handler to the root logger."""

import logging
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from pipeline.segment.decoder import Decoder, Inside
from pipeline.segment.model import ModelError, load_model

MODEL = "ws_crf_vlsp2013_20230727"
"""The bundled model of word segmentation, a CRF with the labels B-W and I-W."""
KNOWN_TOKENS = 50_000
"""Pieces between spaces, and tokens, whose tokens and normal form are remembered."""

SIMPLE = r"[^\W\d_]++(?![\w&.'’\-:@+%])|[,()]"
"""Tokens that the library's pattern finds too, behind many alternatives: a word before nothing that could go on with it."""


@dataclass(frozen=True, slots=True)
class Library:
    """`abbreviations` end no sentence, `tokens` is the pattern of tokens with the space before.

    `normal` is the form in which the model knows a token, `inside` says which tokens go on a word.
    """

    abbreviations: frozenset[str]
    tokens: re.Pattern[str]
    normal: Callable[[str], str]
    inside: Inside


@cache
def underthesea() -> Library:
    """The parts of underthesea that segmentation uses; the root logger is left as it was."""
    handlers = logging.getLogger().handlers[:]
    with redirect_stdout(sys.stderr):
        from underthesea.pipeline import sent_tokenize, word_tokenize  # noqa: PLC0415
        from underthesea.pipeline.text_normalize import token_normalize  # noqa: PLC0415
        from underthesea.pipeline.word_tokenize.regex_tokenize import patterns  # noqa: PLC0415
    logging.getLogger().handlers[:] = handlers
    folder = Path(word_tokenize.__path__[0]) / "models" / MODEL
    normal = lru_cache(KNOWN_TOKENS)(token_normalize)
    pattern = re.compile(rf"\s*+({SIMPLE}|(?x:{patterns.pattern}))")
    sent_tokenize.sent_tokenize("")  # loads the abbreviations
    abbreviations = frozenset(sent_tokenize.sentence_tokenizer.abbrev_types)

    def inside(tokens: Sequence[str], counts: Sequence[int]) -> list[bool]:
        return labeller(folder)(tokens, counts)

    return Library(abbreviations, pattern, normal, inside)


@cache
def labeller(folder: Path) -> Inside:
    """The fast decoder for the model in `folder` if it is the one known, else the library's own tagger; it takes 0.5 s to load."""

    def in_doubt(tokens: Sequence[str], counts: Sequence[int]) -> list[bool]:
        return slow_labeller(folder)(tokens, counts)

    try:
        return Decoder(load_model(folder), in_doubt).inside
    except (ModelError, OSError) as error:
        logging.getLogger(__name__).warning("%s; words are found by underthesea itself, which is slower", error)
        return slow_labeller(folder)


@cache
def slow_labeller(folder: Path) -> Inside:
    """Underthesea's own tagger over the model in `folder`."""
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger  # noqa: PLC0415

    model = FastCRFSequenceTagger()
    model.load(str(folder))

    def inside(tokens: Sequence[str], counts: Sequence[int]) -> list[bool]:
        ends = list(accumulate(counts))
        parts = [tokens[end - count : end] for end, count in zip(ends, counts, strict=True) if count]
        return [tag == "I-W" for part in parts for tag in model.predict([[token] for token in part])]

    return inside
