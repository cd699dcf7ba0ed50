"""Places that stand by themselves: typed ones, lists of them, and bare names of known places.

A bare name is a place only where it fills a whole run of words in capitals (`Nguyễn Hà Nam` is a person,
`Điện Biên Phủ` a battle) and no word before it says otherwise (`sông Hương`, `đồng chí`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.models import Level
from extractors.places import Place, gazetteer, key, words
from extractors.units import patterns
from extractors.units.readers import Typed, read_place
from extractors.view import View


class Locality(NamedTuple):
    """A place by offsets of the view; `name` is where its bare name begins."""

    start: int
    name: int
    end: int
    level: Level | None
    places: tuple[Place, ...]


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
    start = first.name if many else first.start
    yield Locality(start, first.name, first.end, first.level, first.places)
    end = first.end
    while many:
        joint = patterns.comma().match(view.lower, end)
        name = read_place(view, joint.end(), first.kind.word) if joint else None
        if not joint or not name:
            return
        yield Locality(joint.end(), joint.end(), name.end, first.level, name.places)
        end = name.end


def _is_plural(view: View, at: int) -> bool:
    before = view.lower[max(0, at - 8) : at].split()
    return bool(before) and before[-1] in words("plural")


def find_bare(view: View, taken: Iterable[tuple[int, int]], context: Context) -> Iterator[Locality]:
    """Find bare names of known places outside of the spans `taken`, which are in order."""
    spans = iter([*taken, (len(view.cased) + 1, len(view.cased) + 1)])
    start, end = next(spans)
    for run in patterns.run().finditer(view.cased):
        while end <= run.start():
            start, end = next(spans)
        if run.end() > start:
            continue
        yield from _read_run(view, run.start(), run.end(), context)


def _read_run(view: View, start: int, end: int, context: Context) -> Iterator[Locality]:
    place = _known(view, start, end, context)
    if place:
        yield place
        return
    text = view.lower[start:end]
    first, space, _ = text.partition(" ")
    if space and first in words("openers"):
        yield from _read_run(view, start + len(first) + 1, end, context)
    elif "-" in text:
        for at, stop in _parts(text, start):
            place = _known(view, at, stop, context)
            if place:
                yield place
    elif space and view.cased[start:end].isupper():
        yield from _read_shouted(view, start, end)


def _parts(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for part in text.split("-"):
        name = part.strip()
        begin = at + part.index(name)
        yield begin, begin + len(name)
        at += len(part) + 1


def _known(view: View, start: int, end: int, context: Context) -> Locality | None:
    name = view.lower[start:end]
    places = tuple(gazetteer().find(name))
    if not places or not _is_named(name, places, context) or _is_something_else(view, start, end):
        return None
    return Locality(start, start, end, _level(name, places, context), places)


def _level(name: str, places: tuple[Place, ...], context: Context) -> Level | None:
    return "province" if gazetteer().province(name) else context.typed.get(key(name), places[0].level)


def _is_named(name: str, places: tuple[Place, ...], context: Context) -> bool:
    """Whether a bare name may stand for one of the places in this text."""
    if name == "hồ chí minh":
        return False
    if gazetteer().province(name) or key(name) in context.typed:
        return True
    districts = [place for place in places if place.level == "district"]
    if any(place.province in context.provinces for place in districts) and " " in name:
        return True
    return name not in words("common") and " " in name and any(place.kind == "thành phố" for place in districts)


def _is_something_else(view: View, start: int, end: int) -> bool:
    """Whether the words around a name make it a person, a river, a street."""
    before = view.lower[max(0, start - 14) : start].split()
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
