"""The nouns and measures that are counted, and how to find the longest one at an offset.

Vietnamese puts the number before the noun it counts ("15 tổ chức đảng") and behind the noun it orders ("Điều
5"), so that the word behind a number tells whether it counts. Source: usage in party newspapers and the
regulations named in the rows of `data/counted_nouns.toml`.
"""

import re
from dataclasses import dataclass
from functools import cache

from extractors.tables import load_rows


@dataclass(frozen=True, slots=True)
class NounGroup:
    """Nouns that behave alike; the table explains the fields."""

    name: str
    nouns: tuple[str, ...]
    source: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    kind: str = "count"
    joined: bool = False
    named: bool = False
    place: bool = False
    stems: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    adjoining: tuple[str, ...] = ()


SCALED = NounGroup("scale", (), "", (), kind="money")
"""The group of a number that has a scale, but no noun: "2,5 triệu"."""

_SYLLABLE = re.compile(r"[^\W\d_]++|[%°‰]")
_SPACES = re.compile(r" {0,3}")
_SCALE = re.compile(r"(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\w)(?: {1,2}(?:triệu|tỷ|tỉ)(?!\w))?")

_TELLING = frozenset(["people", "things", "events", "measures", "money", "percent"])

Phrases = tuple[tuple[str, NounGroup], ...]


@cache
def noun_groups() -> tuple[NounGroup, ...]:
    """All groups of counted nouns; a noun in two of them belongs to the first."""
    return load_rows("counted_nouns.toml", NounGroup)


@cache
def _lexicon() -> dict[str, Phrases]:
    """Phrases by first syllable, the longest first."""
    entries: dict[str, dict[str, NounGroup]] = {}
    for group in noun_groups():
        for noun in group.nouns:
            first = _SYLLABLE.match(noun)
            entries.setdefault(first[0] if first else noun, {}).setdefault(noun, group)
    return {first: tuple(sorted(found.items(), key=_longest_first)) for first, found in entries.items()}


def _longest_first(entry: tuple[str, NounGroup]) -> int:
    return -len(entry[0])


def find_noun(lower: str, at: int) -> tuple[int, NounGroup] | None:
    """Find the end and the group of the longest noun that begins exactly at `at`."""
    first = _SYLLABLE.match(lower, at)
    for phrase, group in _lexicon().get(first[0], ()) if first else ():
        if lower.startswith(phrase, at) and ends_word(lower, at + len(phrase)):
            return None if group.kind == "none" else (at + len(phrase), group)
    return None


def stem_end(lower: str, at: int, group: NounGroup) -> int | None:
    """Find the end of a stem of `group` at `at`, which a comma must follow: "chi, đảng bộ"."""
    first = _SYLLABLE.match(lower, at)
    if first and lower[first.end() : first.end() + 1] == "," and first[0] in group.stems:
        return first.end()
    return None


def ends_word(lower: str, at: int) -> bool:
    """Whether no word goes on at `at`: nothing does behind a sign like %."""
    return not (lower[at - 1].isalnum() and lower[at : at + 1].isalnum())


def skip_spaces(lower: str, at: int) -> int:
    """Skip at most three spaces from `at` on."""
    spaces = _SPACES.match(lower, at)
    return spaces.end() if spaces else at


def may_touch(noun: str, group: NounGroup) -> bool:
    """Whether `noun` may touch the number: measures ("15ha"), and what no letter behind a number could mean."""
    return noun in group.adjoining or " " in noun or (group.kind == "time" and len(noun) >= len("năm"))


def scale_end(lower: str, at: int) -> int | None:
    """Find the end of a scale at `at`: "triệu", "nghìn tỷ"."""
    scale = _SCALE.match(lower, at)
    return scale.end() if scale else None


def begins_counted_noun(lower: str, at: int) -> bool:
    """Whether at `at` of a lower-cased view, after optional spaces, begins what tells a count from a year.

    That are people, things, events, measures and money. Times, places, bodies and documents do not tell:
    they follow a year as well ("năm 2025 tỉnh", "Luật 2025 quy định").

    >>> begins_counted_noun("2025 đảng viên", 4), begins_counted_noun("2025 tỉnh", 4)
    (True, False)
    """
    begin = skip_spaces(lower, at)
    found = find_noun(lower, begin)
    return scale_end(lower, begin) is not None or (found is not None and found[1].name in _TELLING)
