"""What a document's fields are, out of what its mentions and a table of known documents say.

The document's own text decides; then a table that is sure. Else the value with most votes: a text has one, however often it
repeats itself and wherever it is reprinted, and a text that is itself a document has three. Of equals the first in the alphabet.
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Literal

from pipeline.resolve.known import SURE, Known
from pipeline.resolve.mentions import Mention

OFFICIAL = 3
"""Votes of a text that is itself a document: offices copy numbers and days from the originals, newspapers from one another."""
Field = Literal["doc_type", "issuer", "issued", "title"]


def agreed(field: Field, mentions: Sequence[Mention], row: Known | None = None) -> str | None:
    """The value of one field that is best supported; None if nothing gives any."""
    said = attrgetter(field)
    if len(mentions) == 1 and row is None:
        return " ".join(value.split()) if (value := said(mentions[0])) else None
    votes: dict[str, dict[str, int]] = {}
    own: list[str] = []
    for mention in mentions:
        if value := said(mention):
            votes.setdefault(" ".join(value.split()), {})[mention.edition] = OFFICIAL if mention.official else 1
            own += [value] if mention.own else []
    known = said(row) if row else None
    if own or (known and row and row.status == SURE):
        return " ".join(own[0].split()) if own else known
    if known:
        votes.setdefault(known, {})[""] = 1
    return min(votes, key=lambda value: (-sum(votes[value].values()), value), default=None)


def standard_symbol(mentions: Iterable[Mention]) -> str:
    """The symbol printed in most texts; one that is made up only where none is printed."""
    votes: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.symbol:
            into = made if mention.form == "short" else votes
            into.setdefault(" ".join(mention.symbol.split()), set()).add(mention.edition)
    counted = votes or made
    return min(counted, key=lambda value: (-len(counted[value]), value), default="")
