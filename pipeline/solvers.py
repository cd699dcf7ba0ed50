"""What is pending, solved by several processes that read the database while this one writes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.garbage import no_collections
from pipeline.query.database import connect
from pipeline.store.links import PARTS, Beside, Outcome, Part, Solve, nobody
from pipeline.workers import in_order, outcome, processes

if TYPE_CHECKING:
    from pebble import ProcessPool

WORTH = 3
"""Parts below which starting processes takes longer than they save."""
CACHE_KB = 16_000
"""Pages of the database that each process keeps at hand."""


@contextmanager
def solvers(database: Path, jobs: int) -> Iterator[Beside]:
    """What has `jobs` processes solve parts, once there are enough of them."""
    with ExitStack() as stack:
        yield _Solvers(database, jobs, stack)


@dataclass(slots=True)
class _Solvers:
    """Processes that are started when they are needed, and end with `stack`."""

    database: Path
    jobs: int
    stack: ExitStack
    pool: "ProcessPool | None" = None

    def __call__(self, solve: Solve[Outcome], parts: Sequence[Part]) -> Iterator[Outcome | None]:
        """As `Beside` says; a part whose process died is left to the one that writes."""
        if self.jobs == 1 or len(parts) < WORTH:
            return nobody(solve, parts)
        pool = self.pool = self.pool or self.stack.enter_context(processes(self.jobs))
        tasks = (pool.schedule(_solve, (self.database, solve, part)) for part in parts)
        return (outcome(task.result) for task in in_order(tasks, lambda: PARTS + self.jobs))


def _solve(database: Path, solve: Solve[Outcome], part: Part) -> Outcome | None:
    """What a process does; None if it cannot read, which the one that writes then says."""
    try:
        with no_collections():
            return solve(_connection(database), part)
    except sqlite3.Error:
        return None


@lru_cache(1)
def _connection(database: Path) -> sqlite3.Connection:
    conn = connect(database)
    conn.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    return conn
