"""PDF: what is printed on paper comes out in the order in which it is read, and nothing of it is lost."""

import importlib.util
from hashlib import sha256

import pytest

pytest.importorskip("pypdfium2")
if importlib.util.find_spec("reportlab") is None:
    pytest.skip("reportlab is not installed", allow_module_level=True)

from pipeline.document import Source
from pipeline.read.pdf import PdfOptions, read_pdf
from tests.corpus import ROOT
from tests.pdfs import HEIGHT, LEFT, RIGHT, SIZE, STEP, Printer, font, printed

NEVER = PdfOptions(ocr="never")
SHARED = ROOT.parent / "shared" / "data"
if font() is None:
    pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core", allow_module_level=True)

STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
DATE = "Hà Giang, ngày 05 tháng 3 năm 2020"
BODY = (
    "Căn cứ Điều lệ Đảng và Quy chế làm việc của Ban Chấp hành, Ban Thường vụ hướng dẫn các cấp ủy trực thuộc thực hiện việc "
    "rà soát, bổ sung quy hoạch cán bộ nhiệm kỳ tới theo đúng nguyên tắc, quy trình và thời gian đã định, cụ thể như sau:"
)


def read(content: bytes, options: PdfOptions = NEVER) -> Source:
    return read_pdf(content, sha256(content).hexdigest(), options)


def texts(source: Source, kind: str | None) -> list[str]:
    return [piece.text for piece in source.pieces if piece.kind == kind]


