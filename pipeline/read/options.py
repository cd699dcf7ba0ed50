"""What a run says about reading, and what a reader is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.document import Format

Ocr = Literal["auto", "never", "always"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`ocr` says whether pages are recognised that have no text (auto), none, or all."""

    ocr: Ocr = "auto"


AS_USUAL = ReadOptions()


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Request:
    """The bytes of one file with their SHA-256; `done` is called for each page that took its time."""

    content: bytes
    digest: str
    kind: Format
    options: ReadOptions = AS_USUAL
    done: Callable[[], None] = field(default=_nothing)
