"""What a caller may choose about the reading of PDF files."""

from dataclasses import dataclass

from pipeline.read.options import Ocr


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """Which pages are recognised, and how much a file may hold.

    `ocr`: pages without text ("auto"), none ("never") or every page ("always"). A file with more than `most_pages` pages or
    `most_characters` characters is refused.
    """

    ocr: Ocr = "auto"
    most_pages: int = 5000
    most_characters: int = 20_000_000
