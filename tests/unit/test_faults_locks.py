"""Other processes on the same database: a writer waits its turn, a reader does not wait, two runs at once are one after the other."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.query.database import open_readonly
from pipeline.query.totals import totals
from pipeline.run import ingest
from pipeline.taking import Taken, take_up
from tests.corpus import TEXTS, texts
from tests.faults import SOHIEU, end_well, start_ingest
from tests.unit.test_cli import one_sentence, sohieu
from tests.unit.test_store import dump

Rows = dict[str, list[tuple[object, ...]]]
LOCK = float(os.environ.get("LOCK", "2"))
"""Seconds for which another program keeps the database; `make test-full` has it keep it for 31."""
ROUNDS = int(os.environ.get("ROUNDS", "1"))
"""How often runs meet; `make test-full` has them meet ten times."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    database = tmp_path_factory.mktemp("whole") / "x.db"
    ingest([TEXTS], database, words=False)
    return dump(database)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Holds two texts."""
    ingest(texts()[:2], tmp_path / "x.db", words=False)
    return tmp_path / "x.db"


def hold(database: Path, *how: str) -> sqlite3.Connection:
    """Another program that keeps the database to itself."""
    conn = sqlite3.connect(database, isolation_level=None)
    for each in how:
        conn.execute(each)
    return conn


LOCKS = {
    "exclusive": ("BEGIN EXCLUSIVE",),
    "written ahead": ("PRAGMA journal_mode = WAL", "BEGIN IMMEDIATE", "DELETE FROM pending"),
    "read": ("BEGIN", "SELECT count(*) FROM texts"),
}


@pytest.mark.parametrize("how", LOCKS.values(), ids=LOCKS)
def test_a_run_waits_for_another_program(how: tuple[str, ...], database: Path, whole: Rows) -> None:
    other = hold(database, *how)
    process = start_ingest(TEXTS, database)
    time.sleep(LOCK)
    if how != LOCKS["read"]:
        assert process.poll() is None
    other.execute("ROLLBACK")
    other.close()
    end_well(process)
    assert dump(database) == whole


def rows_of(database: Path, query: str) -> list[tuple[str, str]]:
    with open_readonly(database) as conn:
        return [tuple(row) for row in conn.execute(query)]


@pytest.mark.parametrize("command", [["ingest", str(TEXTS)], ["correct", "ours.csv"], ["lookup", "16"]], ids=" ".join)
def test_a_lock_that_lasts_longer_than_one_waits(command: list[str], database: Path, tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text("id,family,action,quote\na-01.txt,dates,drop,x\n", "utf-8")
    before = dump(database)
    other = hold(database, *LOCKS["exclusive"])
    code = (
        "import sys, pipeline.store.connection as store, pipeline.query.database as query; from pipeline.cli import main; "
        "store.BUSY_SECONDS = query.BUSY_SECONDS = 0.3; main()"
    )
    impatient = [sys.executable, "-c", code, *command, "--db", str(database)]
    done = subprocess.run(impatient, capture_output=True, text=True, check=False, cwd=tmp_path)
    other.execute("ROLLBACK")
    other.close()
    assert done.returncode == 1
    assert one_sentence(done).startswith(f"Error: {database} is locked by another process; wait for it to end")
    assert dump(database) == before


def test_reading_does_not_wait_for_a_writer(database: Path) -> None:
    before = sohieu("totals", "--db", str(database)).stdout
    writer = hold(database, "PRAGMA journal_mode = WAL", "BEGIN EXCLUSIVE", "DELETE FROM mentions")
    assert sohieu("totals", "--db", str(database)).stdout == before
    writer.close()


def test_reading_during_a_run(database: Path) -> None:
    """From the moment that the run begins, past every batch, to the moment that the log is closed."""
    seen = [2]
    process = start_ingest(TEXTS, database)
    while process.poll() is None:
        with open_readonly(database) as conn:
            seen.append(totals(conn)["texts"])
    end_well(process)
    assert seen == sorted(seen)
    assert len(set(seen)) > 2


def same(folder: Path) -> list[Path]:
    return [TEXTS, TEXTS]


def apart(folder: Path) -> list[Path]:
    """Two folders with every other text each, and some texts in both."""
    folders = [folder / "a", folder / "b"]
    for at, into in enumerate(folders):
        into.mkdir()
        for text in [*texts()[at::2], *texts()[::7]]:
            shutil.copy(text, into)
    return folders


@pytest.mark.parametrize(("make", "jobs"), [(same, 1), (apart, 1), (apart, 2)])
def test_two_runs_at_once(make: Callable[[Path], list[Path]], jobs: int, tmp_path: Path) -> None:
    folders, alone = make(tmp_path), tmp_path / "alone.db"
    for folder in folders:
        ingest([folder], alone, words=False)
    for at in range(ROUNDS):
        database = tmp_path / f"{at}.db"
        for process in [start_ingest(folder, database, jobs) for folder in folders]:
            end_well(process)
        assert dump(database) == dump(alone)
        assert not database.with_name(f"{at}.db-wal").exists()


def test_two_commands_at_once(tmp_path: Path, whole: Rows) -> None:
    command = [SOHIEU, "ingest", str(TEXTS), "--words", "no", "--db", str(tmp_path / "x.db")]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert dump(tmp_path / "x.db") == whole


def test_a_text_that_another_run_drops_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run finds the text of b stored, as that of a; before it writes, another one sees that a has changed, and drops it."""
    folder, other, database = tmp_path / "b", tmp_path / "a", tmp_path / "x.db"
    for each, name in ((folder, "b.txt"), (other, "a.txt")):
        each.mkdir()
        shutil.copy(texts()[0], each / name)
    ingest([other], database)
    waiting = [texts()[1]]

    def take_and_wait(*args: Any) -> Taken:
        taken = take_up(*args)
        if waiting:
            shutil.copy(waiting.pop(), other / "a.txt")
            ingest([other], database)
        return taken

    monkeypatch.setattr("pipeline.run.take_up", take_and_wait)
    assert ingest([folder], database).added == 1
    held = rows_of(database, "SELECT s.path, t.path FROM sources s JOIN texts t ON t.id = s.text_id ORDER BY s.path")
    assert held == [("a.txt", "a.txt"), ("b.txt", "b.txt")]
    assert dump(database)["pending"] == []
