"""Citations of many documents in one file: CSL-JSON, BibTeX, RIS, Vietnamese, references of Akoma Ntoso."""

import json
import re
from collections.abc import Callable, Iterable
from html import escape

from pipeline.export.citations import bibtex, ris, vietnamese
from pipeline.export.letters import clean
from pipeline.export.provenance import Provenance
from pipeline.export.uris import uri_of
from pipeline.query.matching import DocumentRow

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_PART = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)")
Written = Callable[[Iterable[DocumentRow], Provenance], str]


def as_csl(rows: Iterable[DocumentRow], source: Provenance) -> str:
    """An array of CSL-JSON, which Zotero and pandoc read; it has no place for where it comes from."""
    return json.dumps([csl(row) for row in rows], ensure_ascii=False, indent=1) + "\n"


def csl(row: DocumentRow) -> dict[str, object]:
    """A document as an item of CSL-JSON 1.0.2, of the type "legislation"."""
    said = {
        "id": row.id, "type": "legislation", "title": row.title or vietnamese(row), "author": [{"literal": row.issuer}] if row.issuer else None,
        "authority": row.issuer, "number": row.symbol or row.number, "genre": row.doc_type, "issued": csl_date(row.issued),
        "publisher-place": row.place, "jurisdiction": "vn", "language": "vi", "archive_location": uri_of(row), "note": f"sohieu: {row.id}",
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def csl_date(edtf: str | None) -> dict[str, object] | None:
    """A date of CSL: a day, a month or a year as it is, an interval by both its ends; what has no such form is literal.

    >>> csl_date("2021-02"), csl_date("2020-10-15/2021"), csl_date("2021~")
    ({'date-parts': [[2021, 2]]}, {'date-parts': [[2020, 10, 15], [2021]]}, {'date-parts': [[2021]], 'circa': True})
    """
    if edtf is None:
        return None
    found = [_PART.fullmatch(part) for part in edtf.split("/")]
    parts = [[int(number) for number in part.groups()[:3] if number] for part in found if part]
    if len(parts) < len(found) or len(parts) > len(("first", "last")):
        return {"literal": edtf}
    return {"date-parts": parts, **({"circa": True} if any(part and part[4] for part in found) else {})}


def as_bibtex(rows: Iterable[DocumentRow], source: Provenance) -> str:
    """Entries of BibTeX; a line before them, which it passes over, says where they come from."""
    said = re.sub(r"[@{}%\s]+", " ", source.line())
    return "\n".join([f"% {said}\n", *map(bibtex, rows)])


def as_ris(rows: Iterable[DocumentRow], source: Provenance) -> str:
    """Entries of RIS, which has no place for where they come from."""
    return "\r\n".join(map(ris, rows))


def as_text(rows: Iterable[DocumentRow], source: Provenance) -> str:
    """Citations in Vietnamese, one a line; the last line, behind an empty one, says where they come from."""
    return "\n".join([*map(vietnamese, rows), "", " ".join(source.line().split()), ""])


def as_akn(rows: Iterable[DocumentRow], source: Provenance) -> str:
    """A section `references` of Akoma Ntoso 3.0: the address of each document, and how it is cited."""
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<!-- {re.sub('-(?=-)', '- ', source.line())} -->",
            f'<references xmlns="{AKN}" source="#sohieu">',
            f'  <TLCOrganization eId="sohieu" href="/akn/ontology/organization/sohieu" showAs="{_safe(source.program)}"/>',
            *map(_reference, rows),
            "</references>\n",
        ]
    )


def _reference(row: DocumentRow) -> str:
    short = row.symbol or row.number
    shorter = f' shortForm="{_safe(short)}"' if short else ""
    return f'  <TLCReference eId="{row.id}" name="document" href="{uri_of(row)}" showAs="{_safe(vietnamese(row))}"{shorter}/>'


def _safe(text: str) -> str:
    return escape(clean(" ".join(text.split())))


FORMATS: dict[str, Written] = {"csl": as_csl, "bibtex": as_bibtex, "ris": as_ris, "txt": as_text, "akn": as_akn}
SUFFIXES = {".json": "csl", ".csljson": "csl", ".bib": "bibtex", ".ris": "ris", ".txt": "txt", ".xml": "akn"}
PLACELESS = ("csl", "ris")
"""Formats that have no place for where they come from."""


def beside(form: str) -> dict[str, object] | None:
    """What a file beside one in this format says but for where it comes from; None if the format has a place for that."""
    return {} if form in PLACELESS else None
