"""The tables that leave the database, row by row in an order that does not depend on how texts arrived.

Numbers of rows (`id` of mentions, dates and others) do depend on it and stay at home: a finding is known by its text and offsets.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

UriOf = Callable[[str | None, str | None, str | None, str | None, str | None, str | None], str]
"""Makes the address of a document from its type, issuer, place, day, symbol or number, and title."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table: the SQL of each column by its name, the rows they are of, and the columns that give the order."""

    columns: Mapping[str, str]
    rows: str
    order: tuple[str, ...]


def _plain(letter: str, *names: str) -> dict[str, str]:
    return {name: f'{letter}."{name}"' for name in names}


_SPAN = ("text_id", "start", "end", "surface")
_MEANT = "(SELECT min(x.document_id) FROM mentions x WHERE x.text_id = {row}.text_id AND {which})"
_CANDIDATES = (
    "CASE m.status WHEN 'ambiguous' THEN (SELECT json_group_array(c.document_id) FROM "
    "(SELECT document_id FROM mention_candidates WHERE mention_id = m.id ORDER BY document_id) c) ELSE '[]' END"
)
SOURCES: dict[str, Source] = {
    "documents": Source(
        {
            "id": "d.id", "uri": "document_uri(d.doc_type, d.issuer, d.place, d.issued, coalesce(d.symbol, d.number), d.title)",
            **_plain("d", "symbol", "doc_type", "number", "issuer", "place", "issued", "title", "held", "mentions", "known"),
        },
        "documents d",
        ("id",),
    ),
    "mentions": Source(
        {
            **_plain(
                "m", *_SPAN, "form", "doc_type", "number", "symbol", "inferred", "issued", "issuer", "issuer_place", "title", "provision", "target",
                "flags", "own", "status", "rule", "document_id", "linked_to",
            ),
            "candidates": _CANDIDATES,
        },
        "mentions m",
        ("text_id", "start", "end", "surface", "form", "doc_type", "number", "symbol", "document_id", "target"),
    ),
    "units": Source(
        {
            **_plain("u", "id", "name", "unit_type", "level", "place", "province", "parent_id", "successor_id", "ended"),
            "mentions": "(SELECT count(*) FROM unit_mentions x WHERE x.unit_id = u.id)",
        },
        "units u",
        ("id",),
    ),
    "unit-mentions": Source(_plain("m", *_SPAN, "unit_id"), "unit_mentions m", (*_SPAN, "unit_id")),
    "figures": Source(
        {
            **_plain("f", *_SPAN, "value", "of", "max", "unit", "comparator", "amount", "measure", "share_of", "reports_on", "reports_on_start"),
            "document_id": f"CASE WHEN f.reports_on_start IS NOT NULL THEN {_MEANT.format(row='f', which='x.start = f.reports_on_start')} END",
            **_plain("f", "done_by", "flags"),
        },
        "figures f",
        (*_SPAN, "value", "of", "max", "unit", "comparator"),
    ),
    "dates": Source(
        _plain("d", *_SPAN, "edtf", "completed", "suggestion", "flags"), "dates d", (*_SPAN, "edtf", "completed", "suggestion", "flags")
    ),
    "relations": Source(
        {
            **_plain("r", *_SPAN, "kind", "from", "to", "from_start", "to_start"),
            "from_id": _MEANT.format(row="r", which="x.start = coalesce(r.from_start, (SELECT o.start FROM mentions o WHERE o.text_id = r.text_id AND o.own))"),
            "to_id": _MEANT.format(row="r", which="x.start = r.to_start"),
        },
        "relations r",
        (*_SPAN, "kind", "from", "to", "from_start", "to_start"),
    ),
    "disputes": Source(
        {
            **_plain("x", "document_id", "field", "value", "texts", "origin"),
            "chosen": "coalesce(x.value = CASE x.field WHEN 'issued' THEN d.issued ELSE d.doc_type END, 0)",
            **_plain("m", "text_id", "start"),
        },
        "disputes x JOIN documents d ON d.id = x.document_id LEFT JOIN mentions m ON m.id = x.mention_id",
        ("document_id", "field", "value"),
    ),
    "texts": Source(
        {
            **_plain(
                "t", "id", "sha256", "path", "format", "kind", "title", "published", "published_from", "byline", "url", "province", "province_evidence",
                "reprint_of", "encodings", "notes", "version", "text",
            )
        },
        "texts t",
        ("id",),
    ),
    "headers": Source(
        _plain(
            "h", "text_id", "symbol", "doc_type", "issuer", "place", "issued", "title", "signer", "signer_post", "issuing_body", "issuing_place",
            "status", "spans", "flags",
        ),
        "headers h",
        ("text_id",),
    ),
}  # fmt: skip
"""Names of tables with what they are made from."""


@contextmanager
def one_state(conn: sqlite3.Connection) -> Iterator[None]:
    """All that is read within is of one moment, though another process writes."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.rollback()


def count(conn: sqlite3.Connection, name: str) -> int:
    """How many rows a table has."""
    return int(conn.execute(f"SELECT count(*) FROM {SOURCES[name].rows}").fetchone()[0])


def rows(conn: sqlite3.Connection, name: str, uri_of: UriOf) -> sqlite3.Cursor:
    """Rows of a table as plain tuples, one by one."""
    return _ask(conn, select(name), uri_of)


def lines(conn: sqlite3.Connection, name: str, uri_of: UriOf, form: str, cells: Mapping[str, str]) -> Iterator[str]:
    """Rows of a table as text that SQLite itself puts together, which is twice as fast as a tuple a row.

    `form` is what `printf` of SQLite makes a row by, a mark a column; in `cells` `{}` stands for what a column holds.
    """
    return (line for (line,) in _ask(conn, select(name, cells, f"printf('{form}', {{}})"), uri_of))


def _ask(conn: sqlite3.Connection, question: str, uri_of: UriOf) -> sqlite3.Cursor:
    conn.create_function("document_uri", 6, uri_of, deterministic=True)
    cursor = conn.cursor()
    cursor.row_factory = None  # tuples are read twice as fast
    return cursor.execute(question)


def select(name: str, cells: Mapping[str, str] | None = None, shape: str = "{}") -> str:
    """The question for a table, its columns put into `shape`."""
    source, cells = SOURCES[name], cells or {}
    inner = ", ".join(f'{sql} AS "{column}"' for column, sql in source.columns.items())
    outer = ", ".join(cells.get(column, "{}").format(f'r."{column}"') for column in source.columns)
    order = ", ".join(f'r."{column}"' for column in source.order)
    return f"SELECT {shape.format(outer)} FROM (SELECT {inner} FROM {source.rows}) AS r ORDER BY {order}"
