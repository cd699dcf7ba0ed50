"""PDF files for tests, printed with reportlab in a font that has Vietnamese letters."""

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FOLDER = Path("/usr/share/fonts/truetype")
FONTS = tuple(_FOLDER / "dejavu" / f"DejaVuSerif{weight}.ttf" for weight in ("", "-Bold"))
"""Where Debian's fonts-dejavu-core lays an upright and a bold font."""
WIDTH, HEIGHT = A4
LEFT, RIGHT, SIZE, STEP = 85.0, 555.0, 13.0, 18.0


def font() -> tuple[Path, Path] | None:
    """Files of an upright and a bold font, or None if there are none."""
    return (FONTS[0], FONTS[1]) if all(file.exists() for file in FONTS) else None


class Printer:
    """A page after another, from the top; places are points from the upper left corner."""

    def __init__(self, encrypt: str | None = None) -> None:
        files = font()
        assert files, "no font with Vietnamese letters"
        for name, file in zip(("Upright", "Bold"), files, strict=True):
            pdfmetrics.registerFont(TTFont(name, str(file)))
        self.file = io.BytesIO()
        locked = StandardEncryption(encrypt, canPrint=1) if encrypt else None
        self.canvas = Canvas(self.file, pagesize=A4, invariant=1, encrypt=locked)
        self.at = 60.0

    def put(self, text: str, x: float, y: float, size: float = SIZE, bold: bool = False, centred: bool = False) -> None:
        """A line of text with its foot at `y`."""
        self.canvas.setFont("Bold" if bold else "Upright", size)
        draw = self.canvas.drawCentredString if centred else self.canvas.drawString
        draw(x, HEIGHT - y, text)

    def columns(
        self, left: Sequence[str], right: Sequence[str], places: tuple[float, float], size: float = SIZE
    ) -> None:
        """Two centred columns side by side."""
        for row in range(max(len(left), len(right))):
            for lines, place in ((left, places[0]), (right, places[1])):
                if row < len(lines) and lines[row]:
                    self.put(lines[row], place, self.at, size, centred=True)
            self.at += STEP

    def centred(self, *lines: str, bold: bool = True) -> None:
        """Lines in the middle, with room below."""
        for line in lines:
            self.put(line, (LEFT + RIGHT) / 2, self.at, bold=bold, centred=True)
            self.at += STEP
        self.at += STEP

    def paragraph(
        self, text: str, indent: float = 28.0, size: float = SIZE, edges: tuple[float, float] = (LEFT, RIGHT)
    ) -> None:
        """Justified lines, the first indented."""
        lines = [*wrapped(text, edges[1] - edges[0], indent, size)]
        for number, line in enumerate(lines):
            start = edges[0] + (indent if not number else 0.0)
            free = edges[1] - start - pdfmetrics.stringWidth(line, "Upright", size)
            last = number == len(lines) - 1
            text_object = self.canvas.beginText(start, HEIGHT - self.at)
            text_object.setFont("Upright", size)
            x = start
            for word in line.split(" "):
                text_object.setTextOrigin(x, HEIGHT - self.at)
                text_object.textOut(word + " ")
                space = pdfmetrics.stringWidth(" ", "Upright", size) + (0 if last else free / max(1, line.count(" ")))
                x += pdfmetrics.stringWidth(word, "Upright", size) + space
            self.canvas.drawText(text_object)
            self.at += STEP * size / SIZE
        self.at += 4.0

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A ruled table, a line a cell."""
        top, height = self.at, STEP + 4
        edges = [LEFT + sum(widths[:count]) for count in range(len(widths) + 1)]
        for row in rows:
            for cell, x in zip(row, edges, strict=False):
                self.put(cell, x + 4, self.at + SIZE + 2)
            self.at += height
        for x in edges:
            self.canvas.line(x, HEIGHT - top, x, HEIGHT - self.at)
        for count in range(len(rows) + 1):
            self.canvas.line(edges[0], HEIGHT - top - count * height, edges[-1], HEIGHT - top - count * height)
        self.at += STEP * 1.5

    def page(self) -> None:
        """Go to the next page."""
        self.canvas.showPage()
        self.at = 60.0

    def done(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self.file.getvalue()


def wrapped(text: str, width: float, indent: float, size: float) -> Iterator[str]:
    """Lines that fit; a "|" is where a word is broken with a hyphen, if the line ends there."""
    line = ""
    free = width - indent
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and pdfmetrics.stringWidth(longer, "Upright", size) > free:
            yield line
            line, free = word, width
        else:
            line = longer
    yield line


def printed(draw: Callable[[Printer], None], encrypt: str | None = None) -> bytes:
    """A file with what `draw` prints."""
    printer = Printer(encrypt)
    draw(printer)
    return printer.done()


def bare(objects: Sequence[bytes]) -> bytes:
    """A file of raw objects, numbered from 1; the first is the catalogue."""
    file = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(file)
    return (
        file + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )  # fmt: skip
