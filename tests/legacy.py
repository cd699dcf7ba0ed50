"""Old encodings in tests: texts written in them, error rates, and files of Word taken apart run by run."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import lxml.etree

from pipeline.read.legacy.tables import ENCODINGS, Encoding, table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _inverse(encoding: Encoding) -> dict[str, str]:
    codes = table(encoding)
    found: dict[str, str] = {}
    for look, char in [*codes.singles.items(), *codes.pairs.items()]:
        found.setdefault(char, look)
    if encoding == "tcvn3":  # no capitals with marks: people typed small letters
        found |= {char.upper(): look for char, look in found.items() if char.upper() not in found}
    return found


_INVERSE = {encoding: _inverse(encoding) for encoding in ENCODINGS}


def written(text: str, encoding: Encoding) -> str:
    """What a text looks like in windows-1252 if it was written in `encoding`."""
    return "".join(_written(char, encoding) for char in text)


def _written(char: str, encoding: Encoding) -> str:
    codes = _INVERSE[encoding]
    if char in codes or encoding != "windows-1258":
        return codes.get(char, char)
    parted = normalize("NFD", char)
    tone = "".join(each for each in parted if each in _TONES)
    base = normalize("NFC", "".join(each for each in parted if each not in _TONES))
    return "".join(codes.get(each, each) for each in base + tone)


def as_bytes(look: str) -> bytes:
    """The bytes of characters that look like windows-1252."""
    return b"".join(_byte(char) for char in look)


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def error_rate(found: str, truth: str) -> float:
    """Edit distance of texts over the length of `truth`, white space as one space, case aside."""
    found, truth = (" ".join(normalize("NFC", text).lower().split()) for text in (found, truth))
    return distance(found, truth) / max(1, len(truth))


def distance(one: str, other: str) -> int:
    """Insertions, deletions and replacements; bit-parallel (Hyyrö 2003), a row of the table in one integer.

    >>> distance("kitten", "sitting")
    3
    """
    size, full = len(one), (1 << len(one)) - 1
    where: dict[str, int] = {}
    for at, char in enumerate(one):
        where[char] = where.get(char, 0) | 1 << at
    up, down, score = full, 0, size
    for char in other:
        same = where.get(char, 0)
        diagonal = (((same & up) + up) ^ up) | same | down
        rise, fall = down | (full & ~(diagonal | up)), up & diagonal
        score += (rise >> (size - 1) & 1) - (fall >> (size - 1) & 1) if size else 1
        rise, fall = (rise << 1 | 1) & full, (fall << 1) & full
        up, down = fall | (full & ~(diagonal | rise)), rise & diagonal
    return score


def paragraphs(docx: Path) -> Iterator[list[tuple[str, str | None]]]:
    """Paragraphs of a .docx, then of its headers and footers, as runs with the names of their fonts, styles looked up."""
    with zipfile.ZipFile(docx) as parts:
        names = [name for name in parts.namelist() if name.startswith(("word/header", "word/footer"))]
        bodies = [lxml.etree.fromstring(parts.read(name)) for name in ["word/document.xml", *names]]
        fonts = _Fonts(lxml.etree.fromstring(parts.read("word/styles.xml")))
    for paragraph in (each for body in bodies for each in body.iter(f"{_W}p")):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        base = fonts.of(None if style is None else style.get(f"{_W}val"))
        yield [(_text(run), fonts.of_run(run) or base) for run in paragraph.iterchildren(f"{_W}r", f"{_W}hyperlink")]


def _text(run: lxml.etree._Element) -> str:
    """Text of a run; tabs and breaks are a space."""
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else "\u00ad" if node.tag == f"{_W}softHyphen" else " "
        for node in run.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}softHyphen")
    )


class _Fonts:
    """Fonts of the styles of a document."""

    def __init__(self, styles: lxml.etree._Element) -> None:
        self.styles = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
        default = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}rFonts")
        self.default = None if default is None else default.get(f"{_W}ascii")
        self.normal = next(
            (
                key
                for key, style in self.styles.items()
                if style.get(f"{_W}default") and style.get(f"{_W}type") == "paragraph"
            ),
            None,
        )

    def of(self, name: str | None) -> str | None:
        """The font of a style of paragraphs, by the styles it is based on."""
        style = self.styles.get(name or self.normal)
        if style is None:
            return self.default
        base = style.find(f"{_W}basedOn")
        return self._own(style) or (self.default if base is None else self.of(base.get(f"{_W}val")))

    def of_run(self, run: lxml.etree._Element) -> str | None:
        """The font that a run or its style names."""
        style = run.find(f"{_W}rPr/{_W}rStyle")
        named = None if style is None else self.styles.get(style.get(f"{_W}val"))
        return self._own(run) or (None if named is None else self._own(named))

    @staticmethod
    def _own(element: lxml.etree._Element) -> str | None:
        fonts = element.find(f"{_W}rPr/{_W}rFonts")
        return None if fonts is None else fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi")
