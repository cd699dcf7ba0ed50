"""Mentions of one document to be, gathered."""

from dataclasses import dataclass, field
from functools import cached_property

from pipeline.resolve.choice import Candidate
from pipeline.resolve.consensus import agreed
from pipeline.resolve.known import Known
from pipeline.resolve.mentions import Mention, document_id


@dataclass
class Cluster:
    """Mentions of one document to be; `apart` keeps it from others of its symbol, place and date (a text, a province)."""

    place: str | None
    days: tuple[str, ...] = ()
    apart: str = ""
    known: Known | None = None
    members: list[tuple[Mention, str]] = field(default_factory=list)

    @cached_property
    def texts(self) -> set[str]:
        """Texts that name it with its date."""
        return {mention.text_id for mention, _ in self.members}

    @cached_property
    def issuers(self) -> set[str]:
        """What those texts call its issuer."""
        known = {self.known.issuer} if self.known and self.known.issuer else set()
        return known | {mention.issuer for mention, _ in self.members if mention.issuer}

    @property
    def mentions(self) -> list[Mention]:
        """Its mentions, without the rules that brought them."""
        return [mention for mention, _ in self.members]

    @cached_property
    def earliest(self) -> str:
        """The day by which it is known, else the first that is printed; "" if none is."""
        return self.known.issued if self.known else min(self.days, default="")

    @property
    def candidate(self) -> Candidate:
        """What tells the document from others of its symbol."""
        title = agreed("title", self.mentions, self.known)
        return Candidate(f"{self.earliest} {self.apart}", self.earliest or None, title, self.weight)

    @cached_property
    def weight(self) -> int:
        """How often it is cited with its date, in texts and in the table."""
        editions = {mention.edition for mention, _ in self.members}
        return len(editions) + (self.known.weight if self.known else 0)

    @cached_property
    def issued(self) -> str | None:
        """The day that the register shows; asked for when all mentions are in."""
        return agreed("issued", self.mentions, self.known) or (self.days or (None,))[0]

    def identity(self, key: str) -> str:
        """The id of the document that these are mentions of; asked for when all are in."""
        return document_id(key, self.place, self.known.issued if self.known else self.issued, self.apart)
