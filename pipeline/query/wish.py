"""What a person types to find a document, read apart into terms; several ways where it can be read in several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.keys import key_parts, strip_marks
from extractors.symbols import type_codes
from extractors.tables import doc_types, issuers
from extractors.view import fold
from pipeline.query.short import numerals, short_for

Kind = Literal["number", "type", "issuer", "date", "words"]
EVERYWHERE = ("symbol", "kind", "body", "place", "day", "title")
OF_ISSUERS = ("symbol", "body", "place", "title")
FILLERS = frozenset({"cua", "ve", "viec", "tai", "cac", "va"})
"""Words that name nothing."""
BEFORE_NUMBERS = frozenset({"so", "ngay", "nam", "thang"})
"""Words that name nothing where a number follows."""
NO_NUMBER_AFTER = frozenset({"khoa", "thu", "dieu", "khoan", "quy", "thang", "uong", "nam", "hoi"})
"""Words behind which a number counts something else."""
WORDS_OF_A_LETTER = "eiouy"
PAIRS = (("van", "ban"), ("so", "hieu"), ("ky", "hieu"))
FIRST_YEAR, LAST_YEAR = 1930, 2100
MOST_WORDS = 60
"""Words of a query that are read."""
LEAST_PREFIX = 2
"""Letters of the last word, while it is typed, from which words that begin so are looked for."""
_DAY = re.compile(
    r"(?:(?:ngày|ngay)\s{1,3}|(?<![\d/.-]))(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)(?![\d/.-]|\s?[/-]\s?\w)"
)
_SPELT_DAY = re.compile(r"(?:ngày|ngay)\s+(\d{1,2})\s+(?:tháng|thang)\s+(\d{1,2})\s+(?:năm|nam)\s+((?:19|20)\d\d)")
_MARKED = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a document must have: any of some words without marks, in any of some columns of the index.

    Of what is several words, all must be there. `prefix` if the word is still being typed and may go on.
    """

    kind: Kind
    said: str
    words: tuple[str, ...]
    columns: tuple[str, ...] = EVERYWHERE
    prefix: bool = False

    def expression(self) -> str:
        """The term in the language of FTS5, every word quoted."""
        star = " *" if self.prefix else ""
        words = (" AND ".join(f'"{part}"{star}' for part in word.split()) for word in self.words)
        return f"{{{' '.join(self.columns)}}} : ({' OR '.join(f'({each})' for each in words)})"

    def holds(self, row: dict[str, str]) -> bool:
        """Whether a row of the index, by column, has it."""
        said = f" {' '.join([row[column] for column in self.columns])} "
        end = "" if self.prefix else " "
        return any(all(f" {part}{end}" in said for part in word.split()) for word in self.words)


@dataclass(frozen=True, slots=True)
class Wish:
    """One way to read a query: the words before a symbol is looked for in them, the terms, the spellings typed with marks."""

    parts: tuple[str, ...]
    terms: tuple[Term, ...]
    marked: tuple[str, ...]

    @property
    def number(self) -> str | None:
        """The number, as one word ("8b")."""
        return next((term.words[0] for term in self.terms if term.kind == "number"), None)

    @property
    def days(self) -> list[Term]:
        """Days that are named in full."""
        return [term for term in self.terms if term.columns == ("day",)]


def read_query(query: str, typing: bool = False) -> list[Wish]:
    """The ways to read a query, the likeliest first; `typing` if its last word may go on.

    >>> [term.said for term in read_query("quy dinh so 682 vinh phuc 2017")[0].terms]
    ['quy dinh', '682', 'vinh', 'phuc', '2017']
    """
    days, rest = _take_days(query)
    open_end = typing and query[-1:].isalpha()
    ways: dict[tuple[Term, ...], Wish] = {}
    for parts in dict.fromkeys(map(_with_plenums, (_parts(rest), _split_codes(_parts(rest))))):
        for at in _places_of_number(parts):
            terms = (*terms_of(parts, at, open_end), *days)
            ways.setdefault(terms, Wish(parts, terms, tuple(_marked(rest, terms))))
    return [wish for wish in ways.values() if wish.terms]


