"""Reads pending mentions, has them resolved, and writes documents and links."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlite_utils import Database

from extractors.keys import key_of, strip_marks
from pipeline.resolve import Document, Known, Link, Mention
from pipeline.store.connection import transaction
from pipeline.store.known import CITED, documents_by_number, known_by_key, known_by_plenum
from pipeline.store.units import drop_unnamed

ResolveSymbol = Callable[[str, Sequence[Mention], Sequence[Known]], tuple[list[Document], list[Link]]]
ResolveText = Callable[
    [
        Sequence[Mention],
        Mapping[int, str],
        Sequence[Document],
        Callable[[Mention], Sequence[Document]],
        Callable[[str, str, str | None], Sequence[Document]],
    ],
    tuple[list[Document], list[Link]],
]

COLUMNS = (
    "m.id, m.text_id, m.start, m.form, m.doc_type, m.number, coalesce(m.symbol, m.inferred), m.issued, m.issuer, "
    "CASE WHEN m.own THEN coalesce(m.title, t.title) ELSE m.title END, "
    "m.issuer_place, t.province, t.published, m.own, m.surface, m.target, "
    "substr(t.text, max(1, m.start - 119), min(m.start, 120)), substr(t.text, m.end + 1, 240)"
)
BATCH = 500
"""Keys that are settled in one transaction."""


def link_pending(database: Database, resolve_symbol: ResolveSymbol, resolve_text: ResolveText) -> int:
    """Settle every mention that new, changed or dropped texts may have touched; returns how many symbols."""
    conn = database.conn
    if conn.execute("SELECT 1 FROM pending").fetchone() is None:
        return 0
    keys = [row[0] for row in conn.execute("SELECT value FROM pending WHERE kind = 'key' ORDER BY value")]
    for first in range(0, len(keys), BATCH):
        with transaction(conn):
            for key in keys[first : first + BATCH]:
                _link_symbol(conn, key, resolve_symbol)
    with transaction(conn):
        _link_texts(conn, resolve_text)
        _tidy(conn)
    return len(keys)


def _mentions(conn: sqlite3.Connection, where: str, values: Sequence[object]) -> list[Mention]:
    rows = conn.execute(f"SELECT {COLUMNS} FROM mentions m JOIN texts t ON t.id = m.text_id WHERE {where}", values)
    return [Mention(*row) for row in rows]


def _link_symbol(conn: sqlite3.Connection, key: str, resolve_symbol: ResolveSymbol) -> None:
    mentions = _mentions(conn, "m.symbol_key = ?", [key])
    before = _of_key(conn, key)
    _mark_texts(conn, "SELECT text_id FROM mentions WHERE symbol_key = ?", [key])
    _mark_texts(conn, f"{_LINKED_TO} WHERE d.key = ? AND m.symbol_key IS NULL", [key])
    conn.execute("DELETE FROM documents WHERE key = ?", [key])
    documents, links = resolve_symbol(key, mentions, known_by_key(conn, key)) if mentions else ([], [])
    for document in documents:
        _put_document(conn, document)
    for link in links:
        _put_link(conn, link)
    for number in {row[0] for row in before ^ _of_key(conn, key)}:
        _mark_texts(conn, "SELECT text_id FROM mentions WHERE number_key = ? AND symbol_key IS NULL", [number])
    conn.execute("DELETE FROM pending WHERE kind = 'key' AND value = ?", [key])


_LINKED_TO = (
    "SELECT m.text_id FROM mentions m JOIN documents d ON d.id = m.document_id "
    "OR d.id IN (SELECT document_id FROM mention_candidates WHERE mention_id = m.id)"
)


def _of_key(conn: sqlite3.Connection, key: str) -> set[tuple[object, ...]]:
    """What mentions elsewhere see of the documents of a symbol."""
    columns = f"number_key, id, doc_type, issuer, place, issued, title, {CITED}"
    return set(conn.execute(f"SELECT {columns} FROM documents WHERE key = ? AND symbol NOT NULL", [key]))


def _mark_texts(conn: sqlite3.Connection, texts: str, values: Sequence[object]) -> None:
    """Have the mentions without a symbol of some texts linked again."""
    conn.execute(f"INSERT OR IGNORE INTO pending SELECT DISTINCT 'text', text_id FROM ({texts})", values)


def _put_document(conn: sqlite3.Connection, document: Document) -> None:
    conn.execute(
        "INSERT OR IGNORE INTO documents (id, key, number_key, doc_type, number, symbol, symbol_key, issuer, place, issued, "
        "title, held, mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            document.id,
            document.key,
            key_of(document.number or ""),
            document.doc_type,
            document.number,
            document.symbol,
            key_of(document.symbol) if document.symbol else None,
            document.issuer,
            document.place,
            document.issued,
            document.title,
            document.held,
            document.mentions,
        ],
    )


def _put_link(conn: sqlite3.Connection, link: Link) -> None:
    conn.execute(
        "UPDATE mentions SET status = ?, rule = ?, document_id = ? WHERE id = ?",
        [link.status, link.rule, link.document_id, link.mention_id],
    )
    conn.execute("DELETE FROM mention_candidates WHERE mention_id = ?", [link.mention_id])
    conn.executemany(
        "INSERT INTO mention_candidates VALUES (?, ?)", [(link.mention_id, candidate) for candidate in link.candidates]
    )


def _link_texts(conn: sqlite3.Connection, resolve_text: ResolveText) -> None:
    texts = [row[0] for row in conn.execute("SELECT value FROM pending WHERE kind = 'text' ORDER BY value")]
    for text in texts:
        mentions = _mentions(conn, "m.text_id = ? ORDER BY m.start", [text])
        rows = conn.execute("SELECT id, document_id FROM mentions WHERE text_id = ? AND symbol_key NOT NULL", [text])
        documents, links = resolve_text(
            mentions,
            dict(rows.fetchall()),
            _documents_in(conn, text),
            partial(documents_by_number, conn),
            partial(known_by_plenum, conn),
        )
        for document in documents:
            _put_document(conn, document)
        for link in links:
            _put_link(conn, link)
    conn.execute("DELETE FROM pending WHERE kind = 'text'")


def _documents_in(conn: sqlite3.Connection, text: str) -> list[Document]:
    """Documents that the text names by symbol."""
    rows = conn.execute(
        "SELECT DISTINCT d.id, d.key, d.doc_type, d.number, d.symbol, d.issuer, d.place, d.issued, d.title, d.held, d.mentions "
        "FROM mentions m JOIN documents d ON d.id = m.document_id WHERE m.text_id = ? AND m.symbol_key NOT NULL",
        [text],
    )
    return [Document(*row) for row in rows]


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
    drop_unnamed(conn)
    conn.create_function("strip_marks", 1, strip_marks, deterministic=True)
    conn.execute(
        "INSERT OR IGNORE INTO spellings SELECT strip_marks(term), term FROM segments_vocabulary"
        " WHERE term NOT IN (SELECT spelling FROM spellings)"
    )
