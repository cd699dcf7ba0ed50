"""Scanned pages through Tesseract's Vietnamese model: words with their places, and how sure they are.

The program is Debian's (`tesseract-ocr`, `tesseract-ocr-vie`), found when it is needed. What it misreads stays as it was read.
"""

import csv
import os
import subprocess
import tempfile
import unicodedata
from collections import defaultdict
from pathlib import Path

import pypdfium2

from pipeline.read.pdf.words import Sheet, Word
from pipeline.read.tesseract import LANGUAGE, installed

DPI, MOST_PIXELS = 300, 25_000_000
"""Dots to the inch, and most pixels of a page: an A3 page at 300 dpi has 17.4 million."""
SECONDS = 120
"""Longest time for a page; fair scans take 2 to 3."""
MOST_OUTPUT = 20_000_000
"""Bytes of Tesseract's table that are read; a page of 3,000 words has 200,000."""
_WORD_LEVEL = "5"
_NEEDED = ("level", "block_num", "par_num", "line_num", "left", "top", "width", "height", "conf", "text")


class OcrError(Exception):
    """A page could not be recognised."""


def recognise(document: pypdfium2.PdfDocument, sheet: Sheet) -> tuple[list[Word], float | None]:
    """Words of a page and their mean confidence from 0 to 1, weighted by length; OcrError if it cannot be had."""
    scale = min(DPI / 72, (MOST_PIXELS / max(1.0, sheet.width * sheet.height)) ** 0.5)
    with tempfile.TemporaryDirectory(prefix="sohieu-") as folder:
        picture = Path(folder) / "page.png"
        _render(document, sheet.number - 1, scale, picture)
        return parsed(_run(picture, round(72 * scale)), 1 / scale)


def _render(document: pypdfium2.PdfDocument, index: int, scale: float, picture: Path) -> None:
    try:
        page = document[index]
        try:
            page.render(scale=scale, grayscale=True).to_pil().save(picture, compress_level=1)
        finally:
            page.close()
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError) as error:
        raise OcrError(str(error)) from error


def _run(picture: Path, dpi: int) -> str:
    command = [
        installed() or "tesseract",
        str(picture),
        "stdout",
        "-l",
        LANGUAGE,
        "--psm",
        "3",
        "--dpi",
        str(max(70, dpi)),
        "tsv",
    ]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OcrError(str(error)) from error
    if done.returncode:
        raise OcrError(done.stderr.decode("utf-8", "replace")[-200:])
    return done.stdout[:MOST_OUTPUT].decode("utf-8", "replace")


def parsed(table: str, scale: float) -> tuple[list[Word], float | None]:
    """Words of Tesseract's TSV; `scale` is points to a pixel.

    A word stands on the foot of its line and has the size of most lines: heights of single words change with their letters.
    """
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float, float]]] = defaultdict(list)
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", (row.get("text") or "").strip())
        if row.get("level") == _WORD_LEVEL and text and all(row.get(name) is not None for name in _NEEDED):
            left, top, width, height, sure = (float(row[name]) for name in ("left", "top", "width", "height", "conf"))
            key = (row["block_num"], row["par_num"], row["line_num"])
            lines[key].append((text, left * scale, top * scale, (left + width) * scale, (top + height) * scale, sure))
    heights = sorted(max(word[4] for word in line) - min(word[2] for word in line) for line in lines.values())
    size = max(1.0, heights[len(heights) // 2]) if heights else 1.0
    words = [made for line in lines.values() for made in _on_line(line, size)]
    return words, _confidence([word for line in lines.values() for word in line])


def _on_line(line: list[tuple[str, float, float, float, float, float]], size: float) -> list[Word]:
    """Words of a line on one foot; where the line is skew, each on that of its neighbours."""
    made = []
    for at, (text, left, top, right, _, _) in enumerate(line):
        near = sorted(word[4] for word in line[max(0, at - 2) : at + 3])
        made.append(Word(text, left, top, right, near[len(near) // 2], size))
    return made


def _confidence(words: list[tuple[str, float, float, float, float, float]]) -> float | None:
    weight = sum(len(word[0]) for word in words)
    return round(sum(max(0.0, word[5]) * len(word[0]) for word in words) / weight / 100, 4) if weight else None
