"""Timelines in every format, read back by the tools that people use, and asked for what is not there."""

import csv
import io
import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from html import escape
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.cli.main import cli
from pipeline.export.labels import LABELS
from pipeline.export.periods import BYS, first_and_last, period_of, periods
from pipeline.export.provenance import fingerprint
from pipeline.export.timeline import FORMATS, SUFFIXES
from pipeline.query.database import open_readonly
from pipeline.query.days import bounds
from pipeline.query.timeline import LANES, Filter, Timeline, timeline
from pipeline.run import ingest
from tests.corpus import ROOT, TEXTS


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("timelines") / "x.db"
    ingest([TEXTS], path, words=False)
    return path


@pytest.fixture(scope="module")
def found(database: Path) -> Timeline:
    with open_readonly(database) as conn:
        return timeline(conn, Filter())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["timeline", *map(str, arguments)])


def exported(database: Path, suffix: str, *arguments: str) -> bytes:
    target = database.parent / f"timeline{suffix}"
    done = run("--db", database, "-o", target, *arguments)
    assert done.exit_code == 0, done.output
    return target.read_bytes()


def test_csv_is_all_of_it(database: Path, found: Timeline) -> None:
    content = exported(database, ".csv").decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["document_id"] for row in rows] == [event.document_id for event in found.events]
    assert exported(database, ".csv", "--bom").startswith(b"\xef\xbb\xbfissued,")


def test_json_and_ndjson_say_the_same(database: Path, found: Timeline) -> None:
    told = json.loads(exported(database, ".json"))
    assert [event["document_id"] for event in told["events"]] == [event.document_id for event in found.events]
    assert [event["document_id"] for event in told["undated"]] == [event.document_id for event in found.undated]
    assert [json.loads(line) for line in exported(database, ".ndjson").splitlines()] == told["events"]
    assert told["provenance"]["counts"] == {"events": len(found.events), "undated": len(found.undated)}


def test_the_calendar_opens(database: Path, found: Timeline) -> None:
    from icalendar import Calendar

    content = exported(database, ".ics")
    calendar = Calendar.from_ical(content)
    entries = calendar.walk("VEVENT")
    assert len(entries) == len([event for event in found.events if bounds(event.date)])
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)
    for entry, event in zip(entries, found.events, strict=True):
        first, last = bounds(event.date) or (None, None)
        assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (first, last and last + timedelta(days=1))
        assert str(entry["x-sohieu-edtf"]) == event.date
    strict(content)


def strict(content: bytes) -> None:
    """What RFC 5545 wants of every calendar, line by line."""
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    unfolded = content.replace(b"\r\n ", b"").decode()
    for entry in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", unfolded, re.S):
        for needed in ("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"):
            assert len(re.findall(rf"^{needed}:", entry, re.M)) == 1, needed


DATE = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
}
TEXT = {
    "type": "object",
    "required": ["headline"],
    "additionalProperties": False,
    "properties": {"headline": {"type": "string", "minLength": 1}, "text": {"type": "string"}},
}
SLIDE = {
    "type": "object",
    "required": ["start_date", "text"],
    "additionalProperties": False,
    "properties": {
        "start_date": DATE,
        "end_date": DATE,
        "text": TEXT,
        "group": {"type": "string"},
        "unique_id": {"type": "string"},
        "display_date": {"type": "string"},
    },
}
TIMELINEJS = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "object", "required": ["text"], "additionalProperties": False, "properties": {"text": TEXT}},
        "events": {"type": "array", "minItems": 1, "items": SLIDE},
    },
}
"""The part of the format of TimelineJS 3 that timelines need."""


def test_timelinejs_has_what_its_schema_wants(database: Path, found: Timeline) -> None:
    told = json.loads(exported(database, ".json", "--format", "timelinejs"))
    jsonschema.Draft202012Validator(TIMELINEJS).validate(told)
    assert set(told) == {"title", "events"}
    assert len(told["events"]) == len(found.events)
    assert len({slide["unique_id"] for slide in told["events"]}) == len(told["events"])
    for slide in told["events"]:
        assert {"start_date", "text", "unique_id", "group"} <= set(slide)
        assert date(**slide["start_date"]) <= date(**slide.get("end_date", slide["start_date"]))
        assert {"headline", "text"} == set(slide["text"])


