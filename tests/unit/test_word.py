"""Word files: what is printed is read, in the order in which a person reads it."""

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline.document import ReadError
from pipeline.read import read_source
from tests.word import NAMESPACES, paragraph, run, table, word

DELETED = "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
INSERTED = f"<w:ins>{run('mới')}</w:ins>"
MOVED = f"<w:moveFrom>{run('ở đây')}</w:moveFrom><w:moveTo>{run('ở kia')}</w:moveTo>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("năm 2021")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LINES = {
    "runs are joined": (("Quy định số ", "682-", "QĐ/TU"), "Quy định số 682-QĐ/TU"),
    "tracked changes are accepted": (("Bản ", DELETED, INSERTED), "Bản mới"),
    "what was moved stands where it is": ((MOVED,), "ở kia"),
    "fields by their results": (("Trong ", FIELD), "Trong năm 2021"),
    "hidden words are not read": (("Mật", run(" ẩn", "<w:vanish/>")), "Mật"),
    "capitals by a switch are capitals": ((run("Nghị quyết", "<w:caps/>"),), "NGHỊ QUYẾT"),
    "a switch that is off": ((run("Nghị quyết", '<w:caps w:val="0"/>'),), "Nghị quyết"),
    "links": ((f"<w:hyperlink>{run('Kết luận 21')}</w:hyperlink>", " nêu rõ"), "Kết luận 21 nêu rõ"),
    "hyphens that do not break": (("<w:r><w:t>05</w:t><w:noBreakHyphen/><w:t>CT/TW</w:t></w:r>",), "05-CT/TW"),
    "tabs and ends of lines": (("<w:r><w:t>Số</w:t><w:tab/><w:t>5</w:t><w:br/><w:t>b</w:t></w:r>",), "Số\t5\nb"),
    "content controls": ((f"<w:sdt><w:sdtContent>{run('Số 5')}</w:sdtContent></w:sdt>",), "Số 5"),
    "symbols by number": ((run("a "), '<w:r><w:sym w:font="Times" w:char="2013"/></w:r>', run(" b")), "a – b"),
}


@pytest.mark.parametrize(("runs", "printed"), LINES.values(), ids=LINES)
def test_a_paragraph_is_read_as_printed(runs: tuple[str, ...], printed: str) -> None:
    assert [piece.text for piece in read_source(word(paragraph(*runs)), "a.docx").pieces] == [printed]


def test_a_letterhead_is_read_column_after_column() -> None:
    head = table(
        [
            ["TỈNH ỦY X", "BAN TỔ CHỨC", "*", "Số 05-QĐ/BTCTU"],
            ["ĐẢNG CỘNG SẢN VIỆT NAM", "Thành phố Y, ngày 3 tháng 4 năm 2021"],
        ]
    )
    pieces = read_source(word(head, paragraph("QUY ĐỊNH")), "a.docx").pieces
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("letterhead", "TỈNH ỦY X"),
        ("letterhead", "BAN TỔ CHỨC"),
        ("letterhead", "*"),
        ("letterhead", "Số 05-QĐ/BTCTU"),
        ("letterhead", "ĐẢNG CỘNG SẢN VIỆT NAM"),
        ("letterhead", "Thành phố Y, ngày 3 tháng 4 năm 2021"),
        (None, "QUY ĐỊNH"),
    ]


def test_a_letterhead_of_two_rows_is_read_column_after_column() -> None:
    head = table(
        [["BỘ NỘI VỤ"], ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]],
        [["Số: 7/QĐ-BNV"], ["Hà Nội, ngày 05 tháng 3 năm 2021"]],
    )
    texts = [piece.text for piece in read_source(word(head), "a.docx").pieces]
    assert texts[:2] == ["BỘ NỘI VỤ", "Số: 7/QĐ-BNV"]
    assert texts[-1] == "Hà Nội, ngày 05 tháng 3 năm 2021"


def test_tables_of_data_are_rows_and_signatures_columns() -> None:
    data = table([["TT"], ["Chỉ tiêu"]], [["1"], ["96", "%"]])
    signed = table([["Nơi nhận:", "- Lưu VT."], ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]])
    pieces = read_source(word(data, signed), "a.docx").pieces
    assert [(piece.kind, piece.text) for piece in pieces[:2]] == [("table", "TT | Chỉ tiêu"), ("table", "1 | 96 %")]
    assert [piece.text for piece in pieces[2:]] == ["Nơi nhận:", "- Lưu VT.", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]
    assert {piece.kind for piece in pieces[2:]} == {"signature"}


def test_notes_boxes_and_margins_come_after_what_refers_to_them() -> None:
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="2">{paragraph("Chú thích")}</w:footnote>'
    content = word(
        paragraph("Một", note, shape),
        paragraph("Hai"),
        footnotes=notes,
        header1=paragraph("Đầu trang"),
        header2=paragraph("Đầu trang"),
    )
    pieces = read_source(content, "a.docx").pieces
    assert [piece.text for piece in pieces] == ["Một", "Trong khung", "Hai", "Chú thích", "Đầu trang"]
    assert pieces[-1].kind == "boilerplate"


