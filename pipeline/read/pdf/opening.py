"""Opening a PDF file, or saying why it cannot be."""

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.document import ReadError

TAIL = 4096
"""Last bytes in which the mark of a file's end is looked for; mail programs add some lines behind it."""
_DAMAGED = "is damaged and cannot be opened as a PDF; fetch it again or save it anew"


def opened(content: bytes, most_pages: int) -> pypdfium2.PdfDocument:
    """The document; ReadError if it is encrypted, damaged, cut off or too long."""
    if b"%%EOF" not in content.rstrip(b"\x00 \r\n\t")[-TAIL:]:
        raise ReadError("truncated", "breaks off before its end; fetch it again")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _refused(error) from error
    pages = len(document)
    if not 0 < pages <= most_pages:
        document.close()
        if pages <= 0:
            raise ReadError("damaged", "is damaged: it has no pages; fetch it again or save it anew")
        raise ReadError("too_many_pages", f"has {pages:,} pages, more than {most_pages:,}; split it")
    return document


def _refused(error: pypdfium2.PdfiumError) -> ReadError:
    code = getattr(error, "err_code", None)
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return ReadError("encrypted", "is encrypted; save it without a password")
    return ReadError("damaged", _DAMAGED)
