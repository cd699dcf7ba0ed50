"""How dates are printed: day first, with `/`, `-` or `.`; house styles differ ("14/9/2017", "28-9-2004", "23.8").

Patterns match the lower-cased view. They are anchored on the digit, which is two to four times faster than
on the word before it; heads such as "ngày" are looked up backwards.
"""

import re
from functools import cache

DAY, MONTH, YEAR = r"\d{1,2}", r"\d{1,2}", r"\d{4}"
SEP = r" ?[/.\-] ?"
MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_ONES = {
    "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_JOINED_ONES = _ONES | {"mốt": 1, "lăm": 5, "nhăm": 5}
DAY_WORDS = {
    **_ONES,
    **{f"{first} {word}".strip(): ten + one for first, ten in (("mười", 10), ("hai mươi", 20)) for word, one in (_JOINED_ONES | {"": 0}).items()},
    "ba mươi": 30, "ba mươi mốt": 31,
}  # fmt: skip
"""Days in words, "mười lăm": 15."""
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_WORD = "|".join(sorted(MONTH_WORDS, key=len, reverse=True))
_COUNT_WORD = "|".join(sorted(MONTH_WORDS.keys() - {"giêng", "tư", "chạp"}, key=len, reverse=True))
_MONTH_NAME = rf"(?:{MONTH}|{_MONTH_WORD})"
_SPELT = "thá(?:ng|nh)"
"""The word, which typists misspell behind a day ("ngày 14 thánh 11")."""
_AND_DAY = rf"(?: ?(?:-|,|và|(?:đến|tới)(?: hết)?(?: ngày)?) ?({DAY}))?"
_END = r"(?!\d|[.,]\d|[/-] ?(?!nay(?!\w))[a-zđ]|/\d| ?%)"
_ALONE = r"(?=(?:19|20)\d\d {0,2}(?:[|)\n.;,\-]|$))"
"""A year behind a month with a comma, or with nothing, between: what follows closes it."""
_ITS_YEAR = rf"(?:(?:[/.\-]|,? năm )({YEAR}))?"
"""The year of days, behind "năm" too ("21/6 đến ngày 2/7 năm 1960")."""
_NO_RANGE = r"(?!\d{4} ?- ?\d{4}(?!\d))"

SHAPES = {
    "months_of_year": r"(\d{1,2}) tháng (?:(đầu|cuối) )?năm (\d{4})(?!\d)",
    "spelled_day": rf"({DAY}){_AND_DAY} {_SPELT} ({_MONTH_NAME})(?:(?:,? năm |, |,{_ALONE}| (?=(?:19|20)\d\d(?![\w%]|[.,]\d)))({YEAR})|{SEP}({YEAR}))?(?!\w)",
    "iso_day": rf"({YEAR})-(\d\d)-(\d\d)(?!\d|-\d)",
    "day_to_day": rf"({DAY}) ?(?:đến|tới|-) ?(?:hết )?ngày ({DAY})[/.\-]({MONTH}){_ITS_YEAR}{_END}",
    "day_until": rf"(?:(?<=ngày )|(?<=ngày))({DAY}) ?(?:đến|tới) ?(?:hết )?({DAY})[/.\-]({MONTH}){_ITS_YEAR}{_END}",
    "since_day": rf"(?<=từ )({DAY}) ?(?:đến|tới) ?(?:hết )?({DAY})[/.\-]({MONTH}){_ITS_YEAR}{_END}",
    "day_range": rf"({DAY})[/.]({MONTH}) ?- ?({DAY})[/.]({MONTH}){_ITS_YEAR}{_END}",
    "days_of_month": rf"(?<!\d:)({DAY}) ?(?:-|và) ?({DAY})(?:[/.]|(?:(?<=và \d)|(?<=và \d\d))-)({MONTH}){_ITS_YEAR}{_END}",
    "listed_days": rf"(?:(?<=ngày )|(?<=ngày))({DAY}), ?({DAY})/({MONTH}){_ITS_YEAR}{_END}",
    "day": rf"({DAY}){SEP}({MONTH})(?:{SEP}|,? năm )(\d{{4,5}}){_END}",
    "month_to_month": rf"({MONTH})[/.]({YEAR}) ?(?:-|đến|tới) ?(?:({MONTH})[/.])?({YEAR}){_END}",
    "year_to_month": rf"({YEAR}) ?- ?({MONTH})[/.]({YEAR}){_END}",
    "months": rf"({MONTH}) ?- ?({MONTH})/({YEAR}){_END}",
    "month": rf"({MONTH}){SEP}({YEAR}){_END}",
    "spelled_month": rf"({MONTH})(?: ?- ?({MONTH}))?(?:,? năm |,? ?{_ALONE}{_NO_RANGE})({YEAR})(?!\d)",
    "years": rf"({YEAR})(?: ?- ?| (?=(?:19|20)\d\d(?!\w)))({YEAR}){_END}",
    "day_of_month": rf"({DAY})[/.\-]({MONTH}){_END}(?![/.\-]\d)",
    "year": rf"({YEAR}){_END}",
    "number": rf"(?:(?<=tháng )|(?<=tháng))({MONTH})(?!\d|[.,/]\d|[/-] ?[a-zđ]| ?%)",
}


@cache
def atoms() -> re.Pattern[str]:
    """All shapes, which begin with a digit, the longest first; the name of the shape is the group's."""
    return re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in SHAPES.items()))