def _parts(query: str) -> list[str]:
    return key_parts(query)[:MOST_WORDS]


def _with_plenums(parts: Sequence[str]) -> tuple[str, ...]:
    """ "TW 7 khóa XII" as the plenum that it is: "trung ương 7 khóa XII"."""
    found = list(parts)
    for at in reversed(range(len(parts) - 2)):
        if (parts[at], parts[at + 2]) == ("tw", "khoa") and parts[at + 1].isdigit():
            found[at : at + 1] = ["trung", "uong"]
    return tuple(found)


def _take_days(query: str) -> tuple[list[Term], str]:
    """Terms of the days that a query names, and the query without them."""
    terms = [
        Term("date", match[0], (f"{int(match[3]):04}{int(match[2]):02}{int(match[1]):02}",), ("day",))
        for pattern in (_SPELT_DAY, _DAY)
        for match in pattern.finditer(fold(query))
    ]
    return terms, _DAY.sub(" ", _SPELT_DAY.sub(" ", fold(query))) if terms else query


def _places_of_number(parts: Sequence[str]) -> list[int | None]:
    """Where the number of the document may stand, the likeliest first: beside a type or "số" surely, else anywhere or nowhere."""
    places = [at for at, part in enumerate(parts) if part.isdigit() and not NO_NUMBER_AFTER & {*parts[at - 1 : at]}]
    sure = [at for at in places if type_before(parts, at) is not None or code_beside(parts, at)]
    numbers: list[int | None] = [at for at in sure if not is_year(parts[at])]
    likely = sorted(places, key=lambda at: (at not in sure, is_year(parts[at]), at))
    return numbers[:3] or [*likely[:3], *[None] * (len(parts) > 1 or not likely)]


def type_before(parts: Sequence[str], at: int) -> int | None:
    """Where the name of a type begins that stands before a number, or "số" without one; None if there is neither."""
    named = typed_before(parts, at)
    if named is not None and parts[named] not in _type_codes():
        return named
    return at - 1 if at and parts[at - 1] == "so" else None


def typed_before(parts: Sequence[str], at: int) -> int | None:
    """Where the name or the code of a type begins that stands before the number at `at`; None if none does.

    >>> typed_before(["chi", "thi", "so", "5"], 3), typed_before(["nq", "18"], 1), typed_before(["so", "5"], 1)
    (0, 0, None)
    """
    end = at - 1 if at and parts[at - 1] == "so" else at
    named = (end - size for size in range(min(4, end), 0, -1) if tuple(parts[end - size : end]) in _type_names())
    return next(named, end - 1 if end and parts[end - 1] in _type_codes() else None)


def code_beside(parts: Sequence[str], at: int) -> bool:
    """Whether the code of a type stands before or behind a number."""
    return bool({*parts[max(0, at - 1) : at], *parts[at + 1 : at + 2]} & _type_codes())


def is_year(part: str) -> bool:
    """Whether a number may be a year.

    >>> is_year("2016"), is_year("682")
    (True, False)
    """
    return len(part) == 4 and FIRST_YEAR <= int(part) <= LAST_YEAR  # noqa: PLR2004


def terms_of(parts: Sequence[str], number_at: int | None, open_end: bool = False) -> Iterator[Term]:
    """The terms that parts of a query stand for, the part at `number_at` the number of the document."""
    at, typed = 0, False
    while at < len(parts):
        size = 0 if typed else _type_at(parts, at)
        if size:
            name = parts[at : at + size]
            yield Term("type", " ".join(name), ("".join(name),), ("kind",))
            at, typed = at + size, True
        elif at == number_at:
            letter = _letter(parts, at)
            yield Term("number", parts[at] + letter, (parts[at] + letter,), ("number",))
            at += 1 + len(letter)
        elif size := _fill(parts, at):
            at += size
        else:
            term = _word(parts[at], open_end and at == len(parts) - 1, typed)
            typed = typed or term.kind == "type"
            yield term
            at += 1


