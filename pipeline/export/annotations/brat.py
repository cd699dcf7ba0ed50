r"""brat: a text file with its standoff annotations, and the configuration of types.

Fields of few values are attributes (A), the others a JSON object in a note (#), documents that are meant normalisations (N). A finding
that goes over the end of a line is given in parts without it, as brat has no line ends in annotations.
"""

import json
import re
from collections.abc import Iterator, Mapping

from pipeline.export.annotations.fields import CHOICES, DOCUMENT, TIES, fields_of, said
from pipeline.query.annotated import FAMILIES, AnnotatedText, Annotation

NAMES = "sohieu"
"""What brat calls the list of documents that normalisations point to."""
_ENDS = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\u2028\u2029"
_LINE, _END = re.compile(f"[^{_ENDS}]+"), re.compile(f"[{_ENDS}]")


def ann(text: AnnotatedText) -> str:
    """The annotations of a text: T lines in order, then A, N, #, then R."""
    numbers = {each.key: at for at, each in enumerate(text.annotations, 1)}
    lines = [f"T{at}\t{each.family} {_places(text.text, each)}" for at, each in enumerate(text.annotations, 1)]
    lines += [*_attributes(text), *_meant(text), *_notes(text)]
    tied = [tie for tie in text.ties if tie.origin]
    for at, tie in enumerate(tied, 1):
        origin = numbers[tie.origin.key] if tie.origin else 0
        lines.append(f"R{at}\t{tie.kind} Arg1:T{origin} Arg2:T{numbers[tie.to.key]}")
    return "".join(f"{line}\n" for line in lines)


def _places(text: str, annotation: Annotation) -> str:
    """Offsets of the parts of a finding, and its words on one line."""
    parts = list(_LINE.finditer(text, annotation.start, annotation.end))
    return f"{';'.join(f'{part.start()} {part.end()}' for part in parts)}\t{' '.join(part[0] for part in parts)}"


def _attributes(text: AnnotatedText) -> Iterator[str]:
    pairs = [
        (at, name, value)
        for at, each in enumerate(text.annotations, 1)
        for name, value in said(each).items()
        if name in CHOICES
    ]
    for number, (at, name, value) in enumerate(pairs, 1):
        yield f"A{number}\t{name} T{at} {value}"


def _meant(text: AnnotatedText) -> Iterator[str]:
    meant = [(at, each) for at, each in enumerate(text.annotations, 1) if DOCUMENT in said(each)]
    for number, (at, each) in enumerate(meant, 1):
        yield f"N{number}\tReference T{at} {NAMES}:{each.target}\t{' '.join(str(each.fields['symbol'] or each.target).split())}"


def _notes(text: AnnotatedText) -> Iterator[str]:
    noted = [(at, fields) for at, each in enumerate(text.annotations, 1) if (fields := _free(said(each)))]
    for number, (at, fields) in enumerate(noted, 1):
        note = _END.sub(lambda end: f"\\u{ord(end[0]):04x}", json.dumps(fields, ensure_ascii=False))
        yield f"#{number}\tAnnotatorNotes T{at}\t{note}"


def _free(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name not in CHOICES and name != DOCUMENT}


def annotation_conf() -> str:
    """annotation.conf: families as entities, relations, attributes with their values."""
    relations = [f"{kind}\tArg1:{origin}, Arg2:{to}" for kind, (origin, to) in TIES.items()]
    attributes = [
        f"{name}\tArg:{family}, Value:{'|'.join(CHOICES[name])}"
        for family in FAMILIES
        for name in fields_of(family)
        if name in CHOICES
    ]
    overlaps = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    parts = {"entities": FAMILIES, "relations": [overlaps, *relations], "events": (), "attributes": attributes}
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in parts.items())
