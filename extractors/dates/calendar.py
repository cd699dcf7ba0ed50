"""Values of dates: EDTF strings (ISO 8601-2) of days, months, years, intervals, quarters and decades."""

from calendar import monthrange
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Years that texts of this field speak of: from the history of the country to plans for 2100."""
MONTHS = 12
YEAR_DIGITS = 4
PRINTED_YEARS = range(1930, 2036)
"""Years that a misprinted year of issue may have meant: from the founding of the Party on."""


class Moment(NamedTuple):
    """A year, month or day; None where it is not printed."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @property
    def exists(self) -> bool:
        """Whether the calendar has it; 29 February exists in a year that is not printed."""
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            return False
        if self.month is None:
            return True
        if not 1 <= self.month <= MONTHS:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year or 2000, self.month)[1]

    def edtf(self) -> str:
        """The moment in EDTF.

        >>> Moment(2017, 9, 14).edtf(), Moment(None, 8, 6).edtf(), Moment(2021, quarter=3).edtf()
        ('2017-09-14', 'XXXX-08-06', '2021-35')
        """
        year = "XXXX" if self.year is None else f"{self.year:04}"
        if self.quarter:
            return f"{year}-{32 + self.quarter}"
        return year + "".join(f"-{part:02}" for part in (self.month, self.day) if part is not None)

    def key(self) -> tuple[int, int]:
        """Month and day, for telling which of two comes first in a year."""
        return (self.month or 0, self.day or 0)


def interval(first: Moment, last: Moment) -> str | None:
    """The EDTF interval from `first` to `last`; None if one does not exist or they stand in the wrong order.

    A year printed only at the end holds for both; so does a month, but "từ 28 đến 3/7" begins in the month before.

    >>> interval(Moment(None, 4, 30), Moment(2021, 5, 1))
    '2021-04-30/2021-05-01'
    """
    first = _completed(first, last)
    if not (first.exists and last.exists):
        return None
    if first.year is not None and last.year is not None and first.year > last.year:
        return None
    return f"{first.edtf()}/{last.edtf()}"


def _completed(first: Moment, last: Moment) -> Moment:
    if first.month is None and first.day is not None and last.month is not None:
        before = last.day is not None and first.day > last.day
        first = first._replace(month=(last.month - 2) % MONTHS + 1 if before else last.month)
    if first.year is None and last.year is not None:
        return first._replace(year=last.year - (first.key() > last.key()))
    return first


def suggest_day(day: int, month: int, year: str) -> str | None:
    """What an impossible day may have meant, as EDTF: one day, or "[one,of]" a set; None if nothing is near.

    A year with one digit too many loses one; a month above 12 changes place with the day.

    >>> suggest_day(19, 5, "20218")
    '[2018-05-19,2021-05-19,2028-05-19]'
    >>> suggest_day(5, 19, "2018")
    '2018-05-19'
    """
    years = {int(year)} if len(year) == YEAR_DIGITS else {int(year[:at] + year[at + 1 :]) for at in range(len(year))}
    days = [Moment(y, month, day) for y in years] + [Moment(y, day, month) for y in years if month > MONTHS]
    found = sorted(m.edtf() for m in days if m.year in PRINTED_YEARS and m.exists)
    return f"[{','.join(found)}]" if len(found) > 1 else next(iter(found), None)
