"""The symbol that a mention without one stands for: "Hướng dẫn số 08 của Ban Tổ chức Tỉnh ủy" is 08-HD/BTCTU.

Type, number and issuer make the symbol; a decree with its year needs no issuer, as only the Government issues decrees.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.bodies.forms import one_name, take_apart
from extractors.models import Reference
from extractors.tables import doc_types, load_rows
from extractors.units import find_units

KNOWN = 4096
"""Issuers whose code is remembered."""
_YEAR = re.compile(r"\d{1,5}[a-z]?\s?/\s?((?:19|20)\d\d)(?!\d)")
_HEAD_OF_GOVERNMENT = re.compile(r"(?:Phó )?Thủ tướng(?: Chính phủ)?$")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """The code of some bodies; the table explains the fields."""

    code: str
    system: str
    bodies: tuple[str, ...]
    source: str


@cache
def _codes() -> dict[str, CodeRow]:
    return {body.lower(): row for row in load_rows("issuer_codes.toml", CodeRow) for body in row.bodies}


@cache
def _type_codes() -> dict[str, tuple[str, ...]]:
    return {row.name: row.codes for row in doc_types()}


def infer_symbol(reference: Reference) -> str | None:
    """The symbol of a short mention whose type and issuer tell it; None if they do not.

    >>> from extractors.references import find_references
    >>> infer_symbol(find_references("theo Nghị định 37/2024").items[0])
    '37/2024/NĐ-CP'
    """
    codes = _type_codes().get(reference.doc_type or "", ())
    if reference.form != "short" or not reference.number or not codes:
        return None
    year = _YEAR.search(reference.surface)
    if reference.doc_type == "nghị định" and year:
        return f"{reference.number}/{year[1]}/NĐ-CP"
    row = _code_of(" ".join((reference.issuer or "").split()))
    if row is None or reference.doc_type == "nghị định":
        return None
    return (
        f"{reference.number}-{codes[0]}/{row.code}"
        if row.system == "party"
        else f"{reference.number}/{codes[0]}-{row.code}"
    )


@lru_cache(KNOWN)
def _code_of(issuer: str) -> CodeRow | None:
    """The code of a body as printed; None if it has none of its own or several bodies issued together."""
    if _HEAD_OF_GOVERNMENT.match(issuer):
        return _codes()["thủ tướng chính phủ"]
    units = [unit for unit in find_units(issuer).items if unit.unit_type != "locality"]
    if len(units) != 1:
        return None
    form = take_apart(one_name(units[0].name), units[0].place)
    return _codes().get(f"{form.core} {form.kind}".strip().lower()) or _codes().get(form.core.lower())
