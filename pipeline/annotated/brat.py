"""Annotations of brat: a folder of .txt files with their .ann files."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pipeline.annotated.marks import MOST_BYTES, MOST_MARKS, Annotated, AnnotationError, Mark, Offsets, Place, is_sound
from pipeline.export.annotations.brat import NAMES
from pipeline.export.annotations.fields import CHOICES, fields_of
from pipeline.query.annotated import FAMILIES

_PLACES = re.compile(r"(\S{1,100}) ([0-9]{1,12} [0-9]{1,12}(?:;[0-9]{1,12} [0-9]{1,12})*)")
_TIE = re.compile(r"(\S{1,100}) \S{1,40}:(T\S{1,20}) \S{1,40}:(T\S{1,20})")
_SHOWN = 60


def read_brat(folder: Path) -> Iterator[Annotated]:
    """The annotated texts of a folder, by name; AnnotationError if it holds none."""
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise AnnotationError(f"{folder} holds no .ann files; name a folder of brat")
    for file in files:
        read = Annotated(file.name, file.stem, "", "", f"brat, {file.name}")
        text, lines = _content(file.with_suffix(".txt"), read), _content(file, read)
        if text is not None and lines is not None:
            read.text = text
            _Lines(read).put(lines.split("\n"))
        yield read


def _content(file: Path, read: Annotated) -> str | None:
    try:
        if not file.is_file():
            read.wrong.append(f"{file.name} cannot be read (it is no file)")
            return None
        if file.stat().st_size > MOST_BYTES:
            read.wrong.append(f"{file.name} has more than {MOST_BYTES >> 20} MB")
            return None
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        read.wrong.append(f"{file.name} cannot be read ({error.strerror})")
    except UnicodeDecodeError:
        read.wrong.append(f"{file.name} is not in UTF-8")
    return None


class _Lines:
    """The lines of one .ann file, put together by the ids of text-bound annotations."""

    def __init__(self, read: Annotated) -> None:
        self.read, self.offsets = read, Offsets(read.text)
        self.places: dict[str, Place] = {}
        self.fields: dict[str, dict[str, str]] = {}
        self.documents: dict[str, str] = {}

    def put(self, lines: list[str]) -> None:
        """Put marks and relations on the text; T lines first, as the others point to them."""
        for line in sorted(lines[: MOST_MARKS * 5], key=lambda each: not each.startswith("T")):
            if line.strip():
                self._read(line.rstrip("\r").split("\t"), line)
        if len(lines) > MOST_MARKS * 5:
            self.read.wrong.append(f"it has more than {MOST_MARKS * 5} lines; the rest is left out")
        for name, place in self.places.items():
            document, fields = self.documents.get(name), self.fields.get(name)
            said = fields if fields is not None or not document else {}
            self.read.marks.append(Mark(*place, said, document if place[0] == "references" else None))

    def _read(self, cells: list[str], line: str) -> None:
        readers = {
            "T": self._place,
            "A": self._attribute,
            "M": self._attribute,
            "N": self._meant,
            "#": self._note,
            "R": self._tie,
        }
        reader = readers.get(line[0])
        why = reader([*cells, "", ""]) if reader else "is of a kind that is not read"
        if why:
            self.read.wrong.append(f"{line[:_SHOWN]!r} {why}")

    def _place(self, cells: list[str]) -> str | None:
        match = _PLACES.fullmatch(cells[1])
        if not match:
            return "is no annotation with its place"
        if match[1] not in FAMILIES:
            return f"has no label that is known; it is one of {', '.join(FAMILIES)}"
        parts = [tuple(map(int, part.split())) for part in match[2].split(";")]
        between = [self.read.text[one[1] : two[0]] for one, two in pairwise(parts)]
        if any(part and not part.isspace() for part in between):
            return "is in several parts; a mention is one piece of text"
        span = self.offsets.place(parts[0][0], parts[-1][1], cells[2] or None)
        if span is None:
            return "does not fit the text"
        self.places[cells[0]] = (match[1], *span)
        return None

    def _attribute(self, cells: list[str]) -> str | None:
        name, of, value, *_ = [*cells[1].split(" "), "", "", ""]
        if of not in self.places:
            return "points to nothing"
        if name not in CHOICES or name not in fields_of(self.places[of][0]) or not is_sound(value):
            return None if name in CHOICES else "is no attribute that is known"
        self.fields.setdefault(of, {})[name] = value
        return None

    def _meant(self, cells: list[str]) -> str | None:
        _, of, name, *_ = [*cells[1].split(" "), "", "", ""]
        if of not in self.places:
            return "points to nothing"
        base, _, identity = name.partition(":")
        if base != NAMES or not is_sound(identity):
            return f"is no document; write {NAMES}: and its id"
        self.documents[of] = identity
        return None

    def _note(self, cells: list[str]) -> str | None:
        _, of, *_ = [*cells[1].split(" "), "", ""]
        if of not in self.places:
            return "points to nothing" if of.startswith("T") else None
        try:
            given = json.loads(cells[2])
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            return 'is no JSON object; write fields as {"issued": "2019-08-08"}'
        sound = {name: str(value).strip() for name, value in given.items() if _is_field(value)}
        known = fields_of(self.places[of][0])
        self.fields.setdefault(of, {}).update({name: value for name, value in sound.items() if name in known and value})
        wrong = [name for name in given if name not in known or (name not in sound and given[name] is not None)]
        return f"has fields that cannot be kept: {', '.join(wrong)[:_SHOWN]}" if wrong else None

    def _tie(self, cells: list[str]) -> str | None:
        match = _TIE.fullmatch(cells[1].strip())
        if not match or match[2] not in self.places or match[3] not in self.places:
            return "is no relation of two annotations"
        self.read.ties.add((match[1], self.places[match[2]], self.places[match[3]]))
        return None


def _is_field(value: object) -> bool:
    """Whether it is text or a number that can be kept as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    return (not isinstance(value, int) or value.bit_length() < _SHOWN) and is_sound(str(value))
