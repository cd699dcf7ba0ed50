"""Look-up: the document that is meant, by whatever a person types or pastes.

"682-QĐ/TU", "682qdtu", "quy dinh so 682", "qd/tu 682 2017", "vinh phuc 2017 cong tac can bo" and a sentence that cites it find one
document. Exact before partial, never a number inside another (5 does not find 15); what comes near is told apart.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice

from extractors.keys import key_of, strip_marks
from pipeline.query.bodies import still_lacking
from pipeline.query.matching import COLUMNS, DocumentRow, matching, misses, of_type, spelt_so
from pipeline.query.sentence import named_in, names_several, narrowed, numbered_in
from pipeline.query.symbols import Run, symbols_in
from pipeline.query.typed import as_stored
from pipeline.query.ways import ways
from pipeline.query.wish import BEFORE_NUMBERS, Term, Wish, read_query, terms_of, types_said

MOST = 50
"""Documents of each kind that an answer holds."""
LOOKED_AT = 100
"""Documents of a number among which near misses are looked for, the most cited ones."""
MOST_LINES = 1000
"""Lines of a pasted list that are answered."""
SHORT, SENTENCE = 5, 8
"""Terms beside a symbol, and of a query without one, up to which all of them count; what is longer is a sentence that names documents."""
FEW = 5
"""Near misses of each kind where nothing else fits."""
BUT_ONE = 2
"""Terms above which one may be left out: a single word that is left says little of what was meant."""
A_LETTER = "a letter more or less in its number"
DIFFERS = {"type": "another type", "issuer": "another issuer", "date": "another date"}
"""What is said of a document that lacks a term."""
_TYPE = Term("type", "", ())
"""What a document of another type lacks."""
_NUMBER = re.compile(r"(\d+)(?:x\d+)?([a-z]?)")
APART = ("place", "issued", "issuer", "doc_type", "title")
"""What tells documents of one number apart."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Documents that fit, the first MOST of them, how many more do, near misses, and fields that tell the documents apart."""

    query: str
    documents: tuple[DocumentRow, ...]
    near: tuple[DocumentRow, ...]
    more: int = 0
    apart: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """The answer for programs, by the keys that docs/lookup.md documents."""
        documents = [{name: value for name, value in asdict(row).items() if name != "why"} for row in self.documents]
        near = [asdict(row) for row in self.near]
        return {"query": self.query, "documents": documents, "more": self.more, "apart": self.apart, "near": near}


def look_up_lines(conn: sqlite3.Connection, pasted: str) -> list[Answer]:
    """An answer for each line that says something, in their order, up to MOST_LINES."""
    return [look_up(conn, line) for line in lines_of(pasted)]


def lines_of(pasted: str) -> list[str]:
    """The first MOST_LINES lines that say something."""
    return list(islice(filter(None, (" ".join(line.split()) for line in pasted.splitlines())), MOST_LINES))


def look_up(conn: sqlite3.Connection, query: str, typing: bool = False) -> Answer:
    """The documents that `query` means; `typing` if its last word may go on."""
    query = as_stored(query)
    answers: list[Answer] = []
    for way in ways(query):
        wishes = read_query(way, typing)
        found = (_by_symbol(conn, way, wishes) or _by_terms(conn, way, wishes)) if wishes else Answer(way, (), ())
        if found.documents:
            return replace(found, query=query)
        answers.append(found)
    return replace(next((answer for answer in answers if answer.near), answers[0]), query=query)


def _by_symbol(conn: sqlite3.Connection, query: str, wishes: Sequence[Wish]) -> Answer | None:
    """Documents whose whole symbols are typed, with what else is said of them."""
    for wish in {wish.parts: wish for wish in reversed(wishes)}.values():
        runs = symbols_in(conn, wish.parts)
        if runs:
            rest = _rest(wish, runs)
            if not rest and len(runs) == 1:
                rows = list(islice(_rows(conn, "symbol_key", runs[0].key), MOST))
                return _answer(conn, query, wish, rows, _count(conn, runs[0].key))
            whole = _fitting(conn, query, wish, runs[0].key, rest) if len(runs) == 1 else None
            if whole and (whole.documents or len(rest) <= SHORT):
                return whole
            named = [narrowed(conn, [*_rows(conn, "symbol_key", run.key)], wish) for run in runs]
            inside = {at for run in runs for at in range(run.start, run.stop)}
            return _finished(query, [*chain.from_iterable(named), *numbered_in(conn, wish, inside)])
    return None


