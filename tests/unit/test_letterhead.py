"""Documents know themselves: headers of letterheads in all shapes, none for articles; properties."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import find_dates
from extractors.models import Header
from extractors.references import find_references
from extractors.units import find_units
from pipeline.clean import clean
from pipeline.document import Piece, Source
from pipeline.letterhead import read_header
from pipeline.letterhead.reader import said
from tests.cases import load

CASES, NONE = load("letterheads"), load("letterheads_none")
FIELDS = [name for name in Header.model_fields if name not in ("spans", "issuing_place", "issuing_body")]
PRINTED = ("issuer", "place", "title", "signer", "signer_post")


def header_of(printed: str) -> Header | None:
    text = clean(Source("0" * 64, "text", (Piece(printed),)))
    dates, units = find_dates(text.text).items, find_units(text.text).items
    return read_header(text, find_references(text.text, dates, units).items, dates, units)


def plain(value: str | None) -> str | None:
    return " ".join(value.split()) if value else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["note"]))
def test_the_header_of_a_document(case: dict[str, object]) -> None:
    found, wanted = header_of(str(case["text"])), case["header"]
    assert found is not None
    assert isinstance(wanted, dict)
    names = [*FIELDS, *(["issuing_body"] if "issuing_body" in wanted else [])]
    assert {name: plain(getattr(found, name)) for name in names} == {name: wanted.get(name) for name in names}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["note"]))
def test_spans_hold_what_is_printed(case: dict[str, object]) -> None:
    printed = str(case["text"])
    found = header_of(printed)
    assert found is not None
    for name in PRINTED:
        if value := getattr(found, name):
            assert said(printed, found.spans[name]) == value
    assert set(found.spans) == {name for name in (*PRINTED, "symbol", "doc_type", "issued") if getattr(found, name)}


@pytest.mark.parametrize("case", NONE, ids=lambda case: str(case["note"]))
def test_articles_have_none(case: dict[str, object]) -> None:
    assert header_of(str(case["text"])) is None


@given(st.text(alphabet="Số: 12/KH-UBND\n|*Căn cứTM.", max_size=300))
def test_any_text_can_be_asked(printed: str) -> None:
    """Whatever is printed, spans lie in the text."""
    text = unicodedata.normalize("NFC", printed)
    found = header_of(text)
    spans = [span for each in found.spans.values() for span in each] if found else []
    assert all(0 <= start < end <= len(text) for start, end in spans)
