"""Which document does what a verb says: the one whose subject holds the verb, the subject before it, or the one issued."""

from extractors.models import Reference, RelationKind
from extractors.relations.clauses import Clause, title_holds
from extractors.relations.verbs import ISSUES, NOT_SUBJECT, SAID
from extractors.view import View

CHANGES: tuple[RelationKind, ...] = ("amends", "replaces", "repeals")
"""Kinds whose subject may stand far before the verb, as the first document of the sentence."""
HEAD = 25
"""Longest words before the document that a sentence speaks of, in characters."""


def actor(seen: View, clause: Clause, at: int, verb: int, kind: RelationKind) -> Reference | None:
    """The document of `clause` that acts on its reference number `at`; `verb` is an offset in the text."""
    reference = clause.references[at]
    holder = next((other for other in reversed(clause.references[:at]) if title_holds(seen, other, reference)), None)
    if holder is not None:
        return holder
    earlier = [other for other in clause.references[:at] if other.end <= verb]
    if earlier and not between(seen, earlier[-1], verb):
        return earlier[-1]
    if kind in CHANGES:
        return earlier[0] if earlier and _opens(seen, clause, earlier[0]) else None
    later = [other for other in clause.references[at + 1 :] if is_issued(seen, other)]
    return later[0] if later and kind == "implements" and not earlier else None


def _opens(seen: View, clause: Clause, reference: Reference) -> bool:
    """Whether a document is what its sentence speaks of: it stands at the head, and nothing is done to it."""
    head = seen.text[clause.start : reference.start].lower()
    return len(head) <= HEAD and NOT_SUBJECT.search(head) is None


def between(seen: View, reference: Reference, until: int) -> str:
    """What stands between a reference and an offset of the text besides its issuer, date and subject."""
    words = seen.text[reference.end : until]
    for said in (reference.title, reference.issuer):
        words = words.replace(said, " ", 1) if said else words
    return SAID.sub("", words.lower())


def is_issued(seen: View, reference: Reference) -> bool:
    """Whether the words before a document say that it is issued."""
    at = seen.locate(reference.start)
    return ISSUES.search(seen.lower, max(0, at - 12), at) is not None
