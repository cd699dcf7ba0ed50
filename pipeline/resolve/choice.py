"""Which of several documents a mention means, by what stands around it.

Rules in order, each named in the link: the term that is said ("khóa XII"), the words of the subject, the one that is cited far
more than the others. Where none settles it, all stay.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache, partial
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple, TypeVar

from extractors.terms import term_of
from extractors.view import fold
from pipeline.resolve.mentions import Document, Mention

ROMAN = tuple(
    tens + ones for tens in ("", "X", "XX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
)[1:]
"""Numerals of congresses and terms, from 1 to 29."""
KNOWN = 8192
"""Subjects whose pairs are remembered."""
LEAST_PAIRS, TIMES = 2, 2
"""Pairs of syllables that must speak for a document, and how many times as many as for the next."""
OF_ANOTHER_TERM = "of a term that none of them is of"
FAR_MORE, LEAST_CITED = 5, 15
"""How many times as often as the next a document must be cited, and how often at least."""
BY_TERM, BY_SUBJECT, BY_WEIGHT = "the term that is said", "the words of its subject", "cited far more than the others"
_TERM = re.compile(r"[^.;\n]{0,90}?[(\s](?<!Quốc hội )(?<!nhân dân )(?<!HĐND )khóa\s([IVX]{1,5}|\d{1,2})(?!\w)")
_NUMERAL = re.compile(r"(?<!\w)[XVI]{2,5}(?!\w)")
_SYLLABLES = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    [
        "của đảng", "cán bộ", "giai đoạn", "tình hình", "hình mới", "trong tình", "việt nam", "tiếp tục", "tăng cường",
        "lãnh đạo", "sự lãnh", "đạo của", "thực hiện", "công tác", "đối với", "đến năm", "một số", "đẩy mạnh", "nâng cao",
        "hiệu quả", "chất lượng", "đảng viên",
    ]
)  # fmt: skip
"""Pairs that stand in most subjects and tell none."""


class Candidate(NamedTuple):
    """A document that a mention may mean; `id` is whatever tells it from the others."""

    id: str
    issued: str | None
    title: str | None
    weight: int


One = TypeVar("One", Candidate, Document)
Said = Mapping[str, Set[str]]
"""The pairs of syllables that are said and stand in the subject of a candidate, by its id."""
Subjects = Callable[[Iterable[str]], Said]
"""What of some pairs stands in the subjects of candidates."""


def choose(mention: Mention, candidates: Sequence[One], subjects: Subjects | None = None) -> tuple[Sequence[One], str]:
    """The candidates that are left and the rule that left them; all, and "", if no rule says anything; none if it is another.

    `subjects` says what stands in the subjects of these candidates and perhaps of others, if that is known already.
    """
    term = said_term(mention)
    said = [each for each in candidates if term and each.issued and term_of(each.issued) == term]
    if len(said) == 1:
        return said, BY_TERM
    if _are_of_others(term, candidates):
        return [], OF_ANOTHER_TERM
    left = said or candidates
    if best := _by_subject(mention, left, subjects or partial(_said, left)):
        return [best], BY_SUBJECT
    if best := _by_weight(left):
        return [best], BY_WEIGHT
    return left, ""


def _said(candidates: Sequence[One], pairs: Iterable[str]) -> Said:
    return {each.id: found for each in candidates if (found := subject(each.title).intersection(pairs))}


def is_of_another_term(mention: Mention, candidates: Sequence[One]) -> bool:
    """Whether a term is said, and all candidates are of others."""
    return _are_of_others(said_term(mention), candidates)


def _are_of_others(term: str | None, candidates: Sequence[One]) -> bool:
    return term is not None and all(each.issued and term_of(each.issued) != term for each in candidates)


def said_term(mention: Mention) -> str | None:
    """The term that is said right behind a mention: "… của Bộ Chính trị khóa XI"."""
    found = _TERM.match(fold(mention.after))
    if found is None or not found[1].isdigit():
        return found and found[1]
    return ROMAN[int(found[1]) - 1] if 0 < int(found[1]) <= len(ROMAN) else None


def _by_subject(mention: Mention, candidates: Sequence[One], subjects: Subjects) -> One | None:
    """The candidate whose subject shares most pairs of syllables with the words around; pairs that several have count for none.

    Where subjects differ in a numeral only ("tiến tới Đại hội … XIV"), the numeral that is said decides.
    """
    if not any(candidate.title for candidate in candidates):
        return None
    words = f"{mention.title or ''} . {mention.before} . {mention.after}"
    told = subjects(_around(words))
    said = [(candidate, told[candidate.id]) for candidate in candidates if candidate.id in told]
    often = Counter(pair for _, pairs in said for pair in pairs)
    scores: list[int] = [sum(often[pair] == 1 for pair in pairs) for _, pairs in said]
    best, second = [*sorted(scores, reverse=True), 0, 0][:2]
    if best < LEAST_PAIRS:
        return _by_numeral(candidates, words) if len(often) >= LEAST_PAIRS else None
    if best < TIMES * second:
        return None
    return said[scores.index(best)][0]


def _by_numeral(candidates: Sequence[One], words: str) -> One | None:
    numerals = [_numerals(candidate.title or "") for candidate in candidates]
    if not all(numerals):
        return None
    said = _numerals(words)
    fitting = [candidate for candidate, has in zip(candidates, numerals, strict=True) if has & said]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(KNOWN)
def _numerals(words: str) -> frozenset[str]:
    return frozenset(_NUMERAL.findall(fold(words)))


@lru_cache(KNOWN)
def subject(title: str | None) -> frozenset[str]:
    """The pairs of syllables of a subject, but for those that stand in most."""
    return _pairs(title) - _COMMON if title else frozenset()


@lru_cache(1)
def _around(words: str) -> frozenset[str]:
    """The pairs of what stands around a mention, which is asked for twice."""
    return _pairs(words)


def _pairs(words: str) -> frozenset[str]:
    pieces = re.split(r"[.,;:()\"]", fold(words).lower())
    return frozenset(f"{one} {two}" for piece in pieces for one, two in pairwise(_SYLLABLES.findall(piece)))


def _by_weight(candidates: Sequence[One]) -> One | None:
    order = nsmallest(2, candidates, key=lambda candidate: (-candidate.weight, candidate.id))
    if not order or order[0].weight < LEAST_CITED:
        return None
    second = order[1].weight if len(order) > 1 else 0
    return order[0] if order[0].weight >= FAR_MORE * second else None
