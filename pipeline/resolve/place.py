"""Where a symbol holds: "TU", "HU", "UBND" exist once per province, district or body, "TW" and "CP" once."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.symbols import OLD_CODES, Symbol, parse_symbol
from extractors.tables import issuers
from extractors.view import fold

KNOWN = 20_000
"""Symbols and issuers that are remembered."""
_CENTRAL = re.compile(r"(?:.*TW|QH\d*|UBTVQHK?\d*|TWĐTN|TWH|B[A-ZĐ&]{1,8})$")
_LOCAL = re.compile(r"(?:.*(?:TU|HU|ĐU|TXU|ThU|QU|CB)|.*UBND|HĐND|UB|S[A-ZĐo&]{1,9}|CA[TH]|BCĐ|BCH.*|BQL.*)$")


@lru_cache(KNOWN)
def _parsed(symbol: str) -> Symbol | None:
    return parse_symbol(fold(symbol))


@cache
def _levels() -> dict[str, str]:
    return {row.code: row.level for row in issuers()}


@lru_cache(KNOWN)
def is_local(symbol: str) -> bool:
    """Whether bodies of more than one place use the issuer's code of this symbol.

    >>> is_local("682-QĐ/TU"), is_local("18-NQ/TW"), is_local("30/2020/NĐ-CP")
    (True, False, False)
    """
    parsed = _parsed(symbol)
    code = re.split(r"[-.]", (parsed and parsed.issuer_code) or "")[0]
    level = _levels().get(code)
    if level:
        return level != "central"
    central = code in OLD_CODES or (_CENTRAL.match(code) and not _LOCAL.match(code))
    return not central


_PROVINCIAL = re.compile(r"(?:.*(?:TU|TTU)|S[A-ZĐo&]{1,9})$")
_PROVINCIAL_BODY = re.compile(r"(?:.* tỉnh(?!\w)|tỉnh ủy|thành ủy|.*(?:tỉnh|thành) ủy)", re.I)


@lru_cache(KNOWN)
def is_provincial(symbol: str, issuer: str | None) -> bool:
    """Whether a province has but one document of this symbol at a time; a number of a Huyện ủy exists once per district.

    >>> is_provincial("682-QĐ/TU", None), is_provincial("12-NQ/HU", None), is_provincial("120/QĐ-UBND", "UBND tỉnh")
    (True, False, True)
    """
    parsed = _parsed(symbol)
    code = re.split(r"[-.]", (parsed and parsed.issuer_code) or "")[0]
    level = _levels().get(code)
    said = issuer is not None and _PROVINCIAL_BODY.match(fold(issuer)) is not None
    return said or (level == "province" if level else _PROVINCIAL.match(code) is not None)


@lru_cache(KNOWN)
def is_of_district_committee(symbol: str) -> bool:
    """Whether the symbol is that of a committee of the Party in a district.

    >>> is_of_district_committee("12-NQ/HU"), is_of_district_committee("12/QĐ-UBND")
    (True, False)
    """
    parsed = _parsed(symbol)
    return parsed is not None and parsed.issuer_code in _district_committees()


@cache
def _district_committees() -> frozenset[str]:
    return frozenset(row.code for row in issuers() if (row.system, row.level) == ("party", "district"))


_CENTRAL_BODY = re.compile(
    r"(?:Bộ|Ban Bí thư|Trung ương|Chính phủ|Quốc hội|Hội nghị|(?:Thủ tướng|Tổng Bí thư|Chủ tịch nước)\b|.*(?:Trung ương|Quốc hội|Chính phủ))"
)


@lru_cache(KNOWN)
def is_central_body(issuer: str | None) -> bool:
    """Whether a body, by its name, acts for the whole country.

    >>> is_central_body("Bộ Chính trị"), is_central_body("Ban Thường vụ Tỉnh ủy"), is_central_body(None)
    (True, False, False)
    """
    return issuer is not None and _CENTRAL_BODY.match(fold(issuer)) is not None


@lru_cache(KNOWN)
def system_of(symbol: str) -> str:
    """Whose symbol it is: party, state, mass or unknown."""
    parsed = _parsed(symbol)
    return parsed.system if parsed else "unknown"


@lru_cache(KNOWN)
def year_in(symbol: str) -> str | None:
    """The year that a normative act of the State carries in its symbol.

    >>> year_in("30/2020/NĐ-CP")
    '2020'
    """
    parsed = _parsed(symbol)
    return parsed.year if parsed else None


_SIGNERS = ("bộ chính trị", "ban bí thư", "hội nghị", "ban chấp hành")


def contradicts(issuer: str | None, others: Iterable[str | None]) -> bool:
    """Whether the bodies that others name exclude a body: Bộ Chính trị and Ban Bí thư number one series, each its own acts.

    >>> contradicts("Bộ Chính trị", ["Ban Bí thư"]), contradicts("Bộ Chính trị", ["Bộ Chính trị khóa XII", None])
    (True, False)
    """
    ours = _signers(issuer)
    theirs = set().union(*map(_signers, others)) if ours else set()
    return bool(ours and theirs) and not ours & theirs


@lru_cache(KNOWN)
def _signers(issuer: str | None) -> frozenset[str]:
    return frozenset(name for name in _SIGNERS if name in fold(issuer or "").lower())
