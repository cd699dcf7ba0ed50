"""Mentions without a number: plenums, congresses, laws, statutes, plans with their titles."""

from collections.abc import Iterator, Sequence

from extractors.references.context import Surroundings
from extractors.references.draft import Draft
from extractors.references.grammar import POST
from extractors.references.heads import at_heads
from extractors.references.names import (
    ABOUT_OF,
    AMENDING_LAW,
    AMENDING_MANY,
    AND_LAW,
    ASKED,
    BY_BODY,
    CONGRESS,
    CONGRESS_OF,
    CONGRESS_ORDINAL,
    CONGRESS_TAIL,
    CONGRESS_YEARS,
    CONSTITUTION,
    DRAFT,
    EVERY_YEAR,
    ISSUED_ABOUT,
    KIND_OF_REPORT,
    MANY,
    MORE_CONGRESSES,
    MORE_TERMS,
    NEW_DOCUMENT,
    NUMBER_BEHIND,
    PLAN_IN_QUOTES,
    QUOTED_PLAN,
    SESSION,
    STATUTES,
    TITLED_PLAN,
    UNKNOWN_LAW,
    WISHED,
    WORKING_RULES,
    laws,
    plenums,
)
from extractors.references.title import title_end, without_lead
from extractors.spans import Spans
from extractors.view import View

WISH_REACH = 70
"""How far before a document a word may stand that makes it a wish or a plural, in characters."""
AMENDING_REACH = 120
"""How far before the first amended law an amending law may begin, in characters."""

HOLDERS = (" đảng bộ ", " công đoàn ", " hội ", " đoàn ", " mặt trận ")
"""What may hold a congress, behind its number: "Nghị quyết Đại hội XII Công đoàn Việt Nam"."""


def find_named(seen: View, around: Surroundings, numbered: Sequence[Draft]) -> Iterator[Draft]:
    """Named mentions, in no order; those that lie in a numbered mention are part of its name."""
    taken = Spans((draft.start, draft.end) for draft in numbered)
    heads = {draft.start for draft in numbered}
    for draft in [
        *_plenums(seen, around),
        *_sessions(seen, around),
        *_congresses(seen, around),
        *_laws(seen, around),
        *_statutes(seen, around),
        *_plans(seen, around),
        *_reports(seen, around),
        *_announced(seen, around),
    ]:
        if not taken.hold(draft.start, draft.end) and draft.start not in heads:
            yield draft


def _named(start: int, end: int, doc_type: str) -> Draft:
    words = " ".join(doc_type.lower().split())
    return Draft(start=start, end=end, core=start, form="named", doc_type=words, number=None, said_until=end)


def _plenums(seen: View, around: Surroundings) -> Iterator[Draft]:
    for match in at_heads(plenums(), seen.lower, around.heads, "nkc"):
        doc_type = match["type"] or "nghị quyết"
        draft = _named(match.start(), match.end(), doc_type)
        if match["body"]:
            draft.issuer = match.span("body")
        elif match["of"] and seen.lower.startswith("trung ương", match.end("of")):
            draft.issuer = (match.end("of"), match.end("of") + len("trung ương"))
        yield draft
        at = match.end()
        while match["terms"] and (more := MORE_TERMS.match(seen.lower, at)):
            yield _named(more.start("term"), more.end("term"), doc_type)
            at = more.end("term")


def _sessions(seen: View, around: Surroundings) -> Iterator[Draft]:
    """ "Nghị quyết kỳ họp thứ 10 Quốc hội khóa IX": a resolution told by the session of an assembly."""
    for match in at_heads(SESSION, seen.lower, around.heads, "n"):
        if body := around.bodies.at(match.end()):
            end = around.bodies.end_of(body)
            draft = _named(match.start(), match.start() + len(seen.cased[match.start() : end].rstrip()), match["type"])
            draft.issuer = body
            yield draft


def _congresses(seen: View, around: Surroundings) -> Iterator[Draft]:
    for match in at_heads(CONGRESS, seen.cased, around.heads, "nN"):
        body = _body_end(seen, around, match.end())
        end = identified = body
        for part in (CONGRESS_ORDINAL, CONGRESS_TAIL, CONGRESS_YEARS):
            found = part.match(seen.lower, end)
            end = found.end() if found else end
            identified = end if found and part is not CONGRESS_TAIL else identified
            if part is CONGRESS_TAIL and seen.lower.startswith(HOLDERS, end):
                end = around.bodies.ends.get(end + 1, end)
        if identified > body or seen.lower.startswith(" toàn quốc", match.end()):
            yield _named(match.start(), end, match["type"])
            while more := MORE_CONGRESSES.match(seen.cased, end):
                yield _named(more.start("term"), end := more.end(), match["type"])


