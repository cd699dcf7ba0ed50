"""Mentions with a symbol: "Quy định số 682-QĐ/TU", "Luật Dữ liệu số 60/2024/QH15", a bare "16-ĐA/TU"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.models import NearMiss
from extractors.references.draft import Draft
from extractors.references.grammar import (
    FORM_BEFORE,
    LAW,
    LAW_BROKEN,
    LAW_NAME,
    SO_BEFORE,
    abbreviation_before,
    abbreviations,
    qualified_type_before,
    symbols,
    type_before,
)
from extractors.references.misread import OCR_SUSPECT, misread
from extractors.symbols import Symbol, parse_symbol, put_apart
from extractors.view import View

LOOK_BACK = 48
"""Longest type word with its qualifiers, in characters."""


@dataclass(frozen=True, slots=True)
class Head:
    """The words before a symbol that belong to the mention: where they begin and the type they name."""

    start: int
    doc_type: str | None
    has_so: bool
    abbreviated: bool = False


def find_numbered(seen: View, near: list[NearMiss]) -> Iterator[Draft]:
    """Mentions with a symbol, in order; what looks like a symbol and is none goes to `near`."""
    for match in symbols().finditer(seen.cased):
        symbol, end = _longest(match[0], match.start())
        if symbol is None:
            continue
        head = read_head(seen, match.start())
        symbol = put_apart(symbol, head.doc_type) if head.doc_type else symbol
        reason = _form_before(seen, symbol, head) or _refusal(symbol, seen.cased[match.start() : end], head)
        if reason is None:
            yield _draft(symbol, match.start(), end, head)
        else:
            span = (seen.start(match.start()), seen.end(end))
            near.append(NearMiss.cut(seen.text, *span, family="references", reason=reason))


def _longest(printed: str, start: int) -> tuple[Symbol | None, int]:
    """The symbol that `printed` begins with; a unit that does not fit ("21-KL/TW - ") is left off."""
    printed = printed.rstrip(" .&")
    symbol = parse_symbol(printed.strip().lstrip("._…") if not printed.strip()[0].isdigit() else printed)
    return symbol, start + len(printed)


def _form_before(seen: View, symbol: Symbol, head: Head) -> str | None:
    """A blank form and an annex have numbers that look like symbols ("Mẫu số 02-KNĐ", "Biểu số 113/BC-TK")."""
    form = None if head.doc_type or symbol.year else FORM_BEFORE.search(seen.lower, max(0, head.start - 20), head.start)
    return f"the number of a form: {form[0].strip()!r} stands before it" if form else None


def _refusal(symbol: Symbol, printed: str, head: Head) -> str | None:
    """Why a candidate is no symbol; None if it is one."""
    introduced = head.has_so or head.doc_type is not None
    if symbol.number is None and not _is_whole(symbol):
        return "the number is blank and no issuer follows"
    if symbol.is_known:
        spaced = re.search(r"\s", printed) is not None
        return (
            "spaces inside and no word that introduces it"
            if spaced and not introduced and not _is_whole(symbol)
            else None
        )
    if symbol.year and introduced:
        return None
    if introduced and symbol.type_code:
        return None
    return "neither its type nor its issuer is known" if not introduced else _unknown_introduced(symbol, head)


def _is_whole(symbol: Symbol) -> bool:
    return symbol.type_code is not None and symbol.issuer_code is not None


def _unknown_introduced(symbol: Symbol, head: Head) -> str | None:
    """A symbol of an unknown body right after "số" is believed if a type is named before it."""
    return None if head.doc_type else "no type is named and the issuer is not known"


def read_head(seen: View, core: int) -> Head:
    """Read backwards from a number or code: "số", a type word, the name of a law."""
    so = SO_BEFORE.search(seen.lower, max(0, core - 10), core)
    at = so.start() if so else core
    first = max(0, at - LOOK_BACK)
    if word := type_before().search(seen.lower, first, at):
        return Head(word.start(), " ".join(word["type"].split()), so is not None)
    if short := abbreviation_before().search(seen.cased, first, at):
        return Head(short.start(), abbreviations()[short["type"]], so is not None, abbreviated=True)
    if so and (word := qualified_type_before().search(seen.lower, first, at)):
        return Head(word.start(), " ".join(word["type"].split()), True)
    return _law_head(seen, at, so is not None) or Head(at, None, so is not None)


def _law_head(seen: View, at: int, has_so: bool) -> Head | None:
    """ "Luật Phòng, chống tham nhũng số": the last law before the number whose name reaches it."""
    laws = list(LAW.finditer(seen.cased, max(0, at - LAW_NAME), at))
    if not laws or LAW_BROKEN.search(seen.cased, laws[-1].end(), at):
        return None
    return Head(laws[-1].start(), laws[-1]["type"].lower(), has_so)


def _draft(symbol: Symbol, core: int, end: int, head: Head) -> Draft:
    flags = symbol.flags if symbol.is_known or not misread(symbol.canonical) else (*symbol.flags, OCR_SUSPECT)
    read_by_code = _is_abbreviated(head, symbol)
    if head.doc_type and symbol.types and not read_by_code and not _agree(head.doc_type, symbol):
        flags = (*flags, "type_symbol_mismatch")
    return Draft(
        start=head.start,
        end=end,
        core=core,
        form="numbered",
        doc_type=_type_of(symbol) if read_by_code else head.doc_type or _type_of(symbol),
        number=symbol.number,
        symbol=symbol,
        flags=flags,
        said_until=end,
    )


def _is_abbreviated(head: Head, symbol: Symbol) -> bool:
    """Whether "QĐ" before the number is an abbreviation that the symbol reads better ("QĐ số 19-QĐi/TU")."""
    return head.abbreviated and len(symbol.types) == 1


def _type_of(symbol: Symbol) -> str | None:
    """The type that the code alone tells; a party's QĐ tells none of its two."""
    undecided = not symbol.types or (symbol.type_code == "QĐ" and len(symbol.types) > 1)
    return None if undecided else symbol.types[0]


def _agree(word: str, symbol: Symbol) -> bool:
    """Whether the printed type is one that the code may stand for."""
    return any(word in name or name in word for name in symbol.types) or symbol.type_code is None
