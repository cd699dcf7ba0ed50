"""Words, rows and sheets: what a page is before its layout is read.

Lengths are points (1/72 inch) from the upper left corner of the page as it is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.document import Box


class Word(NamedTuple):
    """Characters without white space. `size` is the height of its font; a raised `mark` points to a footnote."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    mark: bool = False

    @property
    def middle(self) -> float:
        """Where it stands across the page."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, horizontal or vertical: `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Row:
    """Words on one line of print, from left to right."""

    words: tuple[Word, ...]
    page: int

    @cached_property
    def text(self) -> str:
        """The words with a space between; marks of footnotes stand against the word before."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def left(self) -> float:
        """Left edge of the first word."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Right edge of the last word."""
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        """Upper edge of the highest word."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Lower edge of the lowest word that is no mark."""
        return max((word.bottom for word in self.words if not word.mark), default=self.words[0].bottom)

    @cached_property
    def size(self) -> float:
        """Size of most words."""
        return sorted(word.size for word in self.words)[len(self.words) // 2]

    @cached_property
    def gaps(self) -> list[tuple[float, float]]:
        """Free intervals between words, with open ends at both sides."""
        found, at = [], float("-inf")
        for word in self.words:
            if word.left > at:
                found.append((at, word.left))
            at = max(at, word.right)
        return [*found, (at, float("inf"))]

    @cached_property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.bold for word in self.words)

    @property
    def middle(self) -> float:
        """Where it stands across the page."""
        return (self.left + self.right) / 2

    @property
    def box(self) -> Box:
        """The row's rectangle."""
        return (self.left, self.top, self.right, self.bottom)


@dataclass(slots=True)
class Sheet:
    """A page as it was had. `pictured` is the part of it that pictures cover; `unnamed` says that its fonts do not name many of its letters."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    stamps: list[list[Word]] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictured: float = 0.0
    unnamed: bool = False
    rows: list[Row] = field(default_factory=list)


SAME_LINE = 0.4
"""Baselines nearer than this part of the size are one line of print; the raised marks of footnotes are lifted by 0.3 to 0.4."""

SMALLER, LONGEST_MARK = 0.85, 4
"""A footnote's mark is at most this part of the size of the text, and this long."""


def rows_of(words: Iterable[Word], page: int) -> list[Row]:
    """Rows from top to bottom; words with nearly the same baseline make a row."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.bottom, word.left)):
        if rows and _same_line(rows[-1], word):
            rows[-1].append(word)
            continue
        near = next((row for row in rows[-4:-1] if _same_line(row, word)), None)
        if near is None:
            rows.append([word])
        else:
            near.append(word)
    made = [Row(tuple(sorted(row, key=lambda word: word.left)), page) for row in _with_marks(rows)]
    return sorted(made, key=lambda row: row.bottom)


def _with_marks(rows: list[list[Word]]) -> list[list[Word]]:
    """Small raised numbers that came to stand in a row of their own, in the row beside which they are raised."""
    kept: list[list[Word]] = []
    for at, row in enumerate(rows):
        below = rows[at + 1][0] if at + 1 < len(rows) else None
        if below and all(_is_raised(word, below) for word in row):
            rows[at + 1].extend(word._replace(mark=True) for word in row)
        else:
            kept.append(row)
    return kept


def _is_raised(word: Word, below: Word) -> bool:
    small = word.size < SMALLER * below.size and below.top - 0.5 * word.size < word.bottom < below.bottom
    return (
        small and (word.text.strip("()[]*").isdigit() or word.text.strip("*") == "") and len(word.text) <= LONGEST_MARK
    )


def _same_line(row: Sequence[Word], word: Word) -> bool:
    last = row[-1]
    if word.mark or last.mark:
        return abs(last.bottom - word.bottom) < 0.7 * max(last.size, word.size)
    return abs(last.bottom - word.bottom) < SAME_LINE * min(last.size, word.size)


def surrounding(boxes: Iterable[Box]) -> Box:
    """The least rectangle around all, to a tenth of a point."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (round(min(lefts), 1), round(min(tops), 1), round(max(rights), 1), round(max(bottoms), 1))
