"""Look-up: the document meant by a number, however it is typed.

"682-QĐ/TU", "682 qd tu", "Quy định 682", "quy dinh so 682", "QĐ 682" and a bare "682" find one document.
Exact before partial, never a number inside another (5 does not find 15); what comes near is told apart.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, islice

from extractors.keys import key_of, key_parts, strip_marks
from extractors.symbols import type_codes
from extractors.tables import doc_types

COLUMNS = "id, symbol, doc_type, number, issuer, place, issued, title, mentions, held"
MOST = 50
"""Documents of each kind that an answer holds."""
LOOKED_AT = 100
"""Documents of a number among which near misses are looked for, the most cited ones, which takes some 3 ms."""
FILLERS = frozenset({"so", "ngay", "nam", "cua", "ve", "viec", "van", "ban", "ky", "hieu"})
"""Words of a query that name nothing."""
FIRST_YEAR, LAST_YEAR = 1930, 2100


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as look-up shows it; `why` says what is near about a near miss."""

    id: str
    symbol: str | None
    doc_type: str | None
    number: str | None
    issuer: str | None
    place: str | None
    issued: str | None
    title: str | None
    mentions: int
    held: str | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Documents that fit, the first MOST of them, how many more do, and near misses."""

    query: str
    documents: tuple[DocumentRow, ...]
    near: tuple[DocumentRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A query read apart: keys of the number, of types and codes, a year, other words."""

    number: str | None
    types: frozenset[str]
    codes: tuple[str, ...]
    year: str | None
    key: str

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a number is named."""
        return not (self.types or self.codes or self.year)


def look_up(conn: sqlite3.Connection, query: str) -> Answer:
    """The documents that `query` means: by whole symbol, else by number with what else it names."""
    wish = read_query(query)
    exact = list(islice(_rows(conn, "symbol_key", wish.key), MOST)) if wish.key else []
    if exact:
        return _answer(conn, wish, query, exact, _count(conn, "symbol_key", wish.key))
    if wish.number is None:
        return Answer(query, (), ())
    if wish.is_bare:
        first = list(islice(_rows(conn, "number_key", wish.number), MOST))
        return _answer(conn, wish, query, first, _count(conn, "number_key", wish.number))
    fitting = [row for row in _rows(conn, "number_key", wish.number) if _fits(wish, row)]
    return _answer(conn, wish, query, fitting, len(fitting))


def _answer(conn: sqlite3.Connection, wish: Wish, query: str, fitting: Sequence[DocumentRow], count: int) -> Answer:
    near = islice(_near(conn, wish, fitting), MOST)
    return Answer(query, tuple(fitting[:MOST]), tuple(near), max(0, count - MOST))


def read_query(query: str) -> Wish:
    """Read a typed query apart.

    >>> read_query("quy dinh so 682").number, sorted(read_query("quy dinh so 682").types)
    ('682', ['quy dinh'])
    """
    types, rest = _take_types(key_of(query))
    parts = [part for part in rest.split() if part not in FILLERS]
    numbers = [part for part in parts if part.isdigit()]
    years = [n for n in numbers[1:] if len(n) == 4 and FIRST_YEAR <= int(n) <= LAST_YEAR]  # noqa: PLR2004
    codes = [part for part in parts if not part.isdigit()]
    number = _number(parts)
    typed = types | {name for code in codes for name in _types_of_code().get(code, ())}
    others = tuple(code for code in codes if code not in _types_of_code() and code not in (number or "").split())
    return Wish(number, frozenset(typed), others, years[0] if years else None, " ".join(parts))


def _number(parts: Sequence[str]) -> str | None:
    """The first number, with the one letter that may follow it ("08b")."""
    for at, part in enumerate(parts):
        if part.isdigit():
            letter = parts[at + 1] if at + 1 < len(parts) else ""
            return f"{part} {letter}" if len(letter) == 1 and letter.isalpha() else part
    return None


def _take_types(query: str) -> tuple[set[str], str]:
    """Names of types in a query without marks, the longest first, and what is left of it."""
    found: set[str] = set()
    padded = f" {query} "
    for name in _type_names():
        if f" {name} " in padded:
            found.add(name)
            padded = padded.replace(f" {name} ", " ")
    return found, padded.strip()


@cache
def _type_names() -> tuple[str, ...]:
    return tuple(sorted({strip_marks(row.name) for row in doc_types()}, key=len, reverse=True))


@cache
def _types_of_code() -> dict[str, frozenset[str]]:
    """Codes of types without marks, with the names of the types."""
    codes: dict[str, frozenset[str]] = {}
    for code, names in type_codes().items():
        bare = strip_marks(code)
        codes[bare] = codes.get(bare, frozenset()) | {strip_marks(name) for name in names}
    return codes


def _fits(wish: Wish, row: DocumentRow) -> bool:
    """Whether a document of the wished number has the wished type, codes and year."""
    return _type_fits(wish, row) and _codes_fit(wish, row) and _year_fits(wish, row)


def _type_fits(wish: Wish, row: DocumentRow) -> bool:
    if not wish.types:
        return True
    of_symbol = {name for code in key_parts(row.symbol or "") for name in _types_of_code().get(code, ())}
    return bool(wish.types & (of_symbol | {strip_marks(row.doc_type or "")}))


def _codes_fit(wish: Wish, row: DocumentRow) -> bool:
    if not wish.codes:
        return True
    words = set(key_parts(f"{row.symbol or ''} {row.issuer or ''} {row.place or ''} {row.title or ''}"))
    return all(code in words for code in wish.codes)


def _year_fits(wish: Wish, row: DocumentRow) -> bool:
    return wish.year is None or (row.issued or "").startswith(wish.year) or wish.year in key_parts(row.symbol or "")


def _near(conn: sqlite3.Connection, wish: Wish, found: Sequence[DocumentRow]) -> Iterator[DocumentRow]:
    """Documents of that number that differ in one thing, which is named."""
    if wish.number is None:
        return
    known = {row.id for row in found}
    number = wish.number.split(" ")[0]
    for row in islice(chain(_lettered(conn, number), _rows(conn, "number_key", number)), LOOKED_AT):
        why = _difference(wish, row)
        if row.id not in known and why:
            yield replace(row, why=why)


def _difference(wish: Wish, row: DocumentRow) -> str | None:
    if key_of(row.number or "") != wish.number:
        return "a letter more or less in its number"
    misses = [
        name
        for name, fits in (("type", _type_fits), ("issuer", _codes_fit), ("year", _year_fits))
        if not fits(wish, row)
    ]
    return f"same number, another {misses[0]}" if len(misses) == 1 else None


def _rows(conn: sqlite3.Connection, column: str, key: str) -> Iterator[DocumentRow]:
    """Documents of a key, most cited first, read one by one: the first fifty cost no more where there are thousands."""
    rows = conn.execute(f"SELECT {COLUMNS} FROM documents WHERE {column} = ? ORDER BY mentions DESC, id", [key])
    return (DocumentRow(*row) for row in rows)


def _lettered(conn: sqlite3.Connection, number: str) -> Iterator[DocumentRow]:
    """Documents of a number with a letter behind it ("08B")."""
    query = f"SELECT {COLUMNS} FROM documents WHERE number_key GLOB ? ORDER BY mentions DESC, id"
    return (DocumentRow(*row) for row in conn.execute(query, [f"{number} [a-z]"]))


def _count(conn: sqlite3.Connection, column: str, key: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM documents WHERE {column} = ?", [key]).fetchone()[0])
