"""What is known of one body or place."""

import sqlite3
from dataclasses import dataclass

from extractors.view import fold
from pipeline.query.database import QueryError
from pipeline.query.typed import as_stored

MOST_NAMES, MOST_TEXTS = 20, 20
"""Names and texts of a unit that are shown, the most frequent first."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A body or place, and how often texts name it."""

    id: str
    name: str
    unit_type: str
    level: str | None
    province: str | None
    ended: str | None
    mentions: int


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A body or place with its kin, its names, and the texts that name it most."""

    unit: UnitRow
    parent: UnitRow | None
    successor: UnitRow | None
    organs: tuple[UnitRow, ...]
    names: tuple[tuple[str, int], ...]
    texts: tuple[tuple[str, str, int], ...]


_ROW = (
    "SELECT id, name, unit_type, level, province, ended, "
    "(SELECT count(*) FROM unit_mentions m WHERE m.unit_id = units.id) AS mentions FROM units "
)


def find_units_named(conn: sqlite3.Connection, name: str) -> list[UnitRow]:
    """Units of that name in any case and spelling of tones, or with that id; the most named first."""
    name = as_stored(name)
    words = " ".join(fold(name).split())
    rows = conn.execute(
        f"{_ROW} WHERE id = ? OR id IN (SELECT unit_id FROM unit_mentions WHERE surface = ?) OR name = ? COLLATE NOCASE "
        "ORDER BY name <> ? COLLATE NOCASE, mentions DESC, id",
        [name, words, words, words],
    )
    return [UnitRow(*row) for row in rows]


def show_unit(conn: sqlite3.Connection, identity: str) -> UnitPage:
    """The unit with this id; QueryError if there is none."""
    identity = as_stored(identity)
    unit = _one(conn, identity)
    if unit is None:
        raise QueryError(f"no body or place has the id {identity}; name it instead: sohieu show 'Tỉnh ủy …'")
    parent, successor = conn.execute("SELECT parent_id, successor_id FROM units WHERE id = ?", [identity]).fetchone()
    organs = conn.execute(f"{_ROW} WHERE parent_id = ? ORDER BY mentions DESC, name, id", [identity])
    names = conn.execute(
        "SELECT surface, mentions FROM unit_names WHERE unit_id = ? ORDER BY mentions DESC, surface LIMIT ?",
        [identity, MOST_NAMES],
    )
    texts = conn.execute(
        "SELECT t.id, t.path, count(*) FROM unit_mentions m JOIN texts t ON t.id = m.text_id WHERE m.unit_id = ? "
        "GROUP BY t.id ORDER BY count(*) DESC, t.path LIMIT ?",
        [identity, MOST_TEXTS],
    )
    return UnitPage(
        unit, _one(conn, parent), _one(conn, successor), tuple(UnitRow(*row) for row in organs), tuple(names), tuple(texts)
    )  # fmt: skip


def _one(conn: sqlite3.Connection, identity: str | None) -> UnitRow | None:
    row = conn.execute(f"{_ROW} WHERE id = ?", [identity]).fetchone()
    return UnitRow(*row) if row else None
