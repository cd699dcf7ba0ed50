"""Full disks and folders that cannot be written: one sentence, nothing lost; with room again the same command ends where any run ends."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.run import ingest
from tests.corpus import TEXTS, texts
from tests.faults import SOHIEU, Done, mount, read_only, run_with_limit, small_disk
from tests.unit.test_cli import one_sentence, run, sohieu
from tests.unit.test_store import dump

Rows = dict[str, list[tuple[object, ...]]]


def fails_in_one_sentence(done: Done, file: Path) -> str:
    said = one_sentence(done)
    assert done.returncode == 1
    assert said.startswith(f"Error: {file} ")
    return said


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Rows, int]:
    """A run of some texts, what it ends in, and how large that is."""
    folder = tmp_path_factory.mktemp("few")
    for text in texts()[::4]:
        shutil.copy(text, folder)
    database = tmp_path_factory.mktemp("whole") / "x.db"
    ingest([folder], database, words=False)
    return ["ingest", str(folder), "--words", "no"], dump(database), database.stat().st_size


@pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.9])
def test_a_database_that_may_not_grow(part: float, few: tuple[list[str], Rows, int], tmp_path: Path) -> None:
    command, whole, size = few
    command, database = [*command, "--db", str(tmp_path / "x.db")], tmp_path / "x.db"
    said = fails_in_one_sentence(run_with_limit(int(size * part), *command), database)
    assert said.endswith("run the same command again")
    assert sohieu(*command).returncode == 0
    assert dump(database) == whole


@pytest.mark.parametrize("part", [0.2, 0.9])
def test_a_full_disk(part: float, few: tuple[list[str], Rows, int], tmp_path: Path) -> None:
    command, whole, size = few
    command, database = [*command, "--db", str(tmp_path / "disk" / "x.db")], tmp_path / "disk" / "x.db"
    database.parent.mkdir()
    with small_disk(database.parent, f"{int(size * part)}"):
        said = fails_in_one_sentence(sohieu(*command), database)
        assert (
            "disk is full" in said or "no room left on its disk" in said
        )  # the map of a log that does not fit is an I/O error
        assert said.endswith("run the same command again")
        mount("-o", "remount,size=64m", str(database.parent))
        assert "Traceback" not in sohieu("totals", "--db", str(database)).stderr
        assert sohieu(*command).returncode == 0
        assert dump(database) == whole


def test_corrections_on_a_full_disk(corpus_db: Path, tmp_path: Path) -> None:
    database, table = tmp_path / "x.db", tmp_path / "ours.csv"
    database.write_bytes(corpus_db.read_bytes())
    before = dump(database)
    document = before["documents"][0][0]
    table.write_text(f"id,family,action,field,value\n{document},documents,set,title,Một\n", "utf-8")
    fails_in_one_sentence(run_with_limit(2_000, "correct", str(table), "--db", str(database)), database)
    assert dump(database) == before
    assert sohieu("correct", str(table), "--db", str(database)).stdout == "1 applied, 0 undone, 0 not applied\n"


@pytest.fixture
def corrected(corpus_db: Path, tmp_path: Path) -> Path:
    """A database with a correction of a text."""
    database, table = tmp_path / "corrected.db", tmp_path / "ours.csv"
    database.write_bytes(corpus_db.read_bytes())
    table.write_text("id,family,action,quote\na-04.txt,dates,drop,ngày 31/6/2021\n", "utf-8")
    assert run("correct", str(table), "--db", str(database)).output.startswith("1 applied")
    return database


WRITING = {
    "timeline": ("t.csv", lambda db, file: ["timeline", "-o", file, "--db", db]),
    "timeline as JSON": ("t.json", lambda db, file: ["timeline", "-o", file, "--db", db]),
    "compare": ("c.html", lambda db, file: ["compare", db, db, "--html", file]),
    "save": ("s.csv", lambda db, file: ["correct", "--save", file, "--db", db]),
}


@pytest.mark.parametrize(("name", "command"), WRITING.values(), ids=WRITING)
def test_a_file_is_written_whole_or_not_at_all(
    name: str, command: Callable[[str, str], list[str]], corrected: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out" / name
    file.parent.mkdir()
    file.write_text("what was there", "utf-8")
    said = fails_in_one_sentence(run_with_limit(50, *command(str(corrected), str(file))), file)
    assert said.endswith("free some space and run the same command again")
    assert file.read_text("utf-8") == "what was there"
    assert sohieu(*command(str(corrected), str(file))).returncode == 0
    assert file.read_text("utf-8") != "what was there"
    beside = ["t.csv-metadata.json"] if name == "t.csv" else []
    assert names(file.parent) == [name, *beside]


def test_gold_on_a_full_disk(corrected: Path, tmp_path: Path) -> None:
    command = ["correct", "--gold", str(tmp_path / "gold"), "--db", str(corrected)]
    done = run_with_limit(100, *command)
    assert done.returncode == 1
    assert f"Error: {tmp_path / 'gold'}/t-" in one_sentence(done)
    assert names(tmp_path / "gold") == []
    assert sohieu(*command).returncode == 0
    assert len(names(tmp_path / "gold")) == 2


@pytest.mark.parametrize(
    "command", [["timeline"], ["lookup", "16"], ["check", "absent"], ["totals", "--json"]], ids=" ".join
)
def test_standard_output_on_a_full_disk(command: list[str], corpus_db: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [SOHIEU, *command, "--db", str(corpus_db)], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    fails_in_one_sentence(done, Path("the output"))


def test_files_for_people_may_be_streams(corpus_db: Path) -> None:
    done = sohieu("timeline", "--format", "csv", "-o", "/dev/stdout", "--db", str(corpus_db))
    assert done.stdout.startswith("issued,symbol")


def left_in_wal(database: Path) -> None:
    """As another program leaves it: written ahead, with nothing ahead."""
    conn = sqlite3.connect(database)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.close()


def killed(database: Path, *sql: str) -> None:
    """A process that is killed in the middle of writing."""
    code = (
        "import os, sqlite3, sys\nconn = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for sql in sys.argv[2:]: conn.execute(sql).fetchall()\nos.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(database), *sql], check=False).returncode == -signal.SIGKILL


def killed_ahead(database: Path) -> None:
    killed(database, "PRAGMA journal_mode = WAL", "UPDATE documents SET title = 'x'")


def killed_ahead_and_copied(database: Path) -> None:
    killed_ahead(database)
    database.with_name("x.db-shm").unlink()


def killed_in_place(database: Path) -> None:
    killed(database, "PRAGMA cache_size = 1", "BEGIN", "UPDATE segments SET words = hex(randomblob(400))")
    assert database.with_name("x.db-journal").exists()


STATES: dict[str, tuple[Callable[[Path], None], bool]] = {
    "closed": (lambda database: None, True),
    "left in WAL": (left_in_wal, True),
    "killed, written ahead": (killed_ahead, True),
    "killed, written ahead, copied without its map": (killed_ahead_and_copied, False),
    "killed, written in place": (killed_in_place, False),
}
"""How a database was left, and whether it can be asked where nothing can be written."""


@pytest.fixture
def database(corpus_db: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "kho" / "x.db"
    copy.parent.mkdir()
    copy.write_bytes(corpus_db.read_bytes())
    return copy


@pytest.mark.parametrize(("leave", "readable"), STATES.values(), ids=STATES)
def test_asking_in_a_folder_that_cannot_be_written(
    leave: Callable[[Path], None], readable: bool, database: Path
) -> None:
    leave(database)
    commands = (["lookup", "16 da tu"], ["totals"], ["check", "integrity"])
    with read_only(database.parent):
        for command in commands:
            done = sohieu(*command, "--db", str(database))
            if readable:
                assert done.returncode == 0, done.stderr
            else:
                assert "was left by a run that was killed" in fails_in_one_sentence(done, database)
    for command in commands:
        assert sohieu(*command, "--db", str(database)).returncode == 0


@pytest.mark.parametrize("name", ["x.db", "new.db", "deeper/new.db"])
def test_writing_in_a_folder_that_cannot_be_written(name: str, database: Path) -> None:
    with read_only(database.parent):
        done = sohieu("ingest", str(TEXTS), "--db", str(database.parent / name))
        assert "change" in fails_in_one_sentence(done, database.parent / name)
        done = sohieu("timeline", "-o", str(database.with_name("t.csv")), "--db", str(database))
        assert "cannot be written (Read-only file system)" in fails_in_one_sentence(done, database.with_name("t.csv"))
    assert names(database.parent) == ["x.db"]
