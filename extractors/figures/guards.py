"""Why a number with a noun behind it may still count nothing.

Dates ("14 tháng 7", "tháng 5 năm 2020"), clock times ("8 giờ 30 phút"), ordinals and names ("Điều 5", "tổ 7
phường"), scores ("2-1") and years in front of the next noun ("năm 2025 tỉnh"). Other extractors find dates
and documents properly; this is the cheap guard that holds without them.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Literal

from extractors.figures.contexts import Context, head_before, words_before
from extractors.figures.numerals import Numeral, parse_number
from extractors.figures.phrases import Noun
from extractors.view import View

Place = Literal["free", "after figure", "listed ordinal"]
"""Where a number stands: right behind a figure ("6 tháng 1 lần"), whose noun orders nothing; in a list of
ordinals ("khoản 1 và 2 Điều này"); or neither."""

_YEAR = r"(?:1[89]|20)\d\d"
_NO_PERIOD = rf"(?! ?- ?{_YEAR}| ?- ?\d\d(?!\d)| đến (?:năm )?{_YEAR}|\d|[.,]\d)"
_MONTH = r"(?:\d|(?:một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|giêng|chạp)(?! lần))"
_AFTER_TIME = {
    "năm": rf" {_YEAR}{_NO_PERIOD}",
    "tháng": rf" {_MONTH}| (?:đầu|cuối|giữa) năm|[/-]{_YEAR}",
    "ngày": r" (?:đầu|cuối) (?:năm|tháng) \d| \d{1,2}[/-]\d",
    "năm học": rf" {_YEAR}",
    "quý": r" (?:đầu|cuối) năm",
    "tuần": r" (?:đầu|cuối) (?:năm|tháng)",
}
_CLOCK_AFTER = r" ?\d| (?:sáng|trưa|chiều|tối|đêm|rạng|khuya|kém|rưỡi|cùng ngày|hôm|phút|đúng|giờ)(?!\w)| ngày \d"
_LASTING = frozenset(["trong", "suốt", "mất", "sau", "thêm", "đủ", "được", "học", "làm", "mỗi", "cả", "có"])
_BOUNDS = frozenset(["gt", "lt", "ge", "le"])
_CITED = r" (?:\d|[a-zđ](?!\w)|[ivx]+(?!\w))"
_INTRODUCES = frozenset(["có", "được", "nạp", "gồm", "với", "thêm", "còn", "tặng", "số", "giúp", "thu"])
_LAST_HOUR, _LAST_DAY, _LAST_MONTH = 24, 31, 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def refuse_at_sight(lower: str, numeral: Numeral, noun: Noun) -> str | None:
    """Say why number and noun are a date or a citation by what follows them, None if they are not."""
    printed = lower[noun.start : noun.head]
    if printed in _AFTER_TIME and len(numeral.first) < len("2020"):
        return "date" if _compiled(_AFTER_TIME[printed]).match(lower, noun.end) else None
    orders = noun.group.name == "parts" or printed == "khóa"
    return "citation of a provision" if orders and _compiled(_CITED).match(lower, noun.head) else None


def refuse(lower: str, numeral: Numeral, noun: Noun, context: Context, place: Place) -> str | None:
    """Say why `numeral` does not count `noun` where it stands, None if it does."""
    if noun.group.kind == "percent":
        return None
    if noun.group.kind == "time" and _is_clock(lower, numeral, noun, context):
        return "time of day"
    if numeral.joint and not _is_plausible_pair(numeral, noun):
        return "date" if _is_year_printed(numeral.first) else "score or date"
    if _is_year(numeral) and lower[noun.start : noun.end] != "năm" and not _is_counted_like_year(noun, context):
        return "date" if context.words and context.words[-1] == "năm" else "year"
    return _refuse_ordinal(numeral, noun, context, place)


def _refuse_ordinal(numeral: Numeral, noun: Noun, context: Context, place: Place) -> str | None:
    provision = noun.group.name == "parts"
    if place == "listed ordinal" and (noun.group.named or provision):
        return "ordinal"
    head = None if place == "after figure" or context.sign != "eq" else head_before(context.words)
    if head and numeral.joint and _could_be_day(numeral):
        return "score or date"
    if head == "ordinal" or (head == "name" and provision):
        return "ordinal"
    return "name or address" if head and noun.group.named else None


def _is_clock(lower: str, numeral: Numeral, noun: Noun, context: Context) -> bool:
    """Whether "8 giờ" is a time of day: hours of the day that nothing shows to be a duration."""
    last = context.words[-1] if context.words else ""
    printed = lower[noun.start : noun.end]
    if printed == "phút":
        return last == "giờ"
    if printed != "giờ" or not numeral.is_plain or int(numeral.first) > _LAST_HOUR:
        return False
    if _compiled(_CLOCK_AFTER).match(lower, noun.end):
        return True
    return context.sign not in _BOUNDS and last not in _LASTING


def _is_plausible_pair(numeral: Numeral, noun: Noun) -> bool:
    """Whether a pair is a ratio or a range, not a score ("2-1") or a day and month ("30/4")."""
    if _is_year_printed(numeral.first) and _is_year_printed(numeral.second or ""):
        return False
    whole = noun.group.kind == "count"
    first, second = parse_number(numeral.first, whole), parse_number(numeral.second or "", whole)
    if not first or not second or not second[0] or _is_round_the_clock(numeral):
        return False
    if numeral.joint == "-":
        return first[0] < second[0]
    return first[0] <= second[0] or not _is_day_of_month(first[0], second[0])


def _is_round_the_clock(numeral: Numeral) -> bool:
    return numeral.first == "24" and numeral.second in {"7", "24"}


def _could_be_day(numeral: Numeral) -> bool:
    first, second = parse_number(numeral.first, whole=True), parse_number(numeral.second or "", whole=True)
    return bool(first and second and _is_day_of_month(first[0], second[0]))


def _is_day_of_month(day: Decimal, month: Decimal) -> bool:
    return day <= _LAST_DAY and month <= _LAST_MONTH


def _is_year_printed(printed: str) -> bool:
    return len(printed) == len("2020") and printed.isdigit() and _FIRST_YEAR <= int(printed) <= _LAST_YEAR


def _is_year(numeral: Numeral) -> bool:
    return numeral.joint is None and _is_year_printed(numeral.first)


def _is_counted_like_year(noun: Noun, context: Context) -> bool:
    """Whether a number that could be a year counts: "có 2025 đảng viên", but not "lương 2025 công chức"."""
    if noun.group.kind in {"measure", "money"} or context.sign != "eq":
        return True
    return noun.group.name == "people" and bool(context.words) and context.words[-1] in _INTRODUCES


def could_be_counted(seen: View, numeral: Numeral) -> bool:
    """Whether a number whose noun stands elsewhere may be a count: no year, ordinal, name or code."""
    words = words_before(seen.lower, numeral.start)
    if numeral.joint or _is_year(numeral) or head_before(words) is not None:
        return False
    named = bool(words) and seen.cased[numeral.start - 1 - len(words[-1])].isupper()
    return not named and parse_number(numeral.first, whole=True) is not None
