"""Tables as files: which are written where, whole or not at all, each with what it says of where it comes from.

A table alone is a file; CSV and NDJSON, which have no place for more, get one beside it. Several are files in a folder with a
`datapackage.json`, or tables of one file of SQLite or DuckDB.
"""

import json
import sqlite3
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from pipeline.export.dictionary import csvw, dictionary, table_schema
from pipeline.export.files import say_beside
from pipeline.export.provenance import Provenance, provenance
from pipeline.export.tables.lines import as_csv, as_json, as_ndjson
from pipeline.query.tables import count, one_state
from pipeline.writing import Together, make_folder, together

SUFFIXES = {
    ".csv": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".parquet": "parquet", ".sqlite": "sqlite", ".sqlite3": "sqlite",
    ".db": "sqlite", ".duckdb": "duckdb", ".ddb": "duckdb",
}  # fmt: skip
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))
DATABASES = ("sqlite", "duckdb")
"""Formats whose files hold several tables."""
TEXTUAL = ("csv", "json", "ndjson")
"""Formats that can be written to a terminal."""
PLACELESS = ("csv", "ndjson")
"""Formats that have no place for where they come from."""
MEDIA = {"csv": "text/csv", "json": "application/json", "ndjson": "application/x-ndjson", "parquet": "application/vnd.apache.parquet"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """What is exported: tables by name, in a format; `bom` marks CSV for Excel."""

    names: tuple[str, ...]
    form: str
    bom: bool = False


def export_tables(conn: sqlite3.Connection, job: Job, output: Path) -> Provenance:
    """Write tables to a file, or to a folder if `output` is one or names no format; counts of zero mean that nothing was written.

    WriteError if a file cannot be written; then nothing is changed.
    """
    with one_state(conn):
        counts = {name: count(conn, name) for name in job.names}
        source = provenance(conn, {"tables": ", ".join(job.names), "format": job.form}, counts)
        if any(counts.values()):
            with together() as files:
                _write(conn, job, output, source, files)
    return source


def _write(conn: sqlite3.Connection, job: Job, output: Path, source: Provenance, files: Together) -> None:
    if job.form in DATABASES:
        _write_database(conn, job, files.file(output), source)
    elif output.is_dir() or len(job.names) > 1:
        make_folder(output)
        _write_folder(conn, job, output, source, files)
    else:
        write_table(conn, job.names[0], job, files.file(output), source)
        if job.form in PLACELESS:
            say_beside(files, output, csvw(dictionary()[job.names[0]], output.name, source))


def _write_folder(conn: sqlite3.Connection, job: Job, folder: Path, source: Provenance, files: Together) -> None:
    resources = []
    for name in job.names:
        part = files.file(folder / f"{name}.{job.form}")
        write_table(conn, name, job, part, source)
        resources.append(_resource(name, job, part, source))
    package = {
        "profile": "data-package",
        "name": "sohieu",
        "title": "References, dates, bodies and figures found in Vietnamese party and state texts",
        "resources": resources,
        "provenance": source.told(),
    }
    files.put(folder / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def _resource(name: str, job: Job, part: Path, source: Provenance) -> dict[str, object]:
    """A table in a package, with the digest and the size of its file."""
    table = dictionary()[name]
    with part.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    found: dict[str, object] = {
        "name": name, "type": "table", "title": table.title, "description": table.description, "path": f"{name}.{job.form}", "scheme": "file",
        "format": job.form, "mediatype": MEDIA[job.form], "encoding": "utf-8", "hash": f"sha256:{digest}", "bytes": part.stat().st_size,
        "rows": source.counts[name], "schema": table_schema(table, dict.fromkeys(job.names)),
    }  # fmt: skip
    if job.form == "json":
        found["dialect"] = {"json": {"property": "rows"}}
    return found


def write_table(conn: sqlite3.Connection, name: str, job: Job, path: Path, source: Provenance) -> None:
    """Write one table to a file; OSError if that cannot be."""
    table = dictionary()[name]
    if job.form == "csv":
        as_csv(conn, table, path, job.bom)
    elif job.form == "ndjson":
        as_ndjson(conn, table, path)
    elif job.form == "json":
        as_json(conn, table, path, source)
    else:
        from pipeline.export.tables.columns import as_parquet  # noqa: PLC0415  (pyarrow takes a while to load)

        as_parquet(conn, table, path, source)


def _write_database(conn: sqlite3.Connection, job: Job, path: Path, source: Provenance) -> None:
    tables = [dictionary()[name] for name in job.names]
    if job.form == "sqlite":
        from pipeline.export.tables.lite import as_sqlite  # noqa: PLC0415

        as_sqlite(conn, tables, path, source)
    else:
        from pipeline.export.tables.columns import as_duckdb  # noqa: PLC0415

        as_duckdb(conn, tables, path, source)
