"""segment: Text → sentences and words of underthesea, as slices of the text.

`splitter` finds sentences, `pieces` tokens, `words` words, `library` loads underthesea's parts, `model` reads its weights and
`decoder` labels tokens with them, `tokenizer` is the same for spaCy.
"""

from collections.abc import Iterator
from itertools import repeat

from pipeline.document import Sentence, Text
from pipeline.segment.mask import one_kind_of_space
from pipeline.segment.splitter import sentence_spans
from pipeline.segment.words import word_spans

__all__ = ["segment", "sentence_spans", "word_spans"]


def segment(text: Text, words: bool = True) -> list[Sentence]:
    """Sentences of a text in order; every character that is not white space lies in exactly one.

    With `words`, each such character lies in exactly one word of its sentence too.
    """
    return list(_sentences(text, words))


def _sentences(text: Text, words: bool) -> Iterator[Sentence]:
    flat = one_kind_of_space(text.text)
    found = [(block, span) for block in text.blocks for span in sentence_spans(flat, block.start, block.end)]
    parts = word_spans(flat, [span for _, span in found]) if words else repeat(())
    for (block, (start, end)), inside in zip(found, parts, strict=False):
        yield Sentence(start, end, block.kind, inside, block.page)
