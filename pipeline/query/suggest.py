"""What may have been meant by a filter that no document fits."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from extractors.keys import strip_marks
from pipeline.query.timeline import Filter, holds, places

LIKE, MOST = 0.6, 3
"""How like a name must be to what was typed (0 to 1), and how many are named."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A filter whose words no document has, and names that are like them."""

    name: str
    said: str
    like: tuple[str, ...]


def unknown_filters(conn: sqlite3.Connection, wanted: Filter) -> list[Unknown]:
    """The filters of type, issuer and place that no document fits whatever the others say, and words of subjects that none has."""
    asked: list[tuple[str, str, tuple[str, ...]]] = []
    asked += [("type", "doc_type", (wanted.doc_type,))] if wanted.doc_type else []
    asked += [("issuer", "issuer", (said,)) for said in wanted.issuers]
    asked += [("place", "place", places(wanted.place, wanted.merged))] if wanted.place else []
    found = []
    for name, column, said in asked:
        values = [
            row[0]
            for row in conn.execute(f"SELECT DISTINCT {column} FROM documents WHERE {column} NOT NULL ORDER BY 1")
        ]
        if not any(holds(value, wish) for value in values for wish in said if wish):
            found.append(Unknown(name, str(said[0]), _like(str(said[0]), values)))
    return [*found, *_unknown_words(conn, wanted.about)] if wanted.about else found


def _unknown_words(conn: sqlite3.Connection, about: str) -> Iterator[Unknown]:
    titles = conn.execute("SELECT DISTINCT title FROM documents WHERE title NOT NULL")
    known = {word for (title,) in titles for word in strip_marks(title).split()}
    for word in dict.fromkeys(strip_marks(about).split()):
        if word not in known:
            yield Unknown("word", word, tuple(get_close_matches(word, sorted(known), MOST, LIKE)))


def _like(said: str, values: list[str]) -> tuple[str, ...]:
    bare = {strip_marks(value): value for value in reversed(values)}
    return tuple(bare[name] for name in get_close_matches(strip_marks(said), bare, MOST, LIKE))
