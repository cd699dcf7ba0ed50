"""Reads a PDF file: each page as it is printed or recognised, then the layout of all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pypdfium2

from pipeline.document import Page, Piece, ReadError, Source
from pipeline.read.pdf.layout import Layout
from pipeline.read.pdf.ocr import OcrError, recognise
from pipeline.read.pdf.opening import opened
from pipeline.read.pdf.options import PdfOptions
from pipeline.read.pdf.printed import printed
from pipeline.read.pdf.turning import Turn
from pipeline.read.pdf.words import Sheet, Word
from pipeline.read.tesseract import INSTALL, installed

FEWEST_CHARACTERS, PICTURED = 150, 0.2
"""A page with less text than this and pictures over more than this part of it is a scan, perhaps with a printed head."""
BATCH = 100
"""Pages that are laid out together: a page in words takes some 0.2 MB."""


@dataclass(slots=True)
class _Had:
    """What reading has come to: the layout, sheets that it has not seen yet, how each was had, pages that were left, and sentences for the user."""

    layout: Layout = field(default_factory=Layout)
    sheets: list[Sheet] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)


def read_pdf(
    content: bytes,
    digest: str,
    options: PdfOptions = PdfOptions(),  # noqa: B008
    done: Callable[[], None] = lambda: None,
) -> Source:
    """Read a PDF file; ReadError says why it cannot be read. Pages that were left are told in `Source.notes`.

    `done` is called for each page.
    """
    document = opened(content, options.most_pages)
    try:
        had = _Had()
        for sheet in _sheets(document, options, had):
            _take(document, sheet, options, had)
            done()
            if len(had.sheets) >= BATCH:
                _lay_out(had)
        _lay_out(had)
    finally:
        document.close()
    if had.damaged and len(had.damaged) == len(had.pages):
        raise ReadError("damaged", "is damaged: none of its pages can be read; fetch it again or save it anew")
    pieces = tuple(_placed(piece, had) for piece in had.layout.pieces() if piece.text.strip())
    if had.left and not any(page.how in ("text", "ocr") for page in had.pages):
        raise ReadError("scan", f"has no text, only pictures of {_count(len(had.left))}; {_what_to_do(options)}")
    if not pieces:
        raise ReadError("empty", "holds no text; remove it or fetch it again")
    return Source(digest, "pdf", pieces, pages=tuple(had.pages), notes=tuple(_notes(had, options)))


def _placed(piece: Piece, had: _Had) -> Piece:
    """A piece where it stands on its page, which may have been turned to be read."""
    turn = had.turns.get(piece.page or 0)
    return replace(piece, box=turn.back(piece.box)) if turn and piece.box else piece


def _lay_out(had: _Had) -> None:
    had.layout.add(had.sheets)
    had.sheets = []


def _sheets(document: pypdfium2.PdfDocument, options: PdfOptions, had: _Had) -> Iterator[Sheet]:
    """Sheets with the text that is printed; a page that cannot be loaded is left."""
    total = 0
    for index in range(len(document)):
        try:
            sheet = printed(document, index, options.most_characters - total)
        except OverflowError as error:
            raise ReadError("too_long", f"holds more than {options.most_characters:,} characters; split it") from error
        except pypdfium2.PdfiumError:
            had.pages.append(Page(index + 1, "failed"))
            had.damaged.append(index + 1)
            continue
        total += sum(len(word.text) + 1 for word in sheet.words)
        yield sheet


def _take(document: pypdfium2.PdfDocument, sheet: Sheet, options: PdfOptions, had: _Had) -> None:
    """Take a sheet as it is printed, recognise it, or leave it."""
    had.sheets.append(sheet)
    if not _to_recognise(sheet, options):
        had.pages.append(Page(sheet.number, "left" if _is_scan(sheet) else "text"))
        had.left += [sheet.number] if _is_scan(sheet) else []
    elif not installed():
        had.pages.append(Page(sheet.number, "left" if _is_scan(sheet) else "text"))
        had.left.append(sheet.number)
    else:
        _recognise(document, sheet, had)


def _recognise(document: pypdfium2.PdfDocument, sheet: Sheet, had: _Had) -> None:
    try:
        found = recognise(document, sheet)
    except OcrError:
        had.pages.append(Page(sheet.number, "failed" if _is_scan(sheet) else "text"))
        had.failed.append(sheet.number)
        return
    words, turn = found.words, found.turn
    if _is_scan(sheet):
        known = [turn.there(word) for word in sheet.words]
        words = [*known, *(word for word in words if not _is_printed(word, known))]
    sheet.words, (sheet.width, sheet.height) = words, turn.size
    if turn.quarters or turn.skew:
        had.turns[sheet.number] = turn
        sheet.across, sheet.down = [], []
    had.pages.append(Page(sheet.number, "ocr", found.confidence))


def _is_printed(word: Word, printed: list[Word]) -> bool:
    """Whether a recognised word is one that the file holds as text, as a gazette's running head is."""
    middle = (word.top + word.bottom) / 2
    return any(known.left <= word.middle <= known.right and known.top <= middle <= known.bottom for known in printed)


def _to_recognise(sheet: Sheet, options: PdfOptions) -> bool:
    return options.ocr == "always" or (options.ocr == "auto" and _is_scan(sheet))


def _is_scan(sheet: Sheet) -> bool:
    return sheet.pictured > PICTURED and sum(len(word.text) for word in sheet.words) < FEWEST_CHARACTERS


def _what_to_do(options: PdfOptions) -> str:
    return "allow recognition and ingest again" if options.ocr == "never" and installed() else INSTALL


def _notes(had: _Had, options: PdfOptions) -> Iterator[str]:
    if had.left:
        yield f"{_pages(had.left)} only pictures and no text; {_what_to_do(options)}"
    if had.failed:
        yield f"{_pages(had.failed)} pictures that could not be recognised; look at the file"
    if had.damaged:
        yield f"{_pages(had.damaged)} damage and could not be read; fetch the file again"


def _count(number: int) -> str:
    return f"{number:,} page{'s' * (number != 1)}"


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10:,} more" if len(numbers) > 10 else "")  # noqa: PLR2004
    return f"page {shown} has" if len(numbers) == 1 else f"pages {shown} have"
