"""What a document is about: below its type, or below the number of a letter ("V/v …")."""

import re
from collections.abc import Iterable

from extractors.units import find_units
from pipeline.letterhead.cells import Flat, is_rule
from pipeline.letterhead.marks import Slice, is_in_capitals
from pipeline.letterhead.words import starts_with

LONGEST = 700
"""Longest subject, in characters."""
MOST_LINES = 8
"""Lines below a blank one in which the rule is looked for that ends a subject."""
LONGEST_ASIDE = 3
"""Words in brackets that still belong to a subject."""
SENTENCE = 12
"""Words from which a line that ends as a sentence does is one of the body, and no subject."""
WHOLE = 0.75
"""Share of a line that a body's name fills up to its end, with its khóa behind."""
_ABOUT = re.compile(r"\s{0,4}(?:về\s{1,4}việc|v/v|về)(?!\w)[\s:.]*")
_LETTER_ABOUT = re.compile(r"(?:^|(?<=\n))\(?(?:v/v|về\s{1,4}việc)(?!\w)[\s:.]*")
_ABOUT_BELOW = re.compile(r"[ \t]{0,4}\n\s{0,4}về(?!\w)[\s:.]*")
"""A subject right below the number, without "V/v"."""
_JOINT = re.compile(r"\s{1,4}liên\s{1,4}tịch(?!\w)")
"""What may stand behind the type of a document of several bodies."""
_OF = re.compile(r"[\s:]*của\s{1,4}")
_MEETING = re.compile(
    r"[\s:]*(?:của\s{1,4})?(?P<of>(?:hội\s{1,4}nghị\s{1,4}lần|đại\s{1,4}hội)[^.;:]{0,200}?)(?=\s(?:về|v/v)\s)"
)
_BODY_ENDS = re.compile(r"\s{1,4}(?:số\s|ngày\s|về\s|v/v\s)")
_NUMBER = re.compile(r"\s{1,4}số\s")
_OWN_NUMBER = re.compile(
    r"\s{0,4},?\s{0,4}(?:số\s{1,4}[^\n\s]{1,40}(?:\s?[-/]\s?[^\n\s]{1,20})?)?\s{0,4},?\s{0,4}(?:ngày\s{1,4}\d[^\n,]{3,40}?\d{4})?(?=\s)[,\s]*"
)
_STOP = re.compile(
    r"(?:[-+•]\s?)?(?:căn\s{1,4}cứ|kính\s{1,4}gửi|nơi\s{1,4}nhận|xét\s{1,4}đề\s{1,4}nghị|theo\s{1,4}đề\s{1,4}nghị|để\s|nhằm\s|trong\s{1,4}(?:thời|những)|những\s{1,4}năm"
    r"|phần\s{1,4}(?:i|thứ|một|1)|chương\s{1,4}i|điều\s{1,4}1|[ivx]{1,4}\s?[-.)]|\d{1,2}\s?[-.)]\s|hội\s{1,4}nghị\s{1,4}lần\s|thực\s{1,4}hiện\s{1,4}.*[;,:.]$)"
)
_GOES_ON = re.compile(
    r"\(|(?:giai|năm|nhiệm|trên|tại|của|về|đến|và|thuộc|theo|trong|với|tầm|nhân|hướng|từ|ban\s{1,4}hành|kèm)(?!\w)"
)
"""How a line in small letters may go on with a subject in capitals above it."""
_TERM = re.compile(r"\(?(?:khóa|kỳ\shọp|nhiệm\skỳ|lần\sthứ)(?!\w)")
"""A line that tells the term or meeting of the body above it."""
_ENDS = re.compile(r"(?<![.…])[.;:]$")
_ASIDE = re.compile(r"\s{0,4}[(\[][^()\[\]]*[)\]]?\s{0,4}$")


def subject(flat: Flat, at: int, limit: int) -> tuple[Slice | None, Slice | None]:
    """Slices of the body that the line of the type names ("CỦA BỘ CHÍNH TRỊ"), and of the subject, which begin at `at`."""
    joint = _JOINT.match(flat.lower, at)
    at = _after_own_number(flat, joint.end() if joint else at)
    meeting, of = _MEETING.match(flat.lower, at), _OF.match(flat.lower, at)
    body = meeting.span("of") if meeting else (of.end(), _end_of_body(flat, of.end())) if of else None
    at = _after_own_number(flat, body[1]) if body else at
    while at < limit and flat.cased[at] in " :\n":
        at += 1
    about = _ABOUT.match(flat.lower, at)
    start = about.end() if about else at
    return body, _up_to_body(flat, start, limit)


def _after_own_number(flat: Flat, at: int) -> int:
    """Behind number and day, where they stand between the type, the body and the subject."""
    own = _NUMBER.match(flat.lower, at) and _OWN_NUMBER.match(flat.lower, at)
    return own.end() if own else at


