"""Two columns side by side: the gutter between them, followed from row to row."""

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.read.pdf.words import Row

NARROWEST = 0.45
"""Least width of a gutter, as a part of the row's size; a space between words is 0.25, stretched seldom over 1."""
Side = Literal["left", "right", "both"]


@dataclass(frozen=True, slots=True)
class Gutter:
    """The free strip between two columns, and the middle of each column (None where it is not known yet)."""

    start: float
    end: float
    left: float | None = None
    right: float | None = None

    def halves(self, row: Row) -> tuple[Row | None, Row | None, "Gutter"] | None:
        """The row's two sides and the gutter that is free in it too; None if the row runs across."""
        best = max(((min(self.end, end) - max(self.start, start), start, end) for start, end in row.gaps), default=None)
        if best is None or best[0] < NARROWEST * row.size:
            return None
        start, end = max(self.start, best[1]), min(self.end, best[2])
        at = (start + end) / 2
        left = tuple(word for word in row.words if word.middle < at)
        right = tuple(word for word in row.words if word.middle >= at)
        narrowed = replace(self, start=start, end=end)
        return (Row(left, row.page) if left else None), (Row(right, row.page) if right else None), narrowed


def split_at(row: Row, index: int) -> tuple[Row | None, Row]:
    """The row before its word at `index`, and from it on."""
    before, after = row.words[:index], row.words[index:]
    return (Row(before, row.page) if before else None), Row(after, row.page)
