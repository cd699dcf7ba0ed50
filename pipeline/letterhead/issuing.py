"""The body that acts: the letterhead may name another (Bộ Chính trị and Ban Bí thư write under the Central Committee's name)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.bodies.forms import one_name
from extractors.models import UnitMention
from extractors.tables import issuers
from extractors.units import find_units
from extractors.view import fold
from pipeline.document import Text
from pipeline.letterhead.words import first_words, starts_with

CLAUSE = 8000
"""How far below the head the sentence that enacts may stand, in characters."""
WHOLE = 3
"""Words from which a name says whose body it is."""
_SUPERIOR = {"ban chấp hành trung ương": "Trung ương", "ban chấp hành trung ương đảng": "Trung ương"}
_ORGANS = ("ban thường trực", "ban thường vụ", "ban chấp hành", "thường trực")
"""Names that say nothing without the body whose organ it is."""
_KIND_LAST = re.compile(r"\s(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)$", re.I)
"""The kind of a place, whose name only the superior prints."""
_HEAD_OF_GOVERNMENT = re.compile(r"thủ tướng(?: chính phủ)?(?!\w)", re.I)
_WHERE = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường)\s.*$", re.I)
_SENTENCE = re.compile(r"[^.;:]{0,600}")
_COMMITTEE = re.compile(r"(?:tỉnh|thành|huyện|quận|thị|đảng|đặc khu) ủy", re.I)


@dataclass(frozen=True, slots=True)
class Body:
    """A body by its normal form, with the locality in it."""

    name: str
    place: str | None


def issuing_body(
    text: Text, units: Sequence[UnitMention], lines: Sequence[str], said: Sequence[str | None], after: int
) -> Body | None:
    """The body that acts, completed by the letterhead's `lines`; `said` are names printed above or below, the surest first."""
    named = _of_letterhead(lines)
    named = _below(units, after, named) if named and not named.place else named
    clause = _clause(text, units, after)
    candidates = [*(_named(each) for each in said), clause]
    best = next((body for body in _by_weight(candidates) if _may_act(body, named)), None)
    chosen = _completed(best, named) if best else named
    if chosen is None:
        return None
    name = " - ".join(_as_spelt(one_name(part), units) for part in chosen.name.split(" - "))
    name = _as_spelt(name, units).replace("việt nam", "Việt Nam")
    return Body(name, None if chosen.place and chosen.place.isdigit() else chosen.place)


def _below(units: Sequence[UnitMention], after: int, named: Body) -> Body:
    """The body of the letterhead, whose place only the line of capitals right below the head may print."""
    unit = next((unit for unit in units if unit.start >= after and unit.unit_type != "locality"), None)
    goes_on = unit is not None and unit.surface.isupper() and _key(unit.name).startswith(f"{_key(named.name)} ")
    return Body(unit.name, unit.place) if unit and unit.place and goes_on else named


def _by_weight(candidates: Sequence[Body | None]) -> list[Body]:
    """Those of the head first, the clause before a signature that only names part of the same body."""
    found = [body for body in candidates if body]
    if len(found) > 1 and _key(found[-1].name).startswith(_key(found[0].name)):
        return [found[-1], *found[:-1]]
    return found


def _named(printed: str | None) -> Body | None:
    """The first body in a line of capitals; the head of a body acts under his post."""
    if not printed:
        return None
    line = " ".join(printed.split())
    if _HEAD_OF_GOVERNMENT.match(fold(line)):
        return Body("Thủ tướng Chính phủ", None)
    unit = next(iter(_bodies(line) or _bodies(line.upper())), None)
    return Body(unit.name, unit.place) if unit else None