STARTS = re.compile(
    r"[0-9](?:(?<![\w/].)|(?<=ngày.)|(?<=năm.)|(?<=tháng.)|(?<=[\s(|\-]t.))(?<!\d[.,].)(?:(?<!\d-.)|(?<=/\d\d\d\d-.))"
    r"(?=\d{3}|\d?(?: ?(?:[/.\-]|thá(?:ng|nh)|đến|tới|và)|,? năm|, ?\d{1,2}(?:/| tháng))|(?<=tháng.)|(?<=tháng .))"
)
"""Digits at which a shape may begin, by what stands around them; the digit is consumed first, so that the scan skips letters."""


@cache
def quarters() -> re.Pattern[str]:
    """ "quý III/2021", "quý 2 năm 2021", and "quý I" before "và quý II năm 2021"; groups: quarter, year, year of the next."""
    quarter, year = r"qu[ýí] (?:iv|i{1,3}|[1-4])", rf"(?:{SEP}|,? năm )({YEAR})(?!\d)"
    joint = r"(?:,| và|, và| hoặc)"
    return re.compile(rf"qu[ýí] (iv|i{{1,3}}|[1-4])(?:{year}|(?={joint} {quarter}{year}))")


CENTURY = "thế kỷ"
CENTURIES = {"xix": 18, "xx": 19, "20": 19, "trước": 19, "xxi": 20}


@cache
def decades() -> re.Pattern[str]:
    """ "những năm 80 của thế kỷ XX", "thập niên 70 thế kỷ trước"; groups: decade, century."""
    centuries = "|".join(sorted(CENTURIES, key=len, reverse=True))
    return re.compile(rf"(?:những năm|thập niên|thập kỷ) ([1-9])0 (?:của )?{CENTURY} ({centuries})(?!\w)")


@cache
def worded_days() -> re.Pattern[str]:
    """ "ngày mười lăm tháng tư năm 2017", with a day in words; groups: day, month, year."""
    words = "|".join(sorted(DAY_WORDS, key=len, reverse=True))
    return re.compile(rf"ngày (?:mùng |mồng )?({words}) tháng ({_MONTH_NAME})(?:,? năm ({YEAR}))?(?!\w)")


@cache
def heads() -> re.Pattern[str]:
    """The word that stands right before a date and belongs to it, at the end of a slice; groups name its kind."""
    return re.compile(
        r"(?<!\w)(?:"
        r"(?P<weekday>(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?:,| -)? (?:ngày )?)"
        r"|(?P<day>ngày ?|mùng |mồng )"
        r"|(?P<period>(?:giai đoạn|nhiệm kỳ|thời kỳ|niên khóa|năm học) ?)"
        r"|(?P<decade>(?:những năm|thập niên|thập kỷ) )"
        r"|(?P<about>khoảng năm )"
        rf"|(?P<named_month>tháng (?:(?:{_MONTH_WORD}),? năm|(?!năm)(?:{_MONTH_WORD})) )"
        rf"|(?P<months>(?:{_COUNT_WORD}) tháng (?:đầu|cuối) năm )"
        r"|(?P<year>năm ?)"
        r"|(?P<month>tháng ?|t)"
        r")$"
    )


@cache
def cues() -> re.Pattern[str]:
    """Words before a bare "27-4" that make it a day, at the end of a slice."""
    return re.compile(
        r"(?:(?:^|\W)(?:sáng|trưa|chiều|tối|đêm|hôm|từ|đến|tới|trước|sau|vào|dịp|lễ|mừng|kỷ niệm|nay|qua|kể từ|hết)"
        r"|(?:sáng|trưa|chiều|tối|đêm|hôm) (?:nay|qua),|\((?:\w{1,12} )?|ngày [\d/., -]{1,20}(?:và|,|-)) ?$"
    )


@cache
def not_years() -> re.Pattern[str]:
    """Words before four digits that make them a number, not a year, at the end of a slice."""
    return re.compile(
        r"(?:(?:^|\W)(?:số|khoảng|hơn|gần|trên|dưới|đến|tới|được|có|là|đạt|còn|cả|điều|mẫu|đường|tổng|mã|thêm|"
        r"mỗi|từng|những|các|với|cho|bằng|sđt|đt|tel|phòng|số nhà|lô|ngõ|quốc lộ|ql|cấp|tặng|trao) ?"
        r"|[:=+$€]\s?|\d ?\* ?|\d[ .,]{1,2})$"
    )


@cache
def joints() -> re.Pattern[str]:
    """What stands between the two ends of "từ … đến …", the head of the second included."""
    return re.compile(r" ?(?:,? ?(?:cho )?(?:đến|tới)(?: hết| cuối| đầu)?|-) ?(?:ngày |tháng |năm |quý )?")
