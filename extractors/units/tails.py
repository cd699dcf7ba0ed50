"""The steps of a tail: what may follow the head of a body, each a reader from an offset of the view.

A step looks from the end of what is read so far (a space comes next) and returns how far it goes, or None.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from extractors.figures.nouns import begins_counted_noun, find_noun
from extractors.models import Level, UnitType
from extractors.places import words
from extractors.units import patterns
from extractors.units.fixed import FIXED, fixed
from extractors.units.readers import Name, is_person, read_place, read_title, read_typed, read_words
from extractors.view import View


class Tail(NamedTuple):
    """How far a step goes; the place that it names, by its offsets; and its level."""

    end: int
    place: tuple[int, int] | None = None
    level: Level | None = None
    kind: UnitType | None = None


Step = Callable[[View, int], Tail | None]
_LEVELS: dict[str, Level] = {
    "tỉnh": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}


def read_area(view: View, at: int) -> Tail | None:
    """Read a place with its kind, a kind that stands for the place, or a group of places."""
    return read_seat(view, at) or _read_group(view, at)


def read_seat(view: View, at: int) -> Tail | None:
    """Read a place with its kind, or a kind that stands for the place (`tỉnh`)."""
    if view.cased[at : at + 1] != " ":
        return None
    typed = read_typed(view, at + 1)
    if typed:
        return Tail(typed.end, (typed.name, typed.end), typed.level)
    bare = patterns.area().match(view.lower, at)
    if not bare:
        return None
    named = view.cased[bare.end() + 1 : bare.end() + 2].isupper() and view.cased[bare.end()] == " "
    return Tail(bare.start(2) if named else bare.end(), None, _LEVELS.get(bare[1]))


def read_zone(view: View, at: int) -> Tail | None:
    """Read the number of a region of a court, a treasury or the like, and its place behind a dash: ` khu vực 1 - Sơn Dương`."""
    found = fixed("zone").match(view.lower, at)
    if not found:
        return None
    seat = read_bare(view, found.end() + 2) if view.cased.startswith(" - ", found.end()) else None
    return seat or Tail(found.end())


def _counts_nothing(view: View, found: re.Match[str]) -> bool:
    """Whether a number is that of a body (`Thuế cơ sở 3`): not `Trường Tiểu học 15 lớp`."""
    return " số " in found[0] or not _is_counted(view, found.end() + 1)


def _is_capital(view: View, found: re.Match[str]) -> bool:
    """Whether a numeral stands in capitals: `Khu ủy V`, not `Khu ủy vi phạm`."""
    return view.cased[slice(*found.span())].isupper()


def _is_titled(view: View, found: re.Match[str]) -> bool:
    """Whether all parts of a name that dashes join have a capital: `Thanh - Nghệ - Tĩnh`."""
    return view.cased[slice(*found.span())].istitle()


def _is_counted(view: View, at: int) -> bool:
    """Whether at `at` begins what is counted; a name with a capital is not."""
    if not view.cased[at : at + 1].islower():
        return False
    noun = find_noun(view.lower, at)
    return begins_counted_noun(view.lower, at) or (noun is not None and noun[1].name in ("bodies", "posts"))


def read_hamlet(view: View, at: int) -> Tail | None:
    """Read a place below the commune: only those have a chi bộ of their own."""
    typed = read_typed(view, at + 1, sure=True) if view.cased[at : at + 1] == " " else None
    if not typed or typed.kind.level != "base":
        return None
    return Tail(typed.end, (typed.name, typed.end), "base")


def _read_group(view: View, at: int) -> Tail | None:
    found = patterns.group().match(view.lower, at)
    return Tail(found.end()) if found else None


def read_bare(view: View, at: int) -> Tail | None:
    """Read the bare name of a place that the gazetteer knows."""
    if view.cased[at : at + 1] != " ":
        return None
    name = read_place(view, at + 1)
    if not name or not name.places or not _is_large(view, at + 1, name):
        return None
    return Tail(name.end, (at + 1, name.end), None)


def _is_large(view: View, at: int, name: Name) -> bool:
    """Whether a name is long enough, and no person's (`Bí thư Đảng ủy Lê Lợi Anh`)."""
    levels = {place.level for place in name.places}
    ends = read_words(view, at)
    if is_person(view, at, ends) and name.end < ends[-1]:
        person = name.end == ends[-2]  # `Bí thư Tỉnh ủy Hà Trung Ký`: one word alone is left of the name
        return "province" in levels or not (person or levels == {"commune"})
    return " " in view.cased[at : name.end] or "province" in levels


