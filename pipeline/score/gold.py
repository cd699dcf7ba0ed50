"""Gold: annotated texts. An annotation quotes its text: `surface`, and `nth` says which occurrence is meant.

A folder holds NAME.json; its text is NAME.txt beside it, or the file that its key `file` names, relative to
the folder above.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.stages import Analysed, analyse_bytes

FAMILIES = ("references", "dates", "units", "figures")
Annotation = dict[str, object]


class GoldError(Exception):
    """An annotation does not fit its text; the message names both."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with its annotations by family, each with the slice that it quotes.

    `relations` have no slice, nor has `header`; None if the text was not annotated for them. `kind` is "document" or "news".
    """

    id: str
    done: Analysed
    province: str | None
    relations: tuple[Annotation, ...] | None
    header: Annotation | None
    kind: str | None
    annotations: dict[str, list[tuple[tuple[int, int], Annotation]]]


def read_gold(folder: Path) -> Iterator[GoldText]:
    """All annotated texts of a folder in order of their names; GoldError if one does not fit."""
    for file in sorted(folder.glob("*.json")):
        record = json.loads(file.read_text("utf-8"))
        source = folder.parent / record["file"] if "file" in record else file.with_suffix(".txt")
        done = analyse_bytes(source.read_bytes(), source.name, words=False)
        located = {
            family: [(locate(done.text.text, note, file.stem), note) for note in record.get(family, [])]
            for family in FAMILIES
        }
        relations = tuple(record["relations"]) if "relations" in record else None
        province, header, kind = (record.get(key) for key in ("province", "header", "kind"))
        yield GoldText(file.stem, done, province, relations, header, kind, located)


def locate(text: str, note: Annotation, name: str) -> tuple[int, int]:
    """The slice of `text` that an annotation quotes."""
    surface, nth = str(note["surface"]), note.get("nth") or 1
    at = -1
    for _ in range(int(str(nth))):
        at = text.find(surface, at + 1)
        if at < 0:
            raise GoldError(f"{name}: {surface!r} does not occur {nth} times in the text")
    return at, at + len(surface)
