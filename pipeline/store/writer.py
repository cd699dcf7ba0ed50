"""Findings → rows. The same bytes give the same rows; a text is its bytes, a file only holds it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from itertools import repeat

from pipeline.schema.library import Database
from pipeline.store.connection import touch, transaction
from pipeline.store.corrections import put_states
from pipeline.store.inserting import insert
from pipeline.store.known import refresh_bundled
from pipeline.store.reprints import drop_bands
from pipeline.store.rows import TEXT_COLUMNS, FindingRows, TextRows
from pipeline.store.sentences import Sentences
from pipeline.store.units import Row, put_units

FINDINGS = ("mentions", "relations", "dates", "unit_mentions", "figures", "near_misses", "headers")
"""Tables of what was found in texts."""
TOLD = ("kind", "province", "province_evidence")
"""Columns of a text that its findings give."""
PASSING = ("missing", "permission", "io", "too_large", "special", "internal", "crash")
"""Kinds of failure that say nothing of what a file holds."""


def all_sources(conn: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Root and path of all sources with the SHA-256 of their text and the version that read it."""
    rows = conn.execute("SELECT s.root, s.path, t.sha256, t.version FROM sources s JOIN texts t ON t.id = s.text_id")
    return {(root, path): (digest, version) for root, path, digest, version in rows}


def text_id(digest: str) -> str:
    """The id that people see of a text, from its SHA-256."""
    return f"t-{digest[:12]}"


def _told(rows: FindingRows) -> tuple[str | None, ...]:
    """The values of the columns `TOLD`."""
    return rows.kind, rows.province, rows.evidence


