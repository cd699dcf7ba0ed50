"""What flows along the line: Source → Text → Segments → Findings.

All offsets are half-open character offsets into `Text.text`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extractors.bodies import CanonicalUnit
from extractors.models import DateMention, Figure, Header, NearMiss, Reference, Relation, UnitMention

BlockKind = Literal["title", "heading", "paragraph", "caption", "table", "letterhead", "signature", "boilerplate"]
Format = Literal["text", "html", "pdf", "docx", "doc", "rtf", "odt", "eml", "mht"]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom on a page, in points (1/72 inch) from its upper left corner."""


class ReadError(Exception):
    """A file cannot be read; `kind` names the reason in one word, the message says what to do."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def storable(text: str) -> str:
    r"""A text without what no database holds: NUL is a space, half of a character a question mark.

    >>> storable("Điều\x001\ud800")
    'Điều 1?'
    """
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


@dataclass(frozen=True, slots=True)
class Piece:
    r"""A stretch of a source as read; `kind` is None where only cleaning can tell.

    `page` counts from 1. `joins` are offsets into `text` at which something printed was left out, with what it was: "-\n" where a
    word was broken at the end of a line.
    """

    text: str
    kind: BlockKind | None = None
    page: int | None = None
    box: Box | None = None
    joins: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """How the text of a page was had: printed in the file, recognised (`confidence` from 0 to 1), or not at all.

    A page is `left` if it could be had elsewhere or otherwise, and `failed` if nothing helps.
    """

    number: int
    how: Literal["text", "ocr", "left", "failed"]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read. `published` is an ISO date and `published_from` says what gave it; `notes` are sentences for the user.

    `encodings` are the encodings older than Unicode that all or some of its text was in.
    """

    sha256: str
    format: Format
    pieces: tuple[Piece, ...]
    title: str | None = None
    published: str | None = None
    published_from: str | None = None
    byline: str | None = None
    url: str | None = None
    pages: tuple[Page, ...] = ()
    encodings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Block(NamedTuple):
    """A paragraph, heading or other stretch of a text between two line ends that count."""

    start: int
    end: int
    kind: BlockKind
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Clean text with its blocks, in order and without overlaps; nothing of the source is left out.

    `joins` are offsets at which something printed was left out, with what it was, as in `Piece`; `encodings` and `notes` are those of the
    source.
    """

    sha256: str
    format: Format
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None
    published_from: str | None = None
    byline: str | None = None
    url: str | None = None
    pages: tuple[Page, ...] = ()
    joins: tuple[tuple[int, str], ...] = ()
    encodings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Sentence(NamedTuple):
    """A sentence with its words, each a slice of the text."""

    start: int
    end: int
    kind: BlockKind
    words: tuple[tuple[int, int], ...] = ()
    page: int | None = None

    def joined(self, text: str) -> str:
        """Words in underthesea's own format: a space between words, "_" inside them.

        Together with the sentence this gives the offsets back, see `split_words`.
        """
        words = [text[start:end] for start, end in self.words]
        sentence = text[self.start : self.end]
        if sentence.isprintable() and "  " not in sentence:  # no white space but single spaces
            return "\n".join(words).replace(" ", "_").replace("\n", " ")
        return " ".join(["_".join(word.split()) for word in words])


def split_words(sentence: str, joined: str) -> list[tuple[int, int]]:
    """Offsets into `sentence` of the words that `Sentence.joined` wrote.

    >>> split_words("Ban  Bí thư họp.", "Ban_Bí_thư họp .")
    [(0, 11), (12, 15), (15, 16)]
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for word in joined.split(" "):
        start = at = _next_visible(sentence, at)
        for char in word:
            at = _next_visible(sentence, at) if char == "_" and sentence[at].isspace() else at + 1
        spans.append((start, at))
    return spans


def _next_visible(sentence: str, at: int) -> int:
    while at < len(sentence) and sentence[at].isspace():
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the extractors found in one text, each list in order of the text.

    `bodies` are the bodies and places that `units` mean, one for each mention; `evidence` are
    the slices that speak for `province`; `header` is what a text that is itself a document says of itself, `own` the mention by which it
    names itself, with issuer, subject and date of its header.
    `links` are starts of references with the document that a person says is meant ("" for none), `states` ids of corrections
    with what became of them.
    """

    references: tuple[Reference, ...] = ()
    dates: tuple[DateMention, ...] = ()
    units: tuple[UnitMention, ...] = ()
    bodies: tuple[CanonicalUnit, ...] = ()
    figures: tuple[Figure, ...] = ()
    relations: tuple[Relation, ...] = ()
    near: tuple[NearMiss, ...] = ()
    province: str | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    own: Reference | None = None
    header: Header | None = None
    links: Mapping[int, str] = field(default_factory=dict)
    states: Mapping[int, str] = field(default_factory=dict)
