"""PDF → Source: printed text through pdfium, scans through Tesseract, both through one reading of the layout."""

from pipeline.read.pdf.options import PdfOptions
from pipeline.read.pdf.reader import read_pdf

__all__ = ["PdfOptions", "read_pdf"]
