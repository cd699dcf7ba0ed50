"""Rows written column by column: those that are empty in all rows are left out, as binding NULL takes sqlite3 0.3 µs (2026-11-23)."""

import sqlite3
from collections.abc import Iterable, Sequence

from pipeline.store.units import Row


def insert(
    conn: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Row], **apart: Iterable[object]
) -> None:
    """Write rows into a table; `apart` are columns that the rows do not hold, a value for each row or more."""
    if not rows:
        return
    filled = [(name, values) for name, values in zip(columns, zip(*rows, strict=True), strict=True) if _holds(values)]
    names = ", ".join(f'"{name}"' for name in (*apart, *(name for name, _ in filled)))
    marks = ", ".join("?" * (len(apart) + len(filled)))
    conn.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        zip(*apart.values(), *(values for _, values in filled), strict=False),
    )


def _holds(values: Sequence[object]) -> bool:
    return values[0] is not None or values.count(None) < len(values)
