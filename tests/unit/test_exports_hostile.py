"""Exports of odd rows, to places that cannot be written, of nothing: each ends well, or in a sentence, and leaves no half file."""

import csv
import json
import os
import re
import subprocess
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
from pipeline.run import ingest
from tests.exports import HOSTILE, STRANGE_DAYS, odd_database
from tests.faults import SOHIEU, run_with_limit, small_disk
from tests.unit.test_cli import one_sentence, run, sohieu
from tests.unit.test_exports_provenance import CASES, FORMATS

FEW = 5000
"""Bytes that no export of the corpus is content with."""


@pytest.fixture(scope="module")
def hostile_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return odd_database(tmp_path_factory.mktemp("hostile") / "x.db", HOSTILE, STRANGE_DAYS)


def command_of(command: str, form: str | None, file: Path, database: Path) -> list[str]:
    """A whole command that writes all that there is to `file`."""
    named = ["d-000000000001"] if command == "export chain" else []
    output = [str(file)] if command == "annotations" else ["-o", str(file)]
    return [*command.split(), *named, *(["--format", form] if form else []), *output, "--db", str(database)]


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


# places


COMMANDS = list(FORMATS)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "annotations"])
def test_a_suffix_of_no_format_is_told(command: str, corpus_db: Path, tmp_path: Path) -> None:
    done = run(*command_of(command, None, tmp_path / "x.docx", corpus_db))
    assert done.exit_code == 2
    assert "'.docx' is the suffix of no format; use one of ." in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_database_itself_is_spared(command: str, corpus_db: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    database.write_bytes(corpus_db.read_bytes())
    done = run(*command_of(command, next(iter(FORMATS[command])), database, database))
    assert done.exit_code == 2
    assert "is the database itself" in done.output
    assert database.read_bytes() == corpus_db.read_bytes()


def targets(tmp_path: Path) -> dict[str, Path]:
    """Places that no file can be written to."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x", "utf-8")
    long = "x" * 300
    return {
        "no folder": tmp_path / "none" / "x",
        "a folder": tmp_path / "folder",
        "below a file": tmp_path / "file" / "x",
        "too long": tmp_path / long,
    }


PLACES = ("no folder", "a folder", "below a file", "too long")
FOLDERS = (
    "annotations brat",
    "export mentions csv",
    "export mentions json",
    "export mentions ndjson",
    "export mentions parquet",
)
"""What may be written to a folder that is there."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("command", "form"), CASES, ids=map(" ".join, CASES))
def test_a_place_that_cannot_be_written(command: str, form: str, place: str, corpus_db: Path, tmp_path: Path) -> None:
    if place == "a folder" and f"{command} {form}" in FOLDERS:
        pytest.skip("this goes into a folder")
    file = targets(tmp_path)[place]
    before = sorted(tmp_path.rglob("*"))
    done = (
        run(*command_of(command, form, file, corpus_db).copy())
        if command != "export chain"
        else run(*chain(form, file, corpus_db))
    )
    assert done.exit_code in (1, 2)
    said = str(done.exception) if done.exit_code == 1 and str(done.exception) != "1" else done.output
    assert file.name[:20] in said or file.parent.name in said
    assert "Traceback" not in done.output
    assert sorted(tmp_path.rglob("*")) == before


def chain(form: str, file: Path, database: Path) -> list[str]:
    with open_readonly(database) as conn:
        identity = str(conn.execute("SELECT id FROM documents ORDER BY id").fetchone()[0])
    return ["export", "chain", identity, "--format", form, "-o", str(file), "--db", str(database)]


FULL = [case for case in CASES if case[0] != "export chain"]


@pytest.mark.parametrize(("command", "form"), FULL, ids=map(" ".join, FULL))
def test_a_disk_that_fills_up_leaves_nothing(command: str, form: str, corpus_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "out" / f"x.{form}"
    file.parent.mkdir()
    done = run_with_limit(FEW, *command_of(command, form, file, corpus_db))
    assert done.returncode == 1
    assert str(file.parent) in one_sentence(done)
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []


@pytest.mark.parametrize(
    ("command", "form"),
    [("timeline", "csv"), ("export citations", "ris"), ("export dates", "csv"), ("annotations", "labelstudio")],
)
def test_a_disk_without_room_for_what_stands_beside(command: str, form: str, corpus_db: Path, tmp_path: Path) -> None:
    """The file itself would have room: neither it nor the other comes to its place."""
    disk, free = tmp_path / "disk", tmp_path / "x"
    disk.mkdir()
    assert run(*command_of(command, form, free, corpus_db)).exit_code == 0
    size = -(-free.stat().st_size // 4096) * 4096
    with small_disk(disk, str(size + 4096)):
        (disk / "x").write_text("what was there", "utf-8")
        said = one_sentence(sohieu(*command_of(command, form, disk / "x", corpus_db)))
        assert "has no room left on its disk" in said
        assert [(file.name, file.read_text("utf-8")) for file in disk.iterdir()] == [("x", "what was there")]


def test_a_file_that_may_not_be_changed(corpus_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may change every file, so the system is asked in its stead."""
    file = tmp_path / "x.json"
    file.write_text("what was there", "utf-8")
    monkeypatch.setattr("os.access", lambda _, mode, **__: mode != os.W_OK)
    done = run("timeline", "-o", str(file), "--db", str(corpus_db))
    assert "x.json cannot be written (Permission denied); change the permissions, or name another file" in str(
        done.exception
    )
    assert file.read_text("utf-8") == "what was there"


STREAMED = [
    ["export", "disputes"],
    ["export", "disputes", "-o", "/dev/stdout"],
    ["timeline", "--format", "csv"],
    ["timeline", "--format", "json", "-o", "/dev/stdout"],
]


@pytest.mark.parametrize("command", STREAMED, ids=" ".join)
def test_what_goes_to_a_file_behind_others_leaves_them(command: list[str], corpus_db: Path, tmp_path: Path) -> None:
    alone = sohieu(*command, "--db", str(corpus_db)).stdout
    (tmp_path / "all").write_text("first\n", "utf-8")
    with (tmp_path / "all").open("a") as file:
        subprocess.run([SOHIEU, *command, "--db", str(corpus_db)], stdout=file, stderr=subprocess.PIPE, check=True)
        file.write("last\n")
    assert (tmp_path / "all").read_text("utf-8") == f"first\n{alone}last\n"


@pytest.mark.parametrize(
    "command",
    [["export", "texts"], ["export", "mentions", "--format", "json"], ["timeline", "--format", "html"]],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_fault(command: list[str], corpus_db: Path) -> None:
    writing = subprocess.Popen(
        [SOHIEU, *command, "--db", str(corpus_db)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert writing.stdout
    assert writing.stderr
    writing.stdout.read(10)
    writing.stdout.close()
    assert "Error" not in writing.stderr.read()
    writing.stderr.close()
    assert writing.wait() == 0


USAGE = {
    "a huge number of citations": (["timeline", "--cited", "9" * 30], "is not in the range"),
    "a huge number of texts": (["annotations", "x", "--format", "conll", "--limit", "9" * 30], "is not in the range"),
    "a mark for Excel": (["timeline", "--bom", "--format", "json"], "--bom is for CSV"),
    "a year that is none": (["timeline", "--from", "0000"], "'0000' is no year"),
    "a day that is none": (["export", "citations", "--to", "2021-02-30"], "'2021-02-30' is no year"),
    "no lane": (["timeline", "--lanes", ""], "is no lane"),
}


@pytest.mark.parametrize(("command", "says"), USAGE.values(), ids=USAGE)
def test_what_cannot_be_meant(command: list[str], says: str, corpus_db: Path) -> None:
    done = run(*command, "--db", str(corpus_db))
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())


def test_gold_on_a_disk_that_fills_up(corpus_db: Path, tmp_path: Path) -> None:
    brat, gold = tmp_path / "brat", tmp_path / "gold"
    assert run("annotations", str(brat), "--format", "brat", "--limit", "9", "--db", str(corpus_db)).exit_code == 0
    done = run_with_limit(
        FEW, "annotations", "--import", str(brat), "--format", "brat", "--gold", str(gold), "--db", str(corpus_db)
    )
    assert done.returncode == 1
    assert str(gold) in one_sentence(done)
    assert list(gold.iterdir()) == []


# nothing


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_database(command: str, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    ingest([tmp_path / "none"], tmp_path / "x.db", words=False)
    done = sohieu(*command_of(command, next(iter(FORMATS[command])), tmp_path / "x", tmp_path / "x.db"))
    assert done.returncode == 1
    assert one_sentence(done)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["none", "x.db"]


NOTHING = {
    "type": (["--type", "chỉ thj"], "No document has the type 'chỉ thj'; did you mean 'chỉ thị'?"),
    "issuer": (["--issuer", "Bộ Chính trj"], "No document has the issuer 'Bộ Chính trj'; did you mean 'Bộ Chính trị'"),
    "place": (["--place", "Tuyen Qang"], "did you mean 'Tuyên Quang'"),
    "subject": (["--about", "chuyenn doi"], "No document has the word 'chuyenn' in its subject; did you mean 'chuyen'"),
    "nothing like it": (["--type", "zzzzzz"], "No document has the type 'zzzzzz'."),
    "known names": (["--type", "chỉ thị", "--from", "9000"], ""),
}


@pytest.mark.parametrize("command", ["timeline", "export citations"])
@pytest.mark.parametrize(("options", "says"), NOTHING.values(), ids=NOTHING)
def test_filters_that_nothing_fits(
    command: str, options: list[str], says: str, corpus_db: Path, tmp_path: Path
) -> None:
    done = sohieu(*command.split(), *options, "-o", str(tmp_path / "x.json"), "--db", str(corpus_db))
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert "; nothing was written." in said
    assert says in said
    assert list(tmp_path.iterdir()) == []
