"""What pending symbols and texts come to: read, resolved, and made into rows. Nothing is written, so that processes may share it."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.keys import key_of
from pipeline.resolve import Document, Elsewhere, Known, Link, Mention
from pipeline.store.connection import LISTED
from pipeline.store.known import elsewhere_in, known_by_key

ResolveSymbol = Callable[[str, Sequence[Mention], Sequence[Known]], tuple[list[Document], list[Link]]]
ResolveText = Callable[
    [Sequence[Mention], Mapping[int, str], Sequence[Document], Elsewhere], tuple[list[Document], list[Link]]
]
Words = Callable[[str], str]

_COLUMNS = (
    "m.id, m.text_id, m.start, m.form, m.doc_type, m.number, coalesce(m.symbol, m.inferred), m.issued, m.issuer, "
    "CASE WHEN m.own THEN coalesce(m.title, t.title) ELSE m.title END, "
    "m.issuer_place, t.province, t.published, m.own, m.surface, m.target, coalesce(t.reprint_of, t.id), t.kind = 'document', m.end"
)
TEXTS = 16
"""Texts that are kept at hand, as the words around a mention may tell which document it means."""


class Solved(NamedTuple):
    """Rows of documents, of what became of mentions (status, rule, document, mention), and of their candidates."""

    documents: list[tuple[str | None, ...]]
    links: list[tuple[str, str, str | None, int]]
    candidates: list[tuple[int, str]]

    def add(self, documents: Sequence[Document], links: Sequence[Link]) -> None:
        """Add what resolution says."""
        self.documents.extend(map(_document_row, documents))
        self.links.extend((link.status, link.rule, link.document_id, link.mention_id) for link in links)
        self.candidates.extend((link.mention_id, candidate) for link in links for candidate in link.candidates)


def _document_row(document: Document) -> tuple[str | None, ...]:
    symbol_key = document.key if document.symbol else None
    return (
        document.id, document.key, key_of(document.number or ""), document.doc_type, document.number, document.symbol, symbol_key,
        document.issuer, document.place, document.issued, document.title, document.held, document.known,
    )  # fmt: skip


def solve_symbols(resolve: ResolveSymbol, conn: sqlite3.Connection, keys: Sequence[str]) -> Solved:
    """What the mentions of these symbols come to."""
    solved = Solved([], [], [])
    known = known_by_key(conn, keys)
    for key, mentions in _mentions(conn, "symbol_key", keys).items():
        if mentions:
            solved.add(*resolve(key, mentions, known.get(key, [])))
    return solved


def solve_texts(resolve: ResolveText, conn: sqlite3.Connection, texts: Sequence[str]) -> Solved:
    """What the mentions without a symbol of these texts come to."""
    solved = Solved([], [], [])
    named, linked = _documents_in(conn, texts), _linked(conn, texts)
    for text, mentions in _mentions(conn, "text_id", texts).items():
        solved.add(*resolve(mentions, linked.get(text, {}), named.get(text, []), elsewhere_of(conn)))
    return solved


elsewhere_of = lru_cache(1)(elsewhere_in)
"""What texts may mean that stands outside them: all texts of a run ask for the same numbers. To be forgotten when symbols change."""


def _words(conn: sqlite3.Connection) -> Words:
    """What gives the text of an id, a few of them at hand."""

    @lru_cache(TEXTS)
    def words(identity: str) -> str:
        return str(conn.execute("SELECT text FROM texts WHERE id = ?", [identity]).fetchone()[0])

    return words


def _mentions(conn: sqlite3.Connection, by: str, values: Sequence[str]) -> dict[str, list[Mention]]:
    """Mentions in the order of their texts, by the value of the column `by`."""
    found: dict[str, list[Mention]] = {value: [] for value in values}
    words = _words(conn)
    rows = conn.execute(
        f"SELECT m.{by}, {_COLUMNS} FROM mentions m JOIN texts t ON t.id = m.text_id "
        f"WHERE m.{by} IN {LISTED} AND m.linked_to IS NULL ORDER BY m.text_id, m.start",
        [json.dumps(values)],
    )
    for value, *columns in rows:
        found[value].append(Mention(*[*columns, words]))
    return found


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
