"""A text that names thousands of documents: the work of a question grows with them, and not with their square."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.query.chain import chain
from pipeline.query.checks import check
from pipeline.query.database import open_readonly
from pipeline.query.graph import edges
from pipeline.query.show import show_document
from pipeline.query.timeline import LANES, Filter, timeline
from pipeline.run import ingest

PARAGRAPHS = 200, 1_600
FASTEST_GROWTH = 12
"""For eight times the mentions; the square would be 64 times the work."""
STEP = 100
"""Instructions of SQLite's machine between two counts."""
REPORTED = "Thực hiện Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương, huyện Na Hang đã kết nạp {} đảng viên."
REPLACED = "Quyết định số {}-QĐ/TU ngày 02/03/2020 thay thế Quyết định số {}-QĐ/TU ngày 05/06/2010."
QUESTIONS: dict[str, Callable[[sqlite3.Connection, str], object]] = {
    "show": show_document,
    "chain": lambda conn, identity: chain(conn, identity, down=True),
    "edges": lambda conn, identity: list(edges(conn)),
    "contradictions": lambda conn, identity: check(conn, "contradictions"),
    **{f"timeline of {lane}": lambda conn, identity, lane=lane: timeline(conn, Filter(), (lane,)) for lane in LANES},  # type: ignore[misc]
}


@pytest.fixture(scope="module")
def gazettes(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return [gazette(tmp_path_factory.mktemp("gazette"), size) for size in PARAGRAPHS]


def gazette(folder: Path, size: int) -> Path:
    lines = (f"{REPORTED.format(at % 90 + 2)} {REPLACED.format(at + 1, at + 50_000)}" for at in range(size))
    (folder / "gazette.txt").write_text("\n\n".join(lines), "utf-8")
    ingest([folder / "gazette.txt"], folder / "sohieu.db", words=False)
    return folder / "sohieu.db"


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_worse_than_linear(question: str, gazettes: list[Path]) -> None:
    small, large = (steps(database, QUESTIONS[question]) for database in gazettes)
    assert large < FASTEST_GROWTH * small


def steps(database: Path, question: Callable[[sqlite3.Connection, str], object]) -> int:
    """Instructions that SQLite takes to answer, in hundreds, about the document that is cited most."""
    count = 1

    def one_more() -> int:
        nonlocal count
        count += 1
        return 0

    with open_readonly(database) as conn:
        identity = conn.execute("SELECT id FROM documents ORDER BY mentions DESC LIMIT 1").fetchone()[0]
        conn.set_progress_handler(one_more, STEP)
        question(conn, identity)
    return count
