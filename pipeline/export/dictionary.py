"""The data dictionary of the tables: what each column holds, for people and for the programs that read them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.export.provenance import Provenance

FILE = Path(__file__).with_name("dictionary.toml")
LEFT_OUT = "left_out"
FRICTIONLESS = {
    "string": "string", "edtf": "string", "integer": "integer", "boolean": "boolean", "decimal": "number", "strings": "array", "spans": "array",
    "object": "object",
}  # fmt: skip
"""Types of the dictionary in the words of Frictionless."""
CSVW = {"integer": "integer", "boolean": "boolean", "decimal": "decimal", "strings": "json", "spans": "json", "object": "json"}  # fmt: skip
"""Types that are not plain strings in the words of CSV on the Web."""
JSON_TYPES = ("strings", "spans", "object")
"""Types that the database and CSV hold as JSON."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `refers` names the table whose id it holds, `unit` what its numbers count."""

    name: str
    type: str
    says: str
    example: str
    unit: str | None = None
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns in order; `key` identifies a row, if anything does."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def dictionary() -> Mapping[str, Table]:
    """All tables by name, in the order of the dictionary."""
    with FILE.open("rb") as file:
        content = tomllib.load(file)
    return {name: _table(name, said) for name, said in content.items() if name != LEFT_OUT}


def _table(name: str, said: Mapping[str, object]) -> Table:
    columns, key = said["columns"], said.get("key", [])
    assert isinstance(columns, dict)
    assert isinstance(key, list)
    fields = tuple(Column(column, **about) for column, about in columns.items())
    return Table(name, str(said["title"]), str(said["description"]), tuple(key), fields)


def left_out() -> Mapping[str, list[str]]:
    """Columns of the schema that stay at home, by table."""
    with FILE.open("rb") as file:
        found: Mapping[str, list[str]] = tomllib.load(file)[LEFT_OUT]
    return found


def table_schema(table: Table, among: Mapping[str, object]) -> dict[str, object]:
    """The Frictionless schema of a table; references to tables that are not `among` those exported are left out."""
    schema: dict[str, object] = {"fields": [_field(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    foreign = [
        {"fields": [column.name], "reference": {"resource": column.refers if column.refers != table.name else "", "fields": ["id"]}}
        for column in table.columns
        if column.refers in among
    ]  # fmt: skip
    return {**schema, "foreignKeys": foreign} if foreign else schema


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": FRICTIONLESS[column.type],
        "description": f"{column.says} In {column.unit}." if column.unit else column.says,
        "example": column.example,
    }
    if column.type == "boolean":
        field |= {"trueValues": ["1", "true"], "falseValues": ["0", "false"]}
    return field


def csvw(table: Table, url: str, source: Provenance) -> dict[str, object]:
    """What CSV on the Web puts beside a table: its columns, and where it comes from."""
    columns = [
        {"name": column.name, "titles": column.name, "datatype": CSVW.get(column.type, "string"), "dc:description": column.says}
        for column in table.columns
    ]  # fmt: skip
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": {"columns": columns, **({"primaryKey": list(table.key)} if table.key else {})},
        "sohieu:provenance": source.told(),
    }


def as_markdown() -> str:
    """The dictionary as a page."""
    return "\n".join([_HEAD, *(line for table in dictionary().values() for line in _section(table))])


_HEAD = """# Tables

What `sohieu export` writes, column by column. This page is made from `pipeline/export/dictionary.toml` by
`python -m pipeline.export.dictionary docs/tables.md`.

An empty cell is a value that is not known. Offsets count Unicode code points of `texts.text` from 0, half-open. CSV holds lists as JSON and
booleans as 0 and 1; decimals are text in Parquet, SQLite and DuckDB, so that nothing is rounded; dates are EDTF (ISO 8601-2).
"""


def _section(table: Table) -> list[str]:
    key = f" A row is known by {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    head = [
        f"## {table.name}\n",
        f"{table.title}. {table.description}{key}\n",
        "| column | type | what it holds | unit | example |",
    ]
    return [*head, "|---|---|---|---|---|", *map(_line, table.columns), ""]


def _line(column: Column) -> str:
    kind = f"{column.type}, id in `{column.refers}`" if column.refers else column.type
    return f"| `{column.name}` | {kind} | {column.says} | {column.unit or ''} | `{column.example}` |"


if __name__ == "__main__":
    import sys

    Path(sys.argv[1]).write_text(as_markdown(), "utf-8")
