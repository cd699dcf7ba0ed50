"""Short for what people write and type: initials of laws, figures of congresses."""

import re
from functools import cache

from extractors.keys import key_parts
from extractors.tables import congresses, law_names

_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
"""A syllable of Vietnamese without marks."""
LEAST_INITIALS, MOST_NAMES = 3, 8
"""Letters of the shortest initials that are read, and how many names they may stand for."""


def short_for(part: str) -> tuple[str, ...]:
    """What letters that are no syllable may stand for: names of laws, or ends of them, whose words begin so.

    >>> short_for("bhxh"), short_for("toan")
    (('bao hiem xa hoi',), ())
    """
    return () if len(part) < LEAST_INITIALS or _SYLLABLE.fullmatch(part) else _initials().get(part, ())[:MOST_NAMES]


@cache
def _initials() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for row in law_names():
        words = key_parts(row.name)
        for end in range(LEAST_INITIALS, len(words) + 1):
            for start in range(end - LEAST_INITIALS + 1):
                found.setdefault("".join(word[0] for word in words[start:end]), {})[" ".join(words[start:end])] = None
    return {initials: tuple(names) for initials, names in found.items()}


def numerals(figures: str) -> tuple[str, ...]:
    """The numeral in which texts write the figures of a congress or a term.

    >>> numerals("13"), numerals("99")
    (('xiii',), ())
    """
    terms = tuple(dict.fromkeys(row.term for row in congresses()))
    at = int(figures) if len(figures) <= len("99") else 0
    return (terms[at - 1].lower(),) if 0 < at <= len(terms) else ()
