"""Which document does what a verb says: the one whose subject holds the verb, the subject before it, or the one issued."""

from extractors.models import Reference, RelationKind
from extractors.relations.clauses import MOST_HELD, Clause, holder
from extractors.relations.verbs import ISSUES, NOT_SUBJECT, SAID
from extractors.view import View

CHANGES: tuple[RelationKind, ...] = ("amends", "replaces", "repeals")
"""Kinds whose subject may stand far before the verb, as the first document of the sentence."""
HEAD = 25
"""Longest words before the document that a sentence speaks of, in characters."""


def actor(seen: View, clause: Clause, at: int, verb: int, kind: RelationKind) -> Reference | None:
    """The document of `clause` that acts on its reference number `at`; `verb` is an offset in the text."""
    if (held := holder(seen, clause.references, at)) is not None:
        return held
    nearest = next(
        (other for other in reversed(clause.references[max(0, at - MOST_HELD) : at]) if other.end <= verb), None
    )
    if nearest and not between(seen, nearest, verb):
        return nearest
    first = clause.references[0]
    if kind in CHANGES:
        return first if nearest and _opens(seen, clause, first) else None
    if kind != "implements" or nearest:
        return None
    return next((other for other in clause.references[at + 1 : at + MOST_HELD] if is_issued(seen, other)), None)


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
