"""Documents that texts cite or are, by date of issue, filtered; the order is the same every time."""

import sqlite3
from dataclasses import dataclass
from functools import lru_cache

from extractors.keys import strip_marks

KNOWN = 8192
"""Names whose words are remembered; archives have few issuers."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a timeline holds; empty fields do not filter. `since` and `until` are ISO days, months or years."""

    issuer: str | None = None
    doc_type: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A document on the timeline; `issued` is EDTF."""

    issued: str
    symbol: str | None
    doc_type: str | None
    number: str | None
    issuer: str | None
    place: str | None
    title: str | None
    mentions: int
    document_id: str


def timeline(conn: sqlite3.Connection, wanted: Filter) -> tuple[list[Event], int]:
    """Events in order, and how many documents fit but have no date."""
    columns = "issued, symbol, doc_type, number, issuer, place, title, mentions, id"
    named = "mentions > 0 OR held IS NOT NULL"
    rows = conn.execute(f"SELECT {columns} FROM documents WHERE {named} ORDER BY issued IS NULL, issued, key, id")
    in_period = (row for row in rows if row["issued"] is None or _in_period(row["issued"], wanted))
    fitting = [row for row in in_period if _fits(row, wanted)]
    return [Event(*row) for row in fitting if row["issued"]], sum(row["issued"] is None for row in fitting)


def _fits(row: sqlite3.Row, wanted: Filter) -> bool:
    pairs = (
        (wanted.issuer, row["issuer"]),
        (wanted.doc_type, row["doc_type"]),
        (wanted.place, row["place"]),
        (wanted.about, row["title"]),
    )
    return all(_holds(found, wish) for wish, found in pairs if wish)


def _holds(found: str | None, wish: str) -> bool:
    """Whether all words of the wish stand in what was found; marks and case do not count."""
    words = _words(found or "")
    return all(word in words for word in _words(wish))


@lru_cache(KNOWN)
def _words(text: str) -> list[str]:
    return strip_marks(text).split()


def _in_period(issued: str, wanted: Filter) -> bool:
    """Compared as far as both are known: a document of 2021 may be one of March 2021."""
    after = wanted.since is None or issued[: len(wanted.since)] >= wanted.since[: len(issued)]
    return after and (wanted.until is None or issued[: len(wanted.until)] <= wanted.until)