def _type_at(parts: Sequence[str], at: int) -> int:
    """How many words of the name of a type begin here; none if there is none."""
    return next((size for size in range(4, 0, -1) if tuple(parts[at : at + size]) in _type_names()), 0)


def _letter(parts: Sequence[str], at: int) -> str:
    """The one letter that may follow a number ("08B"); not a word of one letter ("72 y tế")."""
    letter = parts[at + 1] if at + 1 < len(parts) else ""
    return letter if len(letter) == 1 and letter.isalpha() and letter not in WORDS_OF_A_LETTER else ""


def _fill(parts: Sequence[str], at: int) -> int:
    """How many words that name nothing begin here."""
    if tuple(parts[at : at + 2]) in PAIRS:
        return 2
    before_number = parts[at] in BEFORE_NUMBERS and at + 1 < len(parts) and parts[at + 1].isdigit()
    return int(parts[at] in FILLERS or before_number or (parts[at] == "so" and at + 1 < len(parts)))


def _word(part: str, prefix: bool, typed: bool) -> Term:
    prefix = prefix and len(part) >= LEAST_PREFIX
    if part in _type_codes() and not typed:
        return Term("type", part, (part,), ("symbol", "kind"), prefix)
    if part.isdigit():
        return Term("date" if is_year(part) else "words", part, (part, *numerals(part)), ("day", "title"))
    words = (part, *short_for(part))
    issuer = part in _issuer_codes() and not prefix
    return Term("issuer", part, words, OF_ISSUERS) if issuer else Term("words", part, words, EVERYWHERE, prefix)


def _marked(query: str, terms: Sequence[Term]) -> Iterator[str]:
    """Words of the query that were typed with marks and are looked for as words."""
    wanted = {word for term in terms if term.kind == "words" for word in term.words} - _type_codes()
    for word in _MARKED.findall(fold(query).lower()):
        bare = strip_marks(word)
        if bare != word and bare in wanted:
            yield word


def types_said(said: str) -> frozenset[str]:
    """Types, without marks, that a name or a code stands for.

    >>> sorted(types_said("qd")), sorted(types_said("chi thi"))
    (['quy dinh', 'quyet dinh'], ['chi thi'])
    """
    names = [name for code, types in type_codes().items() if strip_marks(code) == said for name in types]
    return frozenset(map(strip_marks, names)) or frozenset([said])


def is_code(part: str) -> bool:
    """Whether letters are the code of a type or of an issuer."""
    return part in _type_codes() or part in _issuer_codes()


def _split_codes(parts: Sequence[str]) -> list[str]:
    """Parts in which codes were typed without anything between them, apart: "qdtu" is "qd tu"."""
    return [code for part in parts for code in (_codes_in(part) or (part,))]


def _codes_in(part: str) -> tuple[str, str] | None:
    """The code of a type and that of an issuer, the other way round for those of the State."""
    if part.isdigit() or part in _issuer_codes() or part in _type_codes():
        return None
    cuts = [(part[:at], part[at:]) for at in range(1, len(part))]
    known = [cut for cut in cuts if cut[0] in _type_codes() and cut[1] in _issuer_codes()]
    return max(known, key=lambda cut: len(cut[0]), default=None)


@cache
def _type_names() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(strip_marks(row.name).split()) for row in doc_types())


@cache
def _type_codes() -> frozenset[str]:
    return frozenset(strip_marks(code) for code in type_codes())


@cache
def _issuer_codes() -> frozenset[str]:
    return frozenset(part for row in issuers() for part in key_parts(row.code))
