"""Full text: a word typed with marks stays exact, one typed without finds its spellings; phrases, beginnings of words, filters."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, product
from math import prod
from operator import itemgetter

from extractors.keys import strip_marks
from extractors.view import fold
from pipeline.query.typed import as_stored

_TERMS = re.compile(r'"[^"]{1,200}"|[^\s"]+')
_WORD = re.compile(r"\w+")
OPEN, CLOSE = "\u0002", "\u0003"
"""Marks around what was found in a snippet; they occur in no text and are replaced after escaping."""
MOST_SPELLINGS = 60
"""Spellings of one word without marks that are searched."""
MOST_BEGINNINGS = 400
"""Words that begin with what stands before a star that are searched."""
MOST_PHRASES = 200
"""Spellings of a phrase that are searched as such; of one with more, sentences with its words are read."""
LEAST_PREFIX = 2
"""Letters of a word that ends in a star."""


@dataclass(frozen=True, slots=True)
class Within:
    """Where is searched; empty fields do not limit. `source` stands in the path, `place` is a province, days are ISO days, months or years."""

    source: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None

    def conditions(self) -> list[tuple[str, list[str]]]:
        """Conditions on `texts t` in SQL with their values."""
        pairs = (
            (self.source, "instr(lower(t.path), lower(?)) > 0", [self.source or ""]),
            (self.place, "bare(t.province) = ?", [strip_marks(self.place or "")]),
            (self.since, "substr(t.published, 1, ?) >= ?", [str(len(self.since or "")), self.since or ""]),
            (self.until, "substr(t.published, 1, ?) <= ?", [str(len(self.until or "")), self.until or ""]),
        )
        return [(sql, values) for wish, sql, values in pairs if wish]


EVERYWHERE = Within()


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


def search(conn: sqlite3.Connection, query: str, most: int = 20, within: Within = EVERYWHERE) -> list[Passage]:
    """The sentences that hold all words of `query`, best first; a phrase stands in double quotes, a beginning of a word before a star.

    Any characters are safe: what is no word is left out, and nothing of the query reaches FTS unquoted.
    """
    terms = _terms(conn, query)
    expression = _joined(terms)
    if not expression:
        return []
    loose = [term.phrase for term in terms if term.loose]
    found = islice(_ranked(conn, expression, within, loose), most)
    return [_passage(conn, expression, rowid) for rowid in found]


def match_expression(conn: sqlite3.Connection, query: str) -> str:
    """The query as an FTS5 expression: every word quoted, words without marks as an OR of spellings."""
    return _joined(_terms(conn, query))


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase in the language of FTS5; `loose` if sentences must be read to see whether they hold the phrase."""

    expression: str
    phrase: str = ""
    loose: bool = False


def _joined(terms: Sequence[_Term]) -> str:
    return " AND ".join(term.expression for term in terms)


def _ranked(conn: sqlite3.Connection, expression: str, within: Within, phrases: Sequence[str]) -> Iterator[int]:
    found = _within(conn, expression, within) if within != EVERYWHERE else _everywhere(conn, expression)
    for rowid in found:
        if not phrases or all(_has_phrase(_text(conn, rowid), phrase) for phrase in phrases):
            yield rowid


def _within(conn: sqlite3.Connection, expression: str, within: Within) -> Iterator[int]:
    conn.create_function("bare", 1, lambda text: strip_marks(text or ""), deterministic=True)
    conditions = within.conditions()
    where = "".join(f" AND {sql}" for sql, _ in conditions)
    rows = conn.execute(
        "SELECT s.id FROM segments_fts JOIN segments s ON s.id = segments_fts.rowid JOIN texts t ON t.id = s.text_id "
        f"WHERE segments_fts MATCH ? AND s.kind != 'boilerplate'{where} ORDER BY bm25(segments_fts), t.path, s.start",
        [expression, *(value for _, values in conditions for value in values)],
    )
    return (rowid for (rowid,) in rows)


