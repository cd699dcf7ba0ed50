"""Bytes of the fuzzer → Word, PDF, mail, zips and letterheads: small samples changed inside, so that what comes in gets past the container."""

from collections.abc import Sequence
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import lxml.etree

from pipeline.read.legacy.tables import ENCODINGS
from pipeline.read.word.package import W
from tests.fuzz import compose, edits
from tests.fuzz.bundles import DAMAGE, bundle
from tests.fuzz.edits import Stream
from tests.legacy import as_bytes, written
from tests.word import paragraph, run, table, word

BOX = "<w:r><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></w:r>"
NUMBERED = '<w:pStyle w:val="b"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
WORDS = {
    "document": (
        paragraph("Tỉnh ủy họp"),
        paragraph(run("C¸c chi bé", '<w:rFonts w:ascii=".VnTime"/>'), BOX.format(paragraph("Số 5-CV/TU")), properties=NUMBERED),
        table([["ĐẢNG CỘNG SẢN VIỆT NAM"], ["TỈNH ỦY HÀ GIANG", "Số 12-QĐ/TU"]], [["1"], ["2", "a | b"]]),
        '<w:p><w:r><w:footnoteReference w:id="1"/><w:sym w:font="VNI-Times" w:char="F0B8"/><w:br/><w:tab/></w:r></w:p>',
        f"<w:sdt><w:sdtContent>{paragraph('Nơi nhận:')}</w:sdtContent></w:sdt>",
    ),
    "styles": (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault></w:docDefaults>',
        '<w:style w:styleId="a" w:type="paragraph" w:default="1"><w:rPr><w:caps/></w:rPr></w:style>',
        '<w:style w:styleId="b"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>',
    ),
    "numbering": (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>',
        '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>',
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>',
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>',
    ),
    "footnotes": (f'<w:footnote w:id="1">{paragraph("Xem Luật Đất đai")}</w:footnote>', '<w:footnote w:id="0" w:type="separator"/>'),
    "header1": (paragraph("CÔNG BÁO/Số 12"),),
}  # fmt: skip
"""Parts of a Word file with what is in them."""
ELEMENTS = tuple(
    f"{W}{name}" for name in (
        "p", "r", "t", "tbl", "tr", "tc", "txbxContent", "drawing", "pict", "sdt", "sdtContent", "ins", "del", "moveTo", "moveFrom", "hyperlink",
        "fldSimple", "footnoteReference", "endnoteReference", "sym", "tab", "br", "softHyphen", "noBreakHyphen", "pPr", "rPr", "trPr", "rFonts",
        "caps",
        "vanish", "pStyle", "rStyle", "numPr", "ilvl", "numId", "style", "basedOn", "abstractNum", "lvl", "start", "numFmt", "lvlText", "num",
        "lvlOverride", "startOverride", "abstractNumId", "footnote", "body", "docDefaults", "rPrDefault",
    )
)  # fmt: skip
"""What Word files are made of."""
_VALUES = {
    "val": ("a", "b", "0", "1", "2", "8", "9", "10", "-1", "99999999", "٣", "decimal", "upperRoman", "lowerLetter", "bullet", "none",
    "decimalZero", "%1", "%1%2%3%9", "false"),
    "id": ("0", "1", "-1", ""), "type": ("paragraph", "separator", "character"), "styleId": ("a", "b", "c", ""), "numId": ("0", "1", "2"),
    "ilvl": ("0", "1", "8", "9", "-1"), "abstractNumId": ("0", "1"), "ascii": (".VnTime", ".VnTimeH", "VNI-Times", "Arial", "VPS Times", ""),
    "font": (".VnTime", "Symbol", "VNI-Times"), "char": ("F0B8", "00AE", "D800", "110000", "-1", "0", "FFFE", "x", "0041"), "default": ("1", "0"),
}  # fmt: skip
ATTRIBUTES = tuple((f"{W}{name}", value) for name, values in _VALUES.items() for value in values)


@cache
def _sample_parts() -> dict[str, lxml.etree._Element]:
    blocks, *rest = ("".join(inner) for inner in WORDS.values())
    file = word(blocks, **dict(zip([*WORDS][1:], rest, strict=True)))
    with ZipFile(BytesIO(file)) as package:
        return {name: lxml.etree.fromstring(package.read(name)) for name in package.namelist() if "word/" in name}


def docx(data: bytes) -> bytes:
    """Parts of a Word file, each changed here and there."""
    take, parts = Stream(data), list[tuple[str, bytes]]()
    for name, sample in _sample_parts().items():
        if take() < 250:
            parts.append((name, edits.tree(take, sample, ELEMENTS, ATTRIBUTES, take() % 24)))
    return bundle([*parts, *_damage(take)])


