"""Converts what is in an old encoding in a text of which the rest may be Unicode, line by line."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Literal

from pipeline.read.legacy.convert import convert
from pipeline.read.legacy.detect import detect, gains, word_gain
from pipeline.read.legacy.tables import LATER, PLAIN, Encoding, table

TELLTALES = "®µ\u00ad¸Öñ§ªöäøïûåÑëüÇÜ¶æðßÞÐ¹·"
"""Signs that an old encoding may be there: frequent letters of each, none of them a letter of Vietnamese.

One of them is in 95 % of stretches of eight words in TCVN3, 97 % in VNI, 88 % in VPS and VISCII (of 3,000 from news, encoded).
"""
ALONE = "·©»¼½¾¨"
"""Signs that are no letter where they stand alone: no word of Vietnamese is ã, â, ằ, ẳ, ẵ, ắ or ă."""
_ENDS = re.compile(r"([\r\n<>]+)")
_HIGH = re.compile("[^\0-\x7f]")
_TELLTALE = re.compile(f"[{TELLTALES}]")
_LATER = re.compile(LATER)

_Line = Encoding | Literal["unicode", "unsure"] | None
"""What a line is in; None for one without letters beyond ASCII."""


def mend(text: str) -> tuple[str, tuple[Encoding, ...]]:
    """The text in Unicode, and the encodings that lines of it were in; a short line is taken to be in what its neighbours are in.

    >>> mend("Nghị quyết số 5-NQ/TW\\nChØ thÞ cña Ban BÝ th­ Trung ­¬ng §¶ng\\nHµ Néi")
    ('Nghị quyết số 5-NQ/TW\\nChỉ thị của Ban Bí thư Trung ương Đảng\\nHà Nội', ('tcvn3',))
    """
    if not any(sign in text for sign in TELLTALES):
        return text, ()
    return mend_all(text)


def mend_all(text: str) -> tuple[str, tuple[Encoding, ...]]:
    """As `mend`, for a text that is known to hold something odd."""
    parts = _ENDS.split(text)
    lines = [*map(_told, parts)]
    sure: list[Encoding] = [line for line in lines if line is not None and line not in ("unicode", "unsure")]  # type: ignore[misc]
    if not sure:
        return text, ()
    mended = (_mended(part, *told) for part, told in zip(parts, _with_neighbours(lines), strict=True))
    return "".join(mended), tuple(sorted({*sure}, key=lambda each: -sure.count(each)))


def _told(line: str) -> _Line:
    if not _HIGH.search(line):
        return None
    later = _LATER.search(line)
    if later and not _TELLTALE.search(line):
        return "unicode"
    return detect(line) or ("unicode" if later else "unsure")


def _with_neighbours(lines: Sequence[_Line]) -> Iterator[tuple[_Line, _Line, _Line]]:
    """Each line with the nearest before and after it (or itself) of which something is known."""

    def last(known: _Line, line: _Line) -> _Line:
        return known if line in (None, "unsure") else line

    after = [*accumulate(reversed(lines), last)]
    return zip(lines, accumulate(lines, last), reversed(after), strict=True)


def _mended(part: str, line: _Line, before: _Line, after: _Line) -> str:
    if line is None or line == "unicode":
        return part
    if line != "unsure":
        return _by_words(part, line) if _LATER.search(part) else _whole(part, line)
    near: list[Encoding] = [each for each in (before, after) if each not in (None, "unicode", "unsure")]  # type: ignore[misc]
    return _leaning(part, near, "unicode" in (before, after))


def _leaning(part: str, near: Sequence[Encoding], mixed: bool) -> str:
    """A line that tells too little itself: it is in an encoding of its neighbours, or Unicode as they are."""
    found = gains(part.translate(PLAIN))
    best = max(near, key=found.__getitem__, default=None)
    if best is None:
        return part
    if found[best] > 0:
        return _whole(part, best)
    return part if mixed else _by_words(part, best)


def _whole(part: str, encoding: Encoding) -> str:
    """All of a line converted, save signs that stand alone."""
    return "".join(
        piece if at % 2 else convert(piece, encoding) for at, piece in enumerate(_standing_alone(encoding).split(part))
    )


def _by_words(part: str, encoding: Encoding) -> str:
    """Only the words converted that do not read worse for it."""

    def meant(found: re.Match[str]) -> str:
        word = found[0]
        if len(word) == 1 or _LATER.search(word) or word_gain(word, encoding) < 0:
            return word
        return convert(word, encoding)

    return _word(encoding).sub(meant, part.translate(PLAIN))


@cache
def _word(encoding: Encoding) -> re.Pattern[str]:
    return re.compile(f"(?:[{table(encoding).letters}]|{LATER})+")


@cache
def _standing_alone(encoding: Encoding) -> re.Pattern[str]:
    letters = table(encoding).letters
    signs = ALONE if encoding == "tcvn3" else "·"
    return re.compile(f"(?<![{letters}])([{signs}])(?![{letters}])")
