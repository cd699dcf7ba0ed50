"""A reference being read, in offsets of the view."""

from dataclasses import dataclass

from extractors.models import Form
from extractors.symbols import Symbol


@dataclass(slots=True)
class Draft:
    """What is known so far of one mention.

    `core` is where its number or code begins; `by_subject` says that the issuer is the subject of the sentence,
    which issues a whole list; `in_words` that the mention is a title in words, which yields where another document's title holds it.
    """

    start: int
    end: int
    core: int
    form: Form
    doc_type: str | None
    number: str | None
    symbol: Symbol | None = None
    flags: tuple[str, ...] = ()
    letterhead: bool = False
    member: bool = False
    issued: str | None = None
    issuer: tuple[int, int] | None = None
    title: tuple[int, int] | None = None
    provision: tuple[int, int] | None = None
    by_subject: bool = False
    in_words: bool = False
    target: str | None = None
    surface: str = ""
    said_until: int = 0

    @property
    def name(self) -> str:
        """The symbol, or what is printed."""
        return self.symbol.canonical if self.symbol else self.surface
