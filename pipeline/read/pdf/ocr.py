"""Scanned pages through Tesseract's Vietnamese model: words with their places, and how sure they are.

The program is Debian's (`tesseract-ocr`, `tesseract-ocr-vie`), found when it is needed. What it misreads stays as it was read.
"""

import csv
import os
import re
import subprocess
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import NamedTuple, cast

import pypdfium2

from pipeline.read.pdf.turning import Picture, Turn, skew_of
from pipeline.read.pdf.words import Sheet, Word
from pipeline.read.tesseract import DIRECTIONS, LANGUAGE, installed, knows_directions

DPI, MOST_PIXELS = 300, 25_000_000
"""Dots to the inch, and most pixels of a page: an A3 page at 300 dpi has 17.4 million."""
SECONDS = 100
"""Longest time for a page, with all that is tried; fair scans take 2 to 3. The process that waits for it has more."""
UNSURE = 0.6
"""A page that is read with less confidence may be turned; fair scans have 0.9, the same on a side or upside down 0.36 to 0.41."""
MOST_OUTPUT = 20_000_000
"""Bytes of Tesseract's table that are read; a page of 3,000 words has 200,000."""
_WORD_LEVEL = "5"
LONG = 3
"""Characters of a word that is wider than high."""
_ROTATE = re.compile(r"^Rotate: (90|180|270)$", re.M)
_NEEDED = ("level", "block_num", "par_num", "line_num", "left", "top", "width", "height", "conf", "text")


class OcrError(Exception):
    """A page could not be recognised."""


class Reading(NamedTuple):
    """Words of a page with their mean confidence from 0 to 1, how many characters that makes, and how the page was turned."""

    words: list[Word]
    confidence: float | None
    weight: float
    turn: Turn

    @property
    def upright(self) -> bool:
        """Whether most words are wider than high; Tesseract reads some pages on a side, but their lines are columns then."""
        long = [word for word in self.words if len(word.text) >= LONG]
        return 2 * sum(word.right - word.left > word.bottom - word.top for word in long) >= len(long)

    @property
    def sure(self) -> bool:
        """Whether the page lies as it should, or has no words that could tell: an empty one."""
        return self.confidence is None or (self.upright and self.confidence >= UNSURE)


def recognise(document: pypdfium2.PdfDocument, sheet: Sheet) -> Reading:
    """Words of a page, which is turned if it lies askew, on a side or upside down; OcrError if they cannot be had."""
    scale = min(DPI / 72, (MOST_PIXELS / max(1.0, sheet.width * sheet.height)) ** 0.5)
    picture = _rendered(document, sheet.number - 1, scale)
    with tempfile.TemporaryDirectory(prefix="sohieu-") as folder:
        run = _Run(Path(folder) / "page.png", scale, monotonic() + SECONDS)
        straight = Turn(sheet.width, sheet.height, skew=skew_of(picture))
        first = _read(run, picture, straight)
        return (
            first
            if first.sure
            else max([first, *_others(run, picture, straight)], key=lambda each: (each.upright, each.weight))
        )


def _others(run: "_Run", picture: Picture, first: Turn) -> Iterator[Reading]:
    """Readings of a page that could not be made out as it lies, or as it was straightened; none if there is no time for them."""
    with suppress(OcrError):
        quarters = run.quarters(picture)
        if quarters:
            lying = picture.rotate(90.0 * quarters, expand=True)
            yield _read(run, picture, replace(first, quarters=quarters, skew=skew_of(lying)))
        elif first.skew:
            yield _read(run, picture, replace(first, skew=0.0))


def _read(run: "_Run", picture: Picture, turn: Turn) -> Reading:
    """What is read of a page if it is turned; words stand where they do on the turned page."""
    turned = turn.turned(picture)
    lines = _lines(run.table(turned), 1 / run.scale)
    width, height = turn.size
    across, down = (turned.size[0] / run.scale - width) / 2, (turned.size[1] / run.scale - height) / 2
    words = [
        word._replace(
            left=word.left - across, right=word.right - across, top=word.top - down, bottom=word.bottom - down
        )
        for word in _words(lines)
    ]
    return Reading(words, *_surety(lines), turn)


