"""CoNLL: a word a line with a column of IOB2 tags for each family, sentences apart by empty lines, offsets in comments.

Tags tell of what lies on whole words and inside nothing else of its family; comments `# exact` tell the rest, so that nothing is lost:
family, label, start and end of what the tags mark ("-" for nothing), start and end of the finding.
"""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.export.annotations.tokens import Slice, words_of
from pipeline.query.annotated import FAMILIES, AnnotatedText, Annotation, Sentence

OUTSIDE = "O"
COLUMNS = ("form", *FAMILIES)


def conll_lines(texts: Iterable[AnnotatedText], origin: str) -> Iterator[str]:
    """All lines of a file; `origin` says where it comes from."""
    yield f"# global.columns = {' '.join(COLUMNS)}"
    yield f"# origin = {_one_line(origin)}"
    for text in texts:
        yield f"# text_id = {text.id}"
        yield f"# sha256 = {text.sha256}"
        yield f"# path = {_one_line(text.path)}"
        yield from _text_lines(text)


def _text_lines(text: AnnotatedText) -> Iterator[str]:
    """Sentences of a text; what is found between them stands in a comment of the sentence before."""
    sentences = [each for each in text.sentences if each.start < each.end] or [Sentence(0, len(text.text), None)]
    ends = [*(each.start for each in sentences[1:]), len(text.text) + 1]
    begins = 0
    for sentence, end in zip(sentences, ends, strict=True):
        found = [each for each in text.annotations if begins <= each.start < end]
        yield from _sentence_lines(text.text, sentence, found)
        begins = end


def _sentence_lines(text: str, sentence: Sentence, found: Sequence[Annotation]) -> Iterator[str]:
    words = words_of(text, sentence)
    columns = [_tagged(words, [each for each in found if each.family == family]) for family in FAMILIES]
    yield f"# text = {_one_line(text[sentence.start : sentence.end])}"
    yield f"# start = {sentence.start}"
    for _, exact in columns:
        yield from exact
    for at, (start, end) in enumerate(words):
        yield "\t".join(["_".join(text[start:end].split()), *(tags[at] for tags, _ in columns)])
    yield ""


def _tagged(words: Sequence[Slice], found: Sequence[Annotation]) -> tuple[list[str], list[str]]:
    """Tags of one family for the words of a sentence, and comments for what tags do not tell; the outermost and first one is tagged."""
    tags, exact = [OUTSIDE] * len(words), []
    for each in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        touched = [at for at, (start, end) in enumerate(words) if start < each.end and each.start < end]
        free = bool(touched) and all(tags[at] == OUTSIDE for at in touched)
        if free:
            tags[touched[0]] = f"B-{each.label}"
            tags[touched[0] + 1 : touched[-1] + 1] = [f"I-{each.label}"] * (len(touched) - 1)
        marked = (words[touched[0]][0], words[touched[-1]][1]) if free else ("-", "-")
        if marked != (each.start, each.end):
            exact.append(f"# exact = {each.family} {each.label} {marked[0]} {marked[1]} {each.start} {each.end}")
    return tags, exact


def _one_line(text: str) -> str:
    r"""Text on one line of the same length: every white space is a space.

    >>> _one_line("a\n b")
    'a  b'
    """
    return "".join(" " if char.isspace() else char for char in text)
