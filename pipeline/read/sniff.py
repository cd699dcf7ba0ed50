"""What a file is, told from its first bytes; of a zip, from the names in it."""

import re

from pipeline.document import Format, ReadError

SIGNATURES: dict[bytes, Format] = {b"%PDF": "pdf", b"{\\rtf": "rtf"}
"""First bytes of what is read."""
OTHERS = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"SQLite format 3": "a database",
}
"""First bytes of what is not."""
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORD_STREAM, _ENCRYPTED = ("WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
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
    for signature, name in OTHERS.items():
        if content.startswith(signature):
            raise ReadError(
                "format", f"is {name}, which is not read here; save its text as a file of text, PDF or Word"
            )
    if content.startswith(ZIP):
        return _in_zip(content, suffix)
    if content.startswith(COMPOUND):
        return _compound(content)
    known = next((kind for signature, kind in SIGNATURES.items() if content.startswith(signature)), None)
    if known or (suffix == ".pdf" and b"%PDF" in content[:PDF_HEAD]):
        return known or "pdf"
    return _text(_as_ascii(content[:HEAD]), suffix)


def _text(head: bytes, suffix: str) -> Format:
    if _MARKUP.match(head):
        return "html"
    if suffix in (".eml", ".mht", ".mhtml") or _HEADER.match(head):
        return "mht" if suffix.startswith(".mht") or _RELATED.search(head) else "eml"
    named = suffix in (".html", ".htm", ".xhtml")
    return "html" if named and _TAGS.search(head) else "text"


def _in_zip(content: bytes, suffix: str) -> Format:
    """By the names in it, which are not compressed; the list of them is read where memory is bounded."""
    if b"word/document.xml" in content:
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
    raise ReadError("format", "is an old Office file, but no Word document; save its text as one")


def _as_ascii(head: bytes) -> bytes:
    """The head without byte order mark and without the zero bytes of UTF-16."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"")
