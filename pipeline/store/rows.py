"""A text and its findings → rows ready to be written, without a database, so that many processes can make them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import attrgetter

from extractors.keys import key_of
from extractors.models import Header, Reference, Span
from extractors.references.inferred import infer_symbol
from pipeline.document import Findings, Text
from pipeline.resolve.place import is_of_district_committee
from pipeline.stages import Analysed
from pipeline.store.units import Row, unit_id, unit_rows

KNOWN_LISTS = 1_000
"""Lists of flags whose JSON is remembered."""
Table = tuple[tuple[str, ...], list[Row]]
"""Columns and rows."""
SentenceRow = tuple[int, int, str, int | None, str | None]
SENTENCE_COLUMNS = ("start", "end", "kind", "page", "words")
LAYOUT = {
    "pages": ("number", "how", "confidence"),
    "blocks": ("start", "end", "kind", "page", "box"),
    "joins": ("start", "printed"),
}
"""Tables of texts that have pages, with their columns."""
_RECORDS = {"dates": "dates", "figures": "figures", "near_misses": "near", "relations": "relations"}
"""Tables whose rows are stored as they were found, with the field of the findings."""
_PLAIN = frozenset((str, int, type(None)))
TEXT_COLUMNS = (
    "sha256",
    "format",
    "title",
    "published",
    "published_from",
    "byline",
    "url",
    "encodings",
    "notes",
    "text",
)


@dataclass(frozen=True, slots=True)
class FindingRows:
    """What was found in a text: its kind and province, rows of units, rows by table with the names of columns, states of corrections."""

    kind: str
    province: str | None
    evidence: str | None
    units: tuple[Row, ...]
    tables: dict[str, Table]
    states: dict[int, str]


@dataclass(frozen=True, slots=True)
class TextRows:
    """A text: columns as in `TEXT_COLUMNS`, sentences (start, end, kind, page, words), signature, findings, pages and what is on them."""

    columns: tuple[str | None, ...]
    sentences: Sequence[SentenceRow]
    sketch: bytes | None
    findings: FindingRows
    layout: dict[str, Table] = field(default_factory=dict)


def text_rows(done: Analysed) -> TextRows:
    """The rows of one file that went through all stages."""
    text = done.text
    sentences = [(s.start, s.end, s.kind, s.page, s.joined(text.text) if s.words else None) for s in done.sentences]
    columns = tuple(_listed(getattr(text, name)) for name in TEXT_COLUMNS)
    return TextRows(columns, sentences, done.sketch, finding_rows(done.findings), _layout(text))


def _listed(value: str | tuple[str, ...] | None) -> str | None:
    """A column of a text: a list as JSON, an empty one as NULL."""
    return (json.dumps(value, ensure_ascii=False) if value else None) if isinstance(value, tuple) else value


def _layout(text: Text) -> dict[str, Table]:
    """Rows of pages, of the blocks on them, and of what was left out where lines were joined."""
    pages: list[Row] = [
        (page.number, page.how, None if page.confidence is None else f"{page.confidence:.3f}") for page in text.pages
    ]
    blocks: list[Row] = [(b.start, b.end, b.kind, b.page, json.dumps(b.box)) for b in text.blocks if b.page is not None]
    joins: list[Row] = [*dict(text.joins).items()]
    rows = {"pages": pages, "blocks": blocks, "joins": joins}
    return {table: (LAYOUT[table], found) for table, found in rows.items() if found}


def finding_rows(findings: Findings) -> FindingRows:
    """The rows of what was found in a text."""
    places, own = _Places(findings), findings.own
    mentions = [
        {**_mention_row(reference, places, own), "linked_to": findings.links.get(reference.start)}
        for reference in findings.references
    ]
    pairs = zip(findings.units, findings.bodies, strict=True)
    spans: list[Row] = [(u.start, u.end, u.surface, unit_id(body)) for u, body in pairs]
    headers = [_header_row(findings.header)] if findings.header else []
    tables = {
        **{name: _table(found) for name, found in (("mentions", mentions), ("headers", headers)) if found},
        **{name: _records(getattr(findings, field)) for name, field in _RECORDS.items() if getattr(findings, field)},
        **({"unit_mentions": (("start", "end", "surface", "unit_id"), spans)} if spans else {}),
    }
    kind = "document" if findings.own or findings.header else "news"
    evidence = json.dumps(findings.evidence) if findings.evidence else None
    return FindingRows(kind, findings.province, evidence, unit_rows(findings.bodies), tables, dict(findings.states))


def _header_row(header: Header) -> dict[str, object]:
    return {
        **header.model_dump(exclude={"spans", "flags"}),
        "flags": json.dumps(header.flags),
        "spans": json.dumps(header.spans),
    }


def _mention_row(printed: Reference, places: "_Places", own: Reference | None) -> dict[str, object]:
    """A mention; a text's own has what its header tells as well."""
    reference = own if own and own.start == printed.start else printed
    inferred = infer_symbol(reference)
    symbol = reference.symbol if reference.number else None
    return {
        **_fields(reference),
        "inferred": inferred,
        "symbol_key": key_of(symbol or inferred or "") or None,
        "number_key": key_of(reference.number) if reference.number and not symbol else None,
        "issuer_place": places.of(reference.issuer, symbol or inferred),
        "own": int(reference is own),
    }


