"""read: bytes → Source, by what the bytes are; the name of a file only decides where bytes leave it open."""

from pipeline.read.options import ReadOptions
from pipeline.read.source import READABLE, read_source

__all__ = ["READABLE", "ReadOptions", "read_source"]
