"""What tests of faults share: commands in processes of their own, under limits and in folders that are kept from them."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SOHIEU = str(Path(sys.executable).with_name("sohieu"))
Done = subprocess.CompletedProcess[str]
FEW_AT_A_TIME = (
    "import sys, pipeline.run, pipeline.solvers, pipeline.store.connection; from pathlib import Path; from pipeline.run import ingest; "
    "pipeline.workers.WORTH = pipeline.solvers.WORTH = 0; pipeline.store.links.PART = 20; pipeline.workers.CHUNK = pipeline.run.BATCH = 4; "
)
"""Python that makes batches small, so that much happens between them."""


def run_with_limit(largest: int, *args: str) -> Done:
    """A command whose files may not grow beyond `largest` bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    return subprocess.run([SOHIEU, *args], capture_output=True, text=True, check=False, preexec_fn=limit)


def start_ingest(folder: Path, database: Path, jobs: int = 1, before: str = "") -> "subprocess.Popen[str]":
    """A run in small batches, without words, which goes on while a test does something; `before` is Python that it does first."""
    code = (
        f"{FEW_AT_A_TIME}{before}\ningest([Path(sys.argv[1])], Path(sys.argv[2]), words=False, jobs=int(sys.argv[3]))"
    )
    command = [sys.executable, "-c", code, str(folder), str(database), str(jobs)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def end_well(process: "subprocess.Popen[str]") -> None:
    """Wait for a run to end, which it must do without a word."""
    _, said = process.communicate(timeout=180)
    assert (process.returncode, said) == (0, "")


def mount(*args: str) -> None:
    """Mount something, or skip the test where that may not be."""
    done = subprocess.run(["mount", *args], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not allowed here ({done.stderr.strip()})")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of its own in `folder`, in memory."""
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Keep everyone, root included, from writing to a folder."""
    mount("--bind", str(folder), str(folder))
    try:
        mount("-o", "remount,ro,bind", str(folder))
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
