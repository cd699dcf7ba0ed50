"""Finds texts that reprint one another: signatures that agree in most places, looked up by bands of them.

Two texts with `SAME` of their word fives in common meet in one band at least in 95 of 100 cases, with nine tenths in all but one of
ten thousand (1 - (1 - s^8)^16). A group is what such pairs join; its texts reprint the earliest of them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from operator import eq
from zlib import crc32

from pipeline.store.connection import LISTED, transaction

BANDS, SAME = 16, 0.8
"""Parts in which a signature is looked up; the share of places from which two texts are one."""
MOST = 500
"""Texts of one band that are compared with a text; the rest are the same many times over."""
AT_ONCE = 10_000
"""Texts whose bands are written at once, in the order in which bands lie; that takes 30 MB."""
_OWN = "SELECT group_concat(symbol_key || coalesce(issued, '')) FROM mentions WHERE text_id = texts.id AND own"


def drop_bands(conn: sqlite3.Connection, text: str) -> None:
    """Take a text out of its group by the signature that is stored, and have those that are left of it grouped anew."""
    row = conn.execute("SELECT sketch FROM texts WHERE id = ?", [text]).fetchone()
    if row is None or row[0] is None:
        return
    group = conn.execute("SELECT coalesce(reprint_of, id) FROM texts WHERE id = ?", [text]).fetchone()[0]
    conn.execute(
        "INSERT OR IGNORE INTO pending SELECT 'reprint', id FROM texts WHERE (id = :group OR reprint_of = :group) AND id <> :text",
        {"group": group, "text": text},
    )
    conn.executemany("DELETE FROM bands WHERE band = ? AND text_id = ?", ((band, text) for band in _bands(row[0])))


def group_reprints(conn: sqlite3.Connection) -> None:
    """Group the texts that were added, changed or left by others; what their mentions name is to be linked again if that changed."""
    with transaction(conn):
        pending = [text for (text,) in conn.execute("SELECT value FROM pending WHERE kind = 'reprint' ORDER BY value")]
        met = {text for at in range(0, len(pending), AT_ONCE) for text in _put_bands(conn, pending[at : at + AT_ONCE])}
        seen: set[str] = set()
        for text in pending:
            if text in seen or text not in met:
                continue
            group = _group(conn, text)
            seen |= group
            if len(group) > 1 or _stands_in_group(conn, group):
                _put_group(conn, group)
        conn.execute("DELETE FROM pending WHERE kind = 'reprint'")


def _put_bands(conn: sqlite3.Connection, texts: Sequence[str]) -> Iterator[str]:
    """Record by what texts are found; returns those that meet others there, with these, and those that stand in a group."""
    listed = json.dumps(texts)
    rows = conn.execute(f"SELECT id, sketch, reprint_of FROM texts WHERE id IN {LISTED}", [listed]).fetchall()
    bands = sorted((band, text) for text, signature, _ in rows for band in _bands(signature))
    conn.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", bands)
    shared = f"SELECT band FROM bands WHERE band IN {LISTED} GROUP BY band HAVING count(*) > 1"
    numbers = json.dumps([band for band, _ in bands])
    yield from (text for (text,) in conn.execute(f"SELECT text_id FROM bands WHERE band IN ({shared})", [numbers]))
    yield from (text for text, _, group in rows if group)


def _group(conn: sqlite3.Connection, text: str) -> set[str]:
    group, new = {text}, [text]
    while new:
        found = _like(conn, new.pop()) - group
        group |= found
        new += found
    return group


def _like(conn: sqlite3.Connection, text: str) -> set[str]:
    """Texts whose signature agrees with that of one; two documents with other numbers are never one text."""
    row = conn.execute(f"SELECT sketch, ({_OWN}) FROM texts WHERE id = ?", [text]).fetchone()
    if row is None or row[0] is None:
        return set()
    near: set[str] = set()
    for band in _bands(row[0]):
        near |= {other for (other,) in conn.execute("SELECT text_id FROM bands WHERE band = ? LIMIT ?", [band, MOST])}
    rows = conn.execute(
        f"SELECT id, sketch, ({_OWN}) FROM texts WHERE id IN {LISTED}",
        [json.dumps(sorted(near))],
    )
    signature, number = row
    return {
        other for other, theirs, own in rows if (own == number or not (own and number)) and _agree(signature, theirs)
    }


def _agree(first: bytes, second: bytes) -> bool:
    ours, theirs = memoryview(first).cast("I"), memoryview(second).cast("I")
    return bool(sum(map(eq, ours, theirs)) >= SAME * len(ours))


def _bands(signature: bytes | None) -> Iterable[int]:
    """A number for each band: its place and a digest of its part of the signature."""
    length = len(signature or b"") // BANDS
    return [
        at << 32 | crc32((signature or b"")[at * length : (at + 1) * length]) for at in range(BANDS if length else 0)
    ]


def _stands_in_group(conn: sqlite3.Connection, texts: set[str]) -> bool:
    listed = json.dumps(sorted(texts))
    query = f"SELECT 1 FROM texts WHERE reprint_of NOT NULL AND id IN {LISTED}"
    return conn.execute(query, [listed]).fetchone() is not None


def _put_group(conn: sqlite3.Connection, texts: set[str]) -> None:
    """Have all texts of a group reprint the earliest; those for which this is new are to be linked again."""
    listed = json.dumps(sorted(texts))
    first = conn.execute(
        f"SELECT id FROM texts WHERE id IN {LISTED} ORDER BY published IS NULL, published, id",
        [listed],
    ).fetchone()[0]
    changed = [
        text
        for (text,) in conn.execute(
            f"UPDATE texts SET reprint_of = nullif(?, id) WHERE id IN {LISTED} "
            "AND reprint_of IS NOT nullif(?, id) RETURNING id",
            [first, listed, first],
        )
    ]
    conn.execute(
        "INSERT OR IGNORE INTO pending SELECT DISTINCT 'key', symbol_key FROM mentions "
        f"WHERE symbol_key NOT NULL AND text_id IN {LISTED}",
        [json.dumps(changed)],
    )
