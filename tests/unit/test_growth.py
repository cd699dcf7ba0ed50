"""Work grows with the text and not faster, on hostile inputs."""

from collections.abc import Callable

import pytest

from extractors.dates import find_dates
from extractors.figures import find_figures
from extractors.references import find_references
from extractors.relations import find_relations
from extractors.units import find_units
from pipeline.clean import clean
from pipeline.document import Piece, Source
from pipeline.letterhead import read_header
from tests.growth import LIMIT, growth
from tests.hostile import HOSTILE, hostile


def read_relations(text: str) -> object:
    return find_relations(text, find_references(text, find_dates(text).items).items, is_document=True)


FINDERS: dict[str, Callable[[str], object]] = {
    "dates": find_dates,
    "units": find_units,
    "references": find_references,
    "figures": find_figures,
    "relations": read_relations,
}


@pytest.mark.parametrize("finder", FINDERS)
@pytest.mark.parametrize("shape", HOSTILE)
def test_no_worse_than_linear(finder: str, shape: str) -> None:
    times = growth(FINDERS[finder], lambda size: hostile(shape, size))
    assert times < LIMIT, f"{times:.0f} times the work for 8 times the text"


LETTERHEAD = "TỈNH ỦY A\n*\nSố 5-QĐ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 5 tháng 6 năm 2020\nQUYẾT ĐỊNH\n"
BELOW = {
    "a line of capitals": "ĐIỀU 1 A B C ",
    "lines of capitals": "BAN A\n",
    "columns": "ĐẢNG   BỘ   ",
    "cells": "A | B | ",
    "numbers": "Số: 5/QĐ-UBND\n",
    "signatures": "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH\n",
}
"""What is repeated where the letterhead of a document ends."""


@pytest.mark.parametrize("shape", BELOW)
def test_headers_no_worse_than_linear(shape: str) -> None:
    def text(size: int) -> str:
        return LETTERHEAD + BELOW[shape] * (size // len(BELOW[shape]))

    times = growth(lambda printed: read_header(clean(Source("0" * 64, "text", (Piece(printed),))), [], [], []), text)
    assert times < LIMIT, f"{times:.0f} times the work for 8 times the text"
