"""Reads pending mentions, has them resolved, and writes documents and links."""

import gc
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from extractors.keys import key_of, strip_marks
from pipeline.resolve import Document, Elsewhere, Known, Link, Mention
from pipeline.schema.library import Database
from pipeline.store.connection import LISTED, touch, transaction
from pipeline.store.corrections import apply_links, apply_to_documents
from pipeline.store.known import CITED, add_uncited, elsewhere_in, known_by_key
from pipeline.store.reprints import group_reprints
from pipeline.store.units import drop_unnamed
from pipeline.store.words import index_documents

ResolveSymbol = Callable[[str, Sequence[Mention], Sequence[Known]], tuple[list[Document], list[Link]]]
ResolveText = Callable[
    [Sequence[Mention], Mapping[int, str], Sequence[Document], Elsewhere], tuple[list[Document], list[Link]]
]

COLUMNS = (
    "m.id, m.text_id, m.start, m.form, m.doc_type, m.number, coalesce(m.symbol, m.inferred), m.issued, m.issuer, "
    "CASE WHEN m.own THEN coalesce(m.title, t.title) ELSE m.title END, "
    "m.issuer_place, t.province, t.published, m.own, m.surface, m.target, coalesce(t.reprint_of, t.id), t.kind = 'document', m.end"
)
BATCH = 50_000
"""Mentions after which a batch of keys or texts is full. It is settled in one transaction, which takes 100 MB."""
TEXTS = 16
"""Texts that are kept at hand, as the words around a mention may tell which document it means."""
Words = Callable[[str], str]


def link_pending(database: Database, resolve_symbol: ResolveSymbol, resolve_text: ResolveText) -> int:
    """Settle every mention that new, changed or dropped texts may have touched; returns how many symbols."""
    conn = database.conn
    if conn.execute("SELECT 1 FROM pending").fetchone() is None:
        return 0
    group_reprints(conn)
    gc.disable()  # mentions and documents hold no cycles; looking for some among them takes a fifth of the time
    try:
        keys = _settle(conn, resolve_symbol, resolve_text)
    finally:
        gc.enable()
    with transaction(conn):
        apply_links(conn)
        _tidy(conn)
        apply_to_documents(conn)
        index_documents(conn)
    return keys


def _settle(conn: sqlite3.Connection, resolve_symbol: ResolveSymbol, resolve_text: ResolveText) -> int:
    words = _words(conn)
    keys = 0
    for batch in _batches(conn, "key", "symbol_key"):
        keys += len(batch)
        with transaction(conn):
            _link_symbols(conn, batch, words, resolve_symbol)
    _mark_numbers(conn)
    version, elsewhere = _version(conn), elsewhere_in(conn)
    for batch in _batches(conn, "text", "text_id"):
        with transaction(conn):
            if version != (version := _version(conn)):
                elsewhere = elsewhere_in(conn)
            _link_texts(conn, batch, words, elsewhere, resolve_text)
    return keys


def _version(conn: sqlite3.Connection) -> int:
    """A number that changes when another process has written."""
    return int(conn.execute("PRAGMA data_version").fetchone()[0])


def _batches(conn: sqlite3.Connection, kind: str, column: str) -> Iterator[list[str]]:
    """What is pending of a kind, as much at a time as has the mentions of a batch; in the order of rows, which lie together."""
    batch: list[str] = []
    mentions = 0
    counted = f"SELECT value, (SELECT count(*) FROM mentions WHERE {column} = value) FROM pending WHERE kind = ?"
    first = f"(SELECT min(id) FROM mentions WHERE {column} = value)"
    for value, count in conn.execute(f"{counted} ORDER BY {first}, value", [kind]).fetchall():
        batch.append(value)
        mentions += count + 1
        if mentions > BATCH:
            yield batch
            batch, mentions = [], 0
    if batch:
        yield batch


def _words(conn: sqlite3.Connection) -> Words:
    """What gives the text of an id, a few of them at hand."""

    @lru_cache(TEXTS)
    def words(identity: str) -> str:
        return str(conn.execute("SELECT text FROM texts WHERE id = ?", [identity]).fetchone()[0])

    return words


def _mentions(conn: sqlite3.Connection, by: str, values: Sequence[str], words: Words) -> dict[str, list[Mention]]:
    """Mentions in the order of their texts, by the value of the column `by`."""
    found: dict[str, list[Mention]] = {value: [] for value in values}
    rows = conn.execute(
        f"SELECT m.{by}, {COLUMNS} FROM mentions m JOIN texts t ON t.id = m.text_id "
        f"WHERE m.{by} IN {LISTED} AND m.linked_to IS NULL ORDER BY m.text_id, m.start",
        [json.dumps(values)],
    )
    for value, *columns in rows:
        found[value].append(Mention(*[*columns, words]))
    return found


