"""The number of a text that is itself a document: alone on its line among the first, date and type below it."""

import re
from functools import cache

from extractors.references.context import Surroundings
from extractors.references.draft import Draft
from extractors.tables import doc_types
from extractors.view import View

LETTERHEAD = "letterhead"
"""Flag of the mention by which a text that is a document names itself; its type stands on a line below."""
HEAD = 1500
"""How far down the text a letterhead may reach, in characters."""
_ALONE_BEFORE = re.compile(r"(?:^|\n)[ |*#>]{0,10}(?:số\s{0,2}:?\s{0,2})?$")
_ALONE_AFTER = re.compile(r"[ |*]{0,10}(?:\n|$)|[ |*]{3,200}[^\W\d][^\n,]{1,40}, ngày ")

_BLANK_NUMBER = re.compile(r"(?:^|\n)[ |*]{0,10}số\s{0,2}:?\s{0,2}[.…_ ]{0,12}[-/]\s?[^\W\d][^\n]{0,30}\n")


@cache
def _type_line() -> re.Pattern[str]:
    names = sorted((row.name.upper() for row in doc_types()), key=len, reverse=True)
    return re.compile(rf"\n[ |*#]{{0,10}}({'|'.join(names)})(?=[\s*|:])")


_HEADING = re.compile(
    r"[\s*|#:]{0,12}+(?![^\n:]{0,60}\sđiện\s?:)(?:(?:về\sviệc|về|v/v)\s+)?"
    r"(?P<title>(?:(?!\n[^\S\n]*+(?:\n|[-_*]{3}|(?:[-+•]\s?)?(?:căn\scứ|thực\shiện|xét\s|theo\sđề\snghị|kính\sgửi)|phần\s|chương\s|[ivx]+[.\-]))[\s\S]){8,500})"
)
"""What a document is about, up to an empty line, a rule or the preamble; a telegram has its addressees there ("THỦ TƯỚNG CHÍNH PHỦ điện:")."""
PLACE = r"[^\W\d][^\n,|\d]{1,40}, "
"""The place before the day on which a document was made: "Hà Nội, "."""
_PLACE = re.compile(rf"(?:\n|\|| {{3}}) {{0,40}}{PLACE}(?=ngày )")
"""The place before the day on which the document was made; another day may stand above, in the subject of a letter."""
_DAY_ABOVE = re.compile(rf"{PLACE}(?=ngày \d{{1,2}} tháng \d{{1,2}} năm \d{{4}}(?P<end> )số\s{{0,2}}:?\s{{0,2}}$)")
_OF = re.compile(r"[\s*|#]{1,12}của\s")
"""Between the type and whose document it is."""


def is_blank_form(seen: View) -> bool:
    """Whether a text is a document whose number is not yet filled in ("Số: …/ĐA", the type on a line below)."""
    number = _BLANK_NUMBER.search(seen.lower, 0, HEAD)
    return number is not None and _type_line().search(seen.cased, number.end() - 1, HEAD) is not None


def read_letterhead(seen: View, draft: Draft, around: Surroundings) -> bool:
    """Read date and type of the text itself from its head; False if the mention is not in one."""
    if draft.end >= HEAD or draft.form != "numbered" or not _ALONE_AFTER.match(seen.lower, draft.end):
        return False
    day = _below_day(seen, draft.core)
    if not (day or _ALONE_BEFORE.search(seen.lower, max(0, draft.core - 30), draft.core)):
        return False
    line = _type_line().search(seen.cased, draft.end, HEAD)
    draft.start, draft.letterhead = draft.core, True
    draft.flags = (*draft.flags, LETTERHEAD) if line else draft.flags
    if line:
        draft.doc_type = " ".join(line[1].lower().split())
        if seen.cased[line.end() : line.end() + 1] != ":":  # the word that enacts
            _read_heading(seen, draft, around, line.end())
    blank = line is not None and draft.number is None
    end = line.start() if line and blank else HEAD
    placed = day or _PLACE.search(seen.cased, draft.end, end)
    draft.issued = around.first_day(placed.end() if placed else draft.end, end)
    return True


def _below_day(seen: View, number: int) -> re.Match[str] | None:
    """The place and the day in the line above the number, with which the view joins its line."""
    day = _DAY_ABOVE.search(seen.lower, max(0, number - 80), number)
    return day if day and seen.text[seen.start(day.start("end"))] == "\n" else None


def _read_heading(seen: View, draft: Draft, around: Surroundings, at: int) -> None:
    """What the document is about; whose it is may stand before that, and is no part of the mention."""
    of = _OF.match(seen.lower, at)
    body = around.bodies.at(of.end()) if of else None
    at = body[1] if body else at
    heading = _HEADING.match(seen.lower, at, at + HEAD)
    if heading is None or heading["title"].rstrip().endswith((".", ":", ",")):
        return
    start, end = heading.span("title")
    end = _above_body(seen, around, draft.start, start, end)
    draft.title = (start, start + len(seen.cased[start:end].rstrip(" *_-\n")))


def _above_body(seen: View, around: Surroundings, number: int, start: int, end: int) -> int:
    """Where a heading ends above a line of the body that issues, which the letterhead names above the number too."""
    issuer = " ".join(seen.lower[:number].split())
    for body in around.bodies.between(start + 1, end):
        line = body[0] - 1
        if seen.text[seen.start(line)] == "\n" and " ".join(seen.lower[slice(*body)].split()) in issuer:
            return line
    return end
