"""The province that a text is about: its own place, by which `Tỉnh ủy` is to be understood.

Named provinces, districts and communes are weighed. Bodies without a place ("UBND tỉnh") speak for the
province named last. A text that names several provinces alike is about none: a wrong guess is worse than
none. Hà Nội and Thành phố Hồ Chí Minh are the seats of national bodies, so they need a body of their own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.keys import strip_marks
from extractors.models import Level, UnitMention
from extractors.places import Place, gazetteer, key
from extractors.view import View, view

LEAST = 2.5
"""Least weight that settles the matter: a body of the province, or three mentions."""
DOMINANCE = 2.0
"""The first must outweigh the second so many times."""
FEW = 3
"""Mentions that stand for a body; and the most provinces that a homonym may speak for."""
TITLED = 0.85
"""So much of the weight of any other province must one have that the title names alone."""
TITLE_LENGTH = 160
MAJORITY = 0.6
"""Least part of all weight that the first must have."""
SHARE = 0.12
"""Least share of the units of a text that must speak for it; in a long biography it is less."""
REMEMBERED = 8192
"""Answers that are kept of each question, since texts name the same bodies."""
SEATS = frozenset({"Hà Nội", "Hồ Chí Minh"})
SAME = {"Huế": "Thừa Thiên Huế"}
LOCAL_HEADS = ("tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "ubnd", "hđnd", "ủy ban nhân dân")

_SITE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[a-z]{1,20}\.)??(?:bao|tinhuy|thanhuy|dangbo|hdnd|bantuyengiao|xaydungdang|congan)?(?P<name>[a-z]{4,20}?)"
    r"(?:tv|rtv|portal|online)?\.(?:gov\.vn|com\.vn|org\.vn|vn|dcs\.vn)(?:[:/]|$)"
)
"""Addresses of local newspapers, committees and portals: "baovinhphuc.com.vn", "tinhuy.nghean.gov.vn"."""


class Province(NamedTuple):
    """A province as it was called, and the mentions that speak for it; none if the address of the page does."""

    name: str
    evidence: tuple[UnitMention, ...]


class Vote(NamedTuple):
    """What one mention says: the provinces it may lie in, how strongly, and whether it is a local body."""

    names: frozenset[str]
    weight: float
    local: bool
    mention: UnitMention
    titled: bool = False


def find_province(text: str | View, units: Sequence[UnitMention]) -> Province | None:
    """Find the province that a text is about; None when in doubt.

    `units` are the units of that text, as `find_units` returns them.
    """
    if _is_central(units):
        return None
    title = _title_end(view(text).text)
    votes = list(_votes(units, title))
    weights = _weigh(votes)
    if not weights:
        return None
    first, weight = weights.most_common(1)[0]
    second = max([0.0, *sorted(weights.values())[:-1]])
    outweighs = weight >= LEAST and weight >= DOMINANCE * second and weight >= MAJORITY * weights.total()
    name = first if outweighs else _in_title(votes, weights)
    evidence = tuple(vote.mention for vote in votes if name in vote.names)
    if not name or not _is_local(name, votes) or len(evidence) < SHARE * len(units):
        return None
    return Province(_as_named(name, evidence), evidence)


def province_of_site(address: str | None, units: Sequence[UnitMention]) -> Province | None:
    """The province whose newspaper, committee or portal has the address, for a text with local bodies but no place.

    >>> from extractors.units import find_units
    >>> province_of_site("https://baotuyenquang.com.vn/a.html", find_units("Tỉnh ủy đã họp.").items).name
    'Tuyên Quang'
    """
    site = _SITE.match(address or "")
    name = _site_names().get(site["name"]) if site else None
    local = any(unit.unit_type != "locality" and unit.place is None and _is_local_body(unit) for unit in units)
    return Province(name, ()) if name and local else None


@cache
def _site_names() -> dict[str, str]:
    """Names of provinces as addresses have them: "tuyenquang"."""
    return {
        strip_marks(folded).replace(" ", "").replace("-", ""): name for folded, name in gazetteer().provinces.items()
    }


def _lies_in_commune(name: str | None) -> bool:
    found = gazetteer().find(name) if name else ()
    return bool(found) and all(place.level == "commune" for place in found)


def _in_title(votes: Iterable[Vote], weights: Counter[str]) -> str:
    """The one province that the title names, if the text has as much of it as of any other."""
    names = {name for vote in votes if vote.titled for name in vote.names}
    name = names.pop() if len(names) == 1 else ""
    rivals = max([0.0, *(weight for other, weight in weights.items() if other != name)])
    return name if weights[name] >= max(LEAST, TITLED * rivals) else ""


def _is_central(units: Sequence[UnitMention]) -> bool:
    """Whether the text begins with the letterhead of a central body."""
    first = next((unit for unit in units if unit.unit_type != "locality"), None)
    return first is not None and first.level == "central" and first.surface.isupper()


def _title_end(text: str) -> int:
    """The end of the title: of the first line that is not empty, if it is short and no sentence."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start : len(text) if end < 0 else end].rstrip()
    return start + len(line) if len(line) <= TITLE_LENGTH and not line.endswith(".") else 0