def _damage(take: Stream) -> list[tuple[str, bytes]]:
    """Seldom, changes to the bytes of the file itself."""
    if not take or take() < 200:
        return []
    return [(DAMAGE, bytes(take() for _ in range(3 * (take() % 8))))]


HEADS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐOÀN TNCS HỒ CHÍ MINH", "TỈNH ỦY HÀ GIANG", "*",
    "-----", "ỦY BAN NHÂN DÂN", "TỈNH NINH THUẬN", "Số: 12/QĐ-UBND", "Số 5-CT/TU", "Số:    /BC-SXD", "Hà Giang, ngày 5 tháng 9 năm 2023",
    "ngày   tháng   năm 2024",
    "QUYẾT ĐỊNH", "CHỈ THỊ", "V/v bảo trì chung cư", "Kính gửi: Sở Xây dựng", "Về việc khoán rừng", "Căn cứ Luật Thủy sản;", "QUYẾT ĐỊNH:",
    "Điều 1. Khoán rừng.",
    "Nơi nhận:", "- Lưu: VT.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "Nguyễn Thị Bích", "(Đã ký)", "DỰ THẢO", "SAO Y BẢN CHÍNH",
    "PHỤ LỤC",
    "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 5/9/2023 của UBND tỉnh)", "Số ký hiệu | 12/QĐ-UBND", "Ngày ban hành: 05/09/2023",
    "Người ký: Lê Văn A",
    "Loại văn bản", "Cơ quan ban hành", "Ký bởi: Văn phòng", "Thời gian ký: 05/09/2023 10:20", "|---|---|", "| **A**<br>B | C |", "   \t   ", "",
    "|", "**", "<br>",
)  # fmt: skip
"""Lines of letterheads and signature blocks."""
SHEETS: tuple[Sequence[str], ...] = (
    (*HEADS[4:6], HEADS[10], HEADS[2], HEADS[11], HEADS[15], "về giữ di tích", *HEADS[19:22], *HEADS[22:28]),
    (f"{HEADS[7]:<48}{HEADS[0]}", f"{HEADS[8]:<48}{HEADS[1]}", f"{HEADS[9]:<48}{HEADS[11]}", "", *HEADS[14:30]),
    (
        "| TỈNH ỦY HÀ GIANG<br>* | ĐẢNG CỘNG SẢN VIỆT NAM |",
        "|---|---|",
        f"| {HEADS[10]} | *{HEADS[11]}* |",
        "",
        *HEADS[15:24],
    ),
    (*HEADS[33:39], HEADS[0], HEADS[9], HEADS[14], *HEADS[19:28]),
    (HEADS[31], "Danh mục", HEADS[32], *HEADS[22:28]),
    (),
)
"""Documents, their lines."""


def letterhead(data: bytes) -> bytes:
    """A document with its lines changed; a bar alone on its line ends a piece."""
    take = Stream(data)
    made = edits.lines(take, take.pick(SHEETS), _head_line)
    return "\n".join(made)[: compose.LONGEST].encode()


def _head_line(take: Stream) -> str:
    what = take()
    if what < 120:
        return take.pick(HEADS)
    if what < 170:
        return take.pick((" " * 40, "\t", "   ", " | ", " ")).join((take.pick(HEADS), take.pick(HEADS)))
    return "\n|\n" if what > 250 else take.words()


FONTS = ("Arial", ".VnTime", ".VnTimeH", "VNI-Times", "VPS Times Hoa", "VNtimes", ".VnArial,Bold", "")


def runs(data: bytes) -> bytes:
    """Runs of a paragraph: a line each, the name of a font and a text that it may draw."""
    take, made = Stream(data), list[str]()
    while take and len(made) < 100:
        text = take.words().replace("\n", " ")
        made.append(f"{take.pick(FONTS)}\t{_encoded(take, text)}")
    return "\n".join(made)[: compose.LONGEST].encode("utf-8", "replace")


def legacy(data: bytes) -> bytes:
    """Lines in old encodings, in UTF-8, or of any bytes."""
    take, made = Stream(data), list[bytes]()
    while take and sum(map(len, made)) < compose.LONGEST:
        text = compose.VALUES[take() % len(compose.VALUES)] if take() > 240 else _sentence(take)
        what = take()
        if what < 180:
            made.append(as_bytes(_known(written(text, ENCODINGS[what % len(ENCODINGS)]))))
        elif what < 230:
            made.append(text.encode())
        else:
            made.append(bytes(take() for _ in range(what % 16)))
        made.append(take.pick((b"\n", b"\n", b"\r\n", b" ", b"\r", b"\x85", b"<p>", b"&#184;", b"\n\n")))
    return b"".join(made)


def _sentence(take: Stream) -> str:
    stock = compose.stock()
    return stock[take.wide() % len(stock)] if take() % 2 else take.words()


def _encoded(take: Stream, text: str) -> str:
    what = take() % (len(ENCODINGS) + 2)
    return _known(written(text, ENCODINGS[what])) if what < len(ENCODINGS) else text


