"""What people set right in one text, found again by quotation and context and applied while it is extracted.

A correction is laid on a family of findings as soon as they are found, so that all that follows (relations, what figures report on)
follows from what is right.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal, TypeVar

from pydantic import ValidationError

from extractors.dates import find_dates
from extractors.figures import find_figures
from extractors.figures.measures import normalise
from extractors.models import DateMention, Figure, Reference, Span, UnitMention
from extractors.references import find_references
from extractors.units import find_units
from extractors.view import fold

Family = Literal["references", "dates", "units", "figures"]
Action = Literal["set", "add", "drop", "link"]
APPLIED = "applied"
MODELS: dict[str, type[Span]] = {
    "references": Reference,
    "dates": DateMention,
    "units": UnitMention,
    "figures": Figure,
}
FIELDS = {
    "references": ("form", "doc_type", "number", "symbol", "issued", "issuer", "title", "provision", "target"),
    "dates": ("edtf",),
    "units": ("unit_type", "name", "level", "place"),
    "figures": ("value", "of", "max", "unit", "comparator"),
}
"""Families with the fields that a person may set."""
_FINDERS: dict[str, Callable[[str], Sequence[Span]]] = {
    "references": lambda quote: find_references(quote, find_dates(quote).items, find_units(quote).items).items,
    "dates": lambda quote: find_dates(quote).items,
    "units": lambda quote: find_units(quote).items,
    "figures": lambda quote: find_figures(quote, []).items,
}
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_EDTF = re.compile(r"[\dX~?%/.-]{1,40}")
Item = TypeVar("Item", bound=Span)


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a text: `set` a field, `add` or `drop` a mention, `link` one to the document `value` ("" for none)."""

    id: int
    family: str
    action: str
    quote: str
    context: str
    field: str
    value: str


_PLACE = attrgetter("start", "end")


class Corrector:
    """Applies the corrections of one text, family by family; `states` says what became of each, `links` where one is linked."""

    def __init__(self, text: str, corrections: Sequence[Correction] = ()) -> None:
        self.text = text
        self.states: dict[int, str] = {}
        self.links: dict[int, str] = {}
        self._corrections = sorted(corrections, key=lambda each: (each.action != "drop", each.action != "add", each.id))

    def __call__(self, family: Family, items: Sequence[Item]) -> list[Item]:
        """The items of a family with its corrections applied, in order of the text."""
        found = list(items)
        for correction in self._corrections:
            if correction.family == family:
                self.states[correction.id] = self._apply(correction, found)
        return sorted(found, key=_PLACE)

    def _apply(self, correction: Correction, items: list[Item]) -> str:
        """Apply one correction to `items` in place; says "applied", or why it is not."""
        start, why = locate(self.text, correction.quote, correction.context)
        if start is None:
            return why
        end = start + len(correction.quote)
        if correction.action == "add":
            items[:] = [item for item in items if item.end <= start or item.start >= end]
            items.append(_made(correction, self.text, start, end))  # type: ignore[arg-type]
            return APPLIED
        at = next((at for at, item in enumerate(items) if (item.start, item.end) == (start, end)), None)
        if at is None:
            return APPLIED if correction.action == "drop" else "nothing is found there; add it first"
        if correction.action == "drop":
            del items[at]
        elif correction.action == "link":
            self.links[start] = correction.value
        else:
            items[at] = with_field(items[at], correction.field, correction.value)
        return APPLIED


def locate(text: str, quote: str, context: str) -> tuple[int | None, str]:
    """Where the quote stands in the only place with its context; None with the reason if there is none, or several.

    >>> locate("Số 5. Số 6, Số 5", "Số 5", "6, Số 5")
    (12, '')
    """
    around = context or quote
    places = [match.start() for match in re.finditer(re.escape(around), text)]
    if not places:
        return None, "its passage is gone"
    if len(places) > 1:
        return None, f"its passage stands {len(places)} times; give more context"
    return places[0] + around.index(quote), ""


def _made(correction: Correction, text: str, start: int, end: int) -> Span:
    """A new mention, with what the quote alone tells, and the fields that the correction gives as JSON."""
    read = [item for item in _FINDERS[correction.family](correction.quote) if item.surface == correction.quote]
    fields = read[0].model_dump() if read else _least(correction)
    given = json.loads(correction.value) if correction.value else {}
    model = MODELS[correction.family]
    return _settled(model.model_validate(fields | given | {"start": start, "end": end, "surface": text[start:end]}))


def _least(correction: Correction) -> dict[str, object]:
    return {"form": "named"} if correction.family == "references" else {}


def with_field(item: Item, field: str, value: str) -> Item:
    """The item with one field set; "" empties it."""
    return _settled(type(item).model_validate(item.model_dump() | {field: value or None}))


def _settled(item: Item) -> Item:
    """The amount of a figure follows from its value and unit."""
    if not isinstance(item, Figure):
        return item
    amount, measure = normalise(item.value, fold(item.unit or "").lower())
    return item.model_copy(update={"amount": amount, "measure": measure or None})


def what_is_wrong(correction: Correction) -> str | None:
    """What is wrong with a correction in itself, or None."""
    if correction.action == "set" and correction.field not in FIELDS[correction.family]:
        return f"{correction.field!r} is no field; it may be one of {', '.join(FIELDS[correction.family])}"
    if correction.context.count(correction.quote) != 1 and correction.context:
        return "the context must hold the quote once"
    try:
        if correction.action == "add":
            _made(correction, correction.quote, 0, len(correction.quote))
        return _wrong_value(correction) if correction.action == "set" else None
    except ValidationError as error:
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}; give the fields as JSON in 'value'"
    except (ValueError, TypeError, AttributeError) as error:
        return f"{correction.value!r} does not fit ({error})"


def _wrong_value(correction: Correction) -> str | None:
    if correction.field == "issued" and correction.value:
        date.fromisoformat(correction.value)
    if correction.field == "edtf" and correction.value and not _EDTF.fullmatch(correction.value):
        return f"{correction.value!r} is no date in EDTF"
    sample: dict[str, object] = {"start": 0, "end": 1, "surface": "x", **_SAMPLES[correction.family]}
    with_field(MODELS[correction.family].model_validate(sample), correction.field, correction.value)
    return None


_SAMPLES: dict[str, dict[str, object]] = {
    "references": {"form": "named"},
    "dates": {"edtf": None},
    "units": {"unit_type": "party", "name": "x"},
    "figures": {"value": 1},
}
"""Fields that a record of each family needs."""


def is_day(value: str) -> bool:
    """Whether a value is a year, a month or a day that there is.

    >>> is_day("2020"), is_day("2020-02-29"), is_day("2021-02-29"), is_day("hôm qua")
    (True, True, False, False)
    """
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat((value + "-01-01")[: len("2020-01-01")]))
    except ValueError:
        return False


def composed(text: str) -> str:
    """Words as texts are stored: NFC."""
    return unicodedata.normalize("NFC", text)
