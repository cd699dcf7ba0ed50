"""Documents that are known without any text: the bundled table and tables of users.

A row says how sure it is. Rows that are verified settle the day of a document; weak, disputed and unverified ones only say that
there is one.
"""

from dataclasses import dataclass

SURE = "verified"
"""The status of rows whose date outweighs what texts print."""


@dataclass(frozen=True, slots=True)
class Known:
    """A known document; `place` is "" for the whole country, `weight` says how often it is cited."""

    key: str
    symbol: str
    number: str | None
    doc_type: str | None
    issuer: str | None
    place: str
    issued: str
    term: str | None
    plenum: str | None
    title: str | None
    status: str
    weight: int
    source: str
