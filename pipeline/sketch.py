"""sketch: Text → a signature by which reprints are known (MinHash, Broder 1997).

The signature of two texts agrees in about as many places as their sets of word fives have in common. Menus and other
boilerplate do not count, nor does the case of letters. The numbers are those of datasketch, which the tests compare with;
the library itself loads scipy, which costs every process that reads 56 MB and 0.45 s (2026-11-22).
"""

from functools import cache, reduce

import numpy as np
from numpy import bool_, uint32, uint64
from numpy.typing import NDArray

from extractors.view import lowered
from pipeline.document import Text

PLACES = 128
"""Numbers of a signature, of four bytes each: the share in common is known to some four hundredths."""
WORDS = 5
"""Syllables and numbers in a row that are compared."""
LEAST = 40
"""Words below which a text has no signature: a line of greeting is no reprint of another."""
AT_ONCE = 4_000
"""Fives that are made at once with their permutations, in 2 MB that are kept: asking for them anew for each text takes eight times as long."""
MIXING = ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1))
"""Shifts and factors of MurmurHash3's finalizer, by which numbers that lie close come apart (Appleby 2011)."""
LETTERS_AT_ONCE = 1 << 17
"""Letters whose words are told apart at once, in 4 MB; a word that stands across two such parts counts as two."""
_FACTOR, _LETTER_FACTOR = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
_KNOWN = 0x2000
"""Characters of which it is known whether they are part of a word: of the alphabets of Europe, Vietnamese with them; others are not."""


def sketch(text: Text) -> bytes | None:
    """The signature of a text, `PLACES` numbers of four bytes, low byte first; None if it is too short."""
    hashes = _words(text)
    if len(hashes) < LEAST:
        return None
    starts = range(0, len(hashes) - WORDS + 1, AT_ONCE)
    parts = (_fives(hashes[start : start + AT_ONCE + WORDS - 1]) for start in starts)
    least = reduce(np.minimum, map(_least, parts))
    return bytes(least.astype("<u4").tobytes())


def _words(text: Text) -> NDArray[uint64]:
    """One number for each word, from its letters and their places in it; as arrays, which takes a fifth of the time."""
    lower = lowered(text.text)
    apart = any(block.kind == "boilerplate" for block in text.blocks)  # all else is white space between blocks
    kept = (lower[block.start : block.end] for block in text.blocks if block.kind != "boilerplate")
    counted = "\n".join(kept) if apart else lower
    parts = range(0, len(counted), LETTERS_AT_ONCE)
    return np.concatenate([_numbers(""), *(_numbers(counted[at : at + LETTERS_AT_ONCE]) for at in parts)])


def _numbers(letters: str) -> NDArray[uint64]:
    """The sum of letter times factor to the power of its place in the word, modulo 2^64, for each word."""
    codes = np.array([letters]).view(np.uint32)  # numpy keeps strings as numbers of characters
    inside = np.zeros(len(codes) + 2, dtype=bool)
    inside[1:-1] = _of_words()[np.minimum(codes, _KNOWN)]
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    powers, inverses = _powers()
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    return (sums[edges[1::2]] - sums[edges[::2]]) * inverses[edges[::2]]


@cache
def _of_words() -> NDArray[bool_]:
    """Whether a character is part of a word, by its number."""
    return np.array([*(chr(code).isalnum() or code == ord("_") for code in range(_KNOWN)), False])


@cache
def _powers() -> tuple[NDArray[uint64], NDArray[uint64]]:
    """Powers of the factor of letters and their inverses, modulo 2^64, from the power 0."""
    factors = (_LETTER_FACTOR, pow(_LETTER_FACTOR, -1, 1 << 64))
    powers, inverses = (np.full(LETTERS_AT_ONCE + 1, factor, dtype=np.uint64) for factor in factors)
    powers[0] = inverses[0] = 1
    return powers.cumprod(dtype=np.uint64), inverses.cumprod(dtype=np.uint64)


def _least(fives: NDArray[uint32]) -> NDArray[uint32]:
    """Of every permutation the least number that it gives these fives, which are no more than `AT_ONCE`."""
    factors, offsets = _permutations()
    permuted = np.multiply(factors, fives, out=_room()[:, : len(fives)])
    permuted += offsets
    least: NDArray[uint32] = permuted.min(axis=1)
    return least


@cache
def _room() -> NDArray[uint32]:
    """Where permutations are made; it is written over again and again."""
    return np.empty((PLACES, AT_ONCE), dtype=np.uint32)


def _fives(row: NDArray[uint64]) -> NDArray[uint32]:
    """One number for each five words in a row."""
    count = len(row) - WORDS + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(WORDS):
        mixed = mixed * np.uint64(_FACTOR) + row[at : at + count]
    fives = (mixed ^ (mixed >> np.uint64(32))).astype(np.uint32)
    for shift, factor in MIXING:
        fives = (fives ^ (fives >> np.uint32(shift))) * np.uint32(factor)
    return fives


@cache
def _permutations() -> tuple[NDArray[uint32], NDArray[uint32]]:
    """Odd factors, and offsets, of `PLACES` permutations modulo 2^32, each as a column."""
    draw = np.random.RandomState(1)
    factors = draw.randint(0, 1 << 31, (PLACES, 1), dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, draw.randint(0, 1 << 32, (PLACES, 1), dtype=np.uint32)
