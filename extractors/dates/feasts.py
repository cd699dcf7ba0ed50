"""Days that are printed without a year and without "ngày": feasts, and the further days of a list."""

import re

from extractors.dates.calendar import Moment

FEASTS = frozenset({(3, 2), (8, 3), (30, 4), (1, 5), (19, 5), (2, 9), (20, 10), (7, 11), (20, 11), (22, 12)})
"""Days on which badges are given and feasts kept, by day and month (Hướng dẫn 12-HD/BTCTW)."""
_BEFORE = re.compile(r"(?<!\w)(?:đợt|lễ lớn|ngày lễ|kỳ trao)\s$")
_JOINTS = (", ", " và ", ", và ")


def is_feast(day: Moment, lower: str, at: int) -> bool:
    """Whether the day printed at `at` of the lower-cased view are a feast that a word introduces: "đợt 3/2"."""
    return (day.day, day.month) in FEASTS and _BEFORE.search(lower, max(0, at - 16), at) is not None


def is_next(value: str | None, between: str) -> bool:
    """Whether a day follows one of no year in a list: "các ngày lễ lớn 3/2, 19/5 và 7/11"; `between` parts them."""
    return (value or "").startswith("XXXX-") and between in _JOINTS
