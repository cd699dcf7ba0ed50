"""underthesea's parts, each loaded when it is needed.

Without the rest of the library: a tagger, an agent and an HTTP client, 0.3 s in every process (2026-11-22), a line on
standard output and a handler at the root logger.
"""

import logging
import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.util import find_spec, module_from_spec
from itertools import accumulate
from pathlib import Path

from pipeline.loading import in_place_of
from pipeline.segment.decoder import Decoder, Inside
from pipeline.segment.model import WEIGHTS, ModelError, load_model, load_templates

MODEL = "ws_crf_vlsp2013_20230727"
"""The bundled model of word segmentation, a CRF with the labels B-W and I-W."""
KNOWN_TOKENS = 50_000
"""Tokens whose normal form is remembered."""

SIMPLE = r"[^\W\d_]++(?![\w&.'’\-:@+%])|[,()]"
"""Tokens that the library's pattern finds too, behind many alternatives: a word before nothing that could go on with it."""


@dataclass(frozen=True, slots=True)
class Library:
    """`tokens` is the pattern of tokens with the space before.

    `normal` is the form in which the model knows a token, `inside` says which tokens go on a word.
    """

    tokens: re.Pattern[str]
    normal: Callable[[str], str]
    inside: Inside


def _unopened(package: str) -> AbstractContextManager[None]:
    """For as long as this lasts, modules of a package are imported without what the package itself imports."""
    spec = find_spec(package)
    return in_place_of(package, module_from_spec(spec) if spec else None)


@cache
def abbreviations() -> frozenset[str]:
    """What ends no sentence when a stop is behind it, in small letters."""
    with _unopened("underthesea"):
        from underthesea.pipeline import sent_tokenize  # noqa: PLC0415
    sent_tokenize.sent_tokenize("")  # loads them
    return frozenset(sent_tokenize.sentence_tokenizer.abbrev_types)


@cache
def underthesea() -> Library:
    """The parts of underthesea that finding words uses."""
    with _unopened("underthesea"):
        from underthesea.pipeline.text_normalize import token_normalize  # noqa: I001, PLC0415 - word_tokenize needs it whole
        from underthesea.pipeline import word_tokenize  # noqa: PLC0415
        from underthesea.pipeline.word_tokenize.regex_tokenize import patterns  # noqa: PLC0415
    folder = Path(word_tokenize.__path__[0]) / "models" / MODEL
    normal = lru_cache(KNOWN_TOKENS)(token_normalize)
    pattern = re.compile(rf"\s*+({SIMPLE}|(?x:{patterns.pattern}))")
    return Library(pattern, normal, _when_asked(partial(labeller, folder)))


@cache
def labeller(folder: Path) -> Inside:
    """The fast decoder for the model in `folder` if it is the one known, else the library's own tagger; it takes 0.3 s to load."""
    try:
        model = load_model(folder)
        return Decoder(model, _when_asked(cache(partial(_known_labeller, folder, model.words)))).inside
    except (ModelError, OSError) as error:
        logging.getLogger(__name__).warning("%s; words are found by underthesea itself, which is slower", error)
        return slow_labeller(folder)


def _when_asked(load: Callable[[], Inside]) -> Inside:
    """What is loaded at its first sentence, as most texts need it not."""

    def inside(tokens: Sequence[str], counts: Sequence[int]) -> list[bool]:
        return load()(tokens, counts)

    return inside


def _known_labeller(folder: Path, words: frozenset[str]) -> Inside:
    """The tagger of `slow_labeller` for the model known here, which needs less of underthesea: 0.1 s for 0.3 (2026-11-22)."""
    from underthesea_core import CRFFeaturizer, CRFTagger  # noqa: PLC0415

    tagger, featurizer = CRFTagger(), CRFFeaturizer(load_templates(folder), words)
    tagger.load(str(folder / WEIGHTS))
    return _each(lambda tokens: tagger.tag(featurizer.process([tokens])[0]))


@cache
def slow_labeller(folder: Path) -> Inside:
    """Underthesea's own tagger over the model in `folder`."""
    with _unopened("underthesea"):
        from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger  # noqa: PLC0415

    model = FastCRFSequenceTagger()
    model.load(str(folder))
    return _each(model.predict)


def _each(predict: Callable[[list[list[str]]], list[str]]) -> Inside:
    """Each sentence labelled on its own."""

    def inside(tokens: Sequence[str], counts: Sequence[int]) -> list[bool]:
        ends = list(accumulate(counts))
        parts = [tokens[end - count : end] for end, count in zip(ends, counts, strict=True) if count]
        return [tag == "I-W" for part in parts for tag in predict([[token] for token in part])]

    return inside
