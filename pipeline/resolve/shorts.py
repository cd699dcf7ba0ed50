"""Mentions with a number but no symbol: "Kết luận số 21" is a 21-KL/TW that the text names, or one that fits it alone.

Rules, in order: "named in full in the same text", "number and date", those of `choice`; then a mention with an issuer or a date
founds a document. Several that fit stay ambiguous.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from extractors.keys import key_of, key_parts
from pipeline.resolve.choice import BY_WEIGHT, Said, choose
from pipeline.resolve.dates import may_cite, same_issue
from pipeline.resolve.mentions import Document, Link, Mention, document_id
from pipeline.resolve.place import contradicts, is_central_body, system_of
from pipeline.resolve.shelf import Shelf

MOST_CANDIDATES = 10
"""Documents that an ambiguous mention lists."""


def resolve_short(
    mention: Mention, in_text: Sequence[Document], elsewhere: Sequence[Shelf] = ()
) -> tuple[Document | None, Link]:
    """Link a mention to a document of its own text or one known elsewhere, or found one if it has an issuer or a date.

    `in_text` are the documents that the text names by symbol, `elsewhere` others of its number and type, central or of its places. Returns
    the document founded.
    """
    fitting = sorted({d.id for d in in_text if _fits(mention, d)})
    if len(fitting) == 1:
        return None, Link(mention.id, "linked", "named in full in the same text", fitting[0])
    if fitting:
        return None, Link(mention.id, "ambiguous", "several of that number in the same text", None, tuple(fitting))
    past = sorted(_past(mention, elsewhere), key=attrgetter("id"))
    chosen, rule = _chosen(mention, past, elsewhere)
    if rule in ("", BY_WEIGHT):
        chosen, rule = _chosen(mention, [d for d in past if may_cite(mention.published, d.issued)], elsewhere)
    if len(chosen) == 1 and rule:
        return None, Link(mention.id, "linked", rule, chosen[0].id)
    if (mention.issuer or mention.issued) and mention.doc_type:
        document = _found(mention)
        return document, Link(mention.id, "founded", "type, number and issuer or date", document.id)
    if chosen:
        ids = tuple(sorted(document.id for document in chosen)[:MOST_CANDIDATES])
        return None, Link(mention.id, "ambiguous", "a number alone, and documents that have it", None, ids)
    return None, Link(mention.id, "unresolved", "a number without symbol, issuer or date")


def _fits(mention: Mention, document: Document) -> bool:
    same_number = key_of(mention.number or "") == key_of(document.number or "")
    same_type = not mention.doc_type or not document.doc_type or mention.doc_type == document.doc_type
    return same_number and same_type and _is_of_day(mention, document)


def _is_of_day(mention: Mention, document: Document) -> bool:
    day = document.issued if document.issued and len(document.issued) == len("2017-09-14") else None
    return not mention.issued or not day or same_issue(mention.issued, day, system_of(document.symbol or ""))


def _past(mention: Mention, shelves: Sequence[Shelf]) -> Iterator[Document]:
    """Documents of which place, issuer and time leave it open that a text means them; nothing cites the future."""
    local = mention.issuer is not None and not is_central_body(mention.issuer)
    for shelf in shelves:
        for document in shelf.documents.values():
            if (
                may_cite(mention.published, document.issued, once=True)
                and not (local and document.place is None)
                and not contradicts(mention.issuer, [document.issuer])
                and _is_of_day(mention, document)
            ):
                yield document


def _chosen(mention: Mention, possible: Sequence[Document], shelves: Sequence[Shelf]) -> tuple[Sequence[Document], str]:
    dated = [document for document in possible if mention.issued and document.issued == mention.issued]
    if len(dated) == 1:
        return dated, "number and date"

    def subjects(pairs: Iterable[str]) -> Said:
        return {identity: said for shelf in shelves for identity, said in shelf.said(pairs).items()}

    return choose(mention, possible, subjects)


def _found(mention: Mention) -> Document:
    issuer = " ".join((mention.issuer or "").split()) or None
    key = " ".join([key_of(mention.number or ""), *key_parts(mention.doc_type or ""), *key_parts(issuer or "")])
    place = None if is_central_body(issuer) else mention.issuer_place or mention.province
    apart = "" if place or mention.issued or is_central_body(issuer) else mention.text_id
    return Document(
        id=document_id(key, place, mention.issued, apart),
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
