"""Words of which some letters are drawn in another font, as programs do where the first has no Vietnamese letters.

Such letters come as words of their own, at other places of the file and with other heights; where they touch, they are one word.
"""

from collections import defaultdict
from collections.abc import Sequence

from pipeline.read.pdf.words import Word

TOUCH = 0.12
"""Widest gap within a word, as a part of its height; between words it is at least 0.2 (measured on eight files)."""
OVERLAP = 0.5
"""Least part of the lower word's height that lies beside the other."""
DIFFERENT = 0.03
"""Least difference of heights, as a part, by which two fonts are told apart."""


def joined(words: Sequence[Word]) -> list[Word]:
    """The words of a page, those put together that touch and are of different fonts; in the order of their first letters."""
    following = _following(words)
    inside = set(following.values())
    return [_chain(words, following, at) for at in range(len(words)) if at not in inside]


def _following(words: Sequence[Word]) -> dict[int, int]:
    """For each word that goes on in another font, the word in which it does."""
    by_left: dict[int, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        by_left[int(word.left)].append(at)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at, word in enumerate(words):
        reach = TOUCH * word.size
        near = [other for x in range(int(word.right - reach), int(word.right + reach) + 1) for other in by_left[x]]
        fits = [other for other in near if other not in taken and other != at and _touch(word, words[other], reach)]
        if fits:
            found[at] = min(fits, key=lambda other: abs(words[other].left - word.right))
            taken.add(found[at])
    return found


def _touch(word: Word, other: Word, reach: float) -> bool:
    if word.mark or other.mark or abs(other.left - word.right) > reach or other.left <= word.left:
        return False
    beside = min(word.bottom, other.bottom) - max(word.top, other.top)
    lower = min(word.bottom - word.top, other.bottom - other.top)
    return beside >= OVERLAP * lower and abs(word.size - other.size) > DIFFERENT * word.size


def _chain(words: Sequence[Word], following: dict[int, int], at: int) -> Word:
    parts = [words[at]]
    while at in following:
        at = following[at]
        parts.append(words[at])
    if len(parts) == 1:
        return parts[0]
    longest = max(parts, key=lambda part: len(part.text))
    text = "".join(part.text for part in parts)
    return Word(text, parts[0].left, longest.top, parts[-1].right, longest.bottom, longest.size, longest.bold)
