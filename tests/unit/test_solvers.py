"""What is pending, solved by other processes: the same rows, whoever solves it and whatever becomes of them."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

import pipeline.solvers
from pipeline.resolve import resolve_symbol, resolve_text
from pipeline.run import ingest
from pipeline.solvers import solvers
from pipeline.store import Store, link_pending, links, open_database
from pipeline.store.links import Beside, Outcome, Part, Solve, nobody
from pipeline.store.solving import Solved
from pipeline.store.words import solve_words
from tests.corpus import TEXTS
from tests.unit.test_store import dump

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("settled") / "x.db"
    ingest([TEXTS], database, words=False)
    return database


@pytest.fixture
def rows(settled: Path) -> Rows:
    return dump(settled)


@pytest.fixture
def unsettled(settled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database whose mentions are linked to nothing, to be settled in small parts."""
    database = tmp_path / "x.db"
    database.write_bytes(settled.read_bytes())
    with open_database(database) as db:
        for table in ("mention_candidates", "documents"):
            db.conn.execute(f"DELETE FROM {table}")
        db.conn.execute("UPDATE mentions SET status = 'unresolved', rule = '', document_id = NULL")
        version = db.conn.execute("PRAGMA user_version").fetchone()[0]
        db.conn.execute("PRAGMA user_version = 0")
        Store(db).relink_if_rules_changed(version)
    monkeypatch.setattr(pipeline.solvers, "WORTH", 0)
    monkeypatch.setattr(links, "PART", 20)
    return database


def settle(database: Path, beside: Beside) -> None:
    with open_database(database) as db:
        link_pending(db, resolve_symbol, resolve_text, beside)


def deadly(parent: int, solve: Solve[Outcome], conn: sqlite3.Connection, part: Part) -> Outcome:
    """Ends the process that solves a part, unless that is `parent`."""
    if os.getpid() != parent and crc32(part[0].encode()) % 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return solve(conn, part)


def failing(parent: int, solve: Solve[Outcome], conn: sqlite3.Connection, part: Part) -> Outcome:
    """Cannot read the database, unless it is `parent` that does."""
    if os.getpid() != parent:
        raise sqlite3.OperationalError("disk I/O error")
    return solve(conn, part)


def test_other_processes_give_the_same_rows(unsettled: Path, rows: Rows) -> None:
    outcomes: list[object] = []

    def noting(of: Beside, solve: Solve[Outcome], parts: Sequence[Part]) -> Iterator[Outcome | None]:
        for outcome in of(solve, parts):
            outcomes.append(outcome)
            yield outcome

    with solvers(unsettled, 2) as beside:
        settle(unsettled, partial(noting, beside))
    assert len(outcomes) > 20
    assert None not in outcomes
    assert dump(unsettled) == rows


@pytest.mark.parametrize("trouble", [deadly, failing])
def test_what_a_process_cannot_solve_is_solved_by_the_one_that_writes(
    trouble: Callable[..., Any], unsettled: Path, rows: Rows
) -> None:
    def troubled(solve: Solve[Outcome], parts: Sequence[Part]) -> Iterator[Outcome | None]:
        return beside(partial(trouble, os.getpid(), solve), parts)

    with solvers(unsettled, 2) as beside:
        settle(unsettled, troubled)
    assert dump(unsettled) == rows


@pytest.mark.parametrize("writes", [True, False])
def test_what_was_solved_before_another_process_wrote_is_solved_again(
    writes: bool, unsettled: Path, rows: Rows
) -> None:
    def late(solve: Solve[Outcome], parts: Sequence[Part]) -> Iterator[Outcome | None]:
        """Says that nothing is to be written, once another process has written."""
        if solve is solve_words:
            yield from nobody(solve, parts)
            return
        for _ in parts:
            if writes:
                with sqlite3.connect(unsettled) as conn:
                    conn.execute("UPDATE runs SET arguments = arguments || '.'")
                conn.close()
            yield Solved([], [], [])  # type: ignore[misc]

    settle(unsettled, late)
    assert (dump(unsettled) == rows) is writes
