"""The extractors as spaCy components: one factory each, findings in `doc.spans` and `doc.user_data`.

The only module here that knows spaCy. A record whose ends do not fall on token borders is widened to them in
`doc.spans["references"]`; the record itself, with its exact offsets, is in `doc.user_data["sohieu"]`; `records` reads it.
"""

from collections.abc import Sequence
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from extractors.dates import find_dates
from extractors.figures import find_figures
from extractors.models import DateMention, Figure, Reference, Span, UnitMention
from extractors.references import find_references
from extractors.reports import tie
from extractors.units import find_units
from extractors.view import view

KEY = "sohieu"
Record = TypeVar("Record", Reference, DateMention, UnitMention, Figure)
_FAMILIES: dict[type[Span], str] = {
    Reference: "references",
    DateMention: "dates",
    UnitMention: "units",
    Figure: "figures",
}


def records(doc: Doc, kind: type[Record]) -> list[Record]:
    """The exact records of one kind that a component has put on `doc`; none if it has not run."""
    stored = doc.user_data.get(KEY, {}).get(_FAMILIES[kind], [])
    return [kind.model_validate(values) for values in stored]


@Language.component("sohieu_dates")
def dates(doc: Doc) -> Doc:
    """Put dates on a doc."""
    return _put(doc, find_dates(doc.text).items, "dates")


@Language.component("sohieu_units")
def units(doc: Doc) -> Doc:
    """Put units on a doc."""
    return _put(doc, find_units(doc.text).items, "units")


@Language.component("sohieu_references")
def references(doc: Doc) -> Doc:
    """Put references on a doc; they read issue dates and issuers off the dates and units that are there."""
    found = find_references(doc.text, records(doc, DateMention), records(doc, UnitMention))
    return _put(doc, found.items, "references")


@Language.component("sohieu_figures")
def figures(doc: Doc) -> Doc:
    """Put figures on a doc; they keep off the dates and references that are there, and report on documents."""
    seen, cited = view(doc.text), records(doc, Reference)
    found = find_figures(seen, [*records(doc, DateMention), *cited]).items
    return _put(doc, tie(seen, found, cited, records(doc, UnitMention)), "figures")


def _put(doc: Doc, found: Sequence[Span], family: str) -> Doc:
    doc.user_data.setdefault(KEY, {})[family] = [item.model_dump(mode="json") for item in found]
    spans = [doc.char_span(item.start, item.end, label=_label(item), alignment_mode="expand") for item in found]
    doc.spans[family] = [span for span in spans if span is not None]
    return doc


def _label(item: Span) -> str:
    """What tells findings of one family apart: form, type of unit, comparator."""
    if isinstance(item, Reference):
        return item.form
    if isinstance(item, UnitMention):
        return item.unit_type
    return item.comparator if isinstance(item, Figure) else "date"
