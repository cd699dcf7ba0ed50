"""Tables as a SQLite file of their own: typed, with keys, what each column holds, and where they come from."""

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.export.dictionary import Column, Table
from pipeline.export.provenance import Provenance
from pipeline.export.uris import document_uri
from pipeline.query.tables import rows

ROWS = 10_000
"""Rows at a time."""
INTEGERS = ("integer", "boolean")
COLUMNS = ("table", "column", "type", "says", "unit")
"""Of the table that says what each column holds."""


def as_sqlite(conn: sqlite3.Connection, tables: Sequence[Table], path: Path, source: Provenance) -> None:
    """Write a SQLite file with the tables, `columns` (what each holds) and `provenance`; OSError if it cannot be written."""
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        with _told():
            made.execute("PRAGMA journal_mode = OFF")  # the file is new: if anything fails, it goes
            made.execute("BEGIN")
        for table in tables:
            _fill(made, conn, table)
        with _told():
            _add(
                made, "columns", COLUMNS, ((t.name, c.name, c.type, c.says, c.unit) for t in tables for c in t.columns)
            )
            _add(made, "provenance", ("name", "value"), source.rows())
            made.execute("COMMIT")


def _fill(made: sqlite3.Connection, conn: sqlite3.Connection, table: Table) -> None:
    key = f", PRIMARY KEY ({_names(table.key)})" if table.key else ""
    with _told():
        made.execute(f'CREATE TABLE "{table.name}" ({", ".join(map(_declared, table.columns))}{key})')
    insert = f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})'
    cursor = rows(conn, table.name, document_uri)
    while some := cursor.fetchmany(ROWS):
        with _told():
            made.executemany(insert, some)


def _declared(column: Column) -> str:
    return f'"{column.name}" {"INTEGER" if column.type in INTEGERS else "TEXT"}'


def _add(made: sqlite3.Connection, name: str, columns: Sequence[str], lines: Iterable[Sequence[str | None]]) -> None:
    made.execute(f'CREATE TABLE "{name}" ({_names(columns)})')
    made.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})', lines)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


@contextmanager
def _told() -> Iterator[None]:
    """What SQLite says of the file that is written, as an error of the system: the database that is read fails otherwise."""
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
