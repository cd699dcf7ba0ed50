"""Tables without rules come out as rows; letterheads, lists, signatures and prose do not."""

import importlib.util
from collections.abc import Sequence

import pytest

pytest.importorskip("pypdfium2")
if importlib.util.find_spec("reportlab") is None:
    pytest.skip("reportlab is not installed", allow_module_level=True)

from pipeline.read.pdf.aligned import in_tables
from pipeline.read.pdf.words import Row, Word
from tests.pdfs import LEFT, RIGHT, STEP, Printer, font, printed
from tests.unit.test_pdf import BODY, DATE, STATE, read, texts

if font() is None:
    pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core", allow_module_level=True)

Lines = Sequence[Sequence[str]]
"""Rows of cells, "" where one has none."""


def set_in_columns(lines: Lines, places: Sequence[float], prose: bool = True) -> bytes:
    """A page with cells at these places, between paragraphs."""

    def draw(paper: Printer) -> None:
        if prose:
            paper.paragraph(PROSE)
        paper.at += STEP
        for line in lines:
            for cell, place in zip(line, places, strict=True):
                paper.put(cell, place, paper.at)
            paper.at += STEP
        paper.at += STEP
        if prose:
            paper.paragraph(PROSE)

    return printed(draw)


THREE = (LEFT, LEFT + 60, LEFT + 330)
FOUR = (LEFT, LEFT + 60, LEFT + 230, LEFT + 350)
EVEN = (LEFT, LEFT + 110, LEFT + 230, LEFT + 350)
PROSE = " ".join([BODY, BODY])
TABLES = {
    "a number, words, a number": (
        [("TT", "Nội dung", "Số hồ sơ"), ("1", "Đủ giấy tờ", "1.092"), ("2", "Thiếu lý lịch", "37"), ("3", "Trả lại", "5")],
        THREE,
        ["TT | Nội dung | Số hồ sơ", "1 | Đủ giấy tờ | 1.092", "2 | Thiếu lý lịch | 37", "3 | Trả lại | 5"],
    ),
    "words and numbers": (
        [("Năm 2019", "", "1.204"), ("Năm 2020", "", "1.311"), ("Năm 2021", "", "987")],
        THREE,
        ["Năm 2019 | 1.204", "Năm 2020 | 1.311", "Năm 2021 | 987"],
    ),
    "persons": (
        [("1", "Vi Văn Pao", "Bí thư", "45"), ("2", "Lò Thị Mai", "Phó Bí thư", "38"), ("3", "Ma Kim Oanh", "Ủy viên", "51")],
        FOUR,
        ["1 | Vi Văn Pao | Bí thư | 45", "2 | Lò Thị Mai | Phó Bí thư | 38", "3 | Ma Kim Oanh | Ủy viên | 51"],
    ),
    "a cell of two lines": (
        [
            ("1", "Huyện Yên Sơn và", "12"), ("", "thị trấn Tân Bình", ""), ("2", "Huyện Na Hang", "7"),
            ("3", "Huyện Lâm Bình", "9"),
        ],
        THREE,
        ["1 | Huyện Yên Sơn và thị trấn Tân Bình | 12", "2 | Huyện Na Hang | 7", "3 | Huyện Lâm Bình | 9"],
    ),
    "numbers below an empty cell": (
        [("Yên Sơn", "", "12"), ("", "nữ", "5"), ("Na Hang", "", "7"), ("", "nữ", "2")],
        (LEFT, LEFT + 110, LEFT + 330),
        ["Yên Sơn | | 12", "| nữ | 5", "Na Hang | | 7", "| nữ | 2"],
    ),
    "cells that are empty": (
        [("Yên Sơn", "12", "", "3"), ("Na Hang", "", "5", "4"), ("Lâm Bình", "8", "6", ""), ("Hàm Yên", "2", "1", "7")],
        EVEN,
        ["Yên Sơn | 12 | | 3", "Na Hang | | 5 | 4", "Lâm Bình | 8 | 6 |", "Hàm Yên | 2 | 1 | 7"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "places", "rows"), TABLES.values(), ids=TABLES)
def test_rows_of_a_table_without_rules(lines: Lines, places: Sequence[float], rows: list[str]) -> None:
    source = read(set_in_columns(lines, places))
    assert texts(source, "table") == rows
    assert [piece.text for piece in source.pieces if piece.kind is None] == [PROSE, PROSE]


PLAIN = {
    "a list": ([("1.", "Rà soát hồ sơ", ""), ("2.", "Lập danh sách", ""), ("3.", "Báo cáo kết quả", "")], THREE),
    "two rows": ([("TT", "Nội dung", "Số hồ sơ"), ("1", "Đủ giấy tờ", "1.092")], THREE),
    "signatures": (
        [("KT. BỘ TRƯỞNG", "", "KT. CHỦ NHIỆM"), ("THỨ TRƯỞNG", "", "PHÓ CHỦ NHIỆM"), ("Lê Văn An", "", "Vũ Thị Bình")],
        THREE,
    ),
    "words only": ([("Tỉnh", "", "Huyện"), ("Xã", "", "Thôn"), ("Tổ", "", "Nhóm"), ("Chi bộ", "", "Đảng bộ")], THREE),
}


@pytest.mark.parametrize(("lines", "places"), PLAIN.values(), ids=PLAIN)
def test_what_only_stands_in_columns_is_no_table(lines: Lines, places: Sequence[float]) -> None:
    assert texts(read(set_in_columns(lines, places)), "table") == []


def test_a_letterhead_and_prose_are_no_table() -> None:
    def draw(paper: Printer) -> None:
        paper.columns(["BỘ NỘI VỤ", "", "Số: 15/QĐ-BNV"], [*STATE, DATE], (150, 410))
        for _ in range(6):
            paper.paragraph(BODY)

    source = read(printed(draw))
    assert texts(source, "table") == []
    assert len([piece for piece in source.pieces if piece.kind is None]) == 6


def row(number: int, cells: Sequence[tuple[float, str]], size: float = 10) -> Row:
    foot = 20.0 * number
    return Row(tuple(Word(text, at, foot - 8, at + 6 * len(text), foot, size) for at, text in cells), 1)


def test_many_rows_take_time_in_proportion_to_their_number() -> None:
    """A page of nothing but rows that nearly make a table."""
    rows = [
        row(number, [(50, "a"), (100 + number % 7 * 40, "b"), (480, "1" if number % 3 else "c")])
        for number in range(20_000)
    ]
    assert sum(len(part) for part in in_tables(rows)) > 0


def test_a_row_of_very_many_words_is_none_of_a_table() -> None:
    wide = [row(number, [(20.0 * at, "1") for at in range(5000)], size=2) for number in range(20)]
    assert [len(part) for part in in_tables(wide)] == [20]


def test_every_word_stays() -> None:
    lines = [("a", "1", "b"), ("c", "2", "d"), ("e", "3", "f"), ("g", "4", "h")]
    rows = [row(at, [(100.0 * column, cell) for column, cell in enumerate(line)]) for at, line in enumerate(lines)]
    tail = row(9, [(0, "văn"), (20, "bản"), (RIGHT, "dài")])
    parts = list(in_tables([*rows, tail]))
    assert [len(part) for part in parts] == [4, 1]


def test_two_who_sign_side_by_side_keep_their_lines() -> None:
    def draw(paper: Printer) -> None:
        paper.paragraph(BODY)
        paper.at += STEP
        paper.columns(
            ["KT. BỘ TRƯỞNG BỘ Y TẾ", "THỨ TRƯỞNG", "", "Lê Văn An", "", "Nơi nhận:", "- Như trên;"],
            ["KT. BỘ TRƯỞNG BỘ NỘI VỤ", "THỨ TRƯỞNG", "", "Vũ Thị Bình"],
            (170, 430),
        )

    assert texts(read(printed(draw)), "signature") == [
        "KT. BỘ TRƯỞNG BỘ Y TẾ", "THỨ TRƯỞNG", "Lê Văn An", "Nơi nhận:", "- Như trên;",
        "KT. BỘ TRƯỞNG BỘ NỘI VỤ", "THỨ TRƯỞNG", "Vũ Thị Bình",
    ]  # fmt: skip
