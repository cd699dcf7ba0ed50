"""Fonts that draw the bytes of an old encoding, told by their names."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.read.legacy.tables import Encoding, rows

REMEMBERED = 1024
"""Names whose answer is kept."""
LONGEST = 100
"""Characters of a name that are looked at."""
_SUBSET = re.compile(r"(?:[A-Z]{6}\+)?#?")
_STYLE = re.compile(r"(?:[,\- ]?(?:Bold|Italic|Oblique|Regular|Normal|Roman|MT|PS))+$", re.I)


@dataclass(frozen=True, slots=True)
class FontEncoding:
    """The encoding of a font, and whether it draws small letters as capitals."""

    encoding: Encoding
    capitals: bool


@dataclass(frozen=True, slots=True)
class _Family:
    """Fonts whose names begin alike. `capitals` ends the names of those that draw capitals, "" if none does."""

    prefix: str
    encoding: Encoding
    capitals: str
    exact: bool


@lru_cache(REMEMBERED)
def encoding_of_font(name: str) -> FontEncoding | None:
    """The encoding that a font of this name draws; None for fonts of Unicode.

    >>> encoding_of_font("ABCDEF+.VnTimeH,Bold"), encoding_of_font("Times New Roman")
    (FontEncoding(encoding='tcvn3', capitals=True), None)
    """
    bare = name.strip()[:LONGEST]
    bare = bare[_SUBSET.match(bare).end() :]  # type: ignore[union-attr]
    family = next((each for each in _families() if _is_of(bare, each)), None)
    if family is None:
        return None
    ends = bool(family.capitals) and _STYLE.sub("", bare).endswith(family.capitals)
    return FontEncoding(family.encoding, ends)


def _is_of(name: str, family: _Family) -> bool:
    if family.exact:
        return name.startswith(family.prefix) and name[len(family.prefix) :][:1].isupper()
    return name.lower().startswith(family.prefix.lower())


@cache
def _families() -> tuple[_Family, ...]:
    return tuple(
        _Family(row["prefix"], row["encoding"], row["capitals"], row["case"] == "exact")  # type: ignore[arg-type]
        for row in rows("fonts.csv")
    )
