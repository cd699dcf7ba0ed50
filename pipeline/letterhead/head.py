"""The letterhead proper: number, place and date, type, subject and the lines of the issuing body."""

import re
from dataclasses import dataclass

from pipeline.letterhead.cells import Flat, is_rule
from pipeline.letterhead.marks import (
    COPY_CODES,
    MOTTO,
    NATION,
    PARTY,
    UNION,
    Day,
    Number,
    Slice,
    days,
    is_in_capitals,
    numbers,
    small_type_line,
    type_lines,
)
from pipeline.letterhead.title import enacts, letter_subject, subject
from pipeline.letterhead.words import first_words, starts_with

NEAR = 900
"""How far from the number date and type may stand, in characters."""
LONGEST_LINE, MOST_LINES = 110, 6
"""Longest line of an issuer, in characters, and most lines."""
LIST = 3
"""Numbers alone on a line that make a list of documents, where no title of State or Party stands over them."""
_STAR = re.compile(r"(?:^|(?<=\n))\*{1,7}(?=\n|$)")
_DRAFT = re.compile(
    r"(?:^|(?<=\n))\(?dự\s{1,4}thảo(?:\s{1,4}(?:lần\s{1,4})?(?:thứ\s{1,4})?\w{1,5})?\)?[\s.:]*(?=\n|$|ngày|\d)|(?:^|(?<=\n))\(?dự\s{1,4}thảo\s"
)
_COPIED = re.compile(
    r"(?:^|(?<=\n))\(?(?:bản\s{1,4}sao|sao\s{1,4}y|sao\s{1,4}lục|trích\s{1,4}sao)(?:\s{1,4}(?:nguyên\s{1,4}văn|bản\s{1,4}chính|lục))?\)?(?=\s{0,4}(?:\n|$|[;:]))"
)
_LETTER = re.compile(r"(?:^|(?<=\n))kính\s{1,4}gửi")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the parts of a letterhead stand in its flat string; None where there is none."""

    flat: Flat
    number: Number | None
    day: Day | None
    type: Slice | None
    issuer: tuple[Slice, ...]
    title: Slice | None
    body: Slice | None
    letter: bool
    draft: bool
    copy: bool
    start: int
    end: int


def read_head(flat: Flat, letter: bool) -> Head | None:
    """The letterhead in a flat string; None if it holds none. `letter` says that "Kính gửi" follows it."""
    titles = _titles(flat)
    found = numbers(flat)
    copy = _copy_on_top(flat, found)
    base = copy or 0
    number = _number(flat, [number for number in found if number.at[0] >= base], titles)
    if number is None and not titles:
        return None
    starts = [title[0] for title in titles if title[0] >= base] + ([number.at[0]] if number else [])
    anchor = min(starts, default=base)
    kinds = _type(flat, anchor, bool(titles))
    day = _day(flat, number, anchor, kinds, copy is not None)
    limit = min([len(flat.cased)] + ([kinds[0]] if kinds else []))
    issuer = _issuer(flat, base, limit, number, day, titles)
    if not _is_head(flat, number, day, kinds, issuer, titles, found):
        return None
    body, title = subject(flat, kinds[1], len(flat.cased)) if kinds and not _is_clause(flat, kinds) else (None, None)
    letter = kinds is None and (letter or _LETTER.search(flat.lower) is not None)
    if kinds is None:
        others = [title[0] for title in titles] + ([day.at[0]] if day else [])
        title = letter_subject(flat, number.at[1] if number else anchor, others)
    letter = letter or (kinds is None and title is not None)
    ends = [part[1] for part in (kinds, title, number.at if number else None, day.at if day else None) if part]
    if kinds is None and not letter:
        body, title = _below_lost_type(flat, max(ends, default=anchor))
        ends += [title[1]] if title else []
    draft = _DRAFT.search(flat.lower, 0, title[0] if title else max(ends, default=0)) is not None or (
        number is not None and number.symbol is None
    )
    copied = (
        copy is not None or _COPIED.search(flat.lower, 0, kinds[0] if kinds else max(ends, default=anchor)) is not None
    )
    return Head(
        flat,
        number,
        day,
        kinds,
        issuer,
        title,
        body,
        letter,
        draft,
        copied,
        anchor,
        max(ends, default=anchor),
    )


def _below_lost_type(flat: Flat, at: int) -> tuple[Slice | None, Slice | None]:
    """The body that enacts and the subject where the line of the type is lost: in capitals, below number and date."""
    _, line = subject(flat, at, len(flat.cased))
    if line is None or not is_in_capitals(flat.cased[slice(*line)]):
        return None, None
    return (line, None) if enacts(flat.lower[slice(*line)].replace("\n", " ")) else (None, line)


def _titles(flat: Flat) -> list[Slice]:
    """Titles of State, Party and Youth Union, alone on their line."""
    found = [match.span() for pattern in (NATION, PARTY) for match in pattern.finditer(flat.lower)]
    return sorted(found)


def _copy_on_top(flat: Flat, found: list[Number]) -> int | None:
    """The end of the head that an office put above the head of what it copied."""
    copies = [number for number in found if number.symbol and COPY_CODES.search(_type_code(flat, number))]
    others = [number for number in found if number not in copies]
    if copies and others and copies[0].at[1] <= others[-1].at[0] and copies[0].at[0] < others[0].at[0]:
        marker = _COPIED.search(flat.lower, copies[0].at[1], others[0].at[0])
        return marker.end() if marker else copies[0].at[1]
    return None


def _type_code(flat: Flat, number: Number) -> str:
    parts = "".join(flat.cased[slice(*number.symbol or number.at)].split()).replace("-", "/").split("/")
    return parts[-2] if parts[2:] else ""


def _number(flat: Flat, found: list[Number], titles: list[Slice]) -> Number | None:
    """The number nearest to a title, else the first of a head without titles; one that is filled in before a blank one."""

    def apart(number: Number) -> int:
        return min((abs(number.at[0] - title[0]) for title in titles), default=0)

    near = [number for number in found if apart(number) < NEAR]
    filled = [number for number in near if number.symbol]
    return min(filled or near, key=lambda number: (apart(number), number.at), default=None)


def _type(flat: Flat, anchor: int, titled: bool) -> Slice | None:
    lines = [line for line in type_lines(flat, anchor) if line[0] - anchor < 2 * NEAR]
    if lines:
        return _of_one_line(flat, lines[0])
    small = small_type_line(flat, anchor) if titled else None
    return small if small and small[0] - anchor < 2 * NEAR else None


def _of_one_line(flat: Flat, kind: Slice) -> Slice:
    """A type without a second line that begins its subject: "THÔNG BÁO" / "KẾT LUẬN CỦA THỦ TƯỚNG …"."""
    line = flat.cased.find("\n", *kind)
    return (kind[0], line) if line >= 0 and flat.lower.startswith(" của ", kind[1]) else kind


def _is_clause(flat: Flat, kind: Slice) -> bool:
    """Whether a type is the word that enacts ("QUYẾT ĐỊNH:") and no title."""
    rest = flat.cased[kind[1] : kind[1] + 3].lstrip(" ")
    return rest.startswith(":")


def _day(flat: Flat, number: Number | None, anchor: int, kind: Slice | None, copied: bool) -> Day | None:
    """The day nearest to the number, before or soon after the type; under the head of a copy, the last."""
    at = number.at[0] if number else anchor
    limit = kind[0] if kind else at + NEAR
    near = [day for day in days(flat) if abs(day.at[0] - at) < NEAR and day.at[0] < limit + NEAR]
    before = [day for day in near if day.at[0] < limit]
    if copied and before:
        return before[-1]
    return min(before or near, key=lambda day: (day.iso is None, abs(day.at[0] - at)), default=None)


def _issuer(
    flat: Flat, base: int, limit: int, number: Number | None, day: Day | None, titles: list[Slice]
) -> tuple[Slice, ...]:
    """Lines that name the body and its superior: the last such before the number, else the first of all."""
    claimed = [*titles, *(match.span() for match in MOTTO.finditer(flat.lower))]
    claimed += [part.at for part in (number, day) if part]
    runs: list[list[Slice]] = [[]]
    for first, last in flat.lines():
        if first < base or first >= limit or not flat.cased[first:last].strip():
            continue
        free = not any(start < last and first < end for start, end in claimed)
        if free and _names(flat, first, last, runs[-1], bool(titles)):
            runs[-1].append((first, last))
        elif runs[-1]:
            runs.append([])
    found = [run[:MOST_LINES] for run in runs if run]
    at = number.at[0] if number else titles[0][0] if titles else limit
    above = [run for run in found if run[0][0] < at]
    chosen = (above or found or [[]])[-1 if above else 0]
    return _without_union(flat, _once(flat, chosen), above)


def _once(flat: Flat, run: list[Slice]) -> list[Slice]:
    """Without the name that a gazette prints over the head, where the head's own follows."""
    names = ["".join(flat.lower[slice(*line)].split()) for line in run]
    for at in range(1, len(run)):
        if "".join(names[:at]) == "".join(names[at:]):
            return run[at:]
    return run


