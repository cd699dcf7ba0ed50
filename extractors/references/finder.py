"""Finds references: mentions first, then what is said of each, in the order of the text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.models import DateMention, Found, NearMiss, Reference, UnitMention
from extractors.references.anaphora import find_anaphoric
from extractors.references.cells import read_row
from extractors.references.context import Surroundings
from extractors.references.draft import Draft
from extractors.references.grammar import LIST_HEAD
from extractors.references.letterhead import read_letterhead
from extractors.references.misread import find_misread
from extractors.references.named import find_named
from extractors.references.numbered import find_numbered
from extractors.references.short import find_short
from extractors.spans import Spans
from extractors.view import View, view

LIST_GAP = 40
"""Longest words between two members of one list, in characters."""
MOST_LISTED = 200
"""Members of a list that take the issuer of its head."""


def find_references(
    text: str | View, dates: Sequence[DateMention] = (), units: Sequence[UnitMention] = ()
) -> Found[Reference]:
    """All mentions of documents in a text, in order, and what was refused.

    `dates` and `units` are those of the same text; without them issue dates and some issuers stay empty.

    >>> find_references("theo Quy định số 682-QĐ/TU của Tỉnh ủy").items[0].symbol
    '682-QĐ/TU'
    """
    seen = view(text)
    near: list[NearMiss] = []
    around = Surroundings(seen, dates, units)
    drafts = _with_numbers(seen, dates, around, near)
    _share_lists(seen, around, drafts)
    drafts = _in_order([*drafts, *_without_numbers(seen, around, drafts)])
    for draft in drafts:
        draft.surface = seen.text[seen.start(draft.start) : seen.end(draft.end)]
    pointing = list(find_anaphoric(seen, around.heads, drafts, near))
    for draft in pointing:
        around.read_provision(draft)
    drafts = _in_order([*drafts, *pointing])
    near += find_misread(seen, drafts)
    near.sort(key=lambda miss: (miss.start, miss.end))
    return Found([_reference(seen, draft) for draft in drafts], near)


def _with_numbers(seen: View, dates: Sequence[DateMention], around: Surroundings, near: list[NearMiss]) -> list[Draft]:
    """Numbered and short mentions in order, with what the text says of them."""
    numbered = list(find_numbered(seen, near))
    days = [(seen.locate(date.start), seen.locate(date.end - 1) + 1) for date in dates]
    taken = sorted([*days, *((draft.core, draft.end) for draft in numbered)])
    drafts = sorted(
        [*numbered, *find_short(seen, around.heads, taken, near)], key=lambda draft: (draft.start, -draft.end)
    )
    kept = list(_without_overlaps(drafts))
    around.numbered = frozenset(draft.start for draft in kept)
    for at, draft in enumerate(kept):
        if not read_letterhead(seen, draft, around):
            around.describe(draft)
            around.read_before(draft)
            read_row(seen, draft, around, kept[at + 1].start if at + 1 < len(kept) else len(seen.lower))
    return kept


def _without_overlaps(drafts: Sequence[Draft]) -> Iterator[Draft]:
    end = 0
    for draft in drafts:
        if draft.core >= end:
            draft.start = max(draft.start, end)
            yield draft
            end = draft.end


def _without_numbers(seen: View, around: Surroundings, numbered: Sequence[Draft]) -> Iterator[Draft]:
    """Named mentions with what the text says of them; a title in words yields to the title that holds it.

    What follows a name that ends another ("Luật sửa đổi … của Luật A ngày …") is said of the longer one.
    What a report is about is a document of its own: "Báo cáo tổng kết thực hiện Chiến lược phát triển …"; the conclusion
    that a notice announces is not.
    """
    named = sorted(find_named(seen, around, numbered), key=lambda draft: (draft.start, -draft.end))
    ends: set[int] = set()
    for draft in named:
        if (draft.title is None or seen.cased.startswith('"', draft.end - 1)) and draft.end not in ends:
            around.describe(draft)
        ends.add(draft.end)
        around.read_before(draft)
    holders = [*numbered, *(draft for draft in named if draft.doc_type != "báo cáo")]
    titles = Spans(draft.title for draft in holders if draft.title)
    announced = {draft.title[0] for draft in numbered if draft.title and draft.doc_type == "thông báo"}
    starts = announced | {draft.start for draft in numbered}
    for draft in named:
        held = draft.in_words and titles.hold(draft.start, draft.start + 1)
        if not held and draft.start not in starts:
            starts.add(draft.start)
            yield draft


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda draft: (draft.start, -draft.end))


def _share_lists(seen: View, around: Surroundings, drafts: Sequence[Draft]) -> None:
    """A list shares its type, and its issuer in both directions ("Chỉ thị 05, Kết luận 01 của Bộ Chính trị")."""
    for before, draft in pairwise(drafts):
        if _listed(seen, before, draft):
            _share_type(before, draft)
            if (before.by_subject and not _is_of_the_centre(before, draft)) or draft.member or _goes_on(before, draft):
                draft.issuer, draft.by_subject = draft.issuer or before.issuer, before.by_subject
    _share_heads(seen, around, drafts)
    for draft, after in reversed(list(pairwise(drafts))):
        if (draft.title is None or _ends_list(after)) and _are_alike(draft, after) and _listed(seen, draft, after):
            draft.issuer = draft.issuer or after.issuer
            if _are_dated_together(seen, draft, after):
                draft.issued = draft.issued or after.issued


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Whether a bare symbol has the codes of the one before it: "Tờ trình số 4/TTr-STC ngày …, 5/TTr-STC ngày …"."""
    one, other = before.symbol, draft.symbol
    return (
        draft.start == draft.core
        and one is not None
        and other is not None
        and (one.type_code, one.issuer_code) == (other.type_code, other.issuer_code)
    )


