"""Findings of one text as JSON values: what `sohieu extract` prints and `pipeline.analyse` returns."""

from collections.abc import Sequence
from decimal import Decimal

from extractors.models import Header, Span
from pipeline.stages import Analysed

Json = dict[str, object]


def report(done: Analysed, path: str | None) -> Json:
    """Everything found in one text; `header` only where the text is itself a document."""
    text, found = done.text, done.findings
    values: Json = {
        "path": path,
        "sha256": text.sha256,
        "title": text.title,
        "published": text.published,
        "province": found.province,
        "province_evidence": [list(span) for span in found.evidence],
        "references": _records(found.references),
        "dates": _records(found.dates),
        "units": [
            {**unit, "canonical": body.name} for unit, body in zip(_records(found.units), found.bodies, strict=True)
        ],
        "figures": _records(found.figures),
        "relations": _records(found.relations),
    }
    if found.header:
        values["header"] = _header(found.header)
    return values


def _header(header: Header) -> Json:
    spans = {name: [list(span) for span in spans] for name, spans in header.spans.items()}
    return {**header.model_dump(exclude={"spans"}), "spans": spans}


def _records(spans: Sequence[Span]) -> list[Json]:
    return [{name: _value(value) for name, value in span.model_dump(by_alias=True).items()} for span in spans]


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value
