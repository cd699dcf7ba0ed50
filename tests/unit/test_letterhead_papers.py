"""Letterheads of many kinds of bodies, each as text in two columns, text column after column, a page, Word and PDF."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

import pytest

from tests.cases import load
from tests.pdfs import Printer, font, printed
from tests.unit.test_letterhead import FIELDS
from tests.unit.test_letterhead_files import html_columns, html_lines, page
from tests.unit.test_letterhead_spaced import header_in
from tests.word import paragraph, table, word

CASES = load("papers")
WIDTH = 52
"""Characters of a left column."""


def lines(case: dict[str, object], part: str) -> list[str]:
    found = case[part]
    assert isinstance(found, list)
    return [str(line) for line in found]


def beside(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Two columns whose last lines stand on one line."""
    right = [*right[:-1], *[""] * (len(left) - len(right)), *right[-1:]]
    return [f"{one:^{WIDTH - 4}}    {two}".rstrip() for one, two in zip_longest(left, right, fillvalue="")]


def as_columns(case: dict[str, object]) -> tuple[bytes, str]:
    head = beside(lines(case, "left"), lines(case, "right"))
    foot = zip_longest(lines(case, "receivers"), lines(case, "signature"), fillvalue="")
    below = [f"{one:<{WIDTH}}{two}".rstrip() for one, two in foot]
    return "\n".join([*head, "", *lines(case, "heading"), "", *lines(case, "body"), "", *below]).encode(), "a.txt"


def as_lines(case: dict[str, object]) -> tuple[bytes, str]:
    parts = (lines(case, part) for part in ("left", "right", "heading", "body", "receivers", "signature"))
    return "\n\n".join("\n".join(part) for part in parts).encode(), "a.txt"


def as_html(case: dict[str, object]) -> tuple[bytes, str]:
    head = html_columns(lines(case, "left"), lines(case, "right"))
    foot = html_columns(lines(case, "receivers"), lines(case, "signature"))
    return page(head, html_lines([*lines(case, "heading"), *lines(case, "body")]), foot), "a.html"


def as_docx(case: dict[str, object]) -> tuple[bytes, str]:
    head = table([lines(case, "left"), lines(case, "right")])
    foot = table([lines(case, "receivers"), lines(case, "signature")])
    return word(head, *map(paragraph, [*lines(case, "heading"), *lines(case, "body")]), foot), "a.docx"


def as_pdf(case: dict[str, object]) -> tuple[bytes, str]:
    if font() is None:
        pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core")

    def draw(paper: Printer) -> None:
        left, right = lines(case, "left"), lines(case, "right")
        paper.columns(left, [*right[:-1], *[""] * (len(left) - len(right)), right[-1]], (190, 440), 9.5)
        paper.at += 12
        paper.centred(*lines(case, "heading"))
        for line in lines(case, "body"):
            paper.paragraph(line)
        paper.at += 12
        paper.columns(lines(case, "receivers"), lines(case, "signature"), (160, 430), 11)

    return printed(draw), "a.pdf"


@pytest.mark.parametrize("form", [as_columns, as_lines, as_html, as_docx, as_pdf])
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["note"]))
def test_the_header(case: dict[str, object], form: Callable[[dict[str, object]], tuple[bytes, str]]) -> None:
    wanted = case["header"]
    assert isinstance(wanted, dict)
    found = header_in(*form(case))
    names = [*FIELDS, *(["issuing_body"] if "issuing_body" in wanted else [])]
    assert {name: found.get(name) for name in names} == {name: wanted.get(name) for name in names}
