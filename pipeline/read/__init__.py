"""read: bytes → Source, by what the bytes are; the name of a file only decides where bytes leave it open."""

from pipeline.read.options import AS_USUAL, ReadOptions
from pipeline.read.source import READABLE, REFUSED, read_source
from pipeline.read.tesseract import INSTALL, installed

__all__ = ["AS_USUAL", "INSTALL", "READABLE", "REFUSED", "ReadOptions", "installed", "read_source"]
