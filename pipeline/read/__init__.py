"""read: bytes → Source, by what the bytes are; the name of a file only decides where bytes leave it open."""

from pipeline.read.source import READABLE, UNREADABLE, read_source

__all__ = ["READABLE", "UNREADABLE", "read_source"]
