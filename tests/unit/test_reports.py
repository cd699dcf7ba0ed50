"""Figures: what they come to, what they report on, who did it."""

from decimal import Decimal

import pytest

from extractors.figures import find_figures
from extractors.figures.measures import measure_rows
from extractors.models import Figure
from pipeline import analyse
from tests.cases import load


@pytest.mark.parametrize("case", load("reports"), ids=lambda case: str(case["note"]))
def test_reported_figures(case: dict[str, object]) -> None:
    figures = analyse(str(case["text"]))["figures"]
    assert isinstance(figures, list)
    assert [[f["surface"], f["reports_on"] or "", f["done_by"] or ""] for f in figures] == case["found"]


@pytest.mark.parametrize("example", [example for row in measure_rows() for example in row.examples])
def test_amounts(example: str) -> None:
    printed, _, wanted = example.partition(" = ")
    figure = only(f"Có {printed}.")
    assert f"{figure.amount} {figure.measure}" == wanted


def test_a_scaled_count_comes_to_its_noun() -> None:
    figure = only("Có 2,5 triệu đảng viên.")
    assert (figure.value, figure.amount) == (Decimal("2.5"), Decimal(2_500_000))
    assert figure.measure == "đảng viên"


def test_a_percentage_knows_the_ratio_that_it_restates() -> None:
    text = "Kết nạp 1.092/2.255 đảng viên (đạt 48,4% chỉ tiêu giao), trong đó 60% là nữ."
    ratio, share, other = find_figures(text).items
    assert (share.share_of, other.share_of) == (ratio.start, None)
    assert share.flags == ()


def only(text: str) -> Figure:
    (figure,) = find_figures(text).items
    return figure
