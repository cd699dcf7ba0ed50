"""Where a letterhead may stand: around the title of the State or the Party, or around the first number alone on its line."""

import re
from collections.abc import Iterator

from extractors.view import fold, join_wrapped

SEARCHED = 12_000
"""How far into a text a letterhead is looked for, in characters; pages of portals have menus above it."""
ABOVE, LENGTH, LINES = 1200, 5000, 90
"""What belongs to a letterhead, in characters: above what it is known by, and in all; in lines."""
MOST_PLACES = 4
"""How many places are tried."""
TABLE = 300
"""How far below the number in a portal's table its other rows stand, in characters."""
PROSE = 15
"""Words from which a paragraph is told from a line of a head."""
_ANCHOR = re.compile(
    r"CỘNG[\s*|]+HÒA[\s*|]+XÃ[\s*|]+HỘI|ĐẢNG[\s*|]+CỘNG[\s*|]+SẢN[\s*|]+VIỆT[\s*|]+NAM"
    r"|(?:^|(?<=[\n|\t])|(?<=   ))[ *#>_|]{0,20}(?i:cộng[ \n]+hòa[ \n]+xã[ \n]+hội|đảng cộng sản việt nam|số\b[ *]{0,3}[:.]?[\s|*]{0,9}[\d.…_/\-])"
    r"|(?:^|\n)[ *#|]{0,9}\d{1,5}(?:/\d{4})? ?[-/] ?[A-ZĐ][\w&]{0,9}[-/][A-ZĐ][^\n ]{0,20} *(?:\n|$)"
)
_BODY = re.compile(
    r"\n[\W_]{0,12}(?:(?:căn cứ|kính gửi|nơi nhận|điều 1|chương i|phần i|phần thứ nhất)(?!\w)|i ?[-.] |1 ?[-.)] )"
)
_LABELS = re.compile(r"số (?:ký )?hiệu|loại (?:văn bản|vb)|cơ quan ban hành|nơi ban hành|ngày ban hành|người ký")
"""What a portal says of a document above its text."""


def places(text: str) -> Iterator[tuple[int, int]]:
    """Slices of a text in which its letterhead may stand, the likeliest first."""
    head = fold(text[:SEARCHED])
    last = -1
    for _, anchor in zip(range(MOST_PLACES), _ANCHOR.finditer(head), strict=False):
        if anchor.start() < last:
            continue
        if _has_prose(head, anchor.start()):
            continue
        start = head.rfind("\n", 0, max(0, anchor.start() - ABOVE)) + 1
        end = _end(head, anchor.end())
        last = end
        yield start, end


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
