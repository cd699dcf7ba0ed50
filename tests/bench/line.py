"""The whole line in a process of its own, so that its peak memory is its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from pipeline.run import ingest
from tests.memory import peak


def write(texts: Sequence[str], folder: Path) -> None:
    """One file a text."""
    (folder / "texts").mkdir()
    for at, text in enumerate(texts):
        (folder / "texts" / f"{at:05}.txt").write_text(text, "utf-8")


def run_line(folder: Path, words: bool) -> float:
    """CPU seconds from text files to a finished database, in one process; what is imported counts."""
    return seconds(lambda: ingest([folder / "texts"], folder / f"{words}.db", words=words))


def measure_line(folder: Path, words: bool) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of the line in a process that holds nothing else."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run_line, folder, words).result(), pool.submit(peak).result()


def run_jobs(folder: Path, jobs: int) -> float:
    """Seconds by the clock from text files to a finished database, in a process that holds nothing else and `jobs` that read."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_clock, folder, jobs).result()


def _clock(folder: Path, jobs: int) -> float:
    start = perf_counter()
    ingest([folder / "texts"], folder / f"jobs-{jobs}.db", jobs=jobs)
    return perf_counter() - start


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run."""
    start = process_time()
    work()
    return process_time() - start
