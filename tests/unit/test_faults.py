"""Runs that are killed or interrupted at any moment: run again, they end where an uninterrupted run ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from pipeline.run import ingest
from tests.corpus import TEXTS
from tests.faults import FEW_AT_A_TIME
from tests.unit.test_store import dump

KILLS = int(os.environ.get("KILLS", "5"))
"""How often a run is killed; `make test-full` kills it 30 times."""
LONGEST = 5.0
"""Seconds after which a run is killed at the latest, which is about how long one takes."""
RUN = f"{FEW_AT_A_TIME}ingest([Path(sys.argv[1])], Path(sys.argv[2]), jobs=int(sys.argv[3]))"
COMMAND = f"{FEW_AT_A_TIME}from pipeline.cli.main import main; sys.argv[0] = 'sohieu'; main()"


def start(database: Path, jobs: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", RUN, str(TEXTS), str(database), str(jobs)]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    database = tmp_path_factory.mktemp("whole") / "whole.db"
    ingest([TEXTS], database)
    return dump(database)


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments_nothing_is_lost_and_nothing_is_twice(
    jobs: int, whole: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    database, random = tmp_path / "killed.db", Random(jobs)
    killed = 0
    while killed < KILLS:
        process = start(database, jobs)
        try:
            process.wait(random.uniform(0.5, LONGEST))
            assert dump(database) == whole
            database.unlink()  # it came to its end, so begin again
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
    assert start(database, jobs).wait(120) == 0
    assert dump(database) == whole


@pytest.mark.parametrize(
    ("by", "seconds"),
    [("--jobs 1", 0), ("--jobs 2", 0), ("--jobs 2", 1), ("--jobs 2", 2), ("--dask local", 0), ("--dask local", 1)],
)
def test_interrupted_it_says_how_to_go_on(
    by: str, seconds: float, whole: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    database = tmp_path / "interrupted.db"
    command = [sys.executable, "-c", COMMAND, "ingest", str(TEXTS), *by.split(), "--db", str(database)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while not database.exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(seconds)
        goes_on = process.poll() is None
        with suppress(ProcessLookupError):  # it had come to its end just then
            os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    if goes_on:
        assert process.returncode == 130
        assert said.strip() == "Interrupted; run the same command again to go on."
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert dump(database) == whole


def test_another_program_at_the_port_of_dask_is_nothing_to_tell(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COMMAND, "ingest", str(TEXTS), "--dask", "local", "--db", str(tmp_path / "a.db")]
    with socket.socket() as taken:
        with suppress(OSError):  # somebody has it
            taken.bind(("127.0.0.1", 8787))
            taken.listen()
        done = subprocess.run([*command, "--jobs", "1"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