def test_styles_decide_what_runs_leave_open() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Head"><w:basedOn w:val="Base"/></w:style>'
    )
    head = paragraph("kết luận", run(" số 5", '<w:caps w:val="0"/>'), properties='<w:pStyle w:val="Head"/>')
    assert read_source(word(head, styles=styles), "a.docx").pieces[0].text == "KẾT LUẬN số 5"


def zipped(members: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return made.getvalue()


def changed(content: bytes, name: str, inner: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for each in old.namelist():
            new.writestr(each, inner if each == name else old.read(each))
    return made.getvalue()


ENTITY = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {NAMESPACES}><w:body>{paragraph("a &x; b")}</w:body></w:document>'
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + f']><w:document {NAMESPACES}><w:body>{paragraph("b &m; c")}</w:body></w:document>'
)  # fmt: skip
GOOD = word(paragraph("Tỉnh ủy họp"))


REFUSED = {
    "cut in half": (word(*[paragraph(f"Điều {n}") for n in range(400)])[:1500], "damaged"),
    "damaged XML": (changed(GOOD, "word/document.xml", b"<w:document"), "damaged"),
    "no document": (changed(GOOD, "word/document.xml", b"<a/>"), "damaged"),
    "an entity from outside": (changed(GOOD, "word/document.xml", ENTITY.encode()), "damaged"),
    "a billion laughs": (changed(GOOD, "word/document.xml", LAUGHS.encode()), "damaged"),
    "pictures only": (word(paragraph("<w:r><w:drawing/></w:r>")), "no_text"),
}


@pytest.mark.parametrize(("content", "kind"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(content: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_source(content, "a.docx")
    assert refused.value.kind == kind
    assert "; " in str(refused.value)


needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\f0 T\u7881?nh \u7911?y h\u7885?p\par}"


@needs_office
def test_other_formats_come_through_libreoffice() -> None:
    source = read_source(RTF, "a.rtf")
    assert (source.format, [piece.text for piece in source.pieces]) == ("rtf", ["Tỉnh ủy họp"])


@needs_office
def test_spaces_in_a_row_are_as_many_as_in_rtf() -> None:
    spaced = RTF.replace(b"y h", b"y  h").replace(b"p\\par", b"p     v\\'e0 tan\\par")
    assert [piece.text for piece in read_source(spaced, "a.rtf").pieces] == ["Tỉnh ủy  họp     và tan"]


NOISE = bytes((number * 7919 >> 4) % 256 for number in range(9000))
WORDS = b"T\xe1 chu ki\xd3m tra quy dinh so 5 ngay 3 thang 4.\n" * 60
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
ODT = zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": WORDS})
GARBAGE = {
    "words behind the first bytes of a Word file": (OLD + WORDS, "a.doc"),
    "noise behind the first bytes of a Word file": (OLD + NOISE, "a.doc"),
    "words without their braces behind the first bytes of RTF": (b"{\\rtf" + WORDS, "a.rtf"),
    "noise behind the first bytes of RTF": (b"{\\rtf1" + NOISE, "a.rtf"),
    "words in place of OpenDocument's XML": (ODT, "a.odt"),
}


@needs_office
@pytest.mark.parametrize(("content", "name"), GARBAGE.values(), ids=GARBAGE)
def test_garbage_behind_the_right_first_bytes_is_no_text(content: bytes, name: str) -> None:
    with pytest.raises(ReadError, match="LibreOffice cannot open; open it and save it anew") as refused:
        read_source(content, name)
    assert refused.value.kind == "damaged"


def test_each_reader_of_old_word_files_is_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program in LibreOffice's place that knows Word 6 only."""
    from pipeline.read import converted
    from pipeline.read.options import Request

    made = tmp_path / "made.docx"
    made.write_bytes(word(paragraph("Tỉnh ủy họp")))
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *"--infilter=MS WinWord 6.0 "*)'
        f' while [ "$1" != --outdir ]; do shift; done; cp {made} "$2/a.docx";; esac\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(program))
    assert converted.read(Request(OLD, "", "doc")).pieces[0].text == "Tỉnh ủy họp"


def test_without_libreoffice_the_failure_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.read import converted
    from pipeline.read.options import Request

    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ReadError, match="apt-get install libreoffice"):
        converted.read(Request(RTF, "", "rtf"))


def test_real_files(shared: Path) -> None:
    """A decree in Word: its letterhead is clean, and nothing of its table is lost."""
    source = read_source((shared / "data" / "word" / "30_2020_ND_CP.docx").read_bytes(), "30_2020_ND_CP.docx")
    head = [piece.text.strip() for piece in source.pieces if piece.kind == "letterhead"]
    assert {"CHÍNH PHỦ", "Số: 30/2020/NĐ-CP", "Hà Nội, ngày 05 tháng 3 năm 2020"} <= set(head)
