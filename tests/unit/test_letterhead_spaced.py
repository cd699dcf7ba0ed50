"""Letterheads laid out with spaces and tabs instead of tables, in every format that keeps them."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from extractors.models import Header
from pipeline.clean import clean
from pipeline.extract import extract
from pipeline.letterhead.cells import flatten
from pipeline.read import read_source
from tests.unit.test_letterhead import plain
from tests.unit.test_letterhead_shapes import PAPERS, Paper
from tests.word import word

HALF, TAB = 46, 8
"""Characters of half a line, and between two stops of a tab."""
Layout = Callable[[Sequence[str], Sequence[str]], list[str]]
"""From the lines of two columns, "" where one has none, to lines of print."""


def centred(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Each column around its middle."""
    return [f"{one:^{HALF}}{two:^{HALF}}".rstrip() for one, two in zip(left, right, strict=True)]


def narrow(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Three spaces behind the longest line."""
    width = max(map(len, left)) + 3
    return [f"{one:<{width}}{two}".rstrip() for one, two in zip(left, right, strict=True)]


def by_tabs(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """As many tabs as it takes, the stops half an inch apart."""
    width = (max(map(len, left)) // TAB + 2) * TAB
    tabs = ["\t" * -(-(width - len(one)) // TAB) for one in left]
    return ["".join(parts).rstrip() for parts in zip(left, tabs, right, strict=True)]


def by_one_tab(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """One stop for the right column."""
    return [f"{one}\t{two}".rstrip() for one, two in zip(left, right, strict=True)]


def by_two_tabs(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """A stop for the middle of each column."""
    return [f"\t{one}\t{two}".rstrip() for one, two in zip(left, right, strict=True)]


def by_both(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Tabs, and spaces to push it where it should stand."""
    return [f"  {one} \t{' ' * (30 - len(two) // 2)}{two}".rstrip() for one, two in zip(left, right, strict=True)]


def spread(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Names in capitals set wide, two spaces between words."""
    wide = [[line.replace(" ", "  ") if line.isupper() else line for line in lines] for lines in (left, right)]
    return [f"{one:^{HALF}}{two:^{HALF * 2}}".rstrip() for one, two in zip(*wide, strict=True)]


def spread_wider(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """The left column in capitals set wider, three spaces between words."""
    wide = [line.replace(" ", "   ") if line.isupper() else line for line in left]
    return [f"{one:<{HALF}}{' ' * 12}{two:^{HALF}}".rstrip() for one, two in zip(wide, right, strict=True)]


LAYOUTS: dict[str, Layout] = {
    each.__name__: each for each in (centred, narrow, by_tabs, by_one_tab, by_two_tabs, by_both, spread, spread_wider)
}


def folded(line: str) -> tuple[str, ...]:
    """A long line as two."""
    words = line.split(" ")
    half = (len(words) + 1) // 2
    return (" ".join(words[:half]), " ".join(words[half:])) if len(words) > 5 else (line,)


def lines(paper: Paper, layout: Layout, fold: bool = False) -> list[str]:
    """The document line by line; `fold`: long lines of its head go on below."""
    left: tuple[str, ...] = (*paper.left, paper.number)
    right: tuple[str, ...] = (*paper.right, paper.day)
    if fold:
        left, right = (tuple(part for line in column for part in folded(line)) for column in (left, right))
    return [
        *layout(*filled(left, right)), "", *paper.heading, "", *paper.body, "", *layout(*filled(paper.receivers, paper.signature)),
    ]  # fmt: skip


def filled(left: Sequence[str], right: Sequence[str]) -> tuple[list[str], list[str]]:
    count = max(len(left), len(right))
    return [*left, *[""] * (count - len(left))], [*right, *[""] * (count - len(right))]


def as_text(printed: Sequence[str]) -> tuple[bytes, str]:
    return "\n".join(printed).encode(), "a.txt"


def as_docx(printed: Sequence[str]) -> tuple[bytes, str]:
    marked = ("</w:t><w:tab/><w:t xml:space='preserve'>".join(line.split("\t")) for line in printed)
    blocks = [f"<w:p><w:r><w:t xml:space='preserve'>{line}</w:t></w:r></w:p>" for line in marked]
    return word(*blocks), "a.docx"


def as_rtf(printed: Sequence[str]) -> tuple[bytes, str]:
    coded = ("".join(char if char < "\x7f" else f"\\u{ord(char)}?" for char in line) for line in printed)
    body = "".join(f"{line.replace(chr(9), chr(92) + 'tab ')}\\par\n" for line in coded)
    return b"{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\n" + body.encode("ascii") + b"}", "a.rtf"


def header_in(content: bytes, name: str) -> dict[str, str]:
    header = extract(clean(read_source(content, name))).header
    assert header is not None
    said = {name: plain(getattr(header, name)) for name in Header.model_fields if name != "spans"}
    return {name: value for name, value in said.items() if value}


@pytest.mark.parametrize("fold", [False, True], ids=["whole", "folded"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("form", [as_text, as_docx], ids=["text", "docx"])
def test_columns_of_spaces_and_tabs(
    form: Callable[[Sequence[str]], tuple[bytes, str]], paper: str, layout: str, fold: bool
) -> None:
    printed = lines(PAPERS[paper], LAYOUTS[layout], fold)
    assert header_in(*form(printed)) == PAPERS[paper].header, "\n".join(printed)


needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


@needs_office
@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_of_spaces_and_tabs_in_rtf(layout: str) -> None:
    printed = lines(PAPERS["state"], LAYOUTS[layout])
    assert header_in(*as_rtf(printed)) == PAPERS["state"].header


WIDE = {
    "two spaces are no gap": ("BỘ  TÀI  CHÍNH  VÀ  THUẾ", ["BỘ TÀI CHÍNH VÀ THUẾ"]),
    "three are one": ("BỘ NỘI VỤ   Số 5", ["BỘ NỘI VỤ", "Số 5"]),
    "a tab is one": ("BỘ NỘI VỤ\tVIỆT NAM", ["BỘ NỘI VỤ", "VIỆT NAM"]),
    "a name set wide": ("BỘ   NỘI   VỤ", ["BỘ NỘI VỤ"]),
    "a name set wide beside another": ("BỘ   NỘI   VỤ        VIỆT NAM", ["BỘ NỘI VỤ", "VIỆT NAM"]),
    "two names set wide": ("BỘ   NỘI   VỤ        VIỆT   NAM", ["BỘ NỘI VỤ", "VIỆT NAM"]),
    "three columns": ("BỘ NỘI VỤ     BỘ TÀI CHÍNH     BỘ CÔNG AN", ["BỘ NỘI VỤ", "BỘ TÀI CHÍNH", "BỘ CÔNG AN"]),
    "small letters are not set wide": ("Bộ   Nội   vụ", ["Bộ", "Nội", "vụ"]),
}


@pytest.mark.parametrize(("printed", "parts"), WIDE.values(), ids=WIDE)
def test_what_parts_columns(printed: str, parts: list[str]) -> None:
    assert flatten(printed, 0, len(printed)).cased.split("\n") == parts


REAL = {
    "2003-A06.rtf": ("08/2001/TT-BTC", "2001-01-18", "Bộ Tài chính", "THỨ TRƯỞNG"),
    "2003-A30.rtf": ("117/2000/TT-BTC", "2000-12-21", "Bộ Tài chính", "THỨ TRƯỞNG"),
}


@needs_office
@pytest.mark.parametrize("name", REAL)
def test_real_files(name: str, shared: Path) -> None:
    header = header_in((shared / "data" / "legacy" / name).read_bytes(), name)
    assert tuple(header[field] for field in ("symbol", "issued", "issuing_body", "signer_post")) == REAL[name]
    assert header["issuer"] == "BỘ TÀI CHÍNH"
