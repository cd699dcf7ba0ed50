"""PDF files: pages read in a second against pdfplumber's plain `extract_text` on the same pages in the same run."""

import io
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pdfplumber
import pypdfium2

from pipeline.read.pdf import PdfOptions, read_pdf
from tests.corpus import ROOT
from tests.pdfs import Printer, font, printed

SHARED = ROOT.parent / "shared" / "data" / "pdf"
MOST_PAGES, ROUNDS = 5, 3
"""Pages of each sort that are measured from one file, and times that the reader reads them."""
_HEAD = (
    ["BỘ NỘI VỤ", "", "Số: 15/QĐ-BNV"],
    ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", "Hà Nội, ngày 05 tháng 3 năm 2020"],
)
_BODY = (
    "Các cấp ủy, tổ chức đảng rà soát, bổ sung quy hoạch cán bộ nhiệm kỳ tới theo đúng nguyên tắc và thời gian đã định. "
    * 3
)


def report() -> None:
    """Print one line for plain pages and one for pages with a letterhead or a table."""
    print("\nPDF: pages read against pdfplumber's extract_text")
    sorts = {"plain pages": [*_samples(plain=True)], "pages with a letterhead or a table": [*_samples(plain=False)]}
    for label, samples in sorts.items():
        reader = sum(_ours(sample) for sample in samples)
        reference = sum(_theirs(sample) for sample in samples)
        count = sum(len(pypdfium2.PdfDocument(sample)) for sample in samples)
        print(
            f"  {label:44} {count / reader:8.1f} pages/s {reference / reader:6.2f} times the reference's speed ({count} pages)"
        )


def _ours(sample: bytes) -> float:
    return min(_timed(sample) for _ in range(ROUNDS))


def _timed(sample: bytes) -> float:
    start = process_time()
    read_pdf(sample, "", PdfOptions(ocr="never"))
    return process_time() - start


def _theirs(sample: bytes) -> float:
    start = process_time()
    with pdfplumber.open(io.BytesIO(sample)) as document:
        for page in document.pages:
            page.extract_text()
    return process_time() - start


def _samples(plain: bool) -> Iterator[bytes]:
    """Files of pages of one sort: of real files beside the checkout, else generated."""
    files = sorted(SHARED.glob("*.pdf")) if SHARED.is_dir() else []
    for file in files:
        yield from _cut(file, plain)
    if font() and (not files or not plain):
        yield printed(_plain if plain else _laid_out)


def _cut(file: Path, plain: bool) -> Iterator[bytes]:
    """The first page, which has the letterhead, or the plain pages after it."""
    source = pypdfium2.PdfDocument(file)
    pages = [*range(1, min(len(source), 1 + MOST_PAGES))] if plain else [0]
    if pages:
        target, held = pypdfium2.PdfDocument.new(), io.BytesIO()
        target.import_pages(source, pages)
        target.save(held)
        yield held.getvalue()


def _plain(paper: Printer) -> None:
    for _ in range(MOST_PAGES):
        for _ in range(7):
            paper.paragraph(_BODY)
        paper.page()


def _laid_out(paper: Printer) -> None:
    paper.columns(*_HEAD, (150, 410))
    paper.paragraph(_BODY)
    paper.table([["TT", "Đơn vị", "Chi bộ"], *([str(row), "Xã Yên Hoa", "12"] for row in range(20))], [40, 200, 120])
