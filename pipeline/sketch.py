"""sketch: Text → a signature by which reprints are known (MinHash, Broder 1997).

The signature of two texts agrees in about as many places as their sets of word fives have in common. Menus and other
boilerplate do not count, nor does the case of letters. The numbers are those of datasketch, which the tests compare with;
the library itself loads scipy, which costs every process that reads 56 MB and 0.45 s (2026-11-22).
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from extractors.view import fold
from pipeline.document import Text

if TYPE_CHECKING:
    from numpy import uint32
    from numpy.typing import NDArray

PLACES = 128
"""Numbers of a signature, of four bytes each: the share in common is known to some four hundredths."""
WORDS = 5
"""Syllables and numbers in a row that are compared."""
LEAST = 40
"""Words below which a text has no signature: a line of greeting is no reprint of another."""
AT_ONCE = 20_000
"""Fives whose permutations are made at once, which takes 10 MB."""
MIXING = ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1))
"""Shifts and factors of MurmurHash3's finalizer, by which numbers that lie close come apart (Appleby 2011)."""
_FACTOR = 0x9E3779B97F4A7C15
_WORD = re.compile(r"\w+")


def sketch(text: Text) -> bytes | None:
    """The signature of a text, `PLACES` numbers of four bytes, low byte first; None if it is too short."""
    hashes = _words(text)
    if len(hashes) < LEAST:
        return None
    least = _least(hashes[:AT_ONCE])
    for first in range(AT_ONCE - WORDS + 1, len(hashes) - WORDS + 1, AT_ONCE):
        least = least.clip(max=_least(hashes[first : first + AT_ONCE + WORDS - 1]))
    return bytes(least.astype("<u4").tobytes())


def _words(text: Text) -> list[int]:
    counted = (text.text[block.start : block.end] for block in text.blocks if block.kind != "boilerplate")
    return list(map(_hash, _WORD.findall(fold("\n".join(counted)).lower())))


@lru_cache(1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode())


def _least(words: list[int]) -> "NDArray[uint32]":
    """Of every permutation the least number that it gives the fives of these words."""
    import numpy as np  # noqa: PLC0415  (0.1 s, and only ingestion needs it)

    factors, offsets = _permutations()
    least: NDArray[uint32] = np.min(factors * _fives(words) + offsets, axis=1)
    return least


def _fives(words: list[int]) -> "NDArray[uint32]":
    """One number for each five words in a row."""
    import numpy as np  # noqa: PLC0415

    row = np.array(words, dtype=np.uint64)
    count = len(row) - WORDS + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(WORDS):
        mixed = mixed * np.uint64(_FACTOR) + row[at : at + count]
    fives = (mixed ^ (mixed >> np.uint64(32))).astype(np.uint32)
    for shift, factor in MIXING:
        fives = (fives ^ (fives >> np.uint32(shift))) * np.uint32(factor)
    return fives


@cache
def _permutations() -> "tuple[NDArray[uint32], NDArray[uint32]]":
    """Odd factors, and offsets, of `PLACES` permutations modulo 2^32, each as a column."""
    import numpy as np  # noqa: PLC0415

    draw = np.random.RandomState(1)
    factors = draw.randint(0, 1 << 31, (PLACES, 1), dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, (PLACES, 1), dtype=np.uint32)
