"""What templates do with values: shorten, write days as people do, say why something is near, lead to what an id names."""

import json
import re
from collections.abc import Callable, Sequence
from typing import get_args

from extractors.models import RelationKind
from pipeline.export.labels import shortened
from pipeline.query.relations import related
from pipeline.query.show import Mark
from pipeline.web.sentences import in_language, in_parts
from pipeline.web.wording import Words, has

_ID = re.compile(r"([dtu])-[0-9a-f]{12}")
_FLAG = re.compile(r"[a-z_]+")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
OWN = ("table", "chosen", "family", "level", "how", "kind", "action", "status", "comparator", "unit_type")
"""Columns whose values are words of the program's own."""
SENTENCES, LISTS = ("reason", "message", "state"), ("notes", "encodings")
"""Columns of sentences of the program's own, and of lists of them or of names."""


def day(edtf: str) -> str:
    """A date as people write it; what is no plain date stays as it is.

    >>> day("2017-09-14"), day("2017-09"), day("2017"), day("2020/2021")
    ('14/9/2017', '9/2017', '2017', '2020/2021')
    """
    found = _DATE.fullmatch(edtf)
    if not found:
        return edtf
    return "/".join(part.lstrip("0") for part in reversed(found.groups()) if part)


def address(marks: Sequence[Mark]) -> str | None:
    """Where marks lead: to the document before the body or place; None if to neither."""
    targets = [
        mark.target for family in ("reference", "unit") for mark in marks if mark.family == family and mark.target
    ]
    return leads_to(targets[0]) if targets else None


def leads_to(value: object) -> str | None:
    """The address of what an id names; None for what is no id."""
    found = _ID.fullmatch(value) if isinstance(value, str) else None
    return f"/{found[1]}/{value}" if found else None


def label(column: str, t: Words) -> str:
    """The name of a column in a language; the column itself if the wording has none.

    >>> from pipeline.web.wording import words
    >>> label("document_id", words("vi")), label("symbol", words("en")), label("x", words("en"))
    ('Mã văn bản', 'Symbol', 'x')
    """
    return next((t(name) for name in (f"col_{column}", column) if has(name)), column)


def said(value: object, column: str, t: Words, language: str) -> str:
    """A value of a column in a language, where it is of the program's own; "" for none.

    >>> from pipeline.web.wording import words
    >>> said("province", "level", words("vi"), "vi"), said("province", "title", words("vi"), "vi")
    ('tỉnh', 'province')
    >>> said("not a number", "reason", words("vi"), "vi"), said(None, "level", words("vi"), "vi")
    ('không phải con số', '')
    """
    if value is None:
        return ""
    written = str(value)
    if column in LISTS:
        return "; ".join(in_language(str(each), language) for each in json.loads(written))
    if column in SENTENCES:
        return in_language(written, language)
    if column == "field":
        return label(written, t)
    if column == "kind" and written in get_args(RelationKind):
        return related(written, forward=True, language=language)
    names = _FLAG.findall(written) if column == "flags" else [written] if column in OWN else []
    return ", ".join(t(f"val_{name}") if has(f"val_{name}") else name for name in names) or written


FILTERS: dict[str, Callable[..., object]] = {
    "cut": lambda value, most: shortened(str(value), most),
    "day": day,
    "why": in_parts,
    "address": address,
    "leads_to": leads_to,
    "label": label,
    "said": said,
    "sentence": in_language,
    "related": related,
}
