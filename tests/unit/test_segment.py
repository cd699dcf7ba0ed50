"""Segmentation: slices of the text that lose nothing, word for word those of underthesea, without its traps."""

import subprocess
import sys
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.document import Piece, Sentence, Source, Text, split_words
from pipeline.read import read_source
from pipeline.segment import segment
from pipeline.segment.decoder import Inside
from pipeline.segment.library import MODEL, abbreviations, labeller, slow_labeller, underthesea
from pipeline.segment.mask import mask, one_kind_of_space
from pipeline.segment.numbers import Places
from pipeline.segment.pieces import Pieces
from pipeline.segment.splitter import LONGEST_KNOWN, library_spans
from pipeline.segment.words import token_spans, word_spans
from tests.cases import load
from tests.corpus import texts

NAUGHTY = [str(case["text"]) for case in load("naughty")]


def prepared(text: str) -> Text:
    return clean(Source("0" * 64, "text", (Piece(text),)))


def check(text: Text) -> list[Sentence]:
    """Every visible character in one sentence and in one word; words come back from how they are stored."""
    sentences = segment(text)
    seen: list[int] = []
    for sentence in sentences:
        inside = [at for start, end in sentence.words for at in range(start, end)]
        assert all(sentence.start <= at < sentence.end for at in inside)
        seen += inside
        printed = text.text[sentence.start : sentence.end]
        assert printed == printed.strip()
        stored = sentence.joined(text.text)
        back = [(start + sentence.start, end + sentence.start) for start, end in split_words(printed, stored)]
        assert back == list(sentence.words)
    assert seen == sorted(set(seen))
    missing = [char for at, char in enumerate(text.text) if not char.isspace() and at not in set(seen)]
    assert missing == []
    return sentences


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: repr(text[:30]))
def test_naughty_strings(text: str) -> None:
    check(prepared(text))


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('ủyĐ.?!\n "”/:_-')), max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text(text: str) -> None:
    check(prepared(text))


@pytest.mark.parametrize("path", texts(), ids=lambda path: str(path.name))
def test_words_are_those_of_underthesea(path) -> None:  # type: ignore[no-untyped-def]
    from underthesea import word_tokenize

    text = clean(read_source(path.read_bytes(), path.name))
    for sentence in check(text):
        printed = text.text[sentence.start : sentence.end].replace("\n", " ").replace("\u00a0", " ")
        if "://" in printed:
            continue
        theirs = [len(word.replace(" ", "")) for word in word_tokenize(printed)]
        ours = [len("".join(text.text[start:end].split())) for start, end in sentence.words]
        assert ours == theirs


def sentences_of(text: str) -> list[str]:
    done = prepared(text)
    return [done.text[sentence.start : sentence.end] for sentence in segment(done, words=False)]


SPLIT = [
    ("Tỉnh ủy họp. Hội nghị bế mạc.", ["Tỉnh ủy họp.", "Hội nghị bế mạc."]),
    ("Sinh tại TX. Phú Thọ. Nay ở TP. Việt Trì.", ["Sinh tại TX. Phú Thọ.", "Nay ở TP. Việt Trì."]),
    ("GS.TS. Trần An phát biểu.", ["GS.TS. Trần An phát biểu."]),
    ("Báo cáo T.Ư. Đoàn đã gửi.", ["Báo cáo T.Ư. Đoàn đã gửi."]),
    ("Ông nói: “Phải làm ngay.” Mọi người đồng tình.", ["Ông nói: “Phải làm ngay.”", "Mọi người đồng tình."]),
    ("Xem http://baotinh.vn/tin.html. Hết.", ["Xem http://baotinh.vn/tin.html.", "Hết."]),
    ("Dòng một không chấm\n\nDòng hai", ["Dòng một không chấm", "Dòng hai"]),
    ("Căn cứ Luật Tổ chức\nchính quyền địa phương.", ["Căn cứ Luật Tổ chức\nchính quyền địa phương."]),
    ("Đạt 1.200 tấn. Tăng 2.5 lần.", ["Đạt 1.200 tấn.", "Tăng 2.5 lần."]),
]


