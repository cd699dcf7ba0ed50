"""Has SQLite compare the index of words with the sentences. It asks for the right to write, and writes nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

WAIT = 5.0
"""Seconds for another process that writes."""


def index_of_words(path: Path) -> tuple[str, str]:
    """What is wrong with the index, and why it could not be looked at; both "" if it is right."""
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", WAIT, uri=True, isolation_level=None)
        ) as conn:
            conn.execute("BEGIN")
            conn.execute("INSERT INTO segments_fts (segments_fts) VALUES ('integrity-check')")
            conn.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return "", f"The index of words was not compared with the sentences, which needs the right to write ({error})."
    except sqlite3.DatabaseError as error:
        return f"the index of words is not that of the sentences ({error})", ""
    return "", ""
