"""The first page: one box, what was issued last, what is cited most."""

from pipeline.query.matching import COLUMNS, rows_of
from pipeline.query.matching import DocumentRow as Row
from pipeline.query.totals import totals
from pipeline.web.site import Asked, Values

FEW = 8
"""Documents of each list."""


def home(asked: Asked) -> Values:
    """The latest documents that texts name, the most cited ones, and how much there is."""
    latest = asked.conn.execute(
        f"SELECT {COLUMNS} FROM documents WHERE issued NOT NULL AND mentions > 0 ORDER BY issued DESC, key, id LIMIT ?",
        [FEW],
    )
    first = asked.conn.execute("SELECT id FROM documents_fts ORDER BY rowid LIMIT ?", [FEW])
    cited = [row for row in rows_of(asked.conn, [row[0] for row in first]) if row.mentions]
    return {"latest": [Row(*row) for row in latest], "cited": cited, "totals": dict(totals(asked.conn))}
