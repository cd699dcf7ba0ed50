"""Sentences, and the index of their words.

The words of a batch are indexed together at its end: before a statement that may fail halfway (INSERT OR REPLACE, ON CONFLICT)
SQLite has FTS5 write out all that it holds, which for a text at a time makes as many pieces to be joined again.
"""

import sqlite3
from collections.abc import Sequence
from itertools import repeat

from pipeline.store.inserting import insert
from pipeline.store.rows import LAYOUT, SENTENCE_COLUMNS, SentenceRow


class Sentences:
    """Writes the sentences of the texts of a batch."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._waiting: list[tuple[int, str]] = []

    def put(self, identity: str, text: str, sentences: Sequence[SentenceRow]) -> None:
        """Write the sentences of a text, which has none; their words wait for `index`."""
        first = self._conn.execute("SELECT coalesce(max(id), 0) + 1 FROM segments").fetchone()[0]
        ids = range(first, first + len(sentences))
        insert(self._conn, "segments", SENTENCE_COLUMNS, sentences, id=ids, text_id=repeat(identity))
        self._waiting += [(at, text[sentence[0] : sentence[1]]) for at, sentence in zip(ids, sentences, strict=True)]

    def index(self) -> None:
        """Index the words of what was put."""
        self._conn.executemany("INSERT INTO segments_fts (rowid, text) VALUES (?, ?)", self._waiting)
        self._waiting.clear()

    def forget(self) -> None:
        """What waits is not to be: its transaction has failed."""
        self._waiting.clear()

    def drop(self, identity: str) -> None:
        """Drop the sentences of a text, with the pages that they stand on."""
        if self._conn.execute("SELECT 1 FROM segments WHERE text_id = ?", [identity]).fetchone():
            self.index()  # it may be among them
            self._conn.execute(
                "DELETE FROM segments_fts WHERE rowid IN (SELECT id FROM segments WHERE text_id = ?)", [identity]
            )
        for table in ("segments", *LAYOUT):
            self._conn.execute(f"DELETE FROM {table} WHERE text_id = ?", [identity])
