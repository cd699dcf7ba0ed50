"""Reads pending mentions, has them resolved, and writes documents and links."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from sqlite_utils import Database

from extractors.keys import KNOWN, key_of, strip_marks
from pipeline.resolve import Document, Elsewhere, Known, Link, Mention
from pipeline.store.connection import transaction
from pipeline.store.known import CITED, add_uncited, documents_by_number, known_by_key, known_by_plenum, known_laws
from pipeline.store.reprints import group_reprints
from pipeline.store.units import drop_unnamed

ResolveSymbol = Callable[[str, Sequence[Mention], Sequence[Known]], tuple[list[Document], list[Link]]]
ResolveText = Callable[
    [Sequence[Mention], Mapping[int, str], Sequence[Document], Elsewhere], tuple[list[Document], list[Link]]
]

COLUMNS = (
    "m.id, m.text_id, m.start, m.form, m.doc_type, m.number, coalesce(m.symbol, m.inferred), m.issued, m.issuer, "
    "CASE WHEN m.own THEN coalesce(m.title, t.title) ELSE m.title END, "
    "m.issuer_place, t.province, t.published, m.own, m.surface, m.target, coalesce(t.reprint_of, t.id), t.kind = 'document'"
)
BATCH = 500
"""Keys, or texts, that are settled in one transaction."""
BEFORE, AFTER = 120, 240
"""Characters around a mention that may tell which document it means."""
TEXTS = 16
"""Texts that are kept at hand for that."""


def link_pending(database: Database, resolve_symbol: ResolveSymbol, resolve_text: ResolveText) -> int:
    """Settle every mention that new, changed or dropped texts may have touched; returns how many symbols."""
    conn = database.conn
    if conn.execute("SELECT 1 FROM pending").fetchone() is None:
        return 0
    group_reprints(conn)
    contexts = _Contexts(conn)
    keys = _pending(conn, "key")
    for batch in _batches(keys):
        with transaction(conn):
            _link_symbols(conn, batch, contexts, resolve_symbol)
    elsewhere = _elsewhere(conn)
    for batch in _batches(_pending(conn, "text")):
        with transaction(conn):
            _link_texts(conn, batch, contexts, elsewhere, resolve_text)
    with transaction(conn):
        _tidy(conn)
    return len(keys)


def _elsewhere(conn: sqlite3.Connection) -> Elsewhere:
    """What texts may mean that stands outside them; they ask for the same numbers again."""
    find = lru_cache(KNOWN)(partial(documents_by_number, conn))
    return Elsewhere(
        lambda mention: find(mention.number or "", mention.doc_type, mention.issuer_place, mention.province),
        partial(known_by_plenum, conn),
        known_laws(conn),
    )


def _pending(conn: sqlite3.Connection, kind: str) -> list[str]:
    return [row[0] for row in conn.execute("SELECT value FROM pending WHERE kind = ? ORDER BY value", [kind])]


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[first : first + BATCH] for first in range(0, len(values), BATCH))


class _Contexts:
    """The words around mentions, read when they are asked for."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._text = lru_cache(TEXTS)(lambda identity: self._read(conn, identity))

    def of(self, text: str, start: int, end: int) -> Callable[[], tuple[str, str]]:
        """What gives the words before and behind a slice of a text."""
        return partial(self._around, text, start, end)

    def _around(self, text: str, start: int, end: int) -> tuple[str, str]:
        words = self._text(text)
        return words[max(0, start - BEFORE) : start], words[end : end + AFTER]

    @staticmethod
    def _read(conn: sqlite3.Connection, identity: str) -> str:
        return str(conn.execute("SELECT text FROM texts WHERE id = ?", [identity]).fetchone()[0])


def _mentions(
    conn: sqlite3.Connection, by: str, values: Sequence[str], contexts: _Contexts
) -> dict[str, list[Mention]]:
    """Mentions in the order of their texts, by the value of the column `by`."""
    found: dict[str, list[Mention]] = {value: [] for value in values}
    rows = conn.execute(
        f"SELECT m.{by}, m.end, {COLUMNS} FROM mentions m JOIN texts t ON t.id = m.text_id "
        f"WHERE m.{by} IN (SELECT value FROM json_each(?)) ORDER BY m.text_id, m.start",
        [json.dumps(values)],
    )
    for value, end, *columns in rows:
        found[value].append(Mention(*[*columns, contexts.of(columns[1], columns[2], end)]))
    return found


