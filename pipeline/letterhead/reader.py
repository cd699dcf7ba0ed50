"""A text and its findings → the header of the document that it is, or None for an article."""

import re
from collections.abc import Mapping, Sequence

from extractors.models import DateMention, Header, Reference, Status, UnitMention
from extractors.symbols import Symbol, parse_symbol
from extractors.view import UNSEEN, fold
from pipeline.document import Text
from pipeline.letterhead.cells import Flat, flatten
from pipeline.letterhead.head import Head, read_head
from pipeline.letterhead.issuing import issuing_body
from pipeline.letterhead.marks import Slice, to_iso
from pipeline.letterhead.signature import Signature, read_signature
from pipeline.letterhead.title import subject
from pipeline.letterhead.traces import (
    CAPTIONED,
    is_copied,
    read_attributes,
    read_caption,
    read_passed,
    read_recast,
    read_stamp,
)
from pipeline.letterhead.zone import places

_MARKUP = re.compile(rf"[*\\{UNSEEN}]")
_LETTER = re.compile(r"[\s*_|#]{0,20}kính\s+gửi")
_BEGINS = re.compile(r"[\s*_|#]{0,40}(?:(?P<letter>kính gửi)|[-+] căn cứ|căn cứ|theo đề nghị)(?!\w)")
OPENING = 200
"""How much of a text is looked at for its first words, in characters."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Spans = tuple[Slice, ...]


class _Fields:
    """Values with the slices that say them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, str] = {}
        self.spans: dict[str, Spans] = {}

    def put(self, name: str, value: str | None, spans: Spans) -> None:
        """Set a field that is not set yet; a value that is None sets nothing."""
        if value and name not in self.values:
            self.values[name], self.spans[name] = value, spans

    def put_printed(self, name: str, flat: Flat, at: Slice | None) -> None:
        """Set a field to what is printed."""
        if at is not None:
            self.put_all(name, flat, [at])

    def put_all(self, name: str, flat: Flat, places: Sequence[Slice]) -> None:
        """Set a field to what is printed in several places, a line each."""
        spans = tuple(span for at in places for span in flat.spans(*at))
        self.put(name, said(self.text, spans), spans)


def said(text: str, spans: Spans) -> str:
    """What stands in slices of a text, without the marks of Markdown, a line each."""
    lines = (line.strip() for start, end in spans for line in _MARKUP.sub("", text[start:end]).split("\n"))
    return "\n".join(line for line in lines if line)


def read_header(
    text: Text, references: Sequence[Reference], dates: Sequence[DateMention], units: Sequence[UnitMention]
) -> Header | None:
    """The header of a text that is a document; None for an article, a list of documents, a private paper."""
    for start, end in places(text.text):
        letter = _LETTER.match(fold(text.text[end : end + 60]).lower()) is not None
        head = read_head(flatten(text.text, start, end), letter)
        if head:
            return _of_head(text, head, references, dates, units)
    return (
        _of_title(text, references, units) or _of_appendix(text, references, units) or _of_body(text, references, units)
    )


def _of_head(
    text: Text, head: Head, references: Sequence[Reference], dates: Sequence[DateMention], units: Sequence[UnitMention]
) -> Header:
    fields = _Fields(text.text)
    flat = head.flat
    symbol = _put_symbol(fields, head, references)
    if head.type:
        fields.put("doc_type", " ".join(flat.lower[slice(*head.type)].split()), flat.spans(*head.type))
    if head.day:
        fields.put_printed("place", flat, head.day.place)
        spans = flat.spans(*head.day.day)
        fields.put("issued", _of_dates(dates, spans) or head.day.iso, spans)
    if head.issuer:
        fields.put_printed("issuer", flat, (head.issuer[0][0], head.issuer[-1][1]))
    fields.put_printed("title", flat, head.title)
    _put_traces(fields, text.text, references)
    _put_attributes(fields, text.text, _before(head))
    if "issued" not in fields.values and (passed := read_passed(text.text, _after(head))):
        fields.put("issued", _of_dates(dates, (passed,)), (passed,))
    if "doc_type" not in fields.values and (head.letter or (symbol and symbol.types)):
        told = symbol is not None and symbol.types and (symbol.is_known or not head.letter)
        kind = symbol.types[0] if symbol and told else "công văn"
        fields.put("doc_type", kind, fields.spans.get("symbol", ()))
    end = _after(head)
    signature = read_signature(text, end)
    lines = [flat.cased[slice(*line)] for line in head.issuer]
    named = flat.cased[slice(*head.body)] if head.body else None
    return _finished(fields, text, signature, units, lines, named, end, head)


def _after(head: Head) -> int:
    """Where the head ends in the text."""
    return max((end for _, end in head.flat.spans(head.start, max(head.end, head.start + 1))), default=0)


def _finished(
    fields: _Fields, text: Text, signature: Signature | None, units: Sequence[UnitMention], lines: Sequence[str],
    named: str | None, end: int, head: Head | None = None,
) -> Header:  # fmt: skip
    """The header with its signature, the body that acts, and how far it is signed."""
    signed_for = None
    if signature:
        fields.put_all("signer", signature.flat, signature.names)
        fields.put_all("signer_post", signature.flat, signature.posts)
        signed_for = signature.flat.cased[slice(*signature.body)] if signature.body and not signature.is_joint else None
    if head and (at := read_attributes(text.text[: _before(head)]).get("signer")):
        fields.put("signer", text.text[slice(*at)], (at,))
    body = issuing_body(text, units, lines, (named, signed_for), end)
    status = _status(fields.values, signature, head, is_copied(text.text, signature.end if signature else end))
    return Header(
        **fields.values, status=status, spans=fields.spans,
        issuing_body=body.name if body else None, issuing_place=body.place if body else None,
    )  # fmt: skip


