"""Reads what can be read of a damaged database: past rows that cannot, to those behind them."""

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from pipeline.integrity.damaged import open_damaged
from pipeline.integrity.rules import TABLES

COLUMNS = ("id", "family", "action", "quote", "context", "field", "value", "note")
"""Columns of a table that `sohieu correct` reads."""
FARTHEST = 1 << 40
"""How far behind a row that cannot be read others are looked for."""
Rows = Iterator[tuple[object, ...]]


@dataclass(slots=True)
class Salvage:
    """What can be read: rows of each table, whether any table ends early, the folders that were ingested, tables of known documents."""

    rows: dict[str, int] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)


def salvage(path: Path) -> Salvage:
    """What can be read of the database at `path`; QueryError as `open_damaged`."""
    found = Salvage()
    with open_damaged(path) as conn:
        for table in TABLES:
            reader = Reader(conn, table)
            found.rows[table] = sum(1 for _ in reader.rows())
            found.cut += [table] * reader.gaps
        found.folders = sorted({str(row[0]) for row in Reader(conn, "sources", "root").rows()})
        origins = {str(row[0]) for row in Reader(conn, "known_documents", "origin").rows()}
        found.tables = sorted(origins - {"bundled"})
    return found


def saved_corrections(path: Path) -> tuple[str, int, bool]:
    """The corrections of a database as a table that `sohieu correct` reads, how many, and whether some could not be read."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    with open_damaged(path) as conn:
        texts = {row[0] for row in Reader(conn, "texts", "id").rows()}
        reader = Reader(conn, "corrections", f"text_id, path, document_id, {', '.join(COLUMNS[1:])}")
        rows = [_correction(row, texts) for row in reader.rows()]
    writer.writerows(rows)
    return out.getvalue(), len(rows), bool(reader.gaps)


def _correction(row: tuple[object, ...], texts: set[object]) -> list[object]:
    """A row for `sohieu correct`; a text that is no longer there is named by its file, whose next content the correction is for."""
    text, path, document, *rest = row
    return [document or (path if path and text not in texts else text), *rest]


class Reader:
    """Reads a table in the order of its rows; `gaps` counts the places where some could not be read."""

    def __init__(self, conn: sqlite3.Connection, table: str, columns: str = "*") -> None:
        self.gaps = 0
        self._conn = conn
        self._query = f"SELECT rowid, {columns} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid"

    def rows(self) -> Rows:
        """All rows that can be read."""
        at: int | None = -1
        while at is not None:
            try:
                for number, *row in self._conn.execute(self._query, [at]):
                    if number <= at:
                        raise sqlite3.DatabaseError("rows are not in order")
                    at = number
                    yield tuple(row)
                return
            except sqlite3.DatabaseError:
                self.gaps += 1
                at = self._behind(at)

    def _behind(self, at: int) -> int | None:
        """The row from which reading goes on after one that fails; None if there is none."""
        step = 1
        while step < FARTHEST and not self._reads(at + step):
            step *= 2
        if step >= FARTHEST:
            return None
        fails = step // 2
        while step - fails > 1:
            middle = (step + fails) // 2
            fails, step = (fails, middle) if self._reads(at + middle) else (middle, step)
        return at + step

    def _reads(self, at: int) -> bool:
        try:
            row = self._conn.execute(f"{self._query} LIMIT 1", [at]).fetchone()
            return row is None or row[0] > at
        except sqlite3.DatabaseError:
            return False