def _link_symbols(
    conn: sqlite3.Connection, keys: Sequence[str], contexts: _Contexts, resolve_symbol: ResolveSymbol
) -> None:
    listed = [json.dumps(keys)]
    before = _seen(conn, listed)
    _mark_texts(conn, f"SELECT text_id FROM mentions WHERE symbol_key IN {_LISTED}", listed)
    _mark_texts(conn, _LINKED_BY_DOCUMENT, listed)
    _mark_texts(conn, _LINKED_AS_CANDIDATE, listed)
    conn.execute(f"DELETE FROM documents WHERE key IN {_LISTED}", listed)
    known = known_by_key(conn, keys)
    documents: list[Document] = []
    links: list[Link] = []
    for key, mentions in _mentions(conn, "symbol_key", keys, contexts).items():
        found = resolve_symbol(key, mentions, known.get(key, [])) if mentions else ([], [])
        documents += found[0]
        links += found[1]
    _forget_candidates(conn, "symbol_key", listed)
    _put(conn, documents, links)
    numbers = sorted({str(row[0]) for row in before ^ _seen(conn, listed)})
    _mark_texts(
        conn,
        f"SELECT text_id FROM mentions WHERE symbol_key IS NULL AND number_key IN {_LISTED}",
        [json.dumps(numbers)],
    )
    conn.execute(f"DELETE FROM pending WHERE kind = 'key' AND value IN {_LISTED}", listed)


_LISTED = "(SELECT value FROM json_each(?))"
_LINKED_BY_DOCUMENT = (
    "SELECT m.text_id FROM documents d JOIN mentions m ON m.document_id = d.id "
    f"WHERE d.key IN {_LISTED} AND m.symbol_key IS NULL"
)
_LINKED_AS_CANDIDATE = (
    "SELECT m.text_id FROM documents d JOIN mention_candidates c ON c.document_id = d.id JOIN mentions m ON m.id = c.mention_id "
    f"WHERE d.key IN {_LISTED} AND m.symbol_key IS NULL"
)


def _seen(conn: sqlite3.Connection, keys: Sequence[str]) -> set[tuple[object, ...]]:
    """What mentions elsewhere see of the documents of some symbols."""
    columns = f"number_key, id, doc_type, issuer, place, issued, title, {CITED}"
    return set(conn.execute(f"SELECT {columns} FROM documents WHERE key IN {_LISTED} AND symbol NOT NULL", keys))


def _mark_texts(conn: sqlite3.Connection, texts: str, values: Sequence[object]) -> None:
    """Have the mentions without a symbol of some texts linked again."""
    conn.execute(f"INSERT OR IGNORE INTO pending SELECT DISTINCT 'text', text_id FROM ({texts})", values)


def _link_texts(
    conn: sqlite3.Connection, texts: Sequence[str], contexts: _Contexts, elsewhere: Elsewhere, resolve_text: ResolveText
) -> None:
    documents: list[Document] = []
    links: list[Link] = []
    named = _documents_in(conn, texts)
    linked = _linked(conn, texts)
    for text, mentions in _mentions(conn, "text_id", texts, contexts).items():
        found = resolve_text(mentions, linked.get(text, {}), named.get(text, []), elsewhere)
        documents += found[0]
        links += found[1]
    _forget_candidates(conn, "symbol_key IS NULL AND text_id", [json.dumps(texts)])
    _put(conn, documents, links)
    conn.execute(f"DELETE FROM pending WHERE kind = 'text' AND value IN {_LISTED}", [json.dumps(texts)])


def _linked(conn: sqlite3.Connection, texts: Sequence[str]) -> dict[str, dict[int, str]]:
    """Documents of the mentions with a symbol, by text and mention; a mention that is in doubt has None."""
    found: dict[str, dict[int, str]] = {}
    rows = conn.execute(
        f"SELECT text_id, id, document_id FROM mentions WHERE symbol_key NOT NULL AND text_id IN {_LISTED}",
        [json.dumps(texts)],
    )
    for text, mention, document in rows:
        found.setdefault(text, {})[mention] = document
    return found


