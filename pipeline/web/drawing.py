"""A small picture of what a document follows from and what follows from it: three columns, straight lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.export.labels import shortened
from pipeline.query.show import Related

MOST = 8
"""Documents in a column."""
WIDTH, HEIGHT, GAP, ROW = 196, 34, 86, 46
"""Width and height of a box, what lies between columns, what a row takes, all in pixels."""
LONGEST = 26
"""Letters of a name in a box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A document in the picture; `kind` joins it to the middle one, which acts if `forward`."""

    id: str
    name: str
    kind: str
    forward: bool
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes before and behind the document in the middle, the size of the whole, how many more there are on each side."""

    before: tuple[Box, ...]
    behind: tuple[Box, ...]
    middle: tuple[int, int]
    width: int
    height: int
    more: tuple[int, int]

    @property
    def box(self) -> tuple[int, int]:
        """How wide and how high a box is."""
        return WIDTH, HEIGHT


def draw(relations: Sequence[Related]) -> Drawing | None:
    """The picture of a document's relations; None if it has none."""
    sides = [[related for related in relations if related.forward is forward] for forward in (True, False)]
    shown = [list({related.id: related for related in side}.values())[:MOST] for side in sides]
    rows = max(map(len, shown))
    if not rows:
        return None
    height = rows * ROW - ROW + HEIGHT
    left = WIDTH + GAP if shown[0] else 0
    columns = [_column(side, at * (left + WIDTH + GAP), height) for at, side in enumerate(shown)]
    middle = (left, (height - HEIGHT) // 2)
    more = [len({related.id for related in side}) - len(some) for side, some in zip(sides, shown, strict=True)]
    return Drawing(
        columns[0], columns[1], middle, left + WIDTH + (WIDTH + GAP if shown[1] else 0), height, (more[0], more[1])
    )


def _column(side: Sequence[Related], left: int, height: int) -> tuple[Box, ...]:
    top = (height - len(side) * ROW + ROW - HEIGHT) // 2
    return tuple(
        Box(
            related.id,
            shortened(related.name, LONGEST),
            related.kind,
            related.forward,
            left,
            top + at * ROW,
        )
        for at, related in enumerate(side)
    )
