"""What templates do with values: shorten, write days as people do, say why something is near, lead to what an id names."""

import re
from collections.abc import Callable, Sequence

from pipeline.query.show import Mark
from pipeline.web.wording import Words, has

_ID = re.compile(r"([dtu])-[0-9a-f]{12}")
_FLAG = re.compile(r"[a-z_]+")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
WHY = {
    "same number": {"vi": "cùng số", "en": "same number"},
    "another type": {"vi": "khác loại", "en": "another type"},
    "another issuer": {"vi": "khác cơ quan", "en": "another issuer"},
    "another date": {"vi": "khác ngày", "en": "another date"},
    "a letter more or less in its number": {
        "vi": "số thêm hoặc bớt một chữ",
        "en": "a letter more or less in its number",
    },
    "the same words with other marks": {"vi": "cùng chữ, khác dấu", "en": "the same words with other marks"},
    "without": {"vi": "không có", "en": "without"},
    "all but": {"vi": "chỉ thiếu", "en": "all but"},
}
"""What look-up says of near misses."""
OWN = ("table", "chosen", "family", "state", "level", "reason")
"""Columns whose values are words of the program's own."""


def cut(value: object, most: int) -> str:
    """A value of at most so many letters, on one line.

    >>> cut("một hai ba", 8)
    'một hai…'
    """
    said = " ".join(str(value)[: most * 2].split())
    return said if len(said) <= most and len(str(value)) <= most * 2 else f"{said[: most - 1].rstrip()}…"


def day(edtf: str) -> str:
    """A date as people write it; what is no plain date stays as it is.

    >>> day("2017-09-14"), day("2017-09"), day("2017"), day("2020/2021")
    ('14/9/2017', '9/2017', '2017', '2020/2021')
    """
    found = _DATE.fullmatch(edtf)
    if not found:
        return edtf
    return "/".join(part.lstrip("0") for part in reversed(found.groups()) if part)


def why(said: str, language: str) -> str:
    """Why a document is near, in a language.

    >>> why("same number, another type, without 'ha noi'", "vi")
    "cùng số, khác loại, không có 'ha noi'"
    """
    for english, spelt in WHY.items():
        head, quote, rest = said.partition("'")
        said = head.replace(english, spelt[language]) + quote + rest
    return said


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


def said(value: object, column: str, t: Words) -> str:
    """A value of a column in a language, where it is a word of the program's own; "" for none.

    >>> from pipeline.web.wording import words
    >>> said("province", "level", words("vi")), said("province", "title", words("vi")), said(None, "level", words("vi"))
    ('tỉnh', 'province', '')
    """
    if column == "field" and isinstance(value, str):
        return label(value, t)
    if column == "flags" and isinstance(value, str):
        return ", ".join(t(f"val_{flag}") if has(f"val_{flag}") else flag for flag in _FLAG.findall(value))
    name = f"val_{value}"
    return t(name) if column in OWN and has(name) else "" if value is None else str(value)


FILTERS: dict[str, Callable[..., object]] = {
    "cut": cut,
    "day": day,
    "why": why,
    "address": address,
    "leads_to": leads_to,
    "label": label,
    "said": said,
}