def _rest(wish: Wish, runs: Sequence[Run]) -> list[Term]:
    """What is said beside symbols; a type before one is part of it."""
    inside = {at for run in runs for at in range(run.start, run.stop)}
    inside |= {run.start - 1 for run in runs if run.start and wish.parts[run.start - 1] in BEFORE_NUMBERS}
    left = [part for at, part in enumerate(wish.parts) if at not in inside]
    return (
        [*(term for term in terms_of(left, None) if term.kind != "type"), *wish.days] if len(runs) == 1 or left else []
    )


def _fitting(conn: sqlite3.Connection, query: str, wish: Wish, key: str, rest: Sequence[Term]) -> Answer:
    """Documents of a symbol that have all that is said beside it; the others are near."""
    spelt = spelt_so(wish.marked)
    rows = list(_rows(conn, "symbol_key", key))
    lacks = _lacks(conn, rest, rows)
    fitting = {row: None for row in rows if not lacks[row.id] and spelt(row)}
    near = [replace(row, why=_why(lacks[row.id])) for row in rows if row not in fitting]
    if fitting:
        return replace(_finished(query, list(fitting)), near=tuple(near[:MOST]))
    return Answer(query, (), tuple(near[:MOST]))


def _by_terms(conn: sqlite3.Connection, query: str, wishes: Sequence[Wish]) -> Answer:
    for wish in wishes:
        rows, count = matching(conn, wish.terms, spelt_so(wish.marked), MOST)
        if rows:
            return _answer(conn, query, wish, rows, count)
    sentence = len(wishes[0].terms) > SENTENCE
    named = numbered_in(conn, wishes[0]) if sentence or names_several(wishes[0]) else []
    named = named or (named_in(conn, query) if sentence else [])
    otherwise = (_beside(conn, wish, ())[0] for wish in wishes if wish.number)
    if named := named or next(filter(None, otherwise), []):
        return _finished(query, named)
    return Answer(query, (), tuple(islice(_near_none(conn, wishes), MOST)))


def _lacks(conn: sqlite3.Connection, terms: Sequence[Term], rows: Sequence[DocumentRow]) -> dict[str, list[Term]]:
    """The terms that documents do not have, by id."""
    found = misses(conn, terms, [row.id for row in rows])
    return {row.id: still_lacking(row, found[row.id]) for row in rows}


def _near_none(conn: sqlite3.Connection, wishes: Sequence[Wish]) -> Iterator[DocumentRow]:
    """Near misses where nothing fits: other marks, the same number, all but one term."""
    for wish in wishes:
        if wish.marked and (rows := matching(conn, wish.terms, lambda _: True, MOST)[0]):
            yield from (replace(row, why="the same words with other marks") for row in rows)
            return
    numbered = next((wish for wish in wishes if wish.number), None)
    near = (_beside(conn, numbered, ())[1] or _nearest(conn, numbered)) if numbered else []
    yield from near or (_but_one(conn, wishes[-1].terms) if len(wishes[-1].terms) <= SENTENCE else ())


def _nearest(conn: sqlite3.Connection, wish: Wish) -> list[DocumentRow]:
    """Documents of that number that lack the fewest of the other terms, and not all of them."""
    others = [term for term in wish.terms if term.kind != "number"]
    lacks = _lacks(conn, others, rows := _of_number(conn, wish))
    least = min(map(len, lacks.values()), default=0)
    near = [row for row in rows if len(lacks[row.id]) == least < len(others)]
    return [replace(row, why=_why(lacks[row.id])) for row in of_type(near, wish.terms)[:FEW]]


def _but_one(conn: sqlite3.Connection, terms: Sequence[Term]) -> Iterator[DocumentRow]:
    seen: set[str] = set()
    for left_out in [term for term in terms if term.kind != "number"] if len(terms) > BUT_ONE else ():
        rows, _ = matching(conn, [term for term in terms if term is not left_out], lambda _: True, FEW)
        yield from (replace(row, why=f"all but '{left_out.said}'") for row in rows if row.id not in seen)
        seen |= {row.id for row in rows}


