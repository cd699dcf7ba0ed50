"""Tables by columns, some thousand rows at a time: Parquet, DuckDB. Memory does not grow with the rows."""

import errno
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.dictionary import Column, Table
from pipeline.export.provenance import Provenance
from pipeline.export.tables.lines import reader
from pipeline.export.uris import document_uri
from pipeline.query.tables import rows
from pipeline.trouble import NO_ROOM

if TYPE_CHECKING:
    import pyarrow

ROWS = 20_000
"""Rows at a time."""
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "storage_compatibility_version": "v1.0.0"}
"""One row after the other, in files that DuckDB 1.0 and later read."""
LONG_ROWS = {"texts": 500}
"""For tables whose rows are long."""


def as_parquet(conn: sqlite3.Connection, table: Table, path: Path, source: Provenance) -> None:
    """Parquet with typed columns, compressed by zstd; where it comes from stands in the metadata under "sohieu"."""
    from pyarrow import parquet  # noqa: PLC0415

    schema = _schema(table).with_metadata({"sohieu": json.dumps(source.told(), ensure_ascii=False)})
    with path.open("wb") as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(conn, table, schema):
            writer.write_batch(batch)


def as_duckdb(conn: sqlite3.Connection, tables: Sequence[Table], path: Path, source: Provenance) -> None:
    """A database of DuckDB with the tables, comments on their columns, and a table `provenance`; OSError if it cannot be written."""
    import duckdb  # noqa: PLC0415

    path.unlink()  # DuckDB opens no empty file
    try:
        with duckdb.connect(config=_CONFIG | {"temp_directory": f"{path}.tmp"}) as database:
            database.execute("SET enable_progress_bar = false")
            database.execute(
                f"ATTACH {_text(str(path))} AS sohieu"
            )  # else the file holds its own name, which is that of a part
            database.execute("USE sohieu")
            for table in tables:
                _fill(database, conn, table)
            database.execute("CREATE TABLE provenance (name VARCHAR, value VARCHAR)")
            database.executemany("INSERT INTO provenance VALUES (?, ?)", source.rows())
            database.execute("CHECKPOINT sohieu")
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        full = any(os.strerror(number) in said for number in NO_ROOM)
        raise OSError(errno.ENOSPC if full else errno.EIO, said) from error
    finally:
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _fill(database: "duckdb.DuckDBPyConnection", conn: sqlite3.Connection, table: Table) -> None:  # type: ignore[name-defined]  # noqa: F821
    from pyarrow import RecordBatchReader  # noqa: PLC0415

    schema = _schema(table)
    database.register("arriving", RecordBatchReader.from_batches(schema, _batches(conn, table, schema)))
    database.execute(f'CREATE TABLE "{table.name}" AS SELECT * FROM arriving')
    database.unregister("arriving")
    database.execute(f'COMMENT ON TABLE "{table.name}" IS {_text(table.description)}')
    for column in table.columns:
        database.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_text(column.says)}')


def _text(said: str) -> str:
    return "'" + said.replace("'", "''") + "'"


def _schema(table: Table) -> "pyarrow.Schema":
    import pyarrow  # noqa: PLC0415

    text, whole = pyarrow.string(), pyarrow.int64()
    spans = pyarrow.list_(pyarrow.list_(whole))
    types = {"integer": whole, "boolean": pyarrow.bool_(), "strings": pyarrow.list_(text), "spans": spans}
    fields = [
        pyarrow.field(column.name, types.get(column.type, text), metadata={"description": column.says})
        for column in table.columns
    ]
    return pyarrow.schema(fields)


def _batches(conn: sqlite3.Connection, table: Table, schema: "pyarrow.Schema") -> Iterator["pyarrow.RecordBatch"]:
    import pyarrow  # noqa: PLC0415

    cursor = rows(conn, table.name, document_uri)
    while some := cursor.fetchmany(LONG_ROWS.get(table.name, ROWS)):
        columns = zip(table.columns, zip(*some, strict=True), strict=True)
        arrays = [
            pyarrow.array(_values(column, held), field.type)
            for (column, held), field in zip(columns, schema, strict=True)
        ]
        yield pyarrow.record_batch(arrays, schema=schema)


def _values(column: Column, held: tuple[object, ...]) -> Sequence[object]:
    """A column's values as Arrow takes them; objects stay JSON."""
    read = reader(column.type) if column.type != "object" else None
    return [None if value is None else read(value) for value in held] if read else held
