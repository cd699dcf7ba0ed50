"""Which of several documents a mention means, by what stands around it.

Rules in order, each named in the link: the term that is said ("khóa XII"), the words of the subject, the one that is cited far
more than the others. Where none settles it, all stay.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.terms import term_of
from extractors.view import fold
from pipeline.resolve.mentions import Document, Mention

ROMAN = tuple(
    tens + ones for tens in ("", "X", "XX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
)[1:]
"""Numerals of congresses and terms, from 1 to 29."""
KNOWN = 8192
"""Subjects whose pairs are remembered."""
_NONE: frozenset[str] = frozenset()
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


def choose(mention: Mention, candidates: Sequence[Candidate]) -> tuple[Sequence[Candidate], str]:
    """The candidates that are left and the rule that left them; all, and "", if no rule says anything; none if it is another."""
    term = said_term(mention)
    said = [each for each in candidates if term and each.issued and term_of(each.issued) == term]
    if len(said) == 1:
        return said, BY_TERM
    if _are_of_others(term, candidates):
        return [], OF_ANOTHER_TERM
    left = said or candidates
    if best := _by_subject(mention, left):
        return [best], BY_SUBJECT
    if best := _by_weight(left):
        return [best], BY_WEIGHT
    return left, ""


def choose_document(mention: Mention, documents: Sequence[Document]) -> tuple[list[Document], str]:
    """As `choose`, among documents."""
    found = {Candidate(d.id, d.issued, d.title, d.mentions): d for d in documents}
    left, rule = choose(mention, sorted(found))
    return [found[candidate] for candidate in left], rule


def is_of_another_term(mention: Mention, candidates: Sequence[Candidate]) -> bool:
    """Whether a term is said, and all candidates are of others."""
    return _are_of_others(said_term(mention), candidates)


def _are_of_others(term: str | None, candidates: Sequence[Candidate]) -> bool:
    return term is not None and all(each.issued and term_of(each.issued) != term for each in candidates)


def said_term(mention: Mention) -> str | None:
    """The term that is said right behind a mention: "… của Bộ Chính trị khóa XI"."""
    found = _TERM.match(fold(mention.after))
    if found is None or not found[1].isdigit():
        return found and found[1]
    return ROMAN[int(found[1]) - 1] if 0 < int(found[1]) <= len(ROMAN) else None


def _by_subject(mention: Mention, candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate whose subject shares most pairs of syllables with the words around; pairs that several have count for none.

    Where subjects differ in a numeral only ("tiến tới Đại hội … XIV"), the numeral that is said decides.
    """
    subjects = [_subject(candidate.title) if candidate.title else _NONE for candidate in candidates]
    if not any(subjects):
        return None
    words = f"{mention.title or ''} . {mention.before} . {mention.after}"
    around = _pairs(words)
    said = [pairs & around for pairs in subjects]
    if not any(said):
        return None
    often = Counter(pair for pairs in said for pair in pairs)
    scores = [sum(often[pair] == 1 for pair in pairs) for pairs in said]
    order = sorted(range(len(candidates)), key=lambda at: -scores[at])
    if not order or scores[order[0]] < LEAST_PAIRS:
        return _by_numeral(candidates, words) if order and len(often) >= LEAST_PAIRS else None
    second = scores[order[1]] if len(order) > 1 else 0
    return candidates[order[0]] if scores[order[0]] >= TIMES * second and scores[order[0]] > second else None


def _by_numeral(candidates: Sequence[Candidate], words: str) -> Candidate | None:
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
def _subject(title: str) -> frozenset[str]:
    return frozenset(_pairs(title) - _COMMON)


def _pairs(words: str) -> set[str]:
    pieces = re.split(r"[.,;:()\"]", fold(words).lower())
    return {f"{one} {two}" for piece in pieces for one, two in pairwise(_SYLLABLES.findall(piece))}


def _by_weight(candidates: Sequence[Candidate]) -> Candidate | None:
    order = sorted(candidates, key=lambda candidate: (-candidate.weight, candidate.id))
    if not order or order[0].weight < LEAST_CITED:
        return None
    second = order[1].weight if len(order) > 1 else 0
    return order[0] if order[0].weight >= FAR_MORE * second else None
