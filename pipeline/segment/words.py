"""Words: underthesea's token pattern finds tokens in the text itself, its CRF says which go together.

It sees each token in its own normal form ("uỷ" as "ủy"), so its labels are those of the library, while the
words stay slices of the text.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice
from typing import NamedTuple

import numpy as np

from pipeline.segment.grams import Numbers
from pipeline.segment.library import underthesea
from pipeline.segment.mask import mask, one_kind_of_space

LONGEST_RUN = 200
"""Longest run without a space, in characters, that the token pattern sees at once."""
MOST_TOKENS = 2000
"""Most tokens that are labelled at once."""
KNOWN_PIECES = 50_000
"""Pieces between spaces whose tokens are remembered."""
LAST = "\n"
"""Ends the last piece of a sentence, in which no line end stands."""
Span = tuple[int, int]


class Piece(NamedTuple):
    """The tokens of a stretch of text, by their starts and ends in it, and the forms in which the model knows them."""

    starts: Sequence[int]
    ends: Sequence[int]
    forms: Sequence[str]


NONE = Piece((), (), ())


class Tokens(NamedTuple):
    """All tokens of some sentences, as arrays; `bounds` says which token is the first of each sentence, and how many there are."""

    starts: Numbers
    ends: Numbers
    forms: Sequence[str]
    bounds: Numbers


def word_spans(text: str, sentences: Sequence[Span]) -> list[list[Span]]:
    """The words of each of the sentences `text[start:end]`."""
    starts, ends, forms, bounds = _tokens(text, sentences)
    begins = ~np.array(underthesea().inside(forms, _parts(bounds)), dtype=bool)
    begins[bounds[:-1][bounds[:-1] < bounds[1:]]] = True
    words = zip(starts[begins].tolist(), ends[np.append(begins[1:], True)[: len(ends)]].tolist(), strict=True)
    counts = np.diff(np.append(0, np.cumsum(begins))[bounds]).tolist()
    return [list(islice(words, count)) for count in counts]


def token_spans(sentence: str) -> list[Span]:
    """Tokens of one sentence; a run of more than `LONGEST_RUN` characters without a space is cut."""
    found = _tokens(sentence, [(0, len(sentence))])
    return list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))


def _tokens(text: str, sentences: Sequence[Span]) -> Tokens:
    pieces: list[Piece] = []
    places: list[int] = []
    bounds = [0]
    for start, end in sentences:
        found, sizes = _pieces(text[start:end])
        pieces += found
        places += accumulate(sizes[:-1], initial=start)
        bounds.append(len(pieces))
    counts = np.array([len(piece.forms) for piece in pieces], dtype=np.int64)
    offsets = np.repeat(np.array(places, dtype=np.int64), counts)
    starts, ends = (np.array(list(chain.from_iterable([piece[at] for piece in pieces])), np.int64) for at in (0, 1))
    forms = list(chain.from_iterable([piece.forms for piece in pieces]))
    return Tokens(starts + offsets, ends + offsets, forms, np.append(0, np.cumsum(counts))[bounds])


def _pieces(sentence: str) -> tuple[list[Piece], list[int]]:
    """The pieces of a sentence, and by how much each is followed by the next."""
    flat = one_kind_of_space(sentence)
    masked = mask(flat)
    pieces = masked.split(" ")
    if masked is not flat or max(map(len, pieces)) > LONGEST_RUN:
        return [_whole(sentence, masked)], [len(sentence)]
    sizes = [len(piece) + 1 for piece in pieces]
    pieces[-1] += LAST
    return list(map(_piece, pieces)), sizes


@lru_cache(KNOWN_PIECES)
def _piece(piece: str) -> Piece:
    """The tokens of a piece: the pattern matches no space, and looks at one only to see that there is one."""
    seen = piece.removesuffix(LAST) if piece.endswith(LAST) else f"{piece} "
    return _whole(seen, seen)


def _whole(printed: str, masked: str) -> Piece:
    pattern, normal = underthesea().tokens, underthesea().normal
    spans = [match.span(1) for start, end in _windows(masked) for match in pattern.finditer(masked, start, end)]
    return (
        Piece(*zip(*((start, end, normal(printed[start:end])) for start, end in spans), strict=True)) if spans else NONE
    )


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


def _parts(bounds: Numbers) -> list[int]:
    """How many tokens are labelled at once: a sentence, or a part of a very long one."""
    counts: list[int] = np.diff(bounds).tolist()
    return [min(MOST_TOKENS, count - first) for count in counts for first in range(0, count, MOST_TOKENS)]
