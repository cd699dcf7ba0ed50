"""When two printed dates belong to one document: printed dates lie.

102-QĐ/TW of 15/11/2017 is dated 15/12/2017 in 9 of 21 mentions. A number of the State cannot come again within its
year. A party number cannot within a term of five years, but terms meet: there, and where the system is not known, dates
less than a term apart are one only if one looks like a misprint of the other, or if they lie within days.
"""

from collections.abc import Iterable
from datetime import date

TERM_DAYS = 400
"""Two acts of one party symbol lie a term of some five years apart; less than this may be a misprint."""
NAMESAKE_DAYS = 10 * 365
"""A document cited without its date is taken for the only one known up to this age; texts cite the last term often."""
SIGNING_DAYS = 10
"""Between the day printed and the day signed or made public."""


def same_issue(first: str, second: str, system: str) -> bool:
    """Whether two ISO days can be the date of one document of that system.

    >>> same_issue("2017-11-15", "2017-12-15", "party"), same_issue("2017-09-14", "2022-09-14", "party")
    (True, False)
    >>> same_issue("2021-03-01", "2021-07-05", "party"), same_issue("2021-03-05", "2021-05-03", "party")
    (False, True)
    """
    if first == second:
        return True
    if system == "state":
        return first[:4] == second[:4]
    apart = abs(days_between(first, second))
    return apart <= SIGNING_DAYS or (apart <= TERM_DAYS and _is_misprint(first, second))


def days_between(first: str, second: str) -> int:
    """Days from one ISO day to another."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def _is_misprint(first: str, second: str) -> bool:
    """Whether two days differ in one part only, or have day and month exchanged."""
    ours, theirs = first.split("-"), second.split("-")
    different = sum(one != other for one, other in zip(ours, theirs, strict=True))
    return different == 1 or (ours[0] == theirs[0] and ours[1:] == theirs[:0:-1])


def cluster_days(days: Iterable[str], system: str) -> list[list[str]]:
    """Days in order, those of one document together."""
    clusters: list[list[str]] = []
    for day in sorted(set(days)):
        fitting = [cluster for cluster in clusters if same_issue(cluster[0], day, system)]
        if fitting:
            fitting[-1].append(day)
        else:
            clusters.append([day])
    return clusters


def is_a_term_ago(issued: str, published: str) -> bool:
    """Whether a number has come again since: two congresses lie between, whenever they were.

    >>> is_a_term_ago("2003-03-17", "2024-06-05"), is_a_term_ago("2016-05-15", "2021-09-01")
    (True, False)
    """
    return days_between((issued + "-01-01")[:10], published) > NAMESAKE_DAYS


def may_cite(published: str | None, issued: str | None, once: bool = False) -> bool:
    """Whether a text of one day can mean a document of another: none of the future, and none whose number came again since.

    `once` says that the number never does. What is not known speaks against nothing.

    >>> may_cite("2018-05-05", "2017-10-25"), may_cite("2018-05-05", "2022-06-16"), may_cite("2018-05-05", "2003-03-12")
    (True, False, False)
    """
    if not published or not issued:
        return True
    day = published[:10]
    return issued <= day and (once or not is_a_term_ago(issued, day))
