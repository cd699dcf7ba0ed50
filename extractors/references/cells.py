"""Rows of a list of documents: "1 | 37-QĐ/TW | 25/10/2021 | Bộ Chính trị | Về …" says in cells what a citation says in words."""

import re
from functools import cache

from extractors.references.context import Surroundings
from extractors.references.days import DAY
from extractors.references.draft import Draft
from extractors.references.grammar import ABOUT, type_names
from extractors.references.letterhead import PLACE
from extractors.view import View

MOST_CELLS = 6
"""Cells behind a mention that are read."""
LEAST_WORDS = 4
"""Words from which a cell is what a document is about."""
_ALONE = re.compile(r"(?:^|\n|(?P<edge>\|)) {0,3}(?:\d{1,4}[.)]? {1,3})?$")
"""Before a mention that begins its cell, which may hold the number of the row."""
_CELL = re.compile(r" {0,3}\| {0,3}(?P<said>[^\s|][^|\n]{0,600}?)[ .;]{0,3}(?=\||\n|$)")
_PLACED = re.compile(rf"{PLACE}(?=ngày )")
_FORCE = (
    "hết hiệu lực", "còn hiệu lực", "có hiệu lực", "được thay", "bị thay", "thay thế", "được bãi bỏ", "bị bãi bỏ", "được sửa", "đã được",
)  # fmt: skip
"""How a cell begins that says what became of a document."""


def read_row(seen: View, draft: Draft, around: Surroundings, until: int) -> None:
    """Fill in what the other cells of its row say of a mention, up to `until`, where the next one begins."""
    before = _ALONE.search(seen.lower, max(0, draft.start - 12), draft.start)
    cell = _CELL.match(seen.lower, draft.said_until) if before else None
    if before is None or cell is None or not (before["edge"] or draft.issued or around.date_at(cell.start("said"))):
        return  # a headline has an edge before the name of the site
    if named := _type_cell().search(seen.lower, max(0, draft.start - 40), draft.start):
        draft.doc_type = draft.doc_type or named["type"]
    for _ in range(MOST_CELLS):
        if cell is None or cell.start("said") >= until:
            return
        _read_cell(seen, draft, around, *cell.span("said"))
        draft.said_until = cell.end()
        cell = _CELL.match(seen.lower, cell.end())


def _read_cell(seen: View, draft: Draft, around: Surroundings, start: int, end: int) -> None:
    placed = _PLACED.match(seen.lower, start, end)
    value, stop = around.date_at(placed.end() if placed else start) or (None, start)
    body = around.bodies.ending_at(end)
    if stop == end:
        draft.issued = draft.issued or (value if value and DAY.fullmatch(value) else None)
    elif body and body[0] == start:
        draft.issuer = draft.issuer or body
    elif draft.title is None:
        _read_subject(seen, draft, start, end)


def _read_subject(seen: View, draft: Draft, start: int, end: int) -> None:
    named = _type().match(seen.lower, start, end)
    typed = named if named and draft.doc_type in (None, named[0]) else None
    if about := ABOUT.match(seen.lower, typed.end() if typed else start, end):
        start, draft.doc_type = about.end(), typed[0] if typed else draft.doc_type
    elif seen.lower.startswith(_FORCE, start):
        return
    if seen.cased[start].isalpha() and len(seen.cased[start:end].split()) >= LEAST_WORDS:
        draft.title = (start, end)


@cache
def _type_cell() -> re.Pattern[str]:
    return re.compile(rf"[|\n] {{0,3}}(?P<type>{type_names()}) {{0,3}}\| {{0,3}}$")


@cache
def _type() -> re.Pattern[str]:
    return re.compile(rf"(?:{type_names()})(?!\w)")
