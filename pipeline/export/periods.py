"""Periods in which events are counted: months, quarters, years, terms of the Party's congresses, tens of years."""

from datetime import date, timedelta
from typing import Literal

from extractors.tables import congresses
from extractors.terms import term_of

By = Literal["month", "quarter", "year", "term", "decade"]
BYS: tuple[By, ...] = ("month", "quarter", "year", "term", "decade")
MONTHS, YEARS = 366 * 3, 366 * 80
"""Longest spans, in days, that are counted by month and by year where nobody says otherwise."""
BEFORE = "before"
"""The period before the first congress."""


def suited(first: str, last: str) -> By:
    """The period by which a span is legible.

    >>> suited("2021-01-01", "2021-12-31"), suited("1990-01-01", "2021-01-01")
    ('month', 'year')
    """
    span = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return "month" if span <= MONTHS else "year" if span <= YEARS else "decade"


def period_of(day: str, by: By) -> str:
    """The period of an ISO day.

    >>> period_of("2021-05-04", "quarter"), period_of("2021-05-04", "term"), period_of("2021-05-04", "decade")
    ('2021-Q2', 'XIII', '202')
    """
    if by == "quarter":
        return f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
    if by == "term":
        return term_of(day) or BEFORE
    return day[: {"month": 7, "year": 4, "decade": 3}[by]]


def periods(first: str, last: str, by: By) -> list[str]:
    """All periods from one day to another in order, also those in which nothing happened."""
    if by == "term":
        terms = [BEFORE, *dict.fromkeys(row.term for row in congresses())]
        start, end = (terms.index(period_of(day, by)) for day in (first, last))
        return terms[start : end + 1]
    start, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    days = (f"{month // 12:04}-{month % 12 + 1:02}-01" for month in range(start, end + 1))
    return list(dict.fromkeys(period_of(day, by) for day in days))


def first_and_last(period: str) -> tuple[str, str]:
    """The first and last year, month or day of a period, as filters take them; "" where it is open.

    >>> first_and_last("2021-05"), first_and_last("2021-Q2"), first_and_last("202")
    (('2021-05', '2021-05'), ('2021-04', '2021-06'), ('2020', '2029'))
    """
    if "-Q" in period:
        year, quarter = period.split("-Q")
        return f"{year}-{int(quarter) * 3 - 2:02}", f"{year}-{int(quarter) * 3:02}"
    if period.isalpha():
        return _term(period)
    return (f"{period}0", f"{period}9") if len(period) == len("202") else (period, period)


def _term(term: str) -> tuple[str, str]:
    starts = [(row.term, row.start) for row in congresses() if row.kind == "congress"]
    at = next((at for at, (name, _) in enumerate(starts) if name == term), -1)
    end = starts[at + 1][1] if at + 1 < len(starts) else ""
    last = (date.fromisoformat(end) - timedelta(days=1)).isoformat() if end else ""
    return (starts[at][1] if at >= 0 else ""), last


def named(period: str, say: dict[str, str]) -> str:
    """A period as people write it."""
    if period == BEFORE:
        return say["before"]
    if period.isalpha():
        return f"{say['term']} {period}"
    return f"{period}0-{period}9" if len(period) == len("202") else period
