"""Papers whose body stands before their number: "đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số …", "Tờ trình của X (số …)"."""

import re

from extractors.references.bodies import Bodies
from extractors.references.draft import Draft
from extractors.references.grammar import type_names

_AT_ITS = re.compile(r"\s(?:tại|(?P<by>theo))\s(?:văn bản\s)?$")
"""Between a body and its own paper."""
_SAYS = re.compile(
    r"(?<!\w)(?:đề nghị|đề xuất|kiến nghị|ý kiến|chỉ đạo|yêu cầu|kết luận|thông báo|hướng dẫn|báo cáo|chấp thuận|đồng ý|thống nhất|chủ trương|phân công|giao)"
    r"\s(?:[^\W\d]{1,6}\s){0,3}của\s$"
)
"""What a body says, up to the body: "theo" behind it leads to the paper that says so, behind another body to anything."""
_OFFICES = ("VP",)
"""Beginnings of codes of offices, whose papers carry the word of others ("chỉ đạo của Bộ Chính trị tại Công văn số …-CV/VPTW")."""
_BRACKETED = re.compile(
    r"(?<!\w)(?P<type>tờ trình|công văn|báo cáo|đề án|kế hoạch|quyết định)\s(?:của\s(?P<body>[^()\n]{2,80}?)\s)?\(\s?$"
)
"""A type set apart from its number by a bracket: "Tờ trình của X (số 215-TTr/ĐUCA, …)"."""
_TYPE_OF = re.compile(rf"(?<!\w)(?P<type>{type_names()})\scủa\s$")
"""A type set apart from its number by the body: "Quyết định của Bộ Chính trị số 31-QĐ/TW"."""
REACH = 60
"""How far before a body it may stand what the body says, in characters."""


def read_own_paper(bodies: Bodies, draft: Draft) -> None:
    """Give a mention the body that stands before it, and the type that stands before the body."""
    _read_type_of_body(bodies, draft)
    _read_bracket(bodies, draft)
    lower = bodies.seen.lower
    at_its = _AT_ITS.search(lower, max(0, draft.start - 15), draft.start)
    office = draft.symbol and (draft.symbol.issuer_code or "").startswith(_OFFICES)
    body = bodies.ending_at(at_its.start()) if at_its and not office and draft.issuer is None else None
    if at_its and body and (not at_its["by"] or _SAYS.search(lower, max(0, body[0] - REACH), body[0])):
        draft.issuer = body


def _read_type_of_body(bodies: Bodies, draft: Draft) -> None:
    body = bodies.ending_at(draft.start - 1) if draft.form == "numbered" and draft.issuer is None else None
    of = _TYPE_OF.search(bodies.seen.lower, max(0, body[0] - 30), body[0]) if body else None
    if of and bodies.seen.lower[draft.start - 1 : draft.core].strip() in ("", "số"):
        draft.doc_type, draft.issuer = draft.doc_type or of["type"], body


def _read_bracket(bodies: Bodies, draft: Draft) -> None:
    lower = bodies.seen.lower
    opened = "(" in lower[max(0, draft.start - 2) : draft.start]
    bracket = _BRACKETED.search(lower, max(0, draft.start - 120), draft.start) if opened else None
    if bracket and bracket["body"] and draft.issuer is None:
        draft.issuer = bracket.span("body")
    if bracket and draft.doc_type is None:
        draft.doc_type = bracket["type"]