def _put(conn: sqlite3.Connection, documents: Sequence[Document], links: Sequence[Link]) -> None:
    conn.executemany(
        "INSERT OR IGNORE INTO documents (id, key, number_key, doc_type, number, symbol, symbol_key, issuer, place, issued, "
        "title, held, mentions, known) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        map(_document_row, documents),
    )
    conn.executemany(
        "UPDATE mentions SET status = ?, rule = ?, document_id = ? WHERE id = ?",
        ([link.status, link.rule, link.document_id, link.mention_id] for link in links),
    )
    conn.executemany(
        "INSERT INTO mention_candidates VALUES (?, ?)",
        ((link.mention_id, candidate) for link in links for candidate in link.candidates),
    )


def _forget_candidates(conn: sqlite3.Connection, which: str, listed: Sequence[str]) -> None:
    conn.execute(
        f"DELETE FROM mention_candidates WHERE mention_id IN (SELECT id FROM mentions WHERE {which} IN {_LISTED})",
        listed,
    )


def _document_row(document: Document) -> list[object]:
    symbol_key = key_of(document.symbol) if document.symbol else None
    return [
        document.id, document.key, key_of(document.number or ""), document.doc_type, document.number, document.symbol, symbol_key,
        document.issuer, document.place, document.issued, document.title, document.held, document.mentions, document.known,
    ]  # fmt: skip


def _documents_in(conn: sqlite3.Connection, texts: Sequence[str]) -> dict[str, list[Document]]:
    """Documents that texts name by symbol, by text."""
    rows = conn.execute(
        "SELECT DISTINCT m.text_id, d.id, d.key, d.doc_type, d.number, d.symbol, d.issuer, d.place, d.issued, d.title, d.held, "
        "d.mentions FROM mentions m JOIN documents d ON d.id = m.document_id "
        f"WHERE m.symbol_key NOT NULL AND m.text_id IN {_LISTED}",
        [json.dumps(texts)],
    )
    found: dict[str, list[Document]] = {}
    for text, *columns in rows:
        found.setdefault(text, []).append(Document(*columns))
    return found


_SAID = (
    ("title", "coalesce(m.title, CASE WHEN m.number IS NULL THEN m.surface END)", "NULL"),
    ("issuer", "m.issuer", "NULL"),
    ("number", "m.number", "NULL"),
    ("issued", "m.issued", "substr(issued, 1, 4)"),
)
"""Fields of documents without a symbol, what the earliest mention says of them, and what holds if none does."""


def _tidy(conn: sqlite3.Connection) -> None:
    """Drop documents that nothing names; count mentions; take what short mentions say from the earliest; learn spellings."""
    conn.execute(
        "DELETE FROM documents WHERE held IS NULL AND id NOT IN (SELECT document_id FROM mentions WHERE document_id NOT NULL)"
        " AND id NOT IN (SELECT document_id FROM mention_candidates)"
    )
    conn.execute(
        "UPDATE documents SET mentions = (SELECT count(*) FROM mentions m WHERE m.document_id = documents.id AND NOT m.own)"
    )
    for field, value, else_ in _SAID:
        conn.execute(
            f"UPDATE documents SET {field} = coalesce((SELECT {value} FROM mentions m JOIN texts t ON t.id = m.text_id WHERE "
            f"m.document_id = documents.id AND {value} NOT NULL AND m.form <> 'anaphoric' "
            f"ORDER BY t.published IS NULL, t.published, t.id, m.start), {else_}) WHERE symbol IS NULL"
        )
    add_uncited(conn)
    drop_unnamed(conn)
    conn.create_function("strip_marks", 1, strip_marks, deterministic=True)
    conn.execute(
        "INSERT OR IGNORE INTO spellings SELECT strip_marks(term), term FROM segments_vocabulary"
        " WHERE term NOT IN (SELECT spelling FROM spellings)"
    )
