"""The same segmentation as a spaCy tokenizer, `sohieu.underthesea.v1`: `doc.text == text` for any text."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extractors.view import join_wrapped
from pipeline.segment.mask import one_kind_of_space
from pipeline.segment.splitter import sentence_spans
from pipeline.segment.words import word_spans

_LINE = re.compile(r"[^\n]+")


class WordTokenizer:
    """Words of underthesea as tokens; white space other than one space after a word is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenise `text`; sentence starts are marked."""
        words: list[str] = []
        spaces: list[bool] = []
        starts: list[bool | int | None] = []
        for piece, starts_sentence in _pieces(text):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
                continue
            words.append(piece)
            spaces.append(False)
            starts.append(starts_sentence)
        return Doc(self.vocab, words=words, spaces=spaces, sent_starts=starts)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> "WordTokenizer":
        """The tokenizer itself."""
        return self

    def to_disk(self, path: str | Path, **_: object) -> None:
        """Write nothing: the tokenizer has no state."""

    def from_disk(self, path: str | Path, **_: object) -> "WordTokenizer":
        """The tokenizer itself."""
        return self


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Words and the white space between them, in order, with whether a sentence begins there."""
    at = 0
    flat = one_kind_of_space(text)
    sentences = [span for line in _LINE.finditer(join_wrapped(text)) for span in sentence_spans(flat, *line.span())]
    for (start, _), words in zip(sentences, word_spans(flat, sentences), strict=True):
        for begin, stop in words:
            yield from _space(text[at:begin])
            yield text[begin:stop], begin == start
            at = stop
    yield from _space(text[at:])


def _space(gap: str) -> Iterator[tuple[str, bool]]:
    """A gap of white space: its first space goes to the word before it, the rest is a token."""
    if gap.startswith(" "):
        yield " ", False
        gap = gap[1:]
    if gap:
        yield gap, False


@registry.tokenizers("sohieu.underthesea.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], WordTokenizer]:
    """The factory that a `config.cfg` names."""

    def create(nlp: Language) -> WordTokenizer:
        return WordTokenizer(nlp.vocab)

    return create
