"""One pattern for many phrases, in a form that the engine scans and matches fast."""

import re
from collections.abc import Iterable


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
    tails: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases)):
        tails.setdefault(phrase[:1], []).append(phrase[1:])
    optional = tails.pop("", None) is not None
    branches = [_letter(first, gap) + behind + trie(rest, end, gap=gap) for first, rest in tails.items()]
    if not branches:
        return end
    joined = "|".join(branches)
    if optional:
        return f"(?:{joined}|{end})" if end else f"(?:{joined})?"
    return f"(?:{joined})" if len(branches) > 1 else joined


def _letter(first: str, gap: str) -> str:
    return gap if first == " " else re.escape(first)