def _votes(units: Iterable[UnitMention], title: int) -> list[Vote]:
    """What each mention says; a commune speaks once, for names of communes come again in other provinces."""
    votes: list[Vote] = []
    last: frozenset[str] = frozenset()
    communes: set[str] = set()
    for unit in units:
        names, weight = _named(unit)
        local = unit.unit_type != "locality" and _is_local_body(unit)
        if names and not (unit.unit_type == "other" and names & SEATS):
            commune = _lies_in_commune(unit.place)
            last = names if len(names) == 1 and not commune else last
            first = unit.end <= title
            local = local or (first and unit.unit_type == "party")
            weight = 0.0 if commune and unit.place in communes else weight + 2 * (first and not commune)
            votes.append(Vote(names, weight, local, unit, first and not commune))
            communes |= {unit.place} if commune and unit.place else set()
        elif local and last:
            votes.append(Vote(last, 0.5, local=True, mention=unit))
    return votes


def _named(unit: UnitMention) -> tuple[frozenset[str], float]:
    """The provinces that a mention may lie in, and its weight."""
    if unit.place is None:
        return _at_end(unit.name)
    return _by_place(unit.place, unit.level, unit.unit_type == "locality")


@lru_cache(REMEMBERED)
def _by_place(name: str, level: Level | None, locality: bool) -> tuple[frozenset[str], float]:
    province = gazetteer().province(name)
    if province and level in (None, "province"):
        return frozenset({SAME.get(province, province)}), 1.0 if locality else 2.0
    places = [place for place in gazetteer().find(name) if _fits(place, level)]
    names = frozenset(SAME.get(place.province, place.province) for place in places)
    return (names, 1.0 / len(names)) if 0 < len(names) <= FEW else (frozenset(), 0.0)


def _fits(place: Place, level: Level | None) -> bool:
    return level in (None, place.level) and place.level != "province"


@lru_cache(REMEMBERED)
def _at_end(name: str) -> tuple[frozenset[str], float]:
    """A body whose name ends in a province: `Trường Cao đẳng Quảng Nam`, `Báo Nghệ An`."""
    words = name.split()
    for count in (2, 3, 4, 1):
        province = gazetteer().province(" ".join(words[-count:])) if count < len(words) else None
        if province and province not in SEATS and key(name) != key(province):
            return frozenset({SAME.get(province, province)}), 1.0
    return frozenset(), 0.0


def _is_local_body(unit: UnitMention) -> bool:
    return unit.level in ("province", "district", "commune") or unit.name.lower().startswith(LOCAL_HEADS)


def _weigh(votes: Iterable[Vote]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for vote in votes:
        for name in vote.names:
            weights[name] += vote.weight  # type: ignore[assignment]
    return weights


def _is_local(name: str, votes: Iterable[Vote]) -> bool:
    """Whether the text has bodies of that province, or speaks of nothing else."""
    mine = [vote for vote in votes if name in vote.names]
    bodies = any(vote.local for vote in mine)
    return bodies or (name not in SEATS and len(mine) >= FEW)


def _as_named(name: str, evidence: Iterable[UnitMention]) -> str:
    """The name in use: `Huế` where the text never says `Thừa Thiên Huế`."""
    printed = {province for unit in evidence if unit.place and (province := gazetteer().province(unit.place))}
    renamed = next((new for new, old in SAME.items() if old == name and new in printed and old not in printed), None)
    return renamed or name
