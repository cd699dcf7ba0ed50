"""Bytes in an old encoding, or in several → text."""

import re

from pipeline.read.legacy.mend import mend_all, mend_page
from pipeline.read.legacy.tables import looks

_CHANCE = re.compile("[\x80-\x9fĀāĄ-ďĒ-ħĪ-ŧŪ-ƟƢ-ƮƱ-\u02ff\u0324-\u1dff]")
"""What two letters of an old encoding are if they happen to be valid as UTF-8: no letter of Vietnamese, such as the Cyrillic И."""
_LOOKS = [looks(byte) for byte in range(0x100)]


def decode_legacy(content: bytes, page: bool = False) -> tuple[str, str] | None:
    """The text of bytes that are not UTF-8, and the encodings they are in, the commonest first, with commas; None if none is likely.

    Lines in UTF-8 among the others are read as such. `page` says that it is HTML.
    """
    text = looking(content)
    mended, encodings = mend_page(text) if page else mend_all(text)
    return (mended, ",".join(encodings)) if encodings else None


def looking(content: bytes) -> str:
    r"""Bytes as what they look like: lines of UTF-8 as that, others as windows-1252 with a character for each byte.

    >>> looking("Nghị quyết".encode() + b"\nQuy\xd5t \xae\xden")
    'Nghị quyết\nQuyÕt ®Þn'
    """
    return "".join(map(_line, content.splitlines(keepends=True)))


def _line(line: bytes) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = "\x80"
    return line.decode("latin-1").translate(_LOOKS) if _CHANCE.search(text) else text
