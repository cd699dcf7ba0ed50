"""Numbers that share a noun: ranges, lists before the noun, lists behind it, a total.

"từ 15 đến 18 tiêu chí" is one figure with two bounds; "40, 45 và 50 năm tuổi Đảng" are three; in "30.953 cán
bộ. Cao Bằng: 3.732, Hà Giang: 4.482" the labels repeat what was counted before; and "9 tỉnh (trên tổng số
15)" names the whole. Source: annotation rulings on elided nouns.
"""

import re
from itertools import pairwise

from extractors.figures.contexts import head_before, read_context, words_before
from extractors.figures.drafts import Draft, give_value
from extractors.figures.guards import could_be_counted
from extractors.view import View

_FROM_TO = frozenset([" đến ", " tới ", " - ", "-", "- ", " -", " cho đến "])
_OR = [" và ", " hoặc ", " hay "]
_AND = frozenset([*_OR, " lên ", " lên đến ", " lên tới ", " xuống ", " xuống còn ", " còn "])
_LISTS = frozenset([*_OR, ", ", "; ", " đến ", " - "])
_LABEL = re.compile(r"[^:]{0,40}[,;.\n][^:\d]{1,40}: ?")
_ENDS_ITEM = frozenset(",;.)\n")
_REACH_OF_LIST = 250
_REACH_OF_LABEL = 90
_REACH_OF_TOTAL = 40


def complete_series(seen: View, drafts: list[Draft]) -> list[Draft]:
    """Give shared nouns to all drafts that share them, and make one draft of each range."""
    joined = _join_ranges(seen, drafts)
    _share_backwards(seen, joined)
    _share_with_labels(seen, joined)
    _share_with_totals(seen, joined)
    return joined


def is_listed(seen: View, before: Draft, at: int) -> bool:
    """Whether the number at `at` goes on a list in which `before` is a number."""
    end = before.numeral.end
    return at - end < len(" hoặc ") + 1 and seen.lower[end:at] in _LISTS


def is_ordinal(seen: View, draft: Draft) -> bool:
    """Whether a number that counts nothing orders or names: "khoản 1"."""
    if draft.counts:
        return False
    return draft.ordinal or head_before(words_before(seen.lower, draft.numeral.start)) is not None


def _join_ranges(seen: View, drafts: list[Draft]) -> list[Draft]:
    joined: list[Draft] = []
    for draft in drafts:
        low = joined[-1] if joined and draft.counts else None
        ranged = _range(seen, low, draft) if low and _is_range(seen, low, draft) else None
        if ranged:
            joined.pop()
        joined.append(ranged or draft)
    return joined


def _is_range(seen: View, low: Draft, high: Draft) -> bool:
    """Whether `low` and `high` are the bounds of one range."""
    near = high.start - low.end < len(" cho đến ") + 1 and high.start == high.numeral.start
    if not near or high.numeral.joint or seen.lower[low.end : high.start] not in _FROM_TO:
        return False
    if low.refusal or not low.noun:
        return low.noun is None and could_be_counted(seen, low.numeral)
    return high.noun is not None and low.noun.group.kind == high.noun.group.kind and low.max is None


def _range(seen: View, low: Draft, high: Draft) -> Draft | None:
    """Make one draft of two bounds; None if they do not rise."""
    noun = low.noun or high.noun
    context = read_context(seen.lower, low.numeral.start)
    lower = Draft(low.numeral, context.start, high.end, noun, sign=context.sign)
    give_value(lower)
    if lower.refusal or lower.value >= high.value:
        return None
    lower.noun, lower.max = high.noun, high.value
    if context.start == low.numeral.start:
        lower.start = start_of_from(seen.lower, context.start)
    return lower


def start_of_from(lower: str, at: int) -> int:
    """Find where "từ" begins if it stands right before `at`, else `at`."""
    for words in ("từ ", "từ đủ ", "từ khoảng "):
        if lower.endswith(words, 0, at) and not lower[at - len(words) - 1 : at - len(words)].isalnum():
            return at - len(words)
    return at


def _share_backwards(seen: View, drafts: list[Draft]) -> None:
    """Give the noun of a figure to the bare numbers listed before it, which rise, or fall: "40, 45 và 50 năm"."""
    falls = False
    for after, draft in pairwise(reversed(drafts)):
        fell, falls = falls, False
        if draft.noun or not after.counts or after.of or after.start != after.numeral.start:
            continue
        gap = seen.lower[draft.end : after.start] if after.start - draft.end < len(" xuống còn ") + 1 else ""
        if (gap in _AND or gap == ", ") and not draft.ordinal and could_be_counted(seen, draft.numeral):
            _share(draft, after)
            falls = draft.value > after.value and (fell or gap != ", ")
            if gap == ", " and (draft.value >= after.value) is not falls:
                draft.noun = None


def _share(draft: Draft, other: Draft) -> None:
    draft.noun = other.noun
    give_value(draft)


def _share_with_labels(seen: View, drafts: list[Draft]) -> None:
    """Give what was counted last to the numbers of a list of labels: "Cao Bằng: 3.732, Hà Giang: 4.482"."""
    counted: Draft | None = None
    before: Draft | None = None
    for draft in drafts:
        if draft.counts and draft.noun and draft.noun.group.kind == "count":
            counted, before = draft, None
        elif not draft.noun and _is_labelled(seen, draft):
            listed = before is not None and _is_next_label(seen, before, draft)
            if counted and before and listed and (before.noun or _is_close(counted, before)):
                _share(draft, counted)
                _share(before, counted)
            before = draft


def _is_close(counted: Draft, draft: Draft) -> bool:
    return draft.start - counted.end < _REACH_OF_LIST


def _is_labelled(seen: View, draft: Draft) -> bool:
    lower = seen.lower
    return (
        draft.numeral.joint is None
        and lower[max(0, draft.start - 2) : draft.start].rstrip(" ").endswith(":")
        and lower[draft.end : draft.end + 1] in _ENDS_ITEM
    )


def _is_next_label(seen: View, before: Draft, draft: Draft) -> bool:
    near = draft.start - before.end < _REACH_OF_LABEL
    return near and _LABEL.fullmatch(seen.lower, before.end, draft.start) is not None


def _share_with_totals(seen: View, drafts: list[Draft]) -> None:
    """Give what was counted right before to "trên tổng số 15"."""
    for before, draft in pairwise(drafts):
        if draft.noun or not before.counts or draft.start - before.end > _REACH_OF_TOTAL:
            continue
        gap = seen.lower[before.end : draft.start]
        if words_before(seen.lower, draft.start)[-2:] == ["tổng", "số"] and not re.search(r"[.;\n]", gap):
            _share(draft, before)
