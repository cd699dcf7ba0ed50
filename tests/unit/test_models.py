"""Records are frozen, closed, and tied to their slice."""

import pytest
from pydantic import ValidationError

from extractors.models import DateMention, Reference, Span

TEXT = "Quy định số 682-QĐ/TU, ngày 14/9/2017"


def test_cut_takes_the_slice() -> None:
    span = Span.cut(TEXT, 12, 21)
    assert (span.surface, TEXT[span.start : span.end]) == ("682-QĐ/TU", "682-QĐ/TU")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-3, 4), (30, 300)])
def test_a_slice_that_is_not_there_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        Span.cut(TEXT, start, end)


def test_a_surface_of_another_length_is_refused() -> None:
    with pytest.raises(ValidationError):
        Span(start=0, end=5, surface="Quy")


def test_records_are_frozen_and_closed() -> None:
    date = DateMention.cut(TEXT, 23, 37, edtf="2017-09-14")
    with pytest.raises(ValidationError):
        date.edtf = "2018"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Reference.cut(TEXT, 0, 21, form="numbered", colour="red")
    with pytest.raises(ValidationError):
        Reference.cut(TEXT, 0, 21, form="unheard of")


def test_overlap() -> None:
    assert Span.cut(TEXT, 0, 5).overlaps(Span.cut(TEXT, 4, 8))
    assert not Span.cut(TEXT, 0, 5).overlaps(Span.cut(TEXT, 5, 8))