def _are_dated_together(seen: View, draft: Draft, after: Draft) -> bool:
    """Whether one day is printed behind two of one type: "Quyết định số 36 và Quyết định số 37 ngày …"."""
    joined = draft.said_until == draft.end and ";" not in seen.lower[draft.end : after.start]
    year = draft.symbol.year if draft.symbol else None
    if year and not (after.issued or "").startswith(str(year)):
        return False
    return joined and draft.doc_type == after.doc_type and not after.by_subject


def _ends_list(draft: Draft) -> bool:
    """Whether the issuer stands behind the subject of the last of a list, whose members have subjects of their own."""
    return draft.title is not None and draft.issuer is not None and draft.issuer[0] >= draft.title[1]


def _is_of_the_centre(before: Draft, draft: Draft) -> bool:
    """Whether a document of the Government or the National Assembly follows one that is not: it belongs to its subject."""
    codes = [mention.symbol.issuer_code or "" if mention.symbol else "" for mention in (before, draft)]
    return codes[0] != codes[1] and re.fullmatch(r"CP|TTg|(?:UBTV)?QH\d{0,2}", codes[1]) is not None


def _are_alike(draft: Draft, after: Draft) -> bool:
    """Whether two members of a list are of one type, or have the code of one issuer: "Chỉ thị 35-CT/TW và Kết luận 118-KL/TW".

    A committee of the Party does not issue what a body of the State does: "Nghị quyết số 15-NQ/TU; Nghị quyết số 11/NQ-HĐND".
    """
    if {"party", "state"} <= {mention.symbol.system for mention in (draft, after) if mention.symbol}:
        return False
    codes = [mention.symbol.issuer_code for mention in (draft, after) if mention.symbol]
    return draft.doc_type == after.doc_type or (len(codes) == len(set(codes)) + 1 and codes[0] is not None)


def _share_heads(seen: View, around: Surroundings, drafts: Sequence[Draft]) -> None:
    """A head names the issuer of all that follows its colon: "các Luật của Quốc hội: Luật …; Luật …"."""
    starts = [draft.start for draft in drafts]
    for head in LIST_HEAD.finditer(seen.lower):
        body = around.bodies.at(head.end())
        colon = seen.lower.find(":", body[1], body[1] + 3) if body else -1
        if colon < 0:
            continue
        line = seen.lower.find("\n", colon)
        first, stop = bisect_right(starts, colon), bisect_left(starts, line) if line >= 0 else len(drafts)
        for draft in drafts[first : min(stop, first + MOST_LISTED)]:
            if draft.doc_type == head["type"]:
                draft.issuer = draft.issuer or body


def _share_type(before: Draft, draft: Draft) -> None:
    if draft.doc_type is None or (draft.member and before.doc_type):
        draft.doc_type = before.doc_type


def _listed(seen: View, before: Draft, draft: Draft) -> bool:
    """Whether only a comma, "và" or "số" stands between what is said of one and the next, in the same paragraph."""
    if not 0 <= draft.start - before.said_until <= LIST_GAP:
        return False
    between = seen.lower[before.said_until : draft.start]
    return between.count("\n") <= 1 and between.strip() in (
        "",
        ",",
        ";",
        "và",
        ", và",
        "; và",
        "số",
        ", số",
        "và số",
        "; số",
        "hoặc",
        "-",
        ", các",
        "và các",
    )


def _reference(seen: View, draft: Draft) -> Reference:
    def printed(piece: tuple[int, int] | None) -> str | None:
        return seen.text[seen.start(piece[0]) : seen.end(piece[1])] if piece else None

    return Reference.cut(
        seen.text,
        seen.start(draft.start),
        seen.end(draft.end),
        form=draft.form,
        doc_type=draft.doc_type,
        number=draft.number,
        symbol=draft.symbol.canonical if draft.symbol else None,
        issued=draft.issued,
        issuer=printed(draft.issuer),
        title=printed(draft.title),
        provision=printed(draft.provision),
        target=draft.target,
        flags=draft.flags,
    )
