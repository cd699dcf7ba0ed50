"""Reads one file's bytes into a Source: text here, everything else in a process of its own."""

import re
from hashlib import sha256
from pathlib import PurePath

from pipeline.document import Piece, ReadError, Source
from pipeline.read.apart import reader
from pipeline.read.encoding import BINARY, decode_told
from pipeline.read.options import AS_USUAL, ReadOptions
from pipeline.read.sniff import sniff

READABLE = (
    ".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".rtf", ".odt", ".eml", ".mht",
    ".mhtml",
)  # fmt: skip
"""Suffixes of files that are read when a folder is ingested."""
REFUSED = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".xz", ".txz", ".zst", ".cab", ".msg")
"""Suffixes of files that may hold texts and are not opened: each is a failure that says what to do."""

MOST_MARKS = 30
"""Vietnamese has two on a letter; composing a run of them takes time that grows with its square."""
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_A_MARK, _MARKS = re.compile(_MARK), re.compile(f"{_MARK}{{{MOST_MARKS + 1}}}")
_FULL_OF_MARKS = f"is not text: it holds more than {MOST_MARKS} combining marks in a row; remove it"


def read_source(content: bytes, path: str, options: ReadOptions = AS_USUAL) -> Source:
    """Read `content` of the file at `path`; ReadError says why it cannot be read."""
    if not content.strip():
        raise ReadError("empty", "is empty; remove it or fetch it again")
    kind = sniff(content, PurePath(path).suffix.lower())
    source = _plain(content) if kind == "text" else reader.read(content, kind, options)
    if any(map(_is_full_of_marks, source.pieces)):
        raise ReadError("marks", _FULL_OF_MARKS)
    return source


def _is_full_of_marks(piece: Piece) -> bool:
    """Whether a run of marks is too long: such a run has one of them at every so manieth place, which is looked at first."""
    return _A_MARK.search(piece.text[:: MOST_MARKS + 1]) is not None and _MARKS.search(piece.text) is not None


def _plain(content: bytes) -> Source:
    text, encodings = decode_told(content)
    if not any(map(str.isalnum, text)):
        raise ReadError("empty", "holds no words; remove it or fetch it again")
    if "\0" in text:
        raise ReadError(*BINARY)
    return Source(sha256(content).hexdigest(), "text", (Piece(text),), encodings=encodings)
