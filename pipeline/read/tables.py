"""What a table of a document is for: the layout of a letterhead or a signature block, or data."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Literal, TypeVar

from extractors.view import fold

_LETTERHEAD = re.compile(r"đảng cộng sản việt nam|cộng hòa xã hội chủ nghĩa|độc lập ?- ?tự do|đoàn tncs")
_SIGNATURE = re.compile(r"\W{0,5}(?:nơi nhận|t/m|tm\.|k/t|kt\.|t/l|tl\.|tuq)")
LONGEST = 1500
"""Characters of the longest letterhead; in a page, of the longest signature block too."""
Cell = TypeVar("Cell")


def layout_of(cells: Iterable[str]) -> Literal["letterhead", "signature"] | None:
    """What a table lays out, by the text of its cells; None for data."""
    folded = [fold(" ".join(cell.split())).lower() for cell in cells]
    if sum(map(len, folded)) < LONGEST and any(map(_LETTERHEAD.search, folded)):
        return "letterhead"
    return "signature" if any(map(_SIGNATURE.match, folded)) else None


def by_columns(rows: Iterable[Sequence[Cell]]) -> Iterator[Cell]:
    """Cells column after column, as a person reads what is laid out in columns."""
    for column in zip_longest(*rows):
        yield from (cell for cell in column if cell is not None)
