"""Text that looks like windows-1252 → Unicode."""

import re
from collections.abc import Callable
from functools import cache
from unicodedata import normalize

from pipeline.read.legacy.tables import PLAIN, Encoding, Table, table

_OTHER_FORMS = re.compile("[\x80-\x9f\uf001-\uf0ff]")
_WORD_OR_GAP = re.compile(r"[^\W\d_]+|[\W\d_]+")
_BETWEEN = ["capitals", "gap", "either", "gap", "capitals"]
_SMALL = re.compile("[a-z]")
_CAPITALS = re.compile("[A-Z].*[A-Z]|[^A-Z][A-Z]")


def convert(text: str, encoding: Encoding, capitals: bool = False) -> str:
    """Text in Unicode (NFC); what `encoding` does not define stays. `capitals` says that the font drew all letters as capitals.

    >>> convert("Hµ Néi", "tcvn3"), convert("Vieät Nam", "vni"), convert("th«ng t\u00ad", "tcvn3", capitals=True)
    ('Hà Nội', 'Việt Nam', 'THÔNG TƯ')
    """
    if _OTHER_FORMS.search(text):
        text = text.translate(PLAIN)
    converted = normalize("NFC", _converter(encoding)(text))
    if capitals:
        return converted.upper()
    return raised(converted) if encoding == "tcvn3" else converted


def raised(text: str) -> str:
    """Words in capitals with all their letters as capitals: TCVN3 has no capitals with marks, and people typed small letters.

    >>> raised("CộNG HOà Xã HộI, Bà NGUYỄN")
    'CỘNG HOÀ XÃ HỘI, Bà NGUYỄN'
    """
    parts = _WORD_OR_GAP.findall(text)
    kinds = [_kind(part) for part in parts]
    for at, kind in enumerate(kinds):
        between = kind == "either" and kinds[max(0, at - 2) : at + 3] == _BETWEEN
        if kind == "capitals" or between:
            parts[at] = parts[at].upper()
    return "".join(parts)


def _kind(word: str) -> str:
    """Whether a word is in capitals, as far as its letters without marks tell; "gap" for blanks."""
    if word.isspace():
        return "gap"
    if not word[0].isalpha() or _SMALL.search(word) or word.islower():
        return "small"
    return "capitals" if _CAPITALS.search(word) else "either"


@cache
def _converter(encoding: Encoding) -> Callable[[str], str]:
    codes = table(encoding)
    if codes.pairs:
        return _by_pairs(codes)
    singles = str.maketrans(codes.singles)
    if not codes.aliases:
        return lambda text: text.translate(singles)
    beside = _beside_letters(codes)
    return lambda text: beside(text).translate(singles)


def _by_pairs(codes: Table) -> Callable[[str], str]:
    """A letter with its mark first, then what stands alone."""
    bases, marks = ("".join({pair[at] for pair in codes.pairs}) for at in (0, 1))
    pattern = re.compile(f"[{bases}][{marks}]|[{''.join(codes.singles)}]")
    known = codes.pairs | codes.singles

    def meant(found: re.Match[str]) -> str:
        return known.get(found[0]) or "".join(codes.singles.get(char, char) for char in found[0])

    return lambda text: pattern.sub(meant, text)


def _beside_letters(codes: Table) -> Callable[[str], str]:
    """Other characters for a byte as what that looks like, where they are beside a letter."""
    look = {meant: char for char, meant in codes.singles.items()}
    aliases, letter = re.escape("".join(codes.aliases)), f"[a-zA-Z{re.escape(''.join(codes.singles))}]"
    pattern = re.compile(f"(?<={letter})[{aliases}]|[{aliases}](?={letter})")
    return lambda text: pattern.sub(lambda found: look[codes.aliases[found[0]]], text)
