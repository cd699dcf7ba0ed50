"""Bytes → characters: UTF-8 and UTF-16, with or without a byte order mark, the charset a page declares, or an older encoding."""

import codecs
import re

from pipeline.document import ReadError
from pipeline.read.legacy import TWICE, decode_legacy, low_letters, mend, mend_page, once

_MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be",
}  # fmt: skip
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w\-]{1,40})", re.I)
CHARSETS = ("utf", "windows-", "cp125", "iso-8859", "latin", "us-ascii", "ascii")
"""Beginnings of the names of charsets that a page may declare; Python has codecs that are none."""
OWN = "windows-1258"
"""The charset of Windows for Vietnamese; a page that declares it is believed."""
SEVEN = "utf-7"
"""A charset whose bytes are all ASCII, so that only what a page declares tells it."""
BINARY = "binary", "is not text: it holds zero bytes; remove it or convert it to text"
"""Why what holds NUL is refused."""
SAMPLE = 4096
"""Bytes in which the zero bytes of UTF-16 are counted."""


def decode(content: bytes, declared: bool = False) -> str:
    """The text of `content` in Unicode; `declared` says that it is a page, which may name its charset. ReadError if no way fits."""
    return decode_told(content, declared)[0]


def decode_told(content: bytes, declared: bool = False) -> tuple[str, tuple[str, ...]]:
    """As `decode`, with the names of the old encodings that all or some of the text was in."""
    if declared and _declared(content).lower() == SEVEN:
        return _decoded(content, SEVEN), ()
    text = _as_unicode(content)
    if text is not None:
        text, twice = once(text)
        mended, encodings = mend_page(text) if declared else mend(text)
        return mended, (TWICE, *encodings) if twice else encodings
    charset = _declared(content) if declared else ""
    noise = is_full_of_controls(content.translate(None, low_letters()))
    old = None if noise else decode_legacy(content, page=declared)
    if old and not (charset.lower() == OWN and old[1] == OWN):
        return old[0], tuple(old[1].split(","))
    if charset:
        return _decoded(content, charset), ()
    raise ReadError("encoding", _not_utf8(content))


def _as_unicode(content: bytes) -> str | None:
    """The text of UTF-8 or UTF-16; None if it is neither."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding)
    if wide := _utf16_without_mark(content):
        return _decoded(content, wide)
    if b"\x00" in content:
        raise ReadError(*BINARY)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _declared(content: bytes) -> str:
    charset = _DECLARED.search(content[:SAMPLE])
    return charset[1].decode("ascii") if charset else ""


def _decoded(content: bytes, encoding: str) -> str:
    if not encoding.lower().startswith(CHARSETS):
        raise ReadError("encoding", f"is not UTF-8, and its charset {encoding!r} is not read here; save it as UTF-8")
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise ReadError("encoding", f"is not valid {encoding}; save it as UTF-8") from error


def _not_utf8(content: bytes) -> str:
    if is_full_of_controls(content):
        return "is not text: it is full of control bytes; remove it or convert it to text"
    return f"is not UTF-8, UTF-16 or an old Vietnamese encoding (byte {_first_wrong(content)}); save it as UTF-8"


def is_full_of_controls(content: bytes) -> bool:
    """Whether more than one in fifty of the first bytes is a control that no text holds."""
    sample = content[:SAMPLE]
    return sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample) // 50  # noqa: PLR2004


def _first_wrong(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(content)


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 of mostly Latin letters has a zero byte beside nearly every letter, always on the same side."""
    sample = content[: min(SAMPLE, len(content) // 2 * 2)]
    if len(content) % 2 or len(sample) < 8:  # noqa: PLR2004
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.05 else None
