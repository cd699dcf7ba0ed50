"""What each shape of a date says: from its parts and the words around it to a moment or a period."""

import re
from collections.abc import Callable, Sequence

from extractors.dates.bare import BARE_YEARS, LOOK_BACK, is_bare_year, is_cited, is_cued, is_enclosed, numbers_passage
from extractors.dates.calendar import FIRST_YEAR, LAST_YEAR, MONTHS, YEAR_DIGITS, Moment, interval, suggest_day
from extractors.dates.feasts import is_feast, is_next
from extractors.dates.grammar import MONTH_WORDS, not_years
from extractors.dates.joining import Hit
from extractors.figures.nouns import begins_counted_noun

DURATION = re.compile(r"(?<![\w.,/\-])(\d{1,2})\s$")
"""A count of years, at the end of a slice that "năm" follows."""
TIMES_OF_DAY = ("sáng ", "trưa ", "chiều ", "tối ", "đêm ")
"""Words that only a day follows."""
HALF_A_MONTH = 15
"""Days by which "ngày 30 - 02/7" tells that it begins in the month before; "10 và 09/5" tells nothing."""
TERM = 5
"""Years of a term of office."""
_FURTHER = re.compile(r" ?\d")
_UNTIL_NOW = re.compile(r" ?- ?nay(?!\w)")
"""Behind the month since which somebody holds an office."""
Parts = Sequence[str | None]
Reader = Callable[[str, int, Hit, Parts, Hit | None], Hit | None]


def number(part: str | None) -> int | None:
    """A number in digits, or that of a month in words; None if it is not there."""
    return None if part is None else MONTH_WORDS.get(part) or int(part)


def single(hit: Hit, moment: Moment) -> Hit:
    """An expression that says one moment; without a value if there is no such day."""
    return hit._replace(first=moment, value=moment.edtf() if moment.exists else None)


def decade(hit: Hit, year: int) -> Hit:
    """An expression that says the ten years from `year`."""
    return hit._replace(first=Moment(year), value=f"{year // 10}X")


def _range(hit: Hit, first: Moment, last: Moment) -> Hit:
    return hit._replace(first=first, last=last, value=interval(first, last))


