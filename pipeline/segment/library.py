"""underthesea's parts, loaded once and quietly: importing it logs to standard output and adds a handler to the root logger."""

import logging
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pipeline.segment.decoder import Decoder, Inside
from pipeline.segment.model import ModelError, load_model

MODEL = "ws_crf_vlsp2013_20230727"
"""The bundled model of word segmentation, a CRF with the labels B-W and I-W."""
KNOWN_TOKENS = 50_000
"""Tokens whose normal form is remembered."""


SIMPLE = r"[^\W\d_]++(?![\w&.'’\-:@+%])|[,()]"
"""Tokens that the library's pattern finds too, behind many alternatives: a word before nothing that could go on with it."""


@dataclass(frozen=True, slots=True)
class Library:
    """`split` gives sentences of a line, `tokens` is the pattern of tokens with the space before, `inside` says which tokens go on a word."""

    split: Callable[[str], list[str]]
    tokens: re.Pattern[str]
    inside: Inside


@cache
def underthesea() -> Library:
    """The parts of underthesea that segmentation uses; the root logger is left as it was."""
    handlers = logging.getLogger().handlers[:]
    with redirect_stdout(sys.stderr):
        from underthesea.pipeline import word_tokenize  # noqa: PLC0415
        from underthesea.pipeline.sent_tokenize import sent_tokenize  # noqa: PLC0415
        from underthesea.pipeline.text_normalize import token_normalize  # noqa: PLC0415
        from underthesea.pipeline.word_tokenize.regex_tokenize import patterns  # noqa: PLC0415
    logging.getLogger().handlers[:] = handlers
    folder = Path(word_tokenize.__path__[0]) / "models" / MODEL
    normal = lru_cache(KNOWN_TOKENS)(token_normalize)
    pattern = re.compile(rf"\s*+({SIMPLE}|(?x:{patterns.pattern}))")
    label = cache(lambda: labeller(folder))  # the model takes 0.5 s, and sentences do without it
    return Library(sent_tokenize, pattern, lambda tokens: label()([normal(token) for token in tokens]))


def labeller(folder: Path) -> Inside:
    """The fast decoder for the model in `folder` if it is the one known, else the library's own tagger."""

    def in_doubt(tokens: Sequence[str]) -> list[bool]:
        return slow_labeller(folder)(tokens)

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
    return lambda tokens: [tag == "I-W" for tag in model.predict([[token] for token in tokens])] if tokens else []
