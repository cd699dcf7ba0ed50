"""Which reader reads which format; a reader is imported when the first file of its format comes."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import islice
from typing import cast

from pipeline.document import Format, Source
from pipeline.read.legacy import mend
from pipeline.read.options import Request

READERS: dict[Format, str] = {
    "html": "html",
    "pdf": "pdf",
    "eml": "mail",
    "mht": "mail",
    "docx": "word",
    "doc": "converted",
    "rtf": "converted",
    "odt": "converted",
}
"""Modules of this folder; each has a function `read`."""


def read_format(request: Request) -> Source:
    """Read the bytes of one file; ReadError if it cannot be read."""
    read = cast("Callable[[Request], Source]", import_module(f"pipeline.read.{READERS[request.kind]}").read)
    return _mended(read(request))


def _mended(source: Source) -> Source:
    """What is left in an old encoding, since no font told it, converted by its letters."""
    mended, encodings = mend("\n".join(piece.text for piece in source.pieces))
    if not encodings:
        return source
    lines = iter(mended.split("\n"))
    texts = ("\n".join(islice(lines, piece.text.count("\n") + 1)) for piece in source.pieces)
    pieces = (
        piece if text == piece.text else replace(piece, text=text, joins=())
        for piece, text in zip(source.pieces, texts, strict=True)
    )
    return replace(source, pieces=tuple(pieces), encodings=tuple(dict.fromkeys([*source.encodings, *encodings])))
