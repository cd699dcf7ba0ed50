"""spaCy's DocBin: words and spans with their exact offsets, records and relations in `doc.user_data`."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from pipeline.export.annotations.tokens import pieces
from pipeline.export.provenance import Provenance
from pipeline.query.annotated import FAMILIES, AnnotatedText, Annotation

KEY = "sohieu"
"""Where `extractors.components.records` looks for records."""


def as_docbin(texts: Iterable[AnnotatedText], origin: Provenance) -> bytes:
    """A DocBin of all texts; each doc says in `user_data["provenance"]` where it comes from."""
    vocab = Vocab()
    bin_ = DocBin(attrs=["SENT_START"], store_user_data=True)
    for text in texts:
        bin_.add(as_doc(text, vocab, origin.told()))
    return bytes(bin_.to_bytes())


def as_doc(text: AnnotatedText, vocab: Vocab, origin: dict[str, object]) -> Doc:
    """A doc whose words are those stored, cut where a finding begins or ends within one, so that spans are exact.

    A span's `label_` is the form, type or comparator, its `kb_id_` the id of the document or unit, its `id_` its name in the text.
    """
    words, spaces, starts = _tokens(text)
    doc = Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
    for family in FAMILIES:
        found = [each for each in text.annotations if each.family == family]
        spans = (
            doc.char_span(each.start, each.end, each.label, kb_id=each.target or "", span_id=each.key) for each in found
        )
        doc.spans[family] = [span for span in spans if span is not None]
        doc.user_data.setdefault(KEY, {})[family] = [dict(each.fields) for each in found]
    names = ("id", "sha256", "path", "title", "url", "published")
    doc.user_data["text"] = {name: getattr(text, name) for name in names}
    doc.user_data["relations"] = list(_relations(text))
    doc.user_data["provenance"] = origin
    return doc


def _relations(text: AnnotatedText) -> Iterator[dict[str, object]]:
    """Relations by the names of spans; "from" is None where the text itself acts."""
    for tie in text.ties:
        yield {"kind": tie.kind, "from": _name(tie.origin), "to": tie.to.key}


def _name(annotation: Annotation | None) -> str | None:
    return annotation.key if annotation else None


def _tokens(text: AnnotatedText) -> tuple[list[str], list[bool], list[bool | int | None]]:
    """Words, whether one space follows each, and whether a sentence begins; other white space is a word of its own."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    opened, closed = {each.start for each in text.annotations}, {each.end for each in text.annotations}
    for start, end, begins in pieces(text):
        first = start
        if text.text[start] == " " and words and not spaces[-1] and start not in opened and start + 1 not in closed:
            spaces[-1], first = True, start + 1
        if first < end:
            words.append(text.text[first:end])
            spaces.append(False)
            starts.append(begins)
    return words, spaces, starts
