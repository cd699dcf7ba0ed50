"""All mentions of one text that have no symbol → links: shorts, names, then what points back to them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pipeline.resolve.mentions import Document, Link, Mention
from pipeline.resolve.named import LAWS, KnownLaws, Laws, Plenum, law_name, resolve_named
from pipeline.resolve.place import year_in
from pipeline.resolve.shelf import Shelf
from pipeline.resolve.shorts import resolve_short


class Elsewhere(NamedTuple):
    """What is known outside a text: documents that a mention with a number may mean, those of a plenum, laws by name."""

    numbered: Callable[[Mention], Sequence[Shelf]]
    plenum: Plenum
    laws: KnownLaws


def resolve_text(
    mentions: Sequence[Mention],
    linked: Mapping[int, str],
    in_text: Sequence[Document],
    known: Elsewhere,
) -> tuple[list[Document], list[Link]]:
    """Links of the mentions of one text that are not in `linked` (ids of mentions with the documents of their symbols).

    `mentions` are all of the text in order, `in_text` the documents that it names by symbol. Returns with the links the
    documents that must exist for them.
    """
    documents: list[Document] = []
    links: dict[int, Link] = {}
    laws = _laws(mentions, linked)
    named = list(in_text)
    for mention in sorted(mentions, key=_names_first):
        if mention.id in linked or mention.form == "anaphoric":
            continue
        if mention.number is not None:
            shelves = known.numbered(mention)
            founded, link = resolve_short(mention, named, shelves)
            needed: Sequence[Document] = [founded] if founded else _on(shelves, link)
        elif mention.form == "numbered":
            needed, link = (), Link(mention.id, "unresolved", "its number is blank")
        else:
            needed, link = resolve_named(mention, laws, known.plenum, known.laws)
            _note_law(mention, link.document_id, laws)
            named += [document for document in _of(link, needed) if link.status == "linked" and document.number]
        documents += needed
        links[mention.id] = link
    named_before = _names(mentions)
    meant = {**{at: link.document_id for at, link in links.items()}, **linked}
    points = [_point(mention, named_before, meant) for mention in mentions if mention.form == "anaphoric"]
    return documents, [*links.values(), *points]


def _laws(mentions: Sequence[Mention], linked: Mapping[int, str]) -> Laws:
    """Documents of the laws that a text names with their numbers, by name."""
    found: Laws = defaultdict(set)
    for mention in mentions:
        if mention.id in linked:
            _note_law(mention, linked[mention.id], found)
    return found


def _note_law(mention: Mention, document: str | None, laws: Laws) -> None:
    if mention.doc_type in LAWS and document:
        name, year = law_name(mention.surface)
        laws[name].add((document, year or (mention.issued or year_in(mention.symbol or "") or "")[:4] or None))


def _names_first(mention: Mention) -> tuple[bool, bool, int]:
    """Names before numbers, and among them laws with their years before laws without."""
    dated = mention.doc_type in LAWS and (law_name(mention.surface)[1] is not None or mention.issued is not None)
    return (mention.number is not None, not dated, mention.start)


def _of(link: Link, documents: Sequence[Document]) -> list[Document]:
    """The documents that a link points to or lists."""
    wanted = {link.document_id, *link.candidates}
    return [document for document in documents if document.id in wanted]


def _on(shelves: Sequence[Shelf], link: Link) -> list[Document]:
    """The same of documents on shelves."""
    wanted = sorted(filter(None, {link.document_id, *link.candidates}))
    return [shelf.documents[identity] for identity in wanted for shelf in shelves if identity in shelf.documents]


def _names(mentions: Sequence[Mention]) -> dict[str, list[tuple[int, int]]]:
    """Where each symbol and each printed name stands, with the mention, in order."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda each: each.start):
        if mention.form != "anaphoric":
            for name in {mention.symbol, mention.surface, " ".join(mention.surface.split())} - {None}:
                found[str(name)].append((mention.start, mention.id))
    return found


def _point(mention: Mention, names: Mapping[str, Sequence[tuple[int, int]]], meant: Mapping[int, str | None]) -> Link:
    """The document of the last mention before that the target names."""
    places = names.get(mention.target or "", ())
    at = bisect_left(places, (mention.start,))
    if at == 0:
        return Link(mention.id, "unresolved", "points back to no mention")
    document = meant.get(places[at - 1][1])
    if document is None:
        return Link(mention.id, "unresolved", "points back to a mention that is not linked")
    return Link(mention.id, "linked", "points back", document)
