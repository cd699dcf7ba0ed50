"""The words by which documents are looked up: numbers, codes, names and subjects without marks, brought up to date as a run settles."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.keys import KNOWN, key_parts, strip_marks
from extractors.places import aliases
from extractors.symbols import parse_symbol, type_codes
from extractors.tables import issuers
from extractors.view import fold
from pipeline.resolve.choice import ROMAN
from pipeline.store.connection import LISTED

COLUMNS = ("id", "number", "symbol", "kind", "body", "place", "day", "title")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_NO_WORD = re.compile(r"(?:[^\w&]|_)+")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
PART, PARTS = 2_500, 40
"""Documents whose words are compared with those in the index at once, in some 10 MB; and such parts that are at hand."""
Row = tuple[int | str, ...]
MOST_CITED = 2**15 - 1
"""Citations above which documents are in the order of their ids."""


class Changes(NamedTuple):
    """Rows of the index that go, and those that come."""

    gone: list[Row]
    new: list[Row]


def pending_documents(conn: sqlite3.Connection) -> list[list[str]]:
    """Ids of the next documents that were added, changed or dropped and wait for their words, in parts."""
    rows = conn.execute("SELECT value FROM pending WHERE kind = 'words' ORDER BY value LIMIT ?", [PART * PARTS])
    waiting = [identity for (identity,) in rows]
    return [waiting[at : at + PART] for at in range(0, len(waiting), PART)]


def solve_words(conn: sqlite3.Connection, documents: Sequence[str]) -> Changes:
    """How the index of these documents is to change; what is as it was stays as it is."""
    listed = [json.dumps(documents)]
    columns = ", ".join(f"f.{name}" for name in COLUMNS)
    indexed = f"SELECT r.row, {columns} FROM document_rows r JOIN documents_fts f ON f.rowid = r.row WHERE r.document_id IN {LISTED}"
    before, after = set(conn.execute(indexed, listed)), set(_rows(conn, listed))
    return Changes(sorted(before - after), sorted(after - before))


def put_words(conn: sqlite3.Connection, documents: Sequence[str], changes: Sequence[Changes]) -> None:
    """Bring the index of these documents up to date."""
    gone, new = [row for each in changes for row in each.gone], sorted(row for each in changes for row in each.new)
    conn.executemany("DELETE FROM documents_fts WHERE rowid = ?", ([row[0]] for row in gone))
    conn.executemany("DELETE FROM document_rows WHERE document_id = ?", ([row[1]] for row in gone))
    conn.executemany("INSERT INTO document_rows (row, document_id) VALUES (?, ?)", (row[:2] for row in new))
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    conn.executemany(f"INSERT INTO documents_fts (rowid, {', '.join(COLUMNS)}) VALUES ({marks})", new)
    conn.execute(f"DELETE FROM pending WHERE kind = 'words' AND value IN {LISTED}", [json.dumps(documents)])


def row_of(identity: str, mentions: int) -> int:
    """The row of a document in the index: the most cited ones first, then by id.

    >>> row_of("d-b7f36f7c2f36", 9) < row_of("d-000000000001", 8) < row_of("d-000000000002", 8) < 2**63
    True
    """
    return (MOST_CITED - min(mentions, MOST_CITED)) << 48 | int(identity[2:], 16)


def _rows(conn: sqlite3.Connection, listed: Sequence[str]) -> Iterator[Row]:
    """Rows of documents, with what tables of known documents tell of them."""
    known = f"SELECT document_id, group_concat(title, ' '), max(term), max(plenum) FROM known_documents WHERE document_id IN {LISTED} GROUP BY 1"
    told = {identity: tuple(row) for identity, *row in conn.execute(known, listed)}
    rows = conn.execute(
        f"SELECT id, mentions, number_key, symbol, doc_type, issuer, place, issued, title FROM documents WHERE id IN {LISTED}",
        listed,
    )
    for identity, mentions, number, symbol, kind, issuer, place, issued, title in rows:
        titles, term, plenum = told.get(identity, (None, None, None))
        read = parse_symbol(fold(symbol)) if symbol else None
        yield (
            row_of(identity, mentions),
            identity,
            number_word(number or ""),
            _codes(symbol or ""),
            _kinds(kind or "", read.types if read else ()),
            _bodies(issuer or "", _first_code(read.issuer_code) if read and read.issuer_code and not issuer else ""),
            _places(place or ""),
            _days(issued or "", read.year if read else None),
            _words(dict.fromkeys(strip_marks(part) for part in (title, titles, _meeting(term, plenum)) if part)),
        )


def _words(parts: Iterable[str]) -> str:
    """Words without what stands between them."""
    return _NO_WORD.sub(" ", " ".join(parts)).strip()


def number_word(key: str) -> str:
    """The key of a number as one word.

    >>> number_word("8 b"), number_word("66 2")
    ('8b', '66x2')
    """
    return _BETWEEN_DIGITS.sub("x", key).replace(" ", "")


def _codes(symbol: str) -> str:
    return " ".join(part for part in key_parts(symbol) if not part.isdigit())


@lru_cache(KNOWN)
def _kinds(kind: str, types: tuple[str, ...]) -> str:
    """Names of the type, or of those that a symbol may stand for, apart and as one word, with their codes."""
    names = dict.fromkeys(filter(None, (kind, *types)))
    words = [
        word for name in names for word in (strip_marks(name), strip_marks(name).replace(" ", ""), *_codes_of(name))
    ]
    return _words(dict.fromkeys(words))


@cache
def _codes_of(name: str) -> tuple[str, ...]:
    return tuple(strip_marks(code) for code, names in type_codes().items() if name in names)


def _first_code(codes: str) -> str:
    return strip_marks(re.split(r"[-.]", codes)[0])


@lru_cache(KNOWN)
def _bodies(issuer: str, code: str) -> str:
    """Words of the issuer with the codes of the bodies in it, and the names that a code stands for."""
    bare = f" {' '.join(strip_marks(issuer).split())} "
    codes = [of for name, of in _names() if f" {name} " in bare]
    names = [name for name, of in _names() if of == code] if code else []
    return _words(dict.fromkeys([bare.strip(), _initials(issuer), *codes, *names]))


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Names of bodies with their codes, all without marks."""
    return tuple((strip_marks(name), strip_marks(row.code)) for row in issuers() for name in (row.name, *row.others))


@lru_cache(KNOWN)
def _places(place: str) -> str:
    """A place with its other spellings."""
    names = (place, *aliases().get(place, ()))
    return _words(dict.fromkeys([*map(strip_marks, names), _initials(place)])) if place else ""


def _initials(name: str) -> str:
    """First letters, by which people write bodies and places ("BCT", "BBT"); none of a single word."""
    words = strip_marks(name).replace("-", " ").split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _days(issued: str, year: str | None) -> str:
    """Year, month and day of issue, each as one word, and the year of the symbol."""
    found = _DAY.match(issued)
    parts = [part for part in found.groups() if part] if found else []
    words = ["".join(parts[: size + 1]) for size in range(len(parts))]
    return " ".join(dict.fromkeys([*words, *([year] if year else [])]))


def _meeting(term: str | None, plenum: str | None) -> str:
    """The words by which a plenum's documents are cited."""
    if term not in ROMAN:
        return ""
    return f"khóa {term} {ROMAN.index(term) + 1}" + (f" hội nghị trung ương {plenum}" if plenum else "")
