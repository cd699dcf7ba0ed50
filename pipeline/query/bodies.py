"""Other words for who issued a document than its record has: initials of each of several bodies, the name that its code stands for."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extractors.keys import strip_marks
from extractors.symbols import parse_symbol
from extractors.tables import issuers
from extractors.view import fold
from pipeline.query.matching import DocumentRow
from pipeline.query.short import LEAST_INITIALS
from pipeline.query.wish import Term

KNOWN = 4096
"""Issuers whose other words are remembered."""
_BETWEEN = re.compile(r",|;| va ")


def still_lacking(row: DocumentRow, lacks: Sequence[Term]) -> list[Term]:
    """What a document lacks, without what its issuer is also called; all of it if that is not only words of issuers."""
    if not lacks or any(term.kind not in ("issuer", "words") for term in lacks):
        return list(lacks)
    called = also_called(row.symbol, row.issuer)
    return [term for term in lacks if not any({*word.split()} <= called for word in term.words)]


@lru_cache(KNOWN)
def also_called(symbol: str | None, issuer: str | None) -> frozenset[str]:
    """Words and initials without marks, those of beginnings of names too ("BCH Trung ương").

    >>> sorted(also_called("24/CT-TTg", "Thủ tướng")), sorted(also_called("126-KL/TW", "Bộ Chính trị, Ban Bí thư"))
    (['chinh', 'phu', 'thu', 'tt', 'ttc', 'ttcp', 'tuong'], ['bbt', 'bct'])
    """
    read = parse_symbol(fold(symbol)) if symbol else None
    name = _names().get(read.issuer_code or "", "") if read else ""
    bodies = [body.split() for body in _BETWEEN.split(strip_marks(issuer or ""))]
    named = [body for body in [*bodies, name.split()] if len(body) > 1]
    beginnings = [_initials(body[:end]) for body in named for end in (*range(LEAST_INITIALS, len(body)), len(body))]
    return frozenset([*name.split(), *beginnings])


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)


@cache
def _names() -> dict[str, str]:
    """Codes that stand for one body, with its name without marks."""
    rows = [row for row in issuers() if not row.others]
    codes = [row.code for row in issuers()]
    return {row.code: strip_marks(row.name) for row in rows if codes.count(row.code) == 1}
