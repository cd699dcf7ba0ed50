"""Readers of proper names: where a name that begins at an offset ends.

All offsets are offsets into the view. A reader returns None where there is no such name.
"""

from functools import cache
from typing import NamedTuple

from extractors.models import Level
from extractors.places import KindRow, Place, gazetteer, kind_by_spelling, words
from extractors.units import patterns
from extractors.units.fixed import fixed
from extractors.units.rows import heads
from extractors.view import View

MAX_NAME = 6
"""Most words in the name of a place (`Phan Rang - Tháp Chàm` has four, `Trần Văn Thời` three)."""
LONG_WORD = 5
"""Letters in a word that is a whole name (`Đakrông`); shorter ones are syllables."""
LETTER = 2
"""A space and one letter."""


class Name(NamedTuple):
    """A proper name: its end, and the places that bear it (none if unknown)."""

    end: int
    places: tuple[Place, ...] = ()


class Typed(NamedTuple):
    """A place with its kind: `huyện miền núi Đồng Xuân`. `name` is where the bare name begins."""

    start: int
    name: int
    end: int
    kind: KindRow
    places: tuple[Place, ...]

    @property
    def level(self) -> Level:
        """The level of the place; a city may be a province."""
        city = self.kind.level == "district" and any(place.level == "province" for place in self.places)
        return "province" if city and self.kind.word == "thành phố" else self.kind.level


def read_words(view: View, at: int, most: int = MAX_NAME) -> list[int]:
    """The ends of the words in capitals that stand in a row from `at`."""
    ends: list[int] = []
    found = patterns.word().match(view.cased, at)
    while found and len(ends) < most:
        ends.append(found.end())
        found = patterns.word().match(view.cased, found.end())
    return ends


def is_stop(view: View, start: int) -> bool:
    """Whether a word in capitals begins something else: `Đồng chí`, but not `Đồng Xuân`."""
    return patterns.term("stops").match(view.lower, start) is not None


def read_place(view: View, at: int, kind: str = "") -> Name | None:
    """Read the name of a place; one that the gazetteer knows, or one that looks like a name.

    Known names end where the gazetteer says; an unknown one ends before a person's name.
    """
    ends = read_words(view, at)
    if not ends or patterns.republic().match(view.lower, at):
        return None
    if numbered := _with_number(view, at, ends[-1], kind):
        return numbered
    for count in range(len(ends), 0, -1):
        places = gazetteer().find(view.lower[at : ends[count - 1]])
        fitting = tuple(place for place in places if place.kind == kind) or (tuple(places) if count > 1 else ())
        if fitting or (places and not kind):
            return _lengthen(view, at, ends, count, fitting or tuple(places))
    return _unknown(view, at, ends)


def _with_number(view: View, at: int, end: int, kind: str) -> Name | None:
    """A place whose name ends with a number: `phường Hà Giang 1`."""
    number = patterns.behind_name().match(view.lower, end)
    found = gazetteer().find(view.lower[at : number.end()]) if number else ()
    places = tuple(place for place in found if place.kind == kind)
    return Name(number.end(), places) if number and places else None


def _lengthen(view: View, at: int, ends: list[int], count: int, places: tuple[Place, ...]) -> Name:
    """One word more than the gazetteer knows belongs to the name (`Vĩnh Lộc B`), if it is a letter or a numeral."""
    if count < len(ends) and (ends[count] - ends[count - 1] == LETTER or _is_numeral(view, ends, count)):
        return Name(ends[count])
    return Name(ends[count - 1], places)


def _unknown(view: View, at: int, ends: list[int]) -> Name | None:
    starts = [at, *(end + 1 for end in ends[:-1])]
    stop = next((count for count, start in enumerate(starts) if _stops(view, start)), len(ends))
    if not stop:
        return None
    ends = ends[:stop]
    person = is_person(view, at, ends)
    shouted = view.cased[at : ends[-1]].isupper()
    if person or (shouted and ends[-1] - at > LETTER):
        return None
    for count in range(2, len(ends) - 1):
        if view.lower[starts[count] : ends[count]] in words("surnames"):
            return Name(ends[count - 1])
    return Name(ends[min(len(ends), 4) - 1])


