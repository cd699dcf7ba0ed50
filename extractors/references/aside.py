"""Who issues a document that is not the object of its verb: one set in brackets, one of those announced, one that a clause adds.

- "nghe Sở Nội vụ báo cáo về biên chế (Báo cáo số …)", "theo đề nghị của Sở Y tế (Tờ trình số …)"
- "Thành ủy đã ban hành nhiều nghị quyết, trong đó có Nghị quyết số …"
- "Huyện ủy đã rà soát quy hoạch, ban hành Kế hoạch số …"
"""

import re
from collections.abc import Sequence

from extractors.references.bodies import Bodies, Slice
from extractors.references.draft import Draft
from extractors.view import last_end

PAPERS = ("tờ trình", "báo cáo", "công văn", "văn bản", "đề án")
"""Types of papers by which a body reports or asks."""
REACH = 400
"""How far back a body is looked for, in characters."""
_OPENED = re.compile(r"\s\(\s?(?:tại\s|theo\s)?$")
_SENTENCE_ENDS = (". ", "! ", "? ", "\n")
_ASKS = re.compile(r"(?<!\w)(?:đề nghị|đề xuất|kiến nghị|ý kiến|báo cáo|tham mưu)\s(?:[^\W\d]{1,6}\s){0,3}của\s$")
_REPORTS = re.compile(r"\s(?:đã\s)?(?:báo cáo|trình|đề nghị|đề xuất|kiến nghị)\s(?P<about>về\s(?:việc\s)?)?(?=[^\W\d])")
_AMONG = re.compile(
    r"(?:[,;.]\s(?:trong (?:đó|số đó|số này)|tiêu biểu|điển hình|nổi bật|đáng chú ý|cụ thể)|\s(?:như|gồm|bao gồm))"
    r"(?:,?\s(?:có|là|như|gồm|nổi bật|đáng chú ý|tiêu biểu|phải kể đến|phải kể tới)){0,3},?:?\s(?:các\s)?$"
)
"""What leads from documents to some of them, at the end of a slice."""
_MANY = re.compile(r"(?<!\w)ban hành\s(?:nhiều|một số|hàng loạt|hàng chục|các|\d{1,4})\s")
_ADDED = re.compile(r"(?:[,;]|\svà|[,;]\sđồng thời)\s(?:đã\s|cũng\s)?$")
"""Before the verb of a further clause of the same subject, at the end of a slice."""
_ACTED = re.compile(r"\s(?:đã|vừa)\s")
_ACTS = re.compile(r"\s(?:đã|đang|sẽ|vừa|cũng|luôn|phải|được|bị|ban hành|xem xét|có)\s")
_ASKED = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|kiến nghị|yêu cầu|giao|chỉ đạo|chỉ thị|phân công|đôn đốc|hướng dẫn|tham mưu|giúp|mời|trình|báo cáo|xin|để|cho|với)\s(?:cho\s)?"
    r"(?P<others>(?:các|những|cấp ủy|từng|mỗi|cơ quan|đơn vị|địa phương|đảng ủy|chi bộ)(?!\w))?"
)
"""A verb that makes others act, before those who do."""


class Aside:
    """Reads a sentence before a mention for the body behind it."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies, self.seen = bodies, bodies.seen

    def read(self, draft: Draft) -> None:
        """Give the mention its issuer, and the subject of a report, if the sentence tells them in one of these ways."""
        floor = self._sentence(draft.start)
        if draft.doc_type in PAPERS and (opened := _OPENED.search(self.seen.lower, floor, draft.start)):
            self._of_bracket(draft, floor, opened.start())
            return
        draft.issuer = self._of_many(draft.start, floor)
        draft.by_subject = draft.issuer is not None

    def of_clause(self, verb: int) -> Slice | None:
        """The body that opens the sentence and acted before the verb at `verb`, which a comma or "và" adds."""
        floor = self._sentence(verb)
        if not _ADDED.search(self.seen.lower, max(floor, verb - 20), verb):
            return None
        units = list(self.bodies.between(floor, verb))
        for at, body in enumerate(units):
            acted = _ACTED.match(self.seen.lower, body[1])
            if acted and self._opens(body, floor):
                others = [other for other in units[at + 1 :] if other[0] >= body[1]]
                return None if self._others_act(others, acted.end(), verb) else self.bodies.with_post(body)
        return None

    def _others_act(self, others: Sequence[Slice], start: int, end: int) -> bool:
        """Whether another body, or several without a name, do what stands between two offsets, or are asked to."""
        starts = {self.bodies.with_post(other)[0] for other in others}
        asked = any(found["others"] or found.end() in starts for found in _ASKED.finditer(self.seen.lower, start, end))
        return asked or any(_ACTS.match(self.seen.lower, stop) for _, stop in others)

    def _opens(self, body: Slice, floor: int) -> bool:
        """Whether a body opens the sentence or stands behind a comma."""
        lead = self.seen.lower[floor : self.bodies.with_post(body)[0]].strip(" -–*+")
        return not lead or lead.endswith(",")

    def _sentence(self, at: int) -> int:
        floor = max(0, at - REACH)
        return max(floor, last_end(self.seen.cased, _SENTENCE_ENDS, floor, at))

    def _of_bracket(self, draft: Draft, floor: int, bracket: int) -> None:
        asked = self.bodies.ending_at(bracket)
        if asked and _ASKS.search(self.seen.lower, floor, asked[0]):
            draft.issuer = asked
            return
        for body in reversed(list(self.bodies.between(floor, bracket))):
            if reports := _REPORTS.match(self.seen.lower, body[1]):
                draft.issuer = self.bodies.with_post(body)
                if reports["about"] and draft.title is None:
                    draft.title = (reports.end(), bracket)
                return

    def _of_many(self, at: int, floor: int) -> Slice | None:
        among = _AMONG.search(self.seen.lower, max(0, at - 60), at)
        if among is None:
            return None
        start = self._sentence(among.start()) if among[0].startswith(".") else floor
        issued = list(_MANY.finditer(self.seen.lower, start, among.start()))
        return self.bodies.subject(issued[-1].start(), start) if issued else None
