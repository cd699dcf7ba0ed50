"""PDF → Source: printed text through pdfium, scans through Tesseract, both through one reading of the layout."""

from pipeline.document import Source
from pipeline.read.options import Request
from pipeline.read.pdf.options import PdfOptions
from pipeline.read.pdf.reader import read_pdf

__all__ = ["PdfOptions", "read", "read_pdf"]


def read(request: Request) -> Source:
    """Read a PDF file; ReadError as `read_pdf`."""
    return read_pdf(request.content, request.digest, PdfOptions(request.options.ocr), request.done)
