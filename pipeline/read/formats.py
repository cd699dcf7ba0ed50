"""Which reader reads which format; a reader is imported when the first file of its format comes."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from pipeline.document import Format, Source
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
    return read(request)
