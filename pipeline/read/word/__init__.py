"""Word (.docx) → Source: paragraphs, tables, boxes, notes, headers and footers; letterheads and signatures column after column."""

from collections.abc import Iterator, Sequence

from pipeline.document import BlockKind, Piece, ReadError, Source
from pipeline.read.options import Request
from pipeline.read.tables import by_columns, layout_of
from pipeline.read.word.numbers import Numbers
from pipeline.read.word.package import Element, Flat, Package, W, path, value
from pipeline.read.word.paragraphs import Printer
from pipeline.read.word.styles import Styles

HEAD = 30
"""Blocks among which the table of a letterhead stands."""
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_SECTIONS = {
    f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{_HINT}sect", f"{_HINT}sub-section",
}  # fmt: skip
"""Elements that hold blocks of the document."""
Cell = list[str]
"""Paragraphs of a cell."""


def read(request: Request) -> Source:
    """Read a Word file; ReadError if it is damaged, protected or without text."""
    package = Package(request.content) if request.content.startswith(b"PK") else Flat(request.content)
    body = path(package.part("document"), "body")
    if body is None:
        raise ReadError("damaged", "is a Word document without a body; open it and save it anew")
    printer = Printer(Styles.of(package), Numbers.of(package))
    pieces = [*_body(body, printer), *_notes(package, printer), *_margins(package, printer)]
    if not any(piece.text.strip() for piece in pieces):
        raise ReadError("no_text", "holds no text, only pictures or nothing; recognise its text and save it as PDF")
    return Source(request.digest, request.kind, tuple(pieces), encodings=tuple(sorted(printer.encodings)))


def _body(body: Element, printer: Printer) -> Iterator[Piece]:
    for number, block in enumerate(_blocks(body)):
        if block.tag == f"{W}tbl":
            yield from _table(_rows(block, printer), number < HEAD)
        else:
            yield from _piece(printer.text(block))
        while printer.boxes:
            yield from _box(printer.boxes.pop(0), printer)


def _blocks(holder: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, through sections that hold some."""
    waiting = list(reversed(holder))
    while waiting:
        element = waiting.pop()
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in _SECTIONS:
            waiting += reversed(element)


def _box(box: Element, printer: Printer) -> Iterator[Piece]:
    for block in _blocks(box):
        if block.tag == f"{W}tbl":
            yield from _table(_rows(block, printer), first=False)
        else:
            yield from _piece(printer.text(block))


def _piece(text: str, kind: BlockKind | None = None) -> Iterator[Piece]:
    if text.strip():
        yield Piece(text, kind)


def _rows(table: Element, printer: Printer) -> list[list[Cell]]:
    """Rows of cells; what is in a table within a cell is part of the cell."""
    rows = []
    for row in table.iter(f"{W}tr"):
        if _owner(row, f"{W}tbl") is table and path(row, "trPr", "del") is None:
            cells = [cell for cell in row.iter(f"{W}tc") if _owner(cell, f"{W}tr") is row]
            rows.append(
                [
                    [printer.text(paragraph) for paragraph in cell.iter(f"{W}p") if _is_plain(paragraph)]
                    for cell in cells
                ]
            )
    return rows


def _owner(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _is_plain(paragraph: Element) -> bool:
    """Whether a paragraph stands in its cell and in no box."""
    return _owner(paragraph, f"{W}txbxContent") is None


def _table(rows: Sequence[Sequence[Cell]], first: bool) -> Iterator[Piece]:
    """A table of the layout as its columns, one of data as its rows."""
    layout = layout_of("\n".join(cell) for row in rows for cell in row)
    if layout == "signature" or (layout and first):
        for cell in by_columns(rows):
            for line in cell:
                yield from _piece(line, layout)
        return
    for row in rows:
        cells = [" ".join(" ".join(cell).split()) for cell in row]
        yield from _piece(" | ".join(cells) if any(cells) else "", "table" if len(cells) > 1 else None)


def _notes(package: Package, printer: Printer) -> Iterator[Piece]:
    """Notes at the end, in the order in which the text refers to them."""
    by_id: dict[tuple[str, str], Element] = {}
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        if (root := package.part(kind)) is not None:
            notes = [note for note in root.iter(f"{W}{tag}") if value(note, "type") not in _SEPARATORS]
            by_id |= {(kind, str(value(note, "id"))): note for note in notes}
    for reference in dict.fromkeys([*printer.notes, *by_id]):
        if reference in by_id:
            for paragraph in by_id[reference].iter(f"{W}p"):
                yield from _piece(printer.text(paragraph).strip())


def _margins(package: Package, printer: Printer) -> Iterator[Piece]:
    """Headers and footers, each once."""
    seen: set[str] = set()
    for root in (*package.parts("header"), *package.parts("footer")):
        for paragraph in root.iter(f"{W}p"):
            line = " ".join(printer.text(paragraph).split())
            if line and line not in seen:
                seen.add(line)
                yield Piece(line, "boilerplate")