def _body_end(seen: View, around: Surroundings, at: int) -> int:
    """The end of what holds the congress: "toàn quốc", "Đảng bộ tỉnh", "Đoàn TNCS Hồ Chí Minh tỉnh Quảng Trị"."""
    unit = around.bodies.ends.get(at + 1)
    if unit:
        return unit
    of = CONGRESS_OF.match(seen.lower, at)
    return of.end() if of else at


def _laws(seen: View, around: Surroundings) -> Iterator[Draft]:
    known: list[Draft] = []
    for match in at_heads(laws(), seen.lower, around.heads, "blp"):
        capital = seen.cased[match.start()].isupper() or seen.cased[match.start("name")].isupper()
        if capital and not _goes_on_with_number(seen, match.end()) and not _is_draft(seen, match.start()):
            known.append(_named(match.start(), match.end(), match["kind"]))
    yield from known
    yield from _amending(seen, known)
    for match in at_heads(AMENDING_MANY, seen.cased, around.heads, "LP"):
        yield _named(match.start(), match.end(), match["kind"])
    ends = {draft.start for draft in known}
    for match in at_heads(UNKNOWN_LAW, seen.cased, around.heads, "BLP"):
        new = match.start() not in ends and not _is_draft(seen, match.start())
        if new and not _goes_on_with_number(seen, match.end()):
            yield _named(match.start(), match.end(), match["kind"])
    for match in at_heads(CONSTITUTION, seen.cased, around.heads, "hH"):
        if (match[0][0] == "H" or match[0][-1].isdigit()) and not seen.lower.startswith(
            (" và pháp luật", ", pháp luật"), match.end()
        ):
            yield (constitution := _named(match.start(), match.end(), "hiến pháp"))
            yield from _amending(seen, [constitution])


def _goes_on_with_number(seen: View, at: int) -> bool:
    return NUMBER_BEHIND.match(seen.lower, at) is not None


def _is_draft(seen: View, at: int) -> bool:
    return DRAFT.search(seen.lower, max(0, at - len("dự thảo đề cương chi tiết ") - 1), at) is not None


def _amending(seen: View, known: Sequence[Draft]) -> Iterator[Draft]:
    """ "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B": one mention around those of A and B."""
    ends = {draft.start: draft.end for draft in known}
    for draft in known:
        head = AMENDING_LAW.search(seen.lower, max(0, draft.start - AMENDING_REACH), draft.start)
        if head is None or _is_draft(seen, head.start()):
            continue
        end = draft.end
        while (joint := AND_LAW.match(seen.lower, end)) and joint.end() in ends:
            end = ends[joint.end()]
        yield _named(head.start(), end, head["kind"])


def _statutes(seen: View, around: Surroundings) -> Iterator[Draft]:
    for match in at_heads(STATUTES, seen.cased, around.heads, "đĐ"):
        end = match.end() if match["of"] else around.bodies.ends.get(match.end())
        if end and not _is_draft(seen, match.start()):
            yield _named(match.start(), end, "điều lệ")


def _plans(seen: View, around: Surroundings) -> Iterator[Draft]:
    """Plans and the like by their titles: quoted, in quotes with the type word, or in words."""
    for match in at_heads(QUOTED_PLAN, seen.cased, around.heads, "kđcqntlKĐCQPNTLH"):
        start, end = title_end(seen, match.end(), around.bodies.ends)
        if end > start:
            closed = end + seen.cased.startswith('"', end)
            yield _titled(match.start("type"), closed, match["type"], start, end)
    for match in PLAN_IN_QUOTES.finditer(seen.cased):
        start, end = title_end(seen, match.start(), around.bodies.ends)
        if end > match.end():
            yield _titled(match.start("type"), end, match["type"], match.end(), end)
    for match in at_heads(TITLED_PLAN, seen.cased, around.heads, "KĐCQP"):
        start, end = title_end(seen, match.end(), around.bodies.ends)
        by = BY_BODY.search(seen.lower, start, end)
        end = _before_day(seen, around, start, by.start() if by else end)
        end = _end_in_body(seen, around, match.start("type"), end)
        if end > start and not EVERY_YEAR.search(seen.lower, start, end) and not _are_broken(seen, match.start("type")):
            draft = _titled(match.start("type"), end, match["type"], without_lead(seen, start), end)
            draft.in_words = not _is_cited(seen, draft.start)
            draft.issuer = around.bodies.at(by.end()) if by else None
            draft.issued = around.first_day(end, end + 2)
            yield draft


