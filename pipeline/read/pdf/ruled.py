"""Ruled tables: a grid of drawn rules, and the words in its cells as rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.document import Box, Piece
from pipeline.read.pdf.joining import joined
from pipeline.read.pdf.words import Row, Rule, Sheet, Word, rows_of, surrounding

NEAR = 3.0
"""Points by which rules may miss each other and still meet."""
MOST_RULES, MOST_LINES = 4000, 400
"""Rules of a page that are looked at, and distinct lines of one table across or down."""


@dataclass(slots=True)
class Grid:
    """A table's lines: heights of those across, places of those down, and the rules that draw them."""

    ys: list[float]
    xs: list[float]
    across: list[Rule]
    down: list[Rule]

    @property
    def box(self) -> Box:
        """The table's rectangle."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the table."""
        left, top, right, bottom = self.box
        return left < word.middle < right and top < (word.top + word.bottom) / 2 < bottom

    def pieces(self, words: Sequence[Word], page: int) -> list[Piece]:
        """A piece a row, its cells joined by " | "; a cell over several rows stands in the first of them."""
        cells = self._cells(words)
        made: list[Piece] = []
        for row in range(len(self.ys) - 1):
            texts = [
                joined(rows_of(cells[row, column], page)).text if (row, column) in cells else ""
                for column in range(len(self.xs) - 1)
                if not self._goes_on(row, column)
            ]
            if any(texts):
                box = surrounding([(self.xs[0], self.ys[row], self.xs[-1], self.ys[row + 1])])
                made.append(Piece(" ".join(" | ".join(texts).split()), "table", page, box))
        return made

    def _cells(self, words: Sequence[Word]) -> dict[tuple[int, int], list[Word]]:
        """Words by the row and column in which their cell begins."""
        found: dict[tuple[int, int], list[Word]] = {}
        for word in words:
            row, column = _band(self.ys, (word.top + word.bottom) / 2), _band(self.xs, word.middle)
            while column and self._goes_on(row, column):
                column -= 1
            while row and not _covers(self.across, self.ys[row], *self.xs[column : column + 2]):
                row -= 1
            found.setdefault((row, column), []).append(word)
        return found

    def _goes_on(self, row: int, column: int) -> bool:
        """Whether no rule parts a cell from the one before it in its row."""
        return column > 0 and not _covers(self.down, self.xs[column], *self.ys[row : row + 2])


def find_grids(sheet: Sheet) -> list[Grid]:
    """Tables from top to bottom: rules that meet, with two columns at least and words in them."""
    if not sheet.across or not sheet.down or len(sheet.across) + len(sheet.down) > MOST_RULES:
        return []
    made = [_grid(across, down) for across, down in _groups(_merged(sheet.across), _merged(sheet.down))]
    grids = [grid for grid in made if grid and any(map(grid.holds, sheet.words))]
    return sorted(grids, key=lambda grid: grid.ys[0])


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch as one: editors draw the borders of each cell apart."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at < NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    made: list[Rule] = []
    for line in lines:
        pieces = sorted(line, key=lambda rule: rule.start)
        start, end = pieces[0].start, pieces[0].end
        for rule in pieces[1:]:
            if rule.start > end + NEAR:
                made.append(Rule(line[0].at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        made.append(Rule(line[0].at, start, end))
    return made


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together: each line down with all lines across that it meets, and so on."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for line in down:
        met = [rule for rule in across if _meet(rule, line)]
        mine: tuple[list[Rule], list[Rule]] = (met, [line])
        rest = []
        for group in groups:
            if any(rule in met for rule in group[0]):
                mine = ([*mine[0], *(rule for rule in group[0] if rule not in mine[0])], [*mine[1], *group[1]])
            else:
                rest.append(group)
        groups = [*rest, mine]
    return groups


def _meet(across: Rule, down: Rule) -> bool:
    return across.start - NEAR <= down.at <= across.end + NEAR and down.start - NEAR <= across.at <= down.end + NEAR


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    """A grid of at least two rows and columns; None of a frame, an underlined word, a page of hatching, columns in one row."""
    ys, xs = _places(across), _places(down)
    if len(ys) < 3 or len(xs) < 2 or max(len(ys), len(xs)) > MOST_LINES:  # noqa: PLR2004
        return None
    outer = [min(rule.start for rule in across), max(rule.end for rule in across)]
    xs = _places([*down, *(Rule(at, ys[0], ys[-1]) for at in outer)])
    open_sides = [Rule(at, ys[0], ys[-1]) for at in (xs[0], xs[-1])]
    return Grid(ys, xs, across, [*down, *open_sides]) if len(xs) > 2 else None  # noqa: PLR2004


def _places(rules: Iterable[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    return places


def _covers(rules: Iterable[Rule], at: float, start: float, end: float) -> bool:
    """Whether rules draw the line at `at` over the middle of a stretch."""
    middle = (start + end) / 2
    return any(abs(rule.at - at) <= NEAR and rule.start - NEAR <= middle <= rule.end + NEAR for rule in rules)


def _band(places: Sequence[float], at: float) -> int:
    return max(0, min(len(places) - 2, sum(place <= at for place in places) - 1))


def without(rows: Iterable[Row], grids: Sequence[Grid]) -> list[Row]:
    """Rows without the words that stand in tables."""
    if not grids:
        return [*rows]
    kept = ((row, tuple(word for word in row.words if not any(grid.holds(word) for grid in grids))) for row in rows)
    return [row if len(words) == len(row.words) else Row(words, row.page) for row, words in kept if words]
