"""Annotations out: other programs read them, and offsets come back as they are."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from extractors.components import records
from extractors.models import DateMention, Figure, Reference, UnitMention
from pipeline.export.annotations import FORMATS
from pipeline.export.annotations.brat import ann, annotation_conf
from pipeline.export.annotations.conll import conll_lines
from pipeline.export.annotations.docbin import as_doc
from pipeline.export.annotations.fields import CHOICES
from pipeline.query.annotated import FAMILIES, AnnotatedText, Annotation, Sentence, choose_texts
from pipeline.query.database import QueryError
from pipeline.run import ingest
from pipeline.writing import WriteError
from tests.annotating import MOST, some_exported
from tests.unit.test_cli import run


def spans(text: AnnotatedText) -> set[tuple[str, str, int, int]]:
    return {(each.family, each.label, each.start, each.end) for each in text.annotations}


# spaCy


def test_spacy_reads_the_doc_bin(conn: sqlite3.Connection, chosen: list[AnnotatedText], tmp_path: Path) -> None:
    file = some_exported(conn, "docbin", tmp_path / "a.spacy")
    docs = list(DocBin().from_disk(file).get_docs(spacy.blank("xx").vocab))
    assert [doc.text for doc in docs] == [text.text for text in chosen]
    for doc, text in zip(docs, chosen, strict=True):
        found = {(f, s.label_, s.start_char, s.end_char) for f in FAMILIES for s in doc.spans[f]}
        assert found == spans(text)
        linked = {span.id_: span.kb_id_ for span in doc.spans["references"] if span.kb_id_}
        assert linked == {
            each.key: each.target for each in text.annotations if each.family == "references" and each.target
        }
        names = {span.id_ for family in FAMILIES for span in doc.spans[family]}
        assert {tie["to"] for tie in doc.user_data["relations"]} <= names
        assert doc.user_data["text"]["sha256"] == text.sha256
        assert doc.user_data["provenance"]["counts"]["texts"] == MOST
    assert any(doc.user_data["relations"] for doc in docs)


def test_a_doc_bin_holds_whole_records(conn: sqlite3.Connection, chosen: list[AnnotatedText], tmp_path: Path) -> None:
    file = some_exported(conn, "docbin", tmp_path / "a.spacy")
    for doc, text in zip(DocBin().from_disk(file).get_docs(Vocab()), chosen, strict=True):
        found = [
            *records(doc, Reference),
            *records(doc, DateMention),
            *records(doc, UnitMention),
            *records(doc, Figure),
        ]
        assert len(found) == len(text.annotations)
        assert all(text.text[item.start : item.end] == item.surface for item in found)


# CoNLL


def read_conll(lines: Iterator[str]) -> Iterator[tuple[str, str, int, set[tuple[str, str, int, int]]]]:
    """Sentences of a file: text id, text, start, spans; every line must be as docs/annotations.md says."""
    text_id, about, exact, rows = "", {"text": "", "start": ""}, list[list[str]](), list[list[str]]()
    for line in lines:
        if match := re.fullmatch(r"# (\S+) = (.*)", line):
            name, value = match.groups()
            text_id = value if name == "text_id" else text_id
            if name in about:
                about[name] = value
            if name == "exact":
                exact.append(value.split(" "))
        elif line:
            rows.append(line.split("\t"))
            assert len(rows[-1]) == 1 + len(FAMILIES)
        else:
            start = int(about["start"])
            yield text_id, about["text"], start, _spans(about["text"], start, rows, exact)
            exact, rows = [], []
    assert not rows


def _spans(text: str, base: int, rows: list[list[str]], exact: list[list[str]]) -> set[tuple[str, str, int, int]]:
    places, at = [], 0
    for form, *_ in rows:
        at = re.compile(r"\S").search(text, at).start()  # type: ignore[union-attr]
        pattern = "".join(r"(?:_|\s+)" if char == "_" else re.escape(char) for char in form)
        end = re.compile(pattern).match(text, at).end()  # type: ignore[union-attr]
        places.append((base + at, base + end))
        at = end
    found = {
        span for column, family in enumerate(FAMILIES, 1) for span in _tagged(family, [r[column] for r in rows], places)
    }
    for family, label, *numbers in exact:
        if numbers[0] != "-":
            found.remove((family, label, int(numbers[0]), int(numbers[1])))
    return found | {(family, label, int(n[2]), int(n[3])) for family, label, *n in exact}


def _tagged(family: str, tags: list[str], places: list[tuple[int, int]]) -> Iterator[tuple[str, str, int, int]]:
    for at, tag in enumerate(tags):
        assert re.fullmatch(r"O|[BI]-[a-z]+", tag)
        assert tag[0] != "I" or tags[at - 1][2:] == tag[2:], "I follows B or I of its kind"
        if tag[0] == "B":
            end = at
            while end + 1 < len(tags) and tags[end + 1] == f"I-{tag[2:]}":
                end += 1
            yield family, tag[2:], places[at][0], places[end][1]


def test_conll_is_lossless(conn: sqlite3.Connection, chosen: list[AnnotatedText], tmp_path: Path) -> None:
    lines = some_exported(conn, "conll", tmp_path / "a.conll").read_text("utf-8").split("\n")[:-1]
    found: dict[str, set[tuple[str, str, int, int]]] = {text.id: set() for text in chosen}
    texts = {text.id: text.text for text in chosen}
    for name, words, start, marked in read_conll(iter(lines)):
        assert words.split() == texts[name][start : start + len(words)].split()
        found[name] |= marked
    assert found == {text.id: spans(text) for text in chosen}
    assert json.loads((tmp_path / "a.conll-metadata.json").read_text("utf-8"))["provenance"]["counts"]["texts"] == MOST


def test_the_outermost_is_tagged() -> None:
    inner, outer = Annotation("dates", 3, 7, {}), Annotation("dates", 0, 7, {})
    text = AnnotatedText(
        "t-1", "", "", None, None, None, "năm 2020 a", (Sentence(0, 10, "năm 2020 a"),), (inner, outer), ()
    )
    lines = list(conll_lines([text], ""))
    assert [line.split("\t")[2] for line in lines if "\t" in line] == ["B-date", "I-date", "O"]
    assert [line for line in lines if line.startswith("# exact")] == [
        "# exact = dates date 0 8 0 7",
        "# exact = dates date - - 3 7",
    ]


# brat


def fragments(line: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in (part.split() for part in line.split("\t")[1].split(" ", 1)[1].split(";"))]


def test_brat_offsets_are_slices(conn: sqlite3.Connection, chosen: list[AnnotatedText], tmp_path: Path) -> None:
    folder = some_exported(conn, "brat", tmp_path / "brat")
    for text in chosen:
        stored = (folder / f"{text.id}.txt").read_bytes().decode()
        lines = (folder / f"{text.id}.ann").read_text("utf-8").split("\n")[:-1]
        placed = [line for line in lines if line.startswith("T")]
        assert stored == text.text
        assert len(placed) == len(text.annotations)
        for line, each in zip(placed, text.annotations, strict=True):
            parts = fragments(line)
            assert (parts[0][0], parts[-1][1]) == (each.start, each.end)
            assert " ".join(stored[a:b] for a, b in parts) == line.split("\t")[2]
        ids = {line.split("\t")[0] for line in lines}
        assert len(ids) == len(lines)
        assert {of for line in lines for of in re.findall(r"[ :](T\d+)", line.split("\t")[1])} <= ids
    assert (folder / "sohieu-metadata.json").is_file()
    with pytest.raises(WriteError, match="already"):
        some_exported(conn, "brat", folder)


def test_brat_has_no_line_ends_in_annotations() -> None:
    text = AnnotatedText(
        "t-1", "", "", None, None, None, "năm\n2020", (), (Annotation("dates", 0, 8, {"edtf": "2020"}),), ()
    )
    assert ann(text).split("\n")[:2] == ["T1\tdates 0 3;4 8\tnăm 2020", '#1\tAnnotatorNotes T1\t{"edtf": "2020"}']


def test_brat_knows_all_types() -> None:
    conf = annotation_conf()
    assert re.findall(r"^\[(\w+)\]$", conf, re.M) == ["entities", "relations", "events", "attributes"]
    assert all(f"\n{name}" in conf for name in (*FAMILIES, *CHOICES, "amends", "reports_on"))


# any text

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00") | st.sampled_from(" \n\t_😀số.")


@st.composite
def annotated(draw: st.DrawFn) -> AnnotatedText:
    text = draw(st.text(LETTERS, min_size=2, max_size=60))
    marks = draw(
        st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30), st.sampled_from(FAMILIES)), max_size=6)
    )
    fields = {"form": "named", "unit_type": "other", "comparator": "eq", "symbol": None, "edtf": "2020"}
    found = {(f, a, min(len(text), a + n)): Annotation(f, a, min(len(text), a + n), fields) for a, n, f in marks}
    kept = sorted(found.values(), key=lambda each: (each.start, -each.end))
    cut = draw(st.integers(1, len(text) - 1))
    sentences = tuple(Sentence(a, b, None) for a, b in ((0, cut), (cut, len(text))) if text[a:b].strip())
    return AnnotatedText("t-1", "", "", None, None, None, text, sentences, tuple(kept), ())


@given(annotated())
def test_docs_have_exact_spans(text: AnnotatedText) -> None:
    doc = as_doc(text, Vocab(), {})
    assert doc.text == text.text
    assert {(f, s.label_, s.start_char, s.end_char) for f in FAMILIES for s in doc.spans[f]} == spans(text)


@given(annotated())
def test_conll_loses_nothing(text: AnnotatedText) -> None:
    sentences = list(read_conll(iter(list(conll_lines([text], ""))[2:])))
    assert set().union(*(found for *_, found in sentences)) == spans(text)


@given(annotated())
def test_brat_is_a_line_each(text: AnnotatedText) -> None:
    marked = [each for each in text.annotations if text.text[each.start : each.end].strip()]
    lines = ann(AnnotatedText("t-1", "", "", None, None, None, text.text, (), tuple(marked), ())).split("\n")[:-1]
    placed = [line for line in lines if re.match(r"T\d+\t", line)]
    assert [
        (fragments(line)[0][0] >= m.start, fragments(line)[-1][1] <= m.end)
        for line, m in zip(placed, marked, strict=True)
    ] == [(True, True)] * len(marked)


# the command


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_writes_each_format(form: str, corpus_db: Path, tmp_path: Path) -> None:
    done = run("annotations", str(tmp_path / "out.x"), "--format", form, "--limit", "2", "--db", str(corpus_db))
    assert done.exit_code == 0, done.output
    assert "2 texts with" in done.output
    assert not list(tmp_path.glob(".*"))


def test_the_same_every_time(conn: sqlite3.Connection, tmp_path: Path) -> None:
    for form in FORMATS:
        files = [some_exported(conn, form, tmp_path / f"{form}{at}") for at in (1, 2)]
        parts = [sorted(file.iterdir()) if file.is_dir() else [file] for file in files]
        assert [part.read_bytes() for part in parts[0]] == [part.read_bytes() for part in parts[1]]


WRONG = [
    (["--texts", "t-0"], "no text has the id t-0"),
    (["--source", "nowhere at all"], "no text has 'nowhere at all' in its path"),
]


@pytest.mark.parametrize(("options", "reason"), WRONG)
def test_what_is_not_there(options: list[str], reason: str, corpus_db: Path, tmp_path: Path) -> None:
    done = run("annotations", str(tmp_path / "a"), "--format", "conll", *options, "--db", str(corpus_db))
    assert done.exit_code == 1
    assert reason in done.output
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(conn: sqlite3.Connection, tmp_path: Path) -> None:
    for form in FORMATS:
        with pytest.raises(WriteError, match="no folder"):
            some_exported(conn, form, tmp_path / "none" / "a")
    with pytest.raises(QueryError, match="t-0"):
        choose_texts(conn, ["t-0"])


def test_texts_without_words_have_tokens_by_a_rule(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Quy định số 31-QĐ/TU ngày 08/8/2019.", "utf-8")
    ingest([tmp_path / "texts"], tmp_path / "x.db", words=False)
    done = run("annotations", str(tmp_path / "a.conll"), "--format", "conll", "--db", str(tmp_path / "x.db"))
    assert "1 of them were stored without words" in done.output
    lines = (tmp_path / "a.conll").read_text("utf-8").split("\n")[:-1]
    ((*_, found),) = list(read_conll(iter(lines)))
    assert {(family, start, end) for family, _, start, end in found} >= {("references", 0, 20), ("dates", 21, 35)}


@pytest.mark.parametrize("place", [(1, 3), (0, 2), (1, 2), (0, 1), (2, 3)])
def test_a_space_may_begin_or_end_a_span(place: tuple[int, int]) -> None:
    marked = (Annotation("dates", *place, {}),)
    text = AnnotatedText("t-1", "", "", None, None, None, "a b", (Sentence(0, 3, "a b"),), marked, ())
    doc = as_doc(text, Vocab(), {})
    assert [(span.start_char, span.end_char) for span in doc.spans["dates"]] == [place]
