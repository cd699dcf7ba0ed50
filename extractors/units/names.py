"""Normal forms: abbreviations written out, usual capitals, one space between words."""

import re
from functools import cache, lru_cache

from extractors.models import UnitMention
from extractors.places import gazetteer
from extractors.tries import trie
from extractors.units.grammar import Body
from extractors.units.localities import Locality
from extractors.units.rows import heads
from extractors.view import View

SHORT = 2
"""Letters in an abbreviation that keeps its capitals."""
_SPACES = re.compile(r"\s+")


def mention(view: View, unit: Body | Locality) -> UnitMention:
    """Make the record of a unit."""
    start, end = view.start(unit.start), view.end(unit.end)
    if isinstance(unit, Locality):
        place = place_name(view, unit.name, unit.end)
        name = f"{unit.word} {place}" if unit.word else place
        return UnitMention.cut(view.text, start, end, unit_type="locality", name=name, level=unit.level, place=place)
    at = place_name(view, *unit.place) if unit.place else None
    return UnitMention.cut(
        view.text, start, end, unit_type=unit.kind, name=body_name(view, unit), level=unit.level, place=at
    )


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
    return _full(printed, body.head.full, len(body.head.printed), place)


@lru_cache(maxsize=4096)
def _full(printed: str, head: str, start: int, place: tuple[int, int]) -> str:
    """The name in full; in a heading in capitals only places and heads keep theirs."""
    at, end = place
    before, name, after = printed[start:at], printed[at:end], printed[end:]
    if printed.isupper() and " " in printed:
        before, after = before.lower(), after.lower()
    rest = before + (_place_name(name) if name else "") + after
    return _SPACES.sub(" ", (head + _inner_heads().sub(_write_out, rest)).strip())


@cache
def _inner_heads() -> re.Pattern[str]:
    """Heads in any case, and the abbreviations for kinds of places, inside a name."""
    spelled = [head.printed for group in heads().values() for head in group if " " in head.printed or head.capitals]
    cases = {case for head in spelled for case in (head, head.lower(), head.capitalize())}
    short = "|".join(rf"{head}\.? ?" for head in ("TP", "Tp"))
    return re.compile(rf"(?<!\w)(?:{trie(cases)}(?!\w)|(?:{short})(?=[\w]))")


def _write_out(found: re.Match[str]) -> str:
    group = heads().get(found[0].lower())
    if not group:
        return "thành phố "
    return group[0].full
