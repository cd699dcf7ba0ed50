"""The records that extractors return: frozen, closed, and tied to a slice of one text.

Offsets are half-open character offsets into the text that was given: `text[start:end] == surface`.
What each field means is said in CONTRIBUTING.md; an empty field means that the text does not say.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Generic, Literal, NamedTuple, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

Form = Literal["numbered", "short", "named", "anaphoric"]
UnitType = Literal["party", "state", "mass", "locality", "other"]
Level = Literal["central", "province", "district", "commune", "base"]
Comparator = Literal["eq", "gt", "lt", "ge", "le", "approx"]
Status = Literal["signed", "draft", "copy", "unknown"]
RelationKind = Literal["based_on", "implements", "guides", "amends", "replaces", "repeals", "cites", "reviews"]


class Record(BaseModel):
    """A value that cannot change and has no field but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A slice of a text, kept together with what stands there."""

    start: int = Field(ge=0)
    end: int
    surface: str

    @model_validator(mode="after")
    def _length_holds(self) -> Self:
        if self.end - self.start != len(self.surface) or not self.surface:
            raise ValueError(f"span {self.start}:{self.end} does not fit {self.surface!r}")
        return self

    @classmethod
    def cut(cls, text: str, start: int, end: int, **fields: object) -> Self:
        """Make a span of `text[start:end]`; ValueError if that slice is empty or out of range.

        >>> Span.cut("Quy định số 5", 9, 13).surface
        'số 5'
        """
        span = {"start": start, "end": end, "surface": text[start:end], **fields}
        # as `model_validate` does, in two thirds of the time
        made: Self = cls.__pydantic_validator__.validate_python(span)
        return made

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Reference(Span):
    """A mention of one document.

    `number` is as printed, `symbol` canonical; `issued` is an ISO date; `issuer`, `title` and
    `provision` are as printed; `target` is what an anaphoric mention points back to.
    """

    form: Form
    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issued: str | None = None
    issuer: str | None = None
    title: str | None = None
    provision: str | None = None
    target: str | None = None
    flags: tuple[str, ...] = ()


class DateMention(Span):
    """A calendar expression and its value in EDTF (ISO 8601-2), None if no such day exists.

    `suggestion` is the plausible correction of an impossible date; `completed` is the value with the
    year of the text filled in, where the mention prints none.
    """

    edtf: str | None
    flags: tuple[str, ...] = ()
    suggestion: str | None = None
    completed: str | None = None


class UnitMention(Span):
    """A named body or place. `name` is its normal form, `place` the locality in that name."""

    unit_type: UnitType
    name: str
    level: Level | None = None
    place: str | None = None


class Figure(Span):
    """A number with what it counts.

    In a ratio `value` is the part and `of` the whole; in a range `value` is the lower and `max` the upper
    bound. `amount` is the value in `measure`, a code of UCUM or ISO 4217 or the noun counted ("10.950 tỷ đồng":
    10950000000000 VND); `of` and `max` grow alike. `share_of` is where the ratio begins that a percentage restates.
    `reports_on` is the symbol or name of the document whose implementation the passage reports, `reports_on_start`
    where it is named, `done_by` the normal form of the body that did or has it.
    """

    value: Decimal
    of: Decimal | None = None
    max: Decimal | None = None
    unit: str | None = None
    comparator: Comparator = "eq"
    amount: Decimal | None = None
    measure: str | None = None
    share_of: int | None = None
    reports_on: str | None = None
    reports_on_start: int | None = None
    done_by: str | None = None
    flags: tuple[str, ...] = ()


class Relation(Span):
    """Words that say how two documents stand to each other; the span is theirs.

    `origin` and `to` are symbols or surfaces of references, `from_start` and `to_start` where these begin; `origin` may
    be "self", the text, which begins nowhere.
    """

    kind: RelationKind
    origin: str = Field(alias="from")
    to: str
    from_start: int | None
    to_start: int


class Header(Record):
    """What a text that is a document says of itself in its letterhead, title line, enacting clause and signature.

    `symbol` is canonical, `doc_type` in lower case, `issued` an ISO date; the others are as printed, a line each where
    they stand apart, or where several sign. `issuing_body` is the normal form of the body that acts, which the letterhead may not tell (Bộ
    Chính trị and Ban Bí thư write under the name of the Central Committee), `issuing_place` the locality in it. `spans` are the slices
    of the text that give a field; `flags` say "recognised" where they stand on a page that was a picture.
    """

    symbol: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_post: str | None = None
    issuing_body: str | None = None
    issuing_place: str | None = None
    status: Status = "unknown"
    flags: tuple[Literal["recognised"], ...] = ()
    spans: Mapping[str, tuple[tuple[int, int], ...]] = Field(default_factory=dict)


class NearMiss(Span):
    """What almost matched, and why it was refused."""

    family: Literal["references", "dates", "units", "figures"]
    reason: str


Item = TypeVar("Item")


class Found(NamedTuple, Generic[Item]):
    """What a finder returns: what it found, in order of the text, and what it refused."""

    items: list[Item]
    near: list[NearMiss]
