"""Words: underthesea's token pattern finds tokens in the text itself, its CRF says which go together.

It sees each token in its own normal form ("uỷ" as "ủy"), so its labels are those of the library, while the
words stay slices of the text.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

import numpy as np

from pipeline.segment.library import underthesea
from pipeline.segment.mask import one_kind_of_space
from pipeline.segment.numbers import Numbers
from pipeline.segment.pieces import Pieces, Span

LABELLED = 2000
"""Most tokens of a sentence that are labelled at once."""
AT_ONCE = 1 << 16
"""Characters from which on sentences are left for the next turn: some 10 MB, whatever the length of a text."""


def word_spans(flat: str, sentences: Sequence[Span]) -> list[tuple[Span, ...]]:
    """The words of each of the sentences `flat[start:end]`, of a text whose white space is the space (`one_kind_of_space`)."""
    return [words for some in _turns(sentences) for words in _together(flat, some)]


def _turns(sentences: Sequence[Span]) -> Iterator[Sequence[Span]]:
    first = 0
    for at, (_, end) in enumerate(sentences, 1):
        if end - sentences[first][0] >= AT_ONCE or at == len(sentences):
            yield sentences[first:at]
            first = at


def _together(flat: str, sentences: Sequence[Span]) -> list[tuple[Span, ...]]:
    starts, ends, forms, bounds = _pieces().tokens(flat, sentences)
    begins = ~np.array(underthesea().inside(forms, _parts(bounds)), dtype=bool)
    begins[bounds[:-1][bounds[:-1] < bounds[1:]]] = True
    words = zip(starts[begins].tolist(), ends[np.append(begins[1:], True)[: len(ends)]].tolist(), strict=True)
    counts = np.diff(np.append(0, np.cumsum(begins))[bounds]).tolist()
    return [tuple(islice(words, count)) for count in counts]


def token_spans(sentence: str) -> list[Span]:
    """Tokens of one sentence; a run of more than `LONGEST_RUN` characters without a space is cut."""
    found = _pieces().tokens(one_kind_of_space(sentence), [(0, len(sentence))])
    return list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))


@cache
def _pieces() -> Pieces:
    return Pieces()


def _parts(bounds: Numbers) -> list[int]:
    """How many tokens are labelled at once: a sentence, or a part of a very long one."""
    counts: list[int] = np.diff(bounds).tolist()
    return [min(LABELLED, count - first) for count in counts for first in range(0, count, LABELLED)]
