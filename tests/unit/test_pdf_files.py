"""PDF files as files: refusals, scans, real ones, and that every character is kept."""

import importlib.util
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2")
if importlib.util.find_spec("reportlab") is None:
    pytest.skip("reportlab is not installed", allow_module_level=True)

from pipeline.document import Piece, ReadError
from pipeline.read.pdf import PdfOptions
from pipeline.read.pdf.joining import is_syllable
from pipeline.read.pdf.ocr import parsed
from pipeline.read.pdf.printed import _unicode
from tests.corpus import ROOT
from tests.pdfs import HEIGHT, STEP, WIDTH, Printer, bare, font, printed
from tests.unit.test_pdf import BODY, DATE, STATE, long_document, read, texts

NEVER = PdfOptions(ocr="never")
SHARED = ROOT.parent / "shared" / "data"
if font() is None:
    pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core", allow_module_level=True)


def letters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


REAL_FILES = sorted((SHARED / "pdf").glob("*.pdf"))


@pytest.mark.parametrize("path", [None, *REAL_FILES], ids=["generated", *(path.name for path in REAL_FILES)])
def test_every_character_is_kept_or_told(path: Path | None) -> None:
    import pypdfium2

    content = path.read_bytes() if path else printed(long_document)
    document = pypdfium2.PdfDocument(content)
    there = letters("".join(page.get_textpage().get_text_range() for page in document))
    kept = letters("".join(piece.text + "".join(out for _, out in piece.joins) for piece in read(content).pieces))
    assert kept == there


TURNS = {
    "turned by the page": (90, 90), "sideways on an upright page": (0, 90), "downwards on an upright page": (0, -90),
    "upright on a page shown upside down": (180, 0),
}  # fmt: skip


@pytest.mark.parametrize(("shown", "drawn"), TURNS.values(), ids=TURNS)
def test_turned_pages(shown: int, drawn: int) -> None:
    def draw(paper: Printer) -> None:
        paper.canvas.setPageRotation(shown)
        if drawn:
            paper.canvas.translate(WIDTH if drawn > 0 else 0, 0 if drawn > 0 else HEIGHT)
            paper.canvas.rotate(drawn)
            paper.canvas.translate(0, WIDTH - HEIGHT)
        paper.columns(["BỘ NỘI VỤ", "", "Số: 15/QĐ-BNV"], [*STATE, DATE], (150, 410))
        paper.table([["TT", "Đơn vị"], ["1", "Xã Sơn Phú"]], [40, 200])

    assert [piece.text for piece in read(printed(draw)).pieces] == [
        "BỘ NỘI VỤ", "Số: 15/QĐ-BNV", *STATE, DATE, "TT | Đơn vị", "1 | Xã Sơn Phú",
    ]  # fmt: skip


def test_two_documents_in_one_file_have_two_letterheads() -> None:
    def draw(paper: Printer) -> None:
        for number in (1, 2):
            paper.columns(["BỘ NỘI VỤ", "", f"Số: {number}/QĐ-BNV"], [*STATE, DATE], (150, 410))
            paper.at += STEP
            paper.centred("QUYẾT ĐỊNH")
            paper.paragraph(BODY)
            paper.page()

    found = texts(read(printed(draw)), "letterhead")
    assert [text for text in found if text.startswith("Số")] == ["Số: 1/QĐ-BNV", "Số: 2/QĐ-BNV"]


def test_pieces_know_page_and_box() -> None:
    for piece in read(printed(long_document)).pieces:
        assert piece.page in (1, 2, 3, 4)
        assert piece.box
        left, top, right, bottom = piece.box
        assert 0 <= left < right <= 596
        assert 0 <= top < bottom <= 843


def pages(count: int, kids: bytes | None = None) -> bytes:
    """A file of empty pages that are all one object, or with the given kids."""
    kids = kids or b"3 0 R " * count
    return bare([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ])  # fmt: skip


