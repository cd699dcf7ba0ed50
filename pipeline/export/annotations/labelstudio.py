"""Label Studio: tasks whose predictions are what was found, and the labelling configuration for them."""

import json
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from pipeline.export.annotations.fields import CHOICES, DOCUMENT, TIES, fields_of, said
from pipeline.export.provenance import Provenance
from pipeline.query.annotated import FAMILIES, AnnotatedText, Annotation

LABEL, TEXT = "label", "text"
"""Names of the labels and of the text in the configuration."""
_COLOURS = {"references": "#1f77b4", "dates": "#2ca02c", "units": "#9467bd", "figures": "#d95f02"}
Json = dict[str, object]


def tasks(texts: Iterable[AnnotatedText], origin: Provenance) -> Iterator[str]:
    """The parts of a JSON file: a list of tasks."""
    version = f"{origin.program} {origin.database}"
    yield "["
    for count, text in enumerate(texts):
        yield f"{',' if count else ''}\n{json.dumps(task(text, version), ensure_ascii=False)}"
    yield "\n]\n"


def task(text: AnnotatedText, version: str) -> Json:
    """A task: the text with its id, and one prediction; offsets count characters (code points), as Label Studio does."""
    results = [part for each in text.annotations for part in _region(text.text, each)]
    results += [
        {"type": "relation", "from_id": tie.origin.key, "to_id": tie.to.key, "direction": "right", "labels": [tie.kind]}
        for tie in text.ties
        if tie.origin
    ]
    names = ("sha256", "path", "title", "url", "published")
    data = {TEXT: text.text, "text_id": text.id} | {name: getattr(text, name) for name in names}
    return {"data": data, "predictions": [{"model_version": version, "result": results}]}


def _region(text: str, annotation: Annotation) -> Iterator[Json]:
    """A region with its label, then its fields one by one."""
    place = {"start": annotation.start, "end": annotation.end}
    value = {**place, "text": text[annotation.start : annotation.end], "labels": [annotation.family]}
    yield {"id": annotation.key, "from_name": LABEL, "to_name": TEXT, "type": "labels", "value": value}
    for name, content in said(annotation).items():
        kind, holder = ("choices", "choices") if name in CHOICES else ("textarea", "text")
        field = {**place, holder: [content]}
        yield {"id": annotation.key, "from_name": name, "to_name": TEXT, "type": kind, "value": field}


def configuration() -> str:
    """The labelling configuration in XML: a label for each family, its fields for each region, relations."""
    labels = [f"<Label value={quoteattr(name)} background={quoteattr(_COLOURS[name])}/>" for name in FAMILIES]
    relations = [f"<Relation value={quoteattr(kind)}/>" for kind in TIES]
    return "\n".join(
        [
            "<View>",
            "<Relations>",
            *relations,
            "</Relations>",
            f'<Labels name="{LABEL}" toName="{TEXT}">',
            *labels,
            "</Labels>",
            f'<Text name="{TEXT}" value="${TEXT}"/>',
            *(line for family in FAMILIES for line in _controls(family)),
            "</View>\n",
        ]
    )


def _controls(family: str) -> Iterator[str]:
    names = (*fields_of(family), *([DOCUMENT] if family == "references" else []))
    for name in names:
        where = f'toName="{TEXT}" perRegion="true" whenTagName="{LABEL}" whenLabelValue="{family}"'
        yield f'<View visibleWhen="region-selected" {where.split(" ", 2)[2]}><Header value="{name}" size="6"/>'
        if name in CHOICES:
            choices = "".join(f'<Choice value="{value}"/>' for value in CHOICES[name])
            yield f'<Choices name="{name}" {where} choice="single" showInline="true">{choices}</Choices></View>'
        else:
            yield f'<TextArea name="{name}" {where} editable="true" maxSubmissions="1" rows="1"/></View>'
