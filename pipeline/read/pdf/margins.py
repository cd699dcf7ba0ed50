"""Running heads, feet and page numbers: rows at an edge that stand at the same place on several pages, numbers aside."""

import re
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
APART = 1.6
"""Of the text's size: the step between a running head and the text, if they are set alike."""
_NUMBERS = re.compile(r"[\d\W_]+")
_LONE = re.compile(r"(?:trang|page)?[\s\-–—.|]*(?:\d{1,4}|[ivxl]{1,6})(?:\s*/\s*\d{1,4})?[\s\-–—.|]*", re.I)
_GAZETTE = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO\s?/\s?Số\s.{1,60}", re.S)
"""The Official Gazette's own head, known even where a file has one page of it."""


def margins(sheets: Sequence[Sheet], ruled: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[int, int]]:
    """For each sheet, how many of its first and of its last rows are marginal.

    `ruled` are the heights of each sheet's ruled tables: a table's head that comes again on the next page is the table's, and a
    letterhead in a file of several documents is that document's.
    """
    seen: dict[tuple[bool, str], list[tuple[int, float]]] = defaultdict(list)
    for at, sheet in enumerate(sheets):
        for head in (True, False):
            for row in _edge(sheet, head):
                seen[head, _key(row)].append((at, _place(sheet, row, head)))
    return [
        (_count(seen, at, sheet, True, tables), _count(seen, at, sheet, False, tables))
        for at, (sheet, tables) in enumerate(zip(sheets, ruled, strict=True))
    ]


def _edge(sheet: Sheet, head: bool) -> list[Row]:
    return sheet.rows[:DEEPEST] if head else sheet.rows[: -DEEPEST - 1 : -1]


def _key(row: Row) -> str:
    return _NUMBERS.sub(" ", row.text).strip().lower()


def _place(sheet: Sheet, row: Row, head: bool) -> float:
    return row.bottom if head else sheet.height - row.bottom


def _count(
    seen: dict[tuple[bool, str], list[tuple[int, float]]],
    at: int,
    sheet: Sheet,
    head: bool,
    tables: Sequence[tuple[float, float]],
) -> int:
    """Marginal rows from the edge inwards, up to the first that is not."""
    count = 0
    for row in _edge(sheet, head):
        place = _place(sheet, row, head)
        if any(top <= row.bottom <= bottom for top, bottom in tables) or title_at(row) is not None:
            break
        again = _again(seen[head, _key(row)], at, place) and (_key(row) or _is_number(row, place, sheet))
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
    near = places if len(places) < 50 else [found for found in places if abs(found[0] - at) < 10]  # noqa: PLR2004
    return any(other != at and abs(found - place) < SAME_PLACE for other, found in near)


def _is_number(row: Row, place: float, sheet: Sheet) -> bool:
    return place < OUTER * sheet.height and len(row.text) <= 16 and bool(_LONE.fullmatch(row.text))  # noqa: PLR2004
