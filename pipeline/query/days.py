"""The first and the last day that a date of EDTF may mean, so that nothing is drawn on a day that no text names."""

import re
from calendar import monthrange
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")
Bounds = tuple[date, date]


def bounds(edtf: str) -> Bounds | None:
    """First and last day of a date, a month, a year, an interval or a set; None if it is open or says no year.

    >>> bounds("2021-02"), bounds("2020-10-15/2021")
    ((datetime.date(2021, 2, 1), datetime.date(2021, 2, 28)), (datetime.date(2020, 10, 15), datetime.date(2021, 12, 31)))
    """
    parts = [_one(part) for part in re.split(r"/|,|\.\.", edtf.strip("[]{}"))]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def _one(said: str) -> Bounds | None:
    found = _DATE.fullmatch(said.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
        return first, first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None


def is_day(edtf: str) -> bool:
    """Whether a date is one day and sure.

    >>> is_day("2021-02-03"), is_day("2021-02"), is_day("2021-02-03~")
    (True, False, False)
    """
    found = bounds(edtf)
    return found is not None and found[0] == found[1] and edtf[-1].isdigit()
