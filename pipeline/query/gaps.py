"""Numbers that are missing between those that are known: what a register should hold and does not.

Series that no text names are left out; known documents fill the gaps of the others.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise

from extractors.symbols import parse_symbol
from extractors.terms import term_of
from extractors.view import fold

LEAST = 3
"""Numbers that must be known for a series to have gaps."""
MOST_RANGES = 40
"""Stretches of missing numbers that are listed of one series."""
HEADER = ["series", "place", "period", "known", "first", "last", "missing", "numbers"]
Series = tuple[str, str, str]


def number_gaps(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Series of symbols (type and issuer, place, term or year) with the numbers that nothing names, most missing first."""
    series: dict[Series, set[int]] = {}
    named: set[Series] = set()
    rows = conn.execute(
        "SELECT symbol, coalesce(place, ''), issued, mentions > 0 OR held NOT NULL FROM documents "
        "WHERE symbol NOT NULL AND issued NOT NULL"
    )
    for symbol, place, issued, in_texts in rows:
        if found := _series(symbol, place, issued):
            series.setdefault(found[0], set()).add(found[1])
            named |= {found[0]} if in_texts else set()
    gaps = [_row(name, sorted(numbers)) for name, numbers in series.items() if len(numbers) >= LEAST and name in named]
    return sorted((row for row in gaps if row[6]), key=lambda row: (-int(str(row[6])), *map(str, row[:3])))


def _series(symbol: str, place: str, issued: str) -> tuple[Series, int] | None:
    """The series of a symbol and its number; None if it tells neither."""
    parsed = parse_symbol(fold(symbol))
    digits = "".join(char for char in (parsed.number or "") if char.isdigit()) if parsed else ""
    if parsed is None or not digits or not parsed.type_code:
        return None
    party = parsed.system in ("party", "mass")
    period = term_of(issued) if party else parsed.year or issued[:4]
    joint = "/" if party else "-"
    return ((f"{parsed.type_code}{joint}{parsed.issuer_code or ''}", place, period or ""), int(digits))


def _row(series: Series, numbers: list[int]) -> tuple[object, ...]:
    missing = list(_missing(numbers))
    count = sum(last - first + 1 for first, last in missing)
    return (*series, len(numbers), numbers[0], numbers[-1], count, _printed(missing))


def _missing(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches between known numbers."""
    for before, after in pairwise(numbers):
        if after - before > 1:
            yield before + 1, after - 1


def _printed(stretches: Iterable[tuple[int, int]]) -> str:
    """Stretches as "2-4, 7"; the rest as "…"."""
    listed = [f"{first}-{last}" if last > first else str(first) for first, last in stretches]
    return ", ".join(listed[:MOST_RANGES]) + (", …" if len(listed) > MOST_RANGES else "")
