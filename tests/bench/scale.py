"""`make bench-scale`: what a thousand, ten thousand and a hundred thousand texts cost, as a table and a plot in docs/.

Texts are short news of about 1.2 KB, made from the corpus, no sentence twice. Nothing may grow faster than the texts,
and look-up not at all.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

import altair

from pipeline.query.database import open_readonly
from pipeline.query.lookup import look_up
from pipeline.query.search import search
from pipeline.query.timeline import Filter, timeline
from pipeline.run import ingest
from tests.bench.generator import generate
from tests.corpus import ROOT
from tests.memory import peak

SIZES = tuple(int(size) for size in os.environ.get("SCALE", "1000,10000,100000").split(","))
EACH = 800
"""Least bytes of a text; most have some 1,200."""
JOBS = 2
TEN = 10
"""Texts that are added to an archive that is there."""
ASKED = 200
"""Questions of each kind, of which the median is reported."""
PAGE, PLOT = ROOT / "docs" / "growth.md", ROOT / "docs" / "growth.svg"


@dataclass(frozen=True, slots=True)
class Row:
    """What `texts` cost: seconds and MB by the clock and of memory (the process that writes), milliseconds of questions."""

    texts: int
    megabytes: float
    ingest_s: float
    again_s: float
    ten_more_s: float
    memory_mb: float
    database_mb: float
    mentions: int
    documents: int
    lookup_ms: float
    search_ms: float
    timeline_ms: float


def main() -> None:
    """Measure all sizes, each in a process of its own, print the table, write the page and the plot."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        rows = []
        for size in SIZES:
            rows.append(pool.submit(measure, size).result())
            print(json.dumps(asdict(rows[-1])), flush=True)
    PAGE.write_text(page(rows), "utf-8")
    plot(rows)


def measure(count: int) -> Row:
    """Generate, ingest, ingest again, ingest with ten more, ask."""
    with TemporaryDirectory() as folder:
        texts, more, database = (Path(folder) / name for name in ("texts", "texts/more", "x.db"))
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:  # its memory is not the line's
            size = pool.submit(make, count, texts, Path(folder) / "more").result()
        first = clock(lambda: ingest([texts], database, jobs=JOBS))
        again = clock(lambda: ingest([texts], database, jobs=JOBS))
        (Path(folder) / "more").rename(more)
        added = clock(lambda: ingest([texts], database, jobs=JOBS))
        memory = peak()
        with open_readonly(database) as conn:
            mentions, documents = count_rows(conn, "mentions"), count_rows(conn, "documents")
            found, searched = look_ups(conn), searches(conn)
            listed = latency(lambda year: timeline(conn, year), YEARS)
        costs = first, again, added, memory, database.stat().st_size / 1e6
        return Row(count, size / 1e6, *costs, mentions, documents, found, searched, listed)


Asked = TypeVar("Asked")
YEARS = tuple(Filter(issuers=("tỉnh ủy",), since=f"{year}", until=f"{year}") for year in range(2015, 2020))


def make(count: int, folder: Path, more: Path) -> int:
    """Write `count` texts into one folder and ten into another; the bytes of the first."""
    texts = generate(sys.maxsize, each=EACH)
    size = write(folder, islice(texts, count))
    write(more, islice(texts, TEN))
    return size


def write(folder: Path, texts: Iterable[str]) -> int:
    """Write texts, a hundred to a folder, and return their bytes."""
    size = 0
    for at, text in enumerate(texts):
        file = folder / f"{at // 100:04}" / f"{at:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        size += file.write_bytes(text.encode())
    return size


def count_rows(conn: sqlite3.Connection, table: str) -> int:
    """How many rows a table has."""
    return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def look_ups(conn: sqlite3.Connection) -> float:
    """Milliseconds to find a document by a symbol as it is typed."""
    keys = [
        key
        for (key,) in conn.execute(
            "SELECT symbol_key FROM documents WHERE symbol_key NOT NULL AND mentions ORDER BY id"
        )
    ]
    return latency(lambda key: look_up(conn, key), Random(1).sample(keys, min(ASKED, len(keys))))


def searches(conn: sqlite3.Connection) -> float:
    """Milliseconds to find twenty passages that hold three words in a row of some text."""
    rows = conn.execute("SELECT text FROM segments_fts WHERE rowid % 97 = 1 LIMIT 5000").fetchall()
    phrases = [" ".join(words[2:5]) for (text,) in rows if len(words := text.split()) > len("sentence")]
    return latency(lambda phrase: search(conn, phrase), Random(2).sample(phrases, min(ASKED, len(phrases))))


def latency(ask: Callable[[Asked], object], questions: Iterable[Asked]) -> float:
    """The median of milliseconds by the clock."""
    return median(clock(lambda question=question: ask(question)) for question in questions) * 1000  # type: ignore[misc]


def clock(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    start = perf_counter()
    work()
    return perf_counter() - start


def page(rows: list[Row]) -> str:
    """The table as a page."""
    header = "| texts | MB | texts/s | nothing new | ten more | memory | database | mentions | documents | look-up | search | timeline |"
    lines = [
        f"| {r.texts:,} | {r.megabytes:.1f} | {r.texts / r.ingest_s:.0f} | {r.again_s:.1f} s | {r.ten_more_s:.1f} s | {r.memory_mb:.0f} MB | "
        f"{r.database_mb:.0f} MB | {r.mentions:,} | {r.documents:,} | {r.lookup_ms:.1f} ms | {r.search_ms:.1f} ms | {r.timeline_ms:.1f} ms |"
        for r in rows
    ]
    return "\n".join([HEAD.format(day=date.today(), jobs=JOBS), header, "|--:" * 12 + "|", *lines, "", TAIL])


HEAD = """# How cost grows

`make bench-scale` of {day}: texts made from the corpus, no sentence twice, {jobs} processes on two shared cores. The texts hold
eight references a kilobyte and most of their documents once, which is dearer than news. "Nothing new" and "ten more" are
runs over a folder that is in the database. Memory is that of the process that writes. Questions are the median of 200 (timeline: 5
years of one kind of issuer).
"""
TAIL = """![Time, database and questions by the number of texts](growth.svg)

A look-up lists documents that have the same number, up to fifty, most of which are there with 10,000 texts; after that it grows only
with what is counted.
"""


def plot(rows: list[Row]) -> None:
    """Each cost by the number of texts, both in powers of ten: a straight line at 45 degrees is linear."""
    kinds = {
        "ingest, s": "ingest_s",
        "ten more, s": "ten_more_s",
        "database, MB": "database_mb",
        "memory, MB": "memory_mb",
        "look-up, ms": "lookup_ms",
        "search, ms": "search_ms",
        "timeline, ms": "timeline_ms",
    }
    values = [
        {"texts": row.texts, "cost": getattr(row, name), "of": kind} for row in rows for kind, name in kinds.items()
    ]
    log = altair.Scale(type="log")
    chart = altair.Chart({"values": values}).mark_line(point=True)
    chart.encode(
        x=altair.X("texts:Q", scale=log, title="texts"),
        y=altair.Y("cost:Q", scale=log, title=None),
        color=altair.Color("of:N", title=None),
    ).properties(width=480, height=360).save(PLOT)


if __name__ == "__main__":
    main()
