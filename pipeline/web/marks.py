"""A text cut where its marks begin and end, so that each piece bears all marks that cover it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.query.show import Mark


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text from `start` up to `end`, with the marks that cover it, the widest first; `first` where one begins."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]
    first: bool

    @property
    def families(self) -> str:
        """The families of its marks, as classes of a page."""
        return " ".join(dict.fromkeys(mark.family for mark in self.marks))

    @property
    def notes(self) -> str:
        """What its marks say, one behind the other."""
        return "; ".join(mark.note for mark in self.marks)


def stretches(text: str, marks: Sequence[Mark], start: int, end: int) -> Iterator[Stretch]:
    """Pieces of `text[start:end]`, which together are all of it. Marks are in the order of their beginnings."""
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = sorted({start, end, *(min(max(at, start), end) for mark in inside for at in (mark.start, mark.end))})
    waiting, over = list(reversed(inside)), list[Mark]()
    for left, right in pairwise(cuts):
        over = [mark for mark in over if mark.end > left]
        began = False
        while waiting and waiting[-1].start <= left:
            over.append(waiting.pop())
            began = True
        covering = tuple(sorted((mark for mark in over if mark.end > left), key=lambda mark: (mark.start, -mark.end)))
        yield Stretch(left, right, text[left:right], covering, began)
