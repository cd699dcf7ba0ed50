"""Mentions without a symbol: "Kết luận số 21" is the 21-KL/TW that the same text names in full, if it does."""

from collections.abc import Sequence

from extractors.keys import key_of, key_parts
from pipeline.resolve.mentions import Document, Link, Mention, document_id
from pipeline.resolve.place import is_central_body


def resolve_short(mention: Mention, in_text: Sequence[Document]) -> tuple[Document | None, Link]:
    """Link a mention to a document of its own text, or found one if it has an issuer or a date.

    `in_text` are the documents that the text names by symbol. Returns the document founded, if any.
    """
    if mention.number is None:
        return None, Link(mention.id, "unresolved", "no number")
    fitting = sorted({d.id for d in in_text if _fits(mention, d)})
    if len(fitting) == 1:
        return None, Link(mention.id, "linked", "named in full in the same text", fitting[0])
    if fitting:
        return None, Link(mention.id, "ambiguous", "several of that number in the same text", None, tuple(fitting))
    if not (mention.issuer or mention.issued) or not mention.doc_type:
        return None, Link(mention.id, "unresolved", "a number without symbol, issuer or date")
    document = _found(mention)
    return document, Link(mention.id, "founded", "type, number and issuer or date", document.id)


def _fits(mention: Mention, document: Document) -> bool:
    same_number = key_of(mention.number or "") == key_of(document.number or "")
    same_type = not mention.doc_type or not document.doc_type or mention.doc_type == document.doc_type
    same_day = not mention.issued or not document.issued or mention.issued == document.issued
    return same_number and same_type and same_day


def _found(mention: Mention) -> Document:
    issuer = " ".join((mention.issuer or "").split()) or None
    key = " ".join([key_of(mention.number or ""), *key_parts(mention.doc_type or ""), *key_parts(issuer or "")])
    place = None if is_central_body(issuer) else mention.issuer_place or mention.province
    return Document(
        id=document_id(
            key, place, mention.issued, "" if place or mention.issued or is_central_body(issuer) else mention.text_id
        ),
        key=key,
        doc_type=mention.doc_type,
        number=mention.number,
        symbol=None,
        issuer=issuer,
        place=place,
        issued=mention.issued,
        title=mention.title,
        held=None,
        mentions=1,
    )
