"""Places that stand by themselves: typed ones, lists of them, and bare names of known places.

A bare name is a place only where it fills a whole run of words in capitals (`Nguyễn Hà Nam` is a person,
`Điện Biên Phủ` a battle) and no word before it says otherwise (`sông Hương`, `đồng chí`).
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.models import Level
from extractors.places import Place, gazetteer, key, kind_by_spelling, words
from extractors.units import patterns
from extractors.units.readers import Typed, read_place
from extractors.view import View


class Locality(NamedTuple):
    """A place by offsets of the view; `name` is where its bare name begins, `word` the kind that is printed before it."""

    start: int
    name: int
    end: int
    level: Level | None
    places: tuple[Place, ...]
    word: str = ""


@dataclass(slots=True)
class Context:
    """What the rest of the text has named: keys of typed names, and provinces."""

    typed: dict[str, Level] = field(default_factory=dict)
    provinces: set[str] = field(default_factory=set)

    def note(self, view: View, locality: Locality) -> None:
        """Remember a place that was named with its kind."""
        if locality.level:
            self.typed.setdefault(key(view.lower[locality.name : locality.end]), locality.level)
        provinces = {place.province for place in locality.places if place.level == locality.level}
        if len(provinces) == 1:
            self.provinces |= provinces


def read_list(view: View, first: Typed) -> Iterator[Locality]:
    """Read a typed place and, behind a plural (`các xã A, B và C`), the names that go on with it."""
    many = _is_plural(view, first.start)
    start, word = (first.name, "") if many else (first.start, first.kind.word)
    yield Locality(start, first.name, first.end, first.level, first.places, word)
    end = first.end
    while many:
        joint = patterns.comma().match(view.lower, end)
        name = read_place(view, joint.end(), first.kind.word) if joint else None
        if not joint or not name:
            return
        yield Locality(joint.end(), joint.end(), name.end, first.level, name.places)
        end = name.end


def read_column(view: View, at: int, phrase: str) -> Sequence[Locality]:
    """Read the names behind a counted kind and a colon: `4 xã: Hòa Lợi, Ninh Hòa`, `các xã, phường: Bến Nghé và Đa Kao`.

    All that stands up to the end of the clause must be names.
    """
    head = patterns.column().match(view.lower, at)
    if not head or not (_is_plural(view, at) or view.lower[max(0, at - 2) : at].rstrip().isdigit()):
        return ()
    kind, found = kind_by_spelling()[phrase], list[Locality]()
    end = head.end()
    while name := read_place(view, end, kind.word):
        found.append(Locality(end, end, name.end, kind.level, name.places))
        joint = patterns.listed().match(view.lower, name.end)
        if not joint:
            break
        end = joint.end()
    last = found[-1].end if found else end
    closed = last > end and patterns.closed().match(view.lower, last) is not None
    return found if len(found) > 1 and (closed or patterns.other().match(view.lower, last)) else ()


def _is_plural(view: View, at: int) -> bool:
    """Whether a plural stands before a kind, or before the kinds that it is listed with: `các xã, phường A, B`."""
    joined = patterns.kinds_before().search(view.lower, max(0, at - 60), at)
    before = view.lower[max(0, at - 60) : joined.start() if joined else at].rpartition("\n")[2].split()
    return bool(before) and before[-1] in words("plural")


def find_bare(view: View, taken: Sequence[tuple[int, int]], context: Context) -> list[Locality]:
    """Find bare names of known places outside of the spans `taken`, which are in order.

    Provinces come first: they say which districts a bare name may stand for.
    """
    runs = _outside(_runs(view), taken)
    found = [place for start, end in runs for place in _read_run(view, start, end)]
    for place in found:
        if place.level == "province":
            context.note(view, place)
    ends = {end for _, end in taken}
    return [place for place in found if _is_named(view, place, context) or _is_seat(view, place, ends)]


def _runs(view: View) -> list[tuple[int, int]]:
    """Runs of words in capitals, and names of one word that are in none."""
    runs = [run.span() for run in patterns.run().finditer(view.cased)]
    singles = [name.span() for name in patterns.single().finditer(view.cased) if not _is_behind(view, name.start())]
    return sorted([*runs, *_outside(singles, runs)]) if singles else runs


def _is_behind(view: View, at: int) -> bool:
    """Whether what stands before belongs to the same word or run: `Festival Huế`."""
    before = view.cased[max(0, at - 16) : at]
    word = before.rstrip(" -").rpartition(" ")[2]
    return before[-1:].isalnum() or (before[-1:] in (" ", "-") and word[:1].isupper())


def _outside(runs: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs that overlap no span of `taken`; both are in order."""
    spans = iter([*taken, (sys.maxsize, sys.maxsize)])
    start, end = next(spans)
    for run in runs:
        while end <= run[0]:
            start, end = next(spans)
        if run[1] <= start:
            yield run


