"""Opens the database for writing: write-ahead log while open, a plain journal at the end."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from pipeline.schema import migrations
from pipeline.schema.library import Database
from pipeline.trouble import about_database, about_later, quoting
from pipeline.version import SCHEMA

BUSY_SECONDS = 120
"""How long a writer waits for its turn; another one keeps the lock while it writes a batch, or settles 30,000 mentions."""
CACHE_KB = 64_000
"""Pages of the database that are kept at hand while writing; the default, 2 MB, misses on every other update of an archive."""

PAUSE = 0.05
"""Seconds between two tries."""
LOG_PAGES = 16_000
"""Pages of the log (64 MB) after which it is brought into the database: pages that many batches change are written there once."""

LISTED = "(SELECT value FROM json_each(?))"
"""Values that are given as a list in JSON."""


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
    except sqlite3.Error as error:
        raise StoreError(about_database(path, error)) from error
    finally:
        database.close()
        _close_journal(path)


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the lock is taken at once, so that a second writer waits its turn instead of failing halfway."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        conn.rollback()
        raise


def touch(conn: sqlite3.Connection, documents: str, values: Sequence[object] = ()) -> None:
    """Remember, in the same transaction, documents whose mentions are to be counted again; `documents` asks for their ids."""
    conn.execute(f"INSERT OR IGNORE INTO pending SELECT DISTINCT 'document', * FROM ({documents})", values)


def _close_journal(path: Path) -> None:
    """Back to a plain journal, on a connection of its own; another process still writing keeps its log."""
    conn = sqlite3.connect(path)
    with suppress(sqlite3.Error, UnicodeDecodeError):
        conn.execute("PRAGMA journal_mode = DELETE")
    conn.close()


def _connect(path: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        conn = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(about_database(path, error)) from error
    try:
        with quoting():
            return _prepared(path, conn)
    except sqlite3.Error as error:
        conn.close()
        raise StoreError(about_database(path, error)) from error
    except StoreError:
        conn.close()
        raise


def _prepared(path: Path, conn: sqlite3.Connection) -> Database:
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    conn.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    database = Database(conn)
    with transaction(conn):
        _check_ours(path, database)
        migrations.apply(database)
    _write_ahead(conn)
    return database


def _write_ahead(conn: sqlite3.Connection) -> None:
    """Keep a log; SQLite does not wait for its turn here, while another process begins or ends."""
    last = monotonic() + BUSY_SECONDS
    while True:
        try:
            conn.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > last:
                raise
        sleep(PAUSE)


def _check_ours(path: Path, database: Database) -> None:
    """StoreError if the file is a database of something else, or of a later version."""
    tables = database.table_names()
    applied = {migration.name for migration in migrations.applied(database)}
    if tables and not applied:
        raise StoreError(f"{path} is a database of another program; name another file with --db")
    if later := applied - SCHEMA:
        raise StoreError(about_later(path, later))
