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
from pipeline.read.pdf.rebuilt import Rebuilt, is_blank
from pipeline.read.pdf.second import Second
from pipeline.read.pdf.turning import Turn
from pipeline.read.pdf.words import Sheet, Word
from pipeline.read.tesseract import INSTALL, installed

FEWEST_CHARACTERS, PICTURED = 150, 0.2
"""A page with less text than this and pictures over more than this part of it is a scan, perhaps with a printed head."""
BATCH = 100
"""Pages that are laid out together: a page in words takes some 0.2 MB."""


@dataclass(slots=True)
class _Had:
    """What reading has come to: the layout, sheets that it has not seen yet, how each page was had, numbers of pages by what befell them."""

    layout: Layout = field(default_factory=Layout)
    sheets: list[Sheet] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    turns: dict[int, Turn] = field(default_factory=dict)
    second: list[int] = field(default_factory=list)
    unnamed: list[int] = field(default_factory=list)
    characters: int = 0


def read_pdf(
    content: bytes,
    digest: str,
    options: PdfOptions = PdfOptions(),  # noqa: B008
    done: Callable[[], None] = lambda: None,
) -> Source:
    """Read a PDF file; ReadError says why it cannot be read. Pages that were left are told in `Source.notes`.

    `done` is called for each page.
    """
    try:
        return _source(_through_pdfium(content, options, done), digest, options)
    except ReadError as error:
        had = _through_second(content, options, done) if error.kind == "damaged" else None
        if had is None or not had.second:
            raise
        return _source(had, digest, options)


def _through_pdfium(content: bytes, options: PdfOptions, done: Callable[[], None]) -> _Had:
    document = opened(content, options.most_pages)
    try:
        had = _Had()
        for holder, sheet in _sheets(document, Rebuilt(content, len(document)), options, had):
            _take(holder, sheet, options, had)
            done()
            _lay_out(had, BATCH)
        _lay_out(had)
    finally:
        document.close()
    return had


def _through_second(content: bytes, options: PdfOptions, done: Callable[[], None]) -> _Had:
    """The pages of a file that pdfium cannot read, as far as they can be had."""
    had, second = _Had(), Second(content, options.most_pages)
    for index in range(second.count):
        try:
            sheet = second.sheet(index, options.most_characters - had.characters)
        except OverflowError as error:
            raise _too_long(options) from error
        if sheet:
            _keep(sheet, had)
            had.pages.append(Page(index + 1, "text"))
            had.second.append(index + 1)
        else:
            _lose(index, had)
        _lay_out(had, BATCH)
        done()
    _lay_out(had)
    return had


def _source(had: _Had, digest: str, options: PdfOptions) -> Source:
    if had.damaged and len(had.damaged) == len(had.pages):
        raise ReadError("damaged", "is damaged: none of its pages can be read; fetch it again or save it anew")
    pieces = tuple(_placed(piece, had) for piece in had.layout.pieces() if piece.text.strip())
    if had.left and not had.unnamed and not any(page.how in ("text", "ocr") for page in had.pages):
        raise ReadError("scan", f"has no text, only pictures of {_count(len(had.left))}; {_what_to_do(options)}")
    if not pieces:
        raise ReadError("empty", "holds no text; remove it or fetch it again")
    return Source(digest, "pdf", pieces, pages=tuple(had.pages), notes=tuple(_notes(had, options)))


def _placed(piece: Piece, had: _Had) -> Piece:
    """A piece where it stands on its page, which may have been turned to be read."""
    turn = had.turns.get(piece.page or 0)
    return replace(piece, box=turn.back(piece.box)) if turn and piece.box else piece


def _lay_out(had: _Had, fewest: int = 1) -> None:
    if len(had.sheets) >= fewest:
        had.layout.add(had.sheets)
        had.sheets = []


def _sheets(
    document: pypdfium2.PdfDocument, rebuilt: Rebuilt, options: PdfOptions, had: _Had
) -> Iterator[tuple[pypdfium2.PdfDocument, Sheet]]:
    """Sheets with the text that is printed and what can render them; a page that cannot be loaded is left."""
    try:
        for index in range(len(document)):
            sheet = _sheet(document, index, options, had)
            again = rebuilt.sheet(index, options.most_characters - had.characters) if _is_lost(sheet) else None
            if again:
                had.second.append(index + 1)
                yield again
            elif sheet:
                yield document, sheet
            else:
                _lose(index, had)
    except OverflowError as error:
        raise _too_long(options) from error
    finally:
        rebuilt.close()


def _sheet(document: pypdfium2.PdfDocument, index: int, options: PdfOptions, had: _Had) -> Sheet | None:
    try:
        return printed(document, index, options.most_characters - had.characters)
    except pypdfium2.PdfiumError:
        return None


def _is_lost(sheet: Sheet | None) -> bool:
    return sheet is None or is_blank(sheet)


def _keep(sheet: Sheet, had: _Had) -> None:
    had.sheets.append(sheet)
    had.characters += sum(len(word.text) + 1 for word in sheet.words)


def _lose(index: int, had: _Had) -> None:
    had.pages.append(Page(index + 1, "failed"))
    had.damaged.append(index + 1)


def _too_long(options: PdfOptions) -> ReadError:
    return ReadError("too_long", f"holds more than {options.most_characters:,} characters; split it")


def _take(document: pypdfium2.PdfDocument, sheet: Sheet, options: PdfOptions, had: _Had) -> None:
    """Take a sheet as it is printed, recognise it, or leave it."""
    _keep(sheet, had)
    had.unnamed += [sheet.number] if sheet.unnamed else []
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
    if _is_scan(sheet) and not sheet.unnamed:
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
    """Whether a page is to be read as a picture: it is one, or its letters have no names."""
    return sheet.unnamed or (
        sheet.pictured > PICTURED and sum(len(word.text) for word in sheet.words) < FEWEST_CHARACTERS
    )


def _what_to_do(options: PdfOptions) -> str:
    return "allow recognition and ingest again" if options.ocr == "never" and installed() else INSTALL


def _notes(had: _Had, options: PdfOptions) -> Iterator[str]:
    if guessed := [number for number in had.left if number in had.unnamed]:
        yield f"{_pages(guessed)} letters that the fonts do not name, so that the text is not to be trusted; {_what_to_do(options)}"
    if read := [number for number in had.unnamed if number not in had.left]:
        yield f"{_pages(read)} letters that the fonts do not name and came in as a picture does; compare what came in with the file"
    if pictures := [number for number in had.left if number not in had.unnamed]:
        yield f"{_pages(pictures)} only pictures and no text; {_what_to_do(options)}"
    if had.failed:
        yield f"{_pages(had.failed)} pictures that could not be recognised; look at the file"
    if had.second:
        yield f"{_pages(had.second)} damage and came in by a second way of reading; compare what came in with the file"
    if had.damaged:
        yield f"{_pages(had.damaged)} damage and could not be read; fetch the file again"


def _count(number: int) -> str:
    return f"{number:,} page{'s' * (number != 1)}"


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10:,} more" if len(numbers) > 10 else "")  # noqa: PLR2004
    return f"page {shown} has" if len(numbers) == 1 else f"pages {shown} have"