def _months_of_year(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    count, year = int(parts[0] or 0), int(parts[2] or 0)
    on_a_day = hit.head in ("day", "weekday") or lower.endswith((*TIMES_OF_DAY, "sinh "), 0, at)
    if on_a_day and not parts[1]:
        return single(hit, Moment(year, MONTH_WORDS["năm"], count))
    if not 1 <= count <= MONTHS:
        return None
    return _part_of_year(hit._replace(start=at), count, parts[1] or "đầu", year)


def _part_of_year(hit: Hit, count: int, part: str, year: int) -> Hit:
    """Months from the beginning ("đầu") of a year, or up to its end."""
    first, last = (1, count) if part == "đầu" else (MONTHS + 1 - count, MONTHS)
    return _range(hit._replace(head="month"), Moment(year, first), Moment(year, last))


def _spelled_day(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, until, month = number(parts[0]), number(parts[1]), number(parts[2])
    year = number(parts[3] or parts[4])
    if hit.head not in ("day", "weekday") and year is None and not is_cued(lower, at):
        return None
    if until:
        return _since(lower, _range(hit, Moment(None, None, day), Moment(year, month, until)))
    return single(hit, Moment(year, month, day))


def _day_to_day(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, until, month, year = map(number, parts)
    found = _range(hit, Moment(None, None, day), Moment(year, month, until))
    if not found.value or (hit.head != "day" and not lower.endswith("từ ", 0, at)):
        return None
    if not year and begins_counted_noun(lower, hit.end):
        return None
    return _since(lower, found)


def _since(lower: str, hit: Hit) -> Hit:
    """Days with the "từ" before them."""
    return hit._replace(start=hit.start - len("từ ")) if lower.endswith("từ ", 0, hit.start) else hit


def _day_range(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, month, until, last_month, year = map(number, parts)
    found = _range(hit, Moment(None, month, day), Moment(year, last_month, until))
    return found if found.value and (year or hit.head or is_cued(lower, at)) else None


def _days_of_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, until, month, year = map(number, parts)
    found = _range(hit, Moment(None, None, day), Moment(year, month, until))
    known = year or hit.head == "day" or is_cued(lower, at)
    gap = (until or 0) - (day or 0)
    return found if found.value and known and (gap > 0 or (hit.head == "day" and gap < -HALF_A_MONTH)) else None


def _day(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, month, year = int(parts[0] or 0), int(parts[1] or 0), parts[2] or ""
    found = single(hit, Moment(int(year), month, day))
    return found if found.value else found._replace(suggestion=suggest_day(day, month, year))


def _months(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    first, last, year = map(number, parts)
    if hit.head == "day":
        return single(hit, Moment(year, last, first))
    return _range(hit, Moment(None, first), Moment(year, last)) if hit.head == "month" else None


def _month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    found = single(hit, Moment(number(parts[1]), number(parts[0])))
    if hit.head == "month":
        return found
    listed = before is not None and before.first.month and lower[before.end : at] in (" và ", ", ", ",")
    apart = found.first.year in BARE_YEARS and (listed or _stands_alone(lower, at, hit))
    return found if found.value and (apart or is_cued(lower, at)) else None


def _stands_alone(lower: str, at: int, hit: Hit) -> bool:
    lasting = " " not in lower[at : hit.end] and _UNTIL_NOW.match(lower, hit.end) is not None
    return lasting or is_enclosed(lower, at, hit.end)


def _month_to_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    """ "7/1998 - 9/2007", "4/1950-1951"."""
    month, year, last_month, last_year = map(number, parts)
    return _months_apart(lower, at, hit, (Moment(year, month), Moment(last_year, last_month)))


def _year_to_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    """ "1959-3/1961"."""
    year, last_month, last_year = map(number, parts)
    return _months_apart(lower, at, hit, (Moment(year), Moment(last_year, last_month)))


def _months_apart(lower: str, at: int, hit: Hit, ends: tuple[Moment, Moment]) -> Hit | None:
    found = _range(hit, *ends)
    known = all(end.year in BARE_YEARS for end in ends) and not is_cited(lower, at)
    return _since(lower, found) if found.value and known else None


def _spelled_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    if hit.head != "month":
        return None
    first, last, year = map(number, parts)
    return _range(hit, Moment(None, first), Moment(year, last)) if last else single(hit, Moment(year, first))


def _years(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    found = _range(hit, Moment(number(parts[0])), Moment(number(parts[1])))
    spaced = lower[at + YEAR_DIGITS : hit.end - YEAR_DIGITS] == " "
    if spaced and (begins_counted_noun(lower, hit.end) or not _is_term(lower, at, found)):
        return _year(lower, at, hit._replace(end=at + YEAR_DIGITS), parts[:1], before)
    if not found.value:
        return None
    return found._replace(start=at, head="") if hit.head == "year" and _lasts(lower, hit.start, found) else found


def _is_term(lower: str, at: int, hit: Hit) -> bool:
    """Whether two years that lost their dash are those of a term: "nhiệm kỳ 2025 2030"; a row of numbers is none."""
    years = (hit.last.year or 0) - (hit.first.year or 0) if hit.last else 0
    in_row = lower[max(0, at - 2) : at].strip().isdigit() or _FURTHER.match(lower, hit.end)
    if in_row or (not hit.head and not_years().search(lower, max(0, at - LOOK_BACK), at)):
        return False
    return years == TERM or (hit.head == "period" and 0 < years < 2 * TERM)


def _lasts(lower: str, start: int, hit: Hit) -> bool:
    """Whether the "năm" before two years ends a duration that they span: "kế hoạch 5 năm 2021-2025"."""
    count = DURATION.search(lower, max(0, start - LOOK_BACK), start)
    if count is None or hit.last is None or not (hit.first.year and hit.last.year):
        return False
    return hit.last.year - hit.first.year in (int(count[1]) - 1, int(count[1]))


def _day_of_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    found = single(hit, Moment(None, number(parts[1]), number(parts[0])))
    listed = before is not None and is_next(before.value, lower[before.end : at])
    sure = hit.head in ("day", "weekday") or lower[max(0, at - LOOK_BACK) : at].endswith(TIMES_OF_DAY)
    known = listed or is_cued(lower, at) or is_feast(found.first, lower, at)
    known = known and not numbers_passage(lower, at, hit.end)
    counted = begins_counted_noun(lower, hit.end)
    each = counted and lower.endswith(("mỗi ", "hằng ", "hàng "), 0, hit.start)
    return found if found.value and ((sure and not each) or (known and not counted)) else None


def _year(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    year = int(parts[0] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if hit.head in ("named_month", "months"):
        return _worded(hit, lower[hit.start : at].removesuffix(" năm "), year)
    if hit.head == "decade":
        return decade(hit, year) if year % 10 == 0 else _one_of(lower, hit, at, year)
    if hit.head == "about":
        return hit._replace(first=Moment(year), value=f"{year}~")
    if hit.head in ("year", "period") or is_bare_year(lower, at, hit.end, before):
        return single(hit._replace(start=hit.start if hit.head in ("year", "period") else at), Moment(year))
    return None


def _one_of(lower: str, hit: Hit, at: int, year: int) -> Hit | None:
    """ "những năm 1926": a year, though it is called many."""
    start = lower.rfind("năm ", hit.start, at)
    return single(hit._replace(start=start, head="year"), Moment(year)) if start >= 0 else None


def _worded(hit: Hit, words: str, year: int) -> Hit:
    """ "tháng giêng" or "sáu tháng đầu" before a year."""
    if hit.head == "months":
        count, part = words.split(" tháng ")
        return _part_of_year(hit, MONTH_WORDS[count], part, year)
    return single(hit, Moment(year, MONTH_WORDS[words.strip(", ").removeprefix("tháng ")]))


def _bare_number(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    if hit.head != "month" or begins_counted_noun(lower, hit.end):
        return None
    found = single(hit, Moment(None, number(parts[0])))
    return found if found.value else None


READERS: dict[str, Reader] = {
    "months_of_year": _months_of_year,
    "spelled_day": _spelled_day,
    "iso_day": lambda lower, at, hit, parts, before: _day(lower, at, hit, parts[::-1], before),
    "day_to_day": _day_to_day,
    "day_until": _day_to_day,
    "since_day": _day_to_day,
    "day_range": _day_range,
    "days_of_month": _days_of_month,
    "listed_days": _days_of_month,
    "day": _day,
    "month_to_month": _month_to_month,
    "year_to_month": _year_to_month,
    "months": _months,
    "month": _month,
    "spelled_month": _spelled_month,
    "years": _years,
    "day_of_month": _day_of_month,
    "year": _year,
    "number": _bare_number,
}