def _of_letterhead(lines: Sequence[str]) -> Body | None:
    """The body of the letterhead: its last name, with what the name of its superior tells."""
    lower = [fold(line).lower().strip() for line in lines]
    starts = [
        at
        for at, line in enumerate(lower)
        if (line in first_words() or _begins(line)) and not (at and lower[at - 1] in first_words())
    ]
    if not starts:
        return None
    joined = [" ".join(" ".join(lines[a:b]).split()) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    parts = [part for each in joined for part in _apart(each)]
    own = _normal(parts[-1])
    above = _normal(parts[-2]) if len(parts) > 1 else None
    if above is None or own.place:
        return own
    if above.place and _KIND_LAST.search(own.name):
        return Body(f"{own.name} {above.place}", above.place)
    if _COMMITTEE.match(above.name) or _key(above.name) in _SUPERIOR or _key(own.name) in _ORGANS:
        return Body(f"{own.name} {_SUPERIOR.get(_key(above.name), above.name)}", above.place)
    where = _WHERE.search(above.name) if above.place else None
    return Body(f"{own.name} {where[0]}", above.place) if where else own


def _begins(line: str) -> bool:
    """Whether a line begins the name of a body; in "phòng, chống thiên tai" nothing does."""
    found = starts_with("bodies").match(line)
    return found is not None and line[found.end() : found.end() + 1] != ","


def _apart(printed: str) -> list[str]:
    """A superior and its organ that were printed on one line."""
    unit = next((unit for unit in _bodies(printed) if unit.start == 0), None)
    rest = printed[unit.end :].strip() if unit else ""
    return [printed[: unit.end], rest] if unit and starts_with("bodies").match(fold(rest).lower()) else [printed]


def _normal(printed: str) -> Body:
    for line in (printed, printed.upper()):
        units = _bodies(line)
        if units and units[0].start == 0 and units[0].end >= len(line) - 1:
            return Body(units[0].name, units[0].place)
    places = [
        unit.place or unit.name for unit in find_units(printed).items if unit.place or unit.unit_type == "locality"
    ]
    name = " - ".join(part[:1].upper() + part[1:].lower() for part in printed.split(" - "))
    return Body(name, places[-1] if places else None)


def _bodies(line: str) -> list[UnitMention]:
    return [unit for unit in find_units(line).items if unit.unit_type != "locality"]


def _may_act(body: Body, named: Body | None) -> bool:
    """Whether a body that is printed elsewhere can be behind the letterhead: an organ of the same body, or central where that is."""
    if named is None:
        return True
    if _key(named.name) in _SUPERIOR:
        return any(word in _key(body.name) for word in ("bộ chính trị", "ban bí thư", "ban chấp hành", "trung ương"))
    return body.place is None or named.place is None or body.place == named.place


def _completed(body: Body, named: Body | None) -> Body:
    """A name with the place of the letterhead: "Ban Thường vụ Tỉnh ủy" under TỈNH ỦY LẠNG SƠN."""
    if named is None or body.place:
        return body
    if _key(named.name).startswith(_key(body.name)):
        return named
    committee = _COMMITTEE.search(named.name)
    if committee and _COMMITTEE.search(body.name):
        kept = body.name[: _COMMITTEE.search(body.name).start()]  # type: ignore[union-attr]
        return Body(kept + named.name[committee.start() :], named.place)
    if committee and committee.start() == 0 and _key(body.name) in ("ban thường vụ", "ban chấp hành", "thường trực"):
        return Body(f"{body.name} {named.name}", named.place)
    whole = len(body.name.split()) > WHOLE or _key(named.name) in _SUPERIOR or named.place is None
    return Body(body.name, named.place) if whole else named


def _clause(text: Text, units: Sequence[UnitMention], after: int) -> Body | None:
    """The body that is the subject of the sentence that enacts: "…, Ban Bí thư quy định … như sau:"."""
    folded = fold(text.text[after : after + CLAUSE]).lower()
    for unit in units:
        if unit.start < after or unit.unit_type == "locality":
            continue
        if unit.end >= after + CLAUSE:
            return None
        rest = folded[unit.end - after :].lstrip(" \n")
        sentence = _SENTENCE.match(rest)
        before = folded[: unit.start - after].rstrip(" *\n")
        opens = not before or before[-1] in ",;.:-)" or folded[unit.start - after - 1 : unit.start - after] == "\n"
        if opens and starts_with("enacts").match(rest) and sentence and rest[sentence.end() :][:1] == ":":
            return Body(unit.name, unit.place)
    return None


def _as_spelt(name: str, units: Sequence[UnitMention]) -> str:
    """A name with the capitals that the text, or the table of issuers, gives its first words."""
    printed = [" ".join(fold(unit.surface).split()) for unit in units if not unit.surface.isupper()]
    best = name
    for each in [*printed, *(row.name for row in issuers())]:
        shared = _shared(name, each)
        if not each[:shared].isupper() and _capitals(each[:shared]) > _capitals(best[:shared]):
            best = each[:shared] + best[shared:]
    return best


def _capitals(words: str) -> int:
    return sum(map(str.isupper, words))


def _shared(name: str, other: str) -> int:
    """How many characters of whole words two names begin with alike, whatever their case; one word alone is none."""
    words = zip(name.split(), other.split(), strict=False)
    count = 0
    for ours, theirs in words:
        if ours.lower() != theirs.lower():
            break
        count += 1
    return len(" ".join(name.split()[:count])) if count > 1 else 0


def _key(name: str) -> str:
    return " ".join(fold(name).lower().split())
