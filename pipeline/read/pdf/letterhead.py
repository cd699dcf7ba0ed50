"""The two columns at the head of a document: who issues it and its number; the system's title, place and date.

The title ("CỘNG HÒA XÃ HỘI …", "ĐẢNG CỘNG SẢN …") stands at the top of the right column; rows belong to the head as long as
a strip beside the title stays free, and they stand nearer to the middle of a column than to that of the page.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.tables import doc_types
from extractors.view import fold
from pipeline.document import Piece
from pipeline.read.pdf.columns import Gutter, split_at
from pipeline.read.pdf.joining import piece
from pipeline.read.pdf.words import Row

TITLES = ("conghoaxahoi", "dangcongsanviet", "doantncshochiminh", "doanthanhniencongsan")
"""Beginnings of the titles, without marks and spaces, so that a misread accent does no harm."""
MOST_ROWS, WIDEST_STEP, ABOVE = 14, 5.0, 2.2
"""Rows of a head; the widest step between two of its rows, and up to a row above the title, in sizes."""
MOST_WORDS = 12
"""Words of a title with a motto."""
LONGEST_NUMBER = 100
"""Characters of a line that may be a number and symbol."""
_NUMBER = re.compile(r"(?:\w+\s+){0,2}số\b\s*:?", re.I)
_WHOLE_NUMBER = re.compile(r"[\d.…]++\s*+[-/].*[^\W\d_]\d*$")
_DATED = re.compile(r"năm\s*[\d.…]{2,6}")
_KIND_CONTINUED = re.compile(r"[-–/]\s?\w|\w{1,12}(?:[-/]\w{1,12}){0,3}$")


@dataclass(slots=True)
class Head:
    """A letterhead: rows `start` to `end` of its page, and its two columns."""

    start: int
    end: int
    left: list[Row]
    right: list[Row]

    def pieces(self) -> list[Piece]:
        """Column after column, a piece a line; a number or a date broken over lines is joined."""
        return [*_lines(self.left), *_lines(self.right)]


def find_head(rows: Sequence[Row], begin: int, centre: float) -> Head | None:
    """The first letterhead at or after the row `begin`; `centre` is the middle of the page's text."""
    for at in range(begin, len(rows)):
        index = title_at(rows[at])
        if index is not None:
            before, title = split_at(rows[at], index)
            if title.middle > centre:
                return _grown(rows, begin, at, before, title, centre)
    return None


def title_at(row: Row) -> int | None:
    """The index of the word with which a title begins that runs to the end of the row."""
    if not row.words[-1].text.isupper():
        return None
    for at in range(max(0, len(row.words) - MOST_WORDS), len(row.words)):
        if row.words[at].text[:1].isupper():
            letters = _bare(" ".join(word.text for word in row.words[at:]))
            if letters.startswith(TITLES) and row.words[at].text.isupper():
                return at
    return None


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return "".join(char for char in decomposed if char.isalpha())


def _grown(rows: Sequence[Row], begin: int, at: int, before: Row | None, title: Row, centre: float) -> Head:
    """The head from its title upwards and downwards."""
    gutter = Gutter(
        before.right if before else float("-inf"), title.left, before.middle if before else None, title.middle
    )
    head = Head(at, at + 1, [before] if before else [], [title])
    while head.start > begin and at - head.start < 3:  # noqa: PLR2004
        above = rows[head.start - 1]
        if (
            rows[head.start].bottom - above.bottom > ABOVE * above.size
            or above.right > title.left
            or above.middle > centre * 0.8
        ):
            break
        head.left.insert(0, above)
        head.start -= 1
        gutter = Gutter(max(gutter.start, above.right), gutter.end, above.middle, gutter.right)
    _grow_down(rows, head, gutter, centre)
    return head


def _grow_down(rows: Sequence[Row], head: Head, gutter: Gutter, centre: float) -> None:
    while head.end < len(rows) and head.end - head.start < MOST_ROWS:
        row = rows[head.end]
        halves = gutter.halves(row) if row.bottom - rows[head.end - 1].bottom < WIDEST_STEP * row.size else None
        if halves is None or not _belongs(*halves, head, centre):
            return
        left, right, gutter = halves
        if left:
            head.left.append(left)
            gutter = Gutter(gutter.start, gutter.end, gutter.left or left.middle, gutter.right)
        if right:
            head.right.append(right)
        head.end += 1


def _belongs(left: Row | None, right: Row | None, gutter: Gutter, head: Head, centre: float) -> bool:
    """Both sides, or one that stands nearer to its column's middle than to the page's."""
    if left and right:
        return not (is_type(left) or is_type(right))
    alone, middle = (left, gutter.left) if left else (right, gutter.right)
    if alone is None or is_type(alone) or alone.text.startswith(("Kính gửi", "Căn cứ")):
        return False
    if left and middle is None:
        return left.middle < centre * 0.9 and left.size <= 1.5 * head.right[0].size
    return middle is None or abs(alone.middle - middle) < abs(alone.middle - centre)


def is_type(row: Row) -> bool:
    """Whether the row is the name of a type of document in capitals."""
    return row.text.isupper() and " ".join(fold(row.text).lower().split()).strip(" :*") in _type_names()


@cache
def _type_names() -> frozenset[str]:
    return frozenset(fold(kind.name).lower() for kind in doc_types())


def _lines(rows: Sequence[Row]) -> list[Piece]:
    made: list[list[Row]] = []
    for row in rows:
        if made and _goes_on(made[-1], row):
            made[-1].append(row)
        else:
            made.append([row])
    return [piece(group, "letterhead", tight=bool(_NUMBER.match(group[0].text))) for group in made]


def _goes_on(rows: Sequence[Row], row: Row) -> bool:
    """Whether a number, a date or a title is not at its end yet."""
    text = " ".join(above.text for above in rows)
    if number := _NUMBER.match(text):
        rest = text[number.end() :].strip()
        if row.text[:1] in "*" or row.text.lower().startswith(("v/v", "về việc")):
            return False
        broken = (
            not rest or text[-1] in "-–/" or row.text[:1] in "-–/" or not _WHOLE_NUMBER.match(rest[:LONGEST_NUMBER])
        )
        return broken and bool(_KIND_CONTINUED.match(row.text) or re.match(r"\d", row.text))
    if ("ngày" in text.lower() or row.text.lower().startswith("ngày")) and not _DATED.search(text):
        return len(rows) < 4 and bool(re.match(r"ngày|tháng|năm|[\d.…]", row.text, re.I))  # noqa: PLR2004
    return _bare(text) in ("conghoaxahoi", "conghoaxahoichunghia", "dangcongsanviet") and row.text.isupper()
