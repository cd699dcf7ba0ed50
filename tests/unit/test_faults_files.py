"""Files that change while they are read, and clocks that do not run: what is stored is what was read, and the next run puts right the rest."""

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

import pipeline.stages
from pipeline.query.database import open_readonly
from pipeline.run import ingest
from tests.corpus import TEXTS, texts
from tests.faults import SOHIEU, end_well, start_ingest
from tests.unit.test_store import dump

GOOD = "Tỉnh ủy ban hành Quy định số 682-QĐ/TU, ngày 14/9/2017."
OTHER = "Tỉnh ủy ban hành Kết luận số 21-KL/TU, ngày 25/10/2021."


def becomes_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def becomes_a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def becomes_a_link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to("nothing.txt")


def becomes_another(file: Path) -> None:
    file.with_name("new").write_text(OTHER, "utf-8")
    file.with_name("new").replace(file)


CHANGES: dict[str, tuple[Callable[[Path], object], str | None]] = {
    "deleted": (Path.unlink, "missing"),
    "emptied": (lambda file: file.write_bytes(b""), "empty"),
    "cut off": (lambda file: os.truncate(file, 20), None),
    "cut off in a letter": (lambda file: os.truncate(file, 2), None),
    "grown": (lambda file: file.write_text(GOOD + OTHER, "utf-8"), None),
    "grown beyond what is read": (lambda file: file.write_bytes(b"x " * 600), "too_large"),
    "another one": (becomes_another, None),
    "a folder": (becomes_a_folder, "io"),
    "a pipe": (becomes_a_pipe, "special"),
    "a link to nothing": (becomes_a_link_to_nothing, "missing"),
}
"""What becomes of a file after it was looked at and before it is opened, with the kind of failure that this is, if any."""


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
def test_a_file_that_changes_while_it_is_read(
    change: Callable[[Path], object], kind: str | None, known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    folder.mkdir()
    file = folder / "a.txt"
    file.write_text(GOOD, "utf-8")
    if known:
        ingest([folder], database, words=False)
        file.write_text(f"{GOOD} {GOOD}", "utf-8")
    real, waiting = pipeline.stages._check_state, [file]

    def check_and_change(state: os.stat_result, max_bytes: int) -> None:
        real(state, max_bytes)
        if waiting:
            change(waiting.pop())

    monkeypatch.setattr(pipeline.stages, "_check_state", check_and_change)
    ingest([folder], database, words=False, max_bytes=1_000)
    with open_readonly(database) as conn:
        failures = [row[0] for row in conn.execute("SELECT kind FROM failures WHERE path = 'a.txt'")]
        held = [row[0] for row in conn.execute("SELECT t.sha256 FROM texts t JOIN sources s ON s.text_id = t.id")]
    assert failures == ([kind] if kind else failures)
    if not failures:
        assert held == [sha256(file.read_bytes()).hexdigest()]
    remove(file)
    file.write_text(OTHER, "utf-8")
    assert ingest([folder], database, words=False).failed == []
    assert rows_of(database) == rows_of(fresh(folder, tmp_path))


def remove(file: Path) -> None:
    if file.is_dir():
        file.rmdir()
    else:
        file.unlink(missing_ok=True)


def fresh(folder: Path, tmp_path: Path) -> Path:
    ingest([folder], tmp_path / "fresh.db", words=False)
    return tmp_path / "fresh.db"


def rows_of(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but those of names and spellings, which stay when a text goes."""
    with sqlite3.connect(database) as conn:
        failures = conn.execute("SELECT root, path, kind FROM failures").fetchall()
    conn.close()
    return {**{k: v for k, v in dump(database).items() if k not in ("units", "spellings")}, "failures": failures}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_that_changes_all_the_time(jobs: str, tmp_path: Path) -> None:
    """A real run over files that are replaced, cut off, deleted and made again while it goes on."""
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    shutil.copytree(TEXTS, folder)
    written, stop = {sha256(text.read_bytes()).hexdigest() for text in texts()}, threading.Event()

    def keep_changing() -> None:
        at = 0
        while not stop.is_set():
            file, content = folder / texts()[at % 28].name, f"{at}. {GOOD}".encode()
            written.update((sha256(content).hexdigest(), sha256(content[:-20]).hexdigest()))
            part = tmp_path / "part"
            part.write_bytes(content if at % 3 else content[:-20])
            part.replace(file)
            if at % 5 == 0:
                file.unlink()
            at += 1

    changing = threading.Thread(target=keep_changing)
    changing.start()
    command = [SOHIEU, "ingest", str(folder), "--words", "no", "--jobs", jobs, "--db", str(database)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    stop.set()
    changing.join()
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    assert "report it" not in done.stderr
    with open_readonly(database) as conn:
        assert {row[0] for row in conn.execute("SELECT sha256 FROM texts")} <= written
    for text in texts():
        shutil.copy(text, folder)
    ingest([folder], database, words=False)
    assert rows_of(database) == rows_of(fresh(folder, tmp_path))


def test_a_failure_of_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"%PDF-1.4")
    assert len(ingest([folder], database, words=False).failed) == 1
    (folder / "a.txt").unlink()
    ingest([folder], database, words=False)
    assert rows_of(database)["failures"] == []


CLOCKS = {
    "set back by an hour every time one looks": "import time; at = [2e9]; time.time = lambda: at.append(at[-1] - 3600) or at[-1]",
    "set forth by a day in the middle": "import time; at = []; time.time = lambda: at.append(1) or 86400.0 * (len(at) > 40)",
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_a_clock_that_is_wrong_during_a_run(clock: str, jobs: int, tmp_path: Path) -> None:
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    folder.mkdir()
    for text in texts()[::3]:
        shutil.copy(text, folder)
    end_well(start_ingest(folder, database, jobs, clock))
    assert rows_of(database) == rows_of(fresh(folder, tmp_path))


def test_clocks_of_files_and_runs_do_not_matter(tmp_path: Path) -> None:
    """Files of the future and of 1969, runs whose clock is set back and forth; the files hold other texts each time."""
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    folder.mkdir()
    for at, epoch in enumerate(["4102444800", "0", "99999999999"]):
        for name, text in zip("abc", texts()[at:], strict=False):
            shutil.copyfile(text, folder / f"{name}.txt")
            os.utime(folder / f"{name}.txt", (4e9 - at * 1e9, 4e9 - at * 1e9))
        command = [SOHIEU, "ingest", str(folder), "--words", "no", "--db", str(database)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert f"{'0 added, 3' if at else '3 added, 0'} changed" in done.stdout
    assert rows_of(database) == rows_of(fresh(folder, tmp_path))
    with open_readonly(database) as conn:
        runs = [tuple(row) for row in conn.execute("SELECT id, started FROM runs ORDER BY id")]
    assert [started[:4] for _, started in runs] == ["2100", "1970", "5138"]
    assert [number for number, _ in runs] == [1, 2, 3]
