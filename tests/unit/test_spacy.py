"""The spaCy side: any text comes back, the pipeline loads from its config, and its findings are the line's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from extractors.components import records
from extractors.models import DateMention, Figure, Reference, Span, UnitMention
from pipeline import analyse, load_spacy
from tests.cases import load
from tests.corpus import texts

NLP = load_spacy()


@pytest.mark.parametrize("text", [str(case["text"]) for case in load("naughty")], ids=lambda text: repr(text[:30]))
def test_naughty_strings_come_back(text: str) -> None:
    assert NLP.make_doc(text).text == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
@settings(max_examples=100, deadline=None)
def test_any_text_comes_back(text: str) -> None:
    assert NLP.make_doc(text).text == text


@pytest.mark.parametrize(
    "path", [path for path in texts() if path.suffix == ".txt"][:6], ids=lambda path: str(path.name)
)
def test_findings_equal_those_of_the_line(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text("utf-8")
    doc, line = NLP(text), analyse(text)
    found: dict[str, list[Span]] = {
        "references": [*records(doc, Reference)],
        "dates": [*records(doc, DateMention)],
        "units": [*records(doc, UnitMention)],
        "figures": [*records(doc, Figure)],
    }
    for family, spans in found.items():
        ours = [(record.start, record.end, record.surface) for record in spans]
        theirs = line[family]
        assert isinstance(theirs, list)
        assert ours == [(item["start"], item["end"], item["surface"]) for item in theirs]
        assert len(doc.spans[family]) == len(ours)


def test_words_and_findings_survive_a_doc_bin() -> None:
    doc = NLP("UBND tỉnh ban hành Kế hoạch số 694/KH-UBND ngày 3/12/2020.")
    back = next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(NLP.vocab)))
    assert back.text == doc.text
    assert [span.text for span in back.spans["references"]] == ["Kế hoạch số 694/KH-UBND"]
    assert records(back, Reference) == records(doc, Reference)


def test_the_pipeline_survives_the_disk_and_two_processes(tmp_path) -> None:  # type: ignore[no-untyped-def]
    import spacy

    NLP.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    sentences = ["Chỉ thị số 05-CT/TW.", "Kết luận số 21."] * 3
    docs = list(loaded.pipe(sentences, n_process=2, batch_size=2))
    assert [doc.text for doc in docs] == sentences
    assert [record.number for doc in docs for record in records(doc, Reference)] == ["05", "21"] * 3
