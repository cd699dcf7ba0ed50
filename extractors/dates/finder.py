"""Reads dates out of a text: first single expressions, then the ends of "từ … đến …" are joined."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from extractors.dates.calendar import FIRST_YEAR, LAST_YEAR, MONTHS, Moment, interval, suggest_day
from extractors.dates.feasts import is_feast, is_next
from extractors.dates.grammar import (
    CENTURIES,
    CENTURY,
    DAY_WORDS,
    MONTH_WORDS,
    QUARTERS,
    SHAPES,
    STARTS,
    atoms,
    cues,
    decades,
    heads,
    not_years,
    quarters,
    worded_days,
)
from extractors.dates.joining import Hit, join_ends
from extractors.figures.nouns import begins_counted_noun
from extractors.models import DateMention, Found, NearMiss
from extractors.tables import doc_types
from extractors.view import View, squeezed, view

LOOK_BACK = 27
"""Longest head before a date, in characters ("thứ sáu, ngày ", "(chương trình ")."""
DURATION = re.compile(r"(?<![\w.,/\-])(\d{1,2})\s$")
"""A count of years, at the end of a slice that "năm" follows."""
BARE_YEARS = range(1900, 2061)
"""Four digits that are taken for a year without the word "năm"."""


def find_dates(text: str | View) -> Found[DateMention]:
    """All calendar expressions of a text, in order, and the numbers that were refused.

    >>> [(d.surface, d.edtf) for d in find_dates("Quy định số 682-QĐ/TU, ngày 14/9/2017").items]
    [('ngày 14/9/2017', '2017-09-14')]
    """
    seen = squeezed(view(text))
    near: list[NearMiss] = []
    hits = list(join_ends(seen.lower, list(_apart(_all_hits(seen, near)))))
    return Found([_mention(seen, hit) for hit in hits], near)


def _mention(seen: View, hit: Hit) -> DateMention:
    span = seen.start(hit.start), seen.end(hit.end)
    flags = () if hit.value else ("impossible_date",)
    return DateMention.cut(seen.text, *span, edtf=hit.value, flags=flags, suggestion=hit.suggestion)


def _all_hits(seen: View, near: list[NearMiss]) -> Iterator[Hit]:
    before: Hit | None = None
    at, lower, read = 0, seen.lower, atoms().match
    while start := STARTS.search(lower, at):
        match = read(lower, start.start())
        hit = _read(lower, match, before) if match else None
        if hit is not None and hit.value is None and not hit.head:
            near.append(_refused(seen, hit))
            hit = None
        at = hit.end if hit else start.end()
        if hit:
            yield (before := hit)
    for match in quarters().finditer(lower):
        quarter = Moment(int(match[2] or match[3]), quarter=QUARTERS[match[1]])
        yield _single(Hit(match.start(), match.end(), "quý", quarter), quarter)
    for match in decades().finditer(lower) if CENTURY in lower else ():
        yield _decade(Hit(match.start(), match.end(), "decade", Moment()), int(f"{CENTURIES[match[2]]}{match[1]}0"))
    for match in worded_days().finditer(lower):
        moment = Moment(_number(match[3]), _number(match[2]), DAY_WORDS[match[1]])
        yield _single(Hit(match.start(), match.end(), "day", moment), moment)


def _apart(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Hits in order; one that lies in another ("quý III/2021") is left out."""
    end = 0
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if hit.start >= end:
            yield hit
            end = hit.end


def _refused(seen: View, hit: Hit) -> NearMiss:
    reason = "no such day, and no word says that it is one"
    return NearMiss.cut(seen.text, seen.start(hit.start), seen.end(hit.end), family="dates", reason=reason)


def _read(lower: str, match: re.Match[str], before: Hit | None) -> Hit | None:
    shape = match.lastgroup or ""
    parts = match.group(0, *_groups(shape))[1:]
    head = heads().search(lower, max(0, match.start() - LOOK_BACK), match.start())
    kind = (head.lastgroup or "") if head else ""
    hit = Hit(head.start() if head else match.start(), match.end(), kind, Moment())
    return _READERS[shape](lower, match.start(), hit, parts, before)


