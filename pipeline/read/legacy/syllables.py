"""How likely a word is as a syllable of Vietnamese: its onset, its rime and its tone, by how often they occur."""

from collections.abc import Iterator
from functools import cache, lru_cache
from math import log
from typing import TypeVar
from unicodedata import normalize

from pipeline.read.legacy.tables import rows

_Key = TypeVar("_Key")
TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Grave, acute, tilde, hook and dot below; the sixth tone has no mark."""
STOPS = ("c", "ch", "p", "t", "k")
"""Rimes that end in these have only the acute or the dot."""
LONGEST = 7
"""Letters of the longest syllable, "nghiêng"."""
RARE = 0.5
"""Added to each count, for what `corpus/texts` happens not to hold."""
LEAST = -11.0
"""Logarithm below which no syllable falls: one in twenty is rarer than that in the corpus only because it is small."""
REMEMBERED = 65536
"""Words whose likelihood is kept."""


@lru_cache(REMEMBERED)
def likelihood(word: str) -> float | None:
    """Natural logarithm of how often a word is met; None if it is no syllable of Vietnamese. Case does not matter if it is even.

    >>> likelihood("Việt") is not None, likelihood("VIỆT") is not None, likelihood("viỆt"), likelihood("Vieät")
    (True, True, None, None)
    """
    if len(word) > LONGEST or not (word.islower() or word.istitle() or word.isupper()):
        return None
    found = [onsets()[onset] + rimes()[rime] for onset, rime in splits(word) if rime in rimes()]
    return max([LEAST, *found]) if found else None


def splits(word: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """All ways to take a word for a known onset, a rime without its tone, and a tone ("" for none)."""
    parted = normalize("NFD", word.lower())
    tones = [char for char in parted if char in TONES]
    bare = normalize("NFC", "".join(char for char in parted if char not in TONES))
    if len(tones) > 1:
        return
    for length in range(4):
        if bare[:length] in onsets():
            yield bare[:length], (bare[length:], "".join(tones))


def fits(rime: str, tone: str) -> bool:
    """Whether a rime can have a tone."""
    return not rime.endswith(STOPS) or tone in ("\u0301", "\u0323")


@cache
def onsets() -> dict[str, float]:
    """Logarithms of the shares of onsets, "" for none."""
    return _shares({row["onset"]: int(row["count"]) for row in rows("onsets.csv")})


@cache
def rimes() -> dict[tuple[str, str], float]:
    """Logarithms of the shares of rimes with a tone."""
    counts = {
        (row["rime"], tone): int(row[name])
        for row in rows("rimes.csv")
        for tone, name in zip(("", *TONES), ("level", "grave", "acute", "tilde", "hook", "dot"), strict=True)
        if fits(row["rime"], tone)
    }
    return _shares(counts)


def _shares(counts: dict[_Key, int]) -> dict[_Key, float]:
    whole = sum(counts.values()) + RARE * len(counts)
    return {key: log((count + RARE) / whole) for key, count in counts.items()}
