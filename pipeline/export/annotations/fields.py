"""The fields of findings that people may set, with the values that those of few values may have, as annotation tools ask for them."""

from collections.abc import Mapping
from functools import cache
from typing import get_args

from extractors.models import Comparator, Form, Level, RelationKind, UnitType
from pipeline.corrections import FIELDS
from pipeline.query.annotated import Annotation

CHOICES: Mapping[str, tuple[str, ...]] = {
    "form": get_args(Form),
    "unit_type": get_args(UnitType),
    "level": get_args(Level),
    "comparator": get_args(Comparator),
}
"""Fields with the only values that they may have."""
DOCUMENT = "document"
"""The id of the document that a reference means."""
TIES = dict.fromkeys(get_args(RelationKind), ("references", "references")) | {
    "reports_on": ("figures", "references"),
    "share_of": ("figures", "figures"),
}
"""How findings may stand to each other, with the families of both."""


@cache
def fields_of(family: str) -> tuple[str, ...]:
    """The fields of a family that a person may set."""
    return FIELDS[family]


def said(annotation: Annotation) -> dict[str, str]:
    """The fields of a finding that are not empty, as they are printed in a table of corrections; with the document that is meant."""
    values = {name: annotation.fields.get(name) for name in fields_of(annotation.family)}
    given = {name: str(value) for name, value in values.items() if value is not None}
    meant = {DOCUMENT: annotation.target} if annotation.family == "references" and annotation.target else {}
    return given | meant
