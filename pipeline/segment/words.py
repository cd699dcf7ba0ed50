"""Words: underthesea's token pattern finds tokens in the text itself, its CRF says which go together.

It sees each token in its own normal form ("uỷ" as "ủy"), so its labels are those of the library, while the
words stay slices of the text.
"""

from collections.abc import Iterator

from pipeline.segment.library import underthesea
from pipeline.segment.mask import mask

LONGEST_RUN = 200
"""Longest run without a space, in characters, that the token pattern sees at once."""
MOST_TOKENS = 2000
"""Most tokens that are labelled at once."""


def word_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Words in the sentence `text[start:end]`."""
    sentence = text[start:end]
    tokens = token_spans(sentence)
    words: list[tuple[int, int]] = []
    for first in range(0, len(tokens), MOST_TOKENS):
        words += _merged(sentence, tokens[first : first + MOST_TOKENS], start)
    return words


def token_spans(sentence: str) -> list[tuple[int, int]]:
    """Tokens of a sentence; a run of more than `LONGEST_RUN` characters without a space is cut."""
    masked = mask(sentence)
    pattern = underthesea().tokens
    if max(map(len, masked.split(" "))) <= LONGEST_RUN:
        return [match.span(1) for match in pattern.finditer(masked)]
    return [match.span(1) for start, end in _windows(masked) for match in pattern.finditer(masked, start, end)]


def _windows(masked: str) -> Iterator[tuple[int, int]]:
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


def _merged(sentence: str, tokens: list[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    """Tokens that make one word together, moved by `offset`."""
    inside = underthesea().inside([sentence[start:end] for start, end in tokens])
    words: list[tuple[int, int]] = []
    for (start, end), goes_on in zip(tokens, inside, strict=True):
        if goes_on and words:
            words[-1] = (words[-1][0], offset + end)
        else:
            words.append((offset + start, offset + end))
    return words
