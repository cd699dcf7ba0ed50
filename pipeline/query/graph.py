"""Documents and what joins them: relations that texts tell of, and citations in texts that are documents themselves."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.query.chain import Step, chain
from pipeline.query.matching import COLUMNS, DocumentRow
from pipeline.query.timeline import NAMED

KINDS = ("amends", "based_on", "cites", "guides", "implements", "repeals", "replaces", "reviews")
"""Kinds of edges, from the document that acts to the one acted on."""
_SAID = (
    "SELECT from_id, kind, to_id, text_id FROM document_relations "
    "UNION SELECT d.id, 'cites', m.document_id, m.text_id FROM documents d JOIN mentions m ON m.text_id = d.held "
    "WHERE m.document_id IS NOT NULL AND m.document_id <> d.id"
)


@dataclass(frozen=True, slots=True)
class Edge:
    """What texts say of two documents: how many do, and the day of the first that has one."""

    source: str
    kind: str
    target: str
    texts: int
    first: str | None


def edges(conn: sqlite3.Connection, kinds: Sequence[str] = KINDS) -> Iterator[Edge]:
    """Edges of some kinds by the ids of their documents; reprints count once."""
    rows = conn.execute(
        "SELECT s.from_id, s.kind, s.to_id, count(DISTINCT coalesce(t.reprint_of, t.id)), min(t.published) "
        f"FROM ({_SAID}) s JOIN texts t ON t.id = s.text_id WHERE s.kind IN (SELECT value FROM json_each(?)) "
        "GROUP BY s.from_id, s.kind, s.to_id ORDER BY s.from_id, s.to_id, s.kind",
        [json.dumps(kinds)],
    )
    return (Edge(*row) for row in rows)


def nodes(conn: sqlite3.Connection) -> Iterator[DocumentRow]:
    """Documents that texts cite or are, by id."""
    rows = conn.execute(f"SELECT {COLUMNS} FROM documents WHERE {NAMED} ORDER BY id")
    return (DocumentRow(*row) for row in rows)


def chain_nodes(conn: sqlite3.Connection, identity: str) -> tuple[list[Step], list[Step]]:
    """What a document follows from, and what follows from it."""
    return chain(conn, identity, down=False), chain(conn, identity, down=True)
