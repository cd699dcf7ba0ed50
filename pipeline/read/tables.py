"""What a table of a document is for: the layout of a letterhead or a signature block, or data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, TypeVar

from extractors.view import fold

_LETTERHEAD = re.compile(r"đảng cộng sản việt nam|cộng hòa xã hội chủ nghĩa|độc lập ?- ?tự do|đoàn tncs")
_TITLE = re.compile(r"đảng cộng sản việt nam|cộng hòa xã hội chủ nghĩa việt nam")
_SIGNATURE = re.compile(r"\W{0,5}(?:nơi nhận|t/m|tm\.|k/t|kt\.|t/l|tl\.|tuq)")
LONGEST = 1500
"""Characters of the longest letterhead; in a page, of the longest signature block too."""
LEAST = 4
"""Characters of a line by which it is told though the one before it was lost."""
MOST_TABLES = 40
"""Tables of a page that are known again."""
Layout = Literal["letterhead", "signature"]
Cell = TypeVar("Cell")


def layout_of(cells: Iterable[str]) -> Layout | None:
    """What a table lays out, by the text of its cells; None for data."""
    folded = [fold(" ".join(cell.split())).lower() for cell in cells]
    if sum(map(len, folded)) < LONGEST and any(map(_LETTERHEAD.search, folded)):
        return "letterhead"
    return "signature" if any(map(_SIGNATURE.match, folded)) else None


def is_title(line: str) -> bool:
    """Whether a line is the title of the State or the Party, as over a document."""
    return line.isupper() and _TITLE.fullmatch(fold(" ".join(line.split())).lower()) is not None


def by_columns(rows: Iterable[Sequence[Cell]]) -> Iterator[Cell]:
    """Cells column after column, as a person reads what is laid out in columns."""
    for column in zip_longest(*rows):
        yield from (cell for cell in column if cell is not None)


class Laid:
    """Tables that lay something out, in the order of the page, by which the lines that a reader makes of them are known again."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Layout, str]] = []
        self._begun = False

    def add(self, layout: Layout, text: str) -> None:
        """Remember the text of a table, column after column."""
        if len(self._waiting) < MOST_TABLES:
            self._waiting.append((layout, "".join(text.split())))

    def layout_of(self, line: str) -> Layout | None:
        """What the table lays out in which this line comes next; lines are asked for in their order."""
        wanted = "".join(line.split())
        for number, (layout, text) in enumerate(self._waiting):
            at = text.find(wanted) if wanted else -1
            if at == 0 or (at > 0 and not number and self._begun and len(wanted) >= LEAST):
                self._waiting = [(layout, text[at + len(wanted) :]), *self._waiting[number + 1 :]]
                self._begun = True
                return layout
        return None
