"""What needs a person: how many rows each check has, and the rows."""

from pipeline.query.checks import CHECKS, GAPS, check
from pipeline.web.site import Asked, NotFoundError, Values

NAMES = (
    "disputes", "contradictions", "mismatches", "impossible-dates", GAPS, "absent", "near-misses", "recognised", "pages", "failures", "missing", "notes",
    "corrections",
)  # fmt: skip
"""The checks in the order in which they are shown."""
A_PAGE = 100
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
    shown = [list(zip(header, row, strict=True)) for row in rows[(number - 1) * A_PAGE : number * A_PAGE]]
    return {
        "name": name,
        "header": header,
        "rows": shown,
        "count": len(rows),
        "number": number,
        "pages": -(-len(rows) // A_PAGE),
    }