def _known(look: str) -> str:
    """Characters that bytes look like."""
    return "".join(char if _is_byte(char) else "?" for char in look)


def _is_byte(char: str) -> bool:
    return char < "\u0100" or bool(char.encode("cp1252", "ignore"))


MAIL = (
    "MIME-Version: 1.0", "Subject: =?utf-8?b?SOG7jXA=?=", "Date: Mon, 5 Sep 2022 10:00:00 +0700", "From: a@b",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "Content-Type: text/html; charset=x-unknown", "", "--b",
    "--b--",
    "--c", "--c--", "Content-Type: multipart/mixed; boundary=b", 'Content-Type: multipart/related; boundary="c"', "Content-Type: message/rfc822",
    'Content-Disposition: attachment; filename="a.txt"', "Content-Disposition: attachment; filename*=utf-8''%C4%90.docx",
    "Content-Type: text/plain; name*0=a; name*1=.zip",
    "Content-Type: text/plain; charset=utf-7", "Content-Type: text/plain; charset=rot13", "Content-Transfer-Encoding: x-uuencode",
    "begin 644 a.txt", "end",
    "VGluaCB1eSBob3A=", "T=E1=BB=BB=A7nh =00 =ED=A0=80",
    "<html><body><h1>Tỉnh ủy họp</h1><p>Cấp ủy các cấp triển khai 12 nhiệm vụ.</p></body></html>", "Tỉnh ủy họp.",
    'Content-Disposition: attachment; filename="=?utf-8?q?=ED=A0=80?="', "Date: Mon, 99 Foo 99999 25:61:61 +9999", "Date: 0",
    "Subject: =?x?q?=ff?= \x00", " folded",
    "Content-Type: text/plain; charset*=utf-16''x", "Content-Type: text/plain; charset=tcvn3",
    'Content-Disposition: attachment; filename="../../a\x00.txt"',
    "Content-Type: ;", "Content-Type: text/", "Content-Type: message/external-body", "Content-Type: message/delivery-status",
    "Content-Type: text/plain; charset=utf-16",
)  # fmt: skip
"""Lines of mails."""
LETTERS: tuple[Sequence[str], ...] = (
    (*MAIL[:5], "", "Tỉnh ủy họp."),
    (*MAIL[:4], MAIL[13], "", "--b", *MAIL[4:6], "", MAIL[24], "--b", MAIL[4], *MAIL[16:17], "", "Điều 1", "--b--"),
    (*MAIL[:4], MAIL[14], "", "--c", "Content-Type: text/html; charset=utf-8", "", MAIL[26], "--c", "Content-Type: image/png", MAIL[5], "",
    "AAAA", "--c--"),
    (*MAIL[:4], MAIL[13], "", "--b", MAIL[15], "", *MAIL[:5], "", "Kính gửi", "--b--"),
)  # fmt: skip


def mail(data: bytes) -> bytes:
    """A mail with its lines changed; some of its letters are bytes that are no UTF-8."""
    take = Stream(data)
    wrong = take() > 200
    made = edits.lines(take, take.pick(LETTERS), lambda take: take.pick(MAIL) if take() < 200 else take.words())
    whole = "\n".join(made)[: compose.LONGEST]
    return whole.encode("utf-8").replace(b"\xe1", b"\xff") if wrong else whole.encode("utf-8")


MEMBERS = (
    "a.txt", "bài/b.html", "c.zip", "c.zip!d.txt", "c.zip!e.zip!f.txt", "c.zip!e.zip!g.zip!h.zip!i.txt", "m.eml", "c.zip!m.eml",
    "../../etc/a.txt", "/abs.txt", "C:\\b.txt",
    "d/", "", ".", "a\\0b.txt", "\\0", "//", "a/./../b.txt", "é" * 200, "a.txt", ".ẩn/a.txt", "__MACOSX/._a", "CON.txt", "a.ZIP", "A.EML",
    "a.docx", "\ufffe.txt",
)  # fmt: skip
"""Names in zips."""


def archive(data: bytes) -> bytes:
    """Files in a zip, some of them zips and mails, some of them damaged."""
    take, parts = Stream(data), list[tuple[str, bytes]]()
    while take and len(parts) < 40:
        name = take.pick(MEMBERS) if take() < 230 else take.words()
        content = _mail_with(take.words()) if name.lower().endswith(".eml") else take.words().encode()
        parts.append(("".join(name.split("\n")), content))
        parts += [(f"c.zip!{DAMAGE}", each) for _, each in _damage(take)]
    return bundle([*parts, *_damage(take)])


def _mail_with(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Chuyển văn bản"
    message.set_content("Kèm theo.")
    message.add_attachment(text.encode(), maintype="application", subtype="zip", filename="kèm.zip")
    return bytes(message)
