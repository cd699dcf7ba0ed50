"""The bodies around a mention that may have issued it: units with their posts, plenums, words in capitals."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractors.models import UnitMention
from extractors.references.grammar import (
    ISSUED,
    ISSUED_ADVERBS,
    NAMED_BODY,
    ON_BEHALF,
    POST,
    TERM_OF_OFFICE,
    type_and_bracket,
)
from extractors.references.names import PLENUM, plenum_before
from extractors.view import UPPER, View

SENTENCE = 400
"""How far back the subject of "ban hành" is looked for, in characters."""
VERB = 60
"""Longest verb of issuing with what may stand behind it, in characters."""
LONGEST = 100
"""Longest name of a body, in characters."""
_BOUND = re.compile(r"[.!?;]\s|\n")
_HOLDER = re.compile(rf",?(?: (?:đồng chí|ông|bà))?(?: [{UPPER}]\w{{0,7}}){{2,5}},?(?= )")
"""The person who holds a post, behind it: "Chủ tịch UBND tỉnh Nguyễn Văn Tám vừa ký"."""
_BROUGHT_IN = re.compile(r"(?<!\w)(?:với|của|cho|tại|từ|trong|đến)\s$")
_JOINTLY = re.compile(
    r"(?:\s(?:đã|chủ trì|chủ trì,|chủ trì và))?\s(?:phối hợp(?:\schặt chẽ)?|cùng)(?:\scùng)?(?:\svới)?\s$"
)
"""Between the body that issues and one that takes part."""
_TOGETHER = ("bộ chính trị, ban bí thư", "ban bí thư, bộ chính trị")
"""Bodies that a comma alone joins."""
Slice = tuple[int, int]


class Bodies:
    """The units of a text in offsets of its view; `ends` is the end of the longest by where it begins."""

    def __init__(self, seen: View, units: Sequence[UnitMention]) -> None:
        self.seen = seen
        self.ends = _longest_by_start(seen, units)
        self._spans = sorted(self.ends.items())
        self._starts = [start for start, _ in self._spans]

    def at(self, at: int) -> Slice | None:
        """The issuing body named at `at`: a unit, one behind a post or a plenum, or words in capitals."""
        post = POST.match(self.seen.cased, at)
        begin = post.end() if post else at
        end = self.ends.get(begin)
        if end is not None:
            plenum = post is not None and post[0].startswith("Hội nghị")
            return (begin if plenum else at), self._joined(begin, end)
        words = PLENUM.match(self.seen.lower, at) or NAMED_BODY.match(self.seen.cased, at)
        return (at, words.end()) if words else None

    def ending_at(self, end: int) -> Slice | None:
        """The unit that ends at `end`, with the post before it."""
        first = bisect_left(self._starts, end - LONGEST)
        start = next(
            (start for start, stop in self._spans[first : bisect_left(self._starts, end)] if stop == end), None
        )
        return None if start is None else (self._with_post(start), end)

    def issuing(self, at: int) -> Slice | None:
        """The body that issues what begins at `at`: "Bộ Chính trị đã ra …", "Hội nghị Trung ương 6 khóa X đã ban hành …"."""
        verb = self.verb_before(at)
        if verb is None:
            return None
        plenum = plenum_before().search(self.seen.lower, max(0, at - SENTENCE), verb.start("verb"))
        return plenum.span("plenum") if plenum else self.subject(verb.start("verb"), self.sentence_start(at))

    def verb_before(self, at: int) -> re.Match[str] | None:
        """The verb of issuing right before what begins at `at`, or before its type and a bracket: "đã có Công văn (số …)"."""
        announced = (
            type_and_bracket().search(self.seen.lower, max(0, at - VERB), at)
            if self.seen.lower.startswith("(", at - 1)
            else None
        )
        at = announced.start() if announced else at
        return ISSUED.search(self.seen.lower, max(0, at - VERB), at)

    def represented(self, verb: int, floor: int) -> Slice | None:
        """The body for which the subject of the verb at `verb` signs: "Thay mặt Ban Bí thư, đồng chí … đã ký"."""
        for found in ON_BEHALF.finditer(self.seen.lower, max(0, floor - 3), verb):
            body = self.at(found.end())
            if body and body[0] == found.end() and self.seen.lower.startswith(",", self.end_of(body)):
                return body
        return None

    def subject(self, verb: int, floor: int) -> Slice | None:
        """The body that is the subject of the verb at `verb`: only adverbs stand between."""
        index = bisect_right(self._starts, verb) - 1
        while index >= 0 and self._in_brackets(self._spans[index][1], verb):
            index -= 1
        if index < 0 or self._spans[index][0] < floor:
            return None
        start, end = self._spans[index]
        holder = _HOLDER.match(self.seen.cased, end, verb) if self._with_post(start) < start else None
        said = holder.end() if holder else end
        if end > verb or not ISSUED_ADVERBS.fullmatch(self.seen.lower, said, verb) or self._is_aside(start, end):
            return None
        if joint := _JOINTLY.search(self.seen.lower, max(floor, start - LONGEST), start):
            return self.subject(joint.start(), floor) or (start, end)
        before = self._spans[index - 1] if index else (0, 0)
        if before[0] >= floor and self._joined(*before) == end:
            start = before[0]
        return self._with_post(start), end

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds `at` begins, or how far back it is read."""
        floor = max(0, at - SENTENCE)
        ends = [match.end() for match in _BOUND.finditer(self.seen.cased, floor, at)]
        return ends[-1] if ends else floor

    def _joined(self, start: int, end: int) -> int:
        """The end of bodies that issue together: "A và B", "A, B và C", "Bộ Chính trị, Ban Bí thư"."""
        ends = [end]
        while (comma := self.seen.lower.startswith(", ", ends[-1])) or self.seen.lower.startswith(" và ", ends[-1]):
            last = self.ends.get(ends[-1] + (2 if comma else 4))
            if last is None:
                break
            ends.append(last)
            if not comma:
                return last
        return ends[-1] if self.seen.lower[start : ends[-1]] in _TOGETHER else end

    def _is_aside(self, start: int, end: int) -> bool:
        """ "làm việc với Sở Nội vụ và ban hành": a body that a preposition brings in, before a further clause."""
        further = self.seen.lower.startswith((" và ", ", "), end)
        return further and _BROUGHT_IN.search(self.seen.lower, max(0, start - 6), start) is not None

    def _in_brackets(self, end: int, verb: int) -> bool:
        """ "Tỉnh ủy (nay là Thành ủy) ban hành": a name in brackets is not the subject."""
        return self.seen.lower.startswith(")", end) and end < verb

    def whole(self, at: int) -> Slice | None:
        """The body that begins at `at`; a committee with the council that it is of: "Ban Pháp chế của Hội đồng nhân dân tỉnh"."""
        body = self.at(at)
        if body is None or not self.seen.lower.startswith("ban ", body[0]):
            return body
        of = body[1] + len(" của ")
        council = (
            self.ends.get(of) if self.seen.lower.startswith((" của hội đồng nhân dân", " của hđnd"), body[1]) else None
        )
        return (body[0], council) if council else body

    def end_of(self, body: Slice) -> int:
        """The end of a body with its term of office."""
        term = TERM_OF_OFFICE.match(self.seen.lower, body[1])
        return term.end() if term else body[1]

    def over(self, at: int) -> Slice | None:
        """The unit that begins before `at` and ends behind it."""
        index = bisect_left(self._starts, at) - 1
        return self._spans[index] if index >= 0 and self._spans[index][1] > at else None

    def between(self, start: int, end: int) -> Iterator[Slice]:
        """Bodies that lie between two offsets, in order."""
        first = bisect_left(self._starts, start)
        yield from (span for span in self._spans[first : bisect_left(self._starts, end)] if span[1] <= end)

    def with_post(self, body: Slice) -> Slice:
        """A body with the post before it."""
        return self._with_post(body[0]), body[1]

    def _with_post(self, start: int) -> int:
        posts = POST.finditer(self.seen.cased, max(0, start - 40), start + 1)
        return next((post.start() for post in posts if post.end() == start), start)


def _longest_by_start(seen: View, units: Sequence[UnitMention]) -> dict[int, int]:
    ends: dict[int, int] = {}
    for unit in units:
        start = seen.locate(unit.start)
        ends[start] = max(ends.get(start, 0), seen.locate(unit.end - 1) + 1)
    return ends
