"""What people want of each mark: where it is, its fields, and the document that it means."""

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.annotated.marks import MOST_MARKS, Annotated, Mark, Place
from pipeline.corrections import FIELDS
from pipeline.export.annotations.fields import DOCUMENT, said
from pipeline.query.annotated import Annotation

NEEDED = ("form", "unit_type", "name", "value", "comparator")
"""Fields that no mark is without."""
NAMING = ("doc_type", "number", "symbol", "issued", "issuer")
"""Fields by which a document is known."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mark as it is to be; `fields` is None if nothing is said of them, and `whole` if those that are not there are to be empty.

    `link` is the document to be linked, "" for none and None if nothing is said; `base` is what stands there or overlaps it now.
    """

    place: Place
    fields: Mapping[str, str] | None
    whole: bool
    link: str | None
    base: Annotation | None

    def set_fields(self) -> dict[str, str]:
        """Fields with the values that they are to have, "" for none."""
        if self.fields is None:
            return {}
        names = [name for name in FIELDS[self.place[0]] if name not in NEEDED] if self.whole else []
        return dict.fromkeys(names, "") | dict(self.fields)

    def as_json(self) -> str:
        """The fields as a correction that adds the mark has them; nothing if nothing is said."""
        fields = {name: value or None for name, value in self.set_fields().items()}
        return json.dumps(fields, ensure_ascii=False) if fields else ""

    def without(self, field: str) -> "Wanted":
        """The same with nothing said of one field."""
        fields = {name: value for name, value in self.set_fields().items() if name != field}
        return replace(self, fields=fields, whole=False)


def wanted_marks(
    conn: sqlite3.Connection, identity: str, read: Annotated, found: Sequence[Annotation]
) -> dict[Place, Wanted]:
    """What people want by place; what contradicts itself or is not known is put into `read.wrong`."""
    read.marks = _trimmed(read, found)
    marks = {(mark.family, mark.start, mark.end): mark for mark in read.marks}
    have = {(each.family, each.start, each.end): each for each in found}
    free = {
        family: [each for place, each in have.items() if place[0] == family and place not in marks] for family in FIELDS
    }
    bases = {place: have.get(place) or _overlapped(place, free[place[0]]) for place in marks}
    linked = _linked_by_people(conn, identity)
    wanted = {
        place: _wanted(conn, read, mark, base := bases[place], place in have, base is not None and base.start in linked)
        for place, mark in marks.items()
    }
    for place in _clashing(wanted, have):
        family, start, end = place
        read.wrong.append(
            f"{family} {read.text[start:end]!r} at {start}: it overlaps another of its family; one of them can be kept"
        )
        del wanted[place]
    return wanted


def _linked_by_people(conn: sqlite3.Connection, identity: str) -> set[int]:
    rows = conn.execute("SELECT start FROM mentions WHERE text_id = ? AND linked_to NOT NULL", [identity])
    return {row[0] for row in rows}


def _trimmed(read: Annotated, found: Sequence[Annotation]) -> list[Mark]:
    """Marks without white space at their ends."""
    known = {(each.family, each.start, each.end) for each in found}
    if len(read.marks) > MOST_MARKS:
        read.wrong.append(f"it has more than {MOST_MARKS} marks; the rest is left out")
    trimmed = []
    for mark in read.marks[:MOST_MARKS]:
        words = read.text[mark.start : mark.end]
        start = mark.start + len(words) - len(words.lstrip())
        if (mark.family, mark.start, mark.end) in known:
            trimmed.append(mark)
        elif words.strip():
            trimmed.append(replace(mark, start=start, end=start + len(words.strip())))
        else:
            read.wrong.append(f"{mark.family} at {mark.start}: it marks nothing but white space")
    return trimmed


def _overlapped(place: Place, free: Sequence[Annotation]) -> Annotation | None:
    """Of what is not marked any more that which shares most with a place: it was moved there."""
    shared = [(min(each.end, place[2]) - max(each.start, place[1]), -each.start, each) for each in free]
    best = max(shared, key=lambda one: one[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def _wanted(
    conn: sqlite3.Connection, read: Annotated, mark: Mark, base: Annotation | None, stays: bool, linked: bool
) -> Wanted:
    place = (mark.family, mark.start, mark.end)
    fields = mark.fields
    if fields is None and base and not stays:
        fields = {name: value for name, value in said(base).items() if name != DOCUMENT}
    link = _link(mark, base, stays, linked or _stands(conn, base)) if mark.family == "references" else None
    if link and not conn.execute("SELECT 1 FROM documents WHERE id = ?", [link]).fetchone():
        read.wrong.append(
            f"references {read.text[mark.start : mark.end]!r} at {mark.start}: no document has the id {link[:40]!r}"
        )
        link = None
    return Wanted(place, fields, base is not None, link, base)


def _stands(conn: sqlite3.Connection, base: Annotation | None) -> bool:
    """Whether the document of a mark is there without it and not found by a number, so that the mark may be linked to it."""
    query = "SELECT 1 FROM documents WHERE id = ? AND (mentions > 1 OR held NOT NULL OR known NOT NULL)"
    return base is not None and base.label != "numbered" and conn.execute(query, [base.target]).fetchone() is not None


def _link(mark: Mark, base: Annotation | None, stays: bool, held: bool) -> str | None:
    """The document to be linked, if people say another than there is, or moved a mark whose document is `held` by more than this mark.

    A mark that alone names a document founds it anew when it is moved; a link would keep it from that.
    """
    before = base.target if base else None
    if mark.document and mark.document != before:
        return mark.document
    names = said(base) if base else {}
    kept = mark.fields is None or all(mark.fields.get(name) == names.get(name) for name in NAMING)
    if mark.document or mark.fields is None:
        return before if before and not stays and held and kept else None
    return "" if before else None


def _clashing(wanted: Mapping[Place, Wanted], have: Mapping[Place, Annotation]) -> list[Place]:
    """New marks that overlap others of their family: adding one takes away what it overlaps."""
    clashing = []
    for family in FIELDS:
        kept = sorted((start, end) for name, start, end in wanted if name == family and (name, start, end) in have)
        for _, start, end in sorted(place for place in wanted if place[0] == family and place not in have):
            if _is_free(kept, start, end):
                kept.insert(bisect_right(kept, (start, end)), (start, end))
            else:
                clashing.append((family, start, end))
    return clashing


def _is_free(kept: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a place overlaps none of some that are in order."""
    at = bisect_right(kept, (start, end))
    before = all(other_end <= start for _, other_end in kept[max(0, at - 50) : at])
    return before and (at == len(kept) or kept[at][0] >= end)
