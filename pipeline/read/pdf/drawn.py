"""What is drawn on a page: straight rules, and how much of it a picture covers."""

import ctypes
from typing import Protocol

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.read.pdf.words import Rule, Sheet

MOST_OBJECTS, MOST_PIECES, DEEPEST = 20_000, 4_000, 4
"""Objects of a page, pieces of a path and forms within forms that are looked at."""
THIN, SHORTEST = 2.5, 6.0
"""Thickest and shortest rule, in points."""
_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Turned(Protocol):
    """From a page's own coordinates to those of the page as it is shown."""

    def __call__(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""


def draw(page: pypdfium2.PdfPage, turned: Turned, sheet: Sheet) -> None:
    """Put rules and pictures of the page into the sheet."""
    count = min(pdfium.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)
    budget = [MOST_OBJECTS]
    for at in range(count):
        _object(pdfium.FPDFPage_GetObject(page.raw, at), _PLAIN, turned, sheet, budget, 0)


def _object(item: object, matrix: _Matrix, turned: Turned, sheet: Sheet, budget: list[int], depth: int) -> None:
    budget[0] -= 1
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        _path(item, matrix, turned, sheet)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        left, top, right, bottom = _placed(_bounds(item), matrix, turned)
        sheet.pictured += max(0.0, right - left) * max(0.0, bottom - top) / max(1.0, sheet.width * sheet.height)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
        inner = _times(_matrix(item), matrix)
        for at in range(pdfium.FPDFFormObj_CountObjects(item)):
            if budget[0] <= 0:
                return
            _object(pdfium.FPDFFormObj_GetObject(item, at), inner, turned, sheet, budget, depth + 1)


def _path(item: object, matrix: _Matrix, turned: Turned, sheet: Sheet) -> None:
    """A thin path is a rule; of any other, the straight pieces along the page's edges are, if it is stroked."""
    bounds = _bounds(item)
    left, top, right, bottom = _placed(bounds, matrix, turned)
    if min(right - left, bottom - top) <= THIN:
        _add(sheet, left, top, right, bottom)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    pieces = pdfium.FPDFPath_CountSegments(item)
    if not stroke.value or pieces > MOST_PIECES:
        return
    _pieces(item, pieces, _times(_matrix(item), matrix), turned, sheet)


def _pieces(item: object, count: int, matrix: _Matrix, turned: Turned, sheet: Sheet) -> None:
    here = begun = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(count):
        piece = pdfium.FPDFPath_GetPathSegment(item, at)
        pdfium.FPDFPathSegment_GetPoint(piece, ctypes.byref(x), ctypes.byref(y))
        there = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(piece)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = there
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            _line(here, there, matrix, turned, sheet)
        if pdfium.FPDFPathSegment_GetClose(piece):
            _line(there, begun, matrix, turned, sheet)
        here = there


def _line(start: tuple[float, float], end: tuple[float, float], matrix: _Matrix, turned: Turned, sheet: Sheet) -> None:
    box = (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
    left, top, right, bottom = _placed(box, matrix, turned)
    if min(right - left, bottom - top) <= THIN:
        _add(sheet, left, top, right, bottom)


def _add(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    if right - left >= max(SHORTEST, bottom - top):
        sheet.across.append(Rule((top + bottom) / 2, left, right))
    elif bottom - top >= SHORTEST:
        sheet.down.append(Rule((left + right) / 2, top, bottom))


def _bounds(item: object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, (left, bottom, right, top)))
    return left.value, bottom.value, right.value, top.value


def _matrix(item: object) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _PLAIN
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _placed(
    box: tuple[float, float, float, float], matrix: _Matrix, turned: Turned
) -> tuple[float, float, float, float]:
    """A box after its matrix, on the page as it is shown."""
    if matrix == _PLAIN:
        return turned(*box)
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return turned(min(xs), min(ys), max(xs), max(ys))