def _is_cited(seen: View, at: int) -> bool:
    """Whether a mention is that of a document of its own within the subject of another: "… nêu trong Quy chế …"."""
    return seen.lower.endswith(("trong ", "của "), 0, at)


def _are_broken(seen: View, at: int) -> bool:
    """Whether rules of procedure are broken: then their type alone names them, "vi phạm … Quy chế làm việc của Đảng ủy xã"."""
    rules = seen.lower.startswith("quy chế làm việc của ", at)
    return rules and " vi phạm " in seen.lower[max(0, at - WISH_REACH) : at]


def _before_day(seen: View, around: Surroundings, start: int, end: int) -> int:
    """Where a title ends before the day of the document, if that stands right behind a body: "Quy chế hoạt động của Hội đồng nhân dân ngày 2/4/2005"."""
    behind = seen.lower.rfind(" ngày ", start, end)
    day = around.date_at(behind + 1) if behind > start else None
    return behind if day and day[1] == end and around.bodies.ending_at(behind) else end


def _end_in_body(seen: View, around: Surroundings, at: int, end: int) -> int:
    """Where a plan ends that a steering committee is named after, if another body is joined to it: "Ban Chỉ đạo thực hiện Quy chế … và Ban …"."""
    body = around.bodies.over(at)
    return min(end, body[1]) if body and seen.lower.startswith(" và ", body[1]) else end


def _reports(seen: View, around: Surroundings) -> Iterator[Draft]:
    """Reports by their kind, rules of procedure by whose they are."""
    for match in at_heads(KIND_OF_REPORT, seen.cased, around.heads, "bB"):
        if not _is_draft(seen, match.start()) and not _are_talk(seen, *match.span()):
            yield _named(match.start(), match.end(), match["type"])
    for match in at_heads(WORKING_RULES, seen.lower, around.heads, "q"):
        rules = _named(match.start(), match.end(), match["type"])
        rules.in_words = not _is_cited(seen, rules.start)
        yield rules


def _are_talk(seen: View, start: int, end: int) -> bool:
    """Whether reports are told of that are many, or of many ("báo cáo thẩm tra của các ban"), or only that one reports."""
    many = MANY.search(seen.lower, max(0, start - len("một số ") - 1), start)
    reports = seen.cased[start].islower() and seen.lower[end : end + 1] in ".,;:"
    return reports or many is not None or seen.lower.startswith((" của các ", " của những "), end)


def _announced(seen: View, around: Surroundings) -> Iterator[Draft]:
    """Documents told by who issued them and about what: "Bộ Chính trị đã ra Chỉ thị mới về …", "ra thông báo về …"."""
    for pattern in (NEW_DOCUMENT, ISSUED_ABOUT):
        for match in at_heads(pattern, seen.lower, around.heads, "nctkqh"):
            body = around.bodies.issuing(match.start())
            if body and not _is_wished(seen, match.start(), body[1]) and not _is_asked(seen, body[0]):
                draft = _named(match.start(), match.end(), match["type"])
                draft.issuer = body
                yield draft
    for match in at_heads(ABOUT_OF, seen.lower, around.heads, "tkncq"):
        post = POST.match(seen.cased, match.end())
        end = around.bodies.ends.get(post.end() if post else match.end())
        heading = seen.cased[match.start() : match.end("type")].isupper()
        if end and not heading and seen.lower.startswith(" về ", end) and not _is_wished(seen, match.start()):
            yield _named(match.start(), match.end("type"), match["type"])


def _is_wished(seen: View, at: int, since: int = 0) -> bool:
    """Whether a word between `since` and `at` makes the document one that does not exist yet, or many."""
    floor = max(since, *(seen.lower.rfind(mark, max(0, at - WISH_REACH), at) for mark in (". ", "\n", "; ")))
    return WISHED.search(seen.lower, max(0, floor, at - WISH_REACH), at) is not None


def _is_asked(seen: View, body: int) -> bool:
    """Whether the body that begins at `body` is asked to issue: "đề xuất Bộ Chính trị ban hành nghị quyết về …"."""
    return ASKED.search(seen.lower, max(0, body - len("đề xuất với ")), body) is not None


def _titled(start: int, end: int, doc_type: str, title: int, title_stop: int) -> Draft:
    draft = _named(start, end, doc_type)
    draft.title = (title, title_stop)
    return draft
