"""PDF files that pdfium cannot open, or not whole, come in by a second way as far as their pages are there."""

import importlib.util

import pytest

pytest.importorskip("pypdfium2")
if importlib.util.find_spec("reportlab") is None:
    pytest.skip("reportlab is not installed", allow_module_level=True)

from pipeline.document import ReadError
from pipeline.read.pdf.options import PdfOptions
from pipeline.read.tesseract import installed
from tests.hostile_pdfs import half, locked
from tests.pdfs import Printer, bare, font, printed
from tests.unit.test_pdf import BODY, read

if font() is None:
    pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core", allow_module_level=True)


def three_pages() -> bytes:
    def draw(paper: Printer) -> None:
        for number in range(1, 4):
            paper.paragraph(f"Trang {number}. {BODY}")
            paper.page()

    return printed(draw)


def tree(kids: bytes) -> bytes:
    """A file whose pages stand below these kids."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
    words = (b"BT /F1 12 Tf 80 700 Td (Trang %d: chi bo hop) Tj ET" % number for number in (1, 2))
    streams = [b"<< /Length %d >>\nstream\n%s\nendstream" % (len(word), word) for word in words]
    return bare([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count 2 >>" % kids,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", page % 6, page % 7, *streams,
    ])  # fmt: skip


WHOLE = b"4 0 R 5 0 R"
BROKEN = {
    "a tree without its branches": three_pages().replace(b"/Kids", b"/Kidz"),
    "a tree of numbers": tree(b"1 2 3"),
    "a catalogue that leads nowhere": tree(WHOLE).replace(b"/Pages 2 0 R", b"/Pages 9 0 R"),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_pages_that_are_there_come_in_though_their_tree_is_damaged(content: bytes) -> None:
    source = read(content)
    assert [page.how for page in source.pages] == ["text"] * len(source.pages)
    assert [piece.text.split(".")[0].split(":")[0] for piece in source.pieces] == [
        f"Trang {page.number}" for page in source.pages
    ]
    assert len(source.pages) > 1
    assert "came in by a second way of reading" in source.notes[0]


def test_a_file_that_pdfium_reads_is_read_by_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.pdf.second.import_module", lambda _: pytest.fail("not needed"))
    assert len(read(three_pages()).pages) == 3


@pytest.mark.parametrize("kind", ["encrypted", "truncated"])
def test_what_is_locked_or_cut_off_is_not_tried_again(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.pdf.second.import_module", lambda _: pytest.fail("not wanted"))
    with pytest.raises(ReadError) as refused:
        read({"encrypted": locked, "truncated": half}[kind]())
    assert refused.value.kind == kind


def test_a_second_way_that_leads_nowhere_tells_the_first_failure() -> None:
    with pytest.raises(ReadError) as refused:
        read(b"%PDF-1.4\n" + b"1 0 obj << /Type /Page >> endobj\n" * 40 + b"%%EOF")
    assert refused.value.kind == "damaged"


def misplaced(content: bytes, number: int, place: bytes) -> bytes:
    """A file whose table of objects tells another place for one of them."""
    table = content.index(b"xref\n0")
    lines = content[table:].split(b"\n")
    lines[2 + number] = place
    return content[:table] + b"\n".join(lines)


WRONG = {
    "nowhere": b"0000000000 00000 f ",
    "in another": b"0000000020 00000 n ",
    "behind the end": b"0099999999 00000 n ",
}


@pytest.mark.parametrize("number", [5, 7], ids=["page", "its words"])
@pytest.mark.parametrize("place", WRONG.values(), ids=WRONG)
def test_a_page_that_the_table_of_objects_misplaces_is_found(place: bytes, number: int) -> None:
    source = read(misplaced(tree(WHOLE), number, place))
    assert [page.how for page in source.pages] == ["text", "text"]
    assert [piece.text[:7] for piece in source.pieces] == ["Trang 1", "Trang 2"]
    assert source.notes == (
        "page 2 has damage and came in by a second way of reading; compare what came in with the file",
    )


def test_a_page_that_is_nowhere_is_told() -> None:
    source = read(tree(b"4 0 R 99 0 R"))
    assert [page.how for page in source.pages] == ["text", "failed"]
    assert source.notes == ("page 2 has damage and could not be read; fetch the file again",)


def test_empty_pages_are_no_damage() -> None:
    def draw(paper: Printer) -> None:
        paper.paragraph(BODY)
        for _ in range(60):
            paper.page()
        paper.paragraph(BODY)

    source = read(printed(draw))
    assert {page.how for page in source.pages} == {"text"}
    assert source.notes == ()


def nameless() -> bytes:
    """A file whose fonts do not say which letters their shapes are, as some printers' drivers make them."""
    return three_pages().replace(b"/ToUnicode", b"/ToUnicodX")


def test_letters_without_names_are_told() -> None:
    source = read(nameless(), PdfOptions(ocr="never"))
    assert [page.how for page in source.pages] == ["left"] * 3
    assert source.notes[0].startswith(
        "pages 1, 2, 3 have letters that the fonts do not name, so that the text is not to be trusted; "
    )


@pytest.mark.skipif(not installed(), reason="Tesseract is not installed")
def test_letters_without_names_are_recognised() -> None:
    source = read(nameless(), PdfOptions())
    assert [page.how for page in source.pages] == ["ocr"] * 3
    assert [piece.text[:8] for piece in source.pieces][:1] == ["Trang 1."]
    assert source.notes == (
        "pages 1, 2, 3 have letters that the fonts do not name and came in as a picture does; compare what came in with the file",
    )
