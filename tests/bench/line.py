"""The whole line in a process of its own, so that its peak memory is its own."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import ParamSpec, TypeVar

from pipeline.clean import clean
from pipeline.read import read_source
from pipeline.run import ingest
from pipeline.segment import segment
from tests.memory import peak


def write(texts: Sequence[str], folder: Path) -> None:
    """One file a text."""
    (folder / "texts").mkdir()
    for at, text in enumerate(texts):
        (folder / "texts" / f"{at:05}.txt").write_text(text, "utf-8")


def run_line(folder: Path, words: bool) -> float:
    """CPU seconds from text files to a finished database, in one process; what is loaded at first use counts, imports do not."""
    return seconds(lambda: ingest([folder / "texts"], folder / f"{words}.db", words=words))


def measure_line(folder: Path, words: bool) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of the line in a process that holds nothing else."""
    return alone(_line, folder, words)


def _line(folder: Path, words: bool) -> tuple[float, float]:
    return run_line(folder, words), peak()


def run_jobs(folder: Path, jobs: int) -> float:
    """Seconds by the clock of the command from text files to a finished database, with `jobs` processes that read."""
    database, start = folder / "jobs.db", perf_counter()
    sohieu = Path(sys.executable).with_name("sohieu")
    command: list[Path | str] = [sohieu, "ingest", folder / "texts", "--jobs", str(jobs), "--db", database]
    subprocess.run(command, check=True, capture_output=True)
    spent = perf_counter() - start
    database.unlink()
    return spent


def reference(texts: Sequence[str]) -> float:
    """CPU seconds of underthesea alone, line by line, as the library is used; lines with addresses, on which it may hang, are left out."""
    from underthesea import word_tokenize

    lines = [line for text in texts for line in text.split("\n") if line.strip() and "://" not in line]
    return seconds(lambda: [word_tokenize(line) for line in lines])


def segmentation(texts: Sequence[str]) -> float:
    """CPU seconds in which texts that were read become sentences and words, none of them seen before."""
    cleaned = [clean(read_source(text.encode(), "x.txt")) for text in texts]
    return seconds(lambda: [segment(text) for text in cleaned])


Given = ParamSpec("Given")
Told = TypeVar("Told")


def alone(work: Callable[Given, Told], *args: Given.args, **named: Given.kwargs) -> Told:
    """What a function tells that runs in a process of its own, whose memory is nobody else's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **named).result()


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    start = process_time()
    work()
    return process_time() - start
