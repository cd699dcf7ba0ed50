"""Reads one file's bytes into a Source."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath

from pipeline.document import Piece, ReadError, Source
from pipeline.read.encoding import decode_told
from pipeline.read.sniff import sniff

READABLE = (".txt", ".md", ".html", ".htm")
"""Suffixes of files that are read when a folder is ingested."""
UNREADABLE = (".pdf", ".doc", ".docx", ".rtf", ".odt", ".eml", ".mht", ".zip")
"""Suffixes of documents that this version cannot read: each becomes a failure that says so."""

MOST_MARKS = 30
"""Vietnamese has two on a letter; composing a run of them takes time that grows with its square."""
_MARKS = re.compile(rf"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{MOST_MARKS + 1}}}")


def read_source(content: bytes, path: str) -> Source:
    """Read `content` of the file at `path`; ReadError says why it cannot be read."""
    if not content.strip():
        raise ReadError("empty", "is empty; remove it or fetch it again")
    kind = sniff(content, PurePath(path).suffix.lower())
    text, encodings = decode_told(content, declared=kind == "html")
    if _MARKS.search(text):
        raise ReadError("marks", f"is not text: it holds more than {MOST_MARKS} combining marks in a row; remove it")
    digest = sha256(content).hexdigest()
    if kind == "html":
        from pipeline.read.html import read_html  # noqa: PLC0415  (trafilatura takes 0.2 s to import)

        return replace(read_html(text, digest), encodings=encodings)
    if not text.strip():
        raise ReadError("empty", "holds only white space; remove it or fetch it again")
    return Source(digest, "text", (Piece(text),), encodings=encodings)
