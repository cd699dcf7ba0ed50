"""Pairs annotations with findings: spans that overlap by half, values that agree, one to one, best first."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal

from extractors.models import DateMention, Figure, Reference, Span
from extractors.view import fold
from pipeline.document import Findings
from pipeline.score.gold import Annotation

Located = tuple[tuple[int, int], Annotation]
Pair = tuple[Located, Span]
HALF = 0.5
SAME_TITLE = 0.8
"""Share of words, as F1, from which two titles count as the same."""


def match(gold: Sequence[Located], found: Sequence[Span]) -> tuple[list[Pair], list[Located], list[Span]]:
    """Pairs, annotations that were missed, findings that no annotation asked for."""
    near = sorted(
        (
            (overlap(span, (item.start, item.end)), -at, -of, at, of)
            for at, (span, note) in enumerate(gold)
            for of, item in enumerate(found)
            if _near(span, note, item)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, _, _, at, of in near:
        if at not in pairs and of not in pairs.values() and agrees(gold[at][1], found[of]):
            pairs[at] = of
    taken = set(pairs.values())
    return (
        [(gold[at], found[of]) for at, of in sorted(pairs.items())],
        [note for at, note in enumerate(gold) if at not in pairs],
        [item for of, item in enumerate(found) if of not in taken],
    )


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """Intersection over union of two slices."""
    common = min(first[1], second[1]) - max(first[0], second[0])
    return common / (max(first[1], second[1]) - min(first[0], second[0])) if common > 0 else 0.0


def _near(span: tuple[int, int], note: Annotation, item: Span) -> bool:
    loose = note.get("form") in ("named", "anaphoric") and span[0] == item.start
    return loose or overlap(span, (item.start, item.end)) >= HALF


def agrees(note: Annotation, item: Span) -> bool:
    """Whether the values agree: number and symbol, form, EDTF, value and whole; of units the span alone."""
    if isinstance(item, Reference):
        return _same_reference(note, item)
    if isinstance(item, DateMention):
        return (note.get("edtf") or None) == item.edtf
    if isinstance(item, Figure):
        return _same_number(note.get("value"), item.value) and _same_number(note.get("of"), item.of)
    return True


def _same_reference(note: Annotation, item: Reference) -> bool:
    if note["form"] in ("named", "anaphoric"):
        return item.form == note["form"]
    if _number(note.get("number")) != _number(item.number):
        return False
    return not note.get("symbol") or _symbol(note["symbol"]) == _symbol(item.symbol)


def _number(value: object) -> str | None:
    return re.sub(r"^0+(?=\d)", "", str(value)) if value not in (None, "") else None


def _symbol(value: object) -> str:
    bare = re.sub(r"\s", "", fold(str(value or ""))).upper().replace("T.Ư", "TW").replace("TƯ", "TW")
    return re.sub(r"^0+(?=\d)", "", bare)


def _same_number(first: object, second: object) -> bool:
    if first is None or second is None:
        return first is second
    return Decimal(str(first)) == Decimal(str(second))


def _same_text(first: object, second: object) -> bool:
    return plain(first) == plain(second)


def plain(value: object) -> str:
    """Text for comparison: case, spacing, quotes, marks and tone placement do not count."""
    text = fold(unicodedata.normalize("NFC", str(value or ""))).lower()
    return re.sub(r"[\s\"'.,;:]+", " ", text).strip()


def names_of(findings: Findings) -> Callable[[object], str]:
    """What relations call a document, be it quoted by symbol or as printed: the symbol, "self" for the text's own."""
    own = findings.own.symbol if findings.own else None
    symbols = {plain(r.surface): r.symbol or r.target for r in findings.references}
    symbols |= {plain(r.symbol): r.symbol for r in findings.references if r.symbol}

    def called(name: object) -> str:
        found = symbols.get(plain(name)) or plain(name)
        return "self" if found == own else found

    return called


def _same_title(first: object, second: object) -> bool:
    ours, theirs = plain(first).split(), plain(second).split()
    if not ours or not theirs:
        return ours == theirs
    common = sum(min(ours.count(word), theirs.count(word)) for word in set(ours))
    return 2 * common / (len(ours) + len(theirs)) >= SAME_TITLE


def _equal(first: object, second: object) -> bool:
    return (first or None) == (second or None)


Compared = dict[str, Callable[[object, object], bool]]
FIELDS: dict[str, Compared] = {
    "references": {
        "form": _equal,
        "doc_type": _same_text,
        "issued": _equal,
        "issuer": _same_text,
        "title": _same_title,
        "provision": _same_text,
    },
    "dates": {},
    "units": {"unit_type": _equal},
    "figures": {"unit": _same_text, "comparator": lambda first, second: (first or "eq") == (second or "eq")},
}
"""Fields whose accuracy is counted over matched pairs, with when two values are the same."""


HEADER: Compared = {
    "symbol": lambda first, second: _symbol(first) == _symbol(second),
    "title": _same_title,
    **dict.fromkeys(("doc_type", "issuer", "place", "issued", "signer", "signer_post"), _same_text),
}
"""Fields of a document's header, with when two values are the same."""


def is_counted(field: str, note: Annotation, item: Span) -> bool:
    """Whether a field counts for a pair: titles where gold has one, provisions and comparators where there is one."""
    said, read = note.get(field), getattr(item, field)
    if field == "title":
        return bool(said)
    if field == "provision":
        return bool(said or read)
    return field != "comparator" or {said or "eq", read or "eq"} != {"eq"}
