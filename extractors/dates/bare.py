"""Numbers without "ngày", "tháng" or "năm": what around them says that they are a day, a month or a year."""

import re
from functools import cache

from extractors.dates.grammar import cues, not_years
from extractors.dates.joining import Hit
from extractors.figures.nouns import begins_counted_noun
from extractors.tables import doc_types

LOOK_BACK = 27
"""Longest head before a date, in characters ("thứ sáu, ngày ", "(chương trình ")."""
BARE_YEARS = range(1900, 2061)
"""Four digits that are taken for a year without the word "năm"."""
_SCALE = "1/2000"
_OPENED = re.compile(r"(?:^|[(\[|\n] ?)$")
_CLOSED = re.compile(r" {0,2}(?:[)\]|\n,;*]|-(?: ?nay(?!\w))?|$)")
"""Before and behind what stands alone in brackets or in a cell."""
_UNTIL = re.compile(
    r"(?:^|\(|[^\d]{9}(?<![\w.,])(?<!lên )(?<!tăng )(?<!giảm )(?<!đạt )(?<!xuống )(?<!hơn )(?<!còn ))(?:đến|tới) $"
)
_YEARS_SINCE = re.compile(r" năm (?!\d|học)")
"""Behind four digits that count the years since something: "1982 năm Khởi nghĩa Hai Bà Trưng"."""
_SENTENCE_ENDS = re.compile(r" {0,2}(?:[)\]|\n,;]|\.(?!\d)|$)")
"""Before and behind a year up to which something was, where nothing is counted: "(đến 1960)"."""


def is_cited(lower: str, at: int) -> bool:
    """Whether digits are the number of a document, or a scale: "Công văn số 5/2010", "1/2000"."""
    before = lower[max(0, at - LOOK_BACK) : at].rstrip(": ")
    return before.endswith((*_numbered_types(), " số")) or before == "số" or lower.startswith(_SCALE, at)


def is_enclosed(lower: str, start: int, end: int) -> bool:
    """Whether an expression stands alone in brackets or in a cell, or opens a list there: "(6/2010, …", "| 6/1946 |"; a scale does not."""
    opened = _OPENED.search(lower, max(0, start - 2), start) is not None
    return opened and _CLOSED.match(lower, end) is not None and not lower.startswith(_SCALE, start)


def numbers_passage(lower: str, start: int, end: int) -> bool:
    """Whether digits in brackets number what a quote or a line begins with: “(2.4). Đơn thư …”."""
    opens = lower.endswith(('"(', "\n("), 0, start)
    return opens and lower.startswith("). ", end) and lower[end + 3 : end + 4].isalpha()


def is_cued(lower: str, at: int) -> bool:
    """Whether a word before a bare "27-4" makes it a day."""
    return cues().search(lower, max(0, at - LOOK_BACK), at) is not None


def is_bare_year(lower: str, at: int, end: int, before: Hit | None) -> bool:
    """Whether four digits without "năm" are a year: not counted, not a number, not the number of a document."""
    if begins_counted_noun(lower, end) or _YEARS_SINCE.match(lower, end):
        return False
    if before is not None and before.first.year and _goes_on(lower, before, at):
        return True
    context = lower[max(0, at - LOOK_BACK) : at]
    if _UNTIL.search(context) and _SENTENCE_ENDS.match(lower, end):
        return int(lower[at:end]) in BARE_YEARS
    return (
        int(lower[at:end]) in BARE_YEARS
        and not context.rstrip().endswith(_numbered_types())
        and not not_years().search(context)
    )


def _goes_on(lower: str, before: Hit, at: int) -> bool:
    """Whether a year stands in a list with the one before it, or ends what that begins."""
    between = lower[before.end : at]
    return between in (", ", " và ", ",") or (
        between in (" đến ", " tới ")
        and (before.head == "year" or lower.endswith("từ ", 0, before.start))
        and not before.first.month
    )


@cache
def _numbered_types() -> tuple[str, ...]:
    return tuple(row.name for row in doc_types() if row.numbered and row.name not in ("luật", "bộ luật", "pháp lệnh"))
