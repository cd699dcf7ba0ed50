"""annotated: what people annotated in Label Studio or brat → a table of corrections, or gold.

Only reads the database: `sohieu correct` applies the table.
"""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.annotated.brat import read_brat
from pipeline.annotated.compare import Change, changes_of
from pipeline.annotated.labelstudio import read_labelstudio
from pipeline.annotated.marks import Annotated, AnnotationError, Mark, Place
from pipeline.annotated.relations import gold_relations, in_gold, tie_of, ties_changed
from pipeline.corrections import FIELDS
from pipeline.export.annotations.fields import said
from pipeline.query.annotated import FAMILIES, AnnotatedText, read_annotated
from pipeline.score.writing import quoted
from pipeline.writing import make_folder, together

__all__ = ["READERS", "AnnotationError", "Imported", "import_annotations", "table", "write_gold"]
READERS: dict[str, Callable[[Path], Iterator[Annotated]]] = {"labelstudio": read_labelstudio, "brat": read_brat}
COLUMNS = ("id", "family", "action", "quote", "context", "field", "value", "note")
_GOLD = {
    "references": FIELDS["references"],
    "dates": ("edtf",),
    "units": ("unit_type", "name"),
    "figures": ("value", "of", "unit", "comparator"),
}
"""Fields of a gold annotation."""


@dataclass(slots=True)
class Imported:
    """What came of annotations: rows of corrections, texts that were compared, gold by id, and sentences on what is left out.

    `only_gold` are those of the sentences on what corrections leave out and gold has.
    """

    rows: list[tuple[str, ...]] = field(default_factory=list)
    texts: int = 0
    gold: dict[str, tuple[str, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    only_gold: list[str] = field(default_factory=list)

    def left_out(self, table: bool) -> list[str]:
        """Sentences on what is left out of the table of corrections and of gold, or of gold alone."""
        return [sentence for sentence in self.wrong if table or sentence not in self.only_gold]


def import_annotations(conn: sqlite3.Connection, path: Path, form: str, gold: bool = False) -> Imported:
    """Compare the annotations of `path`, in a format of `READERS`, with the database; AnnotationError if they cannot be read.

    What is wrong in one text or mark is told and stops nothing else.
    """
    done, seen = Imported(), set()
    for read in READERS[form](path):
        text = _stored(conn, read)
        if text and text.id in seen:
            read.wrong.append("it was there before; only the first is taken")
        elif text:
            seen.add(text.id)
            done.texts += 1
            done.rows += [_row(text.id, change, read.note) for change in changes_of(conn, text.id, read)]
            done.only_gold += [f"{read.name}: {sentence}" for sentence in _compare_ties(read, text, gold)]
            if gold:
                done.gold[text.id] = (text.text, _as_gold(conn, text, read))
        done.wrong += [f"{read.name}: {sentence}" for sentence in read.wrong]
    return done


def _stored(conn: sqlite3.Connection, read: Annotated) -> AnnotatedText | None:
    """The text of the database that was annotated; None, and a sentence, if it is not there or has other words now."""
    if not read.text:
        read.wrong.append("it has no text")
        return None
    row = conn.execute(
        "SELECT id FROM texts WHERE id = ? OR sha256 = ?", [_bindable(read.id), _bindable(read.sha256)]
    ).fetchone()
    text = next(read_annotated(conn, [row[0]]), None) if row else None
    if text is None:
        read.wrong.append(
            f"the database has no text {_bindable(read.id)[:40]!r}; name the one that it was exported from with --db"
        )
    elif text.text != read.text:
        read.wrong.append(f"the text {text.id} has changed since it was exported; export and annotate it again")
        return None
    return text


def _bindable(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _row(identity: str, change: Change, note: str) -> tuple[str, ...]:
    return (identity, change.place[0], change.action, change.quote, change.context, change.field, change.value, note)


def _compare_ties(read: Annotated, text: AnnotatedText, gold: bool) -> list[str]:
    """Tell how many relations differ, which corrections cannot change; the sentences on those that gold has."""
    changed = ties_changed(read, {tie_of(tie) for tie in text.ties if tie.origin})
    kept = sum(map(in_gold, changed)) if gold else 0
    said = [
        f"relations cannot be corrected: they follow from the words; {count} of them differ{where}"
        for count, where in ((kept, ", and gold has them as they were annotated"), (len(changed) - kept, ""))
        if count
    ]
    read.wrong += said
    return said[:1] if kept else []


def _as_gold(conn: sqlite3.Connection, text: AnnotatedText, read: Annotated) -> str:
    """The annotation of a text in the gold format, as people made it; fields of which they say nothing are as found."""
    found = {(each.family, each.start, each.end): said(each) for each in text.annotations}
    record: dict[str, object] = {"id": text.id, "url": text.url, "published": text.published}
    for family in FAMILIES:
        marks = [mark for mark in read.marks if mark.family == family and (_place(mark), "") not in read.refused]
        marks.sort(key=lambda mark: (mark.start, mark.end))
        record[family] = [_gold_mark(text.text, mark, found, read) for mark in marks]
    record["relations"] = gold_relations(conn, text, read)
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _gold_mark(text: str, mark: Mark, found: Mapping[Place, Mapping[str, str]], read: Annotated) -> dict[str, object]:
    given = found.get(_place(mark), {}) if mark.fields is None else mark.fields
    kept = {name: given.get(name) for name in _GOLD[mark.family] if (_place(mark), name) not in read.refused}
    return quoted(text, mark.start, mark.end, kept)


def _place(mark: Mark) -> Place:
    return mark.family, mark.start, mark.end


def write_gold(folder: Path, done: Imported) -> None:
    """Write NAME.txt and NAME.json for each annotated text; WriteError if that cannot be."""
    make_folder(folder)
    with together() as files:
        for name, (text, record) in done.gold.items():
            files.put(folder / f"{name}.txt", text)
            files.put(folder / f"{name}.json", record)


def table(done: Imported) -> str:
    """The rows as a CSV table that `sohieu correct` takes."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    writer.writerows(done.rows)
    return lines.getvalue()