def _read_run(view: View, start: int, end: int) -> Iterator[Locality]:
    place = _known(view, start, end)
    if place:
        yield place
        return
    text = view.lower[start:end]
    first, space, _ = text.partition(" ")
    if space and first in words("openers"):
        yield from _read_run(view, start + len(first) + 1, end)
    elif "-" in text:
        yield from (found for at, stop in _parts(text, start) if (found := _known(view, at, stop)))
    elif space and view.cased[start:end].isupper():
        yield from _read_shouted(view, start, end)


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for part in text.split("-"):
        name = part.strip()
        begin = at + part.index(name)
        yield begin, begin + len(name)
        at += len(part) + 1


def _known(view: View, start: int, end: int) -> Locality | None:
    name = view.lower[start:end]
    places = tuple(gazetteer().find(name) if "-" in name else gazetteer().places.get(name, ()))
    if not places or name == "hồ chí minh" or name in words("regions") or _is_something_else(view, start, end):
        return None
    level: Level = "province" if gazetteer().province(name) else places[0].level
    return Locality(start, start, end, level, places)


def _is_named(view: View, place: Locality, context: Context) -> bool:
    """Whether a bare name may stand for one of its places in this text."""
    name = view.lower[place.start : place.end]
    if place.level == "province" or key(name) in context.typed:
        return True
    districts = [found for found in place.places if found.level == "district"]
    if any(found.province in context.provinces for found in districts) and " " in name:
        return True
    if name in words("common") or " " not in name:
        return False
    return any(found.kind == "thành phố" for found in districts) or (bool(districts) and _is_where(view, place.start))


def _is_where(view: View, at: int) -> bool:
    """Whether a word that only a place follows stands before a name: `ở Hóc Môn`."""
    return view.lower.endswith((" ở ", " tại "), 0, at)


def _is_seat(view: View, place: Locality, ends: set[int]) -> bool:
    """Whether a name in brackets is the district of the place before: `xã Sơn Nam (Sơn Dương)`."""
    bracketed = view.lower[place.start - 2 : place.start] == " (" and place.start - 2 in ends
    return bracketed and any(found.level == "district" for found in place.places)


def _is_something_else(view: View, start: int, end: int) -> bool:
    """Whether the words around a name make it a person, a river, a street."""
    before = view.lower[max(0, start - 14) : start].rpartition("\n")[2].split()
    if view.lower[start - 1 : start] not in ("", " ") or not before:
        return view.lower[start - 1 : start] in ("-", "/") and view.lower[start - 2 : start - 1].isalnum()
    barred = words("not_places")
    return before[-1] in barred or " ".join(before[-2:]) in barred


def _read_shouted(view: View, start: int, end: int) -> Iterator[Locality]:
    """Names of provinces inside a heading in capitals, unless they are common words too."""
    at = start
    while at < end:
        space = view.lower.find(" ", at, end)
        stop = _province_end(view, at, end)
        if stop:
            yield Locality(at, at, stop, "province", tuple(gazetteer().find(view.lower[at:stop])))
            at = stop
        if space < 0:
            return
        at = max(at, space + 1) if not stop else stop + 1


def _province_end(view: View, at: int, end: int) -> int | None:
    stops = [found for count in (3, 2) if (found := _words_end(view, at, end, count))]
    for stop in stops:
        name = view.lower[at:stop]
        if gazetteer().province(name) and name not in words("common"):
            return stop
    return None


def _words_end(view: View, at: int, end: int, count: int) -> int | None:
    stop = at - 1
    for _ in range(count):
        if stop >= end:
            return None
        space = view.lower.find(" ", stop + 1, end)
        stop = end if space < 0 else space
    return stop
