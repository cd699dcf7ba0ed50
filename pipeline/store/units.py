"""Bodies and places → rows: one for each, with those to which it belongs and which followed it."""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256

from extractors.bodies import CanonicalUnit, parent_of, successor_of

KNOWN = 8192
"""Units whose kin is remembered."""
COLUMNS = ("id", "name", "unit_type", "level", "place", "province", "parent_id", "successor_id", "ended")
JOINED = ("name", "level", "place", "parent_id", "successor_id", "ended")
"""Columns in which spellings of one name may differ; the least value stays."""
Row = tuple[object, ...]


@lru_cache(KNOWN)
def unit_id(unit: CanonicalUnit) -> str:
    """The id of a body or place, from its full name and its province."""
    return "u-" + sha256(f"{unit.unit_type}\n{unit.name.lower()}\n{unit.province or ''}".encode()).hexdigest()[:12]


def unit_rows(units: Iterable[CanonicalUnit]) -> tuple[Row, ...]:
    """The rows of units and of their kin, each once, those that others point to first."""
    return tuple(dict.fromkeys(row for unit in dict.fromkeys(units) for row in _rows(unit)))


def put_units(conn: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Write units with their kin; what two spellings of one name say is joined alike, whichever came first."""
    joined = ", ".join(f"{name} = coalesce(min({name}, excluded.{name}), {name}, excluded.{name})" for name in JOINED)
    conn.executemany(
        f"INSERT INTO units ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))}) ON CONFLICT (id) DO UPDATE SET {joined}",
        rows,
    )


@lru_cache(KNOWN)
def _rows(unit: CanonicalUnit) -> tuple[Row, ...]:
    """The rows of a unit, those that it points to first."""
    parent, followed = parent_of(unit), successor_of(unit)
    successor = followed.unit if followed else None
    kin = [row for other in (parent, successor) if other for row in _rows(other)]
    ids = [unit_id(other) if other else None for other in (parent, successor)]
    return (
        *kin,
        (
            unit_id(unit),
            *unit[:1],
            unit.unit_type,
            unit.level,
            unit.place,
            unit.province,
            *ids,
            followed and followed.since,
        ),
    )


def drop_unnamed(conn: sqlite3.Connection) -> None:
    """Drop the units that no text names and no named one points to."""
    conn.execute(
        "WITH RECURSIVE kin(id, other) AS (SELECT id, parent_id FROM units UNION ALL SELECT id, successor_id FROM units), "
        "kept(id) AS (SELECT unit_id FROM unit_mentions UNION SELECT other FROM kin JOIN kept USING (id) WHERE other NOT NULL) "
        "DELETE FROM units WHERE id NOT IN (SELECT id FROM kept)"
    )
