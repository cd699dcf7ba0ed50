"""Stretches between spaces that were seen, each a number with its tokens, so that a text becomes arrays of numbers.

Underthesea's token pattern matches no space, and looks at one only to see that there is one: a stretch between spaces always holds the
same tokens.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.segment.library import underthesea
from pipeline.segment.mask import hide_addresses
from pipeline.segment.numbers import Numbers

LONGEST_RUN = 200
"""Longest run without a space, in characters, that the token pattern sees at once."""
MOST_TOKENS = 100_000
"""Tokens of pieces that are remembered."""
LAST = "\n"
"""Ends the last piece of a sentence, in which no line end stands."""
Span = tuple[int, int]


class Tokens(NamedTuple):
    """All tokens of some sentences, as arrays; `bounds` says which token is the first of each sentence, and how many there are.

    `forms` are the forms in which the model knows them.
    """

    starts: Numbers
    ends: Numbers
    forms: Sequence[str]
    bounds: Numbers


class Pieces:
    """Pieces by number. Their arrays: length with the space behind, first token, count of tokens; of tokens: start, end, form."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget all pieces; numbers begin at 1."""
        self.numbers: dict[str, int] = {}
        self.lengths, self.firsts, self.counts = (array("q", [0]) for _ in range(3))
        self.starts, self.ends = array("q"), array("q")
        self.forms: list[str] = []

    def tokens(self, flat: str, sentences: Sequence[Span]) -> Tokens:
        """The tokens of each of the sentences `flat[start:end]`, of a text whose white space is the space."""
        if len(self.forms) > MOST_TOKENS:
            self.begin()
        try:
            found = [self._of_sentence(flat[start:end]) for start, end in sentences]
        except BaseException:
            self.begin()  # a piece may be half written
            raise
        bounds = np.array(list(accumulate(map(len, found), initial=0)))
        begins = np.array([start for start, _ in sentences], np.int64)
        return self._placed(np.array(list(chain.from_iterable(found)), np.int64), bounds, begins)

    def _of_sentence(self, sentence: str) -> list[int]:
        """The numbers of the pieces of a sentence; one with an address of the web or a very long run is one piece."""
        masked = hide_addresses(sentence)
        if masked is not sentence:
            return [self._add(sentence, masked)]
        pieces = sentence.split(" ")
        pieces[-1] += LAST
        found = list(map(self.numbers.get, pieces))
        if None not in found:
            return found  # type: ignore[return-value]
        if max(map(len, sentence.split(" "))) > LONGEST_RUN:
            return [self._add(sentence, sentence)]
        return [number or self._number(piece) for number, piece in zip(found, pieces, strict=True)]

    def _number(self, piece: str) -> int:
        """The number of a piece, which is remembered."""
        if piece not in self.numbers:
            seen = piece.removesuffix(LAST) if piece.endswith(LAST) else f"{piece} "
            self.numbers[piece] = self._add(seen, seen)
        return self.numbers[piece]

    def _add(self, printed: str, masked: str) -> int:
        spans = list(_spans(masked))
        normal = underthesea().normal
        self.lengths.append(len(printed))
        self.firsts.append(len(self.forms))
        self.counts.append(len(spans))
        self.starts.extend([start for start, _ in spans])
        self.ends.extend([end for _, end in spans])
        self.forms += [normal(printed[start:end]) for start, end in spans]
        return len(self.counts) - 1

    def _placed(self, found: Numbers, bounds: Numbers, begins: Numbers) -> Tokens:
        """Tokens of pieces, which are parted by `bounds` into sentences that begin at `begins`."""
        lengths, firsts, counts = (_array(numbers)[found] for numbers in (self.lengths, self.firsts, self.counts))
        places = np.cumsum(lengths) - lengths
        places += np.repeat(begins - places[bounds[:-1]], np.diff(bounds))
        behind = np.cumsum(counts)
        which = np.arange(counts.sum()) + np.repeat(firsts - behind + counts, counts)
        starts, ends = (_array(numbers)[which] + np.repeat(places, counts) for numbers in (self.starts, self.ends))
        forms = list(map(self.forms.__getitem__, which.tolist()))
        return Tokens(starts, ends, forms, np.append(0, behind)[bounds])


def _array(numbers: "array[int]") -> Numbers:
    """The numbers themselves; nothing may be appended while they are looked at."""
    seen: NDArray[np.int64] = np.frombuffer(numbers, np.int64) if numbers else np.zeros(0, np.int64)
    return seen


def _spans(masked: str) -> Iterator[Span]:
    pattern = underthesea().tokens
    return (match.span(1) for start, end in _windows(masked) for match in pattern.finditer(masked, start, end))


def _windows(masked: str) -> Iterator[Span]:
    """Stretches that end at a space or, in a very long run, inside it."""
    start = run = 0
    while run < len(masked):
        space = masked.find(" ", run)
        space = len(masked) if space < 0 else space
        if space - run <= LONGEST_RUN:
            run = space + 1
            continue
        stop = run if run > start else run + LONGEST_RUN
        yield start, stop
        start = run = stop
    yield start, len(masked)
