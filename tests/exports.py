"""What tests of exports share: a database of odd rows, and the values of a table as its readers must find them."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pipeline.export.dictionary import JSON_TYPES, dictionary
from pipeline.export.uris import document_uri
from pipeline.query.tables import rows
from pipeline.store import open_database, transaction

Row = dict[str, object]
ODD = (
    '=HYPERLINK("x")',
    "+1",
    "-682",
    "@a",
    '"',
    "a,b\r\nc",
    "Đảng ủy ",
    "</data>&amp;]]>",
    "\x0b",
    "''",
    "%{}\\@",
    "\tx",
)
"""Cells that break what is not careful: formulas, quotes, lines, tags, control characters, marks."""
DAYS = ("2021", "2021-02", "2021-02-03", "2020-10-15/2021", None)


def values(conn: sqlite3.Connection, name: str, parsed: bool = True) -> list[Row]:
    """Rows of a table by column; JSON and booleans as values if `parsed`, else as the database holds them."""
    columns = dictionary()[name].columns
    found = []
    for row in rows(conn, name, document_uri):
        found.append({column.name: _value(held, column.type) if parsed else held for column, held in zip(columns, row, strict=True)})  # fmt: skip
    return found


def _value(held: object, kind: str) -> object:
    if held is None or kind not in (*JSON_TYPES, "boolean"):
        return held
    return bool(held) if kind == "boolean" else json.loads(str(held))


HOSTILE = (
    *ODD,
    "\x00",
    "a\x00b",
    "\u202eABC\u202c",
    "</script><script>alert(1)</script>",
    "BEGIN:VEVENT\r\nEND:VCALENDAR",
    "\ufffe\uffff",
    "a\rb",
    "=cmd|' /C calc'!A0",
    "-->",
    "{{x}}",
    "\x85\u2028\u2029",
    "\x1b[31m\x9b31m",
    "[x](javascript:alert(1))|`#*_",
    "ER  - \r\nTY  - BOOK",
    "%\n@misc{x}",
    "\U0001f600" * 50,
    "dài " * 2**18,
)
"""Cells that are meant to break what reads them, one of a megabyte among them."""
STRANGE_DAYS = (
    *DAYS,
    "0001-01-01",
    "0001",
    "9999",
    "9999-12-31",
    "9999-12",
    "2021-02-30",
    "2021~",
    "[2020-10-15,2022-10-15]",
    "XXXX-02",
    "",
    "x",
)


def odd_database(path: Path, cells: Sequence[str] = ODD, days: Sequence[str | None] = DAYS) -> Path:
    """A database whose cells are odd, with relations among its documents: each text is one, and carries out the next."""
    with open_database(path) as database, transaction(database.conn):
        for table, lines in _odd_rows(cells, days).items():
            marks = ", ".join("?" * len(lines[0]))
            database.conn.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)
    return path


def _odd_rows(cells: Sequence[str], days: Sequence[str | None]) -> dict[str, list[tuple[object, ...]]]:
    ids = [(f"t-{at:012}", f"d-{at:012}", f"d-{(at + 1) % len(cells):012}", cell) for at, cell in enumerate(cells)]
    return {
        "texts (id, sha256, path, format, kind, title, text, version)": [
            (text, text, c, "text", "news", c, c, "") for text, _, _, c in ids
        ],
        "documents (id, key, doc_type, number, symbol, issuer, place, issued, title, held, mentions)": [
            (own, "", c, c, c, c, c, days[at % len(days)], c, text, 1) for at, (text, own, _, c) in enumerate(ids)
        ],
        "mentions (text_id, start, end, surface, form, flags, own, document_id)": [
            mention
            for text, own, other, c in ids
            for mention in (
                (text, 0, 1, c, "numbered", json.dumps([c]), 1, own),
                (text, 5, 9, c, "short", "[]", 0, other),
            )
        ],
        'relations (text_id, start, end, surface, kind, "from", "to", to_start)': [
            (text, 5, 9, c, "implements", "self", c, 5) for text, _, _, c in ids
        ],
        "figures (text_id, start, end, surface, value, comparator)": [
            (text, 0, 1, c, "-2.50", "eq") for text, _, _, c in ids
        ],
        "dates (text_id, start, end, surface, edtf)": [(text, 0, 1, c, "2021-02") for text, _, _, c in ids],
    }


def command_of(command: str, form: str | None, file: Path, database: Path) -> list[str]:
    """A whole command that writes all that there is to `file`."""
    named = [_first_document(database)] if command == "export chain" else []
    output = [str(file)] if command == "annotations" else ["-o", str(file)]
    return [*command.split(), *named, *(["--format", form] if form else []), *output, "--db", str(database)]


def _first_document(database: Path) -> str:
    with closing(sqlite3.connect(database)) as conn:
        found = conn.execute("SELECT id FROM documents WHERE mentions > 0 ORDER BY id").fetchone()
    return str(found[0]) if found else "d-000000000000"
