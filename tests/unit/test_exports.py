"""Tables that left the database, read by other programs: the same rows, the same bytes each time, and where they come from."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import pandas
import pytest
from pyarrow import parquet

from pipeline.export.dictionary import as_markdown, dictionary, left_out
from pipeline.export.provenance import fingerprint
from pipeline.export.tables import FORMATS, Job, export_tables
from pipeline.query.database import open_readonly
from pipeline.query.tables import SOURCES, count, select
from pipeline.run import ingest
from tests.corpus import ROOT, texts
from tests.exports import ODD, Row, odd_database, values
from tests.faults import run_with_limit, small_disk
from tests.unit.test_cli import one_sentence, run, sohieu

ALL = tuple(SOURCES)
FOLDERS = ("csv", "json", "ndjson", "parquet")


@pytest.fixture
def opened(either_db: Path) -> Iterator[sqlite3.Connection]:
    with open_readonly(either_db) as conn:
        yield conn


def exported(conn: sqlite3.Connection, form: str, path: Path) -> Path:
    """All tables in a format."""
    export_tables(conn, Job(ALL, form), path)
    return path


def from_csv(path: Path, name: str) -> list[Row]:
    """Cells as they stand, empty ones as unknown, without the quotes that keep a spreadsheet from running them."""
    with (path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{column: _unquoted(cell) for column, cell in row.items()} for row in csv.DictReader(file)]


def _unquoted(cell: str) -> str | None:
    return (cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in "=+-@\t\r" else cell) or None


def from_pandas_csv(path: Path, name: str) -> list[Row]:
    frame = pandas.read_csv(path / f"{name}.csv", dtype=str, keep_default_na=False)
    return [{column: _unquoted(cell) for column, cell in row.items()} for row in frame.to_dict("records")]


def as_cells(rows: list[Row]) -> list[Row]:
    return [{name: None if value is None or value == "" else str(value) for name, value in row.items()} for row in rows]


def from_json(path: Path, name: str) -> list[Row]:
    rows: list[Row] = json.loads((path / f"{name}.json").read_text("utf-8"))["rows"]
    return rows


def from_ndjson(path: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (path / f"{name}.ndjson").read_text("utf-8").split("\n") if line]


def from_parquet(path: Path, name: str) -> list[Row]:
    rows: list[Row] = parquet.read_table(path / f"{name}.parquet").to_pylist()
    return rows


def from_sqlite(path: Path, name: str) -> list[Row]:
    with closing(sqlite3.connect(path)) as conn:
        conn.row_factory = sqlite3.Row
        return [dict(row) for row in conn.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]


def from_duckdb(path: Path, name: str) -> list[Row]:
    with duckdb.connect(str(path), read_only=True) as conn:
        result = conn.execute(f'SELECT * FROM "{name}"')
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def no_objects(rows: list[Row]) -> list[Row]:
    """Objects as the JSON that the database holds: columns have no type for them."""
    return [
        {name: json.dumps(value) if isinstance(value, dict) else value for name, value in row.items()} for row in rows
    ]


READERS: dict[str, tuple[str, Callable[[Path, str], list[Row]], bool, Callable[[list[Row]], list[Row]]]] = {
    "csv": ("csv", from_csv, False, as_cells),
    "csv, pandas": ("csv", from_pandas_csv, False, as_cells),
    "json": ("json", from_json, True, list),
    "ndjson": ("ndjson", from_ndjson, True, list),
    "parquet": ("parquet", from_parquet, True, no_objects),
    "sqlite": ("sqlite", from_sqlite, False, list),
    "duckdb": ("duckdb", from_duckdb, True, no_objects),
}
"""Formats with who reads them, whether lists are lists there, and what the rows of the database look like there."""


@pytest.mark.parametrize(("form", "read", "parsed", "shape"), READERS.values(), ids=READERS)
def test_rows_are_those_of_the_database(
    form: str, read: Callable[[Path, str], list[Row]], parsed: bool, shape: Callable[[list[Row]], list[Row]], opened: sqlite3.Connection, tmp_path: Path
) -> None:  # fmt: skip
    path = exported(opened, form, tmp_path / f"x.{form}" if form not in FOLDERS else tmp_path)
    for name in ALL:
        rows = read(path, name)
        assert rows == shape(values(opened, name, parsed))
        assert len(rows) == count(opened, name)
    assert sum(count(opened, name) for name in ALL) > 0


@pytest.mark.parametrize(
    "name", ["mentions", "dates", "figures", "unit-mentions", "relations", "texts", "documents", "units", "headers"]
)
def test_a_table_has_the_rows_of_the_schema(name: str, opened: sqlite3.Connection) -> None:
    table = name.replace("-", "_")
    shared = [column for column in columns_of(opened, table) if column in SOURCES[name].columns]
    listed = ", ".join(f'"{column}"' for column in shared)
    held = sorted(map(repr, map(tuple, opened.execute(f"SELECT {listed} FROM {table}"))))
    given = sorted(repr(tuple(row[column] for column in shared)) for row in values(opened, name, parsed=False))
    assert given == held


def columns_of(conn: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]


def test_no_column_is_missing(conn: sqlite3.Connection) -> None:
    """A new column of the schema must be exported and documented, or listed as left out."""
    assert list(dictionary()) == list(SOURCES)
    for name, table in dictionary().items():
        assert [column.name for column in table.columns] == list(SOURCES[name].columns)
        known = [column.name for column in table.columns] + left_out().get(name, [])
        assert {*columns_of(conn, name.replace("-", "_"))} <= {*known}, name
        assert all(column.says.endswith(".") and column.example for column in table.columns)
        assert all(column.unit for column in table.columns if column.type == "integer"), name


def test_the_page_of_tables_is_up_to_date() -> None:
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == as_markdown()


def test_columns_hold_what_the_dictionary_says(opened: sqlite3.Connection) -> None:
    kinds = {"integer": int, "boolean": int}
    for name, table in dictionary().items():
        for row in values(opened, name, parsed=False):
            for column in table.columns:
                held = row[column.name]
                assert held is None or isinstance(held, kinds.get(column.type, str)), (name, column.name)
                if column.type == "decimal" and held is not None:
                    Decimal(str(held))


def test_frictionless_finds_packages_valid(opened: sqlite3.Connection, tmp_path: Path) -> None:
    exported(opened, "csv", tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] == len(ALL)


def test_frictionless_finds_a_file_that_was_changed(corpus_db: Path, tmp_path: Path) -> None:
    with open_readonly(corpus_db) as conn:
        exported(conn, "csv", tmp_path)
    with (tmp_path / "dates.csv").open("a") as file:
        file.write("t-0,0,1,x,,,,[]\r\n")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "duckdb"])
def test_the_same_database_gives_the_same_bytes(form: str, opened: sqlite3.Connection, tmp_path: Path) -> None:
    paths = [tmp_path / name / f"x{'' if form in FOLDERS else '.' + form}" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        exported(opened, form, path)
    assert contents(paths[0]) == contents(paths[1])


def test_duckdb_gives_the_same_rows_that_older_versions_read(opened: sqlite3.Connection, tmp_path: Path) -> None:
    files = [exported(opened, "duckdb", tmp_path / f"{name}.duckdb") for name in "ab"]
    for name in (*ALL, "provenance"):
        assert from_duckdb(files[0], name) == from_duckdb(files[1], name)
    for file in files:
        content = file.read_bytes()
        assert int.from_bytes(content[12:20], "little") == 64  # the storage version of DuckDB 0.9 to 1.1
        assert b".part" not in content


def contents(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in (sorted(path.iterdir()) if path.is_dir() else [path])]


def test_texts_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    parts = [tmp_path / "one", tmp_path / "two"]
    for at, file in enumerate(texts()):
        parts[at % 2].mkdir(exist_ok=True)
        (parts[at % 2] / file.name).write_bytes(file.read_bytes())
    for name, order in (("a", parts), ("b", parts[::-1])):
        for part in order:
            ingest([part], tmp_path / f"{name}.db", words=False)
        with open_readonly(tmp_path / f"{name}.db") as conn:
            exported(conn, "csv", tmp_path / name)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_spreadsheet_runs_nothing(tmp_path: Path) -> None:
    with open_readonly(odd_database(tmp_path / "odd.db")) as conn:
        exported(conn, "csv", tmp_path / "out")
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")]
    assert f"'{ODD[0]}" in cells
    with (tmp_path / "out" / "figures.csv").open(encoding="utf-8", newline="") as file:
        assert {row["value"] for row in csv.DictReader(file)} == {"-2.50"}


@pytest.mark.parametrize("suffix", ["csv", "ndjson", "json", "parquet", "sqlite", "duckdb"])
def test_an_export_says_where_it_comes_from(
    suffix: str, corpus_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    file = tmp_path / f"m.{suffix}"
    assert run("export", "mentions", "-o", str(file), "--db", str(corpus_db)).exit_code == 0
    said = PLACES[suffix](file)
    with open_readonly(corpus_db) as conn:
        assert said["database"] == fingerprint(conn)
        assert said["counts"] == {"mentions": count(conn, "mentions")}
    assert str(said["program"]).startswith("sohieu 0.")
    assert said["generated"] == "1970-01-01T00:00:00Z"


def _of_rows(rows: list[Row]) -> Row:
    return {
        str(row["name"]): json.loads(str(row["value"])) if row["name"] in ("counts", "filters") else row["value"]
        for row in rows
    }


PLACES: dict[str, Callable[[Path], Row]] = {
    "csv": lambda file: json.loads(file.with_name("m.csv-metadata.json").read_text("utf-8"))["sohieu:provenance"],
    "ndjson": lambda file: json.loads(file.with_name("m.ndjson-metadata.json").read_text("utf-8"))["sohieu:provenance"],
    "json": lambda file: json.loads(file.read_text("utf-8"))["provenance"],
    "parquet": lambda file: json.loads(parquet.read_schema(file).metadata[b"sohieu"]),
    "sqlite": lambda file: _of_rows(from_sqlite(file, "provenance")),
    "duckdb": lambda file: _of_rows(from_duckdb(file, "provenance")),
}
"""Where a format says it."""


def test_columns_are_typed(corpus_db: Path, tmp_path: Path) -> None:
    with open_readonly(corpus_db) as conn:
        exported(conn, "parquet", tmp_path)
    frame = pandas.read_parquet(tmp_path / "mentions.parquet")
    assert frame["start"].dtype == "int64"
    assert frame["own"].dtype == "bool"
    schema = parquet.read_schema(tmp_path / "mentions.parquet")
    assert str(schema.field("flags").type).startswith("list<")
    assert schema.field("start").metadata[b"description"] == b"Where it begins in the text."


def test_a_bom_for_excel(corpus_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    assert run("export", "dates", "--bom", "-o", str(file), "--db", str(corpus_db)).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbftext_id,start")


def test_a_terminal_gets_rows_and_errors_apart(corpus_db: Path) -> None:
    done = sohieu("export", "disputes", "--db", str(corpus_db))
    assert done.stdout.startswith("document_id,field,value")
    assert "disputes: 2" in one_sentence(done)


EMPTY = {
    "table": ["headers", "-o", "x.csv"],
    "all": ["all", "-o", "x"],
    "graph": ["graph", "-o", "x.gexf"],
    "citations": ["citations", "-o", "x.bib"],
}


@pytest.mark.parametrize("args", EMPTY.values(), ids=EMPTY)
def test_nothing_to_write_is_said_and_no_file_left(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    ingest([tmp_path / "none"], tmp_path / "x.db", words=False)
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn, conn:
        conn.execute("DELETE FROM documents")
    *said, output = args
    done = sohieu("export", *said, str(tmp_path / output), "--db", str(tmp_path / "x.db"))
    assert done.returncode == 1
    assert "nothing was written" in one_sentence(done)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["none", "x.db"]


WRONG = {
    "table": (["weather"], "'weather' is not one of all, chain, citations"),
    "format": (["mentions", "--format", "yaml"], "'yaml' is not one of"),
    "terminal": (["mentions", "--format", "parquet"], "name a file or folder with -o"),
    "all to a terminal": (["all"], "name a file or folder with -o"),
    "all to a file": (["all", "-o", "x.csv"], "name one with -o, without a suffix"),
    "kinds": (["graph", "--kinds", "loves", "-o", "x"], "'loves' is not one of amends"),
    "bom": (["mentions", "--bom", "-o", "x.json"], "--bom is for CSV"),
}


@pytest.mark.parametrize(("args", "says"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_said(args: list[str], says: str, corpus_db: Path) -> None:
    done = run("export", *args, "--db", str(corpus_db)) if args != ["weather"] else run("export", *args)
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())


@pytest.mark.parametrize("what", [["all"], ["texts"], ["graph"], ["chain", "d-0"], ["citations"]], ids=" ".join)
def test_the_database_itself_is_not_written_over(what: list[str], corpus_db: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    database.write_bytes(corpus_db.read_bytes())
    done = run("export", *what, "-o", str(database), "--db", str(database))
    assert done.exit_code == 2
    assert "is the database itself" in done.output
    assert database.read_bytes() == corpus_db.read_bytes()


WRITING = {
    **{form: (["mentions"], f"m.{form}") for form in FORMATS},
    "folder": (["all"], "all"),
    "graphml": (["graph"], "g.graphml"),
    "gexf": (["graph"], "g.gexf"),
    "bibtex": (["citations"], "c.bib"),
    "csl": (["citations"], "c.json"),
}


@pytest.mark.parametrize(("what", "name"), WRITING.values(), ids=WRITING)
def test_a_disk_that_fills_up_leaves_no_half_file(what: list[str], name: str, corpus_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "out" / name
    file.parent.mkdir()
    done = run_with_limit(5000, "export", *what, "-o", str(file), "--db", str(corpus_db))
    assert done.returncode == 1
    assert str(file) in one_sentence(done)
    left = [path for path in file.parent.rglob("*") if not path.is_dir()]
    assert left == []
    assert sohieu("export", *what, "-o", str(file), "--db", str(corpus_db)).returncode == 0


def test_what_was_there_stays_when_the_disk_is_full(corpus_db: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, "128k"):
        for name in ("mentions.csv", "datapackage.json"):
            (disk / name).write_text("what was there", "utf-8")
        said = one_sentence(sohieu("export", "all", "-o", str(disk), "--db", str(corpus_db)))
        assert "has no room left on its disk" in said
        assert {file.read_text("utf-8") for file in disk.iterdir()} == {"what was there"}
        assert len(list(disk.iterdir())) == 2


@pytest.mark.parametrize(("what", "name"), [("mentions", "x.json"), ("graph", "x.gexf"), ("citations", "x.json")])
def test_a_file_that_cannot_be_written(what: str, name: str, corpus_db: Path, tmp_path: Path) -> None:
    done = sohieu("export", what, "-o", str(tmp_path / "no" / name), "--db", str(corpus_db))
    assert done.returncode == 1
    assert f"{name} cannot be written" in one_sentence(done)


def test_mentions_are_read_in_the_order_of_an_index(conn: sqlite3.Connection) -> None:
    """So that they are not sorted all at once, and memory does not grow."""
    for name in ("mentions", "dates", "figures", "unit-mentions"):
        plan = " ".join(row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {select(name)}"))
        assert "USING INDEX" in plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan
