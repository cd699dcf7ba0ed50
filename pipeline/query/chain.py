"""From the centre to the district: what a document carries out, and what carries it out."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.query.relations import NAMED_IN

KINDS = ("implements", "guides", "based_on")
"""Relations by which a document follows from another."""
DEEPEST, MOST = 8, 500
"""Steps that are followed, and documents that are shown in each direction."""


@dataclass(frozen=True, slots=True)
class Step:
    """A document in a chain, `depth` steps from the one asked for."""

    depth: int
    kind: str
    id: str
    name: str
    issued: str | None
    place: str | None


def chain(conn: sqlite3.Connection, identity: str, down: bool) -> list[Step]:
    """What follows from a document (`down`) or what it follows from, each once, the nearest first below its own."""
    return list(_walk(conn, identity, down, 1, {identity}))


def _walk(conn: sqlite3.Connection, identity: str, down: bool, depth: int, seen: set[str]) -> Iterator[Step]:
    for kind, other, name, issued, place in _next(conn, identity, down) if depth <= DEEPEST else ():
        if other not in seen and len(seen) <= MOST:
            seen.add(other)
            yield Step(depth, kind, other, name, issued, place)
            yield from _walk(conn, other, down, depth + 1, seen)


def _next(conn: sqlite3.Connection, identity: str, down: bool) -> list[tuple[str, str, str, str | None, str | None]]:
    here, there = ("to_id", "from_id") if down else ("from_id", "to_id")
    rows = conn.execute(
        f"SELECT min(r.kind), d.id, coalesce(d.symbol, d.title, d.doc_type), d.issued, d.place FROM document_relations r "
        f"JOIN documents d ON d.id = r.{there} WHERE r.{NAMED_IN} AND r.{here} = :id AND r.kind IN (SELECT value FROM json_each(:kinds)) "
        "GROUP BY d.id ORDER BY d.issued IS NULL, d.issued, d.key, d.id",
        {"id": identity, "kinds": json.dumps(KINDS)},
    )
    return [tuple(row) for row in rows]
