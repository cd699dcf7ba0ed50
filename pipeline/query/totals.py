"""How much the database holds."""

import sqlite3

COUNTED = {
    "texts": "texts",
    "sentences": "segments",
    "documents": "documents WHERE mentions > 0 OR held NOT NULL",
    "documents known without a text": "documents WHERE mentions = 0 AND held IS NULL",
    "documents held as texts": "documents WHERE held NOT NULL",
    "references": "mentions",
    "references linked": "mentions WHERE status IN ('linked', 'founded')",
    "references ambiguous": "mentions WHERE status = 'ambiguous'",
    "references unresolved": "mentions WHERE status = 'unresolved'",
    "dates": "dates",
    "units": "units",
    "mentions of units": "unit_mentions",
    "figures": "figures",
    "failures": "failures",
}
"""What is counted, with where."""


def totals(conn: sqlite3.Connection) -> dict[str, int]:
    """Counts by name, in the order of `COUNTED`."""
    return {name: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in COUNTED.items()}
