"""Domain tables, read once into typed rows.

Small tables are TOML, flat ones of more than some 200 rows CSV; all lie in `extractors/data/`. A row that
is wrong is a `TableError` that names the file and the row. Rows carry examples; tests run them both ways.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TypeVar

Row = TypeVar("Row")


class TableError(Exception):
    """A domain table cannot be used; the message says which file and row, and why."""


@dataclass(frozen=True, slots=True)
class DocType:
    """A type of document. `codes` stand in symbols; `examples` are symbols of the type."""

    name: str
    systems: tuple[str, ...]
    source: str
    codes: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    numbered: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """A code that stands for an issuing body in symbols, and the name of that body.

    `ambiguous` says that the code stands for more bodies than one; `others` are those that use it as well.
    """

    code: str
    name: str
    level: str
    system: str
    source: str
    examples: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    ambiguous: bool = False
    others: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Misreading:
    """A character that recognition prints in the number or the code of a symbol, and those that it may stand for."""

    where: str
    printed: str
    meant: str
    source: str


@dataclass(frozen=True, slots=True)
class LawName:
    """The name of a law, code or ordinance, without its kind; of any age."""

    kind: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A real document of the Party or the State; empty fields are not known.

    `status` says how sure the row is (verified, unverified, weak, disputed), `weight` how often it was met.
    """

    symbol: str
    type: str
    status: str
    source: str
    issued: str = ""
    issuer: str = ""
    term: str = ""
    plenum: str = ""
    title: str = ""
    weight: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Congress:
    """A congress of the Party, or a plenum of the Central Committee that it elected; days or months in ISO."""

    term: str
    kind: str
    start: str
    source: str
    ordinal: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class SuccessorRow:
    """What followed a province, a body, or an organ of committees; `successor_kind` is that of a province."""

    kind: str
    name: str
    successor: str
    since: str
    source: str
    successor_kind: str = ""


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A list of words by its name; its table explains each list."""

    name: str
    words: tuple[str, ...]
    source: str
    note: str = ""


@cache
def load_words(file: str) -> dict[str, tuple[str, ...]]:
    """The lists of words of one table by their names."""
    return {row.name: row.words for row in load_rows(file, WordsRow)}


def load_rows(file: str, row: type[Row], key: str = "row") -> tuple[Row, ...]:
    """Read `file` of `extractors/data/` as rows of the dataclass `row`; TableError if one does not fit."""
    resource = files("extractors").joinpath("data", file)
    content = resource.read_text("utf-8")
    records = csv.DictReader(content.splitlines()) if file.endswith(".csv") else _toml_rows(file, content, key)
    needed = {field.name: field.default is MISSING for field in fields(row)}  # type: ignore[arg-type]
    return tuple(_typed(row, needed, record, f"{file}, row {at}") for at, record in enumerate(records, 1))


def _toml_rows(file: str, content: str, key: str) -> Iterator[dict[str, object]]:
    try:
        yield from tomllib.loads(content)[key]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise TableError(f"{file}: not a table of [[{key}]]: {error}") from error


def _typed(row: type[Row], needed: Mapping[str, bool], record: object, where: str) -> Row:
    """A record as a row, whose fields are `needed` or not."""
    if not isinstance(record, dict):
        raise TableError(f"{where}: not a row")
    missing = [name for name, must in needed.items() if must and not record.get(name)]
    unknown = sorted(record.keys() - needed.keys())
    if missing or unknown:
        raise TableError(f"{where}: missing {missing}, unknown {unknown}")
    return row(**{name: tuple(value) if isinstance(value, list) else value for name, value in record.items()})


@cache
def doc_types() -> tuple[DocType, ...]:
    """All types of documents, the commonest first."""
    return load_rows("doc_types.toml", DocType)


@cache
def law_names() -> tuple[LawName, ...]:
    """All names of laws."""
    return load_rows("law_names.csv", LawName)


@cache
def issuers() -> tuple[Issuer, ...]:
    """All issuer codes."""
    return load_rows("issuers.toml", Issuer)


@cache
def known_documents() -> tuple[KnownDocument, ...]:
    """All known documents, those of the Party first."""
    return (*load_rows("party_documents.csv", KnownDocument), *load_rows("state_documents.csv", KnownDocument))


@cache
def misreadings(where: str) -> dict[str, str]:
    """What characters may stand for that recognition prints; `where` is number or code."""
    return {row.printed: row.meant for row in load_rows("misread.csv", Misreading) if row.where == where}


@cache
def congresses() -> tuple[Congress, ...]:
    """All congresses and plenums."""
    return load_rows("congresses.csv", Congress)


@cache
def successor_rows() -> tuple[SuccessorRow, ...]:
    """All successions of bodies and places."""
    return load_rows("successors.csv", SuccessorRow)
