"""What people annotated against what the database has: the corrections that make the one of the other.

A correction changes what is found around it (a date that is none may be a figure), so corrections are tried on the text until what is found
is what people marked; what cannot be had is told.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from pipeline.annotated.marks import Annotated, Place
from pipeline.annotated.passages import passage
from pipeline.annotated.wanted import Wanted, wanted_marks
from pipeline.correct import stored_text
from pipeline.corrections import FIELDS, Correction, composed, locate, what_is_wrong
from pipeline.extract import extract
from pipeline.query.annotated import Annotation, annotations_of
from pipeline.store.rows import FindingRows, finding_rows
from pipeline.store.units import COLUMNS as UNIT_COLUMNS

MOST_CHANGES = 2_000
"""Changes in one text that are taken; a person makes some dozens."""
TOO_MANY = f"it has more than {MOST_CHANGES} changes; nothing of it is taken"
ROUNDS = 4
"""How often corrections are tried; two rounds mostly do."""
_NUMBERS = ("value", "of", "max")
_NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_TABLES = {"references": "mentions", "dates": "dates", "units": "unit_mentions", "figures": "figures"}
_ORDER = ("undo", "drop", "add", "set", "link")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a table of corrections, with the place that it is about."""

    place: Place
    action: str
    field: str = ""
    value: str = ""
    quote: str = ""
    context: str = ""

    def correction(self, number: int) -> Correction:
        """As it is applied to a text."""
        return Correction(
            number, self.place[0], self.action, self.quote, self.context, self.field, composed(self.value)
        )


def changes_of(conn: sqlite3.Connection, identity: str, read: Annotated) -> list[Change]:
    """The changes that give a text the marks that people made; what cannot be had is put into `read.wrong`."""
    found = annotations_of(conn, identity)
    places = {(mark.family, mark.start, mark.end) for mark in read.marks}
    if len(places ^ {(each.family, each.start, each.end) for each in found}) > MOST_CHANGES:
        read.wrong.append(TOO_MANY)
        return []
    wanted = wanted_marks(conn, identity, read, found)
    return _Search(conn, identity, read, found, wanted).run()


