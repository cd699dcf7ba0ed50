"""The shortest phrase that names what a number counts, read right behind the number.

Nouns of one group that share a number form a series ("134 cán bộ, công chức, viên chức"), in which a body may
lose its second half ("68 chi, đảng bộ"). A post takes the body that it leads ("34 chủ tịch UBND tỉnh"), a
measure its rate ("triệu đồng/người"), "lượt" the people who take turns. What else narrows the noun ("đảng
viên mới", "5 lớp tập huấn") stays outside.
"""

import re
from dataclasses import dataclass
from functools import cache

from extractors.figures.nouns import (
    SCALED,
    NounGroup,
    find_noun,
    may_touch,
    noun_groups,
    scale_end,
    skip_spaces,
    stem_end,
)
from extractors.view import View

_JOINT = re.compile(r", ?| và | hoặc | - |/")
_RATE = re.compile(r"(?:/[^\W\d_]{1,8}+[²³23]?+(?!\w)){1,2}+")
_LED_BODY = re.compile(r" (?:ubnd|hđnd|mttq|ủy ban mttq|quốc hội|ủy ban nhân dân|hội đồng nhân dân)(?!\w)")
_IN_WORDS = re.compile(r" \([^\W\d_]{1,7}+(?: [^\W\d_]{1,7}+){0,4}+\) ")
_ASIDE = re.compile(r" ?\([^()\n]{1,25}+\) ")
_ANYONE = ("đồng chí", "đ/c", "người")
_CLAUSE = re.compile(r"[^,;.\n]{0,80}")
_COUNTED_TOTAL = re.compile(r" (?:tổng )?số (?!\d)")


@dataclass(slots=True)
class Noun:
    """A counted noun as a slice of the view.

    `head` is the end of its first member; `apart` says that an aside stands between number and noun, so
    that the noun is no part of the figure's span; `scaled` that it begins with "triệu" or the like.
    """

    start: int
    end: int
    head: int
    group: NounGroup
    apart: bool = False
    scaled: bool = False


def read_noun(seen: View, at: int, ratio: bool = False) -> Noun | None:
    """Read the noun that a number ending at `at` of the view counts; None if it counts none.

    Number and noun may be parted by the number in words ("05 (năm) ngày") or by an aside ("12/15 (80%) chi
    bộ"); a part of a whole (`ratio`) may also count "tổng số" of it. A noun that touches the number must be
    a measure that may do so ("15ha"), or a word that a scanner joined to it ("63đảng viên"); "1Hướng dẫn" is a line of a list.
    """
    lower = seen.lower
    near = lower[at : at + 2]
    if near[:1] == "(" or near == " (":
        return _read_behind_brackets(seen, at)
    if near[:1] != " ":
        noun = _read_at(seen, at)
        printed = seen.cased[at : noun.head] if noun else ""
        begins_line = printed[:1].isupper() and " " in printed
        return noun if noun and not begins_line and may_touch(printed.lower(), noun.group) else None
    total = _COUNTED_TOTAL.match(lower, at) if ratio else None
    return _read_at(seen, total.end() if total else skip_spaces(lower, at))


def _read_behind_brackets(seen: View, at: int) -> Noun | None:
    in_words = _IN_WORDS.match(seen.lower, at)
    aside = in_words or _ASIDE.match(seen.lower, at)
    noun = _read_at(seen, aside.end()) if aside else None
    if noun:
        noun.apart = not in_words
    return noun


def _read_at(seen: View, begin: int) -> Noun | None:
    scaled = scale_end(seen.lower, begin)
    if scaled is None:
        return _plain_noun(seen, begin)
    noun = _plain_noun(seen, skip_spaces(seen.lower, scaled))
    if noun is None or noun.start == scaled or noun.group.kind == "percent":
        return Noun(begin, scaled, scaled, SCALED, scaled=True)
    noun.start, noun.scaled = begin, True
    return noun


