"""Where the subject of a document ends: "về nâng cao chất lượng …, đáp ứng yêu cầu …" holds commas of its own."""

import re
from collections.abc import Callable
from functools import cache

from extractors.references.grammar import type_names
from extractors.view import View

LONGEST = 600
"""Longest subject that is read, in characters."""
_CLOSING = {'"': '"', "'": "'"}


@cache
def _stops() -> re.Pattern[str]:
    """What ends a phrase for certain, or may end it (a comma, a bracket, "và" before another document)."""
    return re.compile(
        rf"(?P<hard>\n|;|[.!?]+(?=\s|$|\"|\))|\s?\((?:sau đây|gọi tắt|viết tắt|số|kèm))"
        rf"|(?P<ref>(?:,| và)\s(?:các\s)?(?=(?:{type_names()})\s(?:số\s)?\d))"
        r"|(?P<open>\s?\()|(?P<close>\))|(?P<quote>\")"
        r"|(?P<comma>,\s)"
        r"|(?P<verb>\s(?:đã được|được ban hành|ban hành kèm theo|kèm theo|được triển khai|có hiệu lực|nêu rõ|quy định rõ|yêu cầu|đã chỉ rõ|chỉ rõ)(?!\w))"
    )


_CLAUSE = re.compile(
    r"(?:trong đó|theo đó|qua đó|từ đó|do đó|nhờ đó|do vậy|đồng thời|cụ thể|góp phần|nhất là từ khi|đến nay|tuy nhiên|bên cạnh|"
    r"cùng với|ngay sau|sau khi|trên cơ sở|thời gian qua|những năm qua|hiện nay|năm \d{4}|ngày \d|với \w+ (?:nội dung|phương châm)|"
    r"(?:các|mỗi|nhiều|một số|toàn|từng) (?:cấp|chi bộ|đảng bộ|địa phương|đơn vị|huyện|xã|tỉnh|đồng chí|cơ quan|ban|ngành|tổ chức|cán bộ)"
    r"[^,;.\n]{0,60}? (?:đã|đang|sẽ|luôn|tiếp tục|tổ chức|tập trung|xây dựng|ban hành|chỉ đạo|lãnh đạo|triển khai)\s"
    r"|(?:cấp ủy|đảng ủy|chi bộ|đảng bộ|huyện|xã|tỉnh|đồng chí|thành phố|thị xã|đảng viên|cán bộ)(?: [^\s,;.\n]{1,9}){0,8}? (?:đã|đang|sẽ)\s)"
)
_SUBJECT_VERB = re.compile(
    r"[^,;.\n]{0,40}?\s(?:đã|đang|sẽ|cũng|tổ chức|ban hành|chỉ đạo|lãnh đạo|yêu cầu|đề nghị|xây dựng|triển khai|tập trung|thực hiện|hướng dẫn|quyết định|quy định)\s"
)


def title_end(seen: View, at: int, subject_starts: Callable[[int], bool]) -> tuple[int, int]:
    """The slice of the subject that begins at `at`, without its quotes.

    `subject_starts` says whether a named body begins at an offset: one after a comma with a verb behind it
    opens the main clause ("…, Tỉnh ủy đã ban hành").
    """
    if seen.cased[at : at + 1] == '"':
        return _quoted(seen, at)
    end = _phrase_end(seen, at, min(len(seen.cased), at + LONGEST), subject_starts)
    return at, at + len(seen.cased[at:end].rstrip(" ,:-"))


def _quoted(seen: View, at: int) -> tuple[int, int]:
    """Content of quotes; quotes nest, and a lost closing quote ends with the line."""
    depth, position = 0, at
    limit = min(len(seen.cased), at + LONGEST)
    while position < limit:
        char = seen.text[seen.start(position)]
        if char in "“„«" or (char == '"' and _opens(seen.cased, position)):
            depth += 1
        elif char in "”»" or char == '"':
            depth -= 1
        if depth <= 0 or char == "\n":
            break
        position += 1
    return at + 1, position


def _opens(cased: str, at: int) -> bool:
    before, after = cased[at - 1 : at], cased[at + 1 : at + 2]
    return (not before or before in " (\n\"") and after not in (" ", "", ".", ",", ";", "\n")


def _phrase_end(seen: View, at: int, limit: int, subject_starts: Callable[[int], bool]) -> int:
    depth = 0
    quoted = False
    for stop in _stops().finditer(seen.lower, at, limit):
        kind = stop.lastgroup
        if kind == "quote":
            quoted = not quoted
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth < 0:
                return stop.start()
        elif _ends(seen, stop, depth, quoted, subject_starts):
            return stop.start()
    return limit


def _ends(seen: View, stop: re.Match[str], depth: int, quoted: bool, subject_starts: Callable[[int], bool]) -> bool:
    if stop.lastgroup == "hard":
        return stop[0] == "\n" or not quoted
    if depth or quoted:
        return False
    if stop.lastgroup != "comma":
        return True
    after = stop.end()
    named = subject_starts(after) and _SUBJECT_VERB.match(seen.lower, after) is not None
    return named or _CLAUSE.match(seen.lower, after) is not None
