"""The documents of a filter, as they are cited: those of the timeline, and those without a day if no period is asked."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from pipeline.query.matching import COLUMNS, DocumentRow
from pipeline.query.timeline import Filter, fits, in_period


def documents_of(conn: sqlite3.Connection, wanted: Filter) -> Iterator[DocumentRow]:
    """Documents that texts cite or are, by day of issue; those without one last, and only if no period is asked."""
    rows = conn.execute(
        f"SELECT {COLUMNS} FROM documents WHERE mentions > 0 OR held IS NOT NULL ORDER BY issued IS NULL, issued, key, id"
    )
    everywhen = wanted.since is None and wanted.until is None
    for row in rows:
        if (in_period(row["issued"], wanted) if row["issued"] else everywhen) and fits(row, wanted):
            yield DocumentRow(*row)


def undated(conn: sqlite3.Connection, wanted: Filter) -> int:
    """How many documents fit but for the period, which nobody can tell of them."""
    whenever = replace(wanted, since=None, until=None)
    return sum(row.issued is None for row in documents_of(conn, whenever))
