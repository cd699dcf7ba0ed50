"""What is tried, and what must hold of any input. A check raises if something does not; a documented error is no failure."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from extractors.dates import find_dates
from extractors.figures import find_figures
from extractors.models import Figure, Found, Reference, Relation, Span
from extractors.references import find_references
from extractors.relations import find_relations
from extractors.units import find_units
from pipeline.clean import clean
from pipeline.document import Piece, ReadError, Sentence, Source, Text, split_words
from pipeline.read import read_source
from pipeline.report import report
from pipeline.segment import segment
from pipeline.segment.library import MODEL, slow_labeller, underthesea
from pipeline.segment.words import token_spans
from pipeline.sketch import sketch
from pipeline.stages import analyse_bytes
from tests.fuzz import compose, databases, files, frames, pages, readers


@dataclass(frozen=True, slots=True)
class Target:
    """`make` turns bytes of the fuzzer into an input, `check` tries it."""

    make: Callable[[bytes], bytes]
    check: Callable[[bytes], None]


def _text(data: bytes) -> bytes:
    return compose.text(data).encode()


def spans(text: str, found: Iterable[Span]) -> None:
    """Findings are slices of the text, in order."""
    found = list(found)
    for item in found:
        assert 0 <= item.start < item.end <= len(text), item
        assert text[item.start : item.end] == item.surface, item
    for before, after in pairwise(found):
        assert before.start <= after.start, (before, after)


def finder(find: Callable[[str], tuple[Sequence[Span], Sequence[Span]]]) -> Callable[[bytes], None]:
    """A check of a finder: slices, and the same twice."""

    def check(data: bytes) -> None:
        text = data.decode()
        found, near = find(text)
        spans(text, found)
        spans(text, near)
        assert find(text) == (found, near)

    return check


def _references(text: str) -> Found[Reference]:
    return find_references(text, find_dates(text).items, find_units(text).items)


def _relations(text: str) -> Found[Relation]:
    references = find_references(text, find_dates(text).items).items
    return Found(list(find_relations(text, references, is_document=True)), [])


def _figures(text: str) -> Found[Figure]:
    return find_figures(text, find_dates(text).items)


def line(data: bytes) -> None:
    """The whole line: findings of all kinds fit the text, and the report is JSON."""
    try:
        done = analyse_bytes(data, "x.txt", words=False)
    except ReadError:
        return
    found = done.findings
    for family in (found.references, found.dates, found.units, found.figures, found.relations, found.near):
        spans(done.text.text, family)
    assert len(found.bodies) == len(found.units)
    printed = json.dumps(report(done, "x.txt"), allow_nan=False)
    assert json.dumps(report(analyse_bytes(data, "x.txt", words=False), "x.txt")) == printed
    assert sketch(done.text) == sketch(done.text)


def read(data: bytes) -> None:
    """Bytes under either kind of name: a text with blocks in order, or a reason."""
    for name in ("x.txt", "x.html"):
        try:
            source = read_source(data, name)
        except ReadError:
            continue
        assert source == read_source(data, name)
        blocks(clean(source))


def blocks(text: Text) -> None:
    """Blocks lie in order within the text, and leave out nothing but white space."""
    at = 0
    for block in text.blocks:
        assert at <= block.start < block.end <= len(text.text), block
        assert not text.text[at : block.start].strip(), block
        at = block.end
    assert not text.text[at:].strip()
    text.text.encode()


def segmented(data: bytes) -> None:
    """Sentences and words lie in order, and every visible character in one of each."""
    text = clean(Source("0" * 64, "text", (Piece(data.decode()),)))
    blocks(text)
    sentences = segment(text)
    at = 0
    for sentence in sentences:
        assert at <= sentence.start < sentence.end <= len(text.text), sentence
        assert not text.text[at : sentence.start].strip(), sentence
        words(text.text, sentence)
        at = sentence.end
    assert not text.text[at:].strip()
    assert sentences == segment(text)


def words(text: str, sentence: Sentence) -> None:
    """Words of a sentence in order; they come back from how they are stored."""
    at = sentence.start
    for start, end in sentence.words:
        assert at <= start < end <= sentence.end, (sentence, start)
        assert not text[at:start].strip(), (sentence, start)
        at = end
    assert not text[at : sentence.end].strip(), sentence
    back = split_words(text[sentence.start : sentence.end], sentence.joined(text))
    assert [(start + sentence.start, end + sentence.start) for start, end in back] == list(sentence.words)


def labels(data: bytes) -> None:
    """The decoder goes as underthesea's own tagger does."""
    from pipeline.segment.decoder import Decoder
    from pipeline.segment.model import load_model

    text = data.decode()[:400]
    tokens = [text[start:end] for start, end in token_spans(text)][:60]
    slow, fast = _labellers(Decoder, load_model)
    assert fast(tokens, [len(tokens)]) == slow(tokens, [len(tokens)])


@cache
def _labellers(
    decoder: Callable[..., object], load: Callable[[Path], object]
) -> tuple[Callable[[Sequence[str], Sequence[int]], list[bool]], ...]:
    import underthesea as library

    folder = Path(library.__file__).parent / "pipeline" / "word_tokenize" / "models" / MODEL
    underthesea()
    slow = slow_labeller(folder)
    return slow, decoder(load(folder), slow).inside  # type: ignore[attr-defined]


TARGETS = {
    "bytes": Target(bytes, read),
    "pages": Target(compose.page, read),
    "segment": Target(_text, segmented),
    "labels": Target(_text, labels),
    "dates": Target(_text, finder(find_dates)),
    "units": Target(_text, finder(find_units)),
    "references": Target(_text, finder(_references)),
    "figures": Target(_text, finder(_figures)),
    "relations": Target(_text, finder(_relations)),
    "line": Target(_text, line),
    "ingest": Target(lambda data: compose.texts(data).encode(), databases.ingested),
    "query": Target(lambda data: compose.typed(data).encode("utf-8", "surrogatepass"), databases.query),
    "corrections": Target(lambda data: compose.table(data, databases.CORRECTED), databases.corrections),
    "pdf": Target(pages.pdf, readers.file("pdf", readers.pdf)),
    "docx": Target(files.docx, readers.file("docx", readers.docx)),
    "legacy": Target(files.legacy, readers.legacy),
    "runs": Target(files.runs, readers.runs),
    "letterhead": Target(files.letterhead, readers.letterhead),
    "mail": Target(files.mail, readers.mail),
    "archive": Target(files.archive, readers.archive),
    "frames": Target(frames.lies, frames.check),
    "authority": Target(lambda data: compose.table(data, databases.KNOWN), databases.authority),
}
"""By name, in the order in which they are tried."""
