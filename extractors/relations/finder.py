"""Finds relations: verbs between documents, then what a text that is itself a document rests on and cites."""

from collections.abc import Iterator, Sequence

from extractors.models import Reference, Relation, RelationKind
from extractors.relations.actor import CHANGES, actor, between, is_issued
from extractors.relations.clauses import MOST_HELD, Clause, holder, paragraphs, sentences, title_holds, title_span
from extractors.relations.verbs import (
    ACT,
    AMENDS_ANNEX,
    BASES,
    BY_BRACKET,
    DONE_BY,
    GUIDING_TYPES,
    ITEM,
    NEXT_PART,
    PREAMBLE,
    REACH,
    SHORT_NAME,
    kind_of,
)
from extractors.spans import Spans
from extractors.view import View, view

SELF = "self"
_JOINS = ("", "và", ";", ";và")
_Act = tuple[int, int, RelationKind, Reference | None]
"""Start and end of the words, kind, who acts (None: the text)."""


def find_relations(
    text: str | View, references: Sequence[Reference], is_document: bool = False, own: Reference | None = None
) -> list[Relation]:
    """What a text says its documents are to each other, in order; `references` are those of the same text.

    `is_document` says that the text is itself a document, `own` the mention by which it names itself: its relations are
    from "self", and what it names in no other relation it cites.

    >>> from extractors.references import find_references
    >>> text = "Quyết định số 5/QĐ-UBND thay thế Quyết định số 3/QĐ-UBND."
    >>> [(r.origin, r.kind, r.to) for r in find_relations(text, find_references(text).items)]
    [('5/QĐ-UBND', 'replaces', '3/QĐ-UBND')]
    """
    seen = view(text)
    writer = _Writer(seen, own)
    references = [reference for reference in references if not _is_short_name(seen, reference)]
    found = [relation for clause in sentences(seen, references) for relation in writer.stated(clause, is_document)]
    if is_document:
        found += writer.rested_on(references, found)
        found += writer.cited(references, found)
    return sorted({(r.origin, r.kind, r.to, r.start): r for r in found}.values(), key=lambda r: (r.start, r.end))


def _is_short_name(seen: View, reference: Reference) -> bool:
    """Whether a mention only gives another one its short name: "(sau đây gọi là Quy định 7)"."""
    at = seen.locate(reference.start)
    return SHORT_NAME.search(seen.lower, max(0, at - 40), at) is not None


def name(reference: Reference) -> str:
    """What a relation calls a document: its symbol, the target of a mention that points back, or what is printed."""
    return reference.symbol or reference.target or " ".join(reference.surface.split())


