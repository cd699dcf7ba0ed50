"""Tables: every example holds for its row and no counterexample does; a wrong row is named."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors import tables
from extractors.symbols import knows_issuer, parse_symbol
from extractors.tables import DocType, Issuer, TableError, doc_types, issuers, load_rows

TYPES = [(row, example) for row in doc_types() for example in row.examples]
NOT_TYPES = [(row, example) for row in doc_types() for example in row.counterexamples]
ISSUERS = [(row, example) for row in issuers() for example in row.examples]


@pytest.mark.parametrize(("row", "example"), TYPES, ids=lambda x: getattr(x, "name", x))
def test_examples_of_types(row: DocType, example: str) -> None:
    symbol = parse_symbol(example)
    assert symbol is not None
    assert row.name in symbol.types
    assert symbol.canonical == example
    assert symbol.flags == ()


@pytest.mark.parametrize(("row", "example"), TYPES, ids=lambda x: getattr(x, "name", x))
def test_an_example_fits_no_type_of_another_code(row: DocType, example: str) -> None:
    symbol = parse_symbol(example)
    assert symbol is not None
    others = {other.name for other in doc_types() if not set(other.codes) & set(row.codes)}
    if symbol.type_code is not None:
        assert not others & set(symbol.types)


@pytest.mark.parametrize(("row", "example"), NOT_TYPES, ids=lambda x: getattr(x, "name", x))
def test_counterexamples_of_types(row: DocType, example: str) -> None:
    symbol = parse_symbol(example)
    assert symbol is not None
    assert row.name not in symbol.types


@pytest.mark.parametrize(("row", "example"), ISSUERS, ids=lambda x: getattr(x, "code", x))
def test_examples_of_issuers(row: Issuer, example: str) -> None:
    symbol = parse_symbol(example)
    assert symbol is not None
    assert row.code in example
    assert row.ambiguous or symbol.is_known


def test_every_issuer_is_known_by_its_code() -> None:
    assert [row.code for row in issuers() if not knows_issuer(row.code)] == []


def test_names_and_codes_are_said_once() -> None:
    assert len({row.name for row in doc_types()}) == len(doc_types())
    assert len({row.code for row in issuers()}) == len(issuers())


@dataclass(frozen=True)
class Row:
    name: str
    note: str = ""


BROKEN = {
    "not TOML": ("a.toml", "[[row]\n", "a.toml"),
    "no rows": ("a.toml", "x = 1\n", "a.toml"),
    "a field missing": ("a.toml", '[[row]]\nname = "x"\n[[row]]\nnote = "y"\n', "a.toml, row 2: missing ['name']"),
    "a field unknown": ("a.toml", '[[row]]\nname = "x"\ncolour = "red"\n', "row 1: missing [], unknown ['colour']"),
    "a CSV without the column": ("a.csv", "note\nx\n", "a.csv, row 1: missing ['name']"),
}


@pytest.mark.parametrize(("file", "content", "message"), BROKEN.values(), ids=BROKEN)
def test_a_wrong_table_is_named(
    file: str, content: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / file).write_text(content, "utf-8")
    monkeypatch.setattr(tables, "files", lambda _: tmp_path)
    with pytest.raises(TableError, match=message.replace("[", r"\[").replace("]", r"\]")):
        load_rows(file, Row)
