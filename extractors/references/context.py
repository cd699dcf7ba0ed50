"""What the sentence says of a mention: date of issue, issuer, subject, provision.

Read forwards from the mention in the order of a full citation, "number, date, of whom, about what"
(Hướng dẫn 05-HD/VPTW: the first citation is full, later ones are the symbol alone), then backwards
("Ngày 3/12/2020, UBND tỉnh đã ban hành …"). Nothing is taken from beyond the neighbouring mention.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractors.models import DateMention, UnitMention
from extractors.references.aside import Aside
from extractors.references.bodies import Bodies
from extractors.references.centre import carried_out_by, is_of_another
from extractors.references.days import DAY, day_before
from extractors.references.draft import Draft
from extractors.references.grammar import (
    ABOUT,
    AMENDS,
    BLANK_DATE,
    CARRIED_OUT,
    IN_YEAR,
    ISSUED_AFTER,
    ISSUED_BY,
    ISSUES,
    MARKUP,
    NAMED_BY_SUBJECT,
    OF,
    OF_PLACE,
    OF_TERM,
    PASSIVE,
    PROVISION,
    RULES_ON,
    VERB_TITLE,
    called,
)
from extractors.references.heads import find_heads
from extractors.references.papers import read_own_paper
from extractors.references.title import title_end
from extractors.symbols import stands_for
from extractors.view import View

LONGEST_BY = 40
"""Longest words that lead from a subject to the body that issued, in characters."""
_OPEN = re.compile(r"(?!\s{0,3}\n\s{0,3}\n)\s{0,3}[,(]{0,2}\s{0,3}(?:được\s)?(?:ký\s|ban hành\s)?")
_CLOSE = re.compile(r"\s?\)")
_CLOSED = re.compile(r"\"|\*{1,3}")
_YEARS = re.compile(r"(?<![\w/-])(?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?(?![\w/-])")
"""Years and terms, which are no numbers of documents."""
_QUOTED = re.compile(r"\s{0,2},?\s{0,2}(?=\"\w)")


class Surroundings:
    """A text with its dates, units and names of types, in offsets of the view, for reading what stands around a mention."""

    def __init__(self, seen: View, dates: Sequence[DateMention], units: Sequence[UnitMention]) -> None:
        self.seen = seen
        self.heads = find_heads(seen)
        self.dates = {seen.locate(date.start): date for date in dates}
        self.date_starts = sorted(self.dates)
        self.bodies = Bodies(seen, units)
        self.aside = Aside(self.bodies)
        self.numbered: frozenset[int] = frozenset()
        self._last: Draft | None = None
        self._subject_ends: set[int] = set()

    def date_at(self, at: int) -> tuple[str | None, int] | None:
        """The EDTF value and the end of the date that begins at `at`."""
        date = self.dates.get(at)
        return None if date is None else (date.edtf, self.seen.locate(date.end - 1) + 1)

    def first_day(self, start: int, end: int) -> str | None:
        """The first full day printed between two offsets."""
        values = (self.dates[at].edtf for at in self.date_starts if start <= at < end)
        return next((value for value in values if value and DAY.fullmatch(value)), None)

    def describe(self, draft: Draft) -> None:
        """Fill in what follows the mention; who issued what a subject ends with is said of the whole."""
        if draft.end in self._subject_ends and self.seen.lower.startswith(" do ", draft.end):
            return
        markup = MARKUP.match(self.seen.lower, draft.end)
        begin = markup.end() if markup else draft.end
        whose = OF_PLACE.match(self.seen.lower, begin) if draft.symbol else None
        begin = whose.end() if whose else begin
        term = OF_TERM.match(self.seen.lower, begin) if draft.form != "named" else None
        begin = term.end() if term else begin
        short = called().match(self.seen.lower, begin)
        begin = short.end() if short else begin
        at = self._read_date(draft, begin)
        year = IN_YEAR.match(self.seen.lower, at)
        in_year = year is not None or (at > begin and draft.issued is None)
        at = year.end() if year else at
        at = self._read_issuer(draft, at)
        if draft.issued is None:
            at = self._read_date(draft, at)
        draft.said_until = max(draft.said_until, at)
        short = called().match(self.seen.lower, at)
        self._read_title(draft, short.end() if short else at, in_year)

    def _read_date(self, draft: Draft, at: int) -> int:
        if draft.issued is None and (blank := BLANK_DATE.match(self.seen.lower, at)):
            return blank.end()
        opened = _OPEN.match(self.seen.lower, at)
        begin = opened.end() if opened else at
        found = self.date_at(begin)
        if found is None:
            return at
        value, end = found
        if draft.form == "named" and self._opens_clause(end):
            return at
        if value is None or DAY.fullmatch(value):
            draft.issued = value
        close = _CLOSE.match(self.seen.lower, end)
        return close.end() if close else end

    def _opens_clause(self, at: int) -> bool:
        """Whether behind a day that ends at `at` a body issues: "Thực hiện Nghị quyết Trung ương 4, ngày …, Bộ Chính trị đã ban hành"."""
        body = self.bodies.at(at + 2) if self.seen.lower.startswith(", ", at) else None
        return body is not None and ISSUES.match(self.seen.lower, self.bodies.end_of(body)) is not None

    def _said(self, body: tuple[int, int]) -> str:
        return self.seen.lower[slice(*body)]

    def _read_issuer(self, draft: Draft, at: int) -> int:
        of = OF.match(self.seen.lower, at)
        body = self.bodies.whole(of.end()) if of else None
        if (
            of is None
            or body is None
            or (of["meets"] and body[0] == of.end())
            or (of["by"] and not ISSUES.match(self.seen.lower, body[1]))
            or carried_out_by(draft.symbol, self._said(body))
        ):
            return self._read_unmarked(draft, at) or self._read_passive(draft, at)
        draft.issuer = body if self._said(body) != "đảng" else None
        return self.bodies.end_of(body)

    def _read_unmarked(self, draft: Draft, at: int) -> int | None:
        """ "Nghị định 1/2020/NĐ-CP ngày 3/4/2020 Chính phủ về …": a body behind the day without "của", for which the code stands."""
        body = self.bodies.at(at + 1) if draft.issued and draft.symbol and self.seen.lower.startswith(" ", at) else None
        if body is None or draft.symbol is None or not stands_for(draft.symbol, self._said(body)):
            return None
        end = self.bodies.end_of(body)
        if not ABOUT.match(self.seen.lower, end):
            return None
        draft.issuer = body
        return end

    def _read_passive(self, draft: Draft, at: int) -> int:
        """ "… được Ban Chấp hành Đảng bộ huyện ban hành ngày 15/7/2021"."""
        passive = PASSIVE.match(self.seen.lower, at)
        body = self.bodies.at(passive.end()) if passive else None
        verb = ISSUED_AFTER.match(self.seen.lower, body[1]) if body else None
        if verb is None:
            return at
        draft.issuer = body
        return self._read_date(draft, verb.end())

    def _read_title(self, draft: Draft, at: int, in_year: bool) -> None:
        if draft.title or (draft.form == "named" and draft.doc_type in NAMED_BY_SUBJECT):
            return
        about = (
            ABOUT.match(self.seen.lower, at)
            or self._title_of_verb(draft, at, in_year)
            or _QUOTED.match(self.seen.cased, at)
            or AMENDS.match(self.seen.lower, at)
        )
        if about is None:
            return
        start, end = title_end(self.seen, about.end(), self.bodies.ends)
        end = self._issuer_behind(draft, start, self._issued_behind(draft, start, end, in_year))
        if end > start:
            draft.title = (start, end)
            self._subject_ends.add(end)
            draft.said_until = max(draft.said_until, end)
            self._read_behind_quotes(draft, end)

    def _read_behind_quotes(self, draft: Draft, at: int) -> None:
        """Day and issuer behind a subject in quotes or italics: "về "Trồng cây" ngày 3/4/2020 của Tỉnh ủy"."""
        closed = _CLOSED.match(self.seen.cased, at)
        if closed is None:
            return
        at = closed.end()
        dated = draft.issued is None and self.seen.lower.startswith(" ngày ", at)
        at = self._read_date(draft, at) if dated else at
        of = OF.match(self.seen.lower, at)
        body = self.bodies.at(of.end()) if of and not of["by"] and draft.issuer is None else None
        if body:
            draft.issuer = body
            at = self.bodies.end_of(body)
        draft.said_until = max(draft.said_until, at)

    def _issued_behind(self, draft: Draft, start: int, end: int, in_year: bool) -> int:
        """Where a subject ends behind which the sentence says who issued the document; the body and the day go to it."""
        for by in ISSUED_BY.finditer(self.seen.lower, start, end + LONGEST_BY):
            body = self.bodies.at(by.end()) if by.start() <= end else None
            verb = ISSUED_AFTER.match(self.seen.lower, body[1]) if body else None
            if body is None or verb is None or not (in_year or self._is_of_mention(draft, start, by, body)):
                continue
            draft.issuer = draft.issuer or body
            day = self.date_at(by.start("day") + 1) if by["day"] else None
            draft.issued = draft.issued or (day[0] if day else None)
            draft.said_until = max(draft.said_until, self._read_date(draft, verb.end()))
            return by.start()
        return end

    def _is_of_mention(self, draft: Draft, start: int, by: re.Match[str], body: tuple[int, int]) -> bool:
        """Whether the passive is said of the document, and not of something that its subject names."""
        if by["day"] or by[0].startswith('"'):
            return True
        if self.seen.lower.endswith(("văn bản", "pháp luật"), 0, by.start()):
            return False  # "bãi bỏ một số văn bản do Thủ tướng ban hành"
        known = draft.symbol is not None and stands_for(draft.symbol, self._said(body))
        named = self.heads[bisect_left(self.heads, start) : bisect_left(self.heads, by.start())]
        if known and named and all(self.seen.lower.startswith(NAMED_BY_SUBJECT, at) for at in named):
            return True  # "thi hành Điều lệ Đảng do Ban Chấp hành Trung ương ban hành"
        return bool(known or by["passive"]) and not self._heads_inside(start, by.start())

    def _issuer_behind(self, draft: Draft, start: int, end: int) -> int:
        """ "Chỉ thị 24/CT-TTg về dữ liệu dân cư của Thủ tướng Chính phủ": a body behind the subject, if the code stands for it."""
        body = self.bodies.ending_at(end) if draft.symbol and draft.issuer is None else None
        if body is None or draft.symbol is None or self.bodies.verb_before(draft.start):
            return end
        of = body[0] - len(" của ")
        known = self.seen.lower.startswith(" của ", of) and stands_for(draft.symbol, self.seen.lower[body[0] : end])
        if not known or of <= start or self._heads_inside(start, of):
            return end
        draft.issuer = body
        return of

    def _heads_inside(self, start: int, end: int) -> bool:
        """Whether a document is named between two offsets; a body behind it is that one's."""
        heads = self.heads[bisect_left(self.heads, start) : bisect_left(self.heads, end)]
        return (
            any(self.seen.cased[at].isupper() for at in heads)
            or re.search(r"\d", _YEARS.sub("", self.seen.cased[start:end])) is not None
        )

    def _title_of_verb(self, draft: Draft, at: int, in_year: bool) -> re.Match[str] | None:
        """What leads to a title that begins with its verb; none begins where another numbered mention does ("Hướng dẫn 3-HD/TW")."""
        lead = self._verb_title(draft, at, in_year)
        return lead if lead and lead.end() not in self.numbered else None

    def _verb_title(self, draft: Draft, at: int, in_year: bool) -> re.Match[str] | None:
        if draft.form == "named" and draft.doc_type == "báo cáo":
            return CARRIED_OUT.match(self.seen.lower, at)
        if draft.symbol and at == draft.end and not self._provision_before(draft):
            return (VERB_TITLE if self.bodies.verb_before(draft.start) else RULES_ON).match(self.seen.lower, at)
        ruled = self._provision_before(draft) and not self.seen.lower.startswith(" thi hành ", at)
        in_year = in_year and not ruled and not self.seen.lower.startswith(" quy định", at)
        full = in_year or draft.issuer is not None or draft.issued is not None
        return VERB_TITLE.match(self.seen.lower, at) if full and at > draft.end else None

    def read_before(self, draft: Draft) -> None:
        """Fill in what precedes the mention: "Ngày X, A đã ban hành B", "đề nghị của A tại B", a provision."""
        self.read_provision(draft)
        self._read_subject(draft)
        self._last = draft

    def _read_subject(self, draft: Draft) -> None:
        verb = self.bodies.verb_before(draft.start)
        if verb is None:
            read_own_paper(self.bodies, draft)
            if draft.issuer is None:
                self.aside.read(draft)
            return
        floor = self.bodies.sentence_start(draft.start)
        unit = self.bodies.represented(verb.start("verb"), floor)
        unit = unit or self.bodies.subject(verb.start("verb"), floor) or self.aside.of_clause(verb.start("verb"))
        unit = self._beyond_subject(unit, floor) if unit else None
        if (
            unit
            and draft.issuer is None
            and not (verb["verb"] == "công bố" and is_of_another(draft.symbol, self._said(unit)))
        ):
            draft.issuer, draft.by_subject = unit, True
        if draft.issuer is None:
            self.aside.read(draft)
        if draft.issued is None:
            draft.issued = day_before(
                self.seen.lower, self.date_starts, self.date_at, floor, unit[0] if unit else verb.start("verb")
            )

    def _beyond_subject(self, unit: tuple[int, int], floor: int) -> tuple[int, int] | None:
        """Who issued the document before, where `unit` ends its subject: "A ra Quyết định 1 thành lập B và ra Quyết định 2"."""
        last, further = self._last, self.seen.lower.startswith((" và ", ", "), unit[1])
        held = last and last.issuer and last.title and last.title[0] <= unit[0] < last.title[1]
        return last.issuer if last and held and further and last.start >= floor else unit

    def read_provision(self, draft: Draft) -> None:
        """Fill in the provision that stands right before the mention."""
        found = self._provision_before(draft)
        printed = found["provision"].rstrip(" ,") if found else "."
        if found and not printed.endswith("."):
            draft.provision = (found.start(), found.start() + len(printed))

    def _provision_before(self, draft: Draft) -> re.Match[str] | None:
        return PROVISION.search(self.seen.lower, max(0, draft.start - 90), draft.start)
