"""Which body each mention of a text means: places are filled in from the text, bare heads point back.

A body without a place is that of the text's own province ("Tỉnh ủy"), or of the only district that the text names with
the kind that fits ("Huyện ủy"). Where the text leaves it open, the name stays as it is.
"""

from collections.abc import Iterable, Sequence

from extractors.bodies.forms import (
    LEVELS,
    CanonicalUnit,
    Form,
    kind_by_core,
    kind_of,
    one_name,
    province_of,
    put_together,
    same_names,
    take_apart,
)
from extractors.models import Level, UnitMention
from extractors.places import gazetteer

BARE = ("Ban Thường vụ", "Ban Chấp hành", "Thường trực", "Ủy ban", "Hội đồng", "Đảng ủy", "Ban Chỉ đạo", "Chi ủy")
"""Heads that alone point back to the last body whose name begins with them."""
SEVERAL = (" các ", " cấp ")
"""Words inside names of many bodies."""
NAMED_BY_PLACE = ("party", "state", "mass")
"""Types of bodies that exist once per place."""


def canonical_units(units: Sequence[UnitMention], province: str | None) -> list[CanonicalUnit]:
    """The body or place that each of `units` means, in their order; `province` is the one the text is about.

    >>> from extractors.units import find_units
    >>> [unit.name for unit in canonical_units(find_units("BTV Tỉnh uỷ giao Công an tỉnh.").items, "Vĩnh Phúc")]
    ['Ban Thường vụ Tỉnh ủy Vĩnh Phúc', 'Công an tỉnh Vĩnh Phúc']
    """
    districts = _districts(units)
    found: list[CanonicalUnit] = []
    last: dict[str, CanonicalUnit] = {}
    same: dict[object, CanonicalUnit] = {}  # a text says one name again and again
    for unit in units:
        said = (unit.unit_type, unit.name, unit.level, unit.place)
        if said not in same:
            is_place = unit.unit_type == "locality"
            same[said] = _locality(unit, province) if is_place else _body(unit, province, districts)
        body = same[said]
        if body.name in BARE:
            body = last.get(body.name, body)
        if body.name.startswith(BARE):
            last |= {head: body for head in BARE if body.name.startswith(f"{head} ")}
        found.append(body)
    return found


def _districts(units: Iterable[UnitMention]) -> dict[str, set[str]]:
    """Names of the districts that a text names, by kind."""
    found: dict[str, set[str]] = {}
    for unit in units:
        if unit.place and not gazetteer().province(unit.place):
            form = take_apart(unit.name, unit.place)
            kind = form.kind or kind_by_core(form)
            if LEVELS.get(kind) == "district" or kind == "thành phố":
                found.setdefault(kind, set()).add(unit.place)
    return found


def _locality(unit: UnitMention, province: str | None) -> CanonicalUnit:
    place = unit.place or unit.name
    level: Level | None = unit.level or ("province" if gazetteer().province(place) else None)
    inside = province_of(place, level, province)
    form = take_apart(unit.name, place)
    kind = form.kind or kind_of(place, inside, level)
    return CanonicalUnit(put_together(Form(form.core, kind, place)), "locality", level, place, inside)


def _body(unit: UnitMention, province: str | None, districts: dict[str, set[str]]) -> CanonicalUnit:
    name = one_name(unit.name)
    several = any(word in f"{unit.name} " for word in SEVERAL)
    if several or name in same_names() or unit.unit_type not in NAMED_BY_PLACE:
        return CanonicalUnit(name, unit.unit_type, None if several else unit.level, unit.place)
    form = take_apart(name, unit.place)
    level = _level(unit, form, province)
    place = unit.place or _meant(unit, form, level, province, districts)
    if place is None:
        central = unit.level == "central"
        return CanonicalUnit(name, unit.unit_type, "central" if central else level)
    inside = province_of(place, level, province)
    return CanonicalUnit(put_together(form._replace(place=place), inside, level), unit.unit_type, level, place, inside)


def _level(unit: UnitMention, form: Form, province: str | None) -> Level | None:
    """The level that the name tells; "thành phố" is a province's if the place is one."""
    kind = form.kind or kind_by_core(form)
    told = LEVELS.get(kind)
    if told:
        return told
    if unit.place and gazetteer().province(unit.place):
        return "province"
    if kind == "thành phố":
        city = unit.place is None and province is not None and kind_of(province) == "thành phố"
        return "province" if city else "district" if unit.place else None
    return unit.level


def _meant(
    unit: UnitMention, form: Form, level: Level | None, province: str | None, districts: dict[str, set[str]]
) -> str | None:
    """The place that a name without one means in this text; None if the text leaves it open."""
    if level == "province":
        return province
    kind = form.kind or kind_by_core(form)
    named = districts.get(kind, set())
    return next(iter(named)) if level in (None, "district") and len(named) == 1 else None
