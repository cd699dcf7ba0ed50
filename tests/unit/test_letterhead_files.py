"""Documents laid out in tables, of pages and of Word: head and signature are told as such, and the header is right."""

from collections.abc import Callable, Sequence
from html import escape

import pytest

from pipeline.clean import clean
from pipeline.document import Text
from pipeline.extract import extract
from pipeline.read import read_source
from tests.unit.test_letterhead_shapes import PAPERS, Paper
from tests.unit.test_letterhead_spaced import header_in
from tests.word import paragraph, table, word

Column = Sequence[str]
BODY = tuple(f"Cấp ủy các cấp lãnh đạo việc thứ {number} trong đảng bộ tỉnh, báo cáo kết quả hằng quý." for number in range(4))  # fmt: skip


def page(*parts: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{''.join(parts)}</body></html>".encode()


def html_lines(lines: Sequence[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def html_columns(*columns: Column, between: str = "<br>") -> str:
    """A table of one row."""
    cells = (f"<td>{between.join(map(escape, column))}</td>" for column in columns)
    return f"<table><tr>{''.join(cells)}</tr></table>"


def as_html(paper: Paper) -> tuple[bytes, str]:
    head = html_columns((*paper.left, paper.number), (*paper.right, paper.day))
    foot = html_columns(paper.receivers, paper.signature)
    return page(head, html_lines((*paper.heading, *paper.body, *BODY)), foot), "a.html"


def as_docx(paper: Paper) -> tuple[bytes, str]:
    head = table([[*paper.left, paper.number], [*paper.right, paper.day]])
    foot = table([[*paper.receivers], [*paper.signature]])
    return word(head, *map(paragraph, (*paper.heading, *paper.body, *BODY)), foot), "a.docx"


def kinds(text: Text) -> dict[str, set[str]]:
    """The lines of a text by the kinds of their blocks."""
    found: dict[str, set[str]] = {}
    for block in text.blocks:
        found.setdefault(block.kind, set()).add(text.text[block.start : block.end])
    return found


@pytest.mark.parametrize("form", [as_html, as_docx])
@pytest.mark.parametrize("paper", PAPERS)
def test_head_and_signature_are_told(paper: str, form: Callable[[Paper], tuple[bytes, str]]) -> None:
    whole = PAPERS[paper]
    content = form(whole)
    found = kinds(clean(read_source(*content)))
    assert found["letterhead"] == {*whole.left, whole.number, *whole.right, whole.day}
    assert found["signature"] == {*whole.receivers, *whole.signature}
    assert header_in(*content) == whole.header


def test_a_page_with_a_letterhead_is_titled_by_what_stands_below() -> None:
    text = clean(read_source(*as_html(PAPERS["party"])))
    assert text.title == "HƯỚNG DẪN đọc báo Đảng trong giờ sinh hoạt chi bộ"


def test_lines_that_only_look_like_those_of_a_head_are_not_of_it() -> None:
    paper = PAPERS["state"]
    head = html_columns((*paper.left, paper.number), (*paper.right, paper.day))
    again = ("UBND", "ỦY BAN NHÂN DÂN", *BODY, paper.number)
    found = kinds(clean(read_source(page("<h1>Khoán nuôi rùa biển</h1>", html_lines(BODY), head, html_lines(again)), "a.html")))  # fmt: skip
    assert found["letterhead"] == {*paper.left, paper.number, *paper.right, paper.day}
    assert "UBND" not in found["letterhead"]


def test_a_draft_in_a_page_keeps_its_blank_day_in_the_head() -> None:
    paper = PAPERS["state"]
    lines = [line.replace("ngày 22", "ngày    ") for line in (*paper.left, paper.number, *paper.right, paper.day)]
    text = clean(read_source(page(html_lines([*lines, *paper.heading, *paper.body, *BODY])), "a.html"))
    assert kinds(text)["letterhead"] == {" ".join(line.split()) for line in lines}
    header = extract(text).header
    assert (text.published, text.published_from) == (None, None)
    assert header
    assert header.issued is None
