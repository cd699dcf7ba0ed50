"""What needs a person: how many rows each check has, and the rows."""

import json
from collections.abc import Mapping, Sequence

from pipeline.query.checks import CHECKS, GAPS, check
from pipeline.web.site import Asked, NotFoundError, Values

NAMES = (
    "disputes", "contradictions", "mismatches", "impossible-dates", GAPS, "absent", "near-misses", "recognised", "pages", "failures", "missing", "notes",
    "corrections",
)  # fmt: skip
"""The checks in the order in which they are shown."""
A_PAGE = 50
LAST = 10_000


def checks(asked: Asked) -> Values:
    """Every check with the number of its rows."""
    counts = {}
    for name in NAMES:
        if name == GAPS:
            counts[name] = len(check(asked.conn, name)[1])
        else:
            counts[name] = asked.conn.execute(f"SELECT count(*) FROM ({CHECKS[name]})").fetchone()[0]
    return {"counts": counts}


def one_check(asked: Asked) -> Values:
    """The rows of a check, a page of them; ids lead to what they name."""
    name = asked.parts["name"]
    if name not in NAMES:
        raise NotFoundError("not_found")
    header, rows = check(asked.conn, name)
    number = asked.number("page", max(1, -(-len(rows) // A_PAGE)))
    shown = [dict(zip(header, row, strict=True)) for row in rows[(number - 1) * A_PAGE : number * A_PAGE]]
    texts = _texts(asked, [row.get("path") for row in shown])
    return {
        "name": name,
        "header": header,
        "rows": [(row, _place(row, texts)) for row in shown],
        "count": len(rows),
        "number": number,
        "pages": -(-len(rows) // A_PAGE),
    }


def _texts(asked: Asked, paths: Sequence[object]) -> dict[object, str]:
    """The texts of paths that only one text has."""
    rows = asked.conn.execute(
        "SELECT path, min(text_id) FROM sources WHERE text_id NOT NULL AND path IN (SELECT value FROM json_each(?)) "
        "GROUP BY path HAVING count(DISTINCT text_id) = 1",
        [json.dumps(paths)],
    )
    return {row[0]: row[1] for row in rows}


def _place(row: Mapping[str, object], texts: Mapping[object, str]) -> str | None:
    """The address of what a row's path names, at the character that it names."""
    text = texts.get(row.get("path"))
    at = f"?at={row['start']}#here" if "start" in row else ""
    return f"/t/{text}{at}" if text else None
