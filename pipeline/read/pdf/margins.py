"""Running heads, feet and page numbers: rows at an edge that stand at the same place on several pages, numbers aside."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from pipeline.read.pdf.letterhead import title_at
from pipeline.read.pdf.words import Row, Sheet

DEEPEST = 3
"""Rows at each edge of a page that can be marginal."""
SAME_PLACE = 6.0
"""Points by which the same row may lie higher or lower on another page."""
OUTER = 0.12
"""Part of the page's height in which a lone number is the page's."""
NEAREST = 40
"""Rows before and after, by page, among which the same place is looked for."""
APART = 1.6
"""Of the text's size: the step between a running head and the text, if they are set alike."""
_NUMBERS = re.compile(r"[\d\W_]+")
_LONE = re.compile(r"(?<!\w)(?:trang|page)?[\s\-–—.|]*+(?:\d{1,4}|[ivxl]{1,6})(?:\s*/\s*\d{1,4})?[\s\-–—.|]*", re.I)
_GAZETTE = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO\s?/\s?Số\s.{1,60}", re.S)
"""The Official Gazette's own head, known even where a file has one page of it."""


class Seen(defaultdict[tuple[bool, str], list[tuple[int, float]]]):
    """Numbers of pages and places at which a row stood at an edge, by whether it was the upper one and its words."""

    def __init__(self) -> None:
        super().__init__(list)


def margins(
    sheets: Sequence[Sheet], ruled: Sequence[Sequence[tuple[float, float]]], seen: Seen
) -> list[tuple[int, int]]:
    """For each sheet, how many of its first and of its last rows are marginal.

    `seen` is what the sheets before these had at their edges, and is added to. `ruled` are the heights of each sheet's ruled tables:
    a table's head that comes again on the next page is the table's, and a letterhead in a file of several documents is that document's.
    """
    for sheet in sheets:
        for head in (True, False):
            for row in _edge(sheet, head):
                seen[head, _key(row)].append((sheet.number, _place(sheet, row, head)))
    return [
        (_count(seen, sheet, True, tables), _count(seen, sheet, False, tables))
        for sheet, tables in zip(sheets, ruled, strict=True)
    ]


def _edge(sheet: Sheet, head: bool) -> list[Row]:
    return sheet.rows[:DEEPEST] if head else sheet.rows[: -DEEPEST - 1 : -1]


def _key(row: Row) -> str:
    return _NUMBERS.sub(" ", row.text).strip().lower()


def _place(sheet: Sheet, row: Row, head: bool) -> float:
    return row.bottom if head else sheet.height - row.bottom


def _count(seen: Seen, sheet: Sheet, head: bool, tables: Sequence[tuple[float, float]]) -> int:
    """Marginal rows from the edge inwards, up to the first that is not."""
    count = 0
    for row in _edge(sheet, head):
        place = _place(sheet, row, head)
        if any(top <= row.bottom <= bottom for top, bottom in tables) or title_at(row) is not None:
            break
        again = _again(seen[head, _key(row)], sheet.number, place) and (_key(row) or _is_number(row, place, sheet))
        if not again and not _is_number(row, place, sheet) and not (head and _GAZETTE.fullmatch(row.text)):
            break
        count += 1
    while count and not _is_apart(sheet, count, head):
        count -= 1
    return count


def _is_apart(sheet: Sheet, count: int, head: bool) -> bool:
    """Whether the innermost of marginal rows is a number, or stands apart from the text by its size or by a wide step."""
    if count >= len(sheet.rows):
        return True
    last, inner = (sheet.rows[count - 1], sheet.rows[count]) if head else (sheet.rows[-count], sheet.rows[-count - 1])
    other = abs(last.size - inner.size) > 0.08 * inner.size
    return other or abs(last.bottom - inner.bottom) > APART * inner.size or bool(_LONE.fullmatch(last.text))


def _again(places: Sequence[tuple[int, float]], at: int, place: float) -> bool:
    """Whether a row stood at the place on another page, of the nearest where there are many."""
    here = bisect_left(places, (at, float("-inf")))
    near = places[max(0, here - NEAREST) : here + NEAREST]
    return any(other != at and abs(found - place) < SAME_PLACE for other, found in near)


def _is_number(row: Row, place: float, sheet: Sheet) -> bool:
    return place < OUTER * sheet.height and len(row.text) <= 16 and bool(_LONE.fullmatch(row.text))  # noqa: PLR2004
