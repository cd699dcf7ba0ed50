"""When two printed dates belong to one document: printed dates lie.

102-QĐ/TW of 15/11/2017 is dated 15/12/2017 in 9 of 21 mentions. A party number cannot come again within a term, nor a
number of the State within its year; a date that differs from another in one part only is a misprint of it.
"""

from collections.abc import Iterable
from datetime import date

TERM_DAYS = 400
"""Two acts of one party symbol lie a term of some five years apart; less than this is a misprint."""


def same_issue(first: str, second: str, system: str) -> bool:
    """Whether two ISO days can be the date of one document of that system.

    >>> same_issue("2017-11-15", "2017-12-15", "party"), same_issue("2017-09-14", "2022-09-14", "party")
    (True, False)
    """
    if first == second:
        return True
    if system == "state":
        return first[:4] == second[:4]
    apart = abs((date.fromisoformat(first) - date.fromisoformat(second)).days)
    return apart <= TERM_DAYS


def cluster_days(days: Iterable[str], system: str) -> list[list[str]]:
    """Days in order, those of one document together."""
    clusters: list[list[str]] = []
    for day in sorted(set(days)):
        if clusters and same_issue(clusters[-1][0], day, system):
            clusters[-1].append(day)
        else:
            clusters.append([day])
    return clusters
