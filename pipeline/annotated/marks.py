"""What people marked in a text, as annotation files give it; nothing in them is trusted."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import category

MOST_BYTES = 256 * 1024 * 1024
"""Size of a file that is read as a whole; a task of Label Studio took 90 KB on average of 31 articles and decisions, annotated twice that."""
MOST_MARKS = 100_000
"""Marks in one text; a text of 500,000 letters full of them had 27,000."""
MOST_LETTERS = 2_000
"""Letters of a field."""


class AnnotationError(Exception):
    """A file of annotations cannot be read at all; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that people marked: half-open character offsets, and what they say of it; `fields` is None if nothing."""

    family: str
    start: int
    end: int
    fields: Mapping[str, str] | None = None
    document: str | None = None


Place = tuple[str, int, int]
"""Family, start and end."""
Drawn = tuple[str, Place, Place]
"""A relation: its kind, the mark that it goes out from, and the one that it goes to."""


@dataclass(slots=True)
class Annotated:
    """A text as people annotated it: by id or digest of its file, with its letters; `wrong` are sentences on what is left out.

    `ties` are kinds with both ends; `refused` are marks (with "") and fields of marks that cannot be stored; `note` says where it comes from.
    """

    name: str
    id: str
    sha256: str
    text: str
    note: str
    marks: list[Mark] = field(default_factory=list)
    ties: set[Drawn] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    refused: set[tuple[Place, str]] = field(default_factory=set)


class Offsets:
    r"""Puts marks on a text by their offsets, in characters, or in UTF-16 units as JavaScript counts them.

    >>> Offsets("\U0001f600 số 5").place(3, 7, "số 5")
    (2, 6)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        wide = [at for at, char in enumerate(text) if ord(char) > 0xFFFF] if not text.isascii() else []  # noqa: PLR2004
        self._wide = [at + before for before, at in enumerate(wide)]

    def place(self, start: object, end: object, words: object) -> tuple[int, int] | None:
        """Offsets in characters of what stands there and reads as `words`, if these are known; None if that does not fit."""
        if type(start) is not int or type(end) is not int:
            return None
        for begin, stop in ((start, end), (self._narrow(start), self._narrow(end))):
            if 0 <= begin < stop <= len(self.text) and _like(self.text[begin:stop], words):
                return begin, stop
        return None

    def _narrow(self, units: int) -> int:
        return units - bisect_left(self._wide, units)


def _like(found: str, words: object) -> bool:
    return not isinstance(words, str) or found.split() == words.replace("\\n", "\n").split()


def is_sound(value: object) -> bool:
    """Whether it is text that can be stored: not too long, without halves of characters and without control characters but white space."""
    if not isinstance(value, str) or len(value) > MOST_LETTERS:
        return False
    return all(char.isspace() or category(char) not in ("Cc", "Cs") for char in value)
