"""The grammar of names of bodies: a head, then the steps of its tail, some of them bodies again.

`Chi bộ Viện Kiểm sát nhân dân thành phố Vĩnh Yên` is the head "Chi bộ" with a body for a tail, which is the
head "Viện Kiểm sát nhân dân" with a place.
"""

import re
from typing import NamedTuple

from extractors.models import Level, UnitType
from extractors.units import patterns
from extractors.units.rows import BodyRow, Head, heads_in
from extractors.units.tails import Tail, read_committees, steps
from extractors.view import View

MAX_DEPTH = 4
"""Deepest chain of bodies (`Văn phòng` `Đảng ủy` `Khối` ... has three)."""
_NUMBER = re.compile(r"số \d.*", re.DOTALL)
"""The number of a document behind a body, which says nothing of it: `Nghị định của Chính phủ số 101-CP`."""
_LETTERS = re.compile(r" \([A-ZĐ&]{2,8}\)(?= )")
"""Letters for a name, before what it goes on with: `Ủy ban Kiểm tra (UBKT) Tỉnh ủy`, `Hội Liên hiệp Thanh niên (LHTN) Việt Nam`."""
_LEVELS: tuple[str, ...] = ("central", "province", "district", "commune", "base")


class Body(NamedTuple):
    """A name of a body, by offsets of the view."""

    start: int
    end: int
    kind: UnitType
    level: Level | None
    place: tuple[int, int] | None
    head: Head
    tailed: bool


def read_body(view: View, at: int, depth: int = 0, phrase: str = "") -> Body | None:
    """Read the longest name of a body at `at`; None if there is none.

    At depth 0 the name must stand by itself; deeper, it is the tail of another. `phrase` is the longest
    head there, if it is known already.
    """
    if not phrase:
        found = patterns.scanner().match(view.lower, at)
        phrase = found[0] if found else ""
    for length, head in heads_in(phrase):
        if not head.capitals or view.cased.startswith(head.printed, at):
            body = _read_tail(view, at, at + length, head, depth)
            if body:
                return body
    return None


def _read_tail(view: View, at: int, end: int, head: Head, depth: int) -> Body | None:
    row = head.row
    if (row.inside and not depth) or (head.guarded and _is_barred(view, at, end, row)):
        return None
    kind: UnitType | None = None if row.kind == "inherit" else row.kind
    start = here = _behind_letters(view, end)
    level, place = row.level, None
    for required, names in head.steps:
        tail = _take(view, _behind_letters(view, here), names, depth) if view.cased[here : here + 1] == " " else None
        if tail:
            here, place = tail.end, tail.place or place
            level, kind = _lower(level, tail.level), kind or tail.kind
        elif required:
            return None
    here = end if here == start else here
    if here == end and not (row.alone or (row.inner and depth)):
        return None
    return Body(at, here, kind or "party", level, place, head, here > end)


def _behind_letters(view: View, at: int) -> int:
    """Where a name goes on behind the letters that are given for it in brackets, if there are any."""
    letters = _LETTERS.match(view.cased, at) if view.cased.startswith(" (", at) else None
    return letters.end() if letters else at


def _lower(level: Level | None, other: Level | None) -> Level | None:
    """The level nearer to the ground; what is known wins over what is not."""
    if level is None or other is None:
        return level or other
    return max(level, other, key=_LEVELS.index)


def _is_barred(view: View, at: int, end: int, row: BodyRow) -> bool:
    """Whether the words around a head say that it is none."""
    if row.not_before or row.before:
        rest = _NUMBER.sub("", view.lower[end : end + 24].lstrip(" "))
        if _begins(rest, row.not_before) or (row.before and not _begins(rest, row.before)):
            return True
    if not row.after and not row.not_after:
        return False
    before = view.lower[max(0, at - 24) : at].rstrip(" :")
    return bool(row.after and not before.endswith(row.after)) or before.endswith(row.not_after or ("\0",))


def _begins(rest: str, words: tuple[str, ...]) -> bool:
    """Whether a text begins with one of some words, whole."""
    return rest.startswith(words) and any(
        rest.startswith(word) and not rest[len(word) : len(word) + 1].isalpha() for word in words
    )


def _take(view: View, at: int, names: tuple[str, ...], depth: int) -> Tail | None:
    for name in names:
        tail = _take_body(view, at, name, depth) if name in _BODIES else steps()[name](view, at)
        if tail:
            return tail
    return None


_BODIES = frozenset({"body", "committee", "union"})


def _take_body(view: View, at: int, step: str, depth: int) -> Tail | None:
    if step == "committee":
        group = read_committees(view, at)
        if group:
            return group._replace(kind="party")
    if depth >= MAX_DEPTH:
        return None
    body = read_body(view, at + 1, depth + 1)
    if not body or not _fits(body.head.row, step):
        return None
    return Tail(body.end, body.place, body.level, body.kind)


def _fits(row: BodyRow, step: str) -> bool:
    return step == "body" or (row.committee if step == "committee" else row.union)
