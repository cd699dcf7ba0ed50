"""What every export says of itself: the program, the database, what was asked and how much was found; a time only if one is given."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from pipeline.clock import as_text, given_time
from pipeline.export.letters import clean
from pipeline.version import VERSION

_CONTENT = (
    "SELECT sha256, version FROM texts ORDER BY sha256",
    "SELECT text_id, document_id, family, action, quote, context, field, value FROM corrections ORDER BY 1, 2, 3, 4, 5, 6, 7, 8",
    "SELECT origin, count(*), group_concat(document_id) FROM (SELECT * FROM known_documents ORDER BY origin, document_id) GROUP BY origin ORDER BY origin",
)
"""What a database is made from; the rest follows from it and the rules."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an export comes from.

    `database` is a digest that is the same for the same texts, rules and corrections; `filters` what was
    asked; `counts` how many rows of each kind it holds; `generated` the time that SOURCE_DATE_EPOCH gives, else None.
    """

    program: str
    database: str
    filters: Mapping[str, str]
    counts: Mapping[str, int]
    generated: str | None

    def told(self) -> dict[str, object]:
        """As a JSON object, without what is not known."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def rows(self) -> list[tuple[str, str]]:
        """As rows of names and values, for tables; filters and counts are JSON."""
        return [
            (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for name, value in self.told().items()
        ]

    def line(self) -> str:
        """In one line, for formats that have no place for more.

        >>> Provenance("sohieu 0.1.0", "sha256:ab", {"type": "luật"}, {"events": 2}, None).line()
        'sohieu 0.1.0; database sha256:ab; type: luật; events: 2'
        """
        said = [self.program, f"database {self.database}"]
        said += [f"{name}: {value}" for name, value in [*self.filters.items(), *self.counts.items()]]
        line = "; ".join([*said, *([f"generated {self.generated}"] if self.generated else [])])
        return clean(" ".join(line.split()))


def provenance(conn: sqlite3.Connection, filters: Mapping[str, str | None], counts: Mapping[str, int]) -> Provenance:
    """What an export of these filters and counts says of itself; empty filters are left out."""
    given = {name: value for name, value in filters.items() if value}
    return Provenance(f"sohieu {VERSION}", fingerprint(conn), given, dict(counts), _generated())


def fingerprint(conn: sqlite3.Connection) -> str:
    """A digest of what a database is made from: the same texts, rules and corrections give the same, in any order of arrival."""
    digest = sha256(str(conn.execute("PRAGMA user_version").fetchone()[0]).encode())
    for query in _CONTENT:
        for row in conn.execute(query):
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return f"sha256:{digest.hexdigest()[:16]}"


def _generated() -> str | None:
    moment = given_time()
    return as_text(moment) if moment else None
