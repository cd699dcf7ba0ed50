"""Exports of odd rows: whatever documents are called, other programs read what there is."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import icalendar
import pytest
import rispy
from lxml import etree

from pipeline.query.database import open_readonly
from pipeline.query.days import bounds
from pipeline.query.timeline import Filter, timeline
from tests.exports import HOSTILE, STRANGE_DAYS, command_of, odd_database
from tests.unit.test_cli import run
from tests.unit.test_exports_provenance import CASES, FORMATS


@pytest.fixture(scope="module")
def hostile_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return odd_database(tmp_path_factory.mktemp("hostile") / "x.db", HOSTILE, STRANGE_DAYS)


def is_there(file: Path) -> None:
    assert file.exists()


def is_xml(file: Path) -> None:
    assert etree.parse(str(file), etree.XMLParser(huge_tree=True))


def is_json(file: Path) -> None:
    json.loads(file.read_text("utf-8"))


def is_csv(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        csv.field_size_limit(2**24)
        rows = list(csv.reader(lines))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]


def is_calendar(file: Path) -> None:
    content = file.read_bytes()
    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == len(entries) == len({str(entry["uid"]) for entry in entries})
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]", content)


def is_page(file: Path) -> None:
    assert "<script>alert" not in file.read_text("utf-8")


def is_ris(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        assert len(rispy.load(lines)) == len(HOSTILE)


def is_bibtex(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.count("\n@misc{") == len(HOSTILE) == len(bibtexparser.loads(text).entries)


def is_plain(file: Path) -> None:
    """Lines that drive no terminal."""
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", file.read_text("utf-8"))


CHECKS: dict[str, Callable[[Path], None]] = {
    **dict.fromkeys(("svg", "graphml", "gexf", "akn"), is_xml), **dict.fromkeys(("json", "timelinejs", "csl", "webanno", "labelstudio"), is_json),
    **dict.fromkeys(("markdown", "txt"), is_plain), "csv": is_csv, "ics": is_calendar, "html": is_page, "ris": is_ris, "bibtex": is_bibtex,
}  # fmt: skip


@pytest.mark.parametrize(("command", "form"), CASES, ids=map(" ".join, CASES))
def test_odd_rows_are_only_words(command: str, form: str, hostile_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "x"
    done = run(*command_of(command, form, file, hostile_db))
    assert done.exit_code == 0, done.output[-500:]
    assert FORMATS[command][form](file)
    CHECKS.get(form, is_there)(file)


SHAPES = [["--heat"], ["--by", "month"], ["--heat", "--by", "term"], ["--lanes", "issued,cited,replaced"]]


@pytest.mark.parametrize("options", SHAPES, ids=" ".join)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_pictures_of_odd_rows(options: list[str], form: str, hostile_db: Path, tmp_path: Path) -> None:
    """The years 1 to 9999 by month are too many to be drawn."""
    file = tmp_path / f"x.{form}"
    done = run(*command_of("timeline", form, file, hostile_db), *options)
    assert done.exit_code == 0, done.output[-500:]
    assert file.stat().st_size < 1_000_000
    CHECKS.get(form, is_there)(file)


def test_a_calendar_of_the_first_and_the_last_day(hostile_db: Path, tmp_path: Path) -> None:
    run(*command_of("timeline", "ics", tmp_path / "x.ics", hostile_db))
    with open_readonly(hostile_db) as conn:
        spans = [span for event in timeline(conn, Filter()).events if (span := bounds(event.date))]
    entries = icalendar.Calendar.from_ical((tmp_path / "x.ics").read_bytes()).walk("VEVENT")
    assert [entry.decoded("dtstart") for entry in entries] == [first for first, _ in spans]
    assert {entry.decoded("dtstart").year for entry in entries} >= {1, 2021, 9999}


def test_a_control_character_that_is_asked_for(hostile_db: Path, tmp_path: Path) -> None:
    for form in ("svg", "ics", "markdown"):
        done = run(
            "timeline",
            "--about",
            "\x1b[31m\x9b31m",
            "--format",
            form,
            "-o",
            str(tmp_path / "x"),
            "--db",
            str(hostile_db),
        )
        assert done.exit_code == 0
        assert not re.search("[\x1b\x9b]", (tmp_path / "x").read_text("utf-8"))
