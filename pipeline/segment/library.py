"""underthesea's parts, loaded once and quietly: importing it logs to standard output and adds a handler to the root logger."""

import logging
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache, lru_cache

MODEL = "ws_crf_vlsp2013_20230727"
"""The bundled model of word segmentation, a CRF with the labels B-W and I-W."""
KNOWN_TOKENS = 50_000
"""Tokens whose normal form is remembered; finding it takes a fifth of the time of segmentation."""


@dataclass(frozen=True, slots=True)
class Library:
    """`split` gives sentences of a line, `tokens` is the pattern of tokens, `tag` labels tokens."""

    split: Callable[[str], list[str]]
    tokens: re.Pattern[str]
    tag: Callable[[list[str]], list[str]]


@cache
def underthesea() -> Library:
    """The parts of underthesea that segmentation uses; the root logger is left as it was."""
    handlers = logging.getLogger().handlers[:]
    with redirect_stdout(sys.stderr):
        from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger  # noqa: PLC0415
        from underthesea.pipeline import word_tokenize  # noqa: PLC0415
        from underthesea.pipeline.sent_tokenize import sent_tokenize  # noqa: PLC0415
        from underthesea.pipeline.text_normalize import token_normalize  # noqa: PLC0415
        from underthesea.pipeline.word_tokenize.regex_tokenize import patterns  # noqa: PLC0415
    logging.getLogger().handlers[:] = handlers
    model = FastCRFSequenceTagger()
    model.load(f"{word_tokenize.__path__[0]}/models/{MODEL}")

    normal = lru_cache(KNOWN_TOKENS)(token_normalize)

    def tag(tokens: list[str]) -> list[str]:
        return list(model.predict([[normal(token)] for token in tokens])) if tokens else []

    return Library(sent_tokenize, patterns, tag)