@cache
def _groups(shape: str) -> range:
    """The groups of the parts of a shape, which stand behind the group of its name."""
    first = atoms().groupindex[shape] + 1
    return range(first, first + re.compile(SHAPES[shape]).groups)


Parts = Sequence[str | None]
Reader = Callable[[str, int, Hit, Parts, Hit | None], Hit | None]


def _number(part: str | None) -> int | None:
    return None if part is None else MONTH_WORDS.get(part) or int(part)


def _single(hit: Hit, moment: Moment) -> Hit:
    return hit._replace(first=moment, value=moment.edtf() if moment.exists else None)


def _decade(hit: Hit, year: int) -> Hit:
    return hit._replace(first=Moment(year), value=f"{year // 10}X")


def _range(hit: Hit, first: Moment, last: Moment) -> Hit:
    return hit._replace(first=first, last=last, value=interval(first, last))


def _months_of_year(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    count, year = int(parts[0] or 0), int(parts[2] or 0)
    if not 1 <= count <= MONTHS:
        return None
    return _part_of_year(hit._replace(start=at), count, parts[1] or "", year)


def _part_of_year(hit: Hit, count: int, part: str, year: int) -> Hit:
    """Months from the beginning ("đầu") of a year, or up to its end."""
    first, last = (1, count) if part == "đầu" else (MONTHS + 1 - count, MONTHS)
    return _range(hit._replace(head="month"), Moment(year, first), Moment(year, last))


def _spelled_day(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, until, month = _number(parts[0]), _number(parts[1]), _number(parts[2])
    year = _number(parts[3] or parts[4])
    if hit.head not in ("day", "weekday") and year is None and not _is_cued(lower, at):
        return None
    if until:
        return _since(lower, _range(hit, Moment(None, None, day), Moment(year, month, until)))
    return _single(hit, Moment(year, month, day))


def _day_to_day(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, until, month, year = map(_number, parts)
    found = _range(hit, Moment(None, None, day), Moment(year, month, until))
    if not found.value or (hit.head != "day" and not lower.endswith("từ ", 0, at)):
        return None
    return _since(lower, found)


def _since(lower: str, hit: Hit) -> Hit:
    """Days with the "từ" before them."""
    return hit._replace(start=hit.start - len("từ ")) if lower.endswith("từ ", 0, hit.start) else hit


def _day_range(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, month, until, last_month, year = map(_number, parts)
    found = _range(hit, Moment(None, month, day), Moment(year, last_month, until))
    return found if found.value and (year or hit.head or _is_cued(lower, at)) else None


def _days_of_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, until, month, year = map(_number, parts)
    found = _range(hit, Moment(None, None, day), Moment(year, month, until))
    return found if found.value and (year or hit.head == "day" or _is_cued(lower, at)) else None


def _day(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    day, month, year = int(parts[0] or 0), int(parts[1] or 0), parts[2] or ""
    found = _single(hit, Moment(int(year), month, day))
    return found if found.value else found._replace(suggestion=suggest_day(day, month, year))


def _months(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    first, last, year = map(_number, parts)
    if hit.head == "day":
        return _single(hit, Moment(year, last, first))
    return _range(hit, Moment(None, first), Moment(year, last)) if hit.head == "month" else None


def _month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    found = _single(hit, Moment(_number(parts[1]), _number(parts[0])))
    return found if hit.head == "month" or (found.value and _is_cued(lower, at)) else None


def _spelled_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    if hit.head != "month":
        return None
    first, last, year = map(_number, parts)
    return _range(hit, Moment(None, first), Moment(year, last)) if last else _single(hit, Moment(year, first))


def _years(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    found = _range(hit, Moment(_number(parts[0])), Moment(_number(parts[1])))
    if not found.value:
        return None
    return found._replace(start=at, head="") if hit.head == "year" and _lasts(lower, hit.start, found) else found


def _lasts(lower: str, start: int, hit: Hit) -> bool:
    """Whether the "năm" before two years ends a duration that they span: "kế hoạch 5 năm 2021-2025"."""
    count = DURATION.search(lower, max(0, start - LOOK_BACK), start)
    if count is None or hit.last is None or not (hit.first.year and hit.last.year):
        return False
    return hit.last.year - hit.first.year in (int(count[1]) - 1, int(count[1]))


def _day_of_month(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    found = _single(hit, Moment(None, _number(parts[1]), _number(parts[0])))
    listed = before is not None and is_next(before.value, lower[before.end : at])
    known = hit.head in ("day", "weekday") or listed or _is_cued(lower, at) or is_feast(found.first, lower, at)
    return found if found.value and known and not begins_counted_noun(lower, hit.end) else None


def _year(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    year = int(parts[0] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if hit.head in ("named_month", "months"):
        return _worded(hit, lower[hit.start : at].removesuffix(" năm "), year)
    if hit.head == "decade":
        return _decade(hit, year) if year % 10 == 0 else None
    if hit.head == "about":
        return hit._replace(first=Moment(year), value=f"{year}~")
    if hit.head in ("year", "period") or _is_bare_year(lower, at, hit.end, before):
        return _single(hit._replace(start=hit.start if hit.head in ("year", "period") else at), Moment(year))
    return None


def _worded(hit: Hit, words: str, year: int) -> Hit:
    """ "tháng giêng" or "sáu tháng đầu" before a year."""
    if hit.head == "months":
        count, part = words.split(" tháng ")
        return _part_of_year(hit, MONTH_WORDS[count], part, year)
    return _single(hit, Moment(year, MONTH_WORDS[words.strip(", ").removeprefix("tháng ")]))


def _bare_number(lower: str, at: int, hit: Hit, parts: Parts, before: Hit | None) -> Hit | None:
    if hit.head != "month" or begins_counted_noun(lower, hit.end):
        return None
    found = _single(hit, Moment(None, _number(parts[0])))
    return found if found.value else None


_READERS: dict[str, Reader] = {
    "months_of_year": _months_of_year,
    "spelled_day": _spelled_day,
    "iso_day": lambda lower, at, hit, parts, before: _day(lower, at, hit, parts[::-1], before),
    "day_to_day": _day_to_day,
    "day_until": _day_to_day,
    "since_day": _day_to_day,
    "day_range": _day_range,
    "days_of_month": _days_of_month,
    "day": _day,
    "months": _months,
    "month": _month,
    "spelled_month": _spelled_month,
    "years": _years,
    "day_of_month": _day_of_month,
    "year": _year,
    "number": _bare_number,
}


def _is_cued(lower: str, at: int) -> bool:
    return cues().search(lower, max(0, at - LOOK_BACK), at) is not None


def _is_bare_year(lower: str, at: int, end: int, before: Hit | None) -> bool:
    """Whether four digits without "năm" are a year: not counted, not a number, not the number of a document."""
    if begins_counted_noun(lower, end):
        return False
    if before is not None and before.first.year and _goes_on(lower, before, at):
        return True
    context = lower[max(0, at - LOOK_BACK) : at]
    cited = context.rstrip().endswith(_numbered_types())
    return int(lower[at:end]) in BARE_YEARS and not cited and not not_years().search(context)


def _goes_on(lower: str, before: Hit, at: int) -> bool:
    """Whether a year stands in a list with the one before it, or ends what that begins."""
    between = lower[before.end : at]
    return between in (", ", " và ", ",") or (
        between in (" đến ", " tới ") and lower.endswith("từ ", 0, before.start) and not before.first.month
    )


@cache
def _numbered_types() -> tuple[str, ...]:
    return tuple(row.name for row in doc_types() if row.numbered and row.name not in ("luật", "bộ luật", "pháp lệnh"))
