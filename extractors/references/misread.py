"""Symbols that the recognition of pictures misreads: "682-0Đ/TU", "l2-CT/TW", "02-NO/TW", "05CT/TW". They are told, never corrected."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.models import NearMiss
from extractors.references.draft import Draft
from extractors.symbols import parse_symbol
from extractors.tables import misreadings
from extractors.view import View

KNOWN = 2048
"""Printed symbols whose reading is remembered."""
OCR_SUSPECT = "ocr_suspect"
REASON = "perhaps {} misread"
_LOOKS = re.compile(
    r"(?<![\w/.,-])(?:\d|[lIOo|SB](?=[\dlIOo|SB]{0,4}[ -]))[\dlIOo|SB]{0,4}+ ?-? ?[A-ZĐ0-9]{1,6}(?P<stroke>[/|])[A-ZĐ]{2,8}(?:-[A-ZĐ]{2,6})?+(?![\w/-])"
)
_STROKES = (re.compile(r"/(?=[A-ZĐ]{2})"), re.compile(r"\|(?=[A-ZĐ]{2})"))
"""Each for itself: `re` seeks one character faster than one of several."""
_BEFORE_STROKE, _BEHIND_STROKE = 14, 17
"""Most characters of a symbol before its stroke, and from it to the character behind the symbol."""
_DIGITS = re.compile(r"[\dlIOo|SB]{1,5}")


def find_misread(seen: View, drafts: Sequence[Draft]) -> Iterator[NearMiss]:
    """What looks like a known symbol with a letter or two misread, where no mention of that number and code was found."""
    for match in _looking_like(seen.cased):
        meant = misread(match[0])
        if meant and not any(
            draft.symbol and draft.core < match.end() and match.start() < draft.end for draft in drafts
        ):
            span = (seen.start(match.start()), seen.end(match.end()))
            yield NearMiss.cut(seen.text, *span, family="references", reason=REASON.format(meant))


def _looking_like(cased: str) -> Iterator[re.Match[str]]:
    """What has the shape of a symbol; it is looked for around strokes before capitals, which are few, not at every digit."""
    end = 0
    for at in sorted(match.start() for stroke in _STROKES for match in stroke.finditer(cased)):
        found = _LOOKS.search(cased, max(end, at - _BEFORE_STROKE), at + _BEHIND_STROKE)
        if found and found.start("stroke") == at:
            yield found
            end = found.end()


@lru_cache(KNOWN)
def misread(printed: str) -> str | None:
    """The known symbol that `printed` is a misreading of; None if it is known itself, or if none or several fit.

    >>> misread("682-0Đ/TU"), misread("l2-CT/TW"), misread("02-NO/TW"), misread("05CT/TW"), misread("682-QĐ/TU")
    ('682-QĐ/TU', '12-CT/TW', '02-NQ/TW', '05-CT/TW', None)
    """
    if _known(printed):
        return None
    meant = {symbol for variant in _variants(printed) if (symbol := _known(variant))}
    return meant.pop() if len(meant) == 1 else None


def _known(printed: str) -> str | None:
    symbol = parse_symbol(printed)
    return symbol.canonical if symbol and symbol.number and symbol.is_known else None


def _variants(printed: str) -> Iterator[str]:
    """The same with digits for what stands in place of digits, and with one letter of the code read otherwise."""
    found = _DIGITS.match(printed)
    if found is None:
        return
    digits = "".join(misreadings("number").get(char, char) for char in found[0])
    rest = printed[found.end() :].replace("|", "/")
    code = rest if rest.lstrip()[:1] == "-" else f"-{rest.lstrip()}"
    yield digits + code
    for at, char in enumerate(code):
        for other in misreadings("code").get(char, ""):
            yield digits + code[:at] + other + code[at + 1 :]
