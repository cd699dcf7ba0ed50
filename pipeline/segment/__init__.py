"""segment: Text → sentences and words of underthesea, as slices of the text.

`splitter` finds sentences, `words` finds words, `library` loads underthesea's parts, `model` reads its weights and
`decoder` labels tokens with them, `tokenizer` is the same for spaCy.
"""

from collections.abc import Iterator
from itertools import repeat

from pipeline.document import Sentence, Text
from pipeline.segment.splitter import sentence_spans
from pipeline.segment.words import word_spans

__all__ = ["segment", "sentence_spans", "word_spans"]


def segment(text: Text, words: bool = True) -> list[Sentence]:
    """Sentences of a text in order; every character that is not white space lies in exactly one.

    With `words`, each such character lies in exactly one word of its sentence too.
    """
    return list(_sentences(text, words))


def _sentences(text: Text, words: bool) -> Iterator[Sentence]:
    found = [(block, span) for block in text.blocks for span in sentence_spans(text.text, block.start, block.end)]
    spans = [span for _, span in found]
    parts = map(tuple, word_spans(text.text, spans)) if words else repeat(())
    for (block, (start, end)), inside in zip(found, parts, strict=False):
        yield Sentence(start, end, block.kind, inside, block.page)