class _Places:
    """Where the bodies of a text sit, as far as its names and the only district that it names tell."""

    def __init__(self, findings: Findings) -> None:
        pairs = list(zip(findings.units, findings.bodies, strict=True))
        self._by_surface = {
            " ".join(unit.surface.split()): unit.place or body.place
            for unit, body in pairs
            if unit.place or (body.place and body.level == "district")
        }
        committees = {body.place for _, body in pairs if body.unit_type == "party" and body.level == "district"}
        self._by_surface |= _of_header(findings.header)
        self._district = committees.pop() if len(committees) == 1 else None

    def of(self, issuer: str | None, symbol: str | None) -> str | None:
        """The place of the longest unit in an issuer ("Chủ tịch UBND huyện Sơn Dương"), or of the only committee that the code fits."""
        named = " ".join((issuer or "").split())
        inside = [surface for surface in self._by_surface if surface in named]
        if inside:
            return self._by_surface[max(inside, key=len)]
        return self._district if symbol and not issuer and is_of_district_committee(symbol) else None


def _of_header(header: Header | None) -> dict[str, str]:
    """Where the body sits that a text is of."""
    return (
        {header.issuing_body: header.issuing_place} if header and header.issuing_body and header.issuing_place else {}
    )


def _table(rows: Sequence[Mapping[str, object]]) -> Table:
    """Columns and rows of what is not stored as it was found."""
    return tuple(rows[0]), [tuple(row.values()) for row in rows]


def _records(records: Sequence[Span]) -> Table:
    """Columns and rows of records, one for one."""
    columns, values = _names(type(records[0]))
    return columns, [tuple(_row(values(record))) for record in records]


def _fields(record: Span) -> dict[str, object]:
    """A record as column values."""
    columns, values = _names(type(record))
    return dict(zip(columns, _row(values(record)), strict=True))


def _row(values: tuple[object, ...]) -> list[object]:
    """Values as columns: lists as JSON, decimals as text, empty as NULL."""
    return [value if value.__class__ in _PLAIN else _column(value) for value in values]


@cache
def _names(model: type[Span]) -> tuple[tuple[str, ...], Callable[[Span], tuple[object, ...]]]:
    """Columns in which the fields of a record are stored, and what takes the fields."""
    fields = model.model_fields.items()
    return tuple(info.alias or field for field, info in fields), attrgetter(*(field for field, _ in fields))


def _column(value: object) -> object:
    if isinstance(value, tuple):
        return _list(value)
    return value if isinstance(value, int | str) else str(value)


@lru_cache(KNOWN_LISTS)
def _list(value: tuple[object, ...]) -> str:
    return json.dumps(value, ensure_ascii=False)
