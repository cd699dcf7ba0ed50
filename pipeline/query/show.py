"""What is known of one document or one text."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from pipeline.query.annotated import Annotation, annotations_of
from pipeline.query.database import QueryError
from pipeline.query.matching import COLUMNS, NAME, DocumentRow
from pipeline.query.relations import NAMED_IN
from pipeline.query.typed import as_stored

HEADER = (
    "symbol", "doc_type", "title", "issuer", "issuing_body", "place", "issued", "signer", "signer_post", "status", "flags",
)  # fmt: skip
"""Fields of a header in the order in which they are shown."""
RECOGNISED = "recognised"
"""The flag of a header that was read from a picture."""
CHANGES = ("replaces", "amends", "repeals")
"""Kinds of relations that change a document, in the order in which they are shown."""
LAST = "9999"
"""A day behind all others."""
AROUND = 160
"""Characters of context on each side of a citing passage."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that cites a document."""

    text_id: str
    path: str
    published: str | None
    start: int
    before: str
    surface: str
    after: str
    status: str
    rule: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that mentions give a field, how many do, and the table of known documents that does."""

    field: str
    value: str
    mentions: int
    origin: str | None


@dataclass(frozen=True, slots=True)
class Related:
    """A document that texts relate to this one; `forward` if this one acts on it. `texts` are ids of those that say so."""

    kind: str
    forward: bool
    id: str
    name: str
    issued: str | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What a later document did to this one, as texts say; a contradiction if that one is not later."""

    kind: str
    id: str
    name: str
    since: str | None
    texts: int
    contradiction: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure that reports on a document: what stands there, what it comes to, and who did it."""

    text_id: str
    surface: str
    amount: str | None
    measure: str | None
    done_by: str | None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with what texts say of it, what they relate it to, what came of it, and where they cite it.

    `recognised` if what it says of itself was read from a picture.
    """

    document: DocumentRow
    claims: tuple[Claim, ...]
    changes: tuple[Change, ...]
    relations: tuple[Related, ...]
    figures: tuple[Reported, ...]
    citations: tuple[Citation, ...]
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding in a text; `target` is the id of the document or unit that is meant."""

    start: int
    end: int
    family: str
    note: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class TextPage:
    """A text with its marks in order; `header` holds the fields of one that is a document."""

    id: str
    path: str
    title: str | None
    published: str | None
    province: str | None
    evidence: tuple[str, ...]
    text: str
    marks: tuple[Mark, ...]
    header: tuple[tuple[str, str], ...] = ()


def show_document(conn: sqlite3.Connection, identity: str, most: int = -1) -> DocumentPage:
    """The document with this id, with `most` citing passages, all if that is negative; QueryError if there is none."""
    identity = as_stored(identity)
    row = conn.execute(f"SELECT {COLUMNS} FROM documents WHERE id = ?", [identity]).fetchone()
    if row is None:
        raise QueryError(f"no document has the id {identity}; find ids with 'sohieu lookup'")
    claims = conn.execute(
        "SELECT field, value, count(mention_id), max(origin) FROM claims WHERE document_id = ? GROUP BY field, value "
        "ORDER BY field, count(mention_id) DESC, value",
        [identity],
    )
    document, relations = DocumentRow(*row), _related(conn, identity)
    return DocumentPage(
        document,
        tuple(Claim(*c) for c in claims),
        tuple(_changes(relations, document.issued)),
        relations,
        _reported(conn, identity),
        citations_of(conn, identity, most),
        _is_recognised(conn, identity),
    )


def citations_of(conn: sqlite3.Connection, identity: str, most: int = -1, skipped: int = 0) -> tuple[Citation, ...]:
    """Passages that cite a document, by the day of their texts; `most` of them behind the first `skipped`, all if negative."""
    rows = conn.execute(
        "SELECT m.text_id, t.path, t.published, m.start, m.end, m.surface, m.status, m.rule FROM mentions m "
        "JOIN texts t ON t.id = m.text_id WHERE m.document_id = ? "
        "ORDER BY t.published IS NULL, t.published, t.path, m.start LIMIT ? OFFSET ?",
        [identity, most, skipped],
    )
    return tuple(
        chain.from_iterable(_in_context(conn, *group) for group in groupby(rows.fetchall(), key=itemgetter(0)))
    )


def _in_context(conn: sqlite3.Connection, text_id: str, rows: Iterable[sqlite3.Row]) -> Iterator[Citation]:
    """Citations in one text, which is read once: a gazette holds thousands."""
    text = str(conn.execute("SELECT text FROM texts WHERE id = ?", [text_id]).fetchone()[0])
    for _, path, published, start, end, surface, status, rule in rows:
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        yield Citation(text_id, path, published, start, before, surface, after, status, rule)


def _is_recognised(conn: sqlite3.Connection, identity: str) -> bool:
    row = conn.execute(
        "SELECT h.flags FROM documents d JOIN headers h ON h.text_id = d.held WHERE d.id = ?", [identity]
    ).fetchone()
    return row is not None and RECOGNISED in json.loads(row[0])


def _related(conn: sqlite3.Connection, identity: str) -> tuple[Related, ...]:
    rows = conn.execute(
        f"SELECT kind, forward, id, {NAME}, issued, group_concat(DISTINCT text_id) FROM ("
        f"  SELECT kind, 1 AS forward, to_id AS other, text_id FROM document_relations WHERE {NAMED_IN} AND from_id = :id"
        f"  UNION ALL SELECT kind, 0, from_id, text_id FROM document_relations WHERE {NAMED_IN} AND to_id = :id"
        ") JOIN documents ON id = other GROUP BY kind, forward, id ORDER BY forward DESC, kind, issued, id",
        {"id": identity},
    )
    return tuple(
        Related(kind, bool(forward), other, name, issued, tuple(sorted(texts.split(","))))
        for kind, forward, other, name, issued, texts in rows
    )


def _changes(relations: Iterable[Related], issued: str | None) -> Iterator[Change]:
    """What replaces, repeals or amends a document that was `issued` on some day; replacements first."""
    changes = [each for each in relations if each.kind in CHANGES and not each.forward]
    for each in sorted(changes, key=lambda each: (CHANGES.index(each.kind), each.issued or LAST, each.id)):
        odd = bool(issued and each.issued and each.issued < issued)
        yield Change(each.kind, each.id, each.name, each.issued, len(each.texts), odd)


def _reported(conn: sqlite3.Connection, identity: str) -> tuple[Reported, ...]:
    rows = conn.execute(
        "SELECT f.text_id, f.surface, f.amount, f.measure, f.done_by FROM document_figures f JOIN texts t ON t.id = f.text_id "
        "WHERE f.document_id = ? ORDER BY t.published IS NULL, t.published, t.path, f.start",
        [identity],
    )
    return tuple(Reported(*row) for row in rows)


def show_text(conn: sqlite3.Connection, identity: str) -> TextPage:
    """The text with this id; QueryError if there is none."""
    identity = as_stored(identity)
    row = conn.execute(
        "SELECT id, path, title, published, province, coalesce(province_evidence, '[]'), text FROM texts WHERE id = ?",
        [identity],
    ).fetchone()
    if row is None:
        raise QueryError(f"no text has the id {identity}; find ids with 'sohieu search'")
    number, path, title, published, province, evidence, text = row
    spoken = tuple(dict.fromkeys(text[start:end] for start, end in json.loads(evidence)))
    return TextPage(
        number,
        path,
        title,
        published,
        province,
        spoken,
        text,
        tuple(_mark(each) for each in annotations_of(conn, identity)),
        _header(conn, identity),
    )


def _mark(found: Annotation) -> Mark:
    """A finding with what it is read as, in short."""
    row = found.fields
    said = {
        "references": found.target or found.state,
        "dates": row.get("edtf") or "impossible",
        "units": row.get("name"),
        "figures": " ".join(str(part) for part in (row.get("value"), row.get("unit")) if part),
    }
    return Mark(found.start, found.end, found.family.removesuffix("s"), str(said[found.family]), found.target)


def _header(conn: sqlite3.Connection, identity: str) -> tuple[tuple[str, str], ...]:
    """What a document says of itself, by field; nothing of an article."""
    row = conn.execute(f"SELECT {', '.join(HEADER)} FROM headers WHERE text_id = ?", [identity]).fetchone()
    return (
        tuple(
            (name, " ".join(value.split()))
            for name, value in zip(HEADER, row, strict=True)
            if value not in (None, "[]")
        )
        if row
        else ()
    )
