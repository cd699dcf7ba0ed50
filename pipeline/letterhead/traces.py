"""What tells a document's number where its head is lost or blank: the stamp of a signed copy, the caption of an appendix, a recast title."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractors.models import Reference
from extractors.symbols import CODE, NUMBER, parse_symbol
from extractors.view import UPPER, fold
from pipeline.document import Text
from pipeline.letterhead.words import type_names

SEARCHED, BELOW = 3_000_000, 5000
"""How far below the head the last sentence of an act is looked for, and below a signature the mark of a copy, in characters."""
STAMPED, CAPTIONED, TITLED = 20_000, 400, 300
"""How far into a text a stamp is looked for; a caption without a head above it, and the number in a recast title, in characters."""
BEFORE = 140
"""How much of a caption may stand before its number, in characters."""
PREAMBLE = 3000
"""How far below a recast title the preamble stands, in characters."""
_STAMP = re.compile(
    rf"(?P<symbol>{NUMBER}\s?[-/]\s?(?:(?:19|20)\d\d\s?[-/]\s?)?{CODE}(?:\s?[-/]\s?{CODE}){{0,3}})[ \t]*[;,|][^\n;]{{0,24}}?"
    r"(?P<day>(?:19|20)\d\d-\d\d-\d\d)T\d\d:\d\d"
)
_CAPTION = re.compile(
    r"(?:^|\n)[ *_\[|]{0,12}(?:(?:phụ lục|danh sách|danh mục|quy chế|quy định)[^\n(]{0,80})?\(?[ *_]{0,4}(?:ban hành\s{1,4})?kèm\s{1,4}theo\s{1,4}$"
)
_COPY = re.compile(
    r"(?:^|\n|\||\t|   )[ *_(#]{0,40}(?:sao y|sao lục|trích sao)(?: nguyên văn| bản chính)?[ *_):]{0,9}(?:\n|\||   |$)"
    r"|(?:^|\n|\||\t|   )[ *_]{0,40}số[ :]{0,3}\d{1,5}[-/](?:sy|sl|trs|bs)[-/][^\n ]{1,20}\s"
)
_PASSED = re.compile(
    r"(?:luật|nghị quyết|pháp lệnh|hiến pháp) này (?:đã )?được [^.;]{1,200}?thông qua (?P<day>ngày \d{1,2} ?(?:tháng|[/-]) ?\d{1,2} ?(?:năm|[/-]) ?\d{4})"
)
_BECAUSE = re.compile(r"\n[\s*_\-+•]{0,12}căn cứ\s")
_ENACTS = re.compile(r"\n[\s*_]{0,12}(?:điều 1(?!\d)|quyết định\s?:|quyết nghị\s?:|nghị định\s?:|chương i(?!\w))")


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,60}}(?P<type>{type_names()})(?=\s)")


_LABELLED = r"[\s*|:]{1,12}"
_ATTRIBUTES = {
    "symbol": re.compile(
        rf"(?i:số (?:ký )?hiệu){_LABELLED}({NUMBER}[-/](?:(?:19|20)\d\d[-/])?{CODE}(?:[-/]{CODE}){{0,3}})(?=[\s*|])"
    ),
    "issued": re.compile(rf"(?i:ngày ban hành){_LABELLED}(\d{{1,2}}/\d{{1,2}}/\d{{4}})(?!\d)"),
    "signer": re.compile(
        rf"(?i:người ký){_LABELLED}([{UPPER}][^\W\d]{{0,7}}(?: [{UPPER}][^\W\d]{{0,7}}){{1,5}})(?=[\s*|])"
    ),
}
"""What a portal's table above the text says of the document."""


class Stamp(NamedTuple):
    """Symbol and ISO date of an electronic stamp, with their slices."""

    symbol: str
    symbol_at: tuple[int, int]
    issued: str
    issued_at: tuple[int, int]


def read_stamp(text: str) -> Stamp | None:
    """The stamp "số và ký hiệu; thời gian ký" that a system puts on a signed document."""
    found = _STAMP.search(fold(text[:STAMPED]))
    symbol = parse_symbol("".join(found["symbol"].split())) if found else None
    if found is None or symbol is None:
        return None
    return Stamp(symbol.canonical, found.span("symbol"), found["day"], found.span("day"))


def read_attributes(text: str) -> dict[str, tuple[int, int]]:
    """Where a portal's table, above the head that follows it, prints fields of a header."""
    folded = fold(text)
    found = {name: pattern.search(folded) for name, pattern in _ATTRIBUTES.items()}
    return {name: match.span(1) for name, match in found.items() if match}


def read_caption(text: str, references: Sequence[Reference], until: int) -> Reference | None:
    """The mention in the caption of an appendix that begins before `until`: "(Kèm theo Quyết định số …)"."""
    for reference in references:
        if reference.start >= until:
            break
        before = fold(text[max(0, reference.start - BEFORE) : reference.start]).lower()
        if reference.form == "numbered" and reference.number and _CAPTION.search(before):
            return reference
    return None


def read_passed(text: str, after: int) -> tuple[int, int] | None:
    """Where the sentence that ends an act of an assembly prints the day on which it was passed."""
    found = _PASSED.search(fold(text[after : after + SEARCHED]).lower().replace("\n", " "))
    return (after + found.start("day"), after + found.end("day")) if found else None


def is_copied(text: str, after: int) -> bool:
    """Whether the mark of a copy stands below: "SAO Y", "12/SY-UBND"."""
    return _COPY.search(fold(text[after : after + BELOW]).lower()) is not None


def read_recast(text: Text, references: Sequence[Reference]) -> tuple[Reference, tuple[int, int], bool] | None:
    """The number in a title line such as data banks of laws make ("Nghị định của Chính phủ số …"), and where its type stands.

    Last, whether preamble and enacting words follow, as an article too could begin so.
    """
    folded = fold(text.text[: TITLED + PREAMBLE]).lower()
    title = _title().match(folded)
    if title is None:
        return None
    number = next((each for each in references if each.form == "numbered" and each.symbol), None)
    if number is None or number.start > TITLED or "\n\n" in folded[title.end() : number.start]:
        return None
    body = folded[number.end :]
    return number, title.span("type"), bool(_BECAUSE.search(body) and _ENACTS.search(body))
