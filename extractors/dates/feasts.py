"""Days that are printed without a year and without "ngày": feasts, and the further days of a list."""

import re

from extractors.dates.calendar import Moment

FEASTS = frozenset({(3, 2), (8, 3), (30, 4), (1, 5), (19, 5), (2, 9), (20, 10), (7, 11), (20, 11), (22, 12)})
"""Days on which badges are given and feasts kept, by day and month (Hướng dẫn 12-HD/BTCTW)."""
NAME = 70
"""Longest name of a day, in characters."""
_BEFORE = re.compile(r"(?<!\w)(?:đợt|lễ lớn|ngày lễ|kỳ trao)\s$")
_NAMES = (
    r"quốc (?:tế|khánh|phòng)", r"hội [^\W\d]{1,8}", "truyền thống", "thành lập", "giải phóng", "chiến thắng", "toàn dân", "toàn quốc", "thế giới", "sinh",
    "gia đình", "phụ nữ", "nhà giáo", "thầy thuốc", "thương binh", "báo chí", "doanh nhân", "khuyến học", "pháp luật", "sách", "môi trường", "sức khỏe",
    "dân số", "biên phòng", "khoa học", "đại đoàn kết", "cách mạng", "đảng", "đoàn",
)  # fmt: skip
_NAMED = re.compile(rf"(?<!\w)(?:quốc khánh|ngày (?:{'|'.join(_NAMES)})(?: ?-? [^\W\d]{{1,8}}){{0,10}})\s$")
"""The name of a day before it: "Ngày Thương binh - Liệt sĩ 27/7", "Quốc khánh 2-9"."""
_JOINTS = (", ", " và ", ", và ")


def is_feast(day: Moment, lower: str, at: int) -> bool:
    """Whether the day printed at `at` of the lower-cased view is a feast that a word introduces ("đợt 3/2"), or one called by its name."""
    introduced = (day.day, day.month) in FEASTS and _BEFORE.search(lower, max(0, at - 16), at) is not None
    return introduced or _NAMED.search(lower, max(0, at - NAME), at) is not None


def is_next(value: str | None, between: str) -> bool:
    """Whether a day follows one of no year in a list: "các ngày lễ lớn 3/2, 19/5 và 7/11"; `between` parts them."""
    return (value or "").startswith("XXXX-") and between in _JOINTS
