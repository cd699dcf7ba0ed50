"""The documents of a filter, as they are cited: those of the timeline, and those without a day if no period is asked."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from extractors.keys import strip_marks
from pipeline.query.matching import COLUMNS, DocumentRow
from pipeline.query.timeline import Filter, _fits, _in_period

NAMED = {"doc_type": "type", "issuer": "issuer", "place": "place"}
"""Columns whose values are known names, with what the filter calls them."""


def documents_of(conn: sqlite3.Connection, wanted: Filter) -> Iterator[DocumentRow]:
    """Documents that texts cite or are, by day of issue; those without one last, and only if no period is asked."""
    rows = conn.execute(
        f"SELECT {COLUMNS} FROM documents WHERE mentions > 0 OR held IS NOT NULL ORDER BY issued IS NULL, issued, key, id"
    )
    everywhen = wanted.since is None and wanted.until is None
    for row in rows:
        if (_in_period(row["issued"], wanted) if row["issued"] else everywhen) and _fits(row, wanted):
            yield DocumentRow(*row)


def undated(conn: sqlite3.Connection, wanted: Filter) -> int:
    """How many documents fit but for the period, which nobody can tell of them."""
    whenever = replace(wanted, since=None, until=None)
    return sum(row.issued is None for row in documents_of(conn, whenever))


def near(conn: sqlite3.Connection, wanted: dict[str, str | None]) -> dict[str, list[str]]:
    """For names of columns whose wish no document has: names that are like it."""
    found = {}
    for column, wish in wanted.items():
        names = [name for (name,) in conn.execute(f"SELECT DISTINCT {column} FROM documents WHERE {column} NOT NULL ORDER BY 1")] if wish else []  # fmt: skip
        bare = {strip_marks(name): name for name in names}
        words = strip_marks(wish or "").split()
        if names and not any(all(word in name.split() for word in words) for name in bare):
            found[column] = [bare[name] for name in get_close_matches(" ".join(words), list(bare), 3)]
    return found
