"""Tables of known documents in the database: the bundled one, and those of users."""

import csv
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from itertools import starmap
from pathlib import Path

from extractors.keys import key_of, strip_marks
from extractors.symbols import parse_symbol
from extractors.tables import KnownDocument, known_documents
from extractors.units import find_units
from extractors.view import fold
from pipeline.resolve import Document, Elsewhere, Known, Mention, Shelf
from pipeline.resolve.known import SURE
from pipeline.resolve.mentions import document_id
from pipeline.resolve.named import LAWS
from pipeline.resolve.place import is_local
from pipeline.store.connection import LISTED, StoreError, transaction

BUNDLED = "bundled"
TABLE_COLUMNS = (
    "symbol",
    "issued",
    "doc_type",
    "issuer",
    "place",
    "title",
    "term",
    "plenum",
    "status",
    "weight",
    "note",
    "source",
)
"""Columns of a user's table; only the first two must be there."""
COLUMNS = "key, symbol, number, doc_type, issuer, place, issued, term, plenum, title, status, weight, source"
CITED = "(SELECT count(*) FROM mentions m WHERE m.document_id = documents.id AND m.symbol_key NOT NULL)"
"""How often texts name a document by its symbol; other mentions are linked by it, and so cannot count."""
_SHELF = (
    f"SELECT id, key, doc_type, number, symbol, issuer, place, issued, title, held, {CITED} FROM documents "
    "WHERE number_key = ? AND doc_type IS ? AND place IS ? AND symbol NOT NULL"
)
SHELVES = 4_000
"""Shelves that are kept at hand."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEIGHT = re.compile(r"[0-9]{1,9}")


def refresh_bundled(conn: sqlite3.Connection) -> None:
    """Put the bundled table in place of what an earlier version brought."""
    put_known(conn, BUNDLED, filter(None, map(_bundled, known_documents())))


def put_known(conn: sqlite3.Connection, origin: str, rows: Iterable[Known]) -> None:
    """Put a table of known documents in place of the one of that origin; symbols of both are to be linked again."""
    changed = "INSERT OR IGNORE INTO pending SELECT DISTINCT 'key', key FROM known_documents WHERE origin = ?"
    with transaction(conn):
        conn.execute(changed, [origin])
        conn.execute("DELETE FROM known_documents WHERE origin = ?", [origin])
        conn.executemany(
            f"INSERT INTO known_documents (document_id, origin, number_key, {COLUMNS}) VALUES (?, ?, ?, {', '.join('?' * 13)})",
            (
                [document_id(row.key, row.place, row.issued), origin, key_of(row.number or ""), *_values(row)]
                for row in rows
            ),
        )
        conn.execute(changed, [origin])


def _values(row: Known) -> list[object]:
    return [getattr(row, name) for name in COLUMNS.split(", ")]


def _bundled(row: KnownDocument) -> Known | None:
    """A row of the bundled table; None if it has no full day, or is of a body whose place is not known."""
    local = is_local(row.symbol)
    places = (unit.place for unit in find_units(row.issuer).items if unit.place) if local else ()
    place = next(iter(places), "")
    if not _is_day(row.issued) or (local and not place):
        return None
    parsed = parse_symbol(fold(row.symbol))
    return Known(
        key_of(row.symbol), row.symbol, parsed.number if parsed else None, row.type.split(" (")[0] or None, row.issuer or None, place,
        row.issued, row.term or None, row.plenum.split(" ")[0] or None, row.title or None, row.status, int(row.weight or 0), row.source,
    )  # fmt: skip


def add_uncited(conn: sqlite3.Connection) -> None:
    """Add the known documents that no text cites to the register, so that they can be looked up; drop those no longer known."""
    conn.execute(
        "DELETE FROM documents WHERE mentions = 0 AND held IS NULL AND id NOT IN (SELECT document_id FROM mention_candidates) "
        "AND id NOT IN (SELECT document_id FROM known_documents)"
    )
    conn.execute(
        "INSERT OR IGNORE INTO documents (id, key, number_key, doc_type, number, symbol, symbol_key, issuer, place, issued, title, known) "
        "SELECT document_id, key, number_key, doc_type, number, symbol, key, issuer, nullif(place, ''), issued, title, issued "
        "FROM known_documents ORDER BY status <> ?, weight DESC, id",
        [SURE],
    )


def known_by_key(conn: sqlite3.Connection, keys: Sequence[str]) -> dict[str, list[Known]]:
    """The known documents with these keys of symbols, by key."""
    found: dict[str, list[Known]] = {}
    for row in _read(conn, f"key IN {LISTED}", [json.dumps(keys)]):
        found.setdefault(row.key, []).append(row)
    return found


def elsewhere_in(conn: sqlite3.Connection) -> Elsewhere:
    """What texts may mean that stands outside them; they ask for the same numbers again."""
    find = lru_cache(SHELVES)(partial(_shelf, conn))

    def numbered(mention: Mention) -> list[Shelf]:
        number = key_of(mention.number or "")
        places = dict.fromkeys((None, mention.issuer_place, mention.province))
        return [find(number, mention.doc_type, place) for place in places]

    return Elsewhere(numbered, partial(_known_by_plenum, conn), _known_laws(conn))


def _known_by_plenum(conn: sqlite3.Connection, term: str, ordinal: str, doc_type: str | None) -> list[Document]:
    """The known documents of one type that a plenum issued."""
    rows = _read(conn, "term = ? AND plenum = ? AND (doc_type = ? OR ? IS NULL)", [term, ordinal, doc_type, doc_type])
    return [_document(row) for row in rows]


def _known_laws(conn: sqlite3.Connection) -> dict[str, list[Document]]:
    """The known laws by name: "luat dat dai"."""
    found: dict[str, list[Document]] = {}
    for row in _read(conn, f"doc_type IN {LISTED} AND title NOT NULL", [json.dumps(LAWS)]):
        found.setdefault(strip_marks(f"{row.doc_type} {row.title}"), []).append(_document(row))
    return found


def _shelf(conn: sqlite3.Connection, number_key: str, doc_type: str | None, place: str | None) -> Shelf:
    """Documents of a number, a type and a place (None for central ones): known ones, and those that texts name by symbol."""
    known = _read(conn, "number_key = ? AND doc_type = ? AND nullif(place, '') IS ?", [number_key, doc_type, place])
    found = {document.id: document for document in map(_document, known)}
    for of in dict.fromkeys((doc_type, None)):  # a type at a time, as the index has it
        for document in starmap(Document, conn.execute(_SHELF, [number_key, of, place])):
            more = found[document.id].mentions if document.id in found else 0
            found[document.id] = replace(document, mentions=document.mentions + more) if more else document
    return Shelf(found.values())


def _read(conn: sqlite3.Connection, where: str, values: Sequence[object]) -> list[Known]:
    return [
        Known(*row) for row in conn.execute(f"SELECT {COLUMNS} FROM known_documents WHERE {where} ORDER BY id", values)
    ]


def _document(row: Known) -> Document:
    identity = document_id(row.key, row.place, row.issued)
    return Document(
        identity, row.key, row.doc_type, row.number, row.symbol, row.issuer, row.place or None, row.issued, row.title, None,
        row.weight, row.issued,
    )  # fmt: skip


def read_table(path: Path) -> tuple[list[Known], list[str]]:
    """A user's table of known documents, and what is wrong with its rows; StoreError if it is no table at all."""
    try:
        content = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path} cannot be read as a table in UTF-8 ({error}); save it as CSV UTF-8") from error
    try:
        reader = csv.DictReader(content.splitlines())
        names, records = reader.fieldnames or [], list(reader)
    except csv.Error as error:
        raise StoreError(f"{path} is no table ({error}); save it as CSV UTF-8") from error
    unknown, missing = sorted(set(names) - set(TABLE_COLUMNS)), sorted({"symbol", "issued"} - set(names))
    if unknown or missing:
        raise StoreError(
            f"{path} has no columns {missing} or unknown ones {unknown}; its first line may name {', '.join(TABLE_COLUMNS)}"
        )
    rows: list[Known] = []
    wrong: list[str] = []
    for line, record in enumerate(records, 2):
        row = _of_user(record, path.name)
        if isinstance(row, Known):
            rows.append(row)
        else:
            wrong.append(f"line {line}: {row}")
    return rows, wrong


