"""One pattern for many phrases, in a form that the engine scans and matches fast."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from operator import itemgetter


def trie(phrases: Iterable[str], end: str = "", behind: str = "", gap: str = " ") -> str:
    r"""A pattern that matches the longest of the phrases, with their common beginnings shared.

    `end` must match behind each; said here, it leaves the first letters to the engine's own quick search. So does
    `behind`, which must match behind the first letter and looks back over it: `(?<!\w.)` for the start of a word.
    `gap` is what a space in a phrase stands for.

    >>> trie(["ban", "ban bí thư", "bộ"])
    'b(?:an(?: bí thư)?|ộ)'
    >>> trie(["QĐ", "NQ"], behind="(?<!-.)")
    '(?:N(?<!-.)Q|Q(?<!-.)Đ)'
    """
    return _shared(sorted(set(phrases)), end, behind, gap)


def _shared(phrases: list[str], end: str, behind: str, gap: str) -> str:
    """As `trie`, for phrases in order; one alone needs no branches, and most are alone behind their first syllables."""
    if len(phrases) == 1 and phrases[0]:
        return _letter(phrases[0][0], gap) + behind + "".join(_letter(char, gap) for char in phrases[0][1:]) + end
    optional = phrases[:1] == [""]
    branches = [
        _letter(first, gap) + behind + _shared([phrase[1:] for phrase in begun], end, "", gap)
        for first, begun in groupby(phrases[optional:], itemgetter(0))
    ]
    if not branches:
        return end
    joined = "|".join(branches)
    if optional:
        return f"(?:{joined}|{end})" if end else f"(?:{joined})?"
    return f"(?:{joined})" if len(branches) > 1 else joined


@cache
def _letter(first: str, gap: str) -> str:
    return gap if first == " " else re.escape(first)
