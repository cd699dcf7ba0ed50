"""What resolution works on and what it says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

BEFORE, AFTER = 120, 240
"""Characters around a mention that may tell which document it means."""
Status = Literal["linked", "ambiguous", "founded", "unresolved"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stored mention with what its text says; `id` is its row, `own` is 1 for a text's own number.

    `issued`, `published` are ISO days; `issuer_place` is the locality in the issuer's name, `province` the text's;
    `edition` is the text, or the one that it reprints; `official` is 1 if the text is itself a document;
    `symbol` is printed, or made of type, number and issuer where `form` is "short"; `words` gives the text of an id.
    """

    id: int
    text_id: str
    start: int
    form: str
    doc_type: str | None
    number: str | None
    symbol: str | None
    issued: str | None
    issuer: str | None
    title: str | None
    issuer_place: str | None
    province: str | None
    published: str | None
    own: int = 0
    surface: str = ""
    target: str | None = None
    edition: str = ""
    official: int = 0
    end: int = 0
    words: Callable[[str], str] = field(default=lambda text: "", compare=False, repr=False)

    @property
    def before(self) -> str:
        """The words before, looked up when they are asked for."""
        return self.words(self.text_id)[max(0, self.start - BEFORE) : self.start]

    @property
    def after(self) -> str:
        """The words behind."""
        return self.words(self.text_id)[self.end : self.end + AFTER]

    @property
    def order(self) -> tuple[str, str, int]:
        """Earliest text first; never the order of arrival."""
        return (self.published or "9999", self.text_id, self.start)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the mentions of it have it.

    `issued` is a day, or a year that the symbol prints; `known` the day by which the table of known documents has it.
    """

    id: str
    key: str
    doc_type: str | None
    number: str | None
    symbol: str | None
    issuer: str | None
    place: str | None
    issued: str | None
    title: str | None
    held: str | None
    mentions: int
    known: str | None = None

    @property
    def weight(self) -> int:
        """How often it is cited."""
        return self.mentions


@dataclass(frozen=True, slots=True)
class Link:
    """What became of one mention: a document, several candidates, or neither with the reason."""

    mention_id: int
    status: Status
    rule: str
    document_id: str | None = None
    candidates: tuple[str, ...] = ()


def document_id(key: str, place: str | None, issued: str | None, text_id: str = "") -> str:
    """The id of a document, made of what identifies it; `text_id` where nothing else tells it from others.

    >>> document_id("682 qd tu", "Vĩnh Phúc", "2017-09-14")
    'd-d32a127648fe'
    """
    identity = "\n".join([key, place or "", issued or "", text_id])
    return "d-" + sha256(identity.encode()).hexdigest()[:12]
