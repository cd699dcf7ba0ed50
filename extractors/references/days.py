"""The day on which a sentence says that a body issued: it opens the sentence, or the clause of the body."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from extractors.references.grammar import POSTS

DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_LEAD = 60
"""Longest words before the day that opens a sentence ("Từ thực tế đó, ngày …"), in characters."""
LONGEST_GAP = 60
"""Longest words between such a day and the body, in characters."""
LONGEST_NAMING = 200
"""The same where they name the person who signs, with the posts up to the one in the body."""
_PERSON = (", đồng chí ", ", ông ", ", bà ", " đồng chí ")
_POSTS = tuple(post.lower() for post in POSTS)
_POSTS_BEFORE = tuple(f"{post} " for post in _POSTS)
_CODED = re.compile(r"[/-][^\W\d]{1,12},$")
"""The code of a document before a day, at the end of a slice: the day is that document's."""
_NUMBERED = re.compile(r"\d[^\s,]{0,20},$")
"""The number of a document there, or its code."""
_LEADS = re.compile(r"(?:^|\s)(?:vào|trong|sáng|chiều|ngay(?:\stừ)?|đến)$")
"""Words right before such a day."""
_OPENS = ("", "trước đó", "và")
_LABEL = re.compile(r"(?:[^\W\d]{1,9}\s?){1,4}:")
"""What labels a paragraph: the editor's "LTS:"."""
DateAt = Callable[[int], tuple[str | None, int] | None]
"""The EDTF value and the end of the date that begins at an offset."""


def day_before(lower: str, starts: Sequence[int], date_at: DateAt, floor: int, subject: int) -> str | None:
    """The day that opens the sentence ("Ngày 3/12/2020, UBND tỉnh đã ban hành"), or stands right before the body.

    `starts` are the offsets at which dates begin, in order; the sentence begins at `floor`, its subject at `subject`.
    """
    first, after = bisect_left(starts, floor), bisect_left(starts, subject)
    if first == after:
        return None
    lead = _LEADS.sub("", lower[floor : starts[first]].strip(" -–(*>")).rstrip()
    opens = (
        lead in _OPENS
        or _LABEL.fullmatch(lead) is not None
        or (lead.endswith(",") and len(lead) <= LONGEST_LEAD and not _CODED.search(lead))
    )
    if opens and (day := _day(lower, date_at, starts[first], subject, LONGEST_GAP)):
        return day
    lead = lower[floor : starts[after - 1]].rstrip().removesuffix(" và")
    near = lead.endswith(",") and not _NUMBERED.search(lead)
    return _day(lower, date_at, starts[after - 1], subject, len(", ")) if near else None


def _day(lower: str, date_at: DateAt, at: int, subject: int, longest: int) -> str | None:
    """The full day that begins at an offset, if its end is no further than `longest` from the subject, or a person stands between."""
    found = date_at(at)
    if found is None or found[0] is None or not DAY.fullmatch(found[0]):
        return None
    signs = lower.startswith(_PERSON, found[1]) and _holds_post(lower, subject)
    longest = LONGEST_NAMING if signs else longest
    return found[0] if subject - found[1] <= longest else None


def _holds_post(lower: str, subject: int) -> bool:
    """Whether a post stands before the body, or is what issues: "…, Bí thư Huyện ủy ban hành"."""
    return lower.startswith(_POSTS, subject) or lower.endswith(_POSTS_BEFORE, 0, subject)
