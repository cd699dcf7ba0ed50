"""Documents that texts cite or are, by date of issue, and what came of them: a line for each event, in the same order every time."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from extractors.keys import strip_marks
from extractors.places import aliases, kinds
from extractors.symbols import parse_symbol
from extractors.tables import doc_types, successor_rows
from extractors.view import fold
from pipeline.query.matching import symbol_or_number

KNOWN = 8192
"""Names whose words are remembered; archives have few issuers."""
NAMED = "mentions > 0 OR held IS NOT NULL"
"""Documents that texts cite or are."""
Lane = Literal["issued", "cited", "amended", "replaced", "reviewed"]
LANES: tuple[Lane, ...] = ("issued", "cited", "amended", "replaced", "reviewed")
KINDS: dict[Lane, tuple[str, ...]] = {
    "amended": ("amends",),
    "replaced": ("replaces", "repeals"),
    "reviewed": ("reviews",),
}
"""Relations that make the lanes of what later documents did."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a timeline holds; empty fields do not filter.

    `issuers` are words of names, one of which must fit; `since` and `until` ISO days, months or years; `least` the fewest
    citations; with `merged` a province is also those that have become part of it.
    """

    issuers: tuple[str, ...] = ()
    doc_type: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    about: str | None = None
    system: str | None = None
    least: int = 0
    merged: bool = False

    def told(self) -> dict[str, str | None]:
        """The filters that are set, by the names of the command's options."""
        return {
            "issuer": " | ".join(self.issuers), "type": self.doc_type, "place": self.place, "merged": "yes" if self.merged else None,
            "system": self.system, "from": self.since, "to": self.until, "about": self.about, "cited": str(self.least or ""),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a document on `date` (EDTF): it was issued, or what `by`, a document or text, did with it."""

    issued: str | None
    symbol: str | None
    doc_type: str | None
    number: str | None
    issuer: str | None
    place: str | None
    title: str | None
    mentions: int
    document_id: str
    event: Lane = "issued"
    date: str = ""
    by: str | None = None

    @property
    def name(self) -> str:
        """What the document is called: its symbol, else its type and number, its subject or its type."""
        cited = symbol_or_number(self.symbol, self.doc_type, self.number)
        return cited or self.title or self.doc_type or self.document_id


class Timeline(NamedTuple):
    """Events in order, and documents that fit and have no date."""

    events: list[Event]
    undated: list[Event]


def timeline(conn: sqlite3.Connection, wanted: Filter, lanes: Sequence[Lane] = ("issued",)) -> Timeline:
    """The events of some lanes of the documents that fit, those of the period; documents without a date apart."""
    columns = "issued, symbol, doc_type, number, issuer, place, title, mentions, id"
    alone = tuple(lanes) == ("issued",)
    rows = documents(conn, columns, wanted if alone else replace(wanted, since=None, until=None))
    fitting = [replace(Event(*row), date=row["issued"] or "") for row in rows]
    undated = [event for event in fitting if not event.date]
    if alone:
        return Timeline([event for event in fitting if event.date], undated)
    return Timeline(sorted(_of_lanes(conn, fitting, wanted, lanes), key=_order), undated)


def documents(conn: sqlite3.Connection, columns: str, wanted: Filter) -> Iterator[sqlite3.Row]:
    """Columns of documents that texts cite or are and that fit, by day of issue; those without one last, whatever the period."""
    rows = conn.execute(
        f"SELECT {columns} FROM documents WHERE ({NAMED}) AND mentions >= ? ORDER BY issued IS NULL, issued, key, id",
        [wanted.least],
    )
    within = (row for row in rows if row["issued"] is None or in_period(row["issued"], wanted))
    return (row for row in within if fits(row, wanted))


def _order(event: Event) -> tuple[str, int, str, str]:
    return event.date, LANES.index(event.event), event.document_id, event.by or ""


def _of_lanes(
    conn: sqlite3.Connection, documents: Sequence[Event], wanted: Filter, lanes: Sequence[Lane]
) -> Iterator[Event]:
    known = {event.document_id: event for event in documents}
    for lane in lanes:
        if lane == "issued":
            yield from (event for event in documents if event.date and in_period(event.date, wanted))
            continue
        for identity, day, by in _cited(conn) if lane == "cited" else _changed(conn, KINDS[lane]):
            if identity in known and day and in_period(day, wanted):
                yield replace(known[identity], event=lane, date=day, by=by)


def _cited(conn: sqlite3.Connection) -> Iterator[tuple[str, str | None, str]]:
    """Documents with the days and ids of the texts that cite them."""
    yield from conn.execute(
        "SELECT DISTINCT m.document_id, substr(t.published, 1, 10), t.id FROM mentions m JOIN texts t ON t.id = m.text_id "
        "WHERE m.document_id NOT NULL AND NOT m.own"
    )


def _changed(conn: sqlite3.Connection, kinds: Sequence[str]) -> Iterator[tuple[str, str | None, str]]:
    """Documents with the days and ids of later ones that act on them; where those have no day, that of the text that says so."""
    yield from conn.execute(
        "SELECT r.to_id, coalesce(d.issued, min(substr(t.published, 1, 10))), r.from_id "
        "FROM document_relations r JOIN documents d ON d.id = r.from_id JOIN texts t ON t.id = r.text_id "
        f"WHERE r.kind IN ({', '.join('?' * len(kinds))}) GROUP BY r.to_id, r.from_id",
        list(kinds),
    )


def fits(row: sqlite3.Row, wanted: Filter) -> bool:
    """Whether a document, with the columns of the register, is what a filter asks for, its period aside."""
    pairs = ((wanted.doc_type, row["doc_type"]), (wanted.about, row["title"]))
    return (
        all(holds(found, wish) for wish, found in pairs if wish)
        and (not wanted.issuers or any(holds(row["issuer"], wish) for wish in wanted.issuers))
        and (not wanted.place or any(holds(row["place"], wish) for wish in places(wanted.place, wanted.merged)))
        and (not wanted.system or system_of(row["symbol"], row["doc_type"]) == wanted.system)
    )


@lru_cache(KNOWN)
def places(wish: str, merged: bool) -> tuple[str, ...]:
    """A place by its usual name without its kind, and the provinces that are part of it today.

    >>> places("TP.HCM", False), places("tỉnh Đắc Lắc", False), places("quận 1", False)
    (('Hồ Chí Minh',), ('Đắk Lắk',), ('quận 1',))
    """
    bare = _kinds_before().sub("", fold(wish).strip().lower())
    name = _usual().get(strip_marks(bare), bare)
    parts = [row.name for row in successor_rows() if row.kind == "province" and _words(row.successor) == _words(name)]
    return (name, *parts) if merged else (name,)


@cache
def _kinds_before() -> re.Pattern[str]:
    """A kind of place before a name, written out or not; hamlets' kinds begin names too ("Sóc Trăng")."""
    rows = [row for row in kinds() if row.level != "base"]
    words = "|".join(re.escape(row.word) for row in rows)
    shorts = "|".join(re.escape(short.rstrip(".")) for row in rows for short in row.abbreviations)
    return re.compile(rf"^(?:(?:{words})\s|(?:{shorts})[\s.]|tp)[\s.]*(?=[^\W\d])")


@cache
def _usual() -> dict[str, str]:
    """Usual names of places by their other spellings, without marks."""
    return {strip_marks(alias): name for name, others in aliases().items() for alias in others}


@lru_cache(KNOWN)
def province_today(place: str | None) -> str | None:
    """The province that a province has become part of; the place itself if it has not.

    >>> province_today("Thái Bình"), province_today("Hà Nội")
    ('Hưng Yên', 'Hà Nội')
    """
    return next((row.successor for row in successor_rows() if row.kind == "province" and row.name == place), place)


@lru_cache(KNOWN)
def system_of(symbol: str | None, doc_type: str | None) -> str | None:
    """Whether a document is the Party's, the State's or a mass organisation's, by its symbol or its type; None if neither tells.

    >>> system_of("682-QĐ/TU", None), system_of("30/2020/NĐ-CP", None), system_of(None, "luật")
    ('party', 'state', 'state')
    """
    read = parse_symbol(fold(symbol)) if symbol else None
    if read and read.system in ("party", "state", "mass"):
        return read.system
    systems = next((row.systems for row in doc_types() if row.name == doc_type), ())
    return systems[0] if len(systems) == 1 else None


def holds(found: str | None, wish: str) -> bool:
    """Whether all words of the wish stand in what was found; marks and case do not count."""
    words = _words(found or "")
    return all(word in words for word in _words(wish))


@lru_cache(KNOWN)
def _words(text: str) -> list[str]:
    return strip_marks(text).split()


def in_period(issued: str, wanted: Filter) -> bool:
    """Compared as far as both are known: a document of 2021 may be one of March 2021."""
    after = wanted.since is None or issued[: len(wanted.since)] >= wanted.since[: len(issued)]
    return after and (wanted.until is None or issued[: len(wanted.until)] <= wanted.until)
