"""Documents that are known without any text: the bundled table and tables of users.

A row says how sure it is. Rows that are verified settle the day of a document; weak, disputed and unverified ones only say that
there is one.
"""

from dataclasses import dataclass
from functools import cache

from extractors.tables import congresses

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


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    starts = [(row.start, row.term) for row in congresses() if row.kind == "congress"]
    return tuple(sorted(starts))


def term_of(day: str) -> str | None:
    """The term of the Central Committee in which an ISO day lies; None before the first congress.

    >>> term_of("2017-10-25"), term_of("2021-10-25"), term_of("1900-01-01")
    ('XII', 'XIII', None)
    """
    return next((term for start, term in reversed(_terms()) if start <= day), None)
