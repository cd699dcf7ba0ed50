"""Files as archives hold them: named for what they are not, saved in odd ways, packed in what is not opened. All in one batch."""

import gzip
import os
import stat
import tarfile
from html import escape
from io import BytesIO
from pathlib import Path
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from pipeline.archives import members
from pipeline.document import ReadError
from pipeline.query.database import open_readonly
from pipeline.read import read_source
from pipeline.run import ingest
from tests.legacy import as_bytes, written
from tests.word import NAMESPACES, paragraph, table, word

LINE = "Thực hiện Quy định số 682-QĐ/TU ngày 14/9/2017 của Ban Thường vụ Tỉnh ủy về công tác cán bộ."
LINES = "\n".join(f"{LINE} Việc thứ {number} là của cấp ủy các cấp." for number in range(6))
ARTICLE = "<h1>Tỉnh ủy ban hành quy định mới</h1>" + "".join(f"<p>{escape(line)}</p>" for line in LINES.split("\n"))
BODY = f"<w:document {NAMESPACES}><w:body>{paragraph(LINE)}</w:body></w:document>"


def page(head: str = "", body: str = ARTICLE) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def zipped(members: dict[str, bytes | str]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = ZipInfo()
            info.filename = name
            archive.writestr(info, content)
    return made.getvalue()


def renamed(name: bytes) -> bytes:
    """A zip of one text whose name is these bytes, without the flag of UTF-8."""
    plain = b"a" * (len(name) - 4) + b".txt"
    return zipped({plain.decode(): LINES}).replace(plain, name)


def tar() -> bytes:
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = len(LINES.encode())
        archive.addfile(entry, BytesIO(LINES.encode()))
    return made.getvalue()


def rtf() -> bytes:
    coded = "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in LINES.replace("\n", "\\par "))
    return b"{\\rtf1\\ansi{\\fonttbl{\\f0 Times New Roman;}}\\f0 " + coded.encode("ascii") + b"\\par}"


def old(size: int, folder: int, stream: str = "") -> bytes:
    """The head of a compound file whose folder begins in the sector `folder`."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40) + pack("<I", folder)
    return head + stream.encode("utf-16-le") + bytes(size)


WORD_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    f'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>{paragraph(LINE)}</wx:sect></w:body></w:wordDocument>'
)
FLAT = (
    '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{BODY}</pkg:xmlData></pkg:part>'
    f'<pkg:part pkg:name="/word/header1.xml"><pkg:xmlData><w:hdr {NAMESPACES}>{paragraph("Đầu trang")}</w:hdr></pkg:xmlData></pkg:part></pkg:package>'
)
STRICT = BODY.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
SMART = (
    '<w:p><w:smartTag w:element="place"><w:r><w:t xml:space="preserve">Hà Nội: </w:t></w:r></w:smartTag>'
    f'<w:fldSimple w:instr="DATE"><w:r><w:t>{LINE}</w:t></w:r></w:fldSimple></w:p>'
)
MAIL = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset={}\r\n\r\n"
GOOD: dict[str, bytes] = {
    "a page.pdf": page().encode(),
    "a Word file.pdf": word(paragraph(LINE)),
    "a text.pdf": LINES.encode(),
    "a page.doc": page().encode(),
    "RTF.doc": rtf(),
    "a Word file.doc": word(paragraph(LINE)),
    "a text.doc": LINES.encode(),
    "XML of Word 2003.doc": WORD_2003.encode(),
    "XML in one file.docx": FLAT.encode(),
    "with macros.docm": word(paragraph(LINE)),
    "a template.dotx": word(paragraph(LINE)),
    "strict.docx": zipped({"word/document.xml": STRICT}),
    "a second document.docx": zipped({"word/document2.xml": BODY}),
    "backslashes.docx": zipped({"word\\document.xml": BODY}),
    "UTF-16 inside.docx": zipped(
        {"word/document.xml": f'<?xml version="1.0" encoding="UTF-16"?>{BODY}'.encode("utf-16")}
    ),
    "a table in a table.docx": word(f"<w:tbl><w:tr><w:tc>{table([['trong', LINE]])}</w:tc></w:tr></w:tbl>"),
    "smart tags.docx": word(SMART),
    "a wrong charset.html": page("<meta charset=windows-1252>").encode(),
    "a wrong charset too.html": as_bytes(written(page("<meta charset=utf-8>"), "windows-1258")),
    "windows-1258.html": as_bytes(written(page("<meta charset=windows-1258>"), "windows-1258")),
    "UTF-16.html": page().encode("utf-16"),
    "UTF-16 without a mark.html": page().encode("utf-16-le"),
    "UTF-32.html": page().encode("utf-32"),
    "UTF-7.html": b"<html><head><meta charset=utf-7></head><body>" + ARTICLE.encode("utf-7"),
    "numbers for letters.html": page(
        body=ARTICLE.encode("ascii", "xmlcharrefreplace").decode() + "&#0;&#xD800;&nbsp;&no;"
    ).encode(),
    "TCVN3 in fonts.html": as_bytes(
        written(page(body=f"<font face='.VnTime'>{ARTICLE.replace('h1>', 'b>')}</font>"), "tcvn3")
    ),
    "UTF-32.txt": LINES.encode("utf-32"),
    "lines of Macintosh.txt": LINES.replace("\n", "\r").encode(),
    "colours of a terminal.txt": f"\x1b[31m{LINES}\x1b[0m".encode(),
    "a mail without heads.eml": LINES.encode(),
    "an unknown charset.eml": MAIL.format("x-unknown").encode() + LINES.encode(),
    "UTF-7.eml": MAIL.format("utf-7").encode() + LINES.encode("utf-7"),
}
"""Each comes in with its text."""
BAD: dict[str, tuple[bytes, str, str]] = {
    "RAR.rar": (b"Rar!\x1a\x07\x00" + bytes(50), "format", "unpack it"),
    "RAR.zip": (b"Rar!\x1a\x07\x00" + bytes(50), "format", "unpack it"),
    "7z.docx": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "format", "unpack it"),
    "tar.tar": (tar(), "format", "unpack it"),
    "tar.txt": (tar(), "format", "unpack it"),
    "gzip.tgz": (gzip.compress(tar()), "format", "unpack it"),
    "bzip2.txt": (b"BZh91AY&SY" + bytes(range(100)), "format", "unpack it"),
    "xz.xz": (b"\xfd7zXZ\x00" + bytes(90), "format", "unpack it"),
    "PostScript.pdf": (b"%!PS-Adobe-3.0\n(abc) show\n", "format", "print it to PDF"),
    "Word 2.doc": (b"\xdb\xa5\x2d\x00" + bytes(500), "format", "Word 2"),
    "Write.doc": (b"1\xbe\x00\x00\x00\xab" + bytes(400), "format", "Windows Write"),
    "cut short.doc": (old(600, 90), "truncated", "breaks off before its end"),
    "a sheet.doc": (old(600, 0, "Workbook"), "format", "no Word document"),
    "Outlook.msg": (old(600, 0, "__properties_version1.0"), "format", "save it as .eml"),
    "winmail.dat": (b"\x78\x9f\x3e\x22" + bytes(90), "format", "open the mail in Outlook"),
    "a sheet.docx": (zipped({"xl/workbook.xml": b"<a/>"}), "format", "no Word document"),
    "nothing.zip": (zipped({}), "empty", "holds nothing"),
    "only a mark.txt": (b"\xff\xfe", "empty", "holds no words"),
    "only spaces.txt": ("\u00a0\u200b\u3000\n".encode() * 30, "empty", "holds no words"),
    "no base64.eml": (
        b"MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!@@@###not base64 at all???",
        "encoding",
        "save it",
    ),
    "heads only.eml": (b"From: a@b\r\nDate: bogus\r\nMIME-Version: 1.0\r\n\r\n", "no_text", "holds no text of its own"),
    "frames.html": (
        b'<html><frameset><frame src="a.html"><frame src="b.html"></frameset></html>',
        "no_article",
        "holds no article",
    ),
}
"""Each is a failure of this kind that says so."""


Stored = tuple[dict[str, str], dict[str, tuple[str, str]]]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """The texts and the failures of one run over all files, by path."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "kho").mkdir()
    for name, content in [*GOOD.items(), *((name, bad[0]) for name, bad in BAD.items())]:
        (folder / "kho" / name).write_bytes(content)
    (folder / "kho" / "~$a.docx").write_bytes(b"\x05User" + b" " * 157)
    tally = ingest([folder / "kho"], folder / "a.db")
    assert tally.ignored == 1
    with open_readonly(folder / "a.db") as conn:
        texts = dict(conn.execute("SELECT s.path, t.text FROM sources s JOIN texts t ON t.id = s.text_id"))
        failures = {path: (kind, said) for path, kind, said in conn.execute("SELECT path, kind, message FROM failures")}
    return texts, failures


def test_every_file_is_a_text_or_a_failure(stored: Stored) -> None:
    texts, failures = stored
    assert set(failures) == set(BAD)
    assert set(texts) == set(GOOD)


@pytest.mark.parametrize("name", GOOD)
def test_it_comes_in_with_its_text(name: str, stored: Stored) -> None:
    text = stored[0][name]
    assert LINE in text
    assert not [mark for mark in ("<w:", "<p>", "\\u", "+AR") if mark in text]


@pytest.mark.parametrize("name", BAD)
def test_it_says_why_it_does_not(name: str, stored: Stored) -> None:
    _, kind, words = BAD[name]
    assert (stored[1][name][0], words in stored[1][name][1], "; " in stored[1][name][1]) == (kind, True, True), stored[
        1
    ][name]


NAMES = {
    "UTF-8 that does not say so": ("Nghị định.txt".encode(), "Nghị định.txt"),
    "windows-1258": ("Nghiê\u0323 đi\u0323nh.txt".encode("cp1258"), "Nghiệ định.txt"),
    "code page 437": ("café.txt".encode("cp437"), "café.txt"),
}


@pytest.mark.parametrize(("packed", "name"), NAMES.values(), ids=NAMES)
def test_names_in_zips(packed: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(renamed(packed))
    ((shown, member),) = members(tmp_path / "a.zip")
    assert shown == name
    assert member.read(10_000) == LINES.encode()


def test_links_pipes_and_names_of_devices_in_zips(tmp_path: Path) -> None:
    link = ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        for name in ("CON.txt", "C:\\Windows\\a.txt", "/etc/b.txt", "x" * 60_000 + ".txt", "a\nb.txt"):
            archive.writestr(name, LINES)
    assert [name[-20:] for name, _ in members(tmp_path / "a.zip")] == [
        "etc/b.txt", "Windows/a.txt", "CON.txt", "a\nb.txt", "x" * 16 + ".txt",
    ]  # fmt: skip


def test_a_mail_in_a_mail_is_a_file_of_its_own(tmp_path: Path) -> None:
    from email.message import EmailMessage

    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"], outer["Subject"] = "Gốc", "Chuyển tiếp"
    inner.set_content(LINES)
    inner.add_attachment(word(paragraph(LINE)), maintype="application", subtype="x", filename="công văn.docx")
    outer.set_content("Kính chuyển các đồng chí.")
    outer.add_attachment(inner)
    (tmp_path / "a.eml").write_bytes(bytes(outer))
    ingest([tmp_path], tmp_path / "a.db")
    with open_readonly(tmp_path / "a.db") as conn:
        texts = dict(conn.execute("SELECT s.path, t.text FROM sources s JOIN texts t ON t.id = s.text_id"))
    assert {path: LINE in text for path, text in texts.items()} == {
        "a.eml": False, "a.eml/Gốc.eml": True, "a.eml/Gốc.eml/công văn.docx": True,
    }  # fmt: skip


NESTS = {
    "parts in parts": b"".join(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at)
        for at in range(5000)
    ),
    "mails in mails": b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" * 5000,
}


@pytest.mark.parametrize("content", NESTS.values(), ids=NESTS)
def test_a_mail_that_is_nested_too_deeply_costs_only_itself(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(content + b"Content-Type: text/plain\r\n\r\nabc\r\n")
    (tmp_path / "b.txt").write_text(LINES, "utf-8")
    tally = ingest([tmp_path], tmp_path / "a.db")
    assert tally.added == 1
    assert tally.failed == [("a.eml", "is nested too deeply to be read; open it and save it anew")]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root opens /proc/kmsg")
def test_a_file_that_has_nothing_yet_costs_only_itself(tmp_path: Path) -> None:
    """Reading without waiting gives nothing at all where a device has nothing to say; it is a link to a plain file."""
    (tmp_path / "kernel.txt").symlink_to("/proc/kmsg")
    (tmp_path / "a.txt").write_text(LINES, "utf-8")
    assert ingest([tmp_path], tmp_path / "a.db").added >= 1


def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").symlink_to("a.pdf")
    tally = ingest([tmp_path], tmp_path / "a.db")
    assert tally.failed == [("a.pdf", "is a link that leads back to itself; remove it")]


def test_parts_of_flat_xml() -> None:
    source = read_source(FLAT.encode(), "a.xml")
    assert [(piece.text, piece.kind) for piece in source.pieces] == [(LINE, None), ("Đầu trang", "boilerplate")]


def test_flat_xml_without_a_body_is_damaged() -> None:
    with pytest.raises(ReadError) as refused:
        read_source(FLAT.replace("/word/document.xml", "/word/documentx.xml").encode(), "a.docx")
    assert refused.value.kind == "damaged"