def letter_subject(flat: Flat, start: int, others: Iterable[int]) -> Slice | None:
    """The subject that stands under the number of a letter, up to the first of `others`, where other parts of the head begin."""
    about = _ABOUT_BELOW.match(flat.lower, start) or _LETTER_ABOUT.search(flat.lower, start)
    if about is None:
        return None
    return _up_to_body(flat, about.end(), min((at for at in others if at > about.end()), default=len(flat.cased)))


def _end_of_body(flat: Flat, start: int) -> int:
    """The end of a body's name, which its head's post may precede: of the unit that begins here, else of the line."""
    line = _line_end(flat, start)
    ended = _BODY_ENDS.search(flat.lower, start, start + LONGEST)
    if _ABOUT.match(flat.lower, line):
        return min(line, ended.start() if ended else line)
    words = flat.cased[start : min(start + LONGEST, ended.start() if ended else start + LONGEST)].replace("\n", " ")
    post = starts_with("posts").match(words.lower()) is not None
    unit = next((unit for unit in find_units(words).items if unit.start == 0 or post), None)
    if unit and unit.start < line - start:
        return start + unit.end
    return min(line, ended.start()) if ended else line


def _line_end(flat: Flat, start: int) -> int:
    line = flat.cased.find("\n", start)
    return len(flat.cased) if line < 0 else line


def _up_to_body(flat: Flat, start: int, limit: int) -> Slice | None:
    """Lines from `start` on that are the subject, without brackets behind it."""
    end = start
    lines = [(max(first, start), last) for first, last in flat.lines() if last > start or first >= start]
    for at, (first, last) in enumerate(lines):
        if first >= limit or last - start > LONGEST or _stops(flat, lines, at, first, start):
            break
        end = min(last, limit) if flat.cased[first:last].strip() else end
    printed = flat.cased[start:end]
    aside = _ASIDE.search(printed)
    if aside and len(aside[0].split()) > LONGEST_ASIDE and aside.start() > 0:
        printed = printed[: aside.start()]
    printed = printed.rstrip(" \n*_-–")
    printed = printed.rstrip('" ') if printed.startswith('"') or printed.count('"') % 2 else printed
    refused = (
        not printed or printed[-1] in ";:" or (printed[-1] == "." and not printed.endswith("..")) or printed.isdigit()
    )
    return None if refused else (start, start + len(printed))


def _stops(flat: Flat, lines: list[Slice], at: int, first: int, start: int) -> bool:
    """Whether the subject ends above a line: at a rule, the preamble, a blank line, or the body that enacts."""
    line = flat.lower[slice(*lines[at])].strip()
    printed = flat.cased[slice(*lines[at])].strip()
    if at == 0:
        return False
    if not line:
        after = flat.cased[slice(*lines[at + 1])].strip() if at + 1 < len(lines) else ""
        return not after or enacts(after.lower()) or not (after[0].islower() or _rule_follows(flat, lines[at + 1 :]))
    if len(printed.split()) >= SENTENCE and printed[0].isupper() and not printed.isupper() and _ENDS.search(printed):
        return True
    if is_rule(line) or (_STOP.match(line) and not (is_in_capitals(printed) and line.startswith("thực"))):
        return True
    title = flat.cased[start:first]
    if not is_in_capitals(printed):
        body = printed[0].isupper() and is_in_capitals(title) and not _GOES_ON.match(line)
        return bool(body or (starts_with("posts").match(line) and enacts(line) and _is_last(flat, lines, at)))
    return enacts(line) and (not is_in_capitals(title) or _is_last(flat, lines, at))


def _rule_follows(flat: Flat, lines: list[Slice]) -> bool:
    """Whether all lines up to a rule can be of the subject, which the rule then ends."""
    for first, last in lines[:MOST_LINES]:
        line, printed = flat.lower[first:last].strip(), flat.cased[first:last].strip()
        if line and is_rule(line):
            return True
        if _STOP.match(line) or line.endswith((";", ":")) or (is_in_capitals(printed) and enacts(line)):
            return False
    return False


def enacts(line: str) -> bool:
    """Whether a line names a body, or the head of one, and nothing else."""
    if not (starts_with("posts").match(line) or starts_with("bodies").match(line)):
        return False
    units = [unit for unit in find_units(line.upper()).items if unit.unit_type != "locality"]
    return bool(units) and len(line) - units[-1].end < len(line) * (1 - WHOLE) + 1


def _is_last(flat: Flat, lines: list[Slice], at: int) -> bool:
    """Whether nothing but a line or two of the body's name precedes the preamble."""
    after = (flat.lower[first:last].strip() for first, last in lines[at + 1 : at + 4])
    rest = [line for line in after if not _TERM.match(line)]
    return not any(rest) or (not rest[0]) or any(_STOP.match(line) for line in rest[:2])
