"""Looks for what is wrong in a database: pages and indexes, rows that point to nothing, and what every run leaves true."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pipeline.integrity.damaged import is_earlier, lost_header, open_damaged
from pipeline.integrity.rules import RULES, SETTLED, SPANS, TABLES
from pipeline.integrity.words import index_of_words
from pipeline.query.database import connect

_ESCAPED = re.compile("[\udc80-\udcff]")
"""What stands for bytes that are no letters."""
MOST = 10
"""Problems of one kind that are told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong: a table, or "pages", and what is the matter there."""

    where: str
    what: str


@dataclass(slots=True)
class Examined:
    """What is wrong, and sentences on what is not wrong but good to know."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


Check = Callable[[], Iterator[str]]


def examine(path: Path) -> Examined:
    """What is wrong with the database at `path`, at most `MOST` of each kind; QueryError if it is not there or not one of ours."""
    done = Examined()
    with open_damaged(path) as conn:
        done.problems += (Problem("file", what) for what in _file(path))
        earlier = is_earlier(conn)
        for where, check in _checks(conn, done):
            done.problems += (Problem(where, what) for what in _guarded(check, earlier))
    done.problems = list(dict.fromkeys(done.problems))
    if not done.problems:
        wrong, note = index_of_words(path)
        done.problems += [Problem("segments_fts", wrong)] if wrong else []
        done.notes += [note] if note else []
    return done


def is_damaged(path: Path) -> str | None:
    """The first thing that is wrong with a database, or None."""
    found = examine(path).problems
    return f"{found[0].where}: {found[0].what}" if found else None


def _checks(conn: sqlite3.Connection, done: Examined) -> Iterator[tuple[str, Check]]:
    """What is looked at, each with its name; all of it in one state, though another process may write."""
    yield "file", lambda: _begin(conn)
    yield "pages", lambda: _pages(conn)
    yield "links", lambda: _links(conn)
    settled = _is_settled(conn)
    if not settled:
        done.notes.append("A run did not come to its end, or goes on: 'sohieu ingest' settles what it left.")
    for table in TABLES:
        yield table, lambda table=table: _letters(conn, table)  # type: ignore[misc]
    for table in SPANS:
        yield table, lambda table=table: _spans(conn, table)  # type: ignore[misc]
    yield "segments_fts", lambda: _sentences(conn)
    for table, what, rule in (*RULES, *(SETTLED if settled else ())):
        yield table, lambda table=table, what=what, rule=rule: _rule(conn, table, what, rule)  # type: ignore[misc]


def _guarded(check: Check, earlier: bool) -> list[str]:
    """What a check finds; that it fails is something found, but for what an earlier version did not have."""
    found: list[str] = []
    try:
        found += islice(check(), MOST)
    except (sqlite3.Error, TypeError, ValueError) as error:
        if not (earlier and "no such" in str(error)):
            found.append(f"cannot be read ({error})")
    return found + ["and maybe more"] * (len(found) == MOST)


def _file(path: Path) -> Iterator[str]:
    if lost_header(path):
        yield "its beginning is destroyed"
        return
    try:
        connect(path).close()
    except sqlite3.DatabaseError as error:
        yield f"cannot be opened as it is ({error})"


def _begin(conn: sqlite3.Connection) -> Iterator[str]:
    conn.execute("BEGIN")
    conn.execute("SELECT 1 FROM sqlite_schema").fetchone()
    yield from ()


def _pages(conn: sqlite3.Connection) -> Iterator[str]:
    rows = conn.execute(f"PRAGMA integrity_check({MOST})")
    yield from (
        part for (said,) in rows for part in str(said).splitlines() if part != "ok" and not part.startswith("***")
    )


def _links(conn: sqlite3.Connection) -> Iterator[str]:
    rows = conn.execute("PRAGMA foreign_key_check")
    yield from (f"row {row} of {table} points to nothing in {parent}" for table, row, parent, _ in rows)


def _letters(conn: sqlite3.Connection, table: str) -> Iterator[str]:
    """Rows with bytes that are no text."""
    factory, conn.text_factory = conn.text_factory, lambda content: content.decode("utf-8", "surrogateescape")
    try:
        for row, *values in conn.execute(f"SELECT rowid, * FROM {table}"):
            if any(isinstance(value, str) and _ESCAPED.search(value) for value in values):
                yield f"row {row} has bytes that are no letters"
    finally:
        conn.text_factory = factory


def _is_settled(conn: sqlite3.Connection) -> bool:
    try:
        return conn.execute("SELECT 1 FROM pending WHERE kind <> 'words'").fetchone() is None
    except sqlite3.Error:
        return True


def _spans(conn: sqlite3.Connection, table: str) -> Iterator[str]:
    """Rows whose words are not those of their text at their place."""
    rows = conn.execute(f"SELECT rowid, text_id, start, end, surface FROM {table} ORDER BY text_id")
    for row, start, end, surface, text in _with_text(conn, rows):
        if text[start:end] != surface or not surface:
            yield f"row {row} quotes {str(surface)[:40]!r}, but its text has {text[start:end][:40]!r} there"


def _sentences(conn: sqlite3.Connection) -> Iterator[str]:
    """Sentences that the search for words has otherwise than their text."""
    rows = conn.execute(
        "SELECT s.id, s.text_id, s.start, s.end, f.text FROM segments s JOIN segments_fts f ON f.rowid = s.id ORDER BY s.text_id"
    )
    yield from (
        f"row {row} is not its sentence"
        for row, start, end, said, text in _with_text(conn, rows)
        if text[start:end] != said
    )


def _with_text(conn: sqlite3.Connection, rows: sqlite3.Cursor) -> Iterator[tuple[int, int, int, str, str]]:
    """Rows of (number, text, start, end, words) with the text in place of its id; those without one are told by `_links`."""
    at, text = None, None
    for row, identity, start, end, words in rows:
        if at != identity:
            found = conn.execute("SELECT text FROM texts WHERE id = ?", [identity]).fetchone()
            at, text = identity, found and found[0]
        if text is not None:
            yield row, start, end, words, text


def _rule(conn: sqlite3.Connection, table: str, what: str, rule: str) -> Iterator[str]:
    yield from (f"row {row} {what}" for (row,) in conn.execute(f"SELECT rowid FROM {table} WHERE {rule}"))
