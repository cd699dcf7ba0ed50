"""Normal forms: abbreviations written out, usual capitals, one space between words."""

import re
from functools import cache, lru_cache

from extractors.models import Level, UnitMention
from extractors.places import gazetteer, kinds
from extractors.units import patterns
from extractors.units.grammar import Body
from extractors.units.localities import Locality
from extractors.units.rows import heads
from extractors.view import View

SHORT = 2
"""Letters in an abbreviation that keeps its capitals."""
OF_THE_CENTRE = (" Trung ương", " tối cao")
"""How names of bodies of the centre end that no step tells ("Ủy ban Nông nghiệp Trung ương")."""
OF_A_CITY = "Thành ủy"
"""The committee of a city, whose place tells its level."""
FIELDS = frozenset({"ministry", "office", "fields", "title"})
"""Steps of a tail that begin with a capital."""
_SPACES = re.compile(r"\s+")
_LETTERS = re.compile(r" \([A-ZĐ&]{2,8}\)(?= )")
_WORD = re.compile(r"\w+")
_VOWELS = re.compile(r"[^BCDFGHJKLMNPQRSTVWXZĐ&\d]")
"""A letter that those that stand for words have not ("LHTN", "TNCS")."""
_PROPER = re.compile(r"(?<!\w)(?:việt nam|hồ chí minh)(?!\w)")
_DASH = re.compile(r"(?<=[^\W\dA-ZĐ])(?:- ?| -)(?=[^\W\d])")
"""A dash that touches a word it joins: `Bộ Lao động-Thương binh và Xã hội`."""
_CITY = re.compile(r"(?:TP|Tp)(?:\.? ?(?=\w)|\.?$)")


def mention(view: View, unit: Body | Locality) -> UnitMention:
    """Make the record of a unit."""
    start, end = view.start(unit.start), view.end(unit.end)
    if isinstance(unit, Locality):
        place = place_name(view, unit.name, unit.end)
        name = f"{unit.word} {place}" if unit.word else place
        return UnitMention.cut(view.text, start, end, unit_type="locality", name=name, level=unit.level, place=place)
    at = place_name(view, *unit.place) if unit.place else None
    full = body_name(view, unit)
    level = unit.level or _level(full, at)
    return UnitMention.cut(view.text, start, end, unit_type=unit.kind, name=full, level=level, place=at)


def _level(full: str, place: str | None) -> Level | None:
    """The level that the words of a name tell: of the centre, or of a city, which may be one of a province or of the centre."""
    if place is None:
        return "central" if full.endswith(OF_THE_CENTRE) else None
    found = {each.level for each in gazetteer().find(place)} if OF_A_CITY in full else set()
    cities = found & {"province", "district"}
    return cities.pop() if len(cities) == 1 else None


def place_name(view: View, start: int, end: int) -> str:
    """The usual spelling of a place: `Đăk Nông` → `Đắk Nông`, `NGHỆ AN` → `Nghệ An`."""
    return _place_name(view.cased[start:end])


@lru_cache(maxsize=4096)
def _place_name(name: str) -> str:
    printed = _SPACES.sub(" ", name)
    known = gazetteer().find(printed)
    if gazetteer().province(printed):
        return gazetteer().province(printed) or printed
    if known:
        return known[0].name
    return printed.title() if printed.isupper() and len(printed) > SHORT else printed


def body_name(view: View, body: Body) -> str:
    """The name of a body in full: `BTV Tỉnh uỷ` → `Ban Thường vụ Tỉnh ủy`.

    Heads inside the name are written as the tables have them.
    """
    printed = view.cased[body.start : body.end]
    place = (body.place[0] - body.start, body.place[1] - body.start) if body.place else (len(printed), len(printed))
    fields = any(not FIELDS.isdisjoint(names) for _, names in body.head.steps)
    return _full(printed, body.head.full, len(body.head.printed), place, fields)


@lru_cache(maxsize=4096)
def _full(printed: str, head: str, start: int, place: tuple[int, int], fields: bool) -> str:
    """The name in full; in a heading in capitals only places, heads and the first word of `fields` keep theirs."""
    at, end = place
    before, name, after = _LETTERS.sub("", printed[start:at]), printed[at:end], printed[end:]
    if printed.isupper() and " " in printed:
        before, after = _small(before), _small(after)
        first = before[:2].upper() if fields and not _small_word().match(before) else before[:2]
        before = first + before[2:]
    rest = _DASH.sub(" - ", before) + (_place_name(name) if name else "") + after
    return _SPACES.sub(" ", (head + _in_full(rest)).strip())


@cache
def _small_word() -> re.Pattern[str]:
    """What a name goes on with in small letters: a kind of place, a group of bodies."""
    return re.compile(rf" (?:{'|'.join(kind.word for kind in kinds())}|các|của|cấp|trực)(?!\w)")


def _small(shouted: str) -> str:
    """Part of a name in a heading in capitals, which only letters that stand for words and proper names keep."""
    small = _WORD.sub(lambda word: word[0].lower() if _VOWELS.search(word[0]) else word[0], shouted)
    return _PROPER.sub(lambda name: name[0].title(), small)


def _in_full(name: str) -> str:
    """Part of a name, with the heads inside written as the tables have them and "TP" written out."""
    lower, written, done, at = name.lower(), "", 0, 0
    while hit := patterns.scanner().search(lower, at):
        at = hit.start() + 1
        if found := _inner(name, hit.start(), hit[0]):
            at, full = found
            written += name[done : hit.start()] + full
            done = at
    return written + name[done:]


def _inner(name: str, start: int, phrase: str) -> tuple[int, str] | None:
    """Where the longest head or "TP" ends that begins at `start`, and its full form; `phrase` is the longest that may stand there."""
    if name[start - 1 : start].isalnum():
        return None
    while phrase:
        if full := _spelled().get(name[start : start + len(phrase)]):
            return start + len(phrase), full
        phrase = phrase.rpartition(" ")[0]
    city = _CITY.match(name, start)
    return (city.end(), "thành phố ") if city else None


@cache
def _spelled() -> dict[str, str]:
    """Full forms of heads of several words and of abbreviations, by how they may be printed inside a name."""
    printed = {head.printed for group in heads().values() for head in group if " " in head.printed or head.capitals}
    cases = {case for head in printed for case in (head, head.lower(), head.capitalize(), _small(head.upper()))}
    return {case: heads()[case.lower()][0].full for case in cases}