def _without_union(flat: Flat, chosen: list[Slice], above: list[list[Slice]]) -> tuple[Slice, ...]:
    """The title of the Youth Union over the right column is no body where another stands over the number."""
    alone = len(chosen) == 1 and UNION.match(flat.lower, chosen[0][0])
    return tuple(above[-2] if alone and len(above) > 1 else chosen)


def _names(flat: Flat, first: int, last: int, above: list[Slice], titled: bool) -> bool:
    """Whether a line begins the name of a body or goes on with it."""
    line, printed = flat.lower[first:last].strip(), flat.cased[first:last].strip()
    if is_rule(printed) or len(line) > LONGEST_LINE or _is_stop(line):
        return False
    capitals, numbered = is_in_capitals(printed), any(map(str.isdigit, line))
    if starts_with("bodies").match(line) or (capitals and line in first_words()):
        return capitals or (titled and not numbered and printed[-1] not in ".;:,")
    return bool(above) and not numbered and (capitals or bool(starts_with("places").match(line)))


def _is_stop(line: str) -> bool:
    return starts_with("stops").match(line.lstrip("(")) is not None


def _is_head(
    flat: Flat, number: Number | None, day: Day | None, kind: Slice | None, issuer: tuple[Slice, ...], titles: list[Slice],
    found: list[Number],
) -> bool:  # fmt: skip
    """Whether enough of a letterhead stands together."""
    if not titles and len([number for number in found if number.symbol]) >= LIST:
        return False
    if titles:
        return number is not None or (kind is not None and (day is not None or bool(issuer)))
    stars = _STAR.search(flat.cased) is not None
    said = [day is not None, kind is not None, bool(issuer), stars]
    return number is not None and sum(said) > 1
