"""Annotations of Label Studio: its export in JSON, tasks with regions, fields of regions, and relations."""

import json
from collections.abc import Iterator
from pathlib import Path

from pipeline.annotated.marks import MOST_BYTES, MOST_MARKS, Annotated, AnnotationError, Mark, Offsets, is_sound
from pipeline.export.annotations.fields import DOCUMENT, fields_of
from pipeline.export.annotations.labelstudio import LABEL
from pipeline.query.annotated import FAMILIES

Json = dict[str, object]
_SHOWN = 40


def read_labelstudio(path: Path) -> Iterator[Annotated]:
    """The annotated tasks of an export; AnnotationError if the file is none. Tasks that nobody annotated are passed over."""
    for at, task in enumerate(_tasks(path), 1):
        given = _object(task.get("data"))
        if "data" not in task:
            raise AnnotationError(f"{path} is no full export of Label Studio; export it again as 'JSON', not JSON-MIN")
        chosen, several = _chosen(task)
        if chosen is None:
            continue
        name = f"task {_shown(task.get('id', at))}"
        note = f"Label Studio, {name}, annotation {_shown(chosen.get('id', 1))}"
        identity, digest, text = (_string(given.get(key)) for key in ("text_id", "sha256", "text"))
        read = Annotated(name, identity, digest, text, note)
        if several > 1:
            read.wrong.append(f"it has {several} annotations; the last one is taken")
        _Regions(read, _list(chosen.get("result"))).put()
        yield read


def _tasks(path: Path) -> list[Json]:
    try:
        if path.exists() and not path.is_file():
            raise AnnotationError(f"{path} is no file; name a JSON export of Label Studio")
        if path.stat().st_size > MOST_BYTES:
            raise AnnotationError(f"{path} has more than {MOST_BYTES >> 20} MB; export fewer tasks at once")
        found = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no JSON in UTF-8"
        raise AnnotationError(f"{path} cannot be read ({reason}); name a JSON export of Label Studio") from error
    tasks = found if isinstance(found, list) else [found]
    if not tasks or not all(isinstance(task, dict) for task in tasks):
        raise AnnotationError(f"{path} holds no tasks; name a JSON export of Label Studio")
    return tasks


def _chosen(task: Json) -> tuple[Json | None, int]:
    """The annotation that counts: of those not cancelled the one that is ground truth, else the last; and how many there are."""
    found = [each for each in map(_object, _list(task.get("annotations"))) if each and not each.get("was_cancelled")]
    ranked = sorted(found, key=lambda each: (each.get("ground_truth") is True, _when(each)))
    return (ranked[-1] if ranked else None), len(found)


def _when(annotation: Json) -> str:
    return str(annotation.get("updated_at") or annotation.get("created_at") or "")


class _Regions:
    """The results of one annotation, put together by the ids of regions."""

    def __init__(self, read: Annotated, results: list[object]) -> None:
        self.read, self.offsets = read, Offsets(read.text)
        if len(results) > MOST_MARKS * 10:
            read.wrong.append(f"it has more than {MOST_MARKS * 10} results; the rest is left out")
        self.results = [_object(each) for each in results[: MOST_MARKS * 10]]
        self.fields: dict[str, dict[str, str]] = {}
        self.marks: dict[str, list[Mark]] = {}

    def put(self) -> None:
        """Put marks and relations on the text."""
        for result in self.results:
            if result.get("type") in ("choices", "textarea"):
                self._field(result)
        for result in self.results:
            if result.get("type") == "labels" or result.get("from_name") == LABEL:
                self._label(result)
        for result in self.results:
            if result.get("type") == "relation":
                self._tie(result)
        self.read.marks = [mark for marks in self.marks.values() for mark in marks]

    def _field(self, result: Json) -> None:
        value = _object(result.get("value"))
        content = value.get("choices" if result["type"] == "choices" else "text")
        said = " ".join(content) if isinstance(content, list) and all(isinstance(x, str) for x in content) else content
        name, region = result.get("from_name"), result.get("id")
        if not (isinstance(name, str) and isinstance(region, str) and isinstance(said, str) and is_sound(said)):
            self.read.wrong.append(
                f"the field {_shown(name)} of region {_shown(region)} holds no text that can be kept"
            )
        elif said.strip():
            self.fields.setdefault(region, {})[name] = said.strip()

    def _label(self, result: Json) -> None:
        value, region = _object(result.get("value")), str(result.get("id"))
        span = self.offsets.place(value.get("start"), value.get("end"), value.get("text"))
        if span is None:
            where = f"{_shown(value.get('start'))}-{_shown(value.get('end'))}"
            self.read.wrong.append(f"region {_shown(region)} at {where} does not fit the text")
            return
        for label in _list(value.get("labels")):
            if label in FAMILIES:
                self.marks.setdefault(region, []).append(self._mark(str(label), span, self.fields.get(region, {})))
            else:
                self.read.wrong.append(f"{_shown(label)} is no label; it is one of {', '.join(FAMILIES)}")

    def _mark(self, family: str, span: tuple[int, int], given: dict[str, str]) -> Mark:
        fields = {name: value for name, value in given.items() if name in fields_of(family)}
        document = given.get(DOCUMENT) if family == "references" else None
        return Mark(family, *span, fields if fields or document else None, document)

    def _tie(self, result: Json) -> None:
        ends = [self.marks.get(str(result.get(name)), []) for name in ("from_id", "to_id")]
        places = [(mark[0].family, mark[0].start, mark[0].end) for mark in ends if mark]
        if len(places) < len(ends):
            self.read.wrong.append("a relation has an end that is no region")
            return
        if result.get("direction") == "left":
            places.reverse()
        for kind in _list(result.get("labels")):
            self.read.ties.add((str(kind), places[0], places[1]))


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _shown(value: object) -> str:
    """A value of a file, short enough for a message."""
    text = repr(value) if not isinstance(value, int) or value.bit_length() < _SHOWN * 3 else "a huge number"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