def _status(values: Mapping[str, str], signature: Signature | None, head: Head | None, copied: bool) -> Status:
    if copied or (head and head.copy):
        return "copy"
    stamped = head is not None and head.number is not None and head.number.symbol is None and "symbol" in values
    if head and head.draft and not (stamped and "signer" in values):
        return "draft"
    return "signed" if "signer" in values or (signature and signature.signed) else "unknown"


def _put_symbol(fields: _Fields, head: Head, references: Sequence[Reference]) -> Symbol | None:
    """The symbol as the mention has it, or a person corrected it; else as the head prints it."""
    if head.number is None or head.number.symbol is None:
        return None
    spans = head.flat.spans(*head.number.symbol)
    printed = "".join(head.flat.cased[slice(*head.number.symbol)].split())
    symbol = parse_symbol(printed)
    mention = _mention_at(references, spans)
    fields.put("symbol", (mention and mention.symbol) or (symbol and symbol.canonical) or printed, spans)
    return symbol


def _mention_at(references: Sequence[Reference], spans: Spans) -> Reference | None:
    return next(
        (
            each
            for each in references
            if each.symbol and any(each.start < end and start < each.end for start, end in spans)
        ),
        None,
    )


def _of_dates(dates: Sequence[DateMention], spans: Spans) -> str | None:
    """The day that was found, or that a person corrected, where the head prints it."""
    inside = [
        date.edtf for date in dates if any(date.start < end and start < date.end for start, end in spans) and date.edtf
    ]
    return next((day for day in inside if _DAY.fullmatch(day)), None)


def _put_traces(fields: _Fields, text: str, references: Sequence[Reference]) -> None:
    """Number and date out of a stamp or the caption of an appendix, where the head has none."""
    stamp = None if {"symbol", "issued"} <= fields.values.keys() else read_stamp(text)
    if stamp:
        fields.put("symbol", stamp.symbol, (stamp.symbol_at,))
        fields.put("issued", stamp.issued, (stamp.issued_at,))
    caption = None if "symbol" in fields.values else read_caption(text, references, len(text))
    if caption and fields.values.get("doc_type", caption.doc_type) == caption.doc_type:
        _put_mention(fields, caption)


def _put_attributes(fields: _Fields, text: str, until: int) -> None:
    """What a portal's table tells where the document's own head does not; the signature that is printed is surer."""
    for name, (start, end) in read_attributes(text[:until]).items():
        printed = text[start:end]
        if name == "symbol":
            symbol = parse_symbol(fold(printed))
            fields.put(name, symbol.canonical if symbol else printed, ((start, end),))
        elif name == "issued":
            day, month, year = printed.split("/")
            fields.put(name, to_iso(year, month, day), ((start, end),))


def _before(head: Head) -> int:
    """Where the head begins in the text."""
    return min((start for start, _ in head.flat.spans(head.start, max(head.end, head.start + 1))), default=0)


def _put_mention(fields: _Fields, mention: Reference) -> None:
    at = ((mention.start, mention.end),)
    for name in ("symbol", "doc_type", "issued"):
        fields.put(name, getattr(mention, name), at)


def _of_title(text: Text, references: Sequence[Reference], units: Sequence[UnitMention]) -> Header | None:
    """The header of a text whose head a data bank recast as one title; a signature may stand for the preamble."""
    found = read_recast(text, references)
    if found is None:
        return None
    mention, kind, enacts = found
    signature = read_signature(text, mention.end)
    if not enacts and not (signature and signature.body and signature.name):
        return None
    fields = _Fields(text.text)
    flat = flatten(text.text, kind[0], min(len(text.text), mention.end + 1500))
    body, title = subject(flat, kind[1] - kind[0], len(flat.cased))
    fields.put("symbol", mention.symbol, ((mention.start, mention.end),))
    fields.put("doc_type", " ".join(fold(text.text[slice(*kind)]).lower().split()), (kind,))
    fields.put("issued", mention.issued, ((mention.start, mention.end),))
    fields.put_printed("title", flat, title)
    named = flat.cased[slice(*body)] if body else None
    fields.put_printed("issuer", flat, body)
    return _finished(fields, text, signature, units, [], named, mention.end)


def _of_body(text: Text, references: Sequence[Reference], units: Sequence[UnitMention]) -> Header | None:
    """The header of a text whose head was cut off: it begins with addressee or preamble and ends with a signature."""
    start = _BEGINS.match(fold(text.text[:OPENING]).lower())
    signature = read_signature(text, start.end()) if start else None
    if not (start and signature and signature.name and (signature.body or signature.post)):
        return None
    fields = _Fields(text.text)
    if start["letter"]:
        fields.put("doc_type", "công văn", (start.span("letter"),))
    _put_traces(fields, text.text, references)
    return _finished(fields, text, signature, units, [], None, start.end())


def _of_appendix(text: Text, references: Sequence[Reference], units: Sequence[UnitMention]) -> Header | None:
    """The header of an appendix without its document: what the caption says."""
    caption = read_caption(text.text, references, CAPTIONED)
    if caption is None:
        return None
    fields = _Fields(text.text)
    _put_mention(fields, caption)
    fields.put("title", caption.title, ((caption.start, caption.end),))
    return _finished(fields, text, None, units, [], caption.issuer, caption.end)
