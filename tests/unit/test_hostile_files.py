"""One bad file never stops a batch, hangs it, or costs a text that is already there."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.corrections import Correction
from pipeline.document import Findings, Text
from pipeline.extract import extract
from pipeline.putting import Tally
from pipeline.query.database import open_readonly
from pipeline.run import ingest, plan
from pipeline.store import StoreError
from pipeline.taking import Options

GOOD = "Tỉnh ủy ban hành Quy định số 682-QĐ/TU, ngày 14/9/2017."


def loop(folder: Path) -> None:
    (folder / "self").symlink_to("self")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "above").symlink_to("..")


def many_ways(folder: Path) -> None:
    """Twenty levels of two links each: a million paths to one folder."""
    for level in range(20):
        (folder / f"l{level}").mkdir()
        for name in "ab":
            (folder / f"l{level}" / name).symlink_to(f"../l{level + 1}")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")


def odd_name(folder: Path) -> None:
    (folder / os.fsdecode(b"\xff.txt")).write_text("Kết luận số 21-KL/TW.", "utf-8")


def deep(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(600):
        os.mkdir("d", dir_fd=here)
        there = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    os.close(here)


def page(head: str, body: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / "page.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>", "utf-8")

    return make


def bytes_as(name: str, content: bytes) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return make


ARTICLE = (
    "<h1>Tỉnh ủy ban hành quy định mới</h1><p>" + "Kết luận số 21-KL/TW nêu rõ nhiệm vụ của cấp ủy. " * 20 + "</p>"
)
MENUS = "<div>" * 150 + '<a href="/x">một trang khác</a> ' * 5_000 + "</div>" * 150
HOSTILE: dict[str, Callable[[Path], None]] = {
    "links to themselves": loop,
    "a million paths": many_ways,
    "a pipe": pipe,
    "a name that is no UTF-8": odd_name,
    "folders in folders": deep,
    "data of another shape": page('<script type="application/ld+json">{"@graph": 5}</script>', ARTICLE),
    "control characters": page("", "<div>a</div> b\x01 &#2; c" + ARTICLE),
    "a charset that is none": bytes_as("page.html", b'<html><meta charset="undefined"><p>\xff\xfe\xfd</p></html>'),
    "a charset that is a codec": bytes_as("page.html", b'<html><meta charset="unicode_escape"><p>\xff</p></html>'),
    "comments without a page": bytes_as("comments.txt", b"<!---->" * 580 + b"x"),
    "combining marks": bytes_as("marks.txt", ("a" + "\u0301\u0323" * 200_000).encode()),
    "menus in menus": page("", ARTICLE + MENUS),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_rest_of_the_batch_is_done(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, "utf-8")
    HOSTILE[name](folder)
    tally = ingest([folder], tmp_path / "x.db")
    assert tally.added >= 1
    assert "682-QĐ/TU" in symbols(tmp_path / "x.db")
    assert not [message for _, message in tally.failed if "report it" in message], tally.failed
    again = ingest([folder], tmp_path / "x.db")
    assert (again.added, again.changed) == (0, 0)


def symbols(database: Path) -> set[str]:
    with open_readonly(database) as conn:
        return {row[0] for row in conn.execute("SELECT symbol FROM mentions")}


def test_what_the_program_itself_cannot_bear_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{name} {GOOD}", "utf-8")

    def fail_on_a(text: Text, corrections: Sequence[Correction]) -> Findings:
        if text.text.startswith("a"):
            raise RecursionError("too deep")
        return extract(text, corrections)

    monkeypatch.setattr("pipeline.stages.extract", fail_on_a)
    tally = ingest([tmp_path], tmp_path / "x.db")
    assert tally.added == 1
    assert [(path, "RecursionError" in reason) for path, reason in tally.failed] == [("a.txt", True)]


@pytest.mark.parametrize("trouble", ["gone", "too large"])
def test_a_file_that_cannot_be_had_keeps_its_text(trouble: str, tmp_path: Path) -> None:
    file, database = tmp_path / "x.txt", tmp_path / "x.db"
    file.write_text(GOOD, "utf-8")
    ingest([file], database)
    if trouble == "gone":
        file.unlink()
    tally = ingest([file], database, max_bytes=3 if trouble == "too large" else 1_000)
    assert len(tally.failed) == 1
    assert symbols(database) == {"682-QĐ/TU"}
    file.write_text(GOOD, "utf-8")
    assert ingest([file], database).unchanged == 1
    with open_readonly(database) as conn:
        assert conn.execute("SELECT * FROM failures").fetchall() == []


def test_a_file_that_holds_something_else_now_loses_its_text(tmp_path: Path) -> None:
    file, database = tmp_path / "x.txt", tmp_path / "x.db"
    file.write_text(GOOD, "utf-8")
    ingest([file], database)
    file.write_bytes(b"%PDF-1.7")
    assert len(ingest([file], database).failed) == 1
    assert symbols(database) == set()


def test_an_emptied_folder_reports_all_its_files(tmp_path: Path) -> None:
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    folder.mkdir()
    (folder / "x.txt").write_text(GOOD, "utf-8")
    ingest([folder], database)
    (folder / "x.txt").unlink()
    tally: Tally = ingest([folder], database)
    assert tally.missing == ["x.txt"]
    assert symbols(database) == {"682-QĐ/TU"}


def test_writers_take_turns(tmp_path: Path) -> None:
    """Four processes start at once on a database that is not there yet; each brings its own files."""
    for at in range(4):
        (tmp_path / f"d{at}").mkdir()
        for number in range(5):
            text = GOOD.replace("682", f"{at}{number}1")
            (tmp_path / f"d{at}" / f"{number}.txt").write_text(text, "utf-8")
    sohieu = str(Path(sys.executable).with_name("sohieu"))
    commands = [[sohieu, "ingest", str(tmp_path / f"d{at}"), "--db", str(tmp_path / "x.db")] for at in range(4)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for command in commands]
    said = [process.communicate(timeout=120)[0].decode() for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    assert len(symbols(tmp_path / "x.db")) == 20


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(GOOD, "utf-8")
    foreign = tmp_path / "customers.db"
    with sqlite3.connect(foreign) as conn:
        conn.execute("CREATE TABLE customers (name TEXT)")
    before = foreign.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        ingest([tmp_path], foreign)
    assert foreign.read_bytes() == before


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(GOOD, "utf-8")
    ingest([tmp_path], tmp_path / "x.db")
    with sqlite3.connect(tmp_path / "x.db") as conn:
        columns = "migration_set, name, applied_at"
        conn.execute(f"INSERT INTO _sqlite_migrations ({columns}) VALUES ('sohieu', 'm099_later', '')")
    with pytest.raises(StoreError, match="later version"):
        ingest([tmp_path], tmp_path / "x.db")


def test_a_plan_writes_nothing(tmp_path: Path) -> None:
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    folder.mkdir()
    for name in ("same", "gone", "other"):
        (folder / f"{name}.txt").write_text(f"{name} {GOOD}", "utf-8")
    assert {path: what for what, path in plan([folder], database, Options())} == dict.fromkeys(
        ("same.txt", "gone.txt", "other.txt"), "add"
    )
    assert not database.exists()
    ingest([folder], database)
    (folder / "gone.txt").unlink()
    (folder / "other.txt").write_text("khác", "utf-8")
    (folder / "new.txt").write_text(GOOD, "utf-8")
    before = database.read_bytes()
    assert {path: what for what, path in plan([folder], database, Options())} == {
        "same.txt": "unchanged", "gone.txt": "report missing", "other.txt": "change", "new.txt": "add",
    }  # fmt: skip
    assert database.read_bytes() == before


def test_nothing_from_a_text_or_its_name_drives_a_terminal(tmp_path: Path) -> None:
    """On a real terminal: a title that would set the window's name, a file whose name would."""
    escape = "\x1b]0;PWNED\x07"
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / f"a{escape}.html").write_text(
        f"<html><body><h1>Quy định mới{escape} của Tỉnh ủy</h1><p>{GOOD * 20}</p></body></html>", "utf-8"
    )
    (tmp_path / "d" / f"b{escape}.txt").write_bytes(b"")
    database = str(tmp_path / "x.db")
    said = on_a_terminal("ingest", str(tmp_path / "d"), "--db", database)
    with open_readonly(tmp_path / "x.db") as conn:
        identity = conn.execute("SELECT id FROM texts").fetchone()[0]
    for command in (("show", identity), ("lookup", "682"), ("search", "Tỉnh ủy"), ("check", "failures")):
        said += on_a_terminal(*command, "--db", database)
    assert b"682-Q" in said
    assert b"PWNED" in said
    assert b"\x1b]" not in said
    assert b"\x07" not in said


def on_a_terminal(*args: str) -> bytes:
    """What a command prints on a pseudo-terminal."""
    ours, theirs = os.openpty()
    command = [str(Path(sys.executable).with_name("sohieu")), *args]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    process.wait(timeout=60)
    return said
