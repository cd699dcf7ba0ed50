"""Words of a text with their offsets, as they were stored, or by a rule where none were."""

import re
from collections.abc import Iterator

from pipeline.document import split_words
from pipeline.query.annotated import AnnotatedText, Sentence

Slice = tuple[int, int]
_TOKEN = re.compile(r"\w+|[^\w\s]")
_PIECE = re.compile(r"\w+|[^\w\s]|\s+")


def words_of(text: str, sentence: Sentence) -> list[Slice]:
    """Offsets into `text` of the words of a sentence: underthesea's, or runs of letters and digits and single signs if none are stored."""
    within = text[sentence.start : sentence.end]
    if not sentence.words:
        return [(sentence.start + match.start(), sentence.start + match.end()) for match in _TOKEN.finditer(within)]
    return [(sentence.start + start, sentence.start + end) for start, end in split_words(within, sentence.words)]


def has_words(text: AnnotatedText) -> bool:
    """Whether words were stored with a text."""
    return not text.sentences or any(sentence.words for sentence in text.sentences)


def pieces(text: AnnotatedText) -> Iterator[tuple[int, int, bool]]:
    """Slices that make up the whole text, with whether a sentence begins there: words, what is between them, cut where a finding begins or ends."""
    borders = sorted({border for each in text.annotations for border in (each.start, each.end)})
    next_border, at = 0, 0
    for start, end, begins in _whole(text):
        at = start
        while next_border < len(borders) and borders[next_border] < end:
            if borders[next_border] > at:
                yield at, borders[next_border], begins and at == start
                at = borders[next_border]
            next_border += 1
        yield at, end, begins and at == start


def _whole(text: AnnotatedText) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for sentence in text.sentences:
        for start, end in words_of(text.text, sentence):
            yield from _between(text.text, at, start)
            yield start, end, start == sentence.start
            at = end
    yield from _between(text.text, at, len(text.text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    for match in _PIECE.finditer(text, start, end):
        yield match.start(), match.end(), False
