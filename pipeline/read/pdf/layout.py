"""Sheets → pieces in reading order: margins, heads, tables, signatures, footnotes, and paragraphs over the breaks of pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.document import Piece
from pipeline.read.pdf.aligned import in_tables
from pipeline.read.pdf.footnotes import split_footnotes
from pipeline.read.pdf.joining import piece
from pipeline.read.pdf.letterhead import find_head, title_at
from pipeline.read.pdf.margins import Seen, margins
from pipeline.read.pdf.paragraphs import FEWEST_ROWS, Flow, Measure, measure
from pipeline.read.pdf.prose import in_columns
from pipeline.read.pdf.ruled import Grid, find_grids, without
from pipeline.read.pdf.signature import find_signature, is_signed
from pipeline.read.pdf.words import Row, Sheet, rows_of

MOST_HEADS = 20
"""Letterheads and signature blocks of a page."""


@dataclass(slots=True)
class _Parts:
    """A page in parts: marginal pieces above and below, the body's rows, its tables, and its notes."""

    sheet: Sheet
    grids: list[Grid]
    above: list[Piece] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    below: list[Piece] = field(default_factory=list)


class Layout:
    """Pieces of a document, from sheets that are added batch by batch, so that a long one need not be held in memory."""

    def __init__(self) -> None:
        self._flow, self._seen = Flow(), Seen()

    def add(self, sheets: Sequence[Sheet]) -> None:
        """Add the next sheets. Nothing of them is left out of the pieces but what their `joins` tell."""
        pages = _parted(sheets, self._seen)
        whole = measure([row for page in pages for row in page.body])
        for page in pages:
            own = measure(page.body) if len(page.body) >= FEWEST_ROWS else whole
            page.body, page.notes = split_footnotes(page.body, whole.size, page.sheet.height, page.sheet.across)
            self._flow.margin(page.above)
            _feed(self._flow, page, own)
            self._flow.margin([*page.notes, *page.below])

    def pieces(self) -> list[Piece]:
        """All pieces in reading order, when all sheets have been added."""
        self._flow.close()
        return self._flow.pieces


def _parted(sheets: Sequence[Sheet], seen: Seen) -> list[_Parts]:
    pages = []
    for sheet in sheets:
        sheet.rows = rows_of(sheet.words, sheet.number)
        pages.append(_Parts(sheet, [grid for grid in find_grids(sheet) if not _holds_block(grid, sheet)]))
    ruled = [[(grid.ys[0], grid.ys[-1]) for grid in page.grids] for page in pages]
    for page, (head, foot) in zip(pages, margins(sheets, ruled, seen), strict=True):
        rows = page.sheet.rows
        end = len(rows) - min(foot, len(rows) - head)
        page.above = [piece([row], "boilerplate") for row in rows[:head]]
        page.below = [piece([row], "boilerplate") for row in rows[end:]]
        page.below += [piece(rows_of(words, page.sheet.number), "boilerplate") for words in page.sheet.stamps]
        page.body = without(rows[head:end], page.grids)
    return pages


def _holds_block(grid: Grid, sheet: Sheet) -> bool:
    """Whether a grid only lays out a letterhead or a signature block."""
    rows = rows_of(filter(grid.holds, sheet.words), sheet.number)
    return any(title_at(row) is not None or is_signed(row) for row in rows)


def _feed(flow: Flow, page: _Parts, measured: Measure) -> None:
    """The body into the flow: rows as paragraphs, what stands in columns or tables as blocks."""
    grids = list(page.grids)
    for item in _items(page.body, measured):
        top = item.top if isinstance(item, Row) else min(piece.box[1] for piece in item if piece.box)
        while grids and grids[0].ys[0] < top:
            _table(flow, grids.pop(0), page.sheet)
        if isinstance(item, Row):
            flow.row(item, measured)
        else:
            flow.block(item)
    for grid in grids:
        _table(flow, grid, page.sheet)


def _table(flow: Flow, grid: Grid, sheet: Sheet) -> None:
    flow.block(grid.pieces([word for word in sheet.words if grid.holds(word)], sheet.number))


def _items(rows: Sequence[Row], measured: Measure) -> Iterator[Row | list[Piece]]:
    """Rows that run across the page, and the pieces of what stands in two columns."""
    centre = (measured.left + measured.right) / 2
    at, found = 0, 0
    while at < len(rows):
        blocks = [block for block in (find_head(rows, at, centre), find_signature(rows, at, centre)) if block]
        found += 1
        if not blocks or found > MOST_HEADS:
            break
        block = min(blocks, key=lambda block: block.start)
        yield from _between(rows[at : block.start], measured)
        yield block.pieces()
        at = max(block.end, at + 1)
    yield from _between(rows[at:], measured)


def _between(rows: Sequence[Row], measured: Measure) -> Iterator[Row | list[Piece]]:
    for stretch in in_tables(rows):
        if isinstance(stretch[0], Row):
            yield from in_columns([row for row in stretch if isinstance(row, Row)], measured)
        else:
            yield [piece for piece in stretch if isinstance(piece, Piece)]
