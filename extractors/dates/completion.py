"""Years of days that print none: "ngày 6/8" in a text of 10 August 2021 is 6 August 2021.

The year is the one that brings the day nearest to the day of the text: news speaks of last week and of next month, so
that "25/12" in a text of 5 January belongs to the year before. The value as printed stays as it is.
"""

import re
from collections.abc import Iterable
from datetime import date

from extractors.models import DateMention

UNKNOWN_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")


def complete(mentions: Iterable[DateMention], published: str | None) -> tuple[DateMention, ...]:
    """The mentions, `completed` filled in where a year is missing; `published` is the ISO day of their text.

    >>> from extractors.dates import find_dates
    >>> [day.completed for day in complete(find_dates("sáng 25/12").items, "2022-01-05")]
    ['2021-12-25']
    """
    day = _day(published)
    return tuple(mention if day is None else _with_year(mention, day) for mention in mentions)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _with_year(mention: DateMention, day: date) -> DateMention:
    first = UNKNOWN_YEAR.search(mention.edtf or "")
    if first is None or not mention.edtf:
        return mention
    year = nearest_year(int(first[1]), int(first[2] or 15), day)
    if year is None:
        return mention
    start, *rest = (part.replace("XXXX", str(year)) for part in mention.edtf.split("/"))
    ends = [end if end >= start else end.replace(str(year), str(year + 1), 1) for end in rest]
    return mention.model_copy(update={"completed": "/".join([start, *ends])})


def nearest_year(month: int, day_of_month: int, day: date) -> int | None:
    """The year that brings a day nearest to `day`, the earlier of two; None for a 29 February far from a leap year.

    >>> nearest_year(1, 3, date(2021, 12, 20))
    2022
    """
    distances = {}
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            distances[year] = abs((date(year, month, day_of_month) - day).days)
        except ValueError:
            continue
    return min(distances, key=lambda year: (distances[year], year)) if distances else None
