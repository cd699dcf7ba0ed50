"""Converts what is in an old encoding in a text of which the rest may be Unicode, line by line."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from pipeline.read.legacy.convert import convert
from pipeline.read.legacy.detect import ODD, detect, gains, words
from pipeline.read.legacy.syllables import likelihood
from pipeline.read.legacy.tables import LATER, PLAIN, Encoding, table

TELLTALES = "®µ\u00ad¸Öñ§ªöäøïûåÑëüÇÜ¶æðßÞÐ¹·"
"""Signs that an old encoding may be there: frequent letters of each, none of them a letter of Vietnamese.

One of them is in 95 % of stretches of eight words in TCVN3, 97 % in VNI, 88 % in VPS and VISCII (of 3,000 from news, encoded).
"""
ALONE = "·©»¼½¾¨"
"""Signs that are no letters of TCVN3 where they stand alone: no word of Vietnamese is ã, â, ằ, ẳ, ẵ, ắ or ă."""
_ENDS, _ENDS_OR_TAGS = re.compile(r"([\r\n]+)"), re.compile(r"([\r\n<>]+)")
_REFERENCE = re.compile(r"&(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
_TELLTALE = re.compile(f"[{TELLTALES}]")
_LATER = re.compile(LATER)


class _Line(NamedTuple):
    """What a line is in: an old encoding, surely Unicode, or neither is known; `odd` says that it is more than ASCII."""

    odd: bool = False
    unicode: bool = False
    encoding: Encoding | None = None

    @property
    def known(self) -> bool:
        return self.unicode or self.encoding is not None


def mend(text: str) -> tuple[str, tuple[Encoding, ...]]:
    r"""The text in Unicode, and the encodings that lines of it were in; a short line is taken to be in what its neighbours are in.

    >>> mend("Nghị quyết số 5-NQ/TW\nChØ thÞ cña Ban BÝ th\u00ad Trung \u00ad¬ng §¶ng\nHµ Néi")
    ('Nghị quyết số 5-NQ/TW\nChỉ thị của Ban Bí thư Trung ương Đảng\nHà Nội', ('tcvn3',))
    """
    return mend_all(text) if _is_suspicious(text) else (text, ())


def mend_page(page: str) -> tuple[str, tuple[Encoding, ...]]:
    """As `mend`, for HTML: tags end a line, and letters may be written as references.

    >>> mend_page("<b>B&eacute; Ch&Yacute;nh tr&THORN; nh&#202;t tr&#221;</b>&lt;")
    ('<b>Bộ Chính trị nhất trí</b>&lt;', ('tcvn3',))
    """
    written = _REFERENCE.sub(_letter, page) if "&" in page else page
    mended, encodings = mend_all(written, tags=True) if _is_suspicious(written) else (page, ())
    return (mended, encodings) if encodings else (page, ())


def mend_all(text: str, tags: bool = False) -> tuple[str, tuple[Encoding, ...]]:
    """As `mend`, for a text that is known to hold something odd; `tags` says that they end lines."""
    parts = (_ENDS_OR_TAGS if tags else _ENDS).split(text)
    lines = [*map(_told, parts)]
    sure = [line.encoding for line in lines if line.encoding]
    if not sure:
        return text, ()
    mixed = any(line.unicode for line in lines)
    mended = (
        _mended(part, line, mixed) if line.odd else part
        for part, line in zip(parts, _with_neighbours(lines), strict=True)
    )
    return "".join(mended), tuple(sorted({*sure}, key=lambda each: (-sure.count(each), each)))


def _is_suspicious(text: str) -> bool:
    return any(sign in text for sign in TELLTALES)


def _letter(found: re.Match[str]) -> str:
    char = unescape(found[0])
    return char if char > "\u00a0" else found[0]


def _told(line: str) -> _Line:
    first = ODD.search(line)
    if not first:
        return _Line()
    later = _LATER.search(line) is not None
    hopeless = not ODD.search(line, first.end()) or (later and not _TELLTALE.search(line))
    encoding = None if hopeless else detect(line)
    return _Line(True, later and not encoding, encoding)


class _Near(NamedTuple):
    """A line with the encodings of itself, or of the nearest lines before and after it of which something is known."""

    odd: bool
    own: _Line
    encodings: tuple[Encoding, ...]


def _with_neighbours(lines: Sequence[_Line]) -> Iterator[_Near]:
    def last(known: _Line, line: _Line) -> _Line:
        return line if line.known else known

    after = [*accumulate(reversed(lines), last)]
    for line, one, other in zip(lines, accumulate(lines, last), reversed(after), strict=True):
        yield _Near(line.odd, line, tuple(each.encoding for each in (one, other) if each.encoding))


def _mended(part: str, line: _Near, mixed: bool) -> str:
    """A line in Unicode; `mixed` says that others are."""
    if line.own.unicode or not line.encodings:
        return part
    if line.own.encoding:
        return _by_words(part, line.own.encoding) if _LATER.search(part) else _whole(part, line.own.encoding)
    found = gains(part.translate(PLAIN))
    best = max(line.encodings, key=lambda each: found[each])
    if mixed and not _is_odd(part, best):
        return part
    return _whole(part, best) if found[best] > 0 else _by_words(part, best)


def _is_odd(part: str, encoding: Encoding) -> bool:
    """Whether a line has words that are syllables only if it is in `encoding`, and none that are so only if it is not."""
    read = [(likelihood(word), likelihood(convert(word, encoding))) for word in words(part.translate(PLAIN), encoding)]
    return any(now is None and then is not None for now, then in read) and all(then is not None for _, then in read)


def _whole(part: str, encoding: Encoding) -> str:
    """All of a line converted, save signs that stand alone."""
    if encoding != "tcvn3":
        return convert(part, encoding)
    return "".join(piece if at % 2 else convert(piece, encoding) for at, piece in enumerate(_alone().split(part)))


def _by_words(part: str, encoding: Encoding) -> str:
    """Only the words converted that are syllables then, or were none."""

    def meant(found: re.Match[str]) -> str:
        word = found[0]
        read = convert(word, encoding)
        good = len(word) > 1 and not _LATER.search(word) and (likelihood(read) is not None or likelihood(word) is None)
        return read if good else word

    return _word(encoding).sub(meant, part.translate(PLAIN))


@cache
def _word(encoding: Encoding) -> re.Pattern[str]:
    return re.compile(f"(?:[{table(encoding).letters}]|{LATER})+")


@cache
def _alone() -> re.Pattern[str]:
    letters = table("tcvn3").letters
    return re.compile(f"(?<![{letters}])([{ALONE}])(?![{letters}])")
