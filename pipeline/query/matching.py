"""Documents that have all terms of a wish, the most cited first."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extractors.keys import strip_marks
from extractors.view import fold
from pipeline.query.wish import Term, types_said

COLUMNS = "id, symbol, doc_type, number, issuer, place, issued, title, mentions, held"
NAME = "coalesce(symbol, coalesce(doc_type || ' ', '') || number, title, doc_type, id)"
"""What a document is called, as `DocumentRow.name` has it."""
INDEXED = ("id", "number", "symbol", "kind", "body", "place", "day", "title")
SOME = 60
"""Documents that are read at a time."""
COUNTED = 1000
"""Matches up to which they are counted."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as look-up shows it; `why` says what is near about a near miss."""

    id: str
    symbol: str | None
    doc_type: str | None
    number: str | None
    issuer: str | None
    place: str | None
    issued: str | None
    title: str | None
    mentions: int
    held: str | None
    why: str | None = None

    @property
    def name(self) -> str:
        """What the document is called: its symbol, else its type and number, its subject or its type."""
        return symbol_or_number(self.symbol, self.doc_type, self.number) or self.title or self.doc_type or self.id


def symbol_or_number(symbol: str | None, doc_type: str | None, number: str | None) -> str | None:
    """What a document is cited by: its symbol, else its type and number; None if it has neither."""
    return symbol or (f"{doc_type or ''} {number}".strip() if number else None)


_WORD = re.compile(r"\w+")
Fits = Callable[[DocumentRow], bool]


def matching(conn: sqlite3.Connection, terms: Sequence[Term], fits: Fits, most: int) -> tuple[list[DocumentRow], int]:
    """The first `most` documents that have all terms and fit, and how many have the terms, counted up to COUNTED."""
    expression = " AND ".join(term.expression() for term in terms)
    query = "SELECT id FROM documents_fts WHERE documents_fts MATCH ? ORDER BY rowid"
    ids = (row[0] for row in conn.execute(query, [expression]))
    found = list(islice(_fitting(conn, ids, fits), most))
    return found, len(found) if len(found) < most else _count(conn, expression)


def _fitting(conn: sqlite3.Connection, ids: Iterator[str], fits: Fits) -> Iterator[DocumentRow]:
    """Documents that fit, read some at a time."""
    while some := list(islice(ids, SOME)):
        yield from filter(fits, rows_of(conn, some))


def rows_of(conn: sqlite3.Connection, ids: Sequence[str]) -> list[DocumentRow]:
    """Documents of some ids, the most cited first."""
    query = f"SELECT {COLUMNS} FROM documents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY mentions DESC, id"
    return [DocumentRow(*row) for row in conn.execute(query, [json.dumps(ids)])]


def misses(conn: sqlite3.Connection, terms: Sequence[Term], ids: Sequence[str]) -> dict[str, list[Term]]:
    """The terms that documents do not have, by id; all of them for one that is not indexed."""
    found = {identity: list(terms) for identity in ids}
    rows = conn.execute(
        f"SELECT {', '.join(INDEXED)} FROM document_rows r JOIN documents_fts f ON f.rowid = r.row "
        "WHERE r.document_id IN (SELECT value FROM json_each(?))",
        [json.dumps(ids)],
    )
    for row in rows if terms else ():
        words = dict(zip(INDEXED, row, strict=True))
        found[words["id"]] = [term for term in terms if not term.holds(words)]
    return found


def of_type(rows: Sequence[DocumentRow], terms: Sequence[Term]) -> list[DocumentRow]:
    """Those of the type that terms name, and those of no known type; all of them if none is of that type."""
    said = next((types_said(term.said) for term in terms if term.kind == "type"), frozenset())
    exact = [row for row in rows if row.doc_type and strip_marks(row.doc_type) in said]
    return [row for row in rows if row in exact or not row.doc_type] if exact else list(rows)


def spelt_so(marked: Sequence[str]) -> Fits:
    """Whether a document has words in the spelling in which they were typed; one that is in none of its fields counts as had."""

    def fits(row: DocumentRow) -> bool:
        fields = (row.symbol, row.doc_type, row.issuer, row.place, row.title)
        said = {*_WORD.findall(fold(" ".join(filter(None, fields))).lower())}
        return all(word in said or strip_marks(word) not in map(strip_marks, said) for word in marked)

    return fits if marked else lambda _: True


def _count(conn: sqlite3.Connection, expression: str) -> int:
    query = "SELECT count(*) FROM (SELECT 1 FROM documents_fts WHERE documents_fts MATCH ? LIMIT ?)"
    return int(conn.execute(query, [expression, COUNTED]).fetchone()[0])
