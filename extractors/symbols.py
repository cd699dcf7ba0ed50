"""Symbols (số, ký hiệu): "682-QĐ/TU", "30/2020/NĐ-CP", "9859/VPCP-KGVX", "25-CP".

Two families: the Party writes number-TYPE/ISSUER, the State number/[year/]TYPE-ISSUER; 3.7 % of party symbols
have the separators swapped, so the issuer's code decides, not the separators (2,313 party and 28,147 state
symbols were counted). The tables of types and issuers are the source of what is known; a symbol with an
unknown part is read all the same, with a flag. What the rules of presentation say: Hướng dẫn 05-HD/VPTW
27/5/2026, Nghị định 30/2020/NĐ-CP.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.tables import doc_types, issuers

CODE = (
    r"[A-ZĐƯ](?>[A-ZĐƯ0-9&]|[a-zđ]{1,2}(?=[A-ZĐ])|\.(?=Ư|[A-ZĐ]{1,4}(?![a-zđà-ỹ]))"
    r"|(?<=[CT]T)r(?:i(?![a-zà-ỹ]))?|(?<=C)tr(?![a-zà-ỹ])|(?<=TT)g|(?<=[QĐ]Đ)i(?![a-zà-ỹ])|(?<=Q)đ"
    r"|(?<=[-/ ]T)(?:tg|u|w)(?![a-zà-ỹ]))*"
)
NUMBER = r"\d{1,5}(?:\.\d{1,2}(?=/))?[a-zA-ZĐ]?"
_QH = re.compile(r"(?:QH|UBTVQH) ?K?\d{0,2}")
_WHOLE = re.compile(
    rf"(?P<number>{NUMBER})?\s{{0,2}}(?P<first>[-/ ])\s{{0,2}}(?:(?P<year>(?:19|20)\d\d)\s{{0,2}}[-/]\s{{0,2}})?"
    rf"(?P<codes>{CODE}(?:\s{{0,2}}[-/]\s{{0,2}}{CODE}| (?=\d)\d{{1,2}})*(?:/nb)?)"
)
_SEPARATOR = re.compile(r"\s{0,2}[-/]\s{0,2}")
_ROOTS = ("TW", "TU", "HU", "ĐU", "QU", "TXU", "ThU", "CB")
_PREFIXES = ("ĐU", "BCSĐ", "ĐĐ", "BCS", "BCĐ", "BTV", "ĐB")
OLD_CODES = {"CP": "Chính phủ", "TTg": "Thủ tướng", "HĐBT": "Hội đồng Bộ trưởng", "HĐCP": "Hội đồng Chính phủ",
             "SL": "sắc lệnh", "LCT": "luật", "CT": "Chủ tịch", "AL": "án lệ"}  # fmt: skip
"""Codes that end a symbol by themselves: before 1997 ("25-CP", "14-HĐBT", "110/SL"), and of precedents ("19/2018/AL")."""
KNOWN_SYMBOLS, KNOWN_TAILS, LONGEST_KNOWN = 20_000, 4096, 32
"""Symbols and their codes that are remembered, and the longest of them in characters."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol read apart. `types` are the types its code may stand for, most likely first."""

    number: str | None
    year: str | None
    type_code: str | None
    issuer_code: str | None
    system: str
    canonical: str
    types: tuple[str, ...]
    flags: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether both parts stand in the tables."""
        return not {"unknown_type", "unknown_issuer"} & set(self.flags)


class _Tail(NamedTuple):
    """What the codes of a symbol say, whatever its number; texts repeat a few thousand of them."""

    type_code: str | None
    issuer_code: str | None
    system: str
    seps: tuple[str, ...]
    printed: str
    types: tuple[str, ...]


@cache
def type_codes() -> dict[str, tuple[str, ...]]:
    """Codes of types, each with the names of the types it stands for."""
    known: dict[str, tuple[str, ...]] = {}
    for row in doc_types():
        for code in row.codes:
            known[code] = (*known.get(code, ()), row.name)
    return known


@cache
def issuer_systems() -> dict[str, str]:
    """Codes of issuers, each with its system: party, state or mass."""
    return {row.code: row.system.split("-")[0] for row in issuers()}


@cache
def _issuer_names() -> dict[str, tuple[str, ...]]:
    return {row.code: tuple(name.lower() for name in (row.name, *row.others)) for row in issuers()}


def stands_for(symbol: Symbol, body: str) -> bool:
    """Whether the code of the issuer stands for `body`, in lower case and folded.

    >>> stands_for(parse_symbol("24/CT-TTg"), "thủ tướng chính phủ")
    True
    """
    code = re.split(r"[-.]", symbol.issuer_code or "-")[0]
    return body.startswith((*_issuer_names().get(code, ()), code.lower())) if code else False


def parse_symbol(printed: str) -> Symbol | None:
    """Read a symbol apart; None if `printed` (folded by `view`) is not one as a whole.

    >>> parse_symbol("682 - QĐ/TU").canonical, parse_symbol("51/NQ-TW").flags
    ('682-QĐ/TU', ('separators_swapped',))
    """
    return (_parsed if len(printed) <= LONGEST_KNOWN else _parsed.__wrapped__)(printed)


def put_apart(symbol: Symbol, doc_type: str) -> Symbol:
    """A symbol whose codes have lost what parts them, put apart if its type is the one that is printed before it.

    >>> put_apart(parse_symbol("2468/QĐUBND"), "quyết định").canonical, put_apart(parse_symbol("12/TTCP"), "công văn").canonical
    ('2468/QĐ-UBND', '12/TTCP')
    """
    codes = symbol.issuer_code or ""
    if symbol.type_code or codes in issuer_systems() or not codes.isalpha():
        return symbol
    cuts = ((codes[:at], codes[at:]) for at in range(2, len(codes)))
    fitting = (cut for cut in cuts if doc_type in type_codes().get(cut[0], ()) and knows_issuer(cut[1]))
    for code, issuer in fitting:
        between = "-" if "/" in symbol.canonical else "/"
        apart = parse_symbol(symbol.canonical.removesuffix(codes) + code + between + issuer)
        return replace(apart, flags=(*apart.flags, "separator_lost")) if apart else symbol
    return symbol


@lru_cache(KNOWN_SYMBOLS)
def _parsed(printed: str) -> Symbol | None:
    match = _WHOLE.fullmatch(printed)
    if match is None:
        return None
    tail = (_tail if len(match["codes"]) <= LONGEST_KNOWN else _tail.__wrapped__)(match["codes"])
    first = match["first"].strip() or ("-" if tail.system == "party" or tail.seps[:1] == ("/",) else "/")
    return Symbol(
        number=match["number"],
        year=match["year"],
        type_code=tail.type_code,
        issuer_code=tail.issuer_code,
        system=tail.system,
        canonical=_canonical(match["number"], first, match["year"], tail.printed),
        types=tail.types,
        flags=tuple(_flags(tail, first, match["number"])),
    )


@lru_cache(KNOWN_TAILS)
def _tail(codes: str) -> _Tail:
    """Read the codes of a symbol apart: "QĐ/TU", "NĐ-CP", "VPCP-KGVX"."""
    body = codes.removesuffix("/nb")
    parts = [_standard(code) for code in _SEPARATOR.split(body)]
    seps = [sep.strip() for sep in _SEPARATOR.findall(body)]
    type_code, issuer_code = _split(parts)
    system = _system(issuer_code)
    printed = parts[0] + "".join(sep + code for sep, code in zip(seps, parts[1:], strict=True)) + codes[len(body) :]
    types = _types(type_code, issuer_code, system, len(parts))
    return _Tail(type_code, issuer_code, system, tuple(seps), printed, types)


def _standard(code: str) -> str:
    code = code.replace(" ", "").replace("T.Ư", "TW").replace("TƯ", "TW")
    fixed = {"QD": "QĐ", "ND": "NĐ", "Qđ": "QĐ", "TTG": "TTg", "CTR": "CTr", "Ctr": "CTr", "TTR": "TTr", "QĐI": "QĐi",
             "Ttg": "TTg", "Tu": "TU", "Tw": "TW"}  # fmt: skip
    return fixed.get(code, code)


def _split(codes: list[str]) -> tuple[str | None, str | None]:
    """The type's code and the issuer's; a symbol that begins with an issuer (công văn, old) has no type."""
    known = type_codes()
    rest = "-".join(codes[1:]) or None
    if codes[0] in known and (rest or codes[0] not in OLD_CODES):
        return codes[0], rest
    if len(codes) > 1 and codes[-1] in known and codes[0] not in known and codes[-1] in ("NĐ", "QĐ", "TT"):
        return codes[-1], "-".join(codes[:-1])
    if len(codes) > 1 and not knows_issuer(codes[0]) and knows_issuer(codes[1]):
        return codes[0], rest
    return None, "-".join(codes)


def knows_issuer(code: str | None) -> bool:
    """Whether the first part of `code` stands for a known body, by the table or composed of known parts."""
    return code is not None and _system(code) != "unknown"


def _system(code: str | None) -> str:
    if code is None:
        return "unknown"
    head = re.split(r"[-.]", code)[0]
    known = issuer_systems()
    if head in known:
        return known[head]
    if _QH.fullmatch(head) or (head in OLD_CODES):
        return "state"
    if head.endswith(_ROOTS) or head.startswith(_PREFIXES):
        return "party"
    return (
        "state" if re.fullmatch(r"(?:S|B|BQL|TT|UB|HĐ|VP|CA|CC|CĐ|ĐH|BCH)[A-ZĐ&o][A-ZĐ&0-9]{1,9}", head) else "unknown"
    )


def _canonical(number: str | None, first: str, year: str | None, codes: str) -> str:
    return (f"{number}{first}" if number else "") + (f"{year}/" if year else "") + codes


def _types(type_code: str | None, issuer_code: str | None, system: str, parts: int) -> tuple[str, ...]:
    if type_code is None:
        return _types_of_untyped(issuer_code or "", parts)
    names = type_codes().get(type_code, ())
    by_name = {row.name: row for row in doc_types()}
    fitting = tuple(name for name in names if system in ("unknown", "mass") or system in by_name[name].systems)
    if type_code == "TT":
        return ("thông tri",) if system in ("party", "mass") else ("thông tư",)
    if type_code == "QĐ" and system != "party":
        return ("quyết định",)
    return fitting or names


def _types_of_untyped(issuer_code: str, parts: int) -> tuple[str, ...]:
    if _QH.fullmatch(issuer_code):
        return ("nghị quyết",) if issuer_code.startswith("UBTVQH") else ("luật", "bộ luật", "nghị quyết")
    if issuer_code in OLD_CODES:
        return {"SL": ("sắc lệnh",), "LCT": ("luật",), "AL": ("án lệ",)}.get(issuer_code, ())
    return ("công văn",) if parts > 1 else ()


def _flags(tail: _Tail, first: str, number: str | None) -> Iterator[str]:
    if not number:
        yield "number_blank"
    if tail.type_code is not None and tail.type_code not in type_codes():
        yield "unknown_type"
    if tail.system == "unknown":
        yield "unknown_issuer"
    swapped = tail.type_code and tail.system == "party" and first == "/" and tail.seps[:1] == ("-",)
    if swapped and not _is_committee(tail.issuer_code):
        yield "separators_swapped"


def _is_committee(issuer_code: str | None) -> bool:
    """Steering committees (BCĐ) exist in both systems, so "47/KH-BCĐ" is in order."""
    return bool(issuer_code and issuer_code.startswith("BCĐ"))
