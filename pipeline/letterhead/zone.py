"""Where a letterhead may stand: around the title of the State or the Party, or around the first number alone on its line."""

import re
from collections.abc import Iterator

from extractors.view import folded, join_wrapped

SEARCHED = 12_000
"""How far into a text a letterhead is looked for, in characters; pages of portals have menus above it."""
ABOVE, LENGTH, LINES = 1200, 5000, 90
"""What belongs to a letterhead, in characters: above what it is known by, and in all; in lines."""
MOST_ANCHORS = 12
"""How many of the marks of a letterhead are looked at."""
CELL = 24
"""Marks before the first word of a cell, in characters."""
TABLE = 300
"""How far below the number in a portal's table its other rows stand, in characters."""
PROSE = 15
"""Words from which a paragraph is told from a line of a head."""
_TITLE = re.compile(
    r"cộng[\s*|]{1,9}hòa[\s*|]{1,9}xã[\s*|]{1,9}hội|đảng[\s*|]{1,9}cộng[\s*|]{1,9}sản[\s*|]{1,9}việt[\s*|]{1,9}nam"
)
_NUMBER = re.compile(r"số(?!\w)[ *]{0,3}[:.]?[\s|*]{0,9}[\d.…_/\-]")
_SYMBOL = re.compile(r"\n[ *#|]{0,9}\d{1,5}(?:/\d{4})? ?[-/] ?[^\W\d][\w&]{0,9}[-/][^\W\d][^\n ]{0,20} *(?=\n)")
_OPENS = re.compile(r"(?:^|[\n|\t]|   )[ *#>_|]{0,20}$")
"""What stands before the first word of a line or cell."""
_BODY = re.compile(
    r"\n[\W_]{0,12}(?:(?:căn cứ|kính gửi|nơi nhận|điều 1|chương i|phần i|phần thứ nhất)(?!\w)|i ?[-.] |1 ?[-.)] )"
)
_LABELS = re.compile(r"số (?:ký )?hiệu|loại (?:văn bản|vb)|cơ quan ban hành|nơi ban hành|ngày ban hành|người ký")
"""What a portal says of a document above its text."""


def places(text: str) -> Iterator[tuple[int, int]]:
    """Slices of a text in which its letterhead may stand, the likeliest first."""
    head = folded(text)[:SEARCHED]
    last = -1
    anchors = sorted(_anchors(head))[:MOST_ANCHORS]
    for at, after in anchors:
        if at < last or _has_prose(head, at):
            continue
        start = head.rfind("\n", 0, max(0, at - ABOVE)) + 1
        last = _end(head, after)
        yield start, last


def _anchors(head: str) -> Iterator[tuple[int, int]]:
    """What a letterhead is known by: a title in capitals or at the beginning of a cell, a number at the beginning of a line."""
    lower = head.lower()
    for title in _TITLE.finditer(lower):
        if head[title.start() : title.end()].isupper() or _opens(lower, title.start()):
            yield title.span()
    for number in _NUMBER.finditer(lower):
        if _opens(lower, number.start()):
            yield number.span()
    for symbol in _SYMBOL.finditer("\n" + lower + "\n"):
        yield max(0, symbol.start() - 1), symbol.end() - 1


def _opens(lower: str, at: int) -> bool:
    return _OPENS.search(lower[max(0, at - CELL) : at]) is not None


def _end(head: str, after: int) -> int:
    """Where the body begins, or as far as a head goes."""
    body = _BODY.search(head.lower(), after)
    furthest = min(len(head), after + LENGTH, body.start() if body else len(head))
    at = after
    for _ in range(LINES):
        at = head.find("\n", at, furthest) + 1
        if not at:
            return furthest
    return at


def _has_prose(head: str, before: int) -> bool:
    """Whether an article precedes: a paragraph, unless the page has a table that describes the document."""
    if len(set(_LABELS.findall(head[: before + TABLE].lower()))) > 2:  # noqa: PLR2004
        return False
    return any(map(_is_prose, join_wrapped(head[:before]).split("\n")[:-1]))


def _is_prose(printed: str) -> bool:
    words = len(printed.split())
    return words >= PROSE and (printed.rstrip(" *")[-1:] in '.;:!?”"' or words >= PROSE * 3) and not printed.isupper()
