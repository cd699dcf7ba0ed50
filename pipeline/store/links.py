"""Has pending mentions resolved, and writes documents and links."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, repeat
from operator import itemgetter
from typing import Protocol, TypeVar

from extractors.keys import strip_marks
from pipeline.garbage import no_collections
from pipeline.schema.library import Database
from pipeline.store.connection import LISTED, touch, transaction
from pipeline.store.corrections import apply_links, apply_to_documents
from pipeline.store.known import CITED, add_uncited
from pipeline.store.reprints import group_reprints
from pipeline.store.solving import ResolveSymbol, ResolveText, Solved, elsewhere_of, solve_symbols, solve_texts
from pipeline.store.units import drop_unnamed
from pipeline.store.words import pending_documents, put_words, solve_words

PART, PARTS = 5_000, 6
"""Mentions after which a part of what is pending is full, and parts that are settled in one transaction, which takes 100 MB."""
Part = Sequence[str]
"""Keys of symbols, or ids of texts or documents."""
Outcome = TypeVar("Outcome")
Solve = Callable[[sqlite3.Connection, Part], Outcome]
"""Reads what a part needs and says what is to be written; it can be pickled."""


class Beside(Protocol):
    """Solves parts elsewhere, while this process writes."""

    def __call__(self, solve: Solve[Outcome], parts: Sequence[Part]) -> Iterator[Outcome | None]:
        """What each part comes to, in their order; None for one that is to be solved by the process that writes."""


def nobody(solve: Solve[Outcome], parts: Sequence[Part]) -> Iterator[Outcome | None]:
    """No one helps: all parts are solved by the process that writes."""
    return repeat(None, len(parts))


def link_pending(
    database: Database, resolve_symbol: ResolveSymbol, resolve_text: ResolveText, beside: Beside = nobody
) -> int:
    """Settle every mention that new, changed or dropped texts may have touched; returns how many symbols."""
    conn = database.conn
    if conn.execute("SELECT 1 FROM pending").fetchone() is None:
        return 0
    group_reprints(conn)
    settle = _Settling(conn, beside).settle
    with no_collections():
        keys = settle(_pending(conn, "key", "symbol_key"), partial(solve_symbols, resolve_symbol), _put_symbols)
        _mark_numbers(conn)
        elsewhere_of.cache_clear()
        settle(_pending(conn, "text", "text_id"), partial(solve_texts, resolve_text), _put_texts)
    with transaction(conn):
        apply_links(conn)
        _tidy(conn)
        apply_to_documents(conn)
    while some := pending_documents(conn):
        settle(some, solve_words, put_words)
    return keys


@dataclass(frozen=True, slots=True)
class _Settling:
    """Solves parts, or has others do so, and writes what they come to."""

    conn: sqlite3.Connection
    beside: Beside

    def settle(
        self,
        parts: Sequence[Part],
        solve: Solve[Outcome],
        put: Callable[[sqlite3.Connection, Part, Sequence[Outcome]], None],
    ) -> int:
        """Settle parts, some in each transaction; returns how many keys or ids they hold."""
        version = _version(self.conn)
        solved = zip(parts, self.beside(solve, parts), strict=True)
        while some := list(islice(solved, PARTS)):
            with transaction(self.conn):
                fresh = version == _version(self.conn)
                if not fresh:
                    elsewhere_of.cache_clear()
                outcomes = [
                    outcome if fresh and outcome is not None else solve(self.conn, part) for part, outcome in some
                ]
                put(self.conn, [value for part, _ in some for value in part], outcomes)
        return sum(map(len, parts))


def _version(conn: sqlite3.Connection) -> int:
    """A number that changes when another process has written."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0])


def _pending(conn: sqlite3.Connection, kind: str, column: str) -> Sequence[Part]:
    """What is pending of a kind, as much in each part as has its mentions; in the order of rows, which lie together."""
    parts: list[list[str]] = []
    mentions = PART
    counted = f"SELECT value, (SELECT count(*) FROM mentions WHERE {column} = value) FROM pending WHERE kind = ?"
    first = f"(SELECT min(id) FROM mentions WHERE {column} = value)"
    for value, count in conn.execute(f"{counted} ORDER BY {first}, value", [kind]):
        if mentions >= PART:
            parts.append([])
            mentions = 0
        parts[-1].append(value)
        mentions += count + 1
    return parts


def _put_symbols(conn: sqlite3.Connection, keys: Part, solved: Sequence[Solved]) -> None:
    listed = [json.dumps(keys)]
    before = _seen(conn, listed)
    _mark_texts(conn, f"SELECT text_id FROM mentions WHERE symbol_key IN {LISTED}", listed)
    _mark_texts(conn, _LINKED_BY_DOCUMENT, listed)
    _mark_texts(conn, _LINKED_AS_CANDIDATE, listed)
    touch(conn, f"SELECT id FROM documents WHERE key IN {LISTED}", listed)
    conn.execute(f"DELETE FROM documents WHERE key IN {LISTED}", listed)
    _forget_candidates(conn, "symbol_key", listed)
    _put(conn, solved)
    touch(conn, f"SELECT id FROM documents WHERE key IN {LISTED}", listed)
    numbers = sorted({str(row[0]) for row in before ^ _seen(conn, listed)})
    conn.execute("INSERT OR IGNORE INTO pending SELECT 'number', value FROM json_each(?)", [json.dumps(numbers)])
    conn.execute(f"DELETE FROM pending WHERE kind = 'key' AND value IN {LISTED}", listed)


