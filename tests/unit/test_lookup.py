"""Look-up: any typing finds the document, a number never matches inside another, near misses are told apart."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.keys import key_of
from pipeline.query.lookup import look_up
from pipeline.store import open_database
from tests.cases import load

REGISTER = [
    ("682-QĐ/TU", "quy định", "Ban Thường vụ Tỉnh ủy Vĩnh Phúc", "Vĩnh Phúc", "2017-09-14", 9),
    ("05-CT/TW", "chỉ thị", "Bộ Chính trị", None, "2016-05-15", 20),
    ("15-CT/TW", "chỉ thị", "Ban Bí thư", None, "2022-08-10", 30),
    ("05-NQ/TW", "nghị quyết", "Ban Chấp hành Trung ương", None, "2016-11-01", 3),
    ("05-KH/HU", "kế hoạch", "Huyện ủy", "Hà Nam", "2021-01-01", 1),
    ("30/2020/NĐ-CP", "nghị định", "Chính phủ", None, "2020-03-05", 2),
    ("08B-NQ/HNTW", "nghị quyết", "Ban Chấp hành Trung ương", None, "1990-03-27", 1),
    ("08-NQ/HNTW", "nghị quyết", "Ban Chấp hành Trung ương", None, "1990-03-28", 1),
    ("16-ĐA/TU", "đề án", "Ban Thường vụ Tỉnh ủy", "Tuyên Quang", "2020-01-03", 2),
    ("16-ĐA/TU", "đề án", "Ban Thường vụ Tỉnh ủy", "Thái Bình", "2021-11-15", 3),
]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("register") / "register.db"
    with open_database(path) as database:
        for at, (symbol, doc_type, issuer, place, issued, mentions) in enumerate(REGISTER):
            number = symbol.split("-")[0].split("/")[0]
            database.conn.execute(
                "INSERT INTO documents (id, key, number_key, doc_type, number, symbol, symbol_key, issuer, place, issued, mentions)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    f"d-{at}",
                    key_of(symbol),
                    key_of(number),
                    doc_type,
                    number,
                    symbol,
                    key_of(symbol),
                    issuer,
                    place,
                    issued,
                    mentions,
                ],
            )
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    yield conn
    conn.close()


TYPED = [(str(case["finds"]), str(query)) for case in load("lookup") for query in case["queries"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("symbol", "query"), TYPED)
def test_any_typing_finds_the_document(register: sqlite3.Connection, symbol: str, query: str) -> None:
    found = look_up(register, query).documents
    assert found
    assert found[0].symbol == symbol


def test_a_number_is_never_found_inside_another(register: sqlite3.Connection) -> None:
    found = {document.symbol for document in look_up(register, "5").documents}
    assert found == {"05-CT/TW", "05-NQ/TW", "05-KH/HU"}
    assert {document.symbol for document in look_up(register, "15").documents} == {"15-CT/TW"}
    assert look_up(register, "68").documents == ()
    assert look_up(register, "2020").documents == ()


def test_more_than_one_is_a_choice_the_most_cited_first(register: sqlite3.Connection) -> None:
    answer = look_up(register, "16-ĐA/TU")
    assert [(document.place, document.mentions) for document in answer.documents] == [
        ("Thái Bình", 3),
        ("Tuyên Quang", 2),
    ]
    assert [document.place for document in look_up(register, "16 đề án Tuyên Quang").documents] == ["Tuyên Quang"]


def test_near_misses_stand_apart_with_the_difference(register: sqlite3.Connection) -> None:
    answer = look_up(register, "Chỉ thị 05")
    assert [document.symbol for document in answer.documents] == ["05-CT/TW"]
    assert {(near.symbol, near.why) for near in answer.near} == {
        ("05-NQ/TW", "same number, another type"),
        ("05-KH/HU", "same number, another type"),
    }
    other = look_up(register, "Thông báo 682")
    assert other.documents == ()
    assert [(near.symbol, near.why) for near in other.near] == [("682-QĐ/TU", "same number, another type")]
    letter = look_up(register, "nghị quyết 8")
    assert [document.symbol for document in letter.documents] == ["08-NQ/HNTW"]
    assert ("08B-NQ/HNTW", "a letter more or less in its number") in {(near.symbol, near.why) for near in letter.near}


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_anything_typed_is_safe(register: sqlite3.Connection, query: str) -> None:
    answer = look_up(register, query)
    json.dumps([document.symbol for document in answer.documents])


def test_fields_of_the_answer_are_those_documented(register: sqlite3.Connection) -> None:
    from dataclasses import asdict

    document = asdict(look_up(register, "682").documents[0])
    documented = ["id", "symbol", "doc_type", "number", "issuer", "place", "issued", "title", "mentions", "held", "why"]
    assert list(document) == documented