def _rendered(document: pypdfium2.PdfDocument, index: int, scale: float) -> Picture:
    try:
        page = document[index]
        try:
            return cast("Picture", page.render(scale=scale, grayscale=True).to_pil().convert("L"))
        finally:
            page.close()
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError) as error:
        raise OcrError(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Run:
    """Tesseract on one page: where its picture is put, pixels to a point, and when its time is over."""

    path: Path
    scale: float
    until: float

    def table(self, picture: Picture) -> str:
        """Words with their places; OcrError if it fails or takes too long."""
        return self._said(picture, "-l", LANGUAGE, "--psm", "3", "tsv")

    def quarters(self, picture: Picture) -> int:
        """By how many quarters of a circle, counter-clockwise, the page is to be turned; 0 where that cannot be told."""
        found = None
        with suppress(OcrError):
            said = self._said(picture, "-l", DIRECTIONS, "--psm", "0") if knows_directions() else ""
            found = _ROTATE.search(said)
        return -int(found[1]) // 90 % 4 if found else 0

    def _said(self, picture: Picture, *options: str) -> str:
        picture.save(self.path, compress_level=1)
        dpi = str(max(70, round(72 * self.scale)))
        command = [installed() or "tesseract", str(self.path), "stdout", "--dpi", dpi, *options]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        seconds = max(0.0, self.until - monotonic())
        try:
            done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, env=environment)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OcrError(str(error)) from error
        if done.returncode:
            raise OcrError(done.stderr.decode("utf-8", "replace")[-200:])
        return done.stdout[:MOST_OUTPUT].decode("utf-8", "replace")


def parsed(table: str, scale: float) -> tuple[list[Word], float | None]:
    """Words of Tesseract's TSV with their mean confidence from 0 to 1, weighted by length; `scale` is points to a pixel.

    A word stands on the foot of its line and has the size of most lines: heights of single words change with their letters.
    """
    lines = _lines(table, scale)
    return _words(lines), _surety(lines)[0]


_Printed = tuple[str, float, float, float, float, float]
"""A word with its left, top, right and bottom in points, and how sure it is from 0 to 100."""


def _lines(table: str, scale: float) -> list[list[_Printed]]:
    lines: dict[tuple[str, ...], list[_Printed]] = defaultdict(list)
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", (row.get("text") or "").strip())
        if row.get("level") == _WORD_LEVEL and text and all(row.get(name) is not None for name in _NEEDED):
            left, top, width, height, sure = (float(row[name]) for name in ("left", "top", "width", "height", "conf"))
            key = (row["block_num"], row["par_num"], row["line_num"])
            lines[key].append((text, left * scale, top * scale, (left + width) * scale, (top + height) * scale, sure))
    return list(lines.values())


def _words(lines: Sequence[Sequence[_Printed]]) -> list[Word]:
    heights = sorted(max(word[4] for word in line) - min(word[2] for word in line) for line in lines)
    size = max(1.0, heights[len(heights) // 2]) if heights else 1.0
    return [made for line in lines for made in _on_line(line, size)]


def _on_line(line: Sequence[_Printed], size: float) -> list[Word]:
    """Words of a line on one foot; where the line is skew, each on that of its neighbours."""
    made = []
    for at, (text, left, top, right, _, _) in enumerate(line):
        near = sorted(word[4] for word in line[max(0, at - 2) : at + 3])
        made.append(Word(text, left, top, right, near[len(near) // 2], size))
    return made


def _surety(lines: Iterable[Sequence[_Printed]]) -> tuple[float | None, float]:
    """Mean confidence from 0 to 1, weighted by length, and how many characters that makes."""
    words = [word for line in lines for word in line]
    length = sum(len(word[0]) for word in words)
    sure = sum(max(0.0, word[5]) * len(word[0]) for word in words) / 100
    return (round(sure / length, 4) if length else None), sure
