"""Sentences: underthesea's, put right at abbreviations and closing quotes, which it splits off."""

import re
from collections.abc import Iterator

from pipeline.segment.library import abbreviations
from pipeline.segment.mask import hide_addresses

ABBREVIATIONS = (
    "TX", "Tx", "TP", "Tp", "TT", "GS", "PGS", "TS", "ThS", "Ths", "BS", "KS", "LS", "NXB", "Q", "P", "H", "X", "T.Ư", "T.W",
    "Đ/c", "đ/c", "St", "v.v", "Tr", "tr", "NSND", "NSƯT",
)  # fmt: skip
"""Abbreviations with a stop after which a name goes on."""
_ABBREVIATED = re.compile(rf"(?:^|[\s(\"“.,;/-])(?:{'|'.join(map(re.escape, ABBREVIATIONS))})\.$")
_LONGEST_ABBREVIATION = 8
LONGEST_KNOWN = 60
"""Longest word, in characters, that may be an abbreviation of underthesea's."""
_MARKS = re.compile(r"[.?!](?:(?<=\.)(?P<ellipsis>\.{2,})|[.?!]*)")
_BLANK, _BLANKS, _VISIBLE = re.compile("[ \t]*"), re.compile("[ \t\n\r]*"), re.compile(r"\S")
_CLOSING = re.compile(r"\s?[\"”’»)\]]+(?=\s|$)")


def sentence_spans(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences in the block `flat[start:end]`, without the space around them, of a text whose white space is the space."""
    if not _MARKS.search(flat, start, end - 1) and not flat[start].isspace() and not flat[end - 1].isspace():
        yield start, end  # as most headings and items of lists
        return
    masked = hide_addresses(flat[start:end])
    first, at = -1, 0
    for begin, stop in library_spans(masked):
        if stop <= at:
            continue
        first = _next_visible(masked, max(begin, at)) if first < 0 else first
        closing = _CLOSING.match(masked, stop)
        at = closing.end() if closing else stop
        if not _goes_on(masked, at):
            yield start + first, start + at
            first = -1
    if first >= 0:
        yield start + first, start + at


def library_spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of underthesea's `sent_tokenize`, found by their marks and not character by character."""
    start = 0
    for end in _ends(text):
        yield _next_visible(text, start), end
        start = _end_of(_BLANKS, text, end)
    if rest := text[start:].strip():
        begin = _next_visible(text, start)
        yield begin, begin + len(rest)


def _ends(text: str) -> Iterator[int]:
    at = 0
    while marks := _MARKS.search(text, at):
        at = marks.end()
        if marks["ellipsis"]:
            after = _end_of(_BLANK, text, at)
            if after == len(text) or text[after].isupper():
                yield at
        elif _is_end(text, marks.start()):
            yield at
        else:
            at = marks.start() + 1


def _is_end(text: str, at: int) -> bool:
    """Whether the mark at `at` ends a sentence: no stop inside a number or behind an abbreviation."""
    if text[at] != ".":
        return True
    if text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
        return False
    known, start = abbreviations(), at
    while start and at - start <= LONGEST_KNOWN and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    return text[start:at].lower() not in known


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _next_visible(masked: str, at: int) -> int:
    found = _VISIBLE.search(masked, at)
    return found.start() if found else len(masked)


def _goes_on(masked: str, at: int) -> bool:
    """Whether the stop before `at` is that of an abbreviation with more behind it."""
    if at == len(masked) or masked[at - 1] != ".":
        return False
    return _ABBREVIATED.search(masked, max(0, at - _LONGEST_ABBREVIATION), at) is not None and bool(masked[at:].strip())
