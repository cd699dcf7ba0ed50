"""Tables of known documents in the database: the bundled one, and those of users."""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.keys import key_of
from extractors.symbols import parse_symbol
from extractors.tables import PartyDocument, party_documents
from extractors.units import find_units
from extractors.view import fold
from pipeline.resolve import Document, Known
from pipeline.resolve.mentions import document_id
from pipeline.resolve.place import is_local
from pipeline.store.connection import transaction

BUNDLED = "bundled"
COLUMNS = "key, symbol, number, doc_type, issuer, place, issued, term, plenum, title, status, weight, source"
CITED = "(SELECT count(*) FROM mentions m WHERE m.document_id = documents.id AND m.symbol_key NOT NULL)"
"""How often texts name a document by its symbol; other mentions are linked by it, and so cannot count."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def refresh_bundled(conn: sqlite3.Connection) -> None:
    """Put the bundled table in place of what an earlier version brought."""
    put_known(conn, BUNDLED, filter(None, map(_bundled, party_documents())))


def put_known(conn: sqlite3.Connection, origin: str, rows: Iterable[Known]) -> None:
    """Put a table of known documents in place of the one of that origin; symbols of both are to be linked again."""
    changed = "INSERT OR IGNORE INTO pending SELECT DISTINCT 'key', key FROM known_documents WHERE origin = ?"
    with transaction(conn):
        conn.execute(changed, [origin])
        conn.execute("DELETE FROM known_documents WHERE origin = ?", [origin])
        conn.executemany(
            f"INSERT INTO known_documents (origin, number_key, {COLUMNS}) VALUES (?, ?, {', '.join('?' * 13)})",
            ([origin, key_of(row.number or ""), *_values(row)] for row in rows),
        )
        conn.execute(changed, [origin])


def _values(row: Known) -> list[object]:
    return [getattr(row, name) for name in COLUMNS.split(", ")]


def _bundled(row: PartyDocument) -> Known | None:
    """A row of the bundled table; None if it has no full day, or is of a body whose place is not known."""
    place = next((unit.place for unit in find_units(row.issuer).items if unit.place), None) or ""
    if not _DAY.fullmatch(row.issued) or (is_local(row.symbol) and not place):
        return None
    parsed = parse_symbol(fold(row.symbol))
    return Known(
        key_of(row.symbol), row.symbol, parsed.number if parsed else None, row.type or None, row.issuer or None, place,
        row.issued, row.term or None, row.plenum.split(" ")[0] or None, row.title or None, row.status, int(row.weight or 0), row.source,
    )  # fmt: skip


def known_by_key(conn: sqlite3.Connection, keys: Sequence[str]) -> dict[str, list[Known]]:
    """The known documents with these keys of symbols, by key."""
    found: dict[str, list[Known]] = {}
    for row in _read(conn, "key IN (SELECT value FROM json_each(?))", [json.dumps(keys)]):
        found.setdefault(row.key, []).append(row)
    return found


def known_by_plenum(conn: sqlite3.Connection, term: str, ordinal: str, doc_type: str | None) -> list[Document]:
    """The known documents of one type that a plenum issued."""
    rows = _read(conn, "term = ? AND plenum = ? AND (doc_type = ? OR ? IS NULL)", [term, ordinal, doc_type, doc_type])
    return [_document(row) for row in rows]


def documents_by_number(
    conn: sqlite3.Connection, number: str, doc_type: str | None, *places: str | None
) -> list[Document]:
    """Documents of a number and a type, central or of two places: known ones, and those that texts name by symbol."""
    key = key_of(number)
    rows = [_document(row) for row in _read(conn, "number_key = ? AND doc_type = ?", [key, doc_type])]
    named = conn.execute(
        f"SELECT id, key, doc_type, number, symbol, issuer, place, issued, title, held, {CITED} FROM documents "
        "WHERE number_key = ? AND symbol NOT NULL AND (doc_type = ? OR doc_type IS NULL) AND (place IS NULL OR place IN (?, ?))",
        [key, doc_type, *places],
    )
    found = {document.id: document for document in rows}
    for values in named:
        document = Document(*values)
        weight = found[document.id].mentions if document.id in found else 0
        found[document.id] = replace(document, mentions=document.mentions + weight)
    return sorted(found.values(), key=lambda document: document.id)


def _read(conn: sqlite3.Connection, where: str, values: Sequence[object]) -> list[Known]:
    return [
        Known(*row) for row in conn.execute(f"SELECT {COLUMNS} FROM known_documents WHERE {where} ORDER BY id", values)
    ]


def _document(row: Known) -> Document:
    identity = document_id(row.key, row.place, row.issued)
    return Document(
        identity, row.key, row.doc_type, row.number, row.symbol, row.issuer, row.place or None, row.issued, row.title, None, row.weight
    )  # fmt: skip
