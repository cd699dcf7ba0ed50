"""Names of bodies taken apart: "Ban Thường vụ Huyện ủy Yên Lạc" is a core and a place, "Công an huyện Yên Lạc" has a kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.models import Level, UnitType
from extractors.places import Place, gazetteer, key
from extractors.tables import load_rows
from extractors.tries import trie

REMEMBERED = 8192
"""Answers that are kept of each question, since texts name the same bodies."""
KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
"""Words between the core of a name and its place."""
SHORT_KINDS = {
    "tp.": "thành phố", "tp": "thành phố", "tx.": "thị xã", "tt.": "thị trấn", "h.": "huyện", "q.": "quận", "p.": "phường",
    "x.": "xã", "t.": "tỉnh",
}  # fmt: skip
CORES = {
    "tỉnh ủy": "tỉnh", "thành ủy": "thành phố", "huyện ủy": "huyện", "quận ủy": "quận", "thị ủy": "thị xã",
    "tỉnh đoàn": "tỉnh", "thành đoàn": "thành phố", "huyện đoàn": "huyện",
}  # fmt: skip
"""Ends of cores that tell the kind of the place themselves."""
LEVELS: dict[str, Level] = {
    "tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district", "xã": "commune",
    "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
}  # fmt: skip
"""Levels that kinds tell; "thành phố" tells none."""

_NATION = re.compile(rf" Việt Nam(?= (?:{'|'.join(KINDS)})(?!\w))")
"""The name of the country inside that of a local body, which tells nothing: "Hội Liên hiệp Phụ nữ Việt Nam tỉnh"."""
_FRONT = re.compile(r"Mặt trận Tổ quốc(?! Việt Nam)")
"""The Front, whose committees have the name of the country in theirs."""
_YOUTH = re.compile(r"((?:Tỉnh|Thành|Huyện|Quận|Thị) [đĐ]oàn) Thanh niên(?: Cộng sản)?(?: Hồ Chí Minh)?")
"""A committee of the Youth Union with the Union's name, which tells nothing either."""
_MINISTRY = re.compile(r"(Bộ (?!Tư lệnh|Tổng|Chỉ huy|Chính trị).+) Việt Nam")
"""A ministry with the name of the country, which tells nothing: "Bộ Công an Việt Nam"."""


@dataclass(frozen=True, slots=True)
class SameRow:
    """Names of one body; the table explains the fields."""

    name: str
    variants: tuple[str, ...]
    source: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class ShortRow:
    """Letters that stand for words inside names."""

    short: str
    full: str


class CanonicalUnit(NamedTuple):
    """A body or place by its full name. `place` lies in `province`; None where that is not known."""

    name: str
    unit_type: UnitType
    level: Level | None = None
    place: str | None = None
    province: str | None = None


class Form(NamedTuple):
    """The parts of a name; `kind` is "" where none is printed."""

    core: str
    kind: str
    place: str


@cache
def same_rows() -> tuple[SameRow, ...]:
    """All bodies with more than one name."""
    return load_rows("bodies_same.toml", SameRow)


@cache
def same_names() -> frozenset[str]:
    """The canonical names of bodies that have several; they need no place."""
    return frozenset(row.name for row in same_rows())


@cache
def _same() -> dict[str, str]:
    return {name.lower(): row.name for row in same_rows() for name in (row.name, *row.variants)}


@lru_cache(REMEMBERED)
def one_name(name: str) -> str:
    """The canonical one of several names of a body, abbreviations inside written out.

    >>> one_name("Trung ương Đảng"), one_name("Sở TT&TT")
    ('Ban Chấp hành Trung ương Đảng', 'Sở Thông tin và Truyền thông')
    """
    full = _shorts().sub(lambda found: _written_out()[found[0]], name).replace(" & ", " và ")
    full = _FRONT.sub("Mặt trận Tổ quốc Việt Nam", _YOUTH.sub(r"\1", _NATION.sub("", full)))
    ministry = _MINISTRY.fullmatch(full)
    return _same().get(full.lower(), ministry[1] if ministry else full)


@cache
def _written_out() -> dict[str, str]:
    return {row.short: row.full for row in load_rows("bodies_same.toml", ShortRow, "short")}


@cache
def _shorts() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w&])(?:{trie(_written_out())})(?![\w&])")


@lru_cache(REMEMBERED)
def kind_by_core(form: Form) -> str:
    """The kind of place that the core tells; "" if it tells none."""
    return next((kind for end, kind in CORES.items() if form.core.lower().endswith(end)), "")


@lru_cache(REMEMBERED)
def take_apart(name: str, place: str | None) -> Form:
    """The core of a name, the kind of its place, the place.

    >>> take_apart("Ủy ban nhân dân tỉnh Vĩnh Phúc", "Vĩnh Phúc"), take_apart("Tỉnh ủy", None)
    (Form(core='Ủy ban nhân dân', kind='tỉnh', place='Vĩnh Phúc'), Form(core='Tỉnh ủy', kind='', place=''))
    """
    rest = name
    if place and key(name).endswith(key(place)):
        rest = name[: len(name) - len(place)].rstrip()
    printed = next((kind for kind in (*KINDS, *SHORT_KINDS) if f" {rest.lower()}".endswith(f" {kind}")), "")
    return Form(rest[: len(rest) - len(printed)].rstrip(), SHORT_KINDS.get(printed, printed), place or "")


@lru_cache(REMEMBERED)
def put_together(form: Form, province: str | None = None, level: Level | None = None) -> str:
    """The full name; the kind is that of the place where the core does not tell it.

    >>> put_together(Form("Công an", "", "Vĩnh Phúc")), put_together(Form("Tỉnh ủy", "", "Vĩnh Phúc"))
    ('Công an tỉnh Vĩnh Phúc', 'Tỉnh ủy Vĩnh Phúc')
    """
    place = "Thành phố Hồ Chí Minh" if form.place == "Hồ Chí Minh" else form.place
    if kind_by_core(form) or place != form.place:
        return " ".join(filter(None, [form.core, place]))
    kind = form.kind or kind_of(form.place, province, level)
    return " ".join(filter(None, [form.core, kind, place]))


@lru_cache(REMEMBERED)
def kind_of(place: str, province: str | None = None, level: Level | None = None) -> str:
    """The kind of a place; "" if there are several of that name or none is known."""
    kinds = {found.kind for found in places_of(place, province, level)}
    return kinds.pop() if len(kinds) == 1 else ""


def places_of(place: str, province: str | None = None, level: Level | None = None) -> Sequence[Place]:
    """The places of a name: its province if it is one, else those in `province`."""
    found = [each for each in gazetteer().find(place) if level in (None, each.level)]
    provinces = [each for each in found if each.level == "province"]
    if provinces and level in (None, "province"):
        return provinces[-1:]
    return [each for each in found if province in (None, each.province)]


@lru_cache(REMEMBERED)
def province_of(place: str, level: Level | None, province: str | None) -> str | None:
    """The province that a place is or lies in: the text's own, or the only one there is."""
    found = {each.province for each in places_of(place, None, level)}
    if province in found:
        return province
    return found.pop() if len(found) == 1 else None
