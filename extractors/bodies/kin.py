"""To which body a body belongs, and which one follows it where the law made one."""

from functools import cache
from typing import NamedTuple

from extractors.bodies.forms import CanonicalUnit, Form, kind_of, places_of, put_together, same_rows, take_apart
from extractors.tables import SuccessorRow, successor_rows
from extractors.units.grammar import read_body
from extractors.units.rows import is_head
from extractors.view import view

CENTRE = CanonicalUnit("Ban Chấp hành Trung ương Đảng", "party", "central")
GOVERNMENT = CanonicalUnit("Chính phủ", "state", "central")
COMMITTEES = {"thành phố": "Thành ủy", "tỉnh": "Tỉnh ủy"}
DISTRICTS_ENDED = "2025-07-01"
"""Since then there are no districts (Nghị quyết 203/2025/QH15)."""


class Successor(NamedTuple):
    """The body that follows, None if none does, and the first day on which the old one is no more."""

    unit: CanonicalUnit | None
    since: str


@cache
def _rows(kind: str) -> dict[str, SuccessorRow]:
    return {row.name.lower(): row for row in successor_rows() if row.kind == kind}


@cache
def _parents() -> dict[str, str]:
    return {row.name: row.parent for row in same_rows() if row.parent}


def parent_of(unit: CanonicalUnit) -> CanonicalUnit | None:
    """The body that a body belongs to, the place that a place lies in; None if neither name nor place tells.

    >>> parent_of(CanonicalUnit("Ban Tổ chức Tỉnh ủy Vĩnh Phúc", "party", "province", "Vĩnh Phúc", "Vĩnh Phúc")).name
    'Tỉnh ủy Vĩnh Phúc'
    """
    if unit.unit_type == "locality":
        return _place_above(unit)
    if unit.name in _parents():
        return CanonicalUnit(_parents()[unit.name], unit.unit_type, "central")
    if unit.level == "central":
        return _above_centre(unit)
    return _owner(unit) or _body_above(unit)


def _place_above(unit: CanonicalUnit) -> CanonicalUnit | None:
    if unit.level == "province" or unit.province is None or unit.place is None:
        return None
    districts = {place.district for place in places_of(unit.place, unit.province, "commune")} - {""}
    if unit.level == "commune" and len(districts) == 1:
        name = districts.pop()
        kind = kind_of(name, unit.province, "district")
        return CanonicalUnit(f"{kind} {name}".strip(), "locality", "district", name, unit.province)
    return CanonicalUnit(
        put_together(Form("", "", unit.province)), "locality", "province", unit.province, unit.province
    )


def _above_centre(unit: CanonicalUnit) -> CanonicalUnit | None:
    if unit.unit_type == "party" and unit.name != CENTRE.name:
        return CENTRE
    return GOVERNMENT if unit.unit_type == "state" and unit.name.startswith("Bộ ") else None


def _owner(unit: CanonicalUnit) -> CanonicalUnit | None:
    """The body whose organ a body is: what stands behind its head, if all of it is the name of a body."""
    words = unit.name.split()
    for count in range(len(words) - 1, 0, -1):
        head, rest = " ".join(words[:count]).lower(), " ".join(words[count:])
        if rest[0].isupper() and is_head(head) and _is_body(rest):
            return unit._replace(name=rest)
    return None


def _is_body(name: str) -> bool:
    """Whether a name is one of a body as a whole, and more than a bare word ("Trường")."""
    body = read_body(view(name), 0) if " " in name else None
    return body is not None and body.end == len(name)


def _body_above(unit: CanonicalUnit) -> CanonicalUnit | None:
    """The body of the same make one level up: of the province for a district, the centre for a province."""
    if unit.province is None or unit.place is None:
        return None
    form = take_apart(unit.name, unit.place)
    if unit.level == "province":
        return _above_province(unit, form)
    core = _committee(unit.province) if _is_committee(form) else form.core
    name = put_together(Form(core, "", unit.province))
    return CanonicalUnit(name, unit.unit_type, "province", unit.province, unit.province)


def _is_committee(form: Form) -> bool:
    return form.core.lower().endswith((" ủy", "đảng bộ"))


def _committee(province: str) -> str:
    return COMMITTEES.get(kind_of(province), "Tỉnh ủy")


def _above_province(unit: CanonicalUnit, form: Form) -> CanonicalUnit | None:
    if unit.unit_type == "party":
        place = unit.place or ""
        own = unit._replace(name=put_together(Form(_committee(place), "", place)))
        return CENTRE if _is_committee(form) else own
    if unit.unit_type != "state" or form.core == "Hội đồng nhân dân":
        return None
    if form.core.startswith("Sở "):
        return unit._replace(name=put_together(form._replace(core="Ủy ban nhân dân")))
    return GOVERNMENT if form.core == "Ủy ban nhân dân" else None


def successor_of(unit: CanonicalUnit) -> Successor | None:
    """What followed a body or place; None if it goes on, or nothing is known.

    >>> successor_of(CanonicalUnit("Tỉnh ủy Quảng Nam", "party", "province", "Quảng Nam", "Quảng Nam")).unit.name
    'Thành ủy Đà Nẵng'
    """
    if row := _rows("body").get(unit.name.lower()):
        return Successor(CanonicalUnit(row.successor, unit.unit_type, unit.level), row.since)
    if unit.level == "district" and unit.place and unit.province:
        return Successor(None, DISTRICTS_ENDED)
    if unit.level != "province" or unit.place is None:
        return None
    form = take_apart(unit.name, unit.place)
    core, organ = _organ(form.core)
    row = _rows("province").get(unit.place.lower())
    since = [each.since for each in (row, organ) if each]
    if not since:
        return None
    place = row.successor if row else unit.place
    name = put_together(Form(_renamed(core, row) if row else core, "", place))
    return Successor(unit._replace(name=name, place=place, province=place), max(since))


def _organ(core: str) -> tuple[str, SuccessorRow | None]:
    """The core with an organ that was merged under its new name: "Ban Dân vận Tỉnh ủy"."""
    for name, row in _rows("organ").items():
        if core.lower().startswith(f"{name} ") and not core.startswith(row.successor):
            return row.successor + core[len(name) :], row
    return core, None


def _renamed(core: str, row: SuccessorRow) -> str:
    """The core as the new province has it: a city has a Thành ủy."""
    for kind, committee in COMMITTEES.items():
        if core.endswith(committee) and kind != row.successor_kind:
            return core[: -len(committee)] + COMMITTEES[row.successor_kind]
    return core