def _answer(conn: sqlite3.Connection, query: str, wish: Wish, rows: Sequence[DocumentRow], count: int) -> Answer:
    """Documents with near misses of their number; those of the type that was named stand first."""
    said = next((types_said(term.said) for term in wish.terms if term.kind == "type"), frozenset())
    by_number = wish.number and count <= MOST
    fitting, near = _beside(conn, wish, rows) if by_number else ([], [])
    ordered = sorted([*rows, *fitting], key=lambda row: bool(said) and strip_marks(row.doc_type or "") not in said)
    if not by_number:
        return replace(_finished(query, ordered), more=max(0, count - MOST))
    exact = of_type(ordered, wish.terms)
    others = [replace(row, why=_why([_TYPE])) for row in ordered if row not in exact]
    return replace(_finished(query, exact), near=tuple([*others, *near][:MOST]))


def _finished(query: str, rows: Sequence[DocumentRow]) -> Answer:
    """An answer with what tells its documents apart."""
    unique = tuple(dict.fromkeys(rows))[:MOST]
    differ = (name for name in APART if len({getattr(row, name) for row in unique}) > 1)
    return Answer(query, unique, (), apart=tuple(differ))


def _beside(
    conn: sqlite3.Connection, wish: Wish, found: Sequence[DocumentRow]
) -> tuple[list[DocumentRow], list[DocumentRow]]:
    """Other documents of the number: those that have all terms if what their issuer is also called counts, and near misses.

    Near misses differ in one thing, which is named.
    """
    known, spelt = {row.id for row in found}, spelt_so(wish.marked)
    key = " ".join(filter(None, _NUMBER.fullmatch(wish.number or "0").groups()))  # type: ignore[union-attr]
    others = [term for term in wish.terms if term.kind != "number"]
    rows = [row for row in _of_number(conn, wish) if row.id not in known]
    lacks = _lacks(conn, others, rows)
    lettered = {row: key_of(row.number or "") != key for row in rows}
    fitting = [row for row in rows if not lettered[row] and not lacks[row.id] and spelt(row)]
    whys = (
        (row, A_LETTER if lettered[row] else _why(lacks[row.id]))
        for row in rows
        if lettered[row] or len(lacks[row.id]) == 1
    )
    return fitting, [replace(row, why=why) for row, why in whys]


def _of_number(conn: sqlite3.Connection, wish: Wish) -> list[DocumentRow]:
    """Documents of the number of a wish, with and without a letter, the first LOOKED_AT of them."""
    number = _NUMBER.fullmatch(wish.number or "0")[1]  # type: ignore[index]
    return list(islice(chain(_lettered(conn, number), _rows(conn, "number_key", number)), LOOKED_AT))


def _why(lacks: Sequence[Term]) -> str:
    """What a document of the wished number lacks, or has otherwise."""
    if not lacks:
        return "the same words with other marks"
    words = " ".join(term.said for term in lacks if term.kind not in DIFFERS)
    said = dict.fromkeys(DIFFERS[term.kind] for term in lacks if term.kind in DIFFERS)
    return ", ".join(["same number", *said, *([f"without '{words}'"] if words else [])])


def _rows(conn: sqlite3.Connection, column: str, key: str) -> Iterator[DocumentRow]:
    """Documents of a key, most cited first, read one by one: the first fifty cost no more where there are thousands."""
    rows = conn.execute(f"SELECT {COLUMNS} FROM documents WHERE {column} = ? ORDER BY mentions DESC, id", [key])
    return (DocumentRow(*row) for row in rows)


def _lettered(conn: sqlite3.Connection, number: str) -> Iterator[DocumentRow]:
    """Documents of a number with a letter behind it ("08B")."""
    query = f"SELECT {COLUMNS} FROM documents WHERE number_key GLOB ? ORDER BY mentions DESC, id"
    return (DocumentRow(*row) for row in conn.execute(query, [f"{number} [a-z]"]))


def _count(conn: sqlite3.Connection, key: str) -> int:
    return int(conn.execute("SELECT count(*) FROM documents WHERE symbol_key = ?", [key]).fetchone()[0])
