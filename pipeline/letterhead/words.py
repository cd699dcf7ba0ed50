"""Words by which letterheads and signature blocks are known, as alternatives of a pattern."""

import re
from collections.abc import Sequence
from functools import cache

from extractors.tables import doc_types, load_words

SPACE = r"\s{1,3}"
"""Between words of one name, which may stand on several lines."""


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of one list, in lower case; KeyError if there is no such list."""
    return load_words("letterheads.toml")[name]


def any_of(listed: Sequence[str]) -> str:
    r"""A pattern of any of these, the longest first; the words of one may stand on several lines.

    >>> any_of(["a b", "a b c"])
    'a\\s{1,3}b\\s{1,3}c|a\\s{1,3}b'
    """
    longest = sorted(set(listed), key=lambda each: (-len(each), each))
    return "|".join(SPACE.join(map(re.escape, each.split())) for each in longest)


@cache
def starts_with(name: str) -> re.Pattern[str]:
    """A pattern that matches, in lower case, where one of the words of a list stands first."""
    return re.compile(rf"(?:{any_of(words(name))})(?!\w)")


@cache
def first_words() -> frozenset[str]:
    """Words with which a body's name of several begins, which may stand alone in a narrow column ("ỦY" / "BAN NHÂN DÂN")."""
    return frozenset(name.split()[0] for name in words("bodies") if " " in name)


@cache
def type_names(capitals: bool = False) -> str:
    """A pattern of all types of documents, in lower case or in capitals."""
    return any_of([row.name.upper() if capitals else row.name for row in doc_types()])