def read_locus(view: View, at: int) -> Tail | None:
    """Read the bare name of a place, known or not; an unknown one has two words and no family name."""
    known = read_bare(view, at)
    if known or view.cased[at : at + 1] != " ":
        return known
    name = read_place(view, at + 1)
    if not name or name.places:
        return None
    printed = view.cased[at + 1 : name.end]
    first, space, _ = printed.partition(" ")
    short = len(first) > 1 and first.isupper() and not printed.isupper()
    named = space and not short and first.lower() not in words("surnames")
    return Tail(name.end, (at + 1, name.end), None) if named else None


def read_fields(view: View, at: int) -> Tail | None:
    """Read a field of work made of known terms: `Kiểm tra văn bản`."""
    end = read_title(view, at, known=True)
    return None if end is None else Tail(end)


def read_name(view: View, at: int) -> Tail | None:
    """Read a proper name: `Bạch Mai`, `Cộng sản`, `"Sao Vàng"`."""
    end = read_title(view, at)
    return None if end is None else Tail(end)


def _read_listed(view: View, at: int, *lists: str) -> Tail | None:
    start = at + 1
    if view.cased[at : at + 1] != " " or not view.cased[start : start + 1].isupper():
        return None
    found = [patterns.term(name).match(view.lower, start) for name in lists]
    ends = [match.end() for match in found if match]
    short = patterns.acronym().match(view.cased, start)
    if short and not _is_shouted(view, at, short[0]):
        ends.append(short.end())
    return Tail(max(ends)) if ends else None


def _is_shouted(view: View, at: int, short: str) -> bool:
    """Whether the head is in capitals itself, so that capitals behind it tell nothing."""
    return view.cased[at - 2 : at].isupper() and "&" not in short


def read_ministry(view: View, at: int) -> Tail | None:
    """Read the field of a ministry."""
    return _read_listed(view, at, "ministry")


def read_joint(view: View, at: int) -> Tail | None:
    """Read the field of a further ministry of several: ` - Nội vụ`."""
    start = at + len(" - ") if view.cased.startswith(" - ", at) else at + len(", ")
    listed = view.cased.startswith((" - ", ", "), at) and view.cased[start : start + 1].isupper()
    found = patterns.term("ministry").match(view.lower, start) if listed else None
    return Tail(found.end()) if found else None


def read_office(view: View, at: int) -> Tail | None:
    """Read the field of a provincial or district office."""
    return _read_listed(view, at, "ministry", "office") or read_fields(view, at)


def read_association(view: View, at: int) -> Tail | None:
    """Read whose association it is: a known group of people in any case, or a name with a capital."""
    if view.cased[at : at + 1] != " ":
        return None
    found = patterns.term("association").match(view.lower, at + 1)
    return Tail(found.end()) if found else read_fields(view, at)


def read_parent(view: View, at: int) -> Tail | None:
    """Read the ministry behind a department: ` - Bộ Tư pháp`."""
    found = re.compile(r" - bộ").match(view.lower, at)
    return read_ministry(view, found.end()) if found else None


def read_committees(view: View, at: int) -> Tail | None:
    """Read a definite group of committees: `các tỉnh ủy, thành ủy`."""
    found = patterns.committees().match(view.lower, at)
    own = patterns.own_committee().search(view.cased, at, found.end() + 3) if found else None
    return Tail(own.start() if own else found.end()) if found else None


def read_topic(view: View, at: int) -> Tail | None:
    """Read what a steering committee is for, up to a verb or the end of the clause."""
    found = patterns.topic().match(view.lower, at)
    if not found:
        return None
    other = patterns.topic_end().search(view.cased, at + 4, found.end() + 1)
    return Tail(other.start() if other else found.end())


def read_campaign(view: View, at: int) -> Tail | None:
    """Read the campaign that a steering committee leads."""
    found = patterns.campaign().match(view.lower, at)
    return Tail(found.end()) if found else None


_CENTRAL = ("centre", "plenum", "supreme", "assembly")
"""Steps whose bodies are of the centre."""
_FITTING = {"number": _counts_nothing, "unit": _counts_nothing, "roman": _is_capital, "lands": _is_titled}
"""What must hold besides of what some steps match."""


def _fixed(step: str) -> Step:
    fits = _FITTING.get(step)
    level: Level | None = "central" if step in _CENTRAL else None

    def read(view: View, at: int) -> Tail | None:
        found = fixed(step).match(view.lower, at)
        return Tail(found.end(), None, level) if found and (fits is None or fits(view, found)) else None

    return read


@cache
def steps() -> dict[str, Step]:
    """All steps by name, but those that read another body."""
    readers: dict[str, Step] = {name: _fixed(name) for name in FIXED}
    return readers | {
        "area": read_area,
        "zone": read_zone,
        "seat": read_seat,
        "place": read_bare,
        "locus": read_locus,
        "hamlet": read_hamlet,
        "fields": read_fields,
        "title": read_name,
        "ministry": read_ministry,
        "joint": read_joint,
        "office": read_office,
        "association": read_association,
        "parent": read_parent,
        "topic": read_topic,
        "campaign": read_campaign,
    }
