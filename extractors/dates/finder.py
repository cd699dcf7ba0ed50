"""Reads dates out of a text: first single expressions, then the ends of "từ … đến …" are joined."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.dates.bare import LOOK_BACK
from extractors.dates.calendar import Moment
from extractors.dates.grammar import (
    CENTURIES,
    CENTURY,
    DAY_WORDS,
    QUARTERS,
    SHAPES,
    STARTS,
    atoms,
    decades,
    heads,
    quarters,
    worded_days,
)
from extractors.dates.joining import Hit, join_ends
from extractors.dates.readers import READERS, decade, number, single
from extractors.models import DateMention, Found, NearMiss
from extractors.view import View, squeezed, view


def find_dates(text: str | View) -> Found[DateMention]:
    """All calendar expressions of a text, in order, and the numbers that were refused.

    >>> [(d.surface, d.edtf) for d in find_dates("Quy định số 682-QĐ/TU, ngày 14/9/2017").items]
    [('ngày 14/9/2017', '2017-09-14')]
    """
    seen = squeezed(view(text))
    near: list[NearMiss] = []
    hits = list(join_ends(seen.lower, list(_apart(_all_hits(seen, near)))))
    return Found([_mention(seen, hit) for hit in hits], near)


def _mention(seen: View, hit: Hit) -> DateMention:
    span = seen.start(hit.start), seen.end(hit.end)
    flags = () if hit.value else ("impossible_date",)
    return DateMention.cut(seen.text, *span, edtf=hit.value, flags=flags, suggestion=hit.suggestion)


def _all_hits(seen: View, near: list[NearMiss]) -> Iterator[Hit]:
    before: Hit | None = None
    at, lower, read = 0, seen.lower, atoms().match
    while start := STARTS.search(lower, at):
        match = read(lower, start.start())
        hit = _read(lower, match, before) if match else None
        if hit is not None and hit.value is None and not hit.head:
            near.append(_refused(seen, hit))
            hit = None
        at = hit.end if hit else start.end()
        if hit:
            yield (before := hit)
    for match in quarters().finditer(lower):
        quarter = Moment(int(match[2] or match[3]), quarter=QUARTERS[match[1]])
        yield single(Hit(match.start(), match.end(), "quý", quarter), quarter)
    for match in decades().finditer(lower) if CENTURY in lower else ():
        yield decade(Hit(match.start(), match.end(), "decade", Moment()), int(f"{CENTURIES[match[2]]}{match[1]}0"))
    for match in worded_days().finditer(lower):
        moment = Moment(number(match[3]), number(match[2]), DAY_WORDS[match[1]])
        yield single(Hit(match.start(), match.end(), "day", moment), moment)


def _apart(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Hits in order; one that lies in another ("quý III/2021") is left out."""
    end = 0
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if hit.start >= end:
            yield hit
            end = hit.end


def _refused(seen: View, hit: Hit) -> NearMiss:
    reason = "no such day, and no word says that it is one"
    return NearMiss.cut(seen.text, seen.start(hit.start), seen.end(hit.end), family="dates", reason=reason)


def _read(lower: str, match: re.Match[str], before: Hit | None) -> Hit | None:
    shape = match.lastgroup or ""
    parts = match.group(0, *_groups(shape))[1:]
    head = heads().search(lower, max(0, match.start() - LOOK_BACK), match.start())
    kind = (head.lastgroup or "") if head else ""
    hit = Hit(head.start() if head else match.start(), match.end(), kind, Moment())
    return READERS[shape](lower, match.start(), hit, parts, before)


@cache
def _groups(shape: str) -> range:
    """The groups of the parts of a shape, which stand behind the group of its name."""
    first = atoms().groupindex[shape] + 1
    return range(first, first + re.compile(SHAPES[shape]).groups)
