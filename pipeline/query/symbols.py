"""Whole symbols in what was typed, codes before or behind their number."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LONGEST = 8
"""Parts of the longest symbol."""
CODES = 3
"""Codes that may stand before the number."""


class Run(NamedTuple):
    """Parts of a query, from `start` up to `stop`, that are the symbol of a document by its key."""

    start: int
    stop: int
    key: str


def symbols_in(conn: sqlite3.Connection, parts: Sequence[str]) -> list[Run]:
    """Runs of parts that are symbols of documents, in their order; where some overlap, the longest."""
    runs = [run for at, part in enumerate(parts) if part.isdigit() for run in _runs(parts, at)]
    query = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM documents WHERE symbol_key = value)"
    known = {key for (key,) in conn.execute(query, [json.dumps([run.key for run in runs])])}
    chosen: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.start - run.stop, run.start)):
        if run.key in known and all(run.stop <= other.start or other.stop <= run.start for other in chosen):
            chosen.append(run)
    return sorted(chosen)


def _runs(parts: Sequence[str], at: int) -> Iterator[Run]:
    for stop in range(at + 2, min(len(parts), at + LONGEST) + 1):
        yield Run(at, stop, " ".join(parts[at:stop]))
    lettered = at + 2 if at + 1 < len(parts) and len(parts[at + 1]) == 1 else at + 1
    for start in range(max(0, at - CODES), at):
        if not any(part.isdigit() for part in parts[start:at]):
            for stop in {at + 1, lettered}:
                yield Run(start, stop, " ".join([*parts[at:stop], *parts[start:at]]))
