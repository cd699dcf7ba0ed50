"""Terms of the Central Committee: party numbers begin again with each."""

from functools import cache

from extractors.tables import congresses


@cache
def _starts() -> tuple[tuple[str, str], ...]:
    return tuple(sorted((row.start, row.term) for row in congresses() if row.kind == "congress"))


def term_of(day: str) -> str | None:
    """The term of the Central Committee in which an ISO day lies; None before the first congress.

    >>> term_of("2017-10-25"), term_of("2021-10-25"), term_of("1900-01-01")
    ('XII', 'XIII', None)
    """
    return next((term for start, term in reversed(_starts()) if start <= day), None)
