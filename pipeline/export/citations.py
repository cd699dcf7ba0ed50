"""How one cites a document: in Vietnamese, as BibTeX, as RIS."""

import re
from collections.abc import Callable

from extractors.keys import strip_marks
from pipeline.export.letters import clean
from pipeline.query.days import bounds
from pipeline.query.matching import DocumentRow

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "{}&%$#_"},
    }
)
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_BIBLATEX = re.compile(r"\d{4}(?:-\d\d){0,2}[~?%]?(?:/(?:\.\.|\d{4}(?:-\d\d){0,2}[~?%]?))?")
"""Dates of EDTF that biblatex reads."""
_AS_IT_IS = ("author", "date")
"""Fields that are put into braces as they are."""
_NOTE = "issued (EDTF): "


def vietnamese(row: DocumentRow) -> str:
    """The citation of the Party's and the State's own texts: type, number, day, issuer, subject.

    >>> vietnamese(DocumentRow("d-0", "682-QĐ/TU", "quy định", "682", "Tỉnh ủy", None, "2017-09-14", "dự họp", 0, None))
    'Quy định số 682-QĐ/TU ngày 14/9/2017 của Tỉnh ủy về dự họp'
    """
    named = row.title if row.number is None and row.title else None
    kind = (row.doc_type or "văn bản").capitalize()
    parts = [
        named or kind,
        f"số {row.symbol or row.number}" if row.number else "",
        _spelt_day(row.issued),
        f"của {row.issuer}" if row.issuer else "",
        f"về {row.title}" if row.title and not named else "",
    ]
    return clean(" ".join(" ".join(filter(None, parts)).split()))


def bibtex(row: DocumentRow) -> str:
    """An entry of BibTeX, `@misc`, in UTF-8; `date` is EDTF, as biblatex has it, `year` two years if it may be any of them."""
    year, month, _ = certain(row.issued)
    span = bounds(row.issued or "")
    years = f"{span[0].year:04}--{span[1].year:04}" if span and not year else year
    sayable = row.issued is None or _BIBLATEX.fullmatch(row.issued)
    fields = {
        "title": row.title or vietnamese(row), "author": f"{{{_bare(row.issuer)}}}" if row.issuer else None, "number": row.symbol or row.number,
        "howpublished": row.doc_type, "year": years, "month": month and str(int(month)), "date": row.issued if sayable else None,
        "address": row.place, "note": row.id if sayable else f"{row.id}, {_NOTE}{row.issued}", "langid": "vietnamese",
    }  # fmt: skip
    lines = [
        f"  {name} = {{{value if name in _AS_IT_IS else _bare(value)}}}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@misc{{{_key(row)},", *lines, "}\n"])


def ris(row: DocumentRow) -> str:
    """An entry of RIS, type GOVDOC, in UTF-8 with the line ends that the format asks for.

    RIS has no intervals: PY and DA have as much as every day shares that may be meant, and a note (N1) the date itself.
    """
    year, month, day = certain(row.issued)
    inexact = row.issued is not None and not _DAY.match(row.issued)
    fields = [
        ("TY", "GOVDOC"), ("TI", row.title or vietnamese(row)), ("AU", row.issuer), ("M1", row.symbol or row.number), ("M3", row.doc_type),
        ("PY", year), ("DA", f"{year}/{month or ''}/{day or ''}/" if year else None), ("CY", row.place),
        ("N1", f"{_NOTE}{row.issued}" if inexact else None), ("ID", row.id), ("LA", "vi"),
    ]  # fmt: skip
    lines = [f"{tag}  - {clean(' '.join(value.split()))}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


FORMATS: dict[str, tuple[Callable[[DocumentRow], str], str]] = {
    "txt": (lambda row: f"{vietnamese(row)}\n", "text/plain"),
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
}
"""Suffixes of files with what writes a document in the format, and the type of its content."""


def certain(issued: str | None) -> tuple[str | None, str | None, str | None]:
    """Year, month and day of a date as far as all days have them that it may mean.

    >>> certain("2021-02"), certain("2021-03/2021-05"), certain("2020-10-15/2021")
    (('2021', '02', None), ('2021', None, None), (None, None, None))
    """
    span = bounds(issued or "")
    if not span or span[0].year != span[1].year:
        return None, None, None
    first, last = span
    month = f"{first.month:02}" if first.month == last.month else None
    return f"{first.year:04}", month, f"{first.day:02}" if first == last else None


def _spelt_day(issued: str | None) -> str:
    found = _DAY.match(issued or "")
    if not found:
        return ""
    year, month, day = found.groups()
    if day:
        return f"ngày {int(day)}/{int(month)}/{year}"
    return f"tháng {int(month)}/{year}" if month else f"năm {year}"


def _bare(value: str | None) -> str:
    """A value without what BibTeX takes for its own."""
    return clean(" ".join((value or "").split())).translate(_SPECIAL)


def _key(row: DocumentRow) -> str:
    words = strip_marks(f"{row.symbol or row.doc_type or 'van ban'} {(row.issued or '')[:4]}")
    return f"{'-'.join(re.findall('[a-z0-9]+', words))}-{row.id[2:8]}"
