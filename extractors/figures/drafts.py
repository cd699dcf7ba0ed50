"""A figure in the making: a number with its noun, before series, ranges and oddities are settled."""

from dataclasses import dataclass
from decimal import Decimal

from extractors.figures.contexts import Context
from extractors.figures.measures import normalise
from extractors.figures.numerals import Numeral, parse_number
from extractors.figures.phrases import Noun
from extractors.models import Comparator, Figure
from extractors.view import View


@dataclass(slots=True)
class Draft:
    """A number of a view; `noun` is None as long as nothing is known to be counted.

    `refusal` says why a number with a noun is no figure; `ordinal` that it goes on a list of ordinals; `share_of` is the
    ratio that a percentage restates.
    """

    numeral: Numeral
    start: int
    end: int
    noun: Noun | None = None
    value: Decimal = Decimal(0)
    of: Decimal | None = None
    max: Decimal | None = None
    sign: Comparator = "eq"
    flags: tuple[str, ...] = ()
    refusal: str | None = None
    ordinal: bool = False
    share_of: "Draft | None" = None

    @property
    def counts(self) -> bool:
        """Whether this is a figure."""
        return self.noun is not None and self.refusal is None


def counted(numeral: Numeral, noun: Noun, context: Context) -> Draft:
    """Make a draft of a number with its noun; it is refused if its digits make no number."""
    end = numeral.end if noun.apart else noun.end
    draft = Draft(numeral, context.start, end, noun, sign=context.sign)
    give_value(draft)
    return draft


def give_value(draft: Draft) -> None:
    """Read the digits of a draft that has a noun; they depend on whether the noun can be divided."""
    noun = draft.noun
    whole = noun is not None and not noun.scaled and noun.group.kind in {"count", "money"}
    first = parse_number(draft.numeral.first, whole)
    second = parse_number(draft.numeral.second, whole) if draft.numeral.second else None
    if first is None or (draft.numeral.second and second is None):
        draft.refusal = "not a number"
        return
    draft.value = first[0]
    swapped = first[1]
    if second:
        draft.of, draft.max = (second[0], None) if draft.numeral.joint == "/" else (None, second[0])
        swapped = swapped or second[1]
    draft.flags = ("separators_swapped",) if swapped else ()


def figure(seen: View, draft: Draft) -> Figure:
    """Make the record of a draft that counts."""
    noun = draft.noun
    unit = seen.text[seen.start(noun.start) : seen.end(noun.end)] if noun else None
    amount, measure = normalise(draft.value, seen.lower[noun.start : noun.end]) if noun else (draft.value, "")
    return Figure.cut(
        seen.text,
        seen.start(draft.start),
        seen.end(draft.end),
        value=draft.value,
        of=draft.of,
        max=draft.max,
        unit=unit,
        comparator=draft.sign,
        amount=amount,
        measure=measure or None,
        share_of=seen.start(draft.share_of.start) if draft.share_of else None,
        flags=draft.flags,
    )
