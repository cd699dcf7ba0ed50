"""Pages set in two columns of prose, as bulletins are: column after column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.document import Piece
from pipeline.read.pdf.columns import Gutter
from pipeline.read.pdf.paragraphs import Flow, Measure, measure
from pipeline.read.pdf.words import Row

FEWEST_ROWS, FEWEST_WORDS, BOTH = 8, 3.0, 0.6
"""Rows that make columns, mean words of a row on either side, and the part of the rows that have both sides."""
NARROWED = 0.5
"""Part of the strip between columns that a row leaves free at least, if a row without a strip follows."""
LONGEST_TRY = 60
"""Rows of a stretch that is no prose, up to which one is looked for from its next row on: more would cost their square."""


@dataclass(slots=True)
class _Columns:
    end: int
    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)
    both: int = 0

    def is_prose(self) -> bool:
        """Whether both sides hold lines of text, not cells of a table."""
        sides = (self.left, self.right)
        words = all(
            len(side) >= FEWEST_ROWS and sum(len(row.words) for row in side) >= FEWEST_WORDS * len(side)
            for side in sides
        )
        return words and self.both >= BOTH * max(map(len, sides))


def in_columns(rows: Sequence[Row], measured: Measure) -> Iterator[Row | list[Piece]]:
    """Rows as they are, and the paragraphs of each stretch in two columns."""
    at = 0
    while at < len(rows):
        found = _columns(rows, at, measured) if len(rows) - at >= FEWEST_ROWS else None
        if found is None or not found.is_prose():
            step = found.end - at if found and found.end - at > LONGEST_TRY else 1
            yield from rows[at : at + step]
            at += step
            continue
        yield [*_paragraphs(found.left), *_paragraphs(found.right)]
        at = found.end


def _columns(rows: Sequence[Row], at: int, measured: Measure) -> _Columns | None:
    """The stretch of rows that begins at `at` with both sides: the free strip lies in the middle third."""
    third = (measured.right - measured.left) / 3
    middle = Gutter(measured.left + third, measured.right - third)
    first = middle.halves(rows[at])
    if first is None or not first[0] or not first[1]:
        return None
    gutter, found = middle, _Columns(at)
    while found.end < len(rows) and (halves := gutter.halves(rows[found.end])):
        left, right, narrowed = halves
        if left and right and _runs_across(rows[found.end + 1 :], gutter, narrowed):
            break
        gutter = narrowed
        found.left += [left] if left else []
        found.right += [right] if right else []
        found.both += bool(left and right)
        found.end += 1
    return found


def _runs_across(below: Sequence[Row], gutter: Gutter, narrowed: Gutter) -> bool:
    """Whether a row has but a space between its words where the columns have their strip, and the next row not even that."""
    return (
        narrowed.end - narrowed.start < NARROWED * (gutter.end - gutter.start)
        and bool(below)
        and narrowed.halves(below[0]) is None
    )


def _paragraphs(rows: Sequence[Row]) -> list[Piece]:
    flow, own = Flow(), measure(rows)
    for row in rows:
        flow.row(row, own)
    flow.close()
    return flow.pieces