def test_what_has_no_date_is_counted_and_listed_in_every_format(database: Path, found: Timeline) -> None:
    """In pictures it is counted; CSV and NDJSON have a list beside them, which other tests look at."""
    assert len(found.undated) > 2
    names = [" ".join(each.name.split()) for each in found.undated]
    for form in ("markdown", "ics", "timelinejs", "html"):
        suffix = next((suffix for suffix, named in SUFFIXES.items() if named == form), ".json")
        said = exported(database, suffix, "--format", form).replace(b"\r\n ", b"").decode()
        plain = re.sub(r"\\(.)", r"\1", said)
        assert [name for name in names if escape(name) not in plain and name not in plain] == [], form
        assert str(len(found.undated)) in said
    assert f"Không rõ ngày: {len(found.undated)}" in exported(database, ".svg").decode()


@pytest.mark.parametrize("suffix", [".ics", ".svg", ".png", ".json"])
def test_dates_without_a_year_have_no_place_in_time(suffix: str, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "x.db"
    copy.write_bytes(database.read_bytes())
    with closing(sqlite3.connect(copy)) as conn, conn:
        conn.execute("UPDATE documents SET issued = 'XXXX-02' WHERE issued NOT NULL")
    done = run("--db", copy, "-o", tmp_path / f"x{suffix}", *(["--format", "timelinejs"] if suffix == ".json" else []))
    assert done.exit_code == 1
    assert "No document that fits has a date that can be drawn; nothing was written." in done.output
    assert [file.name for file in tmp_path.iterdir()] == ["x.db"]


def test_markdown_is_a_table(database: Path, found: Timeline) -> None:
    lines = exported(database, ".md").decode().splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == len(found.events) + 2
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {7}
    assert sum(line.startswith("- ") for line in lines) == len(found.undated)


def test_svg_and_png_are_the_same_picture(database: Path) -> None:
    drawn = etree.fromstring(exported(database, ".svg"))
    come = drawn.findtext("{*}metadata") or ""
    assert "nghị quyết" in " ".join(drawn.itertext())
    assert "database sha256:" in come
    png = exported(database, ".png")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (round(float(drawn.get("width")) * 2), round(float(drawn.get("height")) * 2))
    kinds = dict(chunks(png))
    assert kinds[b"iTXt"].decode().endswith(f"\0{come}")


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Chunks of a PNG with their content, the sums checked."""
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + content)
        yield kind, content
        at += 12 + size


def test_the_page_needs_nothing_else(database: Path, found: Timeline) -> None:
    page = exported(database, ".html").decode()
    assert not re.search(r'(src|href)="', re.sub(r"<script>.*?</script>", "", page, flags=re.S))
    assert page.count("<tr><td>") == len(found.events)


@pytest.mark.parametrize("form", FORMATS)
def test_twice_the_same_and_where_it_comes_from(database: Path, form: str) -> None:
    suffix = next((suffix for suffix, named in SUFFIXES.items() if named == form), ".json")
    first, second = (exported(database, suffix, "--format", form, "--type", "chỉ thị") for _ in range(2))
    assert first == second
    with open_readonly(database) as conn:
        come = fingerprint(conn).encode()
    if form not in ("csv", "ndjson"):
        assert come in first.replace(b"\r\n ", b"")
        assert "chỉ thị".encode() in first.replace(b"\r\n ", b"")


def test_the_time_is_only_what_is_given(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"generated" not in exported(database, ".json")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert json.loads(exported(database, ".json"))["provenance"]["generated"] == "2023-11-14T22:13:20Z"
    assert b"DTSTAMP:20231114T221320Z" in exported(database, ".ics")


def test_the_same_texts_have_one_fingerprint_in_any_order(database: Path, tmp_path: Path) -> None:
    for text in sorted(TEXTS.iterdir(), reverse=True):
        ingest([text], tmp_path / "y.db", words=False)
    with open_readonly(database) as one, open_readonly(tmp_path / "y.db") as other:
        assert fingerprint(one) == fingerprint(other)
        ingest([], tmp_path / "y.db")
    (tmp_path / "more.txt").write_text("Quy định số 682-QĐ/TU", "utf-8")
    ingest([tmp_path / "more.txt"], tmp_path / "y.db", words=False)
    with open_readonly(database) as one, open_readonly(tmp_path / "y.db") as other:
        assert fingerprint(one) != fingerprint(other)


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2030, 12, 31)),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2030, 12, 31)),
)
def test_every_day_lies_in_a_period(one: date, other: date) -> None:
    first, last = sorted((one.isoformat(), other.isoformat()))
    for by in BYS:
        shown = periods(first, last, by)
        assert shown[0] == period_of(first, by)
        assert shown[-1] == period_of(last, by)
        if (period := period_of(first, by)) != "before":
            since, until = first_and_last(period)
            assert since <= first[: len(since)]
            assert not until or first[: len(until)] <= until


def test_lanes_are_what_became_of_documents(database: Path) -> None:
    with open_readonly(database) as conn:
        found = timeline(conn, Filter(), LANES)
        issued = timeline(conn, Filter())
        cited = conn.execute(
            "SELECT count(DISTINCT m.document_id || m.text_id) FROM mentions m JOIN texts t ON t.id = m.text_id "
            "WHERE m.document_id NOT NULL AND NOT m.own AND t.published NOT NULL"
        ).fetchone()[0]
    lanes = [each.event for each in found.events]
    assert lanes.count("issued") == len(issued.events)
    assert lanes.count("cited") == cited
    assert lanes.count("amended") + lanes.count("replaced") > 0
    assert [each.date for each in found.events] == sorted(each.date for each in found.events)
    assert all(each.by for each in found.events if each.event != "issued")


FILTERS = [
    (Filter(system="state"), lambda each: each.symbol is None or "/TU" not in each.symbol),
    (Filter(least=3), lambda each: each.mentions >= 3),
    (
        Filter(issuers=("bo chinh tri", "quoc hoi")),
        lambda each: "Bộ Chính trị" in each.issuer or "Quốc hội" in each.issuer,
    ),
    (Filter(place="Hưng Yên", merged=True), lambda each: each.place in ("Hưng Yên", "Thái Bình")),
]


@pytest.mark.parametrize(("wanted", "fits"), FILTERS)
def test_filters(database: Path, wanted: Filter, fits: object) -> None:
    with open_readonly(database) as conn:
        found = timeline(conn, wanted)
    assert found.events
    assert all(fits(each) for each in found.events)  # type: ignore[operator]


def test_a_province_of_today_has_those_that_it_took_in(database: Path) -> None:
    with open_readonly(database) as conn:
        alone, all_of_it = (timeline(conn, Filter(place="Hưng Yên", merged=merged)) for merged in (False, True))
    assert "Thái Bình" in {each.place for each in all_of_it.events} - {each.place for each in alone.events}


def test_nothing_found_says_what_may_be_meant_and_writes_nothing(database: Path, tmp_path: Path) -> None:
    done = run("--db", database, "--type", "chi thj", "--place", "Tuyen Qang", "-o", tmp_path / "x.csv")
    assert done.exit_code == 1
    assert "No document has the type 'chi thj'; did you mean 'chỉ thị'?" in done.output
    assert "did you mean 'Tuyên Quang'?" in done.output
    assert not (tmp_path / "x.csv").exists()


def test_what_cannot_be(database: Path, tmp_path: Path) -> None:
    assert "is no lane; they are issued, cited" in run("--db", database, "--lanes", "issued,sold").output
    nowhere = run("--db", database, "-o", tmp_path / "none" / "x.csv")
    assert nowhere.exit_code == 1
    assert "x.csv cannot be written" in str(nowhere.exception)


@pytest.mark.skipif(os.geteuid() != 0 and not Path("/dev/full").exists(), reason="there is no disk that is full")
def test_a_full_disk_leaves_no_half_file(database: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from pipeline.cli import main; main()",
        "timeline",
        "--db",
        str(database),
        "--format",
        "csv",
    ]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_labels_are_there_in_both_languages() -> None:
    assert LABELS["vi"].keys() == LABELS["en"].keys()


def test_the_program_says_how_it_is_cited() -> None:
    import yaml

    from pipeline.version import VERSION

    said = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= said.keys()  # what the format (1.2.0) requires
    assert (said["cff-version"], said["title"], str(said["version"]), said["license"]) == (
        "1.2.0",
        "sohieu",
        VERSION,
        "Apache-2.0",
    )