def _everywhere(conn: sqlite3.Connection, expression: str) -> Iterator[int]:
    """As within no limits, which needs the texts only of those sentences that are shown."""
    query = "SELECT rowid, bm25(segments_fts) AS score FROM segments_fts WHERE segments_fts MATCH ? ORDER BY score"
    for _, equal in groupby(conn.execute(query, [expression]), key=itemgetter(1)):
        rows = conn.execute(
            "SELECT s.id FROM segments s JOIN texts t ON t.id = s.text_id WHERE s.id IN (SELECT value FROM json_each(?)) "
            "AND s.kind != 'boilerplate' ORDER BY t.path, s.start",
            [json.dumps([rowid for rowid, _ in equal])],
        )
        yield from (rowid for (rowid,) in rows)


def _text(conn: sqlite3.Connection, rowid: int) -> str:
    return str(conn.execute("SELECT text FROM segments_fts WHERE rowid = ?", [rowid]).fetchone()[0])


def _passage(conn: sqlite3.Connection, expression: str, rowid: int) -> Passage:
    row = conn.execute(
        "SELECT s.text_id, t.path, t.title, t.published, s.start, s.end, snippet(segments_fts, 0, ?, ?, '…', 40) "
        "FROM segments_fts JOIN segments s ON s.id = segments_fts.rowid JOIN texts t ON t.id = s.text_id "
        "WHERE segments_fts MATCH ? AND segments_fts.rowid = ?",
        [OPEN, CLOSE, expression, rowid],
    )
    return Passage(*row.fetchone())


def _terms(conn: sqlite3.Connection, query: str) -> list[_Term]:
    found: list[_Term] = []
    for said in _TERMS.findall(unicodedata.normalize("NFC", as_stored(query)).replace("\x00", " ")):
        words = _WORD.findall(said)
        if said.startswith('"') and len(words) > 1:
            found += _phrase(conn, words)
        else:
            starred = said.endswith("*")
            found += [_Term(_any(_spellings(conn, word, starred and word is words[-1]))) for word in words]
    return found


def _phrase(conn: sqlite3.Connection, words: Sequence[str]) -> list[_Term]:
    """A phrase in all its spellings; if those are too many, its words, and that sentences are read."""
    spelt = [_spellings(conn, word, starred=False) for word in words]
    if prod(map(len, spelt)) <= MOST_PHRASES:
        return [_Term(_any([" ".join(way) for way in product(*spelt)]))]
    phrase = " ".join(fold(word).lower() for word in words)
    return [_Term(_any(spellings), phrase, loose=True) for spellings in spelt]


def _any(spellings: Sequence[str]) -> str:
    quoted = (f'"{word[:-1]}" *' if word.endswith("*") else f'"{word}"' for word in spellings)
    return f"({' OR '.join(quoted)})"


def _has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of a phrase follow one another; marks count if it has any."""
    plain = strip_marks(text) if phrase == strip_marks(phrase) else fold(text).lower()
    return f" {phrase} " in f" {' '.join(_WORD.findall(plain))} "


def _spellings(conn: sqlite3.Connection, word: str, starred: bool) -> list[str]:
    """Spellings that the word may stand for: with marks, the old and the new tone placement; a starred word also as it is, to go on."""
    lower, bare = fold(word).lower(), strip_marks(word)
    if starred and len(bare) >= LEAST_PREFIX and lower != bare:
        return [f"{lower}*"]
    long = starred and len(bare) >= LEAST_PREFIX
    rows = conn.execute(
        "SELECT spelling FROM spellings WHERE folded >= ? AND folded < ? ORDER BY folded, spelling LIMIT ?",
        [bare, f"{bare}\U0010ffff" if long else f"{bare}\x00", MOST_BEGINNINGS if long else MOST_SPELLINGS],
    )
    known = [spelling for (spelling,) in rows]
    if lower != bare:
        known = [spelling for spelling in known if fold(spelling) == lower]
    return known or [word.lower()]
