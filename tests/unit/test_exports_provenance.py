"""Where exports come from: program, database, filters and counts are found inside or beside, for every format of every command."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import spacy
from lxml import etree
from pyarrow import parquet
from spacy.tokens import DocBin

from pipeline.export import (
    annotations,
    exchange,
    graph,
    tables,
    timeline,
)
from pipeline.export.provenance import fingerprint
from pipeline.query.database import open_readonly
from pipeline.version import VERSION
from tests.unit.test_cli import run, sohieu

Said = Callable[[Path], str]


def beside(file: Path) -> str:
    """What stands beside a file; a file that has one says nothing itself."""
    told = json.loads(file.with_name(f"{file.name}-metadata.json").read_text("utf-8"))
    assert told["url"] == file.name
    return json.dumps(told.get("provenance") or told["sohieu:provenance"], ensure_ascii=False)


def inside(file: Path) -> str:
    assert not list(file.parent.glob("*-metadata.json"))
    return file.read_bytes().replace(b"\r\n ", b"").decode("utf-8", "replace")


def of_xml(tag: str) -> Said:
    def said(file: Path) -> str:
        found = etree.parse(str(file)).findall(f".//{{*}}{tag}")
        return " ".join(each.text or "" for each in found)

    return said


def of_sqlite(file: Path) -> str:
    with closing(sqlite3.connect(file)) as conn:
        return str(conn.execute("SELECT * FROM provenance").fetchall())


def of_duckdb(file: Path) -> str:
    with duckdb.connect(str(file), read_only=True) as conn:
        return str(conn.execute("SELECT * FROM provenance").fetchall())


def of_docbin(file: Path) -> str:
    docs = list(DocBin().from_disk(file).get_docs(spacy.blank("xx").vocab))
    return json.dumps(docs[0].user_data["provenance"], ensure_ascii=False)


def of_json(file: Path) -> str:
    assert not list(file.parent.glob("*-metadata.json"))
    return json.dumps(json.loads(file.read_text("utf-8"))["provenance"], ensure_ascii=False)


def beside_brat(folder: Path) -> str:
    return str(json.loads((folder / "sohieu-metadata.json").read_text("utf-8"))["provenance"])


FORMATS: dict[str, dict[str, Said]] = {
    "timeline": {
        "csv": beside, "ndjson": beside, "json": of_json, "markdown": inside, "ics": inside, "timelinejs": inside, "html": inside,
        "svg": of_xml("metadata"), "png": inside,
    },
    "export citations": {"csl": beside, "ris": beside, "bibtex": inside, "txt": inside, "akn": inside},
    "export mentions": {
        "csv": beside, "ndjson": beside, "json": of_json, "sqlite": of_sqlite, "duckdb": of_duckdb,
        "parquet": lambda file: parquet.read_schema(file).metadata[b"sohieu"].decode(),
    },
    "export graph": {"graphml": of_xml("data"), "gexf": of_xml("description")},
    "export chain": {"svg": of_xml("desc"), "graphml": of_xml("data"), "gexf": of_xml("description")},
    "annotations": {
        "docbin": of_docbin, "conll": beside, "labelstudio": beside, "webanno": inside, "brat": beside_brat,
    },
}  # fmt: skip
"""Commands with their formats, and where each says where it comes from."""
FILTERS = {
    "timeline": ["--type", "chỉ thị", "--lanes", "issued,cited"], "export citations": ["--type", "chỉ thị"], "export mentions": [],
    "export graph": ["--kinds", "implements"], "export chain": [], "annotations": ["--limit", "3"],
}  # fmt: skip
ASKED = {
    "timeline": ["chỉ thị", "issued,cited"], "export citations": ["chỉ thị"], "export mentions": ["mentions"], "export graph": ["implements"],
    "export chain": ["d-"], "annotations": ["3"],
}  # fmt: skip
CASES = [(command, form) for command, forms in FORMATS.items() for form in forms]


def arguments(command: str, form: str, file: Path, database: Path) -> list[str]:
    """A whole command that writes `file`."""
    named = [identity_of(database)] if command == "export chain" else []
    output = [str(file)] if command == "annotations" else ["-o", str(file)]
    return [*command.split(), *named, *FILTERS[command], "--format", form, *output, "--db", str(database)]


def identity_of(database: Path) -> str:
    with closing(sqlite3.connect(database)) as conn:
        return str(conn.execute("SELECT to_id FROM document_relations ORDER BY to_id").fetchone()[0])


def test_no_format_is_left_out() -> None:
    known = {
        "timeline": timeline.FORMATS, "export citations": exchange.FORMATS, "export mentions": tables.FORMATS, "export graph": graph.FORMATS,
        "export chain": ("svg", *graph.FORMATS), "annotations": annotations.FORMATS,
    }  # fmt: skip
    assert {command: set(forms) for command, forms in known.items()} == {
        command: set(forms) for command, forms in FORMATS.items()
    }


@pytest.mark.parametrize(("command", "form"), CASES, ids=map(" ".join, CASES))
def test_every_format_says_where_it_comes_from(command: str, form: str, corpus_db: Path, tmp_path: Path) -> None:
    file = tmp_path / f"x.{form}"
    done = run(*arguments(command, form, file, corpus_db))
    assert done.exit_code == 0, done.output
    said = FORMATS[command][form](file)
    with open_readonly(corpus_db) as conn:
        assert fingerprint(conn) in said
    assert f"sohieu {VERSION}" in said
    assert form in said or command == "timeline"  # the same picture has the same words in SVG and PNG
    assert all(words in said for words in ASKED[command])
    assert any(f"{name}{mark}" in said for name in COUNTED[command] for mark in (": ", "': ", '": ', "&quot;: "))


COUNTED = {
    "timeline": ["events"], "export citations": ["documents"], "export mentions": ["mentions"], "export graph": ["edges"],
    "export chain": ["documents"], "annotations": ["texts"],
}  # fmt: skip


def test_what_has_no_date_is_listed_beside_a_table_of_events(corpus_db: Path, tmp_path: Path) -> None:
    for form in ("json", "csv", "ndjson"):
        assert run("timeline", "-o", str(tmp_path / f"t.{form}"), "--db", str(corpus_db)).exit_code == 0
    wanted = json.loads((tmp_path / "t.json").read_text("utf-8"))["undated"]
    assert wanted
    for form in ("csv", "ndjson"):
        assert json.loads((tmp_path / f"t.{form}-metadata.json").read_text("utf-8"))["undated"] == wanted


STREAMS = [["timeline", "--format", "csv"], ["export", "citations"], ["export", "dates"], ["export", "dates", "--format", "json"]]  # fmt: skip


@pytest.mark.parametrize("command", STREAMS, ids=" ".join)
def test_on_a_terminal_it_stands_on_standard_error(command: list[str], corpus_db: Path) -> None:
    done = sohieu(*command, "--db", str(corpus_db))
    with open_readonly(corpus_db) as conn:
        assert f"sohieu {VERSION}; database {fingerprint(conn)}; " in done.stderr


@pytest.mark.parametrize("form", ["csv", "labelstudio"])
def test_nothing_is_written_beside_a_stream(form: str, corpus_db: Path) -> None:
    before = set(Path("/dev").iterdir())
    command = ["timeline", "-o"] if form == "csv" else ["annotations"]
    done = sohieu(*command, "/dev/stdout", "--format", form, "--db", str(corpus_db))
    assert done.returncode == 0
    assert done.stdout
    assert set(Path("/dev").iterdir()) == before