class _Writer:
    """Relations of one text."""

    def __init__(self, seen: View, own: Reference | None) -> None:
        self.seen = seen
        self.own = own

    def stated(self, clause: Clause, is_document: bool) -> Iterator[Relation]:
        """Relations that verbs of one sentence state."""
        last: _Act | None = None
        for at, reference in enumerate(clause.references):
            joined = at > 0 and between(self.seen, clause.references[at - 1], reference.start) in _JOINS
            shared = last if joined and last and self._goes_on(last, reference) else None
            amended = list(self._passive(clause, at))
            last = None if amended else self._active(clause, at, is_document) or shared
            yield from self._relation(*last, reference) if last else amended

    def _goes_on(self, act: _Act, reference: Reference) -> bool:
        """Whether a verb acts on the next member of a list too; a subject that held the verb must hold the member."""
        start, _, _, origin = act
        title = title_span(self.seen, origin) if origin else (0, 0)
        return origin is None or not title[0] <= start < title[1] or title_holds(self.seen, origin, reference)

    def _active(self, clause: Clause, at: int, is_document: bool) -> _Act | None:
        """Span and kind of the verb right before a reference, and who acts."""
        reference = clause.references[at]
        before = self.seen.locate(reference.start)
        found = self._verb(max(self.seen.locate(clause.start), before - REACH), before)
        if found is None:
            return None
        kind, start, end = found
        origin = actor(self.seen, clause, at, self.seen.start(start), kind)
        if origin is None and not (is_document and kind in CHANGES and self._opens(clause, start)):
            return None
        guides = kind == "implements" and origin is not None and origin.doc_type in GUIDING_TYPES
        return self.seen.start(start), self.seen.end(end), "guides" if guides else kind, origin

    def _verb(self, floor: int, before: int) -> tuple[RelationKind, int, int] | None:
        if verb := ACT.search(self.seen.lower, floor, before):
            return kind_of(verb), verb.start(), verb.start() + len(verb[0].rstrip())
        if self.seen.lower.endswith("kèm theo ", 0, before):
            annex = AMENDS_ANNEX.search(self.seen.lower, max(0, before - 280), before)
            return ("amends", annex.start(), before - 1) if annex else None
        return None

    def _opens(self, clause: Clause, verb: int) -> bool:
        """Whether a verb opens its sentence, but for the mark of a list item."""
        return ITEM.fullmatch(self.seen.lower, self.seen.locate(clause.start), verb) is not None

    def _passive(self, clause: Clause, at: int) -> Iterator[Relation]:
        """ "Luật A được sửa đổi, bổ sung bởi Luật B và Luật C", "Quyết định A hết hiệu lực"."""
        reference = clause.references[at]
        if holder(self.seen, clause.references, at) is not None:
            return
        last = reference.start
        for changed in reversed(clause.references[max(0, at - MOST_HELD) : at]):
            if verb := DONE_BY.fullmatch(self.seen.lower, self.seen.locate(changed.end), self.seen.locate(last)):
                span = self.seen.start(verb.start("verb")), self.seen.end(verb.end("verb"))
                yield from self._relation(*span, kind_of(verb), reference, changed)
                return
            if between(self.seen, changed, last) not in _JOINS:
                return
            last = changed.start

    def rested_on(self, references: Sequence[Reference], stated: Sequence[Relation]) -> Iterator[Relation]:
        """What the preamble of a document names: căn cứ, thực hiện; and the items under a heading "Căn cứ"."""
        backwards = {r.from_start for r in stated if r.kind in CHANGES and r.to_start < (r.from_start or 0)}
        inner = {r.to_start for r in stated if r.from_start is not None and r.from_start < r.to_start} | backwards
        regions = Spans(self._bases())
        for clause in paragraphs(self.seen, references):
            head = PREAMBLE.match(self.seen.lower, self.seen.locate(clause.start), self.seen.locate(clause.end - 1) + 1)
            outer = [r for at, r in enumerate(clause.references) if holder(self.seen, clause.references, at) is None]
            if head:
                span = self.seen.start(head.start("verb")), self.seen.end(head.end("verb"))
                kind: RelationKind = "based_on" if head["verb"] == "căn cứ" else "implements"
                for reference in outer:
                    if reference.start not in inner and not is_issued(self.seen, reference):
                        yield from self._relation(*span, kind, None, reference)
            elif (
                outer
                and regions.hold(clause.start, clause.start + 1)
                and self._opens(clause, self.seen.locate(outer[0].start))
            ):
                for reference in self._with_brackets(outer):
                    yield from self._relation(reference.start, reference.end, "based_on", None, reference)

    def _with_brackets(self, outer: Sequence[Reference]) -> Iterator[Reference]:
        """The document of an item, and the one in brackets behind it that put it into force: "Điều lệ Hội A (Quyết định số …)"."""
        yield outer[0]
        if len(outer) > 1 and BY_BRACKET.fullmatch(
            self.seen.lower, *map(self.seen.locate, (outer[0].end, outer[1].start))
        ):
            yield outer[1]

    def _bases(self) -> list[tuple[int, int]]:
        """Stretches under a heading "Căn cứ pháp lý", up to the next part."""
        regions = []
        for heading in BASES.finditer(self.seen.lower):
            following = NEXT_PART.search(self.seen.lower, heading.end())
            end = following.start() if following else len(self.seen.lower) - 1
            regions.append((self.seen.start(heading.end() - 1), self.seen.start(end)))
        return regions

    def cited(self, references: Sequence[Reference], found: Sequence[Relation]) -> Iterator[Relation]:
        """What a document names in no other relation; the words that say it are the mention."""
        related = {relation.to for relation in found} | {relation.origin for relation in found}
        for at, reference in enumerate(references):
            held = any(title_holds(self.seen, other, reference) for other in references[max(0, at - 3) : at])
            cited = reference.form != "anaphoric" and not is_issued(self.seen, reference)
            if cited and not held and name(reference) not in related:
                related.add(name(reference))
                yield from self._relation(reference.start, reference.end, "cites", None, reference)

    def _relation(
        self, start: int, end: int, kind: RelationKind, origin: Reference | None, to: Reference
    ) -> Iterator[Relation]:
        names = SELF if origin is None or self._is_own(origin) else name(origin), name(to)
        if names[0] != names[1] and not self._is_own(to):
            ends = {
                "from": names[0],
                "to": names[1],
                "from_start": None if names[0] == SELF or origin is None else origin.start,
                "to_start": to.start,
            }
            yield Relation.cut(self.seen.text, start, end, kind=kind, **ends)

    def _is_own(self, reference: Reference) -> bool:
        return reference.target == SELF or (
            self.own is not None and (reference.start == self.own.start or name(reference) == name(self.own))
        )