_LINKED_BY_DOCUMENT = (
    "SELECT m.text_id FROM documents d JOIN mentions m ON m.document_id = d.id "
    f"WHERE d.key IN {LISTED} AND m.symbol_key IS NULL"
)
_LINKED_AS_CANDIDATE = (
    "SELECT m.text_id FROM documents d JOIN mention_candidates c ON c.document_id = d.id JOIN mentions m ON m.id = c.mention_id "
    f"WHERE d.key IN {LISTED} AND m.symbol_key IS NULL"
)


def _seen(conn: sqlite3.Connection, keys: Sequence[str]) -> set[tuple[object, ...]]:
    """What mentions elsewhere see of the documents of some symbols."""
    columns = f"number_key, id, doc_type, issuer, place, issued, title, {CITED}"
    return set(conn.execute(f"SELECT {columns} FROM documents WHERE key IN {LISTED} AND symbol NOT NULL", keys))


def _mark_texts(conn: sqlite3.Connection, texts: str, values: Sequence[object]) -> None:
    """Have the mentions without a symbol of some texts linked again."""
    conn.execute(f"INSERT OR IGNORE INTO pending SELECT DISTINCT 'text', text_id FROM ({texts})", values)


def _mark_numbers(conn: sqlite3.Connection) -> None:
    """Have mentions linked again whose numbers are those of documents that changed; once for all symbols, as numbers are few."""
    with transaction(conn):
        numbers = "(SELECT value FROM pending WHERE kind = 'number')"
        _mark_texts(conn, f"SELECT text_id FROM mentions WHERE symbol_key IS NULL AND number_key IN {numbers}", [])
        conn.execute("DELETE FROM pending WHERE kind = 'number'")


def _put_texts(conn: sqlite3.Connection, texts: Part, solved: Sequence[Solved]) -> None:
    listed = [json.dumps(texts)]
    named_so = (
        f"SELECT document_id FROM mentions WHERE symbol_key IS NULL AND document_id NOT NULL AND text_id IN {LISTED}"
    )
    touch(conn, named_so, listed)
    _forget_candidates(conn, "symbol_key IS NULL AND text_id", listed)
    _put(conn, solved)
    touch(conn, named_so, listed)
    conn.execute(f"DELETE FROM pending WHERE kind = 'text' AND value IN {LISTED}", listed)


def _put(conn: sqlite3.Connection, solved: Sequence[Solved]) -> None:
    """Write documents, links and candidates; a document with its links, as mostly stays: `_tidy` counts those that it has in all."""
    links = sorted((link for each in solved for link in each.links), key=itemgetter(-1))  # as rows lie
    named = Counter(document for _, _, document, _ in links)
    conn.executemany(
        "INSERT OR IGNORE INTO documents (id, key, number_key, doc_type, number, symbol, symbol_key, issuer, place, issued, "
        "title, held, known, mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ([*document, named[document[0]]] for each in solved for document in each.documents),
    )
    conn.executemany(
        "UPDATE mentions SET status = ?1, rule = ?2, document_id = ?3 WHERE id = ?4 "
        "AND (status, rule, document_id) IS NOT (?1, ?2, ?3)",
        links,
    )
    conn.executemany(
        "INSERT INTO mention_candidates VALUES (?, ?)", (row for each in solved for row in each.candidates)
    )


def _forget_candidates(conn: sqlite3.Connection, which: str, listed: Sequence[str]) -> None:
    conn.execute(
        f"DELETE FROM mention_candidates WHERE mention_id IN (SELECT id FROM mentions WHERE {which} IN {LISTED})",
        listed,
    )


_SAID = (
    ("title", "coalesce(m.title, CASE WHEN m.number IS NULL THEN m.surface END)", "NULL"),
    ("issuer", "m.issuer", "NULL"),
    ("number", "m.number", "NULL"),
    ("issued", "m.issued", "substr(issued, 1, 4)"),
)
"""Fields of documents without a symbol, what the earliest mention says of them, and what holds if none does."""


_COUNTED = "(SELECT count(*) FROM mentions m WHERE m.document_id = documents.id AND NOT m.own)"
_TOUCHED = "(SELECT value FROM pending WHERE kind = 'document')"


def _tidy(conn: sqlite3.Connection) -> None:
    """Count mentions; take what short mentions say from the earliest; drop documents that nothing names; learn spellings."""
    conn.execute(f"UPDATE documents SET mentions = {_COUNTED} WHERE id IN {_TOUCHED} AND mentions <> {_COUNTED}")
    for field, value, else_ in _SAID:
        conn.execute(
            f"UPDATE documents SET {field} = coalesce((SELECT {value} FROM mentions m JOIN texts t ON t.id = m.text_id WHERE "
            f"m.document_id = documents.id AND {value} NOT NULL AND m.form <> 'anaphoric' "
            f"ORDER BY t.published IS NULL, t.published, t.id, m.start), {else_}) WHERE symbol IS NULL AND id IN {_TOUCHED}"
        )
    add_uncited(conn)
    conn.execute("DELETE FROM pending WHERE kind = 'document'")
    drop_unnamed(conn)
    conn.create_function("strip_marks", 1, strip_marks, deterministic=True)
    conn.execute(
        "INSERT OR IGNORE INTO spellings SELECT strip_marks(term), term FROM segments_vocabulary"
        " WHERE term NOT IN (SELECT spelling FROM spellings)"
    )
