"""sketch: Text → a signature by which reprints are known (MinHash, Broder 1997; https://ekzhu.com/datasketch/minhash.html).

The signature of two texts agrees in about as many places as their sets of word fives have in common. Menus and other
boilerplate do not count, nor does the case of letters.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from extractors.view import fold
from pipeline.document import Text

if TYPE_CHECKING:
    from datasketch import MinHash

PLACES = 128
"""Numbers of a signature, of four bytes each: the share in common is known to some four hundredths."""
WORDS = 5
"""Syllables and numbers in a row that are compared."""
LEAST = 40
"""Words below which a text has no signature: a line of greeting is no reprint of another."""
AT_ONCE = 20_000
"""Fives that are hashed at once, which takes 20 MB."""
_FACTOR = 0x9E3779B97F4A7C15
_WORD = re.compile(r"\w+")


def sketch(text: Text) -> bytes | None:
    """The signature of a text, `PLACES` numbers of four bytes, low byte first; None if it is too short."""
    hashes = _words(text)
    if len(hashes) < LEAST:
        return None
    signature = _empty().copy()
    for first in range(0, len(hashes), AT_ONCE):
        signature.update_batch(_fives(hashes[first : first + AT_ONCE + WORDS - 1]))
    return bytes(signature.hashvalues.astype("<u4").tobytes())


def _words(text: Text) -> list[int]:
    counted = (text.text[block.start : block.end] for block in text.blocks if block.kind != "boilerplate")
    return list(map(_hash, _WORD.findall(fold("\n".join(counted)).lower())))


@lru_cache(1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode())


def _fives(words: list[int]) -> list[int]:
    """One number for each five words in a row."""
    import numpy as np  # noqa: PLC0415

    row = np.array(words, dtype=np.uint64)
    count = len(row) - WORDS + 1
    mixed = np.zeros(max(count, 0), dtype=np.uint64)
    for at in range(WORDS if count > 0 else 0):
        mixed = mixed * np.uint64(_FACTOR) + row[at : at + count]
    return list(((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0xFFFFFFFF)).tolist())


@cache
def _empty() -> "MinHash":
    from datasketch import MinHash  # noqa: PLC0415  (0.5 s, and only ingestion needs it)

    return MinHash(num_perm=PLACES, seed=1, hashfunc=int)
