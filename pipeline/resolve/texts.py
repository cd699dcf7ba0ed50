"""All mentions of one text that have no symbol → links: shorts, names, then what points back to them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from pipeline.resolve.mentions import Document, Link, Mention
from pipeline.resolve.named import LAWS, Plenum, law_name, resolve_named
from pipeline.resolve.shorts import resolve_short

Numbered = Callable[[Mention], Sequence[Document]]
"""Documents elsewhere that have the number of a mention."""


def resolve_text(
    mentions: Sequence[Mention],
    linked: Mapping[int, str],
    in_text: Sequence[Document],
    numbered: Numbered,
    plenum: Plenum,
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
            elsewhere = numbered(mention)
            founded, link = resolve_short(mention, named, elsewhere)
            needed: Sequence[Document] = [founded] if founded else _of(link, elsewhere)
        elif mention.form == "numbered":
            needed, link = (), Link(mention.id, "unresolved", "its number is blank")
        else:
            needed, link = resolve_named(mention, laws, plenum)
            _note_law(mention, link, laws)
            named += [document for document in _of(link, needed) if link.status == "linked" and document.number]
        documents += needed
        links[mention.id] = link
    points = [_point(mention, mentions, linked, links) for mention in mentions if mention.form == "anaphoric"]
    return documents, [*links.values(), *points]


def _laws(mentions: Sequence[Mention], linked: Mapping[int, str]) -> dict[str, set[str]]:
    """Documents of the laws that a text names with their numbers, by name."""
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.id in linked and mention.doc_type in LAWS:
            found[law_name(mention.surface)[0]].add(linked[mention.id])
    return found


def _note_law(mention: Mention, link: Link, laws: dict[str, set[str]]) -> None:
    if mention.doc_type in LAWS and link.document_id:
        laws[law_name(mention.surface)[0]].add(link.document_id)


def _names_first(mention: Mention) -> tuple[bool, bool, int]:
    """Names before numbers, and among them laws with their years before laws without."""
    dated = mention.doc_type in LAWS and (law_name(mention.surface)[1] is not None or mention.issued is not None)
    return (mention.number is not None, not dated, mention.start)


def _of(link: Link, documents: Sequence[Document]) -> list[Document]:
    """The documents that a link points to or lists."""
    wanted = {link.document_id, *link.candidates}
    return [document for document in documents if document.id in wanted]


def _point(mention: Mention, mentions: Sequence[Mention], linked: Mapping[int, str], links: Mapping[int, Link]) -> Link:
    """The document of the last mention before that the target names."""
    for other in sorted(mentions, key=lambda each: -each.start):
        names = (other.symbol, " ".join(other.surface.split()), other.surface)
        if other.start < mention.start and other.form != "anaphoric" and mention.target in names:
            document = linked.get(other.id) or (links[other.id].document_id if other.id in links else None)
            if document:
                return Link(mention.id, "linked", "points back", document)
            return Link(mention.id, "unresolved", "points back to a mention that is not linked")
    return Link(mention.id, "unresolved", "points back to no mention")
