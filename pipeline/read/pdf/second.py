"""A second way into a damaged PDF file: pdfplumber, fifty times slower, which looks for pages where pdfium trusts their tree.

It is imported when it is needed. What it cannot do is left to the failure that pdfium told.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import import_module
from io import BytesIO
from time import monotonic
from typing import Any

from pipeline.read.legacy import convert_runs
from pipeline.read.pdf.words import Rule, Sheet, Word

SECONDS = 60.0
"""Time for all that is read of a file in this way; gazettes take 0.1 to 0.3 for a page."""
MOST_EDGES = 2000
"""Drawn lines of a page that are looked at."""
THIN = 2.5
"""Thickest line, in points."""
_UNNAMED = re.compile(r"\(cid:\d{1,9}\)|[\x00-\x1f]")
_SUBSET = re.compile(r"[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|demi", re.I)


class Second:
    """The pages of a file that pdfium cannot read; none if pdfplumber cannot read it either."""

    def __init__(self, content: bytes, most_pages: int) -> None:
        self._until = monotonic() + SECONDS
        pages = _pages(content)
        self._pages = pages if len(pages) <= most_pages else []

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def sheet(self, index: int, most: int) -> Sheet | None:
        """The sheet of the page at `index` with at most `most` characters; None if it has no words or there is no time."""
        if index >= self.count or monotonic() > self._until:
            return None
        page = self._pages[index]
        try:
            return _sheet(page, index, most)
        except (MemoryError, OverflowError):
            raise
        except Exception:  # noqa: BLE001  (as above)
            return None
        finally:
            page.close()


def _pages(content: bytes) -> list[Any]:
    try:
        return list(import_module("pdfplumber").open(BytesIO(content)).pages)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (pdfminer raises whatever a damaged file makes it)
        return []


def _sheet(page: Any, index: int, most: int) -> Sheet | None:
    if len(page.chars) > most:
        raise OverflowError
    sheet = Sheet(index + 1, float(page.width), float(page.height))
    words = (_word(found) for found in page.extract_words(return_chars=True))
    sheet.words = [word for word in words if word.text]
    _draw(page.edges[:MOST_EDGES], sheet)
    return sheet if sheet.words else None


def _word(found: Mapping[str, Any]) -> Word:
    """A word; characters that the file does not name, which pdfminer gives by their number, are left out."""
    runs = [(str(char["text"]), _SUBSET.sub("", str(char["fontname"]), count=1)) for char in found["chars"]]
    left, top, right, bottom = (float(found[side]) for side in ("x0", "top", "x1", "bottom"))
    text = unicodedata.normalize("NFC", convert_runs((_UNNAMED.sub("", text), font) for text, font in runs))
    return Word(text.strip(), left, top, right, bottom, max(bottom - top, 1.0), bool(_BOLD.search(runs[0][1])))


def _draw(edges: Iterable[Mapping[str, Any]], sheet: Sheet) -> None:
    for edge in edges:
        left, top, right, bottom = (float(edge[side]) for side in ("x0", "top", "x1", "bottom"))
        if bottom - top <= THIN:
            sheet.across.append(Rule((top + bottom) / 2, left, right))
        elif right - left <= THIN:
            sheet.down.append(Rule((left + right) / 2, top, bottom))
