"""The documents of a filter, as they are cited: those of the timeline, and those without a day if no period is asked."""

import sqlite3
from collections.abc import Iterator

from pipeline.query.matching import COLUMNS, DocumentRow
from pipeline.query.timeline import Filter, documents


def documents_of(conn: sqlite3.Connection, wanted: Filter) -> Iterator[DocumentRow]:
    """Documents that texts cite or are, by day of issue; those without one last, and only if no period is asked."""
    everywhen = wanted.since is None and wanted.until is None
    rows = documents(conn, COLUMNS, wanted)
    return (DocumentRow(*row) for row in rows if everywhen or row["issued"] is not None)


def undated(conn: sqlite3.Connection, wanted: Filter) -> int:
    """How many documents fit but for the period, which nobody can tell of them."""
    return sum(row["issued"] is None for row in documents(conn, COLUMNS, wanted))
