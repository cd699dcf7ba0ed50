"""Keys under which symbols and words are looked up, however they are typed.

Letters lose their marks and case (đ counts as d), separators and spaces become one space, leading zeros go:
"682-QĐ/TU", "682 – qđ / tu" and "682 qd tu" have one key.
"""

import re
import unicodedata
from functools import lru_cache

from extractors.view import fold

_CENTRAL = re.compile(r"(?<!\w)T\.?Ư(?!\w)")
"""An older way of writing TW."""
_LATIN = re.compile("[\0-\x7f\u0300-\u034e\u0350-\u036f]*")
"""Letters without marks, and marks apart from them: the marks are what is not ASCII. U+034F among them is no mark."""
KNOWN = 50_000
"""Keys that are remembered."""
_PARTS = re.compile(r"\d+|[a-z&]+")


def strip_marks(text: str) -> str:
    """Lower case without marks; the length may change.

    >>> strip_marks("Quyết ÐỊNH")
    'quyet dinh'
    """
    bare = unicodedata.normalize("NFD", fold(unicodedata.normalize("NFC", text)).lower().replace("đ", "d"))
    if _LATIN.fullmatch(bare):
        return bare.encode("ascii", "ignore").decode("ascii")
    return "".join(char for char in bare if not unicodedata.combining(char))


def key_parts(text: str) -> list[str]:
    """Numbers and words of a typed or printed symbol, in order.

    >>> key_parts("số 08B-NQ/HNTW"), key_parts("66.2/2025/NQ-CP")
    (['so', '8', 'b', 'nq', 'hntw'], ['66', '2', '2025', 'nq', 'cp'])
    """
    central = _CENTRAL.sub("TW", fold(text))
    return [part.lstrip("0") or "0" if part.isdigit() else part for part in _PARTS.findall(strip_marks(central))]


@lru_cache(KNOWN)
def key_of(printed: str) -> str:
    """The key of a symbol, or of a number alone: digits without leading zeros, letters without marks.

    >>> key_of("682 – QÐ / TU"), key_of("08B"), key_of("66.10")
    ('682 qd tu', '8 b', '66 10')
    """
    return " ".join(key_parts(printed))
