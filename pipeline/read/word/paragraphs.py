"""The text of a paragraph as it is printed: changes accepted, fields by their results, hidden words left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from pipeline.read.legacy import convert_runs_told
from pipeline.read.word.numbers import Numbers
from pipeline.read.word.package import Element, W, value
from pipeline.read.word.styles import Look, Styles

_HOLDERS = {f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdt", "sdtContent")}  # fmt: skip
"""Elements whose runs are part of the paragraph; runs in others (del, moveFrom) are not."""
_PRINTED = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad"}  # fmt: skip
_SPACES = {0xAD: None, **dict.fromkeys(range(0x2000, 0x200B), " ")}
"""Soft hyphens go, and spaces of all widths are spaces."""
_PAIR = "\u2006 "
"""How LibreOffice writes each of several spaces in a row of RTF."""
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_BOXES = f"{W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = {
    f"{W}drawing", f"{W}pict", f"{W}object", "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
}  # fmt: skip


class Run(NamedTuple):
    """Text with the name of its font, and whether it is printed in capitals."""

    text: str
    font: str | None
    capitals: bool = False


@dataclass(slots=True)
class Printer:
    """Prints paragraphs one after another, and remembers the notes and boxes that they refer to, and their old encodings."""

    styles: Styles
    numbers: Numbers
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)

    def text(self, paragraph: Element) -> str:
        """A paragraph with the number before it."""
        label = self._label(paragraph)
        inherited = self.styles.of_paragraph(paragraph)
        printed = self._joined(run for part in self._runs(paragraph) for run in self._run(part, inherited))
        return f"{label} {printed}" if label and printed.strip() else printed

    def _label(self, paragraph: Element) -> str:
        numbered = self.styles.numbering(paragraph)
        if numbered is None:
            return ""
        level = numbered.level
        if level is None:
            level = self.numbers.level_of_style(numbered.name, numbered.style) if numbered.style else 0
        return self.numbers.next(numbered.name, level)

    def _runs(self, holder: Element) -> Iterator[Element]:
        """Runs in order, through whatever holds them; deep nesting costs no stack."""
        waiting = list(reversed(holder))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{W}r":
                yield element
            elif element.tag in _HOLDERS:
                waiting += reversed(element)

    def _run(self, run: Element, inherited: Look) -> Iterator[Run]:
        look = self.styles.of_run(run, inherited)
        if look.hidden:
            return
        for element in run:
            if element.tag == f"{W}t":
                yield Run(element.text or "", look.font, bool(look.caps))
            elif element.tag in _PRINTED:
                yield Run(_PRINTED[element.tag], look.font, bool(look.caps))
            elif element.tag == f"{W}sym":
                yield Run(_symbol(element), value(element, "font"))
            else:
                self._note(element)

    def _joined(self, runs: Iterable[Run]) -> str:
        """The text of runs in Unicode; a soft hyphen, where it is no letter of an old font, shows only where a line breaks."""
        texts = []
        for capitals, part in groupby(runs, key=attrgetter("capitals")):
            text, encodings = convert_runs_told((run.text, run.font) for run in part)
            texts.append(text.upper() if capitals else text)
            self.encodings.update(encodings)
        return "".join(texts).replace(_PAIR, " ").translate(_SPACES)

    def _note(self, element: Element) -> None:
        if element.tag in _NOTES:
            self.notes.append((_NOTES[element.tag], str(value(element, "id"))))
        elif element.tag in _PICTURES:
            self.boxes += (box for box in element.iter(_BOXES) if not _is_copy(box))


def _is_copy(box: Element) -> bool:
    """Whether a box repeats another for older programs, or lies within another."""
    return any(above.tag in (_FALLBACK, _BOXES) for above in box.iterancestors())


def _symbol(element: Element) -> str:
    """A character given by its number; those of picture fonts lie in a private range and are left out."""
    try:
        char = chr(int(value(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return ""
    return char if char.isprintable() and not "\ue000" <= char <= "\uf8ff" else ""