def _of_user(record: Mapping[str | None, str | None], origin: str) -> Known | str:
    """A row of a user's table, or what is wrong with it."""
    values = {name: " ".join((record.get(name) or "").split()) for name in TABLE_COLUMNS}
    if None in record:
        return "has more values than there are columns; put values with commas in quotes"
    parsed = parse_symbol(fold(values["symbol"]))
    if parsed is None or not parsed.number:
        return f"{values['symbol']!r} is no symbol with a number; write it like 682-QĐ/TU"
    if not _is_day(values["issued"]):
        return f"{values['issued']!r} is no day; write it like 2017-09-14"
    if values["weight"] and not _WEIGHT.fullmatch(values["weight"]):
        return f"the weight {values['weight'][:40]!r} is no number of at most nine digits"
    return Known(
        key_of(values["symbol"]), parsed.canonical, parsed.number, values["doc_type"] or (parsed.types[0] if parsed.types else None),
        values["issuer"] or None, values["place"], values["issued"], values["term"] or None, values["plenum"] or None,
        values["title"] or None, values["status"] or SURE, int(values["weight"] or 1), values["source"] or origin,
    )  # fmt: skip


def _is_day(printed: str) -> bool:
    try:
        return _DAY.fullmatch(printed) is not None and bool(date.fromisoformat(printed))
    except ValueError:
        return False
