"""Documents that a pasted sentence names: by type and number, or by name; its days and places tell those of one number apart."""

import sqlite3
from collections.abc import Iterator, Sequence, Set

from extractors.keys import key_parts
from pipeline.query.matching import DocumentRow, matching, misses, of_type
from pipeline.query.wish import Wish, read_query, terms_of, typed_before

MOST = 50
"""Documents of one name that are looked at."""


def narrowed(conn: sqlite3.Connection, rows: Sequence[DocumentRow], wish: Wish) -> list[DocumentRow]:
    """Those of the documents of one number that the days and places of a sentence fit; all of them if it says nothing."""
    lacks = misses(conn, wish.days, [row.id for row in rows])
    dated = [row for row in rows if len(lacks[row.id]) < len(wish.days)]
    said = f" {' '.join(wish.parts)} "
    placed = [row for row in dated or rows if row.place and f" {' '.join(key_parts(row.place))} " in said]
    return placed or dated or list(rows)


def numbered_in(conn: sqlite3.Connection, wish: Wish, elsewhere: Set[int] = frozenset()) -> list[DocumentRow]:
    """Documents that a sentence names by type and number, in its order; not those whose number stands `elsewhere`."""
    found: dict[str, DocumentRow] = {}
    for at, part in enumerate(wish.parts):
        start = typed_before(wish.parts, at) if part.isdigit() and at not in elsewhere else None
        if start is not None:
            terms = [*terms_of(wish.parts[start : at + 1], at - start)]
            rows, _ = matching(conn, terms, lambda _: True, MOST)
            found |= {row.id: row for row in narrowed(conn, of_type(rows, terms), wish)}
    return list(found.values())


def names_several(wish: Wish) -> bool:
    """Whether a query names two documents or more by type and number."""
    return sum(part.isdigit() and typed_before(wish.parts, at) is not None for at, part in enumerate(wish.parts)) > 1


def named_in(conn: sqlite3.Connection, query: str) -> list[DocumentRow]:
    """Documents that are named without a number; the extractors, which take a while to load, are asked only for these."""
    found: dict[str, DocumentRow] = {}
    for name in _names(query):
        for wish in read_query(name):
            rows, _ = matching(conn, wish.terms, lambda _: True, MOST)
            found |= {row.id: row for row in rows}
    return list(found.values())


def _names(query: str) -> Iterator[str]:
    from extractors.dates import find_dates  # noqa: PLC0415
    from extractors.references import find_references  # noqa: PLC0415
    from extractors.units import find_units  # noqa: PLC0415

    text = query[:2000]
    references = find_references(text, find_dates(text).items, find_units(text).items).items
    yield from (reference.surface for reference in references if reference.form == "named")
