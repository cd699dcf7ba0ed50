"""A million mentions as CSV and Parquet, against SQLite's own CSV of the same rows in the same run."""

import csv
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pipeline.export.tables import Job, export_tables
from pipeline.query.database import open_readonly
from pipeline.store import open_database, transaction
from tests.bench.line import alone
from tests.memory import peak

MENTIONS = int(os.environ.get("BENCH_MENTIONS", "1000000"))
PER_TEXT = 50
FORMATS = ("csv", "parquet", "ndjson", "json", "sqlite", "duckdb")
COLUMNS = (
    "text_id", "start", "end", "surface", "form", "doc_type", "number", "symbol", "symbol_key", "issued", "issuer", "issuer_place", "title", "status",
    "rule", "document_id",
)  # fmt: skip


def report() -> None:
    """Print rows a second, ratios to SQLite's own CSV and to the plainest Python, and the most memory that writing took."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "x.db"
        fill(database)
        print(f"\nexport of {MENTIONS:,} mentions")
        own = by_command(database, Path(folder) / "own.csv") if shutil.which("sqlite3") else None
        bare = by_cursor(database, Path(folder) / "bare.csv")
        if own:
            print(f"  {'CSV by sqlite3 -csv (reference)':44} {MENTIONS / own:10,.0f} rows/s")
        print(f"  {'csv.writer over a bare cursor':44} {MENTIONS / bare:10,.0f} rows/s")
        for form in FORMATS:
            seconds, memory, before = alone(write, database, Path(folder) / f"m.{form}", form)
            print(
                f"  {form:44} {MENTIONS / seconds:10,.0f} rows/s {(own or bare) / seconds:6.2f} times the reference's speed, {bare / seconds:.2f} "
                f"the bare cursor's; peak memory {memory:.0f} MB, {before:.0f} MB before"
            )


def write(database: Path, file: Path, form: str) -> tuple[float, float, float]:
    """Seconds by the clock that exporting mentions takes, and MB of memory at most and before."""
    if form in ("parquet", "duckdb"):
        import duckdb  # noqa: F401
        import pyarrow.parquet  # noqa: F401
    before = peak()
    start = perf_counter()
    with open_readonly(database) as conn:
        export_tables(conn, Job(("mentions",), form), file)
    return perf_counter() - start, peak(), before


ASKED = "SELECT * FROM mentions ORDER BY text_id, start"


def by_command(database: Path, file: Path) -> float:
    """Seconds in which the `sqlite3` command writes CSV of all mentions, text by text."""
    start = perf_counter()
    with file.open("wb") as out:
        subprocess.run(["sqlite3", "-readonly", "-csv", "-header", str(database), ASKED], stdout=out, check=True)
    return perf_counter() - start


def by_cursor(database: Path, file: Path) -> float:
    """Seconds in which a few lines of Python do."""
    start = perf_counter()
    with closing(sqlite3.connect(database)) as conn, file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(conn.execute(ASKED))
    return perf_counter() - start


def fill(path: Path) -> None:
    """A database of mentions as wide as those of news are."""
    with open_database(path) as database, transaction(database.conn):
        conn = database.conn
        conn.execute("PRAGMA defer_foreign_keys = ON")
        conn.executemany(
            "INSERT INTO texts (id, sha256, path, format, kind, text, version) VALUES (?1, ?1, ?1, 'text', 'news', '', '')",
            ((f"t-{at * 2_654_435_761 % 2**48:012x}",) for at in range(MENTIONS // PER_TEXT)),
        )
        conn.execute("INSERT INTO documents (id, key) VALUES ('d-000000000000', '')")
        marks = ", ".join("?" * len(COLUMNS))
        listed = ", ".join(f'"{name}"' for name in COLUMNS)
        conn.executemany(f"INSERT INTO mentions ({listed}) VALUES ({marks})", _mentions())


def _mentions() -> Iterator[tuple[object, ...]]:
    for at in range(MENTIONS):
        text, number = at // PER_TEXT, at % 997
        symbol, start = f"{number}-QĐ/TU", at % PER_TEXT * 60
        yield (
            f"t-{text * 2_654_435_761 % 2**48:012x}", start, start + 30, f"Quy định số {symbol}, ngày 14/9/2017", "numbered", "quy định", str(number),
            symbol, f"{number} qd tu", "2017-09-14", "Ban Thường vụ Tỉnh ủy", "Vĩnh Phúc" if at % 3 else None,
            "về việc dự sinh hoạt chi bộ" if at % 5 == 0 else None, "linked", "symbol and place and date", "d-000000000000",
        )  # fmt: skip
