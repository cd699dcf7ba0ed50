"""Annotations out, in JSON: W3C Web Annotation and Label Studio, by the necessary part of their schemas."""

import json
import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema

from pipeline.export.annotations.fields import CHOICES, said
from pipeline.export.annotations.labelstudio import configuration
from pipeline.export.uris import document_uri
from pipeline.query.annotated import FAMILIES, AnnotatedText
from tests.annotating import some_exported

SELECTORS = [
    {"properties": {"type": {"const": "TextQuoteSelector"}}, "required": ["exact", "prefix", "suffix"]},
    {"properties": {"type": {"const": "TextPositionSelector"}}, "required": ["start", "end"]},
]
BODY = {"type": "object", "required": ["type"], "properties": {"type": {"enum": ["TextualBody", "SpecificResource"]}}}
SOURCE = {"required": ["id", "type", "sohieu:sha256", "sohieu:text_sha256"], "properties": {"id": {"format": "uri"}}}
ITEM: dict[str, Any] = {
    "required": ["id", "type", "body", "target", "motivation"],
    "properties": {
        "id": {"type": "string", "pattern": "^urn:"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["identifying", "tagging"]},
        "body": {"type": "array", "minItems": 1, "items": BODY},
        "target": {
            "required": ["source", "selector"],
            "properties": {"source": SOURCE, "selector": {"type": "array", "prefixItems": SELECTORS, "minItems": 2}},
        },
    },
}
COLLECTION = {
    "required": ["@context", "id", "type", "total", "first", "generator"],
    "properties": {
        "@context": {"type": "array", "contains": {"const": "http://www.w3.org/ns/anno.jsonld"}},
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "required": ["id", "type", "items", "startIndex"],
            "properties": {"type": {"const": "AnnotationPage"}, "items": {"type": "array", "items": ITEM}},
        },
    },
}


def test_web_annotations_quote_their_texts(
    conn: sqlite3.Connection, chosen: list[AnnotatedText], tmp_path: Path
) -> None:
    found = json.loads(some_exported(conn, "webanno", tmp_path / "a.jsonld").read_text("utf-8"))
    jsonschema.Draft202012Validator(COLLECTION).validate(found)
    texts = {f"urn:sohieu:{text.id}": text.text for text in chosen}
    items = found["first"]["items"]
    assert found["total"] == len(items) == sum(len(text.annotations) for text in chosen)
    assert len({item["id"] for item in items}) == len(items)
    addresses = {
        row["id"]: document_uri(*row[1:])
        for row in conn.execute(
            "SELECT id, doc_type, issuer, place, issued, coalesce(symbol, number), title FROM documents"
        )
    }
    targets = {each.target for text in chosen for each in text.annotations if each.family == "references"} - {None}
    meant = [body["source"] for item in items for body in item["body"] if body["type"] == "SpecificResource"]
    assert {of["sohieu:document"].removeprefix("urn:sohieu:") for of in meant if "sohieu:document" in of} == targets
    assert all(of["id"] == addresses[of["sohieu:document"][11:]] for of in meant if "sohieu:document" in of)
    assert all(of["id"].startswith("urn:sohieu:u-") for of in meant if "sohieu:document" not in of)
    for item in items:
        text, (quote, place) = texts[item["target"]["source"]["id"]], item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


REGION = {
    "required": ["id", "from_name", "to_name", "type", "value"],
    "properties": {"to_name": {"const": "text"}, "type": {"enum": ["labels", "choices", "textarea"]}},
}
RELATION = {"required": ["from_id", "to_id", "direction", "labels"], "properties": {"type": {"const": "relation"}}}
PREDICTION = {
    "required": ["model_version", "result"],
    "properties": {"model_version": {"type": "string"}, "result": {"items": {"anyOf": [REGION, RELATION]}}},
}
TASKS = {
    "type": "array",
    "items": {
        "required": ["data", "predictions"],
        "properties": {
            "data": {"required": ["text", "text_id", "sha256"]},
            "predictions": {"minItems": 1, "maxItems": 1, "items": PREDICTION},
        },
    },
}


def test_label_studio_tasks(conn: sqlite3.Connection, chosen: list[AnnotatedText], tmp_path: Path) -> None:
    tasks = json.loads(some_exported(conn, "labelstudio", tmp_path / "a.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(TASKS).validate(tasks)
    config = ElementTree.fromstring((tmp_path / "a.config.xml").read_text("utf-8"))
    controls = {each.get("name"): each for each in config.iter() if each.get("name")}
    for task, text in zip(tasks, chosen, strict=True):
        (prediction,) = task["predictions"]
        regions = [each for each in prediction["result"] if each["type"] == "labels"]
        assert prediction["model_version"].startswith("sohieu ")
        assert [(r["value"]["start"], r["value"]["end"]) for r in regions] == [
            (a.start, a.end) for a in text.annotations
        ]
        assert all(text.text[r["value"]["start"] : r["value"]["end"]] == r["value"]["text"] for r in regions)
        for result in prediction["result"]:
            assert result["type"] == "relation" or controls[result["from_name"]].tag.lower() == result["type"]


def test_the_configuration_asks_for_every_field() -> None:
    config = ElementTree.fromstring(configuration())
    asked = [each.get("name") for each in config.iter() if each.get("perRegion") and each.get("name")]
    assert len(asked) == len(set(asked))
    assert {"issued", "document", "edtf", "unit_type", "value", *CHOICES} <= set(asked)
    assert [each.get("value") for each in config.iter("Label")] == list(FAMILIES)


def test_fields_are_those_that_people_may_set(chosen: list[AnnotatedText]) -> None:
    every = [(each.family, name) for text in chosen for each in text.annotations for name in said(each)]
    assert ("references", "document") in every
    assert not [pair for pair in every if pair[1] in ("flags", "surface", "start", "amount")]