def _plain_noun(seen: View, begin: int) -> Noun | None:
    bodies = _group("bodies")
    if stem := stem_end(seen.lower, begin, bodies):
        end = _series_end(seen, stem, bodies)
        if end > stem:
            return Noun(begin, end, end, bodies)
    found = find_noun(seen.lower, begin)
    return Noun(begin, _extend(seen, begin, *found), *found) if found else None


@cache
def _group(name: str) -> NounGroup:
    return next(group for group in noun_groups() if group.name == name)


def _extend(seen: View, begin: int, end: int, group: NounGroup) -> int:
    """Where the noun ends that has its first member at `begin:end`."""
    if group.kind in {"measure", "money"} or seen.lower.startswith("/km", end):
        rate = _RATE.match(seen.lower, end)
        return rate.end() if rate else end
    if group.joined:
        series = _series_end(seen, end, group)
        return end if _counts_again(seen.lower, begin, end, series) else series
    if group.name == "posts":
        return _post_end(seen.lower, end)
    return _turns_end(seen, end) if seen.lower[begin:end] == "lượt" else end


def _series_end(seen: View, end: int, group: NounGroup) -> int:
    """Where the series ends that may go on at `end` with nouns of `group`."""
    reached = at = end
    for _ in range(8):
        joint = _JOINT.match(seen.lower, at)
        member = _member_end(seen, joint.end(), group) if joint else None
        stem = stem_end(seen.lower, joint.end(), group) if joint and not member else None
        if not (member or stem):
            break
        at = member or stem or at
        reached = member or reached
    return _closed_end(seen, reached, group) if reached > end else end


def _counts_again(lower: str, begin: int, end: int, series: int) -> bool:
    """Whether a word for anyone is counted again before the next mark: "35 đồng chí, đảng viên nữ 14 đồng chí" is no series."""
    clause = _CLAUSE.match(lower, series) if series > end and lower[begin:end] in _ANYONE else None
    again = clause[0].find(f" {lower[begin:end]}") if clause else -1
    return clause is not None and again > 0 and clause[0][again - 1].isdigit()


def _member_end(seen: View, at: int, group: NounGroup) -> int | None:
    """Find the end of a further member of a series: a common noun of the same group."""
    found = find_noun(seen.lower, at)
    if not found or found[1] is not group:
        return None
    if (group.named or seen.lower[at : found[0]] in _ANYONE) and _is_named(seen, found[0]):
        return None
    return found[0]


def _is_named(seen: View, end: int) -> bool:
    """Whether a proper name follows the noun: "xã Sơn Lôi", but not "sở, ngành UBND tỉnh"."""
    capital = seen.cased[end : end + 1] == " " and seen.cased[end + 1 : end + 2].isupper()
    return capital and not seen.cased[end + 1 : end + 4].isupper()


def _closed_end(seen: View, end: int, group: NounGroup) -> int:
    """Find the end of a series with the modifier that closes it: "huyện ủy, đảng ủy trực thuộc"."""
    for word in group.closing:
        close = end + 1 + len(word)
        if seen.lower.startswith(" " + word, end) and not _is_named(seen, close):
            return close
    return end


def _post_end(lower: str, end: int) -> int:
    """Find the end of posts and the bodies they lead: "bí thư, phó bí thư đảng ủy xã"."""
    for _ in range(4):
        end = _led_end(lower, end)
        joint = _JOINT.match(lower, end)
        post = find_noun(lower, joint.end()) if joint else None
        if not post or post[1].name != "posts":
            break
        end = post[0]
    return end


def _led_end(lower: str, end: int) -> int:
    """Find the end of "đảng ủy" or "UBND tỉnh" behind a post."""
    body = _LED_BODY.match(lower, end)
    end = body.end() if body else end
    found = find_noun(lower, end + 1) if lower[end : end + 1] == " " else None
    led = {"localities"} if body else {"localities", "bodies"}
    return found[0] if found and found[1].name in led else end


def _turns_end(seen: View, end: int) -> int:
    found = find_noun(seen.lower, end + 1) if seen.lower[end : end + 1] == " " else None
    return _series_end(seen, *found) if found and found[1].name == "people" else end
