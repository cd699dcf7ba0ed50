"""W3C Web Annotation: a collection in JSON-LD; each annotation quotes its text and gives the position."""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from pipeline.export.annotations.fields import DOCUMENT, said
from pipeline.export.provenance import Provenance
from pipeline.query.annotated import AnnotatedText, Annotation

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URN = "urn:sohieu:"
"""What ids of texts and units are led by, and those of documents beside their addresses."""
UriOf = Callable[[str], str]
"""Gives the address of a document by its id."""
AROUND = 40
"""Characters of prefix and suffix."""
Json = dict[str, object]


def collection(texts: Iterable[AnnotatedText], origin: Provenance, uri_of: UriOf) -> Iterator[str]:
    """The parts of a JSON file: an AnnotationCollection with one page."""
    generator = {"type": "Software", "name": origin.program, "schema:description": origin.line()}
    yield f'{{"@context": {json.dumps([CONTEXT, {"sohieu": URN, "schema": "http://schema.org/"}])},\n'
    yield f'"id": "{URN}{origin.database}", "type": "AnnotationCollection", '
    yield f'"generator": {json.dumps(generator, ensure_ascii=False)},\n'
    yield f'"first": {{"id": "{URN}{origin.database}:1", "type": "AnnotationPage", "startIndex": 0, "items": ['
    count = 0
    for text in texts:
        source = _source(text)
        for each in text.annotations:
            yield f"{',' if count else ''}\n{json.dumps(_item(text, each, source, uri_of), ensure_ascii=False)}"
            count += 1
    yield f'\n]}},\n"total": {count}}}\n'


def _source(text: AnnotatedText) -> Json:
    """The text: its id, the digest of its file (`sha256`) and of its letters (`text_sha256`), for which the positions hold."""
    of_letters = sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest()
    about: Json = {"id": f"{URN}{text.id}", "type": "Text", "format": "text/plain", "language": "vi"}
    about |= {"sohieu:sha256": text.sha256, "sohieu:text_sha256": of_letters, "sohieu:path": text.path}
    return about | ({"schema:url": text.url} if text.url else {})


def _item(text: AnnotatedText, annotation: Annotation, source: Json, uri_of: UriOf) -> Json:
    return {
        "id": f"{URN}{text.id}:{annotation.key}",
        "type": "Annotation",
        "motivation": "identifying" if annotation.target else "tagging",
        "body": list(_bodies(annotation, uri_of)),
        "target": {"source": source, "selector": _selectors(text.text, annotation)},
    }


def _bodies(annotation: Annotation, uri_of: UriOf) -> Iterator[Json]:
    """The family as a tag, the fields as JSON, and the document or unit that is meant."""
    yield {"type": "TextualBody", "purpose": "tagging", "value": annotation.family}
    fields = {name: value for name, value in said(annotation).items() if name != DOCUMENT}
    if fields:
        value = json.dumps(fields, ensure_ascii=False)
        yield {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": value}
    if annotation.target:
        meant: Json = {"id": f"{URN}{annotation.target}"}
        if annotation.family == "references":
            meant = {"id": uri_of(annotation.target), "sohieu:document": f"{URN}{annotation.target}"}
        yield {"type": "SpecificResource", "purpose": "identifying", "source": meant}


def _selectors(text: str, annotation: Annotation) -> list[Json]:
    start, end = annotation.start, annotation.end
    quote: Json = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
