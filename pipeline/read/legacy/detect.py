"""Which encoding a text that looks like windows-1252 is in, by how well its words read as syllables of Vietnamese."""

import re
from functools import cache, lru_cache
from unicodedata import normalize

from pipeline.read.legacy.convert import convert
from pipeline.read.legacy.syllables import REMEMBERED, likelihood
from pipeline.read.legacy.tables import ENCODINGS, LATER, PLAIN, Encoding, table

FOREIGN, MISS = -12.0, -16.0
"""Log-likelihoods of a word that is not Vietnamese, as what it is and as a word of Vietnamese: syllables have -8.5 on average."""
SIGN = 2.0
"""How much less likely a word is that has a sign inside, such as the "¸" of "c¸c"."""
STRANGE = 1.0
"""How much a word of small letters without marks that is no syllable speaks against all encodings."""
ENOUGH, AHEAD = 7.0, 4.5
"""Sum of the gains of words from which a text is held to be in an encoding, and by how much that must lead any other."""
LONGEST = 14
"""Characters of the longest word that is looked at: "nghiêng" has nine in VNI."""
FEWEST = 3
"""Different words that must speak for an encoding."""
ODD = re.compile(r"[^\t\n\r -~]")
"""What ASCII does not print."""
_ASCII = re.compile("[A-Za-z]")
_QUOTED = re.compile(r"^[«»]|[«»]$")
_SIGN_INSIDE = re.compile(r"[^\W\d_][^a-zA-ZÀ-ÖØ-öø-ÿŒœŠšŽžŸƒ]+[^\W\d_]")
_PLAIN = re.compile(r"(?<![^\W_])[a-z]{2,}+(?![^\W_])")
_VOWEL = re.compile("[aeiouy]", re.I)
_LATER = re.compile(rf"(?<![A-Za-zÀ-ÿ])[A-Za-zÀ-ÿ]*+{LATER}[\w\u0300-\u0323]*+")

Gains = dict[Encoding, float]
"""For each encoding how much likelier the words of a text are in it than as they stand, as a difference of logarithms."""


def detect(text: str) -> Encoding | None:
    """The encoding of a text; None for Unicode, for other languages, and where nothing is sure.

    >>> detect("Quèc héi n\u00ad\u00edc Céng hoµ x· héi chñ nghÜa ViÖt Nam"), detect("Quốc hội"), detect("naïve café")
    ('tcvn3', None, None)
    """
    text = text.translate(PLAIN)
    found = gains(text)
    best, second = sorted(ENCODINGS, key=lambda encoding: -found[encoding])[:2]
    sure = found[best] >= ENOUGH and found[best] - found[second] >= AHEAD
    return best if sure and _speaking(text, best) >= FEWEST else None


def gains(text: str) -> Gains:
    """What a text gains in each encoding; words that are surely Unicode or not Vietnamese speak against all."""
    later, plain = {*_LATER.findall(text)}, {*_PLAIN.findall(text)}
    against = len(later) * (FOREIGN - MISS) + sum(likelihood(word) is None for word in plain) * STRANGE
    return {each: sum(word_gain(word, each) for word in words(text, each)) - against for each in ENCODINGS}


def words(text: str, encoding: Encoding) -> set[str]:
    """Different words of a text with letters as `encoding` has them, those that hold more than ASCII prints."""
    return {word for word in _pattern(encoding).findall(text) if ODD.search(word)}


def _speaking(text: str, encoding: Encoding) -> int:
    """How many different words speak for an encoding; one with a sign inside counts for two."""
    return sum(1 + _has_sign(word) for word in words(text, encoding) if word_gain(word, encoding) > 0)


@lru_cache(REMEMBERED)
def word_gain(word: str, encoding: Encoding) -> float:
    """What one word gains; 0 if it stays as it is, or tells nothing: too short, without vowels, or quoted in French.

    A word without a letter of ASCII speaks only against: it may be Russian or Greek.
    """
    if len(word) > LONGEST:
        return MISS - FOREIGN
    meant = convert(word, encoding)
    if meant == word or len(word) == 1 or _QUOTED.search(word) or not _VOWEL.search(normalize("NFD", meant)):
        return 0.0
    now, then = likelihood(word), likelihood(meant)
    here = now if now is not None else FOREIGN - SIGN * _has_sign(word)
    gain = (MISS if then is None else then) - here
    return gain if _ASCII.search(word) else min(0.0, gain)


def _has_sign(word: str) -> bool:
    return _SIGN_INSIDE.search(word) is not None


@cache
def _pattern(encoding: Encoding) -> re.Pattern[str]:
    return re.compile(f"[{table(encoding).letters}]+")