def _stops(view: View, start: int) -> bool:
    """Whether a word, or one behind a dash, begins something else: `Mỏ Than - Chi bộ`."""
    return is_stop(view, start) or (
        view.cased.startswith(" - ", start - 1) and patterns.scanner().match(view.lower, start + 2) is not None
    )


def is_person(view: View, at: int, ends: list[int]) -> bool:
    """Whether words in capitals look like a person's name: three or four, the first a family name or the second one that only persons have."""
    if len(ends) not in (3, 4) or _is_numeral(view, ends, len(ends) - 1):
        return False
    return view.lower[at : ends[0]] in words("surnames") or view.lower[ends[0] + 1 : ends[1]] in words("middle_names")


def _is_numeral(view: View, ends: list[int], at: int) -> bool:
    """Whether word number `at`, not the first, is a Roman numeral."""
    return view.cased[ends[at - 1] + 1 : ends[at]] in ("I", "II", "III", "IV")


def is_idle(view: View, start: int, end: int) -> bool:
    """Whether a head of one small word begins no name, since a small word follows; quick."""
    after = view.cased[end + 1 : end + 2]
    if not after.islower() or view.cased[start].isupper() or view.cased[end] != " ":
        return False
    return view.lower[start:end] not in _talkative() and not view.lower.startswith(_between(), end + 1)


@cache
def _talkative() -> frozenset[str]:
    """Heads of one word whose tail may be in small letters: `hội nông dân huyện Nam Sách`."""
    rows = ((phrase, head.row.tail) for phrase, group in heads().items() for head in group)
    return frozenset(phrase for phrase, tail in rows if any("association" in step for step in tail))


@cache
def _between() -> tuple[str, ...]:
    return ("số ", *(f"{age}: " for age in words("ages")), *words("leads"), *words("modifiers"))


def read_typed(view: View, at: int, sure: bool = False) -> Typed | None:
    """Read a kind of place and its name: `xã Sơn Lôi`, `TP.HCM`, `thôn 3`; `sure` says that a place must stand here."""
    head = patterns.kind().match(view.lower, at)
    if not head:
        return None
    kind = kind_by_spelling()[head["word"] or head["short"]]
    name = head.end() + (view.cased[head.end() : head.end() + 1] == " ")
    if head["short"]:
        shown = view.cased[head.start() : head.end("short")]
        if not shown[0].isupper():
            return None
    elif name == head.end():
        return None
    if kind.inner and not sure:
        return None
    typed = _read_name(view, at, name, kind, sure)
    return None if typed and head["short"] and _is_initial(view, typed) else typed


def _is_initial(view: View, typed: Typed) -> bool:
    """Whether what follows an abbreviation is too short for a name: `P.V`, `TPO`."""
    name = view.cased[typed.name : typed.end]
    return name.isalpha() and (len(name) == 1 or not typed.places)


def _read_name(view: View, at: int, name: int, kind: KindRow, sure: bool) -> Typed | None:
    numbered = kind.numbered and patterns.numbered().match(view.lower, name)
    if numbered:
        return Typed(at, name, numbered.end(), kind, ())
    found = read_place(view, name, kind.word)
    if not found or not found.places:
        found = _half_in_capitals(view, name, kind) or found
    if not found:
        return None
    if kind.careful and not sure and not patterns.higher().match(view.lower, found.end):
        return None
    large = any(place.level in ("province", "district") for place in found.places)
    if (kind.level == "province" and not large) or _is_half(view, name, found, kind):
        return None
    return Typed(at, name, found.end, kind, found.places)


def _half_in_capitals(view: View, at: int, kind: KindRow) -> Name | None:
    """A known name of two words of which the second lost its capital: `tỉnh Vĩnh phúc`."""
    pair = patterns.pair().match(view.cased, at)
    places = gazetteer().find(view.lower[at : pair.end()]) if pair else ()
    fitting = tuple(place for place in places if place.kind == kind.word)
    return Name(pair.end(), fitting) if pair and fitting else None


