"""Opens the database for reading. sqlite_utils is not used here: it takes 0.4 s to import."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.trouble import about_database, about_later, log_of, quoting
from pipeline.version import SCHEMA

BUSY_SECONDS = 30
"""How long a reader waits where a writer keeps it out, which one does when it begins and when it ends."""

EARLIER = "{path} was written by an earlier version; 'sohieu ingest' with its folder brings it up to date"


class QueryError(Exception):
    """The question cannot be answered; the message says why and what to do."""


@contextmanager
def open_readonly(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database at `path` for reading; QueryError if it is not there, not one of ours, or fails while it is read."""
    if not path.exists():
        raise QueryError(f"{path} does not exist; make it with 'sohieu ingest FOLDER' or name another with --db")
    earlier = False
    try:
        with closing(connect(path)) as conn:
            earlier = _check_ours(path, conn)
            conn.row_factory = sqlite3.Row
            yield conn
    except sqlite3.Error as error:
        if earlier and "no such" in str(error):
            raise QueryError(EARLIER.format(path=path)) from error
        raise QueryError(about_database(path, error)) from error


def check_current(path: Path) -> None:
    """QueryError if there is no database at `path`, if it is not one of ours, or of an earlier version."""
    with open_readonly(path) as conn:
        if _check_ours(path, conn):
            raise QueryError(EARLIER.format(path=path))


def connect(path: Path, one_thread: bool = True) -> sqlite3.Connection:
    """A connection that writes nothing of its own, wherever the file lies and whatever a killed run left beside it.

    It is for the thread that opens it, unless `one_thread` is False.
    """
    try:
        return _connect(path, "mode=ro", one_thread)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_READONLY_ROLLBACK":  # SQLite takes back what was not finished
            return _connect(path, "mode=rw", one_thread)
        if error.sqlite_errorname == "SQLITE_CANTOPEN" and not log_of(path).exists():  # a log cannot be made here
            return _connect(path, "immutable=1", one_thread)
        raise


def _connect(path: Path, how: str, one_thread: bool) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    conn = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=one_thread)
    try:
        with quoting():
            conn.execute("PRAGMA query_only = ON")
            conn.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.Error:
        conn.close()
        raise
    return conn


def _check_ours(path: Path, conn: sqlite3.Connection) -> bool:
    """Whether an earlier version made the database; QueryError if another program or a later version did."""
    names = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if "documents" not in names:
        raise QueryError(f"{path} is not a database of sohieu; name another file with --db")
    known = _migrations(conn) if "_sqlite_migrations" in names else set()
    if later := known - SCHEMA:
        raise QueryError(about_later(path, later))
    return known != SCHEMA


def _migrations(conn: sqlite3.Connection) -> set[str]:
    return {name for (name,) in conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'sohieu'")}