def _link_symbols(conn: sqlite3.Connection, keys: Sequence[str], words: Words, resolve_symbol: ResolveSymbol) -> None:
    listed = [json.dumps(keys)]
    before = _seen(conn, listed)
    _mark_texts(conn, f"SELECT text_id FROM mentions WHERE symbol_key IN {LISTED}", listed)
    _mark_texts(conn, _LINKED_BY_DOCUMENT, listed)
    _mark_texts(conn, _LINKED_AS_CANDIDATE, listed)
    touch(conn, f"SELECT id FROM documents WHERE key IN {LISTED}", listed)
    conn.execute(f"DELETE FROM documents WHERE key IN {LISTED}", listed)
    known = known_by_key(conn, keys)
    documents: list[Document] = []
    links: list[Link] = []
    for key, mentions in _mentions(conn, "symbol_key", keys, words).items():
        found = resolve_symbol(key, mentions, known.get(key, [])) if mentions else ([], [])
        documents += found[0]
        links += found[1]
    _forget_candidates(conn, "symbol_key", listed)
    _put(conn, documents, links)
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


def _link_texts(
    conn: sqlite3.Connection, texts: Sequence[str], words: Words, elsewhere: Elsewhere, resolve_text: ResolveText
) -> None:
    documents: list[Document] = []
    links: list[Link] = []
    named = _documents_in(conn, texts)
    linked = _linked(conn, texts)
    for text, mentions in _mentions(conn, "text_id", texts, words).items():
        found = resolve_text(mentions, linked.get(text, {}), named.get(text, []), elsewhere)
        documents += found[0]
        links += found[1]
    named_so = (
        f"SELECT document_id FROM mentions WHERE symbol_key IS NULL AND document_id NOT NULL AND text_id IN {LISTED}"
    )
    touch(conn, named_so, [json.dumps(texts)])
    _forget_candidates(conn, "symbol_key IS NULL AND text_id", [json.dumps(texts)])
    _put(conn, documents, links)
    touch(conn, named_so, [json.dumps(texts)])
    conn.execute(f"DELETE FROM pending WHERE kind = 'text' AND value IN {LISTED}", [json.dumps(texts)])


def _linked(conn: sqlite3.Connection, texts: Sequence[str]) -> dict[str, dict[int, str]]:
    """Documents of the mentions with a symbol, by text and mention; a mention that is in doubt has None."""
    found: dict[str, dict[int, str]] = {}
    rows = conn.execute(
        f"SELECT text_id, id, document_id FROM mentions WHERE symbol_key NOT NULL AND text_id IN {LISTED}",
        [json.dumps(texts)],
    )
    for text, mention, document in rows:
        found.setdefault(text, {})[mention] = document
    return found


def _put(conn: sqlite3.Connection, documents: Sequence[Document], links: Sequence[Link]) -> None:
    """Write documents, links and candidates; a document with its links, as mostly stays: `_tidy` counts those that it has in all."""
    named = Counter(link.document_id for link in links)
    conn.executemany(
        "INSERT OR IGNORE INTO documents (id, key, number_key, doc_type, number, symbol, symbol_key, issuer, place, issued, "
        "title, held, known, mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ([*_document_row(document), named[document.id]] for document in documents),
    )
    conn.executemany(
        "UPDATE mentions SET status = ?1, rule = ?2, document_id = ?3 WHERE id = ?4 "
        "AND (status, rule, document_id) IS NOT (?1, ?2, ?3)",
        ([link.status, link.rule, link.document_id, link.mention_id] for link in sorted(links, key=_row)),
    )
    conn.executemany(
        "INSERT INTO mention_candidates VALUES (?, ?)",
        ((link.mention_id, candidate) for link in links for candidate in link.candidates),
    )


def _row(link: Link) -> int:
    """Rows are written in the order in which they lie."""
    return link.mention_id


def _forget_candidates(conn: sqlite3.Connection, which: str, listed: Sequence[str]) -> None:
    conn.execute(
        f"DELETE FROM mention_candidates WHERE mention_id IN (SELECT id FROM mentions WHERE {which} IN {LISTED})",
        listed,
    )


def _document_row(document: Document) -> list[object]:
    symbol_key = document.key if document.symbol else None
    return [
        document.id, document.key, key_of(document.number or ""), document.doc_type, document.number, document.symbol, symbol_key,
        document.issuer, document.place, document.issued, document.title, document.held, document.known,
    ]  # fmt: skip


def _documents_in(conn: sqlite3.Connection, texts: Sequence[str]) -> dict[str, list[Document]]:
    """Documents that texts name by symbol, by text; of texts that name some without one, too."""
    rows = conn.execute(
        "SELECT DISTINCT m.text_id, d.id, d.key, d.doc_type, d.number, d.symbol, d.issuer, d.place, d.issued, d.title, d.held, "
        "d.mentions FROM mentions m JOIN documents d ON d.id = m.document_id "
        f"WHERE m.symbol_key NOT NULL AND m.text_id IN (SELECT text_id FROM mentions WHERE symbol_key IS NULL "
        f"AND form <> 'anaphoric' AND text_id IN {LISTED})",
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