@pytest.mark.parametrize(("text", "sentences"), SPLIT, ids=lambda value: str(value)[:30])
def test_sentences(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


HANGING = [
    "http://" + "." * 60,
    "http://" + "!" * 60,
    "a." * 5000,
    "a.vn/" + "." * 4000,
    "ftp://" + "(" * 3000,
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HANGING, ids=lambda text: f"{text[:8]} {len(text)}")
def test_what_hangs_underthesea_does_not_hang(text: str) -> None:
    """Run apart, so that a hang fails this test and not the whole run."""
    code = f"from pipeline.segment.words import token_spans, word_spans\nprint(sum(b - a for a, b in token_spans({text!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) == len(text)


def test_long_runs_are_cut_and_short_ones_are_not() -> None:
    assert list(token_spans("Nghị quyết")) == [(0, 4), (5, 10)]
    assert max(end - start for start, end in token_spans("x" * 1000)) == 200


LINES = st.lists(st.text(alphabet="aBđ1 .,/\t", max_size=20), max_size=5)


@given(LINES)
@settings(max_examples=100, deadline=None)
def test_pieces_that_were_forgotten_or_seen_before_hold_the_same_tokens(lines: list[str]) -> None:
    seen, forgetful = Pieces(), Pieces()
    for line in [*lines, *lines]:
        flat = one_kind_of_space(line)
        forgetful.begin()
        new, known = (pieces.tokens(flat, [(0, len(flat))]) for pieces in (forgetful, seen))
        for found in (new, known):
            assert list(zip(found.starts.tolist(), found.ends.tolist(), strict=True)) == token_spans(line)
        assert new.forms == known.forms


@given(
    st.lists(st.sampled_from(["Ban Thường vụ Tỉnh ủy họp.", "a", "Về việc: http://a.vn/b-c", ""]), max_size=8),
    st.integers(1, 60),
)
@settings(max_examples=60, deadline=None)
def test_sentences_are_taken_some_at_a_time(sentences: list[str], at_once: int) -> None:
    text = " ".join(sentences)
    ends = list(accumulate((len(sentence) + 1 for sentence in sentences), initial=0))
    spans = [(start, start + len(sentence)) for start, sentence in zip(ends, sentences, strict=False)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipeline.segment.words.AT_ONCE", at_once)
        some = word_spans(text, spans)
    assert some == word_spans(text, spans)
    assert len(some) == len(spans)


def test_pieces_are_forgotten_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.segment.pieces.MOST_TOKENS", 3)
    pieces = Pieces()
    for line in ("a b c d", "b c", "c d"):
        pieces.tokens(line, [(0, len(line))])
    assert len(pieces.forms) == 4  # the second line forgot the first, the third did not forget the second


def test_pieces_are_whole_after_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = Pieces()
    with monkeypatch.context() as patched:
        patched.setattr(Pieces, "_add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pieces.tokens("a b", [(0, 3)])
    assert pieces.tokens("c de f", [(0, 6)]).starts.tolist() == [0, 2, 5]


def interrupted(pieces: Pieces, printed: str, masked: str) -> int:
    pieces.lengths.append(len(printed))
    raise KeyboardInterrupt


@given(st.lists(st.integers(0, 2**62), unique=True), st.lists(st.integers(0, 2**62)))
@settings(max_examples=200, deadline=None)
def test_numbers_are_found_where_they_stand(numbers: list[int], others: list[int]) -> None:
    asked = [*others, *numbers]
    found = Places(np.array(numbers, np.int64)).of(np.array(asked, np.int64)).tolist()
    assert found == [numbers.index(number) if number in numbers else len(numbers) for number in asked]


def test_loading_leaves_the_root_logger_alone_prints_nothing_and_opens_only_what_is_used() -> None:
    code = (
        "import logging, sys; before = logging.getLogger().handlers[:]\n"
        "from pipeline.segment.library import abbreviations, underthesea; abbreviations()\n"
        "assert 'joblib' not in sys.modules\n"
        "assert underthesea().inside(['Ban', 'thường', 'vụ'], [3]) == [False, False, True]\n"
        "assert 'requests' not in sys.modules and 'underthesea' not in sys.modules\n"
        "assert logging.getLogger().handlers == before"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_the_library_can_be_opened_whole_after_its_parts() -> None:
    code = (
        "from pipeline.segment.library import underthesea; underthesea()\n"
        "import underthesea; print(underthesea.word_tokenize('Ban thường vụ'), underthesea.pos_tag('vụ'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].startswith("['Ban', 'thường vụ'] [(")


FOLDER = Path(str(files("underthesea"))) / "pipeline" / "word_tokenize" / "models" / MODEL
ODD_TOKENS = ["Ban", "Thường", "vụ", "Tỉnh", "ủy", "12", "-5", "2147483648", "²", ".", "TW", "họp", "ß", "Ⅻ", "ǅa", "_", "🙂", "a\u0301"]  # fmt: skip
TOKENS = st.lists(
    st.one_of(
        st.sampled_from(ODD_TOKENS),
        st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=3),
    ),
    max_size=12,
)


@given(TOKENS)
@settings(max_examples=300, deadline=None)
def test_the_decoder_labels_as_the_library_does(tokens: list[str]) -> None:
    """Word for word the same, for any tokens without white space."""
    tokens = [token for token in tokens if not any(char.isspace() for char in token)]
    assert underthesea_decoder()(tokens, [len(tokens)]) == underthesea_tagger()(tokens, [len(tokens)])


@given(st.lists(TOKENS, max_size=6))
@settings(max_examples=100, deadline=None)
def test_sentences_labelled_together_are_labelled_as_each_alone(sentences: list[list[str]]) -> None:
    sentences = [[token for token in tokens if not any(map(str.isspace, token))] for tokens in sentences]
    label = underthesea_decoder()
    together = label([token for tokens in sentences for token in tokens], list(map(len, sentences)))
    assert together == [inside for tokens in sentences for inside in label(tokens, [len(tokens)])]


@given(st.text(alphabet='aBđĐớ12 ..,-?!(tTpv…\t"S.\x1f', max_size=40))
@settings(max_examples=500, deadline=None)
def test_sentences_begin_from_those_of_the_library(line: str) -> None:
    from underthesea import sent_tokenize

    masked = mask(line)
    assert [masked[start:end] for start, end in library_spans(masked)] == sent_tokenize(masked)


def test_no_abbreviation_of_the_library_is_longer_than_what_is_looked_at() -> None:
    assert max(map(len, abbreviations())) <= LONGEST_KNOWN


@given(st.text(alphabet="aBđĐớ1 2.,-'’&@:+%_()/\"<3=:DTp.eE-mailv.v°C→x♥‿²½\t", max_size=30))
@settings(max_examples=500, deadline=None)
def test_tokens_are_those_of_the_library_s_pattern(line: str) -> None:
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

    masked = mask(line)
    assert [match.span(1) for match in underthesea().tokens.finditer(masked)] == [
        match.span() for match in patterns.finditer(masked)
    ]
    assert token_spans(line) == [match.span() for match in patterns.finditer(masked)]


def underthesea_decoder() -> Inside:
    return labeller(FOLDER)


def test_labels_that_tie_are_the_library_s() -> None:
    """Sums of the same numbers in another order differ in the last bit, and that bit decides here."""
    tokens = ["Ban", "Tỉnh", *["2147483648"] * 4, "Ⅻ", "0"]
    assert underthesea_decoder()(tokens, [8]) == underthesea_tagger()(tokens, [8])


@cache
def underthesea_tagger() -> Inside:
    return slow_labeller(FOLDER)


def test_another_model_falls_back_to_the_library_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.segment.model.FINGERPRINT", "0" * 16)
    label = labeller.__wrapped__(FOLDER)
    assert "holds another model" in caplog.text
    tokens = ["Ban", "Thường", "vụ"]
    assert label(tokens, [3]) == underthesea_tagger()(tokens, [3])
