"""Relations as people drew them against those found: which differ, and all of them in the form of gold."""

import sqlite3
from collections.abc import Iterable
from typing import get_args

from extractors.models import RelationKind
from pipeline.annotated.marks import Annotated, Drawn, Place
from pipeline.query.annotated import AnnotatedText, Annotation, Tie

RELATIONS: tuple[str, ...] = get_args(RelationKind)
"""Kinds of relations that gold has; what figures report on and are shares of it has not."""
REFERENCES = "references"
SELF = "self"
"""What gold calls the text itself."""


def place_of(annotation: Annotation) -> Place:
    """Where a finding is."""
    return annotation.family, annotation.start, annotation.end


def tie_of(tie: Tie) -> Drawn:
    """A relation that was found, as people draw it; the text has no place of its own, and "" stands for it."""
    return tie.kind, place_of(tie.origin) if tie.origin else ("", 0, 0), place_of(tie.to)


def in_gold(tie: Drawn) -> bool:
    """Whether gold has such a relation: one of references, of a kind that documents have to each other."""
    kind, origin, to = tie
    return kind in RELATIONS and origin[0] in ("", REFERENCES) and to[0] == REFERENCES


def ties_changed(read: Annotated, have: Iterable[Drawn]) -> set[Drawn]:
    """The relations that people added, or took away between marks that are still there."""
    places = {(mark.family, mark.start, mark.end) for mark in read.marks}
    still = {tie for tie in have if tie[1] in places and tie[2] in places}
    return read.ties ^ still


def gold_relations(conn: sqlite3.Connection, text: AnnotatedText, read: Annotated) -> list[dict[str, str]]:
    """The relations of a text by the words of their marks, those that people drew and those whose text does not name itself.

    Tools cannot show the latter, so they stand as found if their other end is still marked.
    """
    own = {
        (REFERENCES, start, end)
        for start, end in conn.execute("SELECT start, end FROM mentions WHERE text_id = ? AND own", [text.id])
    }
    marked = {(mark.family, mark.start, mark.end) for mark in read.marks}
    silent = {tie_of(tie) for tie in text.ties if tie.origin is None and place_of(tie.to) in marked}
    gone = {place for place, field in read.refused if not field}
    drawn = {tie for tie in read.ties | silent if in_gold(tie) and not gone & {*tie[1:]}}

    def called(place: Place) -> str:
        return SELF if place in own or not place[0] else text.text[place[1] : place[2]]

    ordered = sorted(drawn, key=lambda tie: (tie[1][1:], tie[2][1:], tie[0]))
    return [{"from": called(origin), "type": kind, "to": called(to)} for kind, origin, to in ordered]
