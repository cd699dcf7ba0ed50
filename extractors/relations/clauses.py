"""Stretches of a text in which documents are related: sentences, and paragraphs for the preamble."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.models import Reference
from extractors.view import View

TITLE_REACH = 300
"""How far behind a mention its subject may begin (date and issuer stand between), in characters."""
MOST_HELD = 20
"""Documents before a mention that may hold it in their subjects, or stand in one list with it."""
_SENTENCE_END = re.compile(r"[.!?;\n](?:(?<=\n)|(?=\s))")
_PARAGRAPH_END = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-+*•]\s|(?:\d{1,2}|[ivx]{1,4})[.)]\s|(?:căn cứ|thực hiện|xét|theo đề nghị)\s))|\n(?=\s*điều \d)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the text with its references; offsets in the text."""

    start: int
    end: int
    references: tuple[Reference, ...]


def sentences(seen: View, references: Sequence[Reference]) -> Iterator[Clause]:
    """Stretches between full stops, semicolons and ends of lines that hold references."""
    return _clauses(seen, references, _SENTENCE_END, seen.cased)


def sentence_ends(seen: View) -> list[int]:
    """Offsets in the text at which sentences begin and end, from 0 to its length."""
    return _ends(seen, _SENTENCE_END, seen.cased)


def paragraphs(seen: View, references: Sequence[Reference]) -> Iterator[Clause]:
    """Paragraphs and list items that hold references, whole over the line ends of a PDF."""
    return _clauses(seen, references, _PARAGRAPH_END, seen.lower)


def title_holds(seen: View, outer: Reference, inner: Reference) -> bool:
    """Whether one reference stands in the subject, or in the name, of another."""
    if outer is inner or outer.start > inner.start:
        return False
    if inner.end <= outer.end:
        return outer.form == "named"
    start, end = title_span(seen, outer)
    return start <= inner.start and inner.end <= end


def holder(seen: View, references: Sequence[Reference], at: int) -> Reference | None:
    """The nearest document before number `at` in whose subject or name that one stands."""
    before = reversed(references[max(0, at - MOST_HELD) : at])
    return next((outer for outer in before if title_holds(seen, outer, references[at])), None)


def title_span(seen: View, reference: Reference) -> tuple[int, int]:
    """Where the subject of a reference stands; an empty slice at its end if it has none."""
    title = reference.title or ""
    start = seen.text.find(title, reference.start, reference.end + TITLE_REACH + len(title)) if title else -1
    return (start, start + len(title)) if start >= 0 else (reference.end, reference.end)


def _ends(seen: View, end: re.Pattern[str], searched: str) -> list[int]:
    ends = _found(end, searched)
    return sorted({0, len(seen.text), *(ends if seen.source is None else map(seen.end, ends))})


@lru_cache(1)
def _found(end: re.Pattern[str], searched: str) -> list[int]:
    """Where a pattern ends in a view; figures and documents ask for the same sentences."""
    return [match.end() for match in end.finditer(searched)]


def _clauses(seen: View, references: Sequence[Reference], end: re.Pattern[str], searched: str) -> Iterator[Clause]:
    if not references:
        return
    ends = _ends(seen, end, searched)
    groups: dict[int, list[Reference]] = {}
    for reference in references:
        groups.setdefault(bisect_right(ends, reference.start) - 1, []).append(reference)
    spans = list(pairwise(ends))
    for at, found in groups.items():
        yield Clause(*spans[at], tuple(found))
