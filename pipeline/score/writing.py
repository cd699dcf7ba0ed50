"""Corrected texts as gold annotations: what stands in the database for them, quoted as `read_gold` reads it.

Only the mentions that were corrected have been seen by a person; a text is gold when its others have been too.
"""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from pipeline.writing import make_folder, write_whole

_MENTIONS = "form, doc_type, number, symbol, issued, issuer, title, provision, target"
_FAMILIES = {
    "references": f"SELECT start, end, {_MENTIONS} FROM mentions WHERE text_id = ? ORDER BY start, end",
    "dates": "SELECT start, end, edtf FROM dates WHERE text_id = ? ORDER BY start, end",
    "units": (
        "SELECT m.start, m.end, u.unit_type, u.name FROM unit_mentions m JOIN units u ON u.id = m.unit_id "
        "WHERE text_id = ? ORDER BY m.start, m.end"
    ),
    "figures": 'SELECT start, end, value, "of", unit, comparator FROM figures WHERE text_id = ? ORDER BY start, end',
}
_NUMBERS = ("value", "of")


def write_gold(conn: sqlite3.Connection, folder: Path) -> list[str]:
    """Write the texts that have corrections to `folder`, as NAME.txt and NAME.json; returns their names."""
    make_folder(folder)
    texts = conn.execute(
        "SELECT id, kind, url, province, published, text FROM texts WHERE id IN (SELECT text_id FROM corrections) ORDER BY id"
    ).fetchall()
    for name, kind, url, province, published, text in texts:
        record = {"id": name, "url": url, "kind": kind, "province": province, "published": published}
        found = {family: _annotations(conn, query, name, text) for family, query in _FAMILIES.items()}
        write_whole(folder / f"{name}.txt", text)
        write_whole(folder / f"{name}.json", json.dumps(record | found, ensure_ascii=False, indent=1) + "\n")
    return [row[0] for row in texts]


def _annotations(conn: sqlite3.Connection, query: str, identity: str, text: str) -> list[dict[str, object]]:
    cursor = conn.execute(query, [identity])
    names = [column[0] for column in cursor.description[2:]]
    return [quoted(text, start, end, dict(zip(names, values, strict=True))) for start, end, *values in cursor]


def quoted(text: str, start: int, end: int, fields: Mapping[str, object]) -> dict[str, object]:
    """An annotation of `text[start:end]` in the gold format; fields that are None are left out."""
    surface = text[start:end]
    nth, at = 0, -1
    while at < start:
        at, nth = text.find(surface, at + 1), nth + 1
    given = {name: _number(value) if name in _NUMBERS else value for name, value in fields.items() if value is not None}
    return {"surface": surface, "nth": nth, **given}


def _number(value: object) -> object:
    return float(str(value)) if "." in str(value) else int(str(value))
