"""Tables as text, row by row: CSV, JSON, a JSON object a line. Memory does not grow with the rows."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path

from pipeline.export.cells import QUOTED, QUOTED_NUMBER
from pipeline.export.dictionary import JSON_TYPES, Table
from pipeline.export.provenance import Provenance
from pipeline.export.uris import document_uri
from pipeline.query.tables import lines, rows
from pipeline.writing import opened

BARE = ("integer", "boolean")
"""Types whose cells need no quotes."""


def as_csv(conn: sqlite3.Connection, table: Table, path: Path, bom: bool = False) -> None:
    """CSV as RFC 4180 has it, UTF-8, with a header and text in quotes; an apostrophe stands before what a spreadsheet would run."""
    form = ",".join("%s" if column.type in BARE else '"%w"' for column in table.columns)
    cells = {column.name: _cell(column.type) for column in table.columns}
    with TextIOWrapper(opened(path), "utf-8-sig" if bom else "utf-8", newline="") as file:
        csv.writer(file).writerow([column.name for column in table.columns])
        file.writelines(lines(conn, table.name, document_uri, f"{form}\r\n", cells))


def _cell(kind: str) -> str:
    """SQL of a cell; what is not known is empty."""
    if kind in BARE or kind in JSON_TYPES:
        return "ifnull({0}, '')"
    return f"ifnull({QUOTED_NUMBER if kind == 'decimal' else QUOTED}, '')"


def as_ndjson(conn: sqlite3.Connection, table: Table, path: Path) -> None:
    """A JSON object a line, with lists and booleans as such; what is not known is null."""
    with TextIOWrapper(opened(path), "utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _objects(conn, table))


def as_json(conn: sqlite3.Connection, table: Table, path: Path, source: Provenance) -> None:
    """A JSON object with the name of the table, where it comes from, and its rows, one a line."""
    head = {"table": table.name, "provenance": source.told()}
    with TextIOWrapper(opened(path), "utf-8", newline="\n") as file:
        file.write(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "rows": [')
        for at, line in enumerate(_objects(conn, table)):
            file.write(f"{',' if at else ''}\n{line}")
        file.write("\n]}\n")


def _objects(conn: sqlite3.Connection, table: Table) -> Iterator[str]:
    names = [column.name for column in table.columns]
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    readers = [(at, read) for at, column in enumerate(table.columns) if (read := reader(column.type))]
    for row in rows(conn, table.name, document_uri):
        values = list(row)
        for at, read in readers:
            if values[at] is not None:
                values[at] = read(values[at])
        yield encode(dict(zip(names, values, strict=True)))


def reader(kind: str) -> Callable[[object], object] | None:
    """What makes a value out of what the database holds for this type; None if that is the value."""
    if kind == "boolean":
        return bool
    return _read_json if kind in JSON_TYPES else None


def _read_json(held: object) -> object:
    return json.loads(str(held)) if held != "[]" else []
