"""Look-up as people of an office type and paste it: lists, lines of tables, names of files, Telex, initials, other words for issuers."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.keys import key_of
from pipeline.query.lookup import look_up, look_up_lines
from pipeline.query.ways import out_of_telex, spread, ways
from pipeline.store import open_database
from tests.cases import load
from tests.indexed import index_documents

Row = dict[str, object]


DOCUMENTS = load("lookup_office", "document")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("office") / "x.db"
    columns = "id, key, number_key, symbol_key, doc_type, number, symbol, issuer, place, issued, mentions, title"
    with open_database(path) as database:
        for at, row in enumerate(DOCUMENTS):
            symbol = cast("str | None", row.get("symbol"))
            number = symbol.split("-")[0].split("/")[0] if symbol else None
            values = [
                f"d-{at:012x}",
                key_of(symbol or str(row["title"])),
                number and key_of(number),
                symbol and key_of(symbol),
            ]
            values += [
                cast("str | None", value)
                for value in (row["type"], number, symbol, row.get("issuer"), row.get("place"), row.get("issued"))
            ]
            database.conn.execute(
                f"INSERT INTO documents ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [*values, row["cited"], row.get("title")],
            )
        index_documents(database.conn)
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    yield conn
    conn.close()


TYPED = [(query, case) for case in load("lookup_office") for query in cast("list[str]", case["typed"])]


@pytest.mark.parametrize(("query", "case"), TYPED, ids=[query for query, _ in TYPED])
def test_what_is_typed_finds_what_is_meant(register: sqlite3.Connection, query: str, case: Row) -> None:
    answer = look_up(register, query)
    assert [row.symbol or row.title for row in answer.documents] == case["documents"]
    assert answer.query == query
    if "near" in case:
        assert [[row.symbol, row.why] for row in answer.near] == case["near"]


def test_lines_of_a_spreadsheet_are_answered_one_by_one(register: sqlite3.Connection) -> None:
    pasted = "STT\tVăn bản\tNgày\n1\t57-NQ/TW\t22/12/2024\n2\t126-KL/TW\t14/02/2025\r\n3\t24/CT-TTg\t13/9/2025\n"
    answers = look_up_lines(register, pasted)
    assert [[row.symbol for row in answer.documents] for answer in answers[1:]] == [
        ["57-NQ/TW"],
        ["126-KL/TW"],
        ["24/CT-TTg"],
    ]


@given(
    st.sampled_from([row["symbol"] for row in DOCUMENTS if "symbol" in row]),
    st.integers(1, 400),
    st.sampled_from(["{}. ", "{}) ", "({}) ", "{}.\t"]),
)
def test_the_number_of_a_line_changes_nothing(register: sqlite3.Connection, symbol: str, line: int, form: str) -> None:
    assert look_up(register, form.format(line) + symbol).documents == look_up(register, symbol).documents


@given(st.text(max_size=80))
@example("1, 2, 3, 4")
@example("nghị quyết 1,2,3")
@example("ADRD")
def test_any_words_have_few_ways_that_end(query: str) -> None:
    assert 1 <= len(list(ways(query))) <= 3
    assert out_of_telex(out_of_telex(query)) == out_of_telex(query)


def test_ways_take_time_in_proportion() -> None:
    assert len(spread("nghị quyết " + "1, " * 5_000)) < 200_000
    assert len(list(ways("as" * 10_000 + " " + "1 " * 10_000))) <= 3