HEADS: dict[str, tuple[list[str], list[str], tuple[float, float], list[str]]] = {
    "party, one line": (
        ["TỈNH ỦY HÀ GIANG", "*", "Số 05-CT/TU"], [PARTY, "", DATE], (180, 430),
        ["TỈNH ỦY HÀ GIANG", "*", "Số 05-CT/TU", PARTY, DATE],
    ),
    "party, two lines": (
        ["TỈNH ỦY HÀ GIANG", "BAN TỔ CHỨC", "*", "Số 38 - HD/BTCTU"], [PARTY, "", "", DATE], (170, 430),
        ["TỈNH ỦY HÀ GIANG", "BAN TỔ CHỨC", "*", "Số 38 - HD/BTCTU", PARTY, DATE],
    ),
    "party, symbol broken behind the hyphen": (
        ["TỈNH ỦY HÀ GIANG", "*", "Số 05-", "CT/TU"], [PARTY, DATE], (170, 430),
        ["TỈNH ỦY HÀ GIANG", "*", "Số 05-CT/TU", PARTY, DATE],
    ),
    "state, one line": (
        ["BỘ NỘI VỤ", "", "Số: 15/QĐ-BNV"], [*STATE, DATE], (150, 400),
        ["BỘ NỘI VỤ", "Số: 15/QĐ-BNV", *STATE, DATE],
    ),
    "state, two lines, narrow gutter": (
        ["BỘ GIÁO DỤC", "VÀ ĐÀO TẠO VIỆT", "Số: 15/2020/TT-BGDĐT"], [*STATE, DATE], (160, 410),
        ["BỘ GIÁO DỤC", "VÀ ĐÀO TẠO VIỆT", "Số: 15/2020/TT-BGDĐT", *STATE, DATE],
    ),
    "state, symbol broken before the hyphen and behind the slash": (
        ["ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG", "Số: 15/QĐ", "-UBND"], [*STATE, DATE], (150, 410),
        ["ỦY BAN NHÂN DÂN", "TỈNH HÀ GIANG", "Số: 15/QĐ-UBND", *STATE, DATE],
    ),
    "state, number below its word, date broken": (
        ["BỘ NỘI VỤ", "", "Số:", "15/QĐ-BNV"], [*STATE, "Hà Giang, ngày 05", "tháng 3 năm 2020"], (150, 410),
        ["BỘ NỘI VỤ", "Số: 15/QĐ-BNV", *STATE, DATE],
    ),
    "state, title and place broken": (
        ["BỘ NỘI VỤ", "", "Số: 15/QĐ-BNV"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "VIỆT NAM", STATE[1], "Hà Giang,", "ngày 05 tháng 3", "năm 2020"],
        (150, 410), ["BỘ NỘI VỤ", "Số: 15/QĐ-BNV", *STATE, DATE],
    ),
    "state, a letter with its subject": (
        ["BỘ NỘI VỤ", "", "Số: 151/BNV-VP", "V/v báo cáo công tác", "cải cách hành chính"], [*STATE, DATE], (150, 410),
        ["BỘ NỘI VỤ", "Số: 151/BNV-VP", "V/v báo cáo công tác", "cải cách hành chính", *STATE, DATE],
    ),
    "state, blanks for number and day": (
        ["BỘ NỘI VỤ", "", "Số:      /QĐ-BNV"], [*STATE, "Hà Nội, ngày      tháng 3 năm 2020"], (150, 410),
        ["BỘ NỘI VỤ", "Số: /QĐ-BNV", *STATE, "Hà Nội, ngày tháng 3 năm 2020"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("left", "right", "places", "expected"), HEADS.values(), ids=HEADS)
def test_letterheads(left: list[str], right: list[str], places: tuple[float, float], expected: list[str]) -> None:
    def draw(paper: Printer) -> None:
        paper.columns(left, right, places)
        paper.at += STEP
        paper.centred("HƯỚNG DẪN")
        paper.centred("về việc rà soát, bổ sung quy hoạch cán bộ", "nhiệm kỳ tới trong toàn Đảng bộ")
        paper.paragraph(BODY)

    source = read(printed(draw))
    assert texts(source, "letterhead") == expected
    subject = "về việc rà soát, bổ sung quy hoạch cán bộ nhiệm kỳ tới trong toàn Đảng bộ"
    assert texts(source, None) == ["HƯỚNG DẪN", subject, BODY]


def long_document(paper: Printer) -> None:
    for page in range(1, 5):
        paper.put(f"CÔNG TÁC CÁN BỘ - Số {page}", LEFT, 40, 10)
        paper.put(f"- {page} -", 310, 810, 10, centred=True)
        for item in range(7):
            paper.paragraph(f"{item + 1}. Mục {page}.{item + 1}: {BODY.rstrip(':')}.")
        paper.paragraph(BODY)
        if page < 4:
            paper.page()


def test_margins_are_marked_and_split_no_paragraph() -> None:
    def draw(paper: Printer) -> None:
        for page in range(1, 4):
            paper.put(f"Tạp chí Xây dựng Đảng số {page}", LEFT, 40, 10)
            paper.put(f"- {page} -", 310, 810, 10, centred=True)
            for _ in range(8):
                paper.paragraph(BODY)
            paper.page()

    source = read(printed(draw))
    assert len(texts(source, "boilerplate")) == 6
    assert texts(source, None) == [BODY] * 24


def test_a_paragraph_over_a_page_is_one_piece() -> None:
    first, second, third = (
        "Ban Thường vụ yêu cầu các cấp ủy trực thuộc",
        "quán triệt",
        "và thực hiện nghiêm túc nội dung này.",
    )

    def draw(paper: Printer) -> None:
        for page in (1, 2):
            paper.put(f"{page}", 310, 35, 10)
            if page == 2:
                paper.put(third, LEFT, 60)
                paper.at = 60 + STEP + 4
            for _ in range(7):
                paper.paragraph(BODY)
            if page == 1:
                paper.put(first, LEFT + 28, paper.at)
                paper.canvas.drawRightString(RIGHT, HEIGHT - paper.at, second)
            paper.page()

    pieces = read(printed(draw)).pieces
    over = next(at for at, piece in enumerate(pieces) if piece.text.startswith(first))
    assert pieces[over].text == f"{first} {second} {third}"
    assert pieces[over].page == 1
    assert (pieces[over + 1].kind, pieces[over + 1].text) == ("boilerplate", "2")


BREAKS = {
    "a word": ("thực hi-", "ện nghiêm túc", "thực hiện nghiêm túc", "-\n"),
    "a foreign word": ("theo co-", "operation", "theo cooperation", "-\n"),
    "a symbol at its hyphen": (
        "Nghị quyết số 12/2021/NQ-",
        "HĐND của tỉnh",
        "Nghị quyết số 12/2021/NQ-HĐND của tỉnh",
        "\n",
    ),
    "a symbol at its slash": ("Chỉ thị số 05-CT/", "TW của Ban Bí thư", "Chỉ thị số 05-CT/TW của Ban Bí thư", "\n"),
    "a number": ("dịch bệnh COVID-", "19 ở cơ sở", "dịch bệnh COVID-19 ở cơ sở", "\n"),
    "a name": ("chủ nghĩa Mác - Lê-", "nin vào", "chủ nghĩa Mác - Lê-nin vào", "\n"),
    "two words with a dash": ("phát triển kinh tế -", "xã hội", "phát triển kinh tế - xã hội", ""),
}


@pytest.mark.parametrize(("first", "second", "expected", "left_out"), BREAKS.values(), ids=BREAKS)
def test_line_ends(first: str, second: str, expected: str, left_out: str) -> None:
    def draw(paper: Printer) -> None:
        paper.paragraph(BODY)
        paper.put("Các cấp ủy đảng", LEFT + 28, paper.at)
        paper.canvas.setFont("Upright", SIZE)
        paper.canvas.drawRightString(RIGHT, HEIGHT - paper.at, first)
        paper.put(second, LEFT, paper.at + STEP)
        paper.at += 2 * STEP
        paper.paragraph(BODY)

    pieces = [piece for piece in read(printed(draw)).pieces if piece.text != BODY]
    assert [piece.text for piece in pieces] == [f"Các cấp ủy đảng {expected}"]
    assert [join[1] for join in pieces[0].joins] == ([left_out] if left_out else [])
    assert all(
        pieces[0].text[:offset].endswith(first.rstrip("-")[-3:]) or pieces[0].text[offset - 1] == "-"
        for offset, _ in pieces[0].joins
    )


def test_tables_are_rows() -> None:
    def draw(paper: Printer) -> None:
        paper.paragraph(BODY)
        paper.table([["TT", "Đơn vị", "Số chi bộ"], ["1", "Xã Sơn Phú", "12"], ["2", "Xã Yên Hoa", ""]], [40, 200, 120])
        paper.paragraph(BODY)

    source = read(printed(draw))
    assert [(piece.kind, piece.text) for piece in source.pieces] == [
        (None, BODY),
        ("table", "TT | Đơn vị | Số chi bộ"),
        ("table", "1 | Xã Sơn Phú | 12"),
        ("table", "2 | Xã Yên Hoa |"),
        (None, BODY),
    ]


def test_merged_cells() -> None:
    """A head over two columns, two heads beside it over two rows, and a cell of two lines."""

    def draw(paper: Printer) -> None:
        def line(left: float, top: float, right: float, bottom: float) -> None:
            paper.canvas.line(left, HEIGHT - top, right, HEIGHT - bottom)

        for x in (85, 125, 325, 445, 555):
            line(x, 80 if x == 445 else 60, x, 160)
        for y, left in ((60, 85), (80, 325), (100, 85), (160, 85)):
            line(left, y, 555, y)
        for text, x, y in (
            ("TT", 90, 85), ("Đơn vị", 130, 85), ("Số lượng", 400, 75), ("Nam", 330, 95), ("Nữ", 450, 95), ("1", 90, 115),
            ("Đảng ủy xã Sơn", 130, 115), ("Phú", 130, 133), ("12", 330, 115), ("13", 450, 115),
        ):  # fmt: skip
            paper.put(text, x, y)

    assert texts(read(printed(draw)), "table") == [
        "TT | Đơn vị | Số lượng",
        "| | Nam | Nữ",
        "1 | Đảng ủy xã Sơn Phú | 12 | 13",
    ]


def test_footnotes_stand_apart_and_their_marks_are_told() -> None:
    def draw(paper: Printer) -> None:
        for _ in range(6):
            paper.paragraph(BODY)
        paper.put("Việc này theo Quy định của Trung ương", LEFT + 28, paper.at)
        end = LEFT + 28 + paper.canvas.stringWidth("Việc này theo Quy định của Trung ương", "Upright", SIZE)
        paper.put("1", end, paper.at - 5, 8)
        paper.put("và hướng dẫn của tỉnh.", end + 10, paper.at)
        paper.canvas.line(LEFT, 120, LEFT + 140, 120)
        paper.put("1", LEFT, 736, 7)
        paper.put("Quy định số 24-QĐ/TW, ngày 30/7/2021.", LEFT + 5, 740, 10)
        paper.put("7", 310, 800, 12)

    pieces = read(printed(draw)).pieces
    sentence = "Việc này theo Quy định của Trung ương và hướng dẫn của tỉnh."
    assert (pieces[6].text, pieces[6].joins) == (sentence, ((sentence.index(" và"), "1"),))
    assert [piece.text for piece in pieces[7:]] == ["1 Quy định số 24-QĐ/TW, ngày 30/7/2021.", "7"]
    assert pieces[8].kind == "boilerplate"


def test_signature_column_after_column() -> None:
    def draw(paper: Printer) -> None:
        paper.paragraph(BODY)
        for text, x, y in (
            ("Nơi nhận:", LEFT, 300), ("- Các đảng ủy trực thuộc,", LEFT, 318), ("- Các đồng chí ủy viên Ban", LEFT, 336),
            ("Thường vụ,", LEFT, 354), ("- Lưu Văn phòng.", LEFT, 372), ("T/M BAN THƯỜNG VỤ", 360, 300), ("PHÓ BÍ THƯ", 390, 318),
            ("Nguyễn Văn An", 385, 420),
        ):  # fmt: skip
            paper.put(text, x, y)
        paper.at = 470
        paper.centred("PHỤ LỤC")

    source = read(printed(draw))
    assert texts(source, None) == [BODY, "PHỤ LỤC"]
    assert texts(source, "signature") == [
        "Nơi nhận:", "- Các đảng ủy trực thuộc,", "- Các đồng chí ủy viên Ban Thường vụ,", "- Lưu Văn phòng.",
        "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Nguyễn Văn An",
    ]  # fmt: skip


def test_a_stamp_over_the_lines_is_boilerplate() -> None:
    stamp = "Tài liệu này thuộc sở hữu của các cơ quan Đảng. Việc phát tán, sử dụng trái phép bị nghiêm cấm"

    def draw(paper: Printer) -> None:
        paper.paragraph(BODY)
        paper.put(stamp, LEFT + 10, 60 + STEP, 9)
        paper.paragraph(BODY)

    source = read(printed(draw))
    assert texts(source, "boilerplate") == [stamp]
    assert texts(source, None) == [BODY, BODY]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    def draw(paper: Printer) -> None:
        for edges in ((LEFT, 305.0), (335.0, RIGHT)):
            paper.at = 60
            for number in range(4):
                paper.paragraph(f"{edges[0]:.0f}.{number} {BODY}", indent=14, edges=edges)

    found = texts(read(printed(draw)), None)
    assert found == [f"{left}.{number} {BODY}" for left in (85, 335) for number in range(4)]


def test_nothing_is_lost() -> None:
    pieces = read(printed(long_document)).pieces
    assert sum(piece.text.count("Ban Thường vụ hướng dẫn") for piece in pieces) == 32
    assert texts(read(printed(long_document)), "boilerplate")[:1] == ["CÔNG TÁC CÁN BỘ - Số 1"]
