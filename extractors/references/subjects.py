"""Subjects of known documents: one that stands in a text whole ends where it is known to end.

They hold semicolons, quotes and verbs of their own ("… hệ thống chính trị; kiên quyết ngăn chặn …"), which no rule tells from
the sentence around them.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice

from extractors.tables import known_documents
from extractors.view import View, fold

FIRST = 3
"""Words by which a subject is looked up."""
_WORD = re.compile(r"\w+")
Words = tuple[str, ...]


@cache
def _subjects() -> Mapping[Words, tuple[Words, ...]]:
    """Subjects in words, the longest first, by their first words."""
    known: dict[Words, list[Words]] = {}
    for title in {row.title for row in known_documents()}:
        words = tuple(_WORD.findall(fold(title).lower()))
        if len(words) > FIRST:
            known.setdefault(words[:FIRST], []).append(words)
    return {first: tuple(sorted(subjects, key=len, reverse=True)) for first, subjects in known.items()}


def known_end(seen: View, at: int, limit: int) -> int | None:
    """The end of the longest known subject that stands at `at`, with the quote that closes behind it; or None."""
    found = _WORD.finditer(seen.lower, at, limit)
    first = list(islice(found, FIRST))
    subjects = _subjects().get(tuple(word[0] for word in first), ())
    words = [*first, *found] if subjects else first
    for subject in subjects:
        if tuple(word[0] for word in words[: len(subject)]) == subject:
            end = words[len(subject) - 1].end()
            quoted = seen.cased.count('"', at, end) % 2 == 1 and seen.cased.startswith('"', end)
            return end + quoted
    return None