def _is_half(view: View, start: int, found: Name, kind: KindRow) -> bool:
    """Whether an unknown name of one word is too short for its kind: `Xã Hội`."""
    name = view.cased[start : found.end]
    return not found.places and kind.level != "base" and name.isalpha() and len(name) < LONG_WORD


def read_title(view: View, at: int, known: bool = False) -> int | None:
    """Read a name made of known terms and words in capitals; `at` is the space before it.

    `known`: the first word must be a term of the tables or an abbreviation.
    """
    end = _first_part(view, at, known)
    if end is None:
        return None
    for _ in range(8):
        after = _next_part(view, end, known)
        if after is None:
            break
        end = after
    return end


def _first_part(view: View, at: int, known: bool) -> int | None:
    start = at + 1
    if view.cased[at : at + 1] != " " or is_stop(view, start):
        quoted = None if known else patterns.quoted().match(view.cased, at)
        term = _term(view, start) if view.cased[start : start + 1].isupper() else None
        return quoted.end() if quoted else term
    if view.cased[start : start + 1].isupper():
        return _term(view, start) or (_loose(view, start) if known else _word(view, start))
    quoted = None if known else patterns.quoted().match(view.cased, at)
    return quoted.end() if quoted else None


def _term(view: View, start: int) -> int | None:
    found = [patterns.term(name).match(view.lower, start) for name in ("nominal", "verbal", "office", "ministry")]
    ends = [match.end() for match in found if match]
    return max(ends) if ends else None


def _word(view: View, start: int) -> int | None:
    ends = read_words(view, start)
    return _word_or_pair(view, start, ends) if ends else None


def _loose(view: View, start: int) -> int | None:
    """An abbreviation, or an unknown word in capitals with one word in small letters."""
    found = patterns.acronym().match(view.cased, start)
    if found or not view.cased[start - 2].islower():
        return found.end() if found and not view.cased[start - 3 : start].isupper() else None
    pair = patterns.pair().match(view.cased, start)
    return pair.end() if pair else None


def _next_part(view: View, end: int, known: bool) -> int | None:
    joint = patterns.joint().match(view.lower, end)
    if not joint:
        series = patterns.series().match(view.lower, end)
        return series.end() if series and view.cased[end + 2].isupper() else None
    start = joint.end()
    plain = joint[0] == " "
    if view.cased[start : start + 1].isupper():
        return _capital_part(view, start, end, known, plain)
    nominal = patterns.continuing().match(view.lower, start)
    if plain and nominal:
        return nominal.end()
    verbal = patterns.term("verbal").match(view.lower, start)
    if verbal and patterns.after_verb(view.lower, end):
        return verbal.end()
    if known:
        return None
    further = patterns.bridge().match(view.cased, end) or fixed("number").match(view.lower, end)
    return further.end() if further else None


def _capital_part(view: View, start: int, end: int, known: bool, plain: bool) -> int | None:
    term = _term(view, start)
    if term or known:
        return term
    if is_stop(view, start) or not plain:
        return None
    ends = read_words(view, start)
    if not ends or is_person(view, start, ends):
        return None
    return _word_or_pair(view, start, ends) if _is_after_small(view, start) else ends[0]


def _is_after_small(view: View, start: int) -> bool:
    """Whether the word before is in small letters, so that a word in capitals stands alone."""
    before = view.cased[max(0, start - 12) : start].rstrip(" -&").rpartition(" ")[2]
    return before[:1].islower()


def _word_or_pair(view: View, start: int, ends: list[int]) -> int:
    """A word in capitals alone is half a word (`Tiếng nói`), unless it is the name of a place."""
    pair = patterns.pair().match(view.cased, start) if len(ends) == 1 else None
    return pair.end() if pair and not gazetteer().find(view.lower[start : ends[0]]) else ends[0]
