"""What a file is, told from its first bytes."""

import re

from pipeline.document import Format, ReadError

SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word document or another zip",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
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
_MARKUP = re.compile(
    rb"\s*+(?>(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->)\s*+){0,5}+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = re.compile(rb"<(?:p|div|br|table|span|meta|title|h[1-6])\b[^>]{0,300}>", re.I)
HEAD = 4096
"""Bytes that are looked at; enough for a saved page's comments before its first tag."""


def sniff(content: bytes, suffix: str) -> Format:
    """The format of `content`; ReadError if it is none that is read here.

    `suffix` is that of the file's name, in lower case with its dot; it decides for a fragment of HTML.
    """
    for signature, name in SIGNATURES.items():
        if content.startswith(signature):
            raise ReadError("format", f"is {name}, which this version does not read; convert it to text or HTML")
    head = _as_ascii(content[:HEAD])
    if _MARKUP.match(head):
        return "html"
    named = suffix in (".html", ".htm", ".xhtml")
    return "html" if named and _TAGS.search(head) else "text"


def _as_ascii(head: bytes) -> bytes:
    """The head without byte order mark and without the zero bytes of UTF-16."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\x00", b"")
