"""The text layer of a page, through pdfium: words with their places, drawn rules and pictures.

Each call into pdfium costs 1 to 5 µs, so a word is measured by its first and last character alone (measured on six gazettes and
guidelines: 6 ms a page, where every character takes 28).
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.read.legacy import convert_runs
from pipeline.read.pdf.drawn import draw
from pipeline.read.pdf.words import SMALLER, Sheet, Word

_WORD = re.compile(r"[^\s\x00\ufffe\x02]{1,200}[\ufffe\x02]?")
_MARKED = re.compile(
    r"(?<![^\W\d])[^\W\d]{2,}+[)”\"’]?[.,;:]?(?P<mark>\d{1,2}|\*{1,2}|\(\d{1,2}\)|\[\d{1,2}\])(?=[.,;:)”\"’]*+$)"
)
_MARKING = re.compile(r"(?:\d{1,2}|\*{1,2}|\(\d{1,2}\)|\[\d{1,2}\])(?=[^\W\d_]{2})")
_SUBSET = re.compile(r"[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|(?:^|[-,])bd?$|demi", re.I)
STAMPS = (
    re.compile(
        r"Tài\s+liệu\s+này\s+thuộc\s+sở\s+hữu\s+của\s+(?>\w+\s+){1,8}Đảng\s*[.,]?\s*(?:Việc\s+phát\s+tán,?\s+(?>\w+\s+){1,6}nghiêm\s+cấm\.?)?"
    ),
)
"""What electronic copies are stamped with; it lies over the lines of the text."""
MOST_STAMPS = 20
LEGACY = (".Vn", "VNI", "VPS")
"""Beginnings of the names of fonts whose characters are not those of Unicode."""
RAISED = 0.12
"""Part of its size by which the foot of a raised mark stands above that of its word."""
NAMED_SAMPLES, MOST_UNNAMED = 200, 0.05
"""Characters of a page that are asked for their names, and the part of them that may have none; in eight gazettes and circulars all had one."""
SAMPLES = 20
"""Characters of a page whose direction is looked at."""


def printed(document: pypdfium2.PdfDocument, index: int, most: int) -> Sheet:
    """The sheet of the page at `index` (from 0) with at most `most` characters; OverflowError if it holds more."""
    page = document[index]
    try:
        layer = page.get_textpage()
        try:
            if layer.count_chars() > most:
                raise OverflowError
            turned = _Turned(page, _reading_turn(layer))
            sheet = Sheet(index + 1, *turned.size)
            sheet.unnamed = _is_unnamed(layer)
            _read(layer, turned, sheet)
        finally:
            layer.close()
        draw(page, turned, sheet)
    finally:
        page.close()
    return sheet


def _reading_turn(layer: pypdfium2.PdfTextPage) -> int | None:
    """By how many degrees the page is turned to read most of its lines; None if it has no text.

    A broad table may be printed sideways on an upright page.
    """
    count = layer.count_chars()
    angles = (pdfium.FPDFText_GetCharAngle(layer.raw, at) for at in range(0, count, max(1, count // SAMPLES)))
    turns = Counter(-round(angle / (math.pi / 2)) % 4 * 90 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else None


def _is_unnamed(layer: pypdfium2.PdfTextPage) -> bool:
    """Whether pdfium can only guess at many of the letters, as their font does not say which they are."""
    count = layer.count_chars()
    looked = range(0, count, max(1, count // NAMED_SAMPLES))
    guessed = sum(pdfium.FPDFText_HasUnicodeMapError(layer.raw, at) == 1 for at in looked)
    return bool(guessed > len(looked) * MOST_UNNAMED)


class _Turned:
    """From a page's own coordinates to those of the page as it is shown, or as it is held to be read."""

    def __init__(self, page: pypdfium2.PdfPage, reading: int | None) -> None:
        self.turn = page.get_rotation() if reading is None else reading
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        across, up = self.right - self.left, self.top - self.bottom
        self.size = (up, across) if self.turn in (90, 270) else (across, up)

    def __call__(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        if not self.turn:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 90:  # noqa: PLR2004
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:  # noqa: PLR2004
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


class _Layer:
    """Calls into the text of a page, with their buffers made once."""

    def __init__(self, layer: pypdfium2.PdfTextPage, turned: _Turned) -> None:
        self.raw, self.turned = layer.raw, turned
        self.rect, self.name = pdfium.FS_RECTF(), ctypes.create_string_buffer(128)
        self.into = ctypes.byref(self.rect)
        self.count = layer.count_chars()
        self.bold: dict[bytes, tuple[bool, str | None]] = {}

    def text(self) -> str:
        """All characters, one for each index; one outside the basic plane becomes two halves."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = pdfium.FPDFText_GetText(self.raw, 0, self.count, buffer)
        if written - 1 == self.count:
            text = bytes(buffer)[: 2 * self.count].decode("utf-16-le", "surrogatepass")
            return text if len(text) == self.count else "".join(map(chr, buffer[: self.count]))
        return "".join(chr(pdfium.FPDFText_GetUnicode(self.raw, at)) for at in range(self.count))

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a character with its font's full height."""
        rect = self.rect
        pdfium.FPDFText_GetLooseCharBox(self.raw, at, self.into)
        return self.turned(rect.left, rect.bottom, rect.right, rect.top)

    def span(self, first: int, last: int) -> tuple[float, float, float, float]:
        """The box of a run of characters on one line, from its first and its last."""
        rect, read = self.rect, pdfium.FPDFText_GetLooseCharBox
        read(self.raw, first, self.into)
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
        if last > first:
            read(self.raw, last, self.into)
            left, bottom = min(left, rect.left), min(bottom, rect.bottom)
            right, top = max(right, rect.right), max(top, rect.top)
        return self.turned(left, bottom, right, top)

    def font(self, at: int) -> tuple[bool, str | None]:
        """Whether a character is bold, and its font's name if that is one of before Unicode."""
        length = pdfium.FPDFText_GetFontInfo(self.raw, at, self.name, 128, None)
        key = self.name.value if 0 < length <= 128 else b""  # noqa: PLR2004
        if key not in self.bold:
            name = _SUBSET.sub("", key.decode("utf-8", "replace"), count=1)
            self.bold[key] = bool(_BOLD.search(name)), name if name.startswith(LEGACY) else None
        return self.bold[key]


def _read(layer: pypdfium2.PdfTextPage, turned: _Turned, sheet: Sheet) -> None:
    calls = _Layer(layer, turned)
    text = calls.text()
    stamped = [match.span() for stamp in STAMPS for match in islice(stamp.finditer(text), MOST_STAMPS)]
    places: list[list[Word]] = [[] for _ in stamped]
    for match in _WORD.finditer(text):
        if not stamped:
            found, at = match[0], match.start()
            if found.isalpha():
                sheet.words.append(_word(calls, found, at))
            else:
                sheet.words += _words(calls, found, at)
            continue
        within = next((at for at, (start, end) in enumerate(stamped) if start <= match.start() < end), None)
        into = sheet.words if within is None else places[within]
        into.extend(_words(calls, match[0], match.start()))
    sheet.stamps = [words for words in places if words]


def _words(calls: _Layer, text: str, start: int) -> list[Word]:
    """The word at `start`, with the marks of footnotes before and behind it as words of their own."""
    if len(text) > 1 and not text.isalpha():
        if (marked := _MARKED.search(text)) and _is_raised(calls, start, start + marked.start("mark")):
            return _parts(calls, text, start, marked.span("mark"))
        if (marked := _MARKING.match(text)) and _is_raised(calls, start + len(text) - 1, start):
            return _parts(calls, text, start, marked.span())
    return [_word(calls, text, start)]


def _is_raised(calls: _Layer, beside: int, at: int) -> bool:
    """Whether the character at `at` is smaller than that at `beside` and stands above its foot."""
    _, top, _, bottom = calls.box(beside)
    small = calls.box(at)
    height = small[3] - small[1]
    return height < SMALLER * (bottom - top) and bottom - small[3] > RAISED * height


def _parts(calls: _Layer, text: str, start: int, mark: tuple[int, int]) -> list[Word]:
    """What stands before a mark, the mark, and what stands behind it."""
    cuts = [(0, mark[0]), mark, (mark[1], len(text))]
    words = [_word(calls, text[begin:end], start + begin) for begin, end in cuts if begin < end]
    return [
        word._replace(mark=word.text == text[slice(*mark)] and (at > 0) == (mark[0] > 0))
        for at, word in enumerate(words)
    ]


def _word(calls: _Layer, text: str, start: int) -> Word:
    bold, font = calls.font(start)
    left, top, right, bottom = calls.span(start, start + len(text) - 1)
    shown = _unicode(_runs(calls, text, start)) if font else text if text.isalpha() else _whole(text)
    return Word(shown, left, top, right, bottom, max(bottom - top, 1.0), bold)


def _whole(text: str) -> str:
    """Text with pdfium's sign for a hyphen at the end of a line as a hyphen, and halves of characters put together."""
    if text.isalpha() or (text.isascii() and text.isprintable()):
        return text
    text = text.replace("\ufffe", "-").replace("\x02", "-")
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _runs(calls: _Layer, text: str, start: int) -> list[tuple[str, str | None]]:
    """Runs of one font in a word: its characters as they lie in the file, and the name of an old font."""
    runs: list[tuple[str, str | None]] = []
    for at, char in enumerate(text, start):
        font = calls.font(at)[1]
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + char, font)
        else:
            runs.append((char, font))
    return runs


def _unicode(runs: Iterable[tuple[str, str | None]]) -> str:
    """Runs of characters with the names of their old fonts as Unicode."""
    return convert_runs((_whole(text) if font is None else text, font) for text, font in runs)
