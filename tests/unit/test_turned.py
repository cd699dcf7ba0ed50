"""Scans that lie askew, on a side or upside down are read as those that lie straight."""

from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import ReadError, Source
from pipeline.read.pdf import PdfOptions, ocr, read_pdf
from pipeline.read.pdf.ocr import OcrError
from pipeline.read.pdf.turning import WIDEST, Picture, Turn, skew_of
from pipeline.read.pdf.words import Word
from pipeline.read.tesseract import installed, knows_directions
from tests.pdfs import Printer, font, printed

pytestmark = pytest.mark.skipif(not font(), reason="no font with Vietnamese letters")
needs_tesseract = pytest.mark.skipif(not installed(), reason="Tesseract with its Vietnamese model is not installed")
BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015, Ủy ban nhân dân tỉnh giao Sở Nội vụ chủ trì, phối hợp với các "
    "sở, ngành và Ủy ban nhân dân các huyện, thành phố rà soát đội ngũ cán bộ, công chức cấp xã trước ngày 15 tháng 10 hằng năm."
)
DATE = "Hà Nội, ngày 05 tháng 3 năm 2020"


def page(paper: Printer) -> None:
    paper.columns(
        ["BỘ NỘI VỤ", "", "Số: 15/QĐ-BNV"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", DATE],
        (150, 410),
        size=10,
    )
    paper.at += 18
    paper.centred("QUYẾT ĐỊNH")
    for _ in range(2):
        paper.paragraph(BODY)


def picture(angle: float, draw: Callable[[Printer], None] = page) -> Any:
    straight = pypdfium2.PdfDocument(printed(draw))[0].render(scale=3, grayscale=True).to_pil()
    return straight.rotate(angle, 3, expand=True, fillcolor=255)


@cache
def reading(angle: float) -> Source:
    return read_pdf(scanned(angle), "")


def scanned(angle: float, shown: Callable[[Printer], None] = page) -> bytes:
    """A file with a picture of the page, turned counter-clockwise."""
    from reportlab.lib.utils import ImageReader

    made = picture(angle, shown)
    width, height = (side / 3 for side in made.size)

    def draw(paper: Printer) -> None:
        paper.canvas.setPageSize((width, height))
        paper.canvas.drawImage(ImageReader(made), 0, 0, width, height)

    return printed(draw)


def text(source: Source) -> str:
    return "\n".join(piece.text for piece in source.pieces)


@pytest.mark.parametrize("angle", [0, 0.5, -1, 2.2, -3, 4, 5, -5])
def test_the_skew_of_a_page_is_measured(angle: float) -> None:
    assert skew_of(picture(angle)) == pytest.approx(-angle, abs=0.15)


def test_a_straight_rule_over_a_skew_page_does_not_hide_that() -> None:
    shown = picture(1)
    for at in (60, 2400):
        shown.paste(0, (100, at, 1700, at + 8))
    assert skew_of(shown) == pytest.approx(-1, abs=0.15)


def blank(paper: Printer) -> None:
    paper.canvas.line(90, 90, 91, 90)


def hatched(paper: Printer) -> None:
    """Lines that slope like no print."""
    for at in range(0, 900, 9):
        paper.canvas.line(0, at, 600, at + 300)


@pytest.mark.parametrize("draw", [blank, hatched])
def test_what_is_no_print_has_an_angle_in_bounds(draw: Callable[[Printer], None]) -> None:
    assert abs(skew_of(picture(0, draw))) <= WIDEST + 0.5


def test_a_strip_is_not_turned() -> None:
    assert skew_of(picture(3).resize((4000, 300))) == 0


@needs_tesseract
def test_a_straight_page_is_read_as_it_lies() -> None:
    source = reading(0)
    assert DATE in [piece.text for piece in source.pieces if piece.kind == "letterhead"]
    assert source.pieces[0].box is not None
    assert source.pieces[0].box[3] < 100


@needs_tesseract
@pytest.mark.parametrize("angle", [-3, 5, 90, 180, 270, 94])
def test_a_turned_page_is_read_as_a_straight_one(angle: float) -> None:
    if angle > WIDEST and not knows_directions():
        pytest.skip("Tesseract's model of directions is not installed")
    straight, turned = reading(0), reading(angle)
    assert SequenceMatcher(None, text(straight), text(turned), autojunk=False).ratio() > 0.97
    assert (turned.pages[0].confidence or 0) > (straight.pages[0].confidence or 0) - 0.03
    assert [piece.kind for piece in turned.pieces if piece.kind] == [
        piece.kind for piece in straight.pieces if piece.kind
    ]


@needs_tesseract
def test_boxes_are_those_on_the_page_as_it_lies() -> None:
    upright, over = reading(0).pieces, reading(180).pieces
    assert upright[0].box is not None
    assert over[0].box is not None
    left, top, right, bottom = upright[0].box
    assert over[0].box == pytest.approx((595.3 - right, 841.9 - bottom, 595.3 - left, 841.9 - top), abs=3)


@needs_tesseract
def test_without_the_model_of_directions_a_page_on_its_side_stays_as_it_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "knows_directions", lambda: False)
    source = read_pdf(scanned(180), "", PdfOptions("always"))
    assert [page.how for page in source.pages] == ["ocr"]
    assert (source.pages[0].confidence or 0) < ocr.UNSURE


@needs_tesseract
def test_what_fails_after_a_first_reading_leaves_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise OcrError("slow")

    first = ocr._Run.table
    calls: list[object] = []

    def once(run: ocr._Run, shown: Picture) -> str:
        calls.append(run)
        return first(run, shown) if len(calls) == 1 else fail()

    monkeypatch.setattr(ocr._Run, "table", once)
    source = read_pdf(scanned(180), "")
    assert (len(calls), source.pages[0].how) == (2 if knows_directions() else 1, "ocr")


@needs_tesseract
def test_an_empty_page_is_not_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr._Run, "quarters", lambda *_: pytest.fail("not needed"))
    with pytest.raises(ReadError) as refused:
        read_pdf(scanned(0, blank), "")
    assert refused.value.kind == "empty"


@given(
    box=st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(1, 90), st.floats(1, 90)),
    quarters=st.integers(0, 3),
    skew=st.floats(-7, 7),
)
def test_the_way_back_leads_to_where_a_word_stood(
    box: tuple[float, float, float, float], quarters: int, skew: float
) -> None:
    left, top, width, height = box
    word, turn = Word("a", left, top, left + width, top + height, 10), Turn(595, 842, quarters, skew)
    there = turn.there(word)
    back = turn.back((there.left, there.top, there.right, there.bottom))
    assert all(
        near <= at + 0.1
        for near, at in zip((*back[:2], -back[2], -back[3]), (left, top, -word.right, -word.bottom), strict=True)
    )
    assert ((back[0] + back[2]) / 2, (back[1] + back[3]) / 2) == pytest.approx(
        (left + width / 2, top + height / 2), abs=0.2
    )
