"""The address of a document after the pattern of Akoma Ntoso and ELI: country, kind, issuer, day and number, each in plain letters.

/akn/vn/act/quy-dinh/tinh-uy-vinh-phuc/2017-09-14/682-qd-tu

What is not known is "_" in its place, so that each part stands where it is looked for. An address with "_" may be that of several
documents; so may one without where two bodies are called alike. What identifies a document in a database is its id.
"""

import re
from functools import lru_cache

from extractors.keys import strip_marks
from pipeline.query.matching import DocumentRow

ROOT = "/akn/vn/act"
UNKNOWN = "_"
LONGEST = 80
"""Letters of a part that is made of words."""
REMEMBERED = 8192
_WORD = re.compile("[a-z0-9]+")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


def document_uri(
    doc_type: str | None,
    issuer: str | None,
    place: str | None,
    issued: str | None,
    number: str | None,
    title: str | None,
) -> str:
    """The address of a document, by what is known of it; `number` is its symbol, or its number alone.

    >>> document_uri("quy định", "Tỉnh ủy", "Vĩnh Phúc", "2017-09-14", "682-QĐ/TU", None)
    '/akn/vn/act/quy-dinh/tinh-uy-vinh-phuc/2017-09-14/682-qd-tu'
    >>> document_uri("luật", None, None, "2024", None, "Luật Đất đai")
    '/akn/vn/act/luat/_/2024/luat-dat-dai'
    """
    return "/".join([ROOT, slug(doc_type), _issuer(issuer, place), _day(issued), slug(number or title)])


@lru_cache(REMEMBERED)
def slug(text: str | None) -> str:
    """Words in plain letters, joined by hyphens, cut behind a whole one; "_" if there are none.

    >>> slug("08B-NQ/HNTW"), slug("?")
    ('08b-nq-hntw', '_')
    """
    words = _WORD.findall(strip_marks(text or ""))
    taken = words[:1]
    for word in words[1:]:
        if sum(map(len, taken)) + len(taken) + len(word) > LONGEST:
            break
        taken.append(word)
    return "-".join(taken)[:LONGEST] or UNKNOWN


@lru_cache(REMEMBERED)
def _issuer(issuer: str | None, place: str | None) -> str:
    """The issuer with its place, once: "Tỉnh ủy" alone is every province's."""
    body, where = slug(issuer), slug(place)
    return body if where == UNKNOWN or f"-{body}-".endswith(f"-{where}-") else f"{body}-{where}"


def _day(issued: str | None) -> str:
    """The day, the month or the year; of an interval or an unsure date, as far as it is one."""
    found = _DAY.match(issued or "")
    return found[0] if found and "/" not in (issued or "") else UNKNOWN


def uri_of(row: DocumentRow) -> str:
    """The address of a document as look-up has it."""
    return document_uri(row.doc_type, row.issuer, row.place, row.issued, row.symbol or row.number, row.title)
