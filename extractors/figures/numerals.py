"""Numbers as Vietnamese prints them: 1.200; 48,4; 1.092/2.255; 15-18.

A point parts thousands and a comma decimals (Luật Kế toán 88/2015/QH13, Điều 11). Where three
digits follow a lone comma, what is counted decides: nobody counts 1,2 people, so that "1,200 người" has its
separators swapped. A lone point before other than three digits is a swapped decimal sign ("48.4%").
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

_GROUPS = r"(?:[.,]\d{1,4}+){0,5}+"
_FREE_DIGIT = r"\d(?<![\w.,+-]\d)(?<![^%\w]/\d)(?<![\d_]/\d)(?<!\d:\d)"
_COUNTED_BEFORE = re.compile(r"(?<![^\s(/])\d[\d.,]{0,11} [^\W\d_]{1,7}(?: [^\W\d_]{1,7})?(?<! đồng)/$")
"""What is counted before a slash, at the end of a slice ("540 vụ/870 bị can"); money is a rate ("9.000 đồng/1 người")."""
_REACH = 30
_NOT_BEFORE = r"(?!\d|[.,/:]\d| ?[-/]\w| - ?\d)"
_THOUSANDS = 3


class Numeral(NamedTuple):
    """One number, ratio or range, as a slice of the view; `joint` is the "/" or "-" between its halves."""

    start: int
    end: int
    first: str
    second: str | None
    joint: str | None

    @property
    def is_plain(self) -> bool:
        """Whether it is one number of digits alone."""
        return self.joint is None and self.first.isdigit()


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the pattern of a number or a pair; it begins with a digit, which `re` seeks fastest."""
    first, second = rf"{_FREE_DIGIT}\d{{0,11}}+{_GROUPS}", rf"\d{{1,12}}+{_GROUPS}"
    return re.compile(rf"({first})(?: ?([-/]) ?({second}))?+{_NOT_BEFORE}")


def read_numerals(lower: str) -> Iterator[Numeral]:
    """Yield the numbers of a view that stand free: not inside a symbol, a date with "/", or a clock time.

    >>> [numeral.first for numeral in read_numerals("682-qđ/tu, 14/9/2017, 1.200 người")]
    ['1.200']
    """
    for match in _pattern().finditer(lower):
        first, joint, second = match.groups()
        start = match.start()
        behind_word = lower[max(0, start - 2) : start].endswith("/") and lower[start - 2] != "%"
        if behind_word and not _COUNTED_BEFORE.search(lower, max(0, start - _REACH), start):
            continue
        yield Numeral(start, match.end(), first, second, joint)


def parse_number(printed: str, whole: bool) -> tuple[Decimal, bool] | None:
    """Read the value of `printed` and whether its separators are swapped; None if it is no number.

    `whole` says that what is counted cannot be broken into parts.

    >>> parse_number("10.950", whole=False), parse_number("48,4", whole=False)
    ((Decimal('10950'), False), (Decimal('48.4'), False))
    >>> parse_number("1,200", whole=True)
    (Decimal('1200'), True)
    """
    if printed.isdigit():
        return None if _is_code(printed) else (Decimal(printed), False)
    points, commas = printed.split("."), printed.split(",")
    if len(commas) == 1:
        return _one_separator(points, decimal=False, whole=whole)
    if len(points) == 1:
        return _one_separator(commas, decimal=True, whole=whole)
    return _both(printed)


def _is_code(digits: str) -> bool:
    """Telephone, account and file numbers begin with 0; "03 năm" and "05 ngày" are two digits."""
    return digits[0] == "0" and len(digits) > len("03")


def _are_thousands(groups: list[str]) -> bool:
    head = groups[0]
    grouped = all(len(group) == _THOUSANDS for group in groups[1:])
    return grouped and len(head) <= _THOUSANDS and head[0] != "0"


def _one_separator(groups: list[str], decimal: bool, whole: bool) -> tuple[Decimal, bool] | None:
    """Value of groups parted by commas (`decimal`) or points alone."""
    lone = len(groups) == len(["48", "4"])
    if _are_thousands(groups) and (not decimal or whole or not lone or groups[1] == "000"):
        return Decimal("".join(groups)), decimal
    if lone:
        return Decimal(".".join(groups)), not decimal
    return None


def _both(printed: str) -> tuple[Decimal, bool] | None:
    """Value of thousands and decimals: the sign that comes last, once, is the decimal one."""
    swapped = printed.rfind(".") > printed.rfind(",")
    sign, parts = (".", ",") if swapped else (",", ".")
    whole, _, fraction = printed.rpartition(sign)
    groups = whole.split(parts)
    if not fraction.isdigit() or not all(group.isdigit() for group in groups) or not _are_thousands(groups):
        return None
    return Decimal("".join(groups) + "." + fraction), swapped
