"""Tables without rules: rows whose cells stand in columns with free strips between, some of them numbers.

Two columns of words are a letterhead, signatures or prose, and a number before a text is an item of a list: neither is a table here.
Strips that stay free over three rows are no chance: a space of justified print is wider than its letters are high only here and there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.document import Piece
from pipeline.read.pdf.joining import joined
from pipeline.read.pdf.words import Row, Word, surrounding

NARROWEST = 1.0
"""Least width of a strip between two columns, as a part of the rows' size."""
FEWEST_ROWS, FEWEST_NUMBERS, NUMBERS = 3, 2, 0.6
"""Rows that fill two columns; cells of a column that are numbers, and their part of it below its first cell."""
MEAN_WORDS, MOST_WORDS, MOST_COLUMNS = 6.0, 16, 24
"""Words of a cell: mean in each column, and in any; columns of a table."""
MOST_IN_ROW = 400
"""Words of a row that is looked at."""
WIDEST_STEP = 3.0
"""Between two rows of a table, in sizes."""
LONGEST_TRY = 60
"""Rows that have a strip and make no table, up to which one is looked for from the next row on: more would cost their square."""
_NUMBER = re.compile(r"[(+\-–]?\d[\d.,/:%()+\-– ]{0,30}|[-–x]")
_Interval = tuple[float, float]


@dataclass(slots=True)
class _Table:
    """Rows of print from `start` on, and the intervals across the page that are free in all of them."""

    start: int
    rows: list[Row] = field(default_factory=list)
    free: list[_Interval] = field(default_factory=lambda: [(float("-inf"), float("inf"))])
    edges: _Interval = (float("inf"), float("-inf"))

    @property
    def strips(self) -> list[_Interval]:
        """Free intervals with words on both sides."""
        return _inside(self.free, self.edges)

    def add(self, row: Row) -> None:
        """Add a row."""
        self.rows.append(row)
        self.free, self.edges = self._with(row)

    def strips_with(self, row: Row) -> list[_Interval]:
        """Strips that there would be with a row more."""
        return _inside(*self._with(row))

    def _with(self, row: Row) -> tuple[list[_Interval], _Interval]:
        common = [
            (max(start, first), min(end, last))
            for start, end in self.free
            for first, last in (row.gaps if len(row.words) <= MOST_IN_ROW else ())
            if min(end, last) - max(start, first) >= NARROWEST * row.size
        ]
        return common, (min(self.edges[0], row.left), max(self.edges[1], row.right))

    def cells(self, row: Row) -> list[tuple[Word, ...]]:
        """The words of a row by columns."""
        edges = [float("-inf"), *((start + end) / 2 for start, end in self.strips), float("inf")]
        return [tuple(word for word in row.words if one <= word.middle < two) for one, two in pairwise(edges)]

    def is_table(self) -> bool:
        """Whether rows, numbers and short cells speak for a table."""
        if not self.rows or not 0 < len(self.strips) < MOST_COLUMNS:
            return False
        rows = [self.cells(row) for row in self.rows]
        if sum(sum(map(bool, row)) > 1 for row in rows) < FEWEST_ROWS:
            return False
        columns = [[cell for row in rows if (cell := row[at])] for at in range(len(rows[0]))]
        numeric = [at for at, cells in enumerate(columns) if _is_numeric(cells)]
        return bool(numeric) and (len(columns) > 2 or numeric != [0]) and all(map(_is_short, columns))  # noqa: PLR2004

    def pieces(self) -> list[Piece]:
        """A piece a row; words below a row, without a first cell and without numbers, go on in its cells."""
        made: list[list[list[Row]]] = []
        for row in self.rows:
            cells = [[Row(cell, row.page)] if cell else [] for cell in self.cells(row)]
            if made and not cells[0] and not any(_NUMBER.fullmatch(cell[0].text) for cell in cells if cell):
                made[-1] = [[*above, *below] for above, below in zip(made[-1], cells, strict=True)]
            else:
                made.append(cells)
        return [_piece(cells) for cells in made]


def in_tables(rows: Sequence[Row]) -> Iterator[list[Row] | list[Piece]]:
    """Stretches of rows as they are, and the pieces of each table between them."""
    at, plain = 0, list[Row]()
    while at < len(rows):
        found, tried = _best(rows, at)
        if found is None:
            plain += rows[at : at + tried]
            at += tried
            continue
        plain += rows[at : found.start]
        if plain:
            yield plain
        yield found.pieces()
        at, plain = found.start + len(found.rows), []
    if plain:
        yield plain


def _best(rows: Sequence[Row], at: int) -> tuple[_Table | None, int]:
    """The table that begins with a row or the next, whichever has more columns; how many rows need not be tried again."""
    if not _has_strip(rows[at]):
        return None, 1
    tries = [_from(rows, start) for start in (at, at + 1) if start < len(rows)]
    tables = [table for table in tries if table.is_table()]
    longest = len(tries[0].rows)
    return max(tables, key=lambda table: len(table.strips), default=None), longest if longest > LONGEST_TRY else 1


def _has_strip(row: Row) -> bool:
    return any(end - start >= NARROWEST * row.size for start, end in row.gaps[1:-1])


def _from(rows: Sequence[Row], start: int) -> _Table:
    """The longest table that begins at a row: until no strip is left, or one is lost after enough rows."""
    table = _Table(start)
    table.add(rows[start])
    for at in range(start + 1, len(rows)):
        row, strips = rows[at], table.strips_with(rows[at])
        lost = len(strips) < len(table.strips) and len(table.rows) >= FEWEST_ROWS
        if not strips or lost or row.bottom - rows[at - 1].bottom > WIDEST_STEP * row.size:
            break
        table.add(row)
    return _without_ends(table)


def _without_ends(table: _Table) -> _Table:
    """A table without last rows that fill one column only, which are the text below it."""
    last = len(table.rows)
    while last and sum(map(bool, table.cells(table.rows[last - 1]))) < 2:  # noqa: PLR2004
        last -= 1
    kept = _Table(table.start)
    for row in table.rows[:last]:
        kept.add(row)
    return kept


def _inside(free: Sequence[_Interval], edges: _Interval) -> list[_Interval]:
    return [(start, end) for start, end in free if start >= edges[0] and end <= edges[1]]


def _is_numeric(cells: Sequence[Sequence[Word]]) -> bool:
    below = [_NUMBER.fullmatch(_text(cell)) is not None for cell in cells[1:]]
    return sum(below) >= max(FEWEST_NUMBERS, NUMBERS * len(below))


def _is_short(cells: Sequence[Sequence[Word]]) -> bool:
    lengths = [len(cell) for cell in cells]
    return bool(lengths) and max(lengths) <= MOST_WORDS and sum(lengths) <= MEAN_WORDS * len(lengths)


def _text(cell: Sequence[Word]) -> str:
    return " ".join(word.text for word in cell)


def _piece(cells: Sequence[Sequence[Row]]) -> Piece:
    box = surrounding(row.box for cell in cells for row in cell)
    page = next(row.page for cell in cells for row in cell)
    return Piece(" ".join(" | ".join(joined(cell).text for cell in cells).split()), "table", page, box)
