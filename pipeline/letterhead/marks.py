"""Marks of a letterhead in its flat string: titles of State and Party, number, place and date, type."""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from extractors.places import gazetteer
from extractors.symbols import CODE, NUMBER
from pipeline.letterhead.cells import Flat
from pipeline.letterhead.words import SPACE, starts_with, type_names

Slice = tuple[int, int]
NATION = re.compile(
    r"(?:^|(?<=\n))cộng\s{1,4}hòa\s{1,4}xã\s{1,4}hội\s{1,4}chủ\s{1,4}nghĩa\s{1,4}việt\s{1,4}nam(?=\s{0,4}(?:\n|$))"
)
PARTY = re.compile(r"(?:^|(?<=\n))đảng\s{1,4}cộng\s{1,4}sản\s{1,4}việt\s{1,4}nam(?=\s{0,4}(?:\n|$))")
MOTTO = re.compile(
    r"(?:^|(?<=\n))độc\s{1,4}lập\s{0,4}-?\s{0,4}tự\s{1,4}do\s{0,4}-?\s{0,4}hạnh\s{1,4}phúc[^\n]{0,3}(?=\n|$)"
)
UNION = re.compile(
    r"(?:^|(?<=\n))đoàn\s{1,4}(?:tncs|thanh\s{1,4}niên\s{1,4}cộng\s{1,4}sản)\s{1,4}hồ\s{1,4}chí\s{1,4}minh(?=\s{0,4}(?:\n|$))"
)
COPY_CODES = re.compile(r"(?:SY|SL|TrS|TS|BS)$")
"""Codes of copies: sao y, sao lục, trích sao; bản sao in papers of the Party."""
_START, _END = r"(?:^|(?<=\n))", r"(?=\s{0,4}(?:\n|$|\())"
_WORD = r"(?P<word>(?i:(?:luật\s|pháp\slệnh\s|nghị\squyết\s|lệnh\s)?số))(?!\w)\s{0,2}[:.;]{0,2}\s{0,2}"
_SYMBOL = rf"(?P<symbol>{NUMBER}\s{{0,2}}[-/]\s{{0,2}}(?:(?:19|20)\d\d\s{{0,2}}[-/]\s{{0,2}})?{CODE}(?:\s{{0,2}}[-/]\s{{0,2}}{CODE}){{0,4}})"
_NUMBERED = re.compile(rf"{_START}(?:{_WORD})?{_SYMBOL}[;,.]?(?=\s{{0,3}}(?:\n|$))")
_BLANK = re.compile(
    rf"{_START}{_WORD}(?P<blank>[.…_\s]{{0,40}}[-/]\s{{0,2}}(?:[.…_\s]{{0,12}}(?:20[.…_\s\d]{{0,6}})?/\s{{0,2}})?[^\W\d_][\w&.\-/]{{0,30}}"
    r"|[.…_\s]{0,40}(?=\n|$))"
)
_PART = r"(?:\d{1,4}|[.…_\s]{0,16}?)"
_PLACE = r"[^\W\d_](?:[\w.'()\-]|[ ](?!ngày)){1,40}?"
_DATE = re.compile(
    rf"{_START}(?:(?P<place>{_PLACE}),?\s{{0,3}})?ngày\s{{0,4}}(?P<day>{_PART})\s{{0,4}}tháng\s{{0,4}}(?P<month>{_PART})\s{{0,4}}"
    rf"năm\s{{0,4}}(?P<year>\d{{4}}|\d{{0,3}}[.…_\s]{{0,12}}?){_END}"
    rf"|{_START}(?P<place2>{_PLACE})(?:,\s{{0,3}}(?:ngày\s{{1,3}})?|\s{{1,3}}(?=\d{{1,2}}\stháng))"
    rf"(?P<day2>\d{{1,2}})(?:\s?[/.\-]\s?|\stháng\s)(?P<month2>\d{{1,2}})(?:\s?[/.\-]\s?|\snăm\s)(?P<year2>\d{{4}}){_END}"
)


class Number(NamedTuple):
    """Where a number stands; `symbol` is where its symbol does, None if the number is still to be filled in."""

    at: Slice
    symbol: Slice | None
    worded: bool


class Day(NamedTuple):
    """Where place and date stand, and the ISO date; None if it is still to be filled in or impossible."""

    at: Slice
    place: Slice | None
    iso: str | None
    day: Slice


@cache
def _type_line() -> re.Pattern[str]:
    return re.compile(rf"{_START}(?:DỰ THẢO\s{{1,4}})?(?P<type>{type_names(capitals=True)})(?=[\s:]|$)")


@cache
def _small_type_line() -> re.Pattern[str]:
    names = type_names().replace(SPACE, " ")
    return re.compile(rf"{_START}(?P<type>{names})(?= {{0,4}}(?:\n|$|: {{0,2}}\n| của\s))")


def numbers(flat: Flat) -> list[Number]:
    """Numbers alone on their line, and those that are still blank, in order."""
    found = [
        Number(match.span(), match.span("symbol"), match["word"] is not None)
        for match in _NUMBERED.finditer(flat.cased)
    ]
    found += [
        Number(match.span(), None, True)
        for match in _BLANK.finditer(flat.lower)
        if not any(number.at[0] <= match.start() < number.at[1] for number in found)
    ]
    return sorted(found)


def days(flat: Flat) -> list[Day]:
    """Places with dates, alone on their line."""
    return [_day(flat, match) for match in _DATE.finditer(flat.lower)]


def _day(flat: Flat, match: re.Match[str]) -> Day:
    which = "" if match["place2"] is None else "2"
    place = match.span("place" + which) if match["place" + which] else None
    parts = [match[name + which] for name in ("year", "month", "day")]
    return Day(
        match.span(), _whole_place(flat, place), to_iso(*parts), (match.start("day" + which), match.end("year" + which))
    )


def _whole_place(flat: Flat, place: Slice | None) -> Slice | None:
    """A place whose name began on the line above ("Thành phố Hồ Chí" / "Minh")."""
    if place is None or place[0] < 2 or flat.cased[place[0] - 2] == "\n":  # noqa: PLR2004
        return place
    start = flat.cased.rfind("\n", 0, place[0] - 1) + 1
    above = flat.cased[start : place[0] - 1].split()
    kind = starts_with("places").match(flat.lower[start : place[0] - 1])
    if (
        kind
        and len(above) > 1
        and all((word[0].isupper() and not word.isupper()) or word in ("phố", "xã") for word in above)
    ):
        return start, place[1]
    whole = " ".join([*above, flat.cased[slice(*place)]])
    return (start, place[1]) if len(above) == 1 and gazetteer().find(whole.lower()) else place


def to_iso(year: str, month: str, day: str) -> str | None:
    """An ISO date; None if there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def type_lines(flat: Flat, start: int) -> list[Slice]:
    """Types of documents in capitals that begin a line from `start` on."""
    return [match.span("type") for match in _type_line().finditer(flat.cased, start)]


def small_type_line(flat: Flat, start: int) -> Slice | None:
    """A type of document not in capitals, as older papers and transcripts have it: alone on its line, or with its body."""
    match = _small_type_line().search(flat.lower, start)
    return match.span("type") if match else None


def is_in_capitals(line: str) -> bool:
    """Whether a line has letters, and no small ones but those of abbreviations."""
    return line.isupper() or (line.upper() != line.lower() and sum(map(str.islower, line)) * 8 < len(line))
