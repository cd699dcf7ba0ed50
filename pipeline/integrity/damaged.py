"""Opens a database for reading even where SQLite refuses to: one that is cut off, or whose beginning is destroyed."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.query.database import QueryError, connect
from pipeline.trouble import about_database, about_later
from pipeline.version import SCHEMA

MAGIC = b"SQLite format 3\0"
HEADER, PAGE = 100, 4096
"""Bytes of the header, and of a page, as SQLite makes them if nobody says otherwise."""
TREE = (b"\x05", b"\x0d")
"""What stands behind the header of a database: the first page is one of a tree."""


@contextmanager
def open_damaged(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database at `path` for reading, whatever its state; QueryError if it is not there, kept from us, or not one of ours.

    One without its header is copied, and the copy gets a new one.
    """
    if not path.exists():
        raise QueryError(f"{path} does not exist; name another file with --db")
    with TemporaryDirectory() as folder:
        try:
            conn = _connect(path, Path(folder))
        except (sqlite3.Error, OSError) as error:
            raise QueryError(_about(path, error)) from error
        with closing(conn):
            conn.text_factory = _text
            _check_ours(path, conn)
            yield conn


def _about(path: Path, error: Exception) -> str:
    if isinstance(error, sqlite3.OperationalError | OSError):
        return about_database(path, error)
    return f"{path} is not a SQLite database, or its first page is destroyed: nothing can be read of it; ingest the files into another"


def lost_header(path: Path) -> bool:
    """Whether a file looks like a database without its header."""
    with path.open("rb") as file:
        start = file.read(HEADER + 1)
    return not start.startswith(MAGIC) and start[HEADER:] in TREE and not path.stat().st_size % PAGE


def is_earlier(conn: sqlite3.Connection) -> bool:
    """Whether an earlier version made the database."""
    return _migrations(conn) < SCHEMA


def _connect(path: Path, folder: Path) -> sqlite3.Connection:
    if lost_header(path):
        return connect(_with_header(path, folder))
    try:
        return connect(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname == "SQLITE_NOTADB":
            raise
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    conn.execute("PRAGMA writable_schema = ON")  # SQLite then reads what does not fit; the file itself is only read
    return conn


def _with_header(path: Path, folder: Path) -> Path:
    """A copy with the header that a database of ours has."""
    copy = folder / path.name
    shutil.copyfile(path, copy)
    pages = copy.stat().st_size // PAGE
    numbers = (1, pages, 0, 0, 1, 4, 0, 0, 1, 0, 0, 0, *[0] * 5, 1, sqlite3.sqlite_version_info[0] * 1_000_000)
    header = (
        MAGIC + PAGE.to_bytes(2) + bytes([1, 1, 0, 64, 32, 32]) + b"".join(number.to_bytes(4) for number in numbers)
    )
    with copy.open("r+b") as file:
        file.write(header)
    return copy


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _check_ours(path: Path, conn: sqlite3.Connection) -> None:
    """QueryError if another program or a later version made the database; one that does not tell may be ours."""
    try:
        names = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema")}
    except sqlite3.DatabaseError:
        return
    if not names & {"documents", "_sqlite_migrations", "mentions"}:
        what = "is not a database of sohieu" if path.stat().st_size else "is empty"
        raise QueryError(f"{path} {what}; make one with 'sohieu ingest FOLDER' or name another with --db")
    if later := _migrations(conn) - SCHEMA:
        raise QueryError(about_later(path, later))


def _migrations(conn: sqlite3.Connection) -> set[str]:
    """The migrations that a database says it has; all that there are if it does not tell."""
    try:
        found = conn.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'sohieu'").fetchall()
    except sqlite3.DatabaseError:
        return set(SCHEMA)
    return {str(name) for (name,) in found} or set(SCHEMA)
