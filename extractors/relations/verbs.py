"""The words that say how two documents stand to each other; all patterns match the lower-cased view.

A verb stands right before the document that it acts on, with at most a provision or "một số điều của" between.
"""

import re

from extractors.models import RelationKind
from extractors.references.grammar import CALLED

REACH = 110
"""How far before a document its verb may begin, in characters ("quy định chi tiết một số điều và biện pháp thi hành")."""

_BETWEEN = (
    r"(?:\s(?:toàn\sbộ|một\ssố\s(?:điều|nội\sdung|khoản|vấn\sđề)|các\sđiều|chi\stiết|việc|và\sbiện\spháp\sthi\shành|của|trong|nêu\stại|"
    r"tại|cho|nội\sdung|mục\stiêu|giải\spháp|và|,|điều\s\d{1,3}[a-zđ]?,?|khoản\s\d{1,2},?|điểm\s[a-zđ],?))*"
)
_ACTS: tuple[tuple[RelationKind, str], ...] = (
    (
        "amends",
        r"(?:sửa\sđổi\s?,?\s?(?:và\s)?bổ\ssung|điều\schỉnh\s?,?\s?bổ\ssung|sửa\sđổi|bổ\ssung)(?!\s(?:tại|bởi|bằng)\s)",
    ),
    ("replaces", r"(?:thay\sthế|để\sthay|thay\scho)(?:\scho)?"),
    ("repeals", r"(?:bãi\sbỏ|hủy\sbỏ)"),
    ("guides", r"(?:quy\sđịnh\schi\stiết|hướng\sdẫn)(?:\s(?:thực\shiện|thi\shành|triển\skhai|chi\stiết|việc))*"),
    (
        "reviews",
        r"(?:sơ\skết|tổng\skết)(?:\s\d{1,3}\snăm)?(?:\s(?:việc\s)?(?:triển\skhai\s)?(?:thực\shiện|thi\shành))?",
    ),
    (
        "implements",
        r"(?:triển\skhai\s(?:thực\shiện)?|thực\shiện|thi\shành|cụ\sthể\shóa)(?:\s(?:thắng\slợi|nghiêm|tốt|có\shiệu\squả))?",
    ),
)
ACT = re.compile(
    rf"(?<!\w)(?<!được\s)(?<!không\s)(?<!chưa\s)(?:{'|'.join(f'(?P<{kind}>{act})' for kind, act in _ACTS)}){_BETWEEN}"
    r"\s?(?:các\s(?:[^\W\d]{1,6}\s?){1,3}:\s|các\s)?$"
)
"""A verb at the end of the slice before the document acted on; the last group is its kind."""


def kind_of(verb: re.Match[str]) -> RelationKind:
    """The kind of a match of `ACT` or `DONE_BY`."""
    return next(kind for kind, _ in _ACTS if verb.groupdict().get(kind))


GUIDING_TYPES = ("hướng dẫn", "quy định", "nghị định", "thông tư", "quy chế")
"""Types that guide what they carry out: "Quy định về thi hành Điều lệ Đảng" (a plan that does the same implements it)."""

AMENDS_ANNEX = re.compile(r"(?<!\w)sửa\sđổi(?:,?\sbổ\ssung)?\s[^.;]{0,240}?\skèm\stheo\s$")
"""Amending what another document put into force ("sửa đổi Quy chế … ban hành kèm theo Quyết định …")."""
_DONE: tuple[tuple[RelationKind, str], ...] = (
    (
        "amends",
        r"(?:đã\s)?(?:được\s)?sửa\sđổi,?\s(?:và\s)?bổ\ssung(?:\smột\ssố\sđiều)?\s(?:bởi|theo|bằng|tại)|được\ssửa\sđổi\sbởi",
    ),
    ("replaces", r"(?:đã\s)?(?:được|bị)\sthay\sthế\s(?:bởi|bằng)|(?:được\s)?thay\sbằng"),
    ("repeals", r"(?:đã\s)?(?:được|bị)\s(?:bãi\sbỏ|hủy\sbỏ)\s(?:bởi|theo|tại|bằng)"),
)
DONE_BY = re.compile(
    rf"[^.;]{{0,40}}?(?<!\w)(?<!không\s)(?P<verb>{'|'.join(f'(?P<{kind}>{done})' for kind, done in _DONE)})"
    r"(?:\s(?:khoản\s\d{1,2},?|điều\s\d{1,3}[a-zđ]?,?|các)){0,4}\s"
)
"""Between the document that is changed and the one that changes it."""
JOINED = re.compile(r"(?:,|;|\svà|,\svà)\s(?:các\s)?")
ISSUES = re.compile(r"(?<!\w)(?:ban\shành|xây\sdựng|ra)\s$")
"""Before a document that a sentence issues."""
NOT_SUBJECT = re.compile(r"thực hiện|thi hành|quán triệt|triển khai|căn cứ|sửa đổi")
"""Before a document that its sentence does not speak of."""
SHORT_NAME = re.compile(rf"{CALLED}$")
"""Before the short name that a document is given in brackets, at the end of a slice."""
SAID = re.compile(
    rf"{CALLED}[^()\n]{{2,60}}\)"
    r"|ngày [\d/. -]{1,12}|tháng \d{1,2}|năm \d{4}|khóa \w{1,6}|nhiệm kỳ [\d -]{4,11}|\b(?:của|do|để|nhằm|này|về việc|về)\b|[\s,()\"]"
)
"""What may stand between a document and its verb, or the next document, besides issuer and subject."""

PREAMBLE = re.compile(
    r"[\s\-*+•]{0,8}(?:\d{1,2}[.)]\s)?(?:(?:để|nhằm)\s(?:(?:tiếp\stục|tổ\schức|quán\striệt(?:,|\svà)?)\s){0,2})?(?P<verb>căn\scứ(?!\sđể)|(?:triển\skhai\s)?thực\shiện|thi\shành)(?:\svào)?[\s:]"
)
"""The head of a paragraph that says what the text rests on."""
BASES = re.compile(
    r"(?:^|\n)\s{0,8}(?:[ivx\d]{1,4}\s?[.)-]+\s)?(?:các\s)?căn\scứ(?:\spháp\slý)?[^\n;.]{0,20}:?(?=\s{0,3}\n)"
)
"""A heading over a list of what the text rests on, a line of its own."""
BY_BRACKET = re.compile(r"\s?\((?:(?:được\s)?(?:ban\shành|phê\sduyệt)\s)?(?:kèm\stheo\s|theo\s|tại\s)?")
"""Between a document and the one in brackets that put it into force."""
NEXT_PART = re.compile(r"\n\s{0,8}(?:phần|chương|mục|[ivx]{1,4}\s?[.)-])\s")
"""The heading of the next part."""
ITEM = re.compile(r"\s{0,8}(?:[-+*•]|\d{1,2}[.)-]|điều\s\d{1,3}[.:]|[a-zđ][.)])?\s{0,4}")
"""The mark of a list item."""
