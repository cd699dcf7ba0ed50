"""The corpus: every text has its gold and its source; annotations quote their text; texts are of the stated size."""

import tomllib
import unicodedata

import pytest

from pipeline.clean import clean
from pipeline.read import read_source
from pipeline.score.gold import FAMILIES, locate, read_gold
from tests.corpus import GOLD, ROOT, gold_records, texts

SOURCES = tomllib.loads((ROOT / "corpus" / "sources.toml").read_text("utf-8"))["text"]


def test_every_text_has_gold_and_a_source() -> None:
    files = {f"texts/{path.name}" for path in texts()}
    assert len(files) >= 25
    assert {record["file"] for record in gold_records()} == files
    assert {row["file"] for row in SOURCES} == files


@pytest.mark.parametrize("path", texts(), ids=lambda path: str(path.name))
def test_texts_are_in_normal_form_and_of_the_stated_size(path) -> None:  # type: ignore[no-untyped-def]
    content = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", content)
    words = len(clean(read_source(path.read_bytes(), path.name)).text.split())
    assert 150 <= words <= 700


def test_annotations_quote_their_text() -> None:
    counts = dict.fromkeys(FAMILIES, 0)
    for gold in read_gold(GOLD):
        for family in FAMILIES:
            spans = [span for span, _ in gold.annotations[family]]
            assert len(set(spans)) == len(spans), f"{gold.id}: two {family} in one place"
            counts[family] += len(spans)
    assert counts["references"] > 200
    assert counts["figures"] > 300


def test_the_features_asked_of_the_corpus_are_there() -> None:
    whole = "\n".join(path.read_text("utf-8") for path in texts())
    for feature in ("\u00a0", "QÐ", "–", "uỷ", "khoá", "FDI", "TP.", "Các tin khác", "TƯ", "đến ngày"):
        assert feature in whole, feature


def test_a_wrong_annotation_is_named() -> None:
    from pipeline.score.gold import GoldError

    with pytest.raises(GoldError, match="x: 'Tỉnh ủy' does not occur 2 times"):
        locate("Tỉnh ủy", {"surface": "Tỉnh ủy", "nth": 2}, "x")
