"""Opens the database for writing: write-ahead log while open, a plain journal at the end."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from pipeline.schema import migrations

BUSY_SECONDS = 30


class StoreError(Exception):
    """The database cannot be used; the message names the file and what to do."""


@contextmanager
def open_database(path: Path) -> Iterator[Database]:
    """Open the database at `path` for writing, making it if need be; StoreError if that cannot be.

    Write-ahead log while open; at the end a plain journal, so that it can be read from a read-only folder.
    """
    database = _connect(path)
    try:
        yield database
    except sqlite3.OperationalError as error:
        raise StoreError(_explain(path, error)) from error
    finally:
        database.close()
        _close_journal(path)


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the lock is taken at once, so that a second writer waits its turn instead of failing halfway."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        conn.rollback()
        raise
    conn.execute("COMMIT")


def _close_journal(path: Path) -> None:
    """Back to a plain journal, on a connection of its own; another process still writing keeps its log."""
    conn = sqlite3.connect(path)
    with suppress(sqlite3.OperationalError):
        conn.execute("PRAGMA journal_mode = DELETE")
    conn.close()


def _connect(path: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        conn = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        database = Database(conn)
        with transaction(conn):
            migrations.apply(database)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(_explain(path, error)) from error
    return database


def _explain(path: Path, error: Exception) -> str:
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return f"{path} is not a SQLite database; name another file with --db"
    if "locked" in text:
        return f"{path} is locked by another process; wait for it to end or name another file with --db"
    if "readonly" in text or isinstance(error, PermissionError):
        return f"{path} cannot be written; change its permissions or name another file with --db"
    return f"{path} cannot be used ({text}); name another file with --db"
