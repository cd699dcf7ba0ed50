"""Rows of print → paragraphs, over the breaks of pages.

A row begins a paragraph where the one before ended though the next word would have fitted; where it is indented, or set
otherwise; where a wider step parts them; or where it begins with a marker after the end of a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.document import Piece
from pipeline.read.pdf.joining import piece
from pipeline.read.pdf.letterhead import is_type
from pipeline.read.pdf.words import Row

WIDE_STEP, LINE_STEP = 1.45, 1.3
"""Steps over the usual one: from here on two rows are two paragraphs, and up to here two centred rows are one title."""
INDENT = 0.8
"""Of a row's size: a smaller difference of left edges is none."""
FEWEST_ROWS = 8
"""Rows that tell a page's own edges; with fewer it has those of the document."""
_MARKER = re.compile(
    r"[“\"]?(?:(?:Điều|Chương|Mục|Phần|Khoản|Phụ lục)\s+[\dIVXLA-Z]{1,6}\b|[IVXL]{1,6}\s?[.\-–]|\d{1,2}(?:\.\d{1,2}){0,4}\s?[.)\-–]"
    r"|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\s|[a-zđ]\d?\s?[).]|[-–+•*·]\s)",
)
_OUTLINE = re.compile(r"(?:chương|mục|phần|phụ lục|tiểu mục)\s+(?:[\divxlc]{1,6}|thứ \w+)\.?|phụ lục", re.I)
_ENDED = re.compile(r"[.;:!?…][”\"’)\]]*$")


@dataclass(frozen=True, slots=True)
class Measure:
    """Edges of the text on a page, the usual step from line to line, and the size of most of its text."""

    left: float
    right: float
    step: float
    size: float

    def is_centred(self, row: Row) -> bool:
        """Whether a row stands in the middle and touches neither edge."""
        before, after = row.left - self.left, self.right - row.right
        return min(before, after) > 0.5 * row.size and abs(before - after) < max(
            0.8 * row.size, 0.06 * (before + after)
        )

    def is_short(self, row: Row, following: Row) -> bool:
        """Whether the next row's first word would have fitted behind this one."""
        first = following.words[0]
        return row.right + 0.3 * row.size + first.right - first.left < self.right - 0.4 * row.size


def measure(rows: Sequence[Row]) -> Measure:
    """The measure of rows, of one page or of several; of none, that of an empty page."""
    if not rows:
        return Measure(0.0, 595.0, 14.0, 12.0)
    size = sorted(row.size for row in rows)[len(rows) // 2]
    lefts = Counter(round(row.left / 2) for row in rows)
    rights = Counter(round(row.right / 3) for row in rows)
    least = 3 if len(rows) >= FEWEST_ROWS else 1
    left = min((place for place, times in lefts.items() if times >= least), default=min(lefts)) * 2.0
    right = max((place for place, times in rights.items() if times >= least), default=max(rights)) * 3.0
    steps = Counter(
        round(2 * (after.bottom - before.bottom))
        for before, after in pairwise(rows)
        if before.page == after.page and 0.8 * size < after.bottom - before.bottom < 3 * size
    )
    most = max(steps.values(), default=0)
    step = min((step for step, times in steps.items() if times >= most * 0.7), default=round(2.6 * size)) / 2
    return Measure(left, right, step, size)


@dataclass(slots=True)
class Flow:
    """Pieces made so far, the rows of the paragraph that is open, and marginal pieces that wait for its end."""

    pieces: list[Piece] = field(default_factory=list)
    open: list[Row] = field(default_factory=list)
    held: list[Piece] = field(default_factory=list)
    before: Measure | None = None

    def row(self, row: Row, measured: Measure) -> None:
        """Add a row of the body."""
        if self.open and begins(self.open, row, self.before or measured, measured):
            self.close()
        self.open.append(row)
        self.before = measured

    def block(self, pieces: Iterable[Piece]) -> None:
        """Add pieces that end a paragraph."""
        self.close()
        self.pieces.extend(pieces)

    def margin(self, pieces: Iterable[Piece]) -> None:
        """Add pieces that do not end a paragraph: they come after it."""
        (self.held if self.open else self.pieces).extend(pieces)

    def close(self) -> None:
        """End the paragraph that is open."""
        if self.open:
            self.pieces.append(piece(self.open, None))
        self.pieces.extend(self.held)
        self.open, self.held = [], []


def begins(rows: Sequence[Row], row: Row, before: Measure, here: Measure) -> bool:
    """Whether `row` begins a paragraph after the open one's `rows`; each page has its own measure."""
    last = rows[-1]
    if last.page == row.page and not -2 * row.size < row.bottom - last.bottom <= WIDE_STEP * max(here.step, last.size):
        return True
    if last.page == row.page and row.top < last.top:
        return True
    if before.is_centred(last) or here.is_centred(row):
        return _begins_centred(last, row, before, here)
    if _set_otherwise(last, row) or before.is_short(last, row):
        return True
    return _begins_at_edge(rows, row, before, here)


def _begins_centred(last: Row, row: Row, before: Measure, here: Measure) -> bool:
    full = abs(row.left - here.left) < row.size and abs(row.right - here.right) < row.size
    both = before.is_centred(last) and (here.is_centred(row) or (full and row.bold))
    if not both:
        other = row if before.is_centred(last) else last
        edge = here if other is row else before
        broad = abs(other.left - edge.left) < other.size and abs(other.right - edge.right) < other.size
        if not (other is last and broad and last.bold and row.bold):
            return True
    near = last.page == row.page and row.bottom - last.bottom <= LINE_STEP * max(here.step, 1.2 * row.size)
    alike = (
        last.bold == row.bold
        and abs(last.size - row.size) < 0.08 * row.size
        and last.text.isupper() == row.text.isupper()
    )
    heading = is_type(last) or is_type(row) or bool(_OUTLINE.fullmatch(last.text) or _MARKER.match(row.text))
    return not near or not alike or heading or bool(_ENDED.search(last.text))


def _set_otherwise(last: Row, row: Row) -> bool:
    """Another size, or plain print under a bold heading, which begins as a paragraph may."""
    if abs(last.size - row.size) > 0.12 * max(last.size, row.size):
        return True
    fresh = row.text[0].isupper() or bool(_MARKER.match(row.text))
    return (
        fresh
        and last.bold
        and not row.words[0].bold
        and (_ENDED.search(last.text) is None or bool(_MARKER.match(row.text)))
    )


def _begins_at_edge(rows: Sequence[Row], row: Row, before: Measure, here: Measure) -> bool:
    last, slack = rows[-1], INDENT * row.size
    moved = (row.left - here.left) - (last.left - before.left)
    marked = bool(_MARKER.match(row.text))
    ended = bool(_ENDED.search(last.text)) or (marked and last.text[-1] in ",/")
    if moved > slack:
        return not (len(rows) == 1 and _MARKER.match(last.text) and not marked)
    if moved < -slack:
        return len(rows) > 1 or (marked and ended)
    indented = row.left - here.left > slack and len(rows) == 1
    return ended and (marked or (indented and row.text[0].isupper()))
