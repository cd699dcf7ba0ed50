"""A PDF file opened once more without the table of where its objects are, so that pdfium looks for them itself.

Where a place in the table is wrong, pdfium cannot load the page, or takes it for an empty one. It is opened when the first such page comes.
"""

import pypdfium2

from pipeline.read.pdf.printed import printed
from pipeline.read.pdf.words import Sheet

MOST_VAIN = 50
"""Pages that are looked at in vain; after as many the file is taken to have no others."""
_TABLE, _NONE = b"startxref", b"startxxxx"


class Rebuilt:
    """The pages of a file whose table of objects is not believed."""

    def __init__(self, content: bytes, count: int) -> None:
        self._content, self._count, self._vain = content, count, 0
        self._document: pypdfium2.PdfDocument | None = None

    def sheet(self, index: int, most: int) -> tuple[pypdfium2.PdfDocument, Sheet] | None:
        """The sheet of a page with what can render it; None if nothing stands there either. OverflowError as `printed`."""
        document = self._opened() if self._vain < MOST_VAIN else None
        try:
            sheet = printed(document, index, most) if document else None
        except pypdfium2.PdfiumError:
            sheet = None
        if document is None or sheet is None or is_blank(sheet):
            self._vain += 1
            return None
        return document, sheet

    def close(self) -> None:
        """Close the file, if it was opened."""
        if self._document:
            self._document.close()

    def _opened(self) -> pypdfium2.PdfDocument | None:
        """The file; None if it has other pages now, or none."""
        if self._document is None:
            try:
                self._document = pypdfium2.PdfDocument(self._content.replace(_TABLE, _NONE))
            except pypdfium2.PdfiumError:
                self._vain = MOST_VAIN
                return None
        return self._document if len(self._document) == self._count else None


def is_blank(sheet: Sheet) -> bool:
    """Whether nothing was found on a page."""
    return not (sheet.words or sheet.pictured or sheet.across or sheet.down)
