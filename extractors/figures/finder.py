"""Figures of a text: numbers, what they count, how they are compared, and what is odd about them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import cast

from extractors.figures.contexts import Context, comparator_words, read_context
from extractors.figures.drafts import Draft, counted, figure
from extractors.figures.guards import Place, refuse, refuse_at_sight
from extractors.figures.numerals import Numeral, read_numerals
from extractors.figures.phrases import Noun, read_noun
from extractors.figures.series import complete_series, is_listed, is_ordinal, start_of_from
from extractors.models import Comparator, Figure, Found, NearMiss, Reference, Span
from extractors.view import View, view

NEAR = frozenset({"score or date", "year", "name or address", "not a number"})
"""The refusals worth a look; the others are dates and citations, which other extractors find."""

_HEADINGS = frozenset({"documents", "parts", "contents", "fields", "events", "things"})
"""Groups of nouns with which headings begin."""
_HUNDRED = Decimal(100)
_REACH_OF_RATIO = 90
_STATES_SHARE = re.compile(
    r"[^.;()\n\d]*\([^.;()\n\d]*|[^.;(),\n\d]{0,40},? (?:đạt|bằng|tương đương|tức)(?: tỷ lệ| tỉ lệ)? "
)
"""Between a ratio and its percentage."""


class Occupied:
    """The parts of a view that other findings hold."""

    def __init__(self, seen: View, taken: Sequence[Span]) -> None:
        """Take the spans of `taken`, which may overlap each other and stand in any order."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((seen.locate(span.start), seen.locate(span.end)) for span in taken):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, start: int, end: int) -> bool:
        """Whether any of `start:end` is held."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._ends[at - 1] > start


def find_figures(text: str | View, taken: Sequence[Span] = ()) -> Found[Figure]:
    """Find the numbers of `text` that count or measure, off the spans of `taken` but for documents without a number.

    A named document may hold figures in its name ("Báo cáo tổng kết 10 năm thực hiện …").

    Near misses are numbers with a noun behind them that are refused, with the reason; dates are none.

    >>> [found.surface for found in find_figures("Có trên 9.600 đảng viên, đạt 48,4%.").items]
    ['trên 9.600 đảng viên', '48,4%']
    """
    seen = view(text)
    occupied = Occupied(seen, [span for span in taken if not isinstance(span, Reference) or span.number])
    drafts = complete_series(seen, list(_read(seen, occupied)))
    kept = _settle(seen, drafts, occupied)
    _link_percentages(seen, kept)
    near = [_near_miss(seen, draft) for draft in drafts if draft.noun and draft.refusal in NEAR]
    return Found([figure(seen, draft) for draft in kept], near)


def _read(seen: View, occupied: Occupied) -> Iterator[Draft]:
    before: Draft | None = None
    for numeral in read_numerals(seen.lower):
        if occupied.holds(numeral.start, numeral.end):
            continue
        before = _draft(seen, numeral, before)
        yield before


def _draft(seen: View, numeral: Numeral, before: Draft | None) -> Draft:
    """Read the number with its noun, if it has one; `before` is the number before it."""
    noun = read_noun(seen, numeral.end, ratio=numeral.joint == "/")
    if noun is None:
        return Draft(numeral, numeral.start, numeral.end, ordinal=_is_listed_ordinal(seen, before, numeral))
    refusal = "number of a heading" if _heads_line(seen, numeral, noun) else refuse_at_sight(seen.lower, numeral, noun)
    if refusal:
        return Draft(numeral, numeral.start, numeral.end, noun, refusal=refusal)
    context = read_context(seen.lower, numeral.start)
    place: Place = "listed ordinal" if _is_listed_ordinal(seen, before, numeral) else "free"
    if before and before.counts and numeral.start - before.end == 1:
        place = "after figure"
    draft = counted(numeral, noun, _prepositions_off(seen, numeral, noun, context))
    draft.refusal = draft.refusal or refuse(seen.lower, numeral, noun, context, place)
    return draft


def _heads_line(seen: View, numeral: Numeral, noun: Noun) -> bool:
    """Whether a line begins with its number and a capital ("1 Tiêu chuẩn chung"), which names of bodies and people have anyway."""
    begins = numeral.start == 0 or seen.cased[numeral.start - 1] == "\n"
    small = numeral.is_plain and len(numeral.first) < len("100") and numeral.first[0] != "0"
    return begins and small and noun.group.name in _HEADINGS and seen.cased[noun.start].isupper()


def _is_listed_ordinal(seen: View, before: Draft | None, numeral: Numeral) -> bool:
    return before is not None and is_listed(seen, before, numeral.start) and is_ordinal(seen, before)


def _prepositions_off(seen: View, numeral: Numeral, noun: Noun, context: Context) -> Context:
    """Take "trên" off the context where it says where: "trên 3 lĩnh vực", "trên 34 tỉnh"."""
    few = numeral.first.isdigit() and len(numeral.first) < len("100")
    if noun.group.place and few and seen.lower[context.start : numeral.start] == "trên ":
        return Context(context.words, numeral.start)
    return context


def _settle(seen: View, drafts: list[Draft], occupied: Occupied) -> list[Draft]:
    """Keep the drafts that count, in their final spans, which do not overlap."""
    kept: list[Draft] = []
    for draft in drafts:
        if not draft.counts or not _trim(draft, occupied):
            continue
        _bound_above(seen, draft, occupied)
        if not kept or kept[-1].end <= draft.start:
            kept.append(draft)
    return kept


def _trim(draft: Draft, occupied: Occupied) -> bool:
    """Cut a draft down to what is free; False if not even number and noun are."""
    if not occupied.holds(draft.start, draft.end):
        return True
    noun = draft.noun
    if noun and noun.start < draft.end and noun.head < draft.end:
        draft.end = noun.end = noun.head
    if occupied.holds(draft.start, draft.end) and draft.max is None:
        draft.start, draft.sign = draft.numeral.start, "eq"
    return not occupied.holds(draft.start, draft.end)


@cache
def _bounds_after() -> re.Pattern[str]:
    words = "|".join(word for row in comparator_words() for word in row.after)
    return re.compile(rf"((?: [^\W\d_]{{1,8}}){{0,5}}?) ({words})(?!\w)")


@cache
def _signs_after() -> dict[str, Comparator]:
    return {word: cast(Comparator, row.sign) for row in comparator_words() for word in row.after}


def _bound_above(seen: View, draft: Draft, occupied: Occupied) -> None:
    """Read "trở lên" behind the noun: right behind it, or a few words on if "từ" opens the figure."""
    start = start_of_from(seen.lower, draft.start)
    opened = start < draft.start or seen.lower.startswith("từ ", start)
    if not opened and not seen.lower.startswith((" trở ", " đổ "), draft.end):
        return
    match = _bounds_after().match(seen.lower, draft.end)
    if match and (opened or not match[1]) and not occupied.holds(start, match.end()):
        draft.start, draft.end, draft.sign = start, match.end(), _signs_after()[match[2]]


def _link_percentages(seen: View, drafts: list[Draft]) -> None:
    """Tie a percentage to the ratio before it that it restates, and flag it if it does not follow from it."""
    for ratio, percent in pairwise(drafts):
        if ratio.of and percent.start - ratio.end < _REACH_OF_RATIO and _is_share(seen, ratio, percent):
            percent.share_of = ratio
            _flag_mismatch(ratio, percent)


def _is_share(seen: View, ratio: Draft, percent: Draft) -> bool:
    """Whether `percent` says what `ratio` comes to ("12/15 chi bộ (80%)", "…, đạt 80%"), and not the share of another whole."""
    exact = percent.noun is not None and percent.noun.group.kind == "percent" and percent.sign == "eq"
    between = _STATES_SHARE.fullmatch(seen.lower, ratio.end, percent.start) if exact else None
    return between is not None and not seen.lower.startswith(" tổng số", percent.end)


def _flag_mismatch(ratio: Draft, percent: Draft) -> None:
    expected = ratio.value * _HUNDRED / (ratio.of or Decimal(1))
    places = -int(percent.value.as_tuple().exponent)
    if abs(expected - percent.value) >= Decimal(10) ** -places:
        percent.flags += ("percentage_mismatch",)


def _near_miss(seen: View, draft: Draft) -> NearMiss:
    start, end = seen.start(draft.numeral.start), seen.end(draft.end)
    return NearMiss.cut(seen.text, start, end, family="figures", reason=draft.refusal)
