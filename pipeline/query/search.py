"""Full text: a word typed with marks stays exact, one typed without finds its spellings."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from extractors.keys import strip_marks
from extractors.view import fold

_TERMS = re.compile(r'"[^"]{1,200}"|[^\s"]+')
_WORD = re.compile(r"\w+")
OPEN, CLOSE = "\u0002", "\u0003"
"""Marks around what was found in a snippet; they occur in no text and are replaced after escaping."""
MOST_SPELLINGS = 60
"""Spellings of one word without marks that are searched."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that was found; `snippet` marks the words with OPEN and CLOSE."""

    text_id: str
    path: str
    title: str | None
    published: str | None
    start: int
    end: int
    snippet: str


def search(conn: sqlite3.Connection, query: str, most: int = 20) -> list[Passage]:
    """The sentences that hold all words of `query`, best first; a phrase stands in double quotes.

    Any characters are safe: what is no word is left out, and nothing of the query reaches FTS unquoted.
    """
    query = unicodedata.normalize("NFC", query)
    expression = match_expression(conn, query)
    if not expression:
        return []
    rows = conn.execute(
        "SELECT s.text_id, t.path, t.title, t.published, s.start, s.end, snippet(segments_fts, 0, ?, ?, '…', 40), segments_fts.text "
        "FROM segments_fts JOIN segments s ON s.id = segments_fts.rowid JOIN texts t ON t.id = s.text_id "
        "WHERE segments_fts MATCH ? AND s.kind != 'boilerplate' ORDER BY bm25(segments_fts), t.path, s.start",
        [OPEN, CLOSE, expression],
    )
    phrases = _phrases(query)
    fitting = (row for row in rows if all(_has_phrase(row["text"], phrase) for phrase in phrases))
    return [Passage(*tuple(row)[:-1]) for row in islice(fitting, most)]


def match_expression(conn: sqlite3.Connection, query: str) -> str:
    """The query as an FTS5 expression: every word quoted, words without marks as an OR of spellings."""
    return " AND ".join(_terms(conn, query))


def _terms(conn: sqlite3.Connection, query: str) -> Iterator[str]:
    for term in _TERMS.findall(query.replace("\x00", " ")):
        for word in _WORD.findall(term):
            yield "(" + " OR ".join(f'"{spelling}"' for spelling in _spellings(conn, word)) + ")"


def _phrases(query: str) -> list[str]:
    """Phrases in quotes, as words with one space between; FTS cannot search them over spellings."""
    return [" ".join(_WORD.findall(fold(term).lower())) for term in _TERMS.findall(query) if term.startswith('"')]


def _has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of a phrase follow one another; marks count if it has any."""
    plain = strip_marks(text) if phrase == strip_marks(phrase) else fold(text).lower()
    return f" {phrase} " in f" {' '.join(_WORD.findall(plain))} "


def _spellings(conn: sqlite3.Connection, word: str) -> list[str]:
    """Spellings that the word may stand for: with marks, the old and the new tone placement."""
    lower = fold(word).lower()
    bare = strip_marks(word)
    rows = conn.execute("SELECT spelling FROM spellings WHERE folded = ? LIMIT ?", [bare, MOST_SPELLINGS])
    known = [spelling for (spelling,) in rows]
    if lower != bare:
        known = [spelling for spelling in known if fold(spelling) == lower]
    return known or [word.lower()]
