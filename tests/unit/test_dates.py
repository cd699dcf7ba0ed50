"""Dates: printed forms as data, EDTF proved by the `edtf` package, properties on any text."""

import re
from itertools import pairwise

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import find_dates
from extractors.dates.completion import complete
from tests.cases import load

CASES = load("dates")


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:40])
def test_printed_dates(case: dict[str, object]) -> None:
    found = [[date.surface, date.edtf or ""] for date in find_dates(str(case["text"])).items]
    assert found == case["found"]


def test_values_are_edtf() -> None:
    values = {date.edtf for case in CASES for date in find_dates(str(case["text"])).items if date.edtf}
    assert len(values) > 30
    for value in values:
        parse_edtf(value)


def test_suggestions_are_edtf_and_name_real_days() -> None:
    date = find_dates("ngày 19/5/20218").items[0]
    assert date.flags == ("impossible_date",)
    assert date.suggestion == "[2018-05-19,2021-05-19,2028-05-19]"
    parse_edtf(date.suggestion)
    assert find_dates("ngày 5/19/2018").items[0].suggestion == "2018-05-19"
    assert find_dates("ngày 31/6/2021").items[0].suggestion is None


def test_a_day_that_nothing_calls_a_date_is_a_near_miss() -> None:
    found = find_dates("mã 45/13/2020 ghi trên phiếu")
    assert found.items == []
    assert [(miss.surface, miss.family) for miss in found.near] == [("45/13/2020", "dates")]


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["ngày ", "tháng ", "năm ", "từ ", " đến ", "quý ", "/", "-", ".", " ", "\n", "\u200b", "–", "Thứ Hai, "]
        ),
        st.integers(0, 99999).map(str),
        st.text(max_size=4),
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_any_text(text: str) -> None:
    found = find_dates(text).items
    assert all(text[date.start : date.end] == date.surface for date in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(date.edtf is not None or date.flags for date in found)


@given(PIECES)
def test_offsets_move_with_the_text(text: str) -> None:
    before = "Báo đăng.\n\n"
    moved = [(d.start - len(before), d.surface) for d in find_dates(before + text).items]
    assert moved == [(d.start, d.surface) for d in find_dates(text).items]


def test_gold_values_are_all_edtf() -> None:
    """The corpus's own annotations hold to the same standard."""
    from tests.corpus import gold_records

    values = [str(note["edtf"]) for record in gold_records() for note in record["dates"] if note.get("edtf")]
    assert len(values) > 200
    for value in values:
        assert re.fullmatch(r"[\dX~/\-]+", value)
        parse_edtf(value)


@pytest.mark.parametrize(
    ("printed", "published", "completed"),
    [
        ("ngày 6/8", "2021-08-10", "2021-08-06"),
        ("sáng 25/12", "2022-01-05", "2021-12-25"),
        ("ngày 3/1", "2021-12-20", "2022-01-03"),
        ("từ ngày 28/12 đến ngày 2/1", "2021-12-30", "2021-12-28/2022-01-02"),
        ("ngày 29/2", "2021-03-01", "2020-02-29"),
        ("ngày 29/2", "2022-03-01", None),
        ("ngày 6/8", None, None),
        ("ngày 6/8", "không rõ", None),
        ("ngày 6/8/2019", "2021-08-10", None),
    ],
)
def test_a_missing_year_is_that_of_the_nearest_day(printed: str, published: str | None, completed: str | None) -> None:
    found = complete(find_dates(printed).items, published)
    assert [date.completed for date in found] == [completed]
    assert [date.edtf for date in found] == [date.edtf for date in find_dates(printed).items]
