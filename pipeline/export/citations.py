"""How one cites a document: in Vietnamese, as BibTeX, as RIS."""

import re
from collections.abc import Callable

from extractors.keys import strip_marks
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
    return " ".join(" ".join(filter(None, parts)).split())


def bibtex(row: DocumentRow) -> str:
    """An entry of BibTeX, `@misc`, in UTF-8."""
    day = _DAY.match(row.issued or "")
    fields = {
        "title": row.title or vietnamese(row), "author": f"{{{_bare(row.issuer)}}}" if row.issuer else None, "number": row.symbol or row.number,
        "howpublished": row.doc_type, "year": day[1] if day else None, "month": str(int(day[2])) if day and day[2] else None,
        "date": row.issued if day else None, "address": row.place, "note": row.id, "langid": "vietnamese",
    }  # fmt: skip
    lines = [
        f"  {name} = {{{value if name == 'author' else _bare(value)}}}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@misc{{{_key(row)},", *lines, "}\n"])


def ris(row: DocumentRow) -> str:
    """An entry of RIS, type GOVDOC, in UTF-8 with the line ends that the format asks for."""
    day = _DAY.match(row.issued or "")
    fields = [
        ("TY", "GOVDOC"), ("TI", row.title or vietnamese(row)), ("AU", row.issuer), ("M1", row.symbol or row.number), ("M3", row.doc_type),
        ("PY", day[1] if day else None), ("DA", f"{day[1]}/{day[2] or ''}/{day[3] or ''}/" if day else None), ("CY", row.place),
        ("ID", row.id), ("LA", "vi"),
    ]  # fmt: skip
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


FORMATS: dict[str, tuple[Callable[[DocumentRow], str], str]] = {
    "txt": (lambda row: f"{vietnamese(row)}\n", "text/plain"),
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
}
"""Suffixes of files with what writes a document in the format, and the type of its content."""


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
    return " ".join((value or "").split()).translate(_SPECIAL)


def _key(row: DocumentRow) -> str:
    words = strip_marks(f"{row.symbol or row.doc_type or 'van ban'} {(row.issued or '')[:4]}")
    return f"{'-'.join(re.findall('[a-z0-9]+', words))}-{row.id[2:8]}"
