"""What a file is, told from its first bytes; of a zip, from the names in it."""

import re

from pipeline.document import Format, ReadError

SIGNATURES: dict[bytes, Format] = {b"%PDF": "pdf", b"{\\rtf": "rtf"}
"""First bytes of what is read."""
_PICTURE, _PACKED = "a picture", "a packed archive"
_SAVE, _UNPACK = "save its text as a file of text, PDF or Word", "unpack it, or pack it anew as a zip"
OTHERS = {
    b"\x89PNG": (_PICTURE, _SAVE),
    b"\xff\xd8\xff": (_PICTURE, _SAVE),
    b"GIF8": (_PICTURE, _SAVE),
    b"II*\x00": (_PICTURE, _SAVE),
    b"MM\x00*": (_PICTURE, _SAVE),
    b"\x1f\x8b": (_PACKED, _UNPACK),
    b"7z\xbc\xaf": (_PACKED, _UNPACK),
    b"Rar!": (_PACKED, _UNPACK),
    b"BZh91AY&SY": (_PACKED, _UNPACK),
    b"\xfd7zXZ\x00": (_PACKED, _UNPACK),
    b"\x28\xb5\x2f\xfd": (_PACKED, _UNPACK),
    b"MSCF\x00": (_PACKED, _UNPACK),
    b"\x78\x9f\x3e\x22": ("what Outlook packs attachments into", "open the mail in Outlook and save what is attached"),
    b"%!PS": ("PostScript", "print it to PDF"),
    b"\xdb\xa5": ("a document of Word 2", _SAVE),
    b"1\xbe\x00\x00": ("a document of Windows Write", _SAVE),
    b"SQLite format 3": ("a database", _SAVE),
}
"""First bytes of what is not, what it is, and what to do."""
TAR, TAR_AT = b"ustar", 257
"""What stands in a tar, and where."""
NOTHING = b"PK\x05\x06"
"""First bytes of a zip that holds nothing."""
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORD_STREAM, _ENCRYPTED, _MAIL_STREAM = (
    name.encode("utf-16-le") for name in ("WordDocument", "EncryptedPackage", "__properties_version1.0")
)
_FOLDER_AT, _SECTOR = 48, 512
"""Where a compound file says in which of its sectors its folder begins, and bytes of a sector (MS-CFB, version 3)."""
_WORD = re.compile(rb"word[/\\]document\d{0,3}\.xml")
_WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package)\s")
_MARKUP = re.compile(
    rb"\s*+(?>(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->)\s*+){0,5}+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = re.compile(rb"<(?:p|div|br|table|span|meta|title|h[1-6])\b[^>]{0,300}>", re.I)
_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n){0,50}){0,60}?MIME-Version:", re.I
)
_RELATED = re.compile(rb"^Content-Type:\s{0,20}multipart/related", re.I | re.M)
HEAD = 4096
"""Bytes that are looked at; enough for a saved page's comments before its first tag."""
PDF_HEAD = 1024
"""Bytes in which a PDF may begin."""


def sniff(content: bytes, suffix: str) -> Format:
    """The format of `content`; ReadError if it is none that is read here.

    `suffix` is that of the file's name, in lower case with its dot; it decides for a fragment of HTML and for a mail.
    """
    _refuse(content)
    if content.startswith(ZIP):
        return _in_zip(content, suffix)
    if content.startswith(COMPOUND):
        return _compound(content)
    known = next((kind for signature, kind in SIGNATURES.items() if content.startswith(signature)), None)
    if known or (suffix == ".pdf" and b"%PDF" in content[:PDF_HEAD]):
        return known or "pdf"
    return _text(_as_ascii(content[:HEAD]), suffix)


def _refuse(content: bytes) -> None:
    """ReadError for what is known and not read."""
    known = next((said for signature, said in OTHERS.items() if content.startswith(signature)), None)
    name, todo = known or ((_PACKED, _UNPACK) if content[TAR_AT:].startswith(TAR) else ("", ""))
    if name:
        raise ReadError("format", f"is {name}, which is not read here; {todo}")
    if content.startswith(NOTHING):
        raise ReadError("empty", "is a zip that holds nothing; remove it or fetch it again")


def _text(head: bytes, suffix: str) -> Format:
    if _WORD_XML.search(head):
        return "docx"
    if _MARKUP.match(head):
        return "html"
    if suffix in (".eml", ".mht", ".mhtml") or _HEADER.match(head):
        return "mht" if suffix.startswith(".mht") or _RELATED.search(head) else "eml"
    named = suffix in (".html", ".htm", ".xhtml")
    return "html" if named and _TAGS.search(head) else "text"


def _in_zip(content: bytes, suffix: str) -> Format:
    """By the names in it, which are not compressed; the list of them is read where memory is bounded."""
    if _WORD.search(content):
        return "docx"
    if b"application/vnd.oasis.opendocument.text" in content[:HEAD]:
        return "odt"
    if suffix == ".zip":
        raise ReadError(
            "archive", "cannot be opened as a zip (damaged, protected, too large, or too deep in others); unpack it"
        )
    raise ReadError("format", "is a zip or Office file, but no Word document; name it .zip if it holds files to read")


def _compound(content: bytes) -> Format:
    """Old Word files, spreadsheets and Word files with a password are all folders of streams, with the names in UTF-16."""
    if _ENCRYPTED in content:
        raise ReadError("encrypted", "is protected by a password; save it without one")
    if _WORD_STREAM in content:
        return "doc"
    if _MAIL_STREAM in content:
        raise ReadError("format", "is a mail of Outlook (.msg), which is not read here; save it as .eml")
    if _SECTOR <= len(content) <= (int.from_bytes(content[_FOLDER_AT : _FOLDER_AT + 4], "little") + 1) * _SECTOR:
        raise ReadError("truncated", "breaks off before its end; fetch it again")
    raise ReadError("format", "is an old Office file, but no Word document; save its text as one")


def _as_ascii(head: bytes) -> bytes:
    """The head without byte order mark and without the zero bytes of UTF-16."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"")