GOOD = printed(lambda paper: paper.paragraph(BODY)) if font() else b""
REFUSED = {
    "encrypted": (printed(lambda paper: paper.paragraph(BODY), encrypt="mat-khau"), "encrypted"),
    "cut off": (GOOD[: len(GOOD) // 2], "truncated"),
    "only its beginning and its end": (b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF", "damaged"),
    "without pages": (pages(0, b" "), "damaged"),
    "empty pages": (pages(3), "empty"),
    "100,000 empty pages": (pages(100_000), "too_many_pages"),
    "a tree of pages that loops": (pages(5, b"2 0 R 2 0 R"), "damaged"),
}


@pytest.mark.parametrize(("content", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(content: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(content)
    assert refused.value.kind == kind
    assert "; " in str(refused.value), "a reason and what to do"


def test_a_flood_of_text_is_cut_off() -> None:
    content = printed(long_document)
    assert read(content, PdfOptions("never", most_characters=50_000)).pieces
    with pytest.raises(ReadError) as refused:
        read(content, PdfOptions("never", most_characters=5_000))
    assert refused.value.kind == "too_long"


def test_old_fonts_are_converted_and_others_stay_as_they_are() -> None:
    assert _unicode([("QuyÕt \u00ad", ".VnTime"), (" a\u00ad", None)]) == "Quyết ư a\u00ad"


@pytest.mark.parametrize(
    ("text", "is_one"), {"thuyền": True, "nghiêng": True, "khuỷu": True, "Quốc": True, "đảngviên": False}.items()
)
def test_syllables(text: str, is_one: bool) -> None:
    assert is_syllable(text) is is_one


TSV = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def test_tables_of_tesseract() -> None:
    rows = [
        "5\t1\t1\t1\t1\t1\t100\t200\t50\t40\t90\tSố",
        "5\t1\t1\t1\t1\t2\t160\t200\t60\t40\t60\t0Đ",
        "4\t1\t1\t1\t1\t0\t0\t0\t0\t0\t-1\t",
    ]
    words, confidence = parsed(TSV + "\n".join(rows), 0.24)
    assert [word.text for word in words] == ["Số", "0Đ"]
    assert (words[0].left, words[0].bottom) == pytest.approx((24.0, 57.6))
    assert confidence == 0.75
    assert parsed("", 0.24) == ([], None)


def scan(paper: Printer) -> None:
    """A page that is only a picture: what `long_document` prints first, seen through pdfium."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    def text(inner: Printer) -> None:
        inner.columns(["BỘ NỘI VỤ", "", "Số: 15/QĐ-BNV"], [*STATE, DATE], (150, 410))
        inner.at += STEP
        inner.centred("QUYẾT ĐỊNH")
        inner.paragraph(BODY)

    picture = pypdfium2.PdfDocument(printed(text))[0].render(scale=3, grayscale=True).to_pil()
    paper.canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)


def test_a_scan_without_recognition_says_what_to_do() -> None:
    with pytest.raises(ReadError, match=r"install|allow") as refused:
        read(printed(scan))
    assert refused.value.kind == "scan"


def test_a_scanned_page_among_others_is_left_and_told() -> None:
    def draw(paper: Printer) -> None:
        paper.paragraph(BODY)
        paper.page()
        scan(paper)

    source = read(printed(draw))
    assert [page.how for page in source.pages] == ["text", "left"]
    assert len(source.notes) == 1
    assert source.notes[0].startswith("page 2 has only pictures")


def test_without_tesseract_the_note_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.pdf.reader.installed", lambda: None)
    with pytest.raises(ReadError, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        read(printed(scan), PdfOptions())


def test_scans_are_recognised() -> None:
    from pipeline.read.tesseract import installed

    if not installed():
        pytest.skip("Tesseract with its Vietnamese model is not installed")
    source = read(printed(scan), PdfOptions())
    assert [page.how for page in source.pages] == ["ocr"]
    assert 0.5 < (source.pages[0].confidence or 0) <= 1
    assert texts(source, "letterhead")[0] == "BỘ NỘI VỤ"
    assert DATE in texts(source, "letterhead")


def test_every_page_can_be_recognised() -> None:
    from pipeline.read.tesseract import installed

    if not installed():
        pytest.skip("Tesseract with its Vietnamese model is not installed")
    source = read(GOOD, PdfOptions("always"))
    assert [page.how for page in source.pages] == ["ocr"]
    assert source.pieces[0].text.startswith("Căn cứ")


REAL = {
    "huongdan06.pdf": ("Số 06-HD/TW", "Hà Nội, ngày 09 tháng 6 năm 2025", "HƯỚNG DẪN"),
    "huongdan21.pdf": ("Số -HD/BTCTU", "Hà Nội, ngày tháng 8 năm 2025", "HƯỚNG DẪN"),
    "nghi-dinh-so-74-2025-nd-cp-44712.pdf": ("Số: 74/2025/NĐ-CP", "Hà Nội, ngày 31 tháng 3 năm 2025", "NGHỊ ĐỊNH"),
    "nghi-quyet-so-17-2022-ubtvqh15-36956.pdf": ("Nghị quyết số: 17/2022/UBTVQH15", "", "NGHỊ QUYẾT"),
    "thong-tu-so-02-2026-tt-btc-468745.pdf": ("Số: 02/2026/TT-BTC", "Hà Nội, ngày 01 tháng 01 năm 2026", "THÔNG TƯ"),
    "thong-tu-so-32-2021-tt-bldtbxh-36980.pdf": (
        "Số: 32/2021/TT-BLĐTBXH",
        "Hà Nội, ngày 28 tháng 12 năm 2021",
        "THÔNG TƯ",
    ),
}


@pytest.mark.parametrize(("name", "number", "date", "kind"), [(name, *row) for name, row in REAL.items()], ids=REAL)
def test_real_files(name: str, number: str, date: str, kind: str) -> None:
    path = SHARED / "pdf" / name
    if not path.exists():
        pytest.skip("no real files beside the checkout")
    source = read(path.read_bytes())
    head = texts(source, "letterhead")
    assert number in head
    assert not date or date in head
    last = max(at for at, piece in enumerate(source.pieces[:20]) if piece.kind == "letterhead")
    assert source.pieces[last + 1].text == kind


def test_pieces_are_plain_records() -> None:
    piece: Piece = read(GOOD).pieces[0]
    assert (piece.text, piece.page, piece.joins) == (BODY, 1, ())
