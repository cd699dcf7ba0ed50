"""Opens the database for reading. sqlite_utils is not used here: it takes 0.4 s to import."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class QueryError(Exception):
    """The question cannot be answered; the message says why and what to do."""


@contextmanager
def open_readonly(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database at `path` for reading; QueryError if it is not there or not one of ours."""
    if not path.exists():
        raise QueryError(f"{path} does not exist; make it with 'sohieu ingest FOLDER' or name another with --db")
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    try:
        conn.execute("SELECT 1 FROM documents LIMIT 1")
        yield conn
    except sqlite3.DatabaseError as error:
        raise QueryError(_explain(path, error)) from error
    finally:
        conn.close()


def _explain(path: Path, error: sqlite3.DatabaseError) -> str:
    text = str(error)
    if "not a database" in text:
        return f"{path} is not a SQLite database; name another file with --db"
    if "no such table: documents" in text:
        return f"{path} is not a database of sohieu; name another file with --db"
    if "no such table" in text or "no such column" in text:
        return f"{path} was written by an earlier version; 'sohieu ingest' with its folder brings it up to date"
    if "locked" in text:
        return f"{path} is locked by another process; try again when it has ended"
    return f"{path} cannot be read ({text}); check it or name another file with --db"
