"""Several processes: the same rows as one gives, and a process that dies or hangs costs one file."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import pipeline.solvers
import pipeline.store.links
import pipeline.workers
from pipeline.corrections import Correction
from pipeline.files import FileItem
from pipeline.run import ingest
from pipeline.taking import Options
from pipeline.workers import take_up_all
from tests.corpus import TEXTS
from tests.unit.test_store import dump

SLOW = """
import os, time
import pipeline.workers

def slow():
    time.sleep(0.5)
    open(f"begun-{os.getpid()}", "x").close()

pipeline.workers.collect_seldom = slow
"""
"""A module that makes processes slow to begin, and tells of each that did."""
LEFT_EARLY = """
from pipeline.workers import processes
if __name__ == "__main__":
    with processes(2, ("slow",)):
        raise SystemExit(3)
"""
GOOD = "Kết luận số 21-KL/TW ngày 25/10/2021."


class Deadly(Options):
    """Options that end the process which asks them about one file."""

    def corrections_of(self, digest: str, item: FileItem) -> Sequence[Correction]:
        if item.path == "b.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return ()


class Slow(Options):
    """Options that keep the process busy which asks them about one file."""

    def corrections_of(self, digest: str, item: FileItem) -> Sequence[Correction]:
        if item.path == "b.txt":
            time.sleep(600)
        return ()


@pytest.fixture
def items(tmp_path: Path) -> list[FileItem]:
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(f"{name} {GOOD}", "utf-8")
    return [FileItem(str(tmp_path), f"{name}.txt", tmp_path / f"{name}.txt", True) for name in "abcde"]


def test_any_number_of_processes_gives_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.workers, "WORTH", 0)
    monkeypatch.setattr(pipeline.workers, "CHUNK", 5)
    monkeypatch.setattr(pipeline.solvers, "WORTH", 0)
    monkeypatch.setattr(pipeline.store.links, "PART", 20)
    dumps = []
    for jobs in (1, 2, 3):
        database = tmp_path / f"{jobs}.db"
        tally = ingest([TEXTS], database, jobs=jobs)
        assert (tally.added, tally.failed) == (28, [])
        assert ingest([TEXTS], database, jobs=jobs).unchanged == 28
        dumps.append(dump(database))
    assert dumps[0] == dumps[1] == dumps[2]


@pytest.mark.parametrize("kind", [Deadly, Slow])
def test_a_process_that_dies_or_hangs_costs_one_file(
    kind: type[Options], items: list[FileItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.workers, "CHUNK", 3)
    monkeypatch.setattr(pipeline.workers, "SECONDS", 8.0)
    taken = [each for batch in take_up_all([(item, None) for item in items], kind(words=False), 2) for each in batch]
    assert [each.item.path for each in taken] == [item.path for item in items]
    assert [each.trouble and each.trouble[0] for each in taken] == [None, "crash", None, None, None]
    assert all(each.done for each in taken if not each.trouble)


def test_one_bad_file_among_many_is_a_failure(
    tmp_path: Path, items: list[FileItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.workers, "WORTH", 0)
    (tmp_path / "c.txt").write_bytes(b"\x00\x01\x02" * 99)
    tally = ingest([tmp_path], tmp_path / "x.db", words=False, jobs=2)
    assert (tally.added, [path for path, _ in tally.failed]) == (4, ["c.txt"])


def test_processes_that_are_left_early_are_stopped_when_they_have_begun(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(SLOW)
    (tmp_path / "left.py").write_text(LEFT_EARLY)
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join((str(Path.cwd()), str(tmp_path)))}
    done = subprocess.run(
        [sys.executable, "left.py"], cwd=tmp_path, env=paths, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert len([*tmp_path.glob("begun-*")]) == 2
