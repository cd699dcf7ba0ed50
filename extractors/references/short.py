"""Mentions with type and number but no symbol: "Kết luận số 21", "Chỉ thị 05", "Nghị định 37/2024"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.figures.nouns import begins_counted_noun
from extractors.models import NearMiss
from extractors.references.draft import Draft
from extractors.references.grammar import (
    ALSO_VERBS,
    MEMBER,
    NUMBER_BEFORE_SYMBOL,
    abbreviations,
    short_abbreviations,
    shorts,
)
from extractors.references.heads import at_heads
from extractors.symbols import type_codes
from extractors.view import View

MOST_MEMBERS = 20
"""Members of one list that are read."""
_CITING = re.compile(
    r"(?:^|\W)(?:theo|thực hiện|của|tại|các|những|với|như|mà|trong|căn cứ|vi phạm|triển khai|ban hành|ra|và|ở|về)\s$"
)
_CITED = re.compile(r"\s?(?:,? ?ngày \d|,? ?năm \d|của |về |\(ngày)")
_DURATION = re.compile(
    r"\s?(?:năm|tháng|ngày|tuần|giờ|phút)(?!\w)(?!\s?\d)|\snăm\s(?:19|20)\d\d\s?-\s?(?:19|20)\d\d(?!\d)"
)
"""A length of time behind a number, with the years that it spans or without."""
_CODE = re.compile(r" ([A-ZĐ]{2,4}) [A-ZĐ]{2}")
"""What may be a symbol that has lost its marks, behind its number: "Thông báo 81 TB TW"."""


def find_short(
    seen: View, heads: Sequence[int], taken: Sequence[tuple[int, int]], near: list[NearMiss]
) -> Iterator[Draft]:
    """Short mentions that do not touch `taken` (slices of numbered mentions and dates), in no order.

    `heads` are the offsets at which names of types begin.
    """
    for match in at_heads(shorts(), seen.lower, heads):
        if _touches(taken, match.start("number"), match.end()):
            continue
        reason = _refusal(seen, match)
        if reason:
            span = (seen.start(match.start()), seen.end(match.end()))
            near.append(NearMiss.cut(seen.text, *span, family="references", reason=reason))
            continue
        yield (head := _draft(match, " ".join(match["type"].split())))
        yield from _members(seen, head, taken)
    for match in short_abbreviations().finditer(seen.cased):
        if not _touches(taken, match.start("number"), match.end()):
            yield _draft(match, abbreviations()[match["type"]])
    for match in NUMBER_BEFORE_SYMBOL.finditer(seen.lower):
        if not _touches(taken, match.start(), match.end()):
            yield _draft(match, None)


def _draft(match: re.Match[str], doc_type: str | None) -> Draft:
    return Draft(
        start=match.start(),
        end=match.end(),
        core=match.start("number"),
        form="short",
        doc_type=doc_type,
        number=match["number"],
        said_until=match.end(),
    )


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a slice overlaps one of `taken`, which are in order and hardly overlap one another."""
    at = bisect_left(taken, (end, 0))
    return any(first < end and start < last for first, last in taken[max(0, at - 3) : at])


def _refusal(seen: View, match: re.Match[str]) -> str | None:
    """Why type and number are no mention: "kế hoạch 5 năm", "chương trình 3"; None if they are one."""
    if not seen.cased[match.start()].isupper() and match["type"] in ALSO_VERBS and not _is_cited(seen, match):
        return "the type may be a verb, and nothing says that it is none"
    if match["so"] or match["year"]:
        return None
    if _counts(seen, match.end()):
        return "the number counts the next word"
    capital = seen.cased[match.start()].isupper()
    long_number = len(match["number"]) > 1
    if seen.cased[match.end() : match.end() + 1].isalpha() and not long_number:
        return "the digit is part of a word"
    return None if (capital and long_number) or long_number else "one digit without the word số"


def _counts(seen: View, at: int) -> bool:
    """Whether the number before `at` counts what follows: people, things, years ("kế hoạch 5 năm")."""
    coded = (code := _CODE.match(seen.cased, at)) is not None and code[1] in type_codes()
    return not coded and (begins_counted_noun(seen.lower, at) or _DURATION.match(seen.lower, at) is not None)


def _is_cited(seen: View, match: re.Match[str]) -> bool:
    """Whether the words around a lower-case type tell a citation: "theo quy định số 51", "kết luận 48 của"."""
    before = _CITING.search(seen.lower, max(0, match.start() - 20), match.start())
    return bool(match["year"] or before or _CITED.match(seen.lower, match.end()))


def _members(seen: View, head: Draft, taken: Sequence[tuple[int, int]]) -> Iterator[Draft]:
    at = head.end
    for _ in range(MOST_MEMBERS):
        match = MEMBER.match(seen.lower, at)
        if match is None or _touches(taken, match.start("number"), match.end()):
            return
        if _counts(seen, match.end()):
            return
        at = match.end()
        yield Draft(
            start=match.start("number"),
            end=at,
            core=match.start("number"),
            form="short",
            doc_type=head.doc_type,
            number=match["number"],
            member=True,
            said_until=at,
        )
