"""Ties a figure to the document whose implementation its passage reports, and to the body that did it.

"Sau 3 năm thực hiện Nghị quyết số 5-NQ/TU, Đảng ủy xã đã kết nạp 12 đảng viên. Có 4 chi bộ …": both figures report on
5-NQ/TU. The document must open its sentence, and a word must say that something came of it; where a sentence carries out
two documents, or tells what is wanted, a figure is tied to none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractors.models import Figure, Reference, UnitMention
from extractors.relations import name
from extractors.relations.actor import between
from extractors.relations.clauses import MOST_HELD, holder, sentence_ends, title_span
from extractors.relations.verbs import ACT, REACH
from extractors.view import View

KINDS = ("learns", "implements", "reviews")
"""Kinds of verbs behind which a document is carried out."""
JOINS = ("", "và")
"""What is left between two documents of one list."""
TIMES = ("a", "mo", "wk", "d", "cấp", "khoản")
"""Measures that tell how long or how a document is carried out, and no result."""
_HEAD = re.compile(
    r"[\s\-+*•>]{0,6}(?:(?:kết quả|(?:sau|qua|trong|hơn|gần|trên)\s(?:hơn |gần |trên )?\d{1,2} (?:năm|tháng)(?: (?:triển khai|tổ chức))?|"
    r"sau khi|qua|trong quá trình|quá trình|từ khi|để|tiếp tục|theo|về việc|sau \w{2,6} năm)\s)?"
)
"""What may open a sentence before the verb that says what is carried out."""
_TERM = re.compile(
    r"(?<!\w)(?:sau|qua)\s(?:hơn |gần |trên )?(?:\d{1,2}|\w{2,6}) (?:năm|tháng) (?:triển khai |tổ chức )?$"
)
"""Before the verb, wherever it stands: for so long the document has been carried out."""
_VERBS = (
    "đã|đạt|có|còn|giảm|tăng|hoàn thành|kết nạp|tổ chức|mở|xử lý|kiểm tra|giám sát|phát hiện|hỗ trợ|vận động|"
    "giải quyết|huy động|thành lập|trao|bố trí|luân chuyển|sắp xếp|tinh giản|thu|phân công|thông qua|ban hành|xây dựng"
)
_RESULT = re.compile(rf"(?<!\w)(?:được|{_VERBS})(?!\w)")
"""Words before a number that say that something came of it."""
_LEARNT = re.compile(
    r"(?<!\w)(?P<learns>học tập|quán triệt|phổ biến|tuyên truyền)(?:,? (?:và )?(?:học tập|quán triệt|phổ biến|tuyên truyền|triển khai|thực hiện))*\s(?:các\s)?$"
)
_WANTED = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu đến|đến năm 20\d\d|sẽ|dự kiến|đề ra|nhằm|yêu cầu|quy định|mức phạt)(?!\w)"
)
"""Words behind which a number is one that is wanted."""
_NOT_ACTOR = re.compile(
    r"(?<!\w)(?:của|cho|với|tại|ở|trong|từ|đến|về|vào|trên|đối với|thuộc|bí thư|chủ tịch|chánh|giám đốc|trưởng|phó|ủy viên)\s$"
)
"""Before a body that is no subject, or whose post a person holds."""
_ACTS = re.compile(rf"\s(?:cũng |vừa |luôn |thì |tiếp tục |đều )?(?:{_VERBS})(?!\w)")
"""Behind a body that does something."""


def tie(
    seen: View, figures: Sequence[Figure], references: Sequence[Reference], units: Sequence[UnitMention]
) -> list[Figure]:
    """The figures with `reports_on`, `reports_on_start` and `done_by`, as far as the text says so."""
    if not figures:
        return []
    starts = sentence_ends(seen)
    documents = list(_carried_over(seen, references, starts))
    subjects = [(r.start, max(r.end, title_span(seen, r)[1])) for r in references]
    tied: list[Figure] = []
    for figure in figures:
        at = bisect_right(starts, figure.start) - 1
        held = _in_subject(figure, subjects)
        tied.append(figure if held else _tied(seen, figure, documents[at], starts[at], references, units))
    return tied


def _carried_over(seen: View, references: Sequence[Reference], starts: Sequence[int]) -> Iterator[Reference | None]:
    """What each sentence may report on: the one document that it carries out; if none, that of the sentence before it in the paragraph."""
    carried_out = _carried_out(seen, references, starts)
    current: Reference | None = None
    for number, start in enumerate(starts):
        if found := carried_out.get(number):
            current = found[0] if len({name(reference) for reference in found}) == 1 else None
        elif start == 0 or seen.text[start - 1] == "\n":
            current = None
        yield current


def _carried_out(seen: View, references: Sequence[Reference], starts: Sequence[int]) -> dict[int, list[Reference]]:
    """The documents that sentences carry out, by the number of the sentence; `starts` are where sentences begin."""
    found: dict[int, list[Reference]] = {}
    for at, reference in enumerate(references):
        number = bisect_right(starts, reference.start) - 1
        before = found.get(number)
        joined = before and references[at - 1] is before[-1] and between(seen, before[-1], reference.start) in JOINS
        if joined or _is_carried_out(seen, references, at, starts[number]):
            found.setdefault(number, []).append(reference)
    return found


def _is_carried_out(seen: View, references: Sequence[Reference], at: int, floor: int) -> bool:
    before = seen.locate(references[at].start)
    first = max(seen.locate(floor), before - REACH)
    verbs = (_LEARNT.search(seen.lower, first, before), ACT.search(seen.lower, first, before))
    found = [verb.start() for verb in verbs if verb and verb.lastgroup in KINDS]
    opens = any(_HEAD.fullmatch(seen.lower, seen.locate(floor), start) for start in found)
    framed = opens or any(_TERM.search(seen.lower, max(0, start - 40), start) for start in found)
    return framed and holder(seen, references, at) is None


def _tied(
    seen: View,
    figure: Figure,
    document: Reference | None,
    sentence: int,
    references: Sequence[Reference],
    units: Sequence[UnitMention],
) -> Figure:
    said = document and _is_result(seen, figure, document, sentence)
    reports = {"reports_on": name(document), "reports_on_start": document.start} if document and said else {}
    actor = _actor(seen, figure, sentence, references, units)
    done_by = {"done_by": actor.name} if actor else {}
    return figure.model_copy(update={**reports, **done_by}) if reports or done_by else figure


def _is_result(seen: View, figure: Figure, document: Reference, sentence: int) -> bool:
    """Whether the words before a figure say that something was done, behind the name and the subject of the document."""
    said = max(document.end, title_span(seen, document)[1], sentence)
    if figure.start < said or figure.measure in TIMES:
        return False
    words = seen.locate(said), seen.locate(figure.start)
    return _RESULT.search(seen.lower, *words) is not None and _WANTED.search(seen.lower, *words) is None


def _in_subject(figure: Figure, subjects: Sequence[tuple[int, int]]) -> bool:
    """Whether a figure stands in the name or the subject of a document, whose slices are given."""
    last = bisect_left(subjects, (figure.start, 0))
    return any(figure.start < end for _, end in subjects[max(0, last - MOST_HELD) : last])


def _actor(
    seen: View, figure: Figure, sentence: int, references: Sequence[Reference], units: Sequence[UnitMention]
) -> UnitMention | None:
    """The last body before the figure in its sentence that is a subject, and not one that issued a document."""
    last = bisect_left(units, figure.start, key=lambda unit: unit.start)
    for unit in reversed(units[max(0, last - MOST_HELD) : last]):
        if unit.start < sentence:
            return None
        at = seen.locate(unit.start)
        if unit.unit_type == "locality" or _NOT_ACTOR.search(seen.lower, max(0, at - 10), at):
            continue
        acts = _ACTS.match(seen.lower, seen.locate(unit.end - 1) + 1)
        return None if acts is None or _issues(unit, references) else unit
    return None


def _issues(unit: UnitMention, references: Sequence[Reference]) -> bool:
    """Whether a body stands in the name or the subject of a document, or right before one that it issues."""
    last = bisect_right(references, unit.start, key=lambda reference: reference.start)
    near = references[max(0, last - 3) : last + 1]
    return any(reference.overlaps(unit) or reference.issuer == unit.surface for reference in near)
