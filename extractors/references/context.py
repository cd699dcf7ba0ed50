"""What the sentence says of a mention: date of issue, issuer, subject, provision.

Read forwards from the mention in the order of a full citation, "number, date, of whom, about what"
(Hướng dẫn 05-HD/VPTW: the first citation is full, later ones are the symbol alone), then backwards
("Ngày 3/12/2020, UBND tỉnh đã ban hành …"). Nothing is taken from beyond the neighbouring mention.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractors.models import DateMention, UnitMention
from extractors.references.draft import Draft
from extractors.references.grammar import (
    ABOUT,
    AMENDS,
    AT_ITS,
    BLANK_DATE,
    BRACKETED,
    ISSUED,
    ISSUED_ADVERBS,
    ISSUED_AFTER,
    MARKUP,
    NAMED_BODY,
    OF,
    PASSIVE,
    POST,
    PROVISION,
    TERM_OF_OFFICE,
    VERB_TITLE,
)
from extractors.references.heads import find_heads
from extractors.references.title import title_end
from extractors.view import View

DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_LEAD = 40
"""Longest words before the day that opens a sentence ("Từ thực tế đó, ngày …"), in characters."""
SENTENCE = 400
"""How far back the subject of "ban hành" is looked for, in characters."""
_OPEN = re.compile(r"\s{0,3}[,(]{0,2}\s{0,3}(?:được\s)?(?:ký\s|ban hành\s)?")
_CLOSE = re.compile(r"\s?\)")
_QUOTED = re.compile(r"\s{0,2},?\s{0,2}(?=\"\w)")
_BOUND = re.compile(r"[.!?;]\s|\n")


class Surroundings:
    """A text with its dates, units and names of types, in offsets of the view, for reading what stands around a mention."""

    def __init__(self, seen: View, dates: Sequence[DateMention], units: Sequence[UnitMention]) -> None:
        self.seen = seen
        self.heads = find_heads(seen)
        self.dates = {seen.locate(date.start): date for date in dates}
        self.date_starts = sorted(self.dates)
        self.unit_ends = _longest_by_start(seen, units)
        self.units = sorted(self.unit_ends.items())
        self.unit_starts = [start for start, _ in self.units]

    def date_at(self, at: int) -> tuple[str | None, int] | None:
        """The EDTF value and the end of the date that begins at `at`."""
        date = self.dates.get(at)
        return None if date is None else (date.edtf, at + date.end - date.start)

    def first_day(self, start: int, end: int) -> str | None:
        """The first full day printed between two offsets."""
        values = (self.dates[at].edtf for at in self.date_starts if start <= at < end)
        return next((value for value in values if value and DAY.fullmatch(value)), None)

    def describe(self, draft: Draft) -> None:
        """Fill in what follows the mention."""
        markup = MARKUP.match(self.seen.lower, draft.end)
        at = self._read_date(draft, markup.end() if markup else draft.end)
        at = self._read_issuer(draft, at)
        if draft.issued is None:
            at = self._read_date(draft, at)
        draft.said_until = max(draft.said_until, at)
        self._read_title(draft, at)

    def _read_date(self, draft: Draft, at: int) -> int:
        if draft.issued is None and (blank := BLANK_DATE.match(self.seen.lower, at)):
            return blank.end()
        opened = _OPEN.match(self.seen.lower, at)
        begin = opened.end() if opened else at
        found = self.date_at(begin)
        if found is None:
            return at
        value, end = found
        if value is None or DAY.fullmatch(value):
            draft.issued = value
        close = _CLOSE.match(self.seen.lower, end)
        return close.end() if close else end

    def _read_issuer(self, draft: Draft, at: int) -> int:
        of = OF.match(self.seen.lower, at)
        body = self.body_at(of.end()) if of else None
        if body is None:
            return self._read_passive(draft, at)
        draft.issuer = body
        term = TERM_OF_OFFICE.match(self.seen.lower, body[1])
        return term.end() if term else body[1]

    def _read_passive(self, draft: Draft, at: int) -> int:
        """ "… được Ban Chấp hành Đảng bộ huyện ban hành ngày 15/7/2021"."""
        passive = PASSIVE.match(self.seen.lower, at)
        body = self.body_at(passive.end()) if passive else None
        verb = ISSUED_AFTER.match(self.seen.lower, body[1]) if body else None
        if verb is None:
            return at
        draft.issuer = body
        return self._read_date(draft, verb.end())

    def body_at(self, at: int) -> tuple[int, int] | None:
        """The issuing body named at `at`: a unit, one behind a post or a plenum, or words in capitals."""
        post = POST.match(self.seen.cased, at)
        begin = post.end() if post else at
        end = self.unit_ends.get(begin)
        if end is not None:
            plenum = post is not None and post[0].startswith("Hội nghị")
            return (begin if plenum else at), self._joined_units(begin, end)
        words = NAMED_BODY.match(self.seen.cased, at)
        return (at, words.end()) if words else None

    def _joined_units(self, start: int, end: int) -> int:
        """The end of bodies that issue together: "A và B", "A, B và C", "Bộ Chính trị, Ban Bí thư"."""
        ends = [end]
        while (comma := self.seen.lower.startswith(", ", ends[-1])) or self.seen.lower.startswith(" và ", ends[-1]):
            last = self.unit_ends.get(ends[-1] + (2 if comma else 4))
            if last is None:
                break
            ends.append(last)
            if not comma:
                return last
        both = self.seen.lower[start : ends[-1]] in ("bộ chính trị, ban bí thư", "ban bí thư, bộ chính trị")
        return ends[-1] if both else end

    def _read_title(self, draft: Draft, at: int) -> None:
        about = (
            ABOUT.match(self.seen.lower, at)
            or self._verb_title(draft, at)
            or self._quoted(at)
            or AMENDS.match(self.seen.lower, at)
        )
        if about is None:
            return
        start, end = title_end(self.seen, about.end(), self.unit_ends)
        if end > start:
            draft.title = (start, end)
            draft.said_until = max(draft.said_until, end)

    def _verb_title(self, draft: Draft, at: int) -> re.Match[str] | None:
        full = draft.issuer is not None or draft.issued is not None
        return VERB_TITLE.match(self.seen.lower, at) if full and at > draft.end else None

    def _quoted(self, at: int) -> re.Match[str] | None:
        return _QUOTED.match(self.seen.cased, at)

    def read_before(self, draft: Draft) -> None:
        """Fill in what precedes the mention: "Ngày X, A đã ban hành B", "đề nghị của A tại B", a provision."""
        self._read_provision(draft)
        verb = ISSUED.search(self.seen.lower, max(0, draft.start - 60), draft.start)
        if verb is None:
            self._read_own_paper(draft)
            return
        floor = self._sentence_start(draft.start)
        unit = self._unit_before(verb.start("verb"), floor)
        if unit and draft.issuer is None:
            draft.issuer, draft.by_subject = unit, True
        if draft.issued is None:
            draft.issued = self._day_before(unit[0] if unit else verb.start("verb"), floor)

    def _read_own_paper(self, draft: Draft) -> None:
        """ "đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số …", "Tờ trình của X (số …)"."""
        at_its = AT_ITS.search(self.seen.lower, max(0, draft.start - 6), draft.start)
        opened = "(" in self.seen.lower[max(0, draft.start - 2) : draft.start]
        bracket = BRACKETED.search(self.seen.lower, max(0, draft.start - 120), draft.start) if opened else None
        if bracket and bracket["body"] and draft.issuer is None:
            draft.issuer = bracket.span("body")
        if bracket and draft.doc_type is None:
            draft.doc_type = bracket["type"]
        if at_its and draft.issuer is None and (index := bisect_right(self.unit_starts, at_its.start()) - 1) >= 0:
            start, end = self.units[index]
            if end == at_its.start():
                draft.issuer = (self._with_post(start), end)

    def _read_provision(self, draft: Draft) -> None:
        found = PROVISION.search(self.seen.lower, max(0, draft.start - 90), draft.start)
        if found:
            end = found.start() + len(found["provision"].rstrip(" ,"))
            draft.provision = (found.start(), end)

    def _sentence_start(self, at: int) -> int:
        floor = max(0, at - SENTENCE)
        ends = [match.end() for match in _BOUND.finditer(self.seen.cased, floor, at)]
        return ends[-1] if ends else floor

    def _unit_before(self, verb: int, floor: int) -> tuple[int, int] | None:
        """The body that is the subject of the verb: only adverbs stand between."""
        index = bisect_right(self.unit_starts, verb) - 1
        while index >= 0 and self._in_brackets(self.units[index][1], verb):
            index -= 1
        if index < 0 or self.units[index][0] < floor:
            return None
        start, end = self.units[index]
        if end > verb or not ISSUED_ADVERBS.fullmatch(self.seen.lower, end, verb):
            return None
        before = self.units[index - 1] if index else (0, 0)
        if before[0] >= floor and self._joined_units(*before) == end:
            start = before[0]
        return self._with_post(start), end

    def _in_brackets(self, end: int, verb: int) -> bool:
        """ "Tỉnh ủy (nay là Thành ủy) ban hành": a name in brackets is not the subject."""
        return self.seen.lower.startswith(")", end) and end < verb

    def _with_post(self, start: int) -> int:
        posts = [
            match for match in POST.finditer(self.seen.cased, max(0, start - 40), start + 1) if match.end() == start
        ]
        return posts[0].start() if posts else start

    def is_issued(self, at: int) -> bool:
        """Whether a body issues what begins at `at`: "Bộ Chính trị đã ra …"."""
        verb = ISSUED.search(self.seen.lower, max(0, at - 60), at)
        return verb is not None and self._unit_before(verb.start("verb"), self._sentence_start(at)) is not None

    def _day_before(self, subject: int, floor: int) -> str | None:
        """The day that opens the sentence: "Ngày 3/12/2020, UBND tỉnh đã ban hành"."""
        index = bisect_left(self.date_starts, floor)
        if index == len(self.date_starts) or self.date_starts[index] >= subject:
            return None
        found = self.date_at(self.date_starts[index])
        if found is None or found[0] is None or not DAY.fullmatch(found[0]):
            return None
        lead = self.seen.lower[floor : self.date_starts[index]].strip(" -–(*>")
        opens = (lead.endswith(",") and len(lead) <= LONGEST_LEAD) or lead in (
            "",
            "vào",
            "trong",
            "sáng",
            "chiều",
            "trước đó",
        )
        between = self.seen.lower[found[1] : subject]
        return found[0] if opens and len(between) <= 60 else None  # noqa: PLR2004


def _longest_by_start(seen: View, units: Sequence[UnitMention]) -> dict[int, int]:
    ends: dict[int, int] = {}
    for unit in units:
        start = seen.locate(unit.start)
        ends[start] = max(ends.get(start, 0), seen.locate(unit.end - 1) + 1)
    return ends
