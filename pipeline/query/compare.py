"""Two databases of the same texts: what the newer one found more, no longer, or otherwise, with quotes.

Findings are paired by text and slice; only texts that both hold are compared. Both databases are read in the order of texts, so that
memory does not grow with them. Columns of the first version only, so that a database of any version can be compared.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["gained", "lost", "changed", "same"]
AROUND = 50
"""Characters of a quote on each side."""
_DOCUMENT = "coalesce(d.symbol, d.key) || coalesce(' ' || d.issued, '') || coalesce(' ' || d.place, '')"
HEADERS = "headers"
"""What documents say of themselves, which is compared where both databases know of it."""
FAMILIES = {
    "texts": (
        ("kind", "province", "published", "title"),
        "SELECT id, 0, 0, kind, province, published, title FROM texts ORDER BY id",
    ),
    "references": (
        ("form", "doc_type", "number", "symbol", "issued", "issuer", "title", "provision", "target", "flags"),
        "SELECT text_id, start, end, form, doc_type, number, symbol, issued, issuer, title, provision, target, flags "
        "FROM mentions ORDER BY text_id, start, end",
    ),
    "links": (
        ("status", "document"),
        f"SELECT m.text_id, m.start, m.end, replace(m.status, 'founded', 'linked'), {_DOCUMENT} FROM mentions m "
        "LEFT JOIN documents d ON d.id = m.document_id ORDER BY m.text_id, m.start, m.end",
    ),
    "relations": (
        ("kind", "from", "to"),
        'SELECT text_id, start, end, kind, "from", "to" FROM relations ORDER BY text_id, start, end, kind, "from", "to"',
    ),
    "dates": (
        ("edtf", "completed"),
        "SELECT text_id, start, end, edtf, completed FROM dates ORDER BY text_id, start, end",
    ),
    "units": (
        ("name", "unit_type"),
        "SELECT m.text_id, m.start, m.end, u.name, u.unit_type FROM unit_mentions m JOIN units u ON u.id = m.unit_id "
        "ORDER BY m.text_id, m.start, m.end",
    ),
    "figures": (
        ("value", "of", "max", "unit", "comparator", "reports_on"),
        'SELECT text_id, start, end, value, "of", max, unit, comparator, reports_on FROM figures ORDER BY text_id, start, end',
    ),
    HEADERS: (
        ("symbol", "doc_type", "issuer", "place", "issued", "title", "signer", "signer_post", "issuing_body", "status"),
        "SELECT text_id, 0, 0, symbol, doc_type, issuer, place, issued, title, signer, signer_post, issuing_body, status FROM headers "
        "ORDER BY text_id",
    ),
    "documents": (
        ("symbol", "doc_type", "issuer", "place", "issued", "title", "mentions"),
        "SELECT id, 0, 0, symbol, doc_type, issuer, place, issued, title, mentions FROM documents "
        "WHERE mentions > 0 OR held NOT NULL ORDER BY id",
    ),
}
"""Families with the fields that are compared, and the question: text or document, slice, fields; in order."""


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that differs; `before` and `after` are the fields that do."""

    family: str
    kind: Kind
    id: str
    path: str | None
    quote: tuple[str, str, str]
    before: dict[str, object]
    after: dict[str, object]


@dataclass(slots=True)
class Comparison:
    """Counts by family and kind, texts that only one database holds, and the first changes of each family and kind."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {family: Counter() for family in FAMILIES})
    only_old: int = 0
    only_new: int = 0
    changes: list[Change] = field(default_factory=list)


Row = tuple[tuple[str, int, int], tuple[object, ...]]


def compare(old: sqlite3.Connection, new: sqlite3.Connection, limit: int) -> Comparison:
    """Compare two databases; of each family and kind at most `limit` changes are kept, all are counted."""
    done = Comparison()
    texts_old, texts_new = _ids(old), _ids(new)
    done.only_old, done.only_new = len(texts_old - texts_new), len(texts_new - texts_old)
    both = texts_old & texts_new
    for family, (names, query) in FAMILIES.items():
        if family == HEADERS and not (_has_headers(old) and _has_headers(new)):
            continue
        shared = None if family == "documents" else both
        for kind, before, after in _pairs(_rows(old, query, shared), _rows(new, query, shared)):
            done.counts[family][kind] += 1
            if kind != "same" and done.counts[family][kind] <= limit:
                done.changes.append(_change(old if kind == "lost" else new, family, kind, names, before, after))
    return done


def _has_headers(conn: sqlite3.Connection) -> bool:
    return conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'headers'").fetchone() is not None


def _ids(conn: sqlite3.Connection) -> set[str]:
    return {str(row[0]) for row in conn.execute("SELECT id FROM texts")}


def _rows(conn: sqlite3.Connection, query: str, texts: set[str] | None) -> Iterator[Row]:
    for identity, start, end, *values in conn.execute(query):
        if texts is None or identity in texts:
            yield (identity, start, end), tuple(values)


def _pairs(old: Iterator[Row], new: Iterator[Row]) -> Iterator[tuple[Kind, Row | None, Row | None]]:
    """Rows of both in order, those of one slice together."""
    before, after = next(old, None), next(new, None)
    while before or after:
        if after is None or (before and before[0] < after[0]):
            yield "lost", before, None
            before = next(old, None)
        elif before is None or after[0] < before[0]:
            yield "gained", None, after
            after = next(new, None)
        else:
            yield "same" if before[1] == after[1] else "changed", before, after
            before, after = next(old, None), next(new, None)


def _change(
    conn: sqlite3.Connection, family: str, kind: Kind, names: Sequence[str], before: Row | None, after: Row | None
) -> Change:
    (identity, start, end), _ = after or before or (("", 0, 0), ())
    left = dict(zip(names, before[1], strict=True)) if before else {}
    right = dict(zip(names, after[1], strict=True)) if after else {}
    differing = [name for name in names if left.get(name) != right.get(name)]
    return Change(
        family, kind, identity, *_quote(conn, identity, start, end),
        {name: left[name] for name in differing if name in left}, {name: right[name] for name in differing if name in right},
    )  # fmt: skip


def _quote(conn: sqlite3.Connection, identity: str, start: int, end: int) -> tuple[str | None, tuple[str, str, str]]:
    row = conn.execute(
        "SELECT path, substr(text, max(1, ? - ?), min(?, ?)), substr(text, ? + 1, ? - ?), substr(text, ? + 1, ?) FROM texts WHERE id = ?",
        [start + 1, AROUND, start, AROUND, start, end, start, end, AROUND if end else 0, identity],
    ).fetchone()
    return (row[0], (row[1], row[2], row[3])) if row else (None, ("", "", ""))