class _Search:
    """The search for the changes of one text."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        identity: str,
        read: Annotated,
        found: Sequence[Annotation],
        wanted: dict[Place, Wanted],
    ) -> None:
        self.conn, self.id, self.read, self.wanted, self.found = conn, identity, read, wanted, found
        self.changes: dict[tuple[object, ...], Change] = {}
        rows = conn.execute(
            "SELECT id, family, action, quote, context, field, coalesce(value, '') FROM corrections WHERE text_id = ? ORDER BY id",
            [identity],
        )
        self.standing = [Correction(*row) for row in rows]
        self.said_of = self._located()

    def _located(self) -> dict[Place, list[Correction]]:
        """What was said before of marks, by their places, but for what was dropped."""
        said: dict[Place, list[Correction]] = {}
        for one in self.standing:
            start, _ = locate(self.read.text, one.quote, one.context)
            if start is not None and one.action != "drop":
                said.setdefault((one.family, start, start + len(one.quote)), []).append(one)
        return said

    def run(self) -> list[Change]:
        """The changes in the order in which a table has them."""
        found: Sequence[Annotation] = self.found
        for _ in range(ROUNDS):
            new = [change for change in self._differences(found) if self._take(change)]
            if not new or len(self.changes) > MOST_CHANGES:
                break
            found = found_with(self.conn, self.id, self._corrections())
        if len(self.changes) > MOST_CHANGES:
            self.read.wrong.append(TOO_MANY)
            return []
        self._tell(found)
        links = [change for each in self.wanted.values() if each.link is not None and (change := self._linked(each))]
        return sorted([*self.changes.values(), *links], key=lambda change: _ORDER.index(change.action))

    def _differences(self, found: Sequence[Annotation]) -> list[Change]:
        have = {(each.family, each.start, each.end): each for each in found}
        dropped = [Change(place, "drop") for place in have if place not in self.wanted]
        added = [Change(place, "add", value=each.as_json()) for place, each in self.wanted.items() if place not in have]
        both = [(have[place], each) for place, each in self.wanted.items() if place in have]
        return [*dropped, *added, *(change for one, each in both for change in _fields_changed(one, each))]

    def _take(self, change: Change) -> bool:
        """Keep a change, with those that it takes back; False if it was kept before or cannot be had."""
        key = (change.place, change.action, change.field)
        if key in self.changes and self.changes[key].value == change.value:
            return False
        quoted = self._quoted(change)
        if quoted is None:
            return False
        if change.action == "drop":
            self._undo(change.place)
        self.changes[key] = quoted
        return True

    def _quoted(self, change: Change) -> Change | None:
        """The change with its quote and context; None, and a sentence, if it cannot be."""
        words = passage(self.read.text, *change.place[1:])
        quoted = replace(change, quote=words[0], context=words[1]) if words else change
        wrong = (
            _what_is_wrong(quoted)
            if words
            else "it stands among copies of itself; correct it in the database of a part"
        )
        if wrong:
            self._refuse(change, wrong)
            return None
        return quoted

    def _refuse(self, change: Change, why: str) -> None:
        """Leave out a change: a field is as it was, a mark is not wanted, or is."""
        family, start, end = change.place
        self.read.wrong.append(f"{family} {self.read.text[start:end]!r} at {start}: {why}")
        self.read.refused.add((change.place, change.field))
        each = self.wanted.get(change.place)
        if change.action == "set" and each:
            self.wanted[change.place] = each.without(change.field)
        elif change.action == "add" and each:
            del self.wanted[change.place]
            if each.base:
                place = (each.base.family, each.base.start, each.base.end)
                self.wanted[place] = Wanted(place, None, False, None, None)
        elif change.action == "drop":
            self.wanted[change.place] = Wanted(change.place, None, False, None, None)

    def _undo(self, place: Place) -> None:
        """Take back what was said before of a mark that is none; the order of corrections is not that of time."""
        for one in self.said_of.get(place, ()):
            change = Change(place, "undo", quote=one.quote, context=one.context)
            self.changes[place, "undo", one.context] = change

    def _corrections(self) -> list[Correction]:
        undone = {(c.place[0], c.quote, c.context) for c in self.changes.values() if c.action == "undo"}
        kept = [one for one in self.standing if (one.family, one.quote, one.context) not in undone]
        last = max((one.id for one in self.standing), default=0) + 1
        new = [change for change in self.changes.values() if change.action != "undo"]
        return [*kept, *(change.correction(at) for at, change in enumerate(new, last))]

    def _tell(self, found: Sequence[Annotation]) -> None:
        """Sentences on what is not as people want it after all changes."""
        if not self.changes:
            return
        for change in self._differences(found):
            family, start, end = change.place
            what = {"add": "it is not kept beside what overlaps it", "drop": "it is found again whatever is said"}
            why = (
                what.get(change.action)
                or f"its {change.field} follows from other things and does not become {change.value!r}"
            )
            self.read.wrong.append(f"{family} {self.read.text[start:end]!r} at {start}: {why}")

    def _linked(self, each: Wanted) -> Change | None:
        return self._quoted(Change(each.place, "link", value=each.link or ""))


def _what_is_wrong(change: Change) -> str | None:
    """What is wrong with a change in itself, or None; fields of a new mark are looked at one by one."""
    if change.field in _NUMBERS and change.value and not _NUMBER.fullmatch(change.value):
        return f"{change.value[:40]!r} is no number; write it in digits"
    given = json.loads(change.value) if change.action == "add" and change.value else {}
    fields = [Change(change.place, "set", name, value, change.quote) for name, value in given.items() if value]
    for each in [*fields, change]:
        wrong = _what_is_wrong(each) if each is not change else what_is_wrong(each.correction(0))
        if wrong:
            return f"{each.field + ': ' if each is not change else ''}{wrong}"
    return None


def _fields_changed(found: Annotation, wanted: Wanted) -> Iterator[Change]:
    for name, value in wanted.set_fields().items():
        have = found.fields.get(name)
        if not _same(name, "" if have is None else str(have), composed(value)):
            yield Change(wanted.place, "set", name, value)


def _same(field: str, one: str, other: str) -> bool:
    if field in _NUMBERS and one and other:
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            return False
    return one.strip() == other.strip()


def found_with(conn: sqlite3.Connection, identity: str, corrections: Sequence[Correction]) -> list[Annotation]:
    """What would be found in a stored text with these corrections, as the database would have it."""
    rows = finding_rows(extract(stored_text(conn, identity), corrections))
    units = _units(conn, rows)
    return [each for family in _TABLES for each in _annotations(rows, family, units)]


def _annotations(rows: FindingRows, family: str, units: Mapping[object, Mapping[str, object]]) -> Iterator[Annotation]:
    columns, records = rows.tables.get(_TABLES[family], ((), []))
    for record in records:
        row = dict(zip(columns, record, strict=True))
        fields = {name: row.get(name) for name in FIELDS[family]} if family != "units" else units[row["unit_id"]]
        yield Annotation(family, int(str(row["start"])), int(str(row["end"])), fields)


def _units(conn: sqlite3.Connection, rows: FindingRows) -> dict[object, Mapping[str, object]]:
    """Units by id, as the database has them if it does."""
    query = f"SELECT {', '.join(UNIT_COLUMNS)} FROM units WHERE id = ?"
    return {
        row[0]: dict(zip(UNIT_COLUMNS, conn.execute(query, [row[0]]).fetchone() or row, strict=True))
        for row in rows.units
    }
