"""Joins the two ends of "từ … đến …" into one expression."""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.dates.calendar import Moment, interval
from extractors.dates.grammar import joints


class Hit(NamedTuple):
    """One expression in the view: its slice, its head, its two ends, its value."""

    start: int
    end: int
    head: str
    first: Moment
    last: Moment | None = None
    value: str | None = None
    suggestion: str | None = None


def join_ends(lower: str, hits: list[Hit]) -> Iterator[Hit]:
    """Join the two ends of "từ A đến B"; without "từ" only where a period or a dash says so."""
    at = 0
    while at < len(hits):
        joined = _joined(lower, hits[at], hits[at + 1]) if at + 1 < len(hits) else None
        yield joined or hits[at]
        at += 2 if joined else 1


def _joined(lower: str, first: Hit, last: Hit) -> Hit | None:
    joint = joints().fullmatch(lower, first.end, max(first.end, last.start))
    if joint is None or first.last or last.last:
        return None
    since = lower.endswith(("từ ", "kể từ "), 0, first.start)
    if not since and first.head != "period":
        return None
    value = interval(first.first, last.first)
    start = first.start - len("từ ") if since else first.start
    return Hit(start, last.end, "since", first.first, last.first, value) if value else None
