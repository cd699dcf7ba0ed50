"""Look-up: any typing finds the document, a number never matches inside another, near misses are told apart."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.keys import key_of
from pipeline.query.lookup import look_up, look_up_lines
from pipeline.query.matching import matching, misses
from pipeline.query.wish import read_query
from pipeline.store import open_database
from tests.cases import load
from tests.indexed import index_documents

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


SUBJECTS = {
    "682-QĐ/TU": "dự sinh hoạt chi bộ", "05-CT/TW": "đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    "05-KH/HU": "trồng cây chắn sóng giai đoạn 2021 - 2025", "30/2020/NĐ-CP": "công tác văn thư",
}  # fmt: skip


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path: Path = tmp_path_factory.mktemp("register") / "register.db"
    with open_database(path) as database:
        for at, (symbol, doc_type, issuer, place, issued, mentions) in enumerate(REGISTER):
            number = symbol.split("-")[0].split("/")[0]
            database.conn.execute(
                "INSERT INTO documents (id, key, number_key, doc_type, number, symbol, symbol_key, issuer, place, issued, mentions, title)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    f"d-{at:012x}",
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
                    SUBJECTS.get(symbol),
                ],
            )
        index_documents(database.conn)
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


SENTENCES = [
    (
        "Chi bộ đã quán triệt Quy định số 682-QĐ/TU ngày 14/9/2017 và Chỉ thị 05-CT/TW tới toàn thể đảng viên.",
        ["682-QĐ/TU", "05-CT/TW"],
    ),
    (
        "Theo Đề án số 16-ĐA/TU ngày 15 tháng 11 năm 2021, mỗi xã lập một tổ công tác và báo cáo hằng tháng.",
        ["16-ĐA/TU Thái Bình"],
    ),
    (
        "Đoàn kiểm tra của tỉnh Tuyên Quang nghe báo cáo việc thực hiện Đề án 16-ĐA/TU tại ba xã vùng cao.",
        ["16-ĐA/TU Tuyên Quang"],
    ),
    (
        "Các xã báo cáo việc thực hiện Đề án 16-ĐA/TU trước khi bước vào mùa mưa bão năm nay.",
        ["16-ĐA/TU Thái Bình", "16-ĐA/TU Tuyên Quang"],
    ),
    ("Hội nghị nghe phổ biến Chỉ thị số 15 của Ban Bí thư và bàn việc chuẩn bị đại hội chi bộ.", ["15-CT/TW"]),
]


@pytest.mark.parametrize(("sentence", "named"), SENTENCES)
def test_a_pasted_sentence_finds_what_it_names(register: sqlite3.Connection, sentence: str, named: list[str]) -> None:
    found = [f"{row.symbol} {row.place or ''}".strip() for row in look_up(register, sentence).documents]
    assert [each if " " in name else each.split()[0] for each, name in zip(found, named, strict=True)] == named


def test_what_tells_documents_apart_is_said(register: sqlite3.Connection) -> None:
    assert look_up(register, "16-ĐA/TU").apart == ("place", "issued")
    assert look_up(register, "682").apart == ()


def test_words_typed_with_marks_stay_exact(register: sqlite3.Connection) -> None:
    assert [row.symbol for row in look_up(register, "trong cay").documents] == ["05-KH/HU"]
    assert [row.symbol for row in look_up(register, "trồng cây").documents] == ["05-KH/HU"]
    other = look_up(register, "trống cay")
    assert other.documents == ()
    assert [(near.symbol, near.why) for near in other.near] == [("05-KH/HU", "the same words with other marks")]


def test_all_but_one_word_is_near(register: sqlite3.Connection) -> None:
    answer = look_up(register, "học tập đạo đức vũ trụ")
    assert answer.documents == ()
    assert look_up(register, "hoc tap sao").near[0].why == "all but 'sao'"
    place = look_up(register, "16-ĐA/TU Hà Nội")
    assert [(near.place, near.why) for near in place.near] == [
        ("Thái Bình", "same number, without 'ha noi'"),
        ("Tuyên Quang", "same number, without 'ha noi'"),
    ]


def test_the_last_word_may_go_on_while_it_is_typed(register: sqlite3.Connection) -> None:
    assert look_up(register, "hoc tap dao d").documents == ()
    assert [row.symbol for row in look_up(register, "hoc tap dao du", typing=True).documents] == ["05-CT/TW"]


def test_lines_are_answered_one_by_one(register: sqlite3.Connection) -> None:
    answers = look_up_lines(register, "682\n\n16-ĐA/TU\tThái Bình\r\n99")
    assert [(answer.query, len(answer.documents)) for answer in answers] == [
        ("682", 1),
        ("16-ĐA/TU Thái Bình", 1),
        ("99", 0),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "quy",
                "định",
                "số",
                "682",
                "16",
                "ĐA",
                "TU",
                "2017",
                "05",
                "chỉ",
                "thị",
                "vinh",
                "phuc",
                "học",
                "tập",
                "2021",
                "thái",
                "bình",
                "trung",
                "ương",
                "nq",
            ]
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=200, deadline=None)
def test_the_index_and_the_walk_agree(register: sqlite3.Connection, words: list[str]) -> None:
    """What FTS5 finds is what its terms say, row by row, which is how broad queries are answered."""
    rows = [row[0] for row in register.execute("SELECT id FROM documents ORDER BY mentions DESC, id")]
    for wish in read_query(" ".join(words)):
        found, count = matching(register, wish.terms, lambda _: True, 50)
        assert [row.id for row in found] == [
            row for row, lacks in misses(register, wish.terms, rows).items() if not lacks
        ]
        assert count == len(found)


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
