"""What a source may say, whoever read it: the process that reads files from outside is not believed."""

import math
from collections.abc import Iterator
from datetime import date

from pipeline.document import Box, Piece, Source

MOST_PAGES = 1_000_000
"""Pages of a file whose reader does not tell how each was had."""


def fits(source: Source) -> bool:
    """Whether all of a source can be stored, and its places lie within its pages and texts."""
    pages = len(source.pages)
    numbered = [page.number for page in source.pages] == [*range(1, pages + 1)]
    confident = all(page.confidence is None or 0 <= page.confidence <= 1 for page in source.pages)
    told = source.published is None or _is_day(source.published)
    return (
        numbered and confident and told
        and all(map(is_storable, _words(source)))
        and all(_piece_fits(piece, pages or MOST_PAGES) for piece in source.pieces)
    )  # fmt: skip


def is_storable(text: str) -> bool:
    r"""Whether a text holds neither NUL nor halves of characters.

    >>> is_storable("Điều 1"), is_storable("a\0"), is_storable("\ud800")
    (True, False, False)
    """
    try:
        return "\0" not in text and text.encode() is not None
    except UnicodeEncodeError:
        return False


def _words(source: Source) -> Iterator[str]:
    said = (source.title, source.published_from, source.byline, source.url)
    yield from (each for each in said if each is not None)
    yield from (*source.encodings, *source.notes)
    for piece in source.pieces:
        yield piece.text
        yield from (what for _, what in piece.joins)


def _piece_fits(piece: Piece, pages: int) -> bool:
    places = [at for at, _ in piece.joins]
    ordered = places == sorted(places) and all(0 <= at <= len(piece.text) for at in places)
    return ordered and (piece.page is None or 1 <= piece.page <= pages) and (piece.box is None or _box_fits(piece.box))


def _box_fits(box: Box) -> bool:
    left, top, right, bottom = box
    return all(map(math.isfinite, box)) and left <= right and top <= bottom


def _is_day(published: str) -> bool:
    try:
        return date.fromisoformat(published).isoformat() == published
    except ValueError:
        return False
