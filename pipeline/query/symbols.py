"""Whole symbols in what was typed, codes before or behind their number."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_WITHIN = re.compile(r"(?<=[a-z])(?=[a-z])")
"""Places in a code where an "&" may stand."""
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
    known = _known(conn, runs)
    if not known:
        runs = [variant for run in runs for variant in _variants(run)]
        known = _known(conn, runs)
    chosen: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.start - run.stop, run.start)):
        if run.key in known and all(run.stop <= other.start or other.stop <= run.start for other in chosen):
            chosen.append(run)
    return sorted(chosen)


def _known(conn: sqlite3.Connection, runs: Sequence[Run]) -> set[str]:
    """Keys of runs that documents have."""
    query = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM documents WHERE symbol_key = value)"
    return {key for (key,) in conn.execute(query, [json.dumps([run.key for run in runs])])}


def _variants(run: Run) -> Iterator[Run]:
    """A run without the "&" of its codes, and with one in each place where there may be one: "BGDĐT" is "BGD&ĐT"."""
    if "&" in run.key:
        yield run._replace(key=run.key.replace("&", ""))
    for match in _WITHIN.finditer(run.key):
        yield run._replace(key=f"{run.key[: match.start()]}&{run.key[match.start() :]}")


def _runs(parts: Sequence[str], at: int) -> Iterator[Run]:
    for stop in range(at + 2, min(len(parts), at + LONGEST) + 1):
        yield Run(at, stop, " ".join(parts[at:stop]))
    lettered = at + 2 if at + 1 < len(parts) and len(parts[at + 1]) == 1 else at + 1
    for start in range(max(0, at - CODES), at):
        if not any(part.isdigit() for part in parts[start:at]):
            for stop in {at + 1, lettered}:
                yield Run(start, stop, " ".join([*parts[at:stop], *parts[start:at]]))
