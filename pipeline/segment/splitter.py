"""Sentences: underthesea's, put right at abbreviations and closing quotes, which it splits off."""

import re
from collections.abc import Iterator

from pipeline.segment.library import underthesea
from pipeline.segment.mask import mask

ABBREVIATIONS = (
    "TX", "Tx", "TP", "Tp", "TT", "GS", "PGS", "TS", "ThS", "Ths", "BS", "KS", "LS", "NXB", "Q", "P", "H", "X", "T.Ư", "T.W",
    "Đ/c", "đ/c", "St", "v.v", "Tr", "tr", "NSND", "NSƯT",
)  # fmt: skip
"""Abbreviations with a stop after which a name goes on."""
_ABBREVIATED = re.compile(rf"(?:^|[\s(\"“.,;/-])(?:{'|'.join(map(re.escape, ABBREVIATIONS))})\.$")
_LONGEST_ABBREVIATION = 8
_CLOSING = re.compile(r"\s?[\"”’»)\]]+(?=\s|$)")


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences in `text[start:end]`, a block without line ends that count, without the space around them."""
    masked = mask(text[start:end])
    first, at, seen = -1, 0, 0
    for sentence in underthesea().split(masked):
        begin = masked.index(sentence, seen)
        seen = begin + len(sentence)
        if seen <= at:
            continue
        first = _next_visible(masked, max(begin, at)) if first < 0 else first
        closing = _CLOSING.match(masked, seen)
        at = closing.end() if closing else seen
        if not _goes_on(masked, at):
            yield start + first, start + at
            first = -1
    if first >= 0:
        yield start + first, start + at


def _next_visible(masked: str, at: int) -> int:
    return len(masked) - len(masked[at:].lstrip())


def _goes_on(masked: str, at: int) -> bool:
    """Whether the stop before `at` is that of an abbreviation with more behind it."""
    return _ABBREVIATED.search(masked, max(0, at - _LONGEST_ABBREVIATION), at) is not None and bool(masked[at:].strip())