class Store:
    """Writes texts and what was found in them."""

    def __init__(self, database: Database) -> None:
        self.db = database
        self.conn: sqlite3.Connection = database.conn
        self._left: set[str] = set()
        self._sentences = Sentences(self.conn)
        self._units: set[Row] = set()
        self._version = 0

    @contextmanager
    def batch(self) -> Iterator[None]:
        """A transaction, at the end of which texts go that no file holds any more."""
        try:
            with transaction(self.conn):
                self._forget_if_another_wrote()
                yield
                self._drop_orphans()
                self._sentences.index()
        except BaseException:
            self._units.clear()
            self._sentences.forget()
            raise
        finally:
            self._left.clear()

    def _forget_if_another_wrote(self) -> None:
        """Units that are known to be there may be gone if another process has settled its own."""
        version = self.conn.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._units.clear()
        self._version = version

    def known_sources(self, root: str) -> dict[str, tuple[str, str]]:
        """Paths under `root` with the SHA-256 of their text and the version that read it."""
        return {path: read for (of, path), read in all_sources(self.conn).items() if of == root}

    def troubled(self) -> set[tuple[str, str]]:
        """Root and path of files that could not be read or were missing when last looked for."""
        sources = "SELECT root, path FROM sources WHERE missing"
        return set(self.conn.execute(f"SELECT root, path FROM failures UNION {sources}"))

    def count_pages_left(self) -> int:
        """Pages of all texts that are pictures and were not recognised."""
        return int(self.conn.execute("SELECT count(*) FROM pages WHERE how = 'left'").fetchone()[0])

    def has_shard(self, shard: str) -> bool:
        """Whether a shard was merged."""
        return self.conn.execute("SELECT 1 FROM shards WHERE id = ?", [shard]).fetchone() is not None

    def note_shard(self, shard: str, name: str, run_id: int) -> None:
        """Record, in the transaction that writes its files, that a shard was merged."""
        self.conn.execute("INSERT INTO shards (id, name, run_id) VALUES (?, ?, ?)", [shard, name, run_id])

    def has_text(self, digest: str, versions: Sequence[str]) -> bool:
        """Whether a text with these bytes is there as one of these versions reads it."""
        row = self.conn.execute("SELECT version FROM texts WHERE sha256 = ?", [digest]).fetchone()
        return row is not None and row[0] in versions

    def holds_other_text(self, digest: str) -> bool:
        """Whether the id of a text is taken by another text."""
        row = self.conn.execute("SELECT sha256 FROM texts WHERE id = ?", [text_id(digest)]).fetchone()
        return row is not None and row[0] != digest

    def put_source(self, root: str, path: str, digest: str) -> bool:
        """Record that a file holds a text, and return whether it held none; one that it held goes at the end of the batch."""
        identity = text_id(digest)
        before = self.conn.execute("SELECT text_id FROM sources WHERE root = ? AND path = ?", [root, path]).fetchone()
        self.conn.execute(
            "INSERT OR REPLACE INTO sources (root, path, text_id) VALUES (?, ?, ?)", [root, path, identity]
        )
        self.conn.execute("DELETE FROM failures WHERE root = ? AND path = ?", [root, path])
        self._set_first_path(identity)
        if before and before[0] != identity:
            self._left.add(before[0])
        return before is None

    def put_failure(self, root: str, path: str, kind: str, message: str, run_id: int) -> None:
        """Record that a file cannot be read.

        What an earlier content of it gave goes at the end of the batch if the file now holds something else, and stays if it
        only could not be had this time.
        """
        self.conn.execute(
            "INSERT OR REPLACE INTO failures (root, path, kind, message, run_id) VALUES (?, ?, ?, ?, ?)",
            [root, path, kind, message, run_id],
        )
        if kind in PASSING:
            self.conn.execute(
                "UPDATE sources SET missing = ? WHERE root = ? AND path = ?", [kind == "missing", root, path]
            )
            return
        before = self.conn.execute("SELECT text_id FROM sources WHERE root = ? AND path = ?", [root, path]).fetchone()
        self.conn.execute("DELETE FROM sources WHERE root = ? AND path = ?", [root, path])
        if before:
            self._left.add(before[0])

    def _drop_orphans(self) -> None:
        """Drop texts that files have left and no file holds any more; at the end of a batch, as one may turn up elsewhere."""
        for identity in sorted(self._left):
            if self.conn.execute("SELECT 1 FROM sources WHERE text_id = ?", [identity]).fetchone():
                self._set_first_path(identity)
            else:
                drop_bands(self.conn, identity)
                self._drop_findings(identity)
                self._sentences.drop(identity)
                self.conn.execute("DELETE FROM texts WHERE id = ?", [identity])

    def mark_missing(self, root: str, paths: Iterable[str]) -> None:
        """Record that files are gone; their texts stay."""
        self.conn.execute("UPDATE sources SET missing = 0 WHERE root = ?", [root])
        self.conn.executemany(
            "UPDATE sources SET missing = 1 WHERE root = ? AND path = ?", [(root, path) for path in paths]
        )

    def forget_failures(self, root: str, found: Set[str]) -> None:
        """Forget that files could not be read which are no longer in a folder."""
        rows = self.conn.execute("SELECT path FROM failures WHERE root = ?", [root]).fetchall()
        gone = ((root, path) for (path,) in rows if path not in found)
        self.conn.executemany("DELETE FROM failures WHERE root = ? AND path = ?", gone)

    def put_text(self, rows: TextRows, path: str, version: str) -> None:
        """Write a text and all that was found in it, in place of what was there for the same bytes."""
        text = dict(zip(TEXT_COLUMNS, rows.columns, strict=True))
        identity = text_id(str(text["sha256"]))
        if self.conn.execute("SELECT 1 FROM texts WHERE id = ?", [identity]).fetchone():
            drop_bands(self.conn, identity)
            self._sentences.drop(identity)
            self._drop_findings(identity)
        columns = ("id", "path", "version", *TEXT_COLUMNS, *TOLD, "sketch")
        updates = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
        self.conn.execute(
            f"INSERT INTO texts ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "
            f"ON CONFLICT (id) DO UPDATE SET {updates}",
            [identity, path, version, *rows.columns, *_told(rows.findings), rows.sketch],
        )
        self._sentences.put(identity, str(text["text"]), rows.sentences)
        for table, (names, found) in rows.layout.items():
            insert(self.conn, table, names, found, text_id=repeat(identity))
        self._put_findings(identity, rows.findings)
        self.conn.execute("INSERT OR IGNORE INTO pending VALUES ('reprint', ?)", [identity])

    def put_findings(self, identity: str, rows: FindingRows) -> None:
        """Write what was found in a text in place of what was found before, and what became of its corrections."""
        self._drop_findings(identity)
        names, told = ", ".join(TOLD), _told(rows)
        self.conn.execute(  # a row is written with its whole text: only where it says something else
            f"UPDATE texts SET ({names}) = (?, ?, ?) WHERE id = ? AND ({names}) IS NOT (?, ?, ?)",
            [*told, identity, *told],
        )
        self._put_findings(identity, rows)

    def _put_findings(self, identity: str, rows: FindingRows) -> None:
        """Write what was found in a text that has no findings yet."""
        self._put_units(rows.units)
        for table, (columns, found) in rows.tables.items():
            insert(self.conn, table, columns, found, text_id=repeat(identity))
        put_states(self.conn, rows.states)
        self._mark_pending(identity)

    def _put_units(self, rows: Sequence[Row]) -> None:
        """Write units with their kin, each once, as texts name the same ones; they go when a run settles, which is its end."""
        put_units(self.conn, [row for row in rows if row not in self._units])
        self._units.update(rows)

    def relink_if_rules_changed(self, version: int) -> None:
        """Have all mentions linked again if the database was linked by other rules."""
        if self.conn.execute("PRAGMA user_version").fetchone()[0] == version:
            return
        refresh_bundled(self.conn)  # before the version, so that a run that is killed here does it again
        with transaction(self.conn):
            self.conn.execute("INSERT OR IGNORE INTO pending SELECT 'text', id FROM texts")
            self.conn.execute("INSERT OR IGNORE INTO pending SELECT 'words', id FROM documents")
            self.conn.execute(
                "INSERT OR IGNORE INTO pending SELECT DISTINCT 'key', symbol_key FROM mentions WHERE symbol_key NOT NULL"
            )
            self.conn.execute(f"PRAGMA user_version = {version:d}")

    def _mark_pending(self, identity: str) -> None:
        """Remember, in the same transaction, whose links are to be made again."""
        touch(self.conn, "SELECT document_id FROM mentions WHERE text_id = ? AND document_id NOT NULL", [identity])
        self.conn.execute("INSERT OR IGNORE INTO pending VALUES ('text', ?)", [identity])
        self.conn.execute(
            "INSERT OR IGNORE INTO pending SELECT DISTINCT 'key', symbol_key FROM mentions WHERE text_id = ? AND symbol_key NOT NULL",
            [identity],
        )

    def _set_first_path(self, identity: str) -> None:
        first = "(SELECT min(path) FROM sources WHERE text_id = id)"
        self.conn.execute(f"UPDATE texts SET path = {first} WHERE id = ? AND path IS NOT {first}", [identity])

    def _drop_findings(self, identity: str) -> None:
        self._mark_pending(identity)
        for table in FINDINGS:
            self.conn.execute(f"DELETE FROM {table} WHERE text_id = ?", [identity])
