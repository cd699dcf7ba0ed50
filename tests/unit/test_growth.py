"""Work grows with the text and not faster: hostile inputs at sizes 1, 2, 4, 8.

Regular expressions are timed against themselves: the ratio of eight times the input to one is bounded
generously, so that only a quadratic pattern (64 times) fails, on any machine.
"""

from collections.abc import Callable
from time import process_time

import pytest

from extractors.dates import find_dates
from extractors.figures import find_figures
from extractors.references import find_references
from extractors.relations import find_relations
from extractors.units import find_units
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
SMALLEST = 20_000
QUADRATIC = 64


def seconds(find: Callable[[str], object], text: str) -> float:
    best = min(_once(find, text) for _ in range(2))
    return max(best, 0.002)


def _once(find: Callable[[str], object], text: str) -> float:
    start = process_time()
    find(text)
    return process_time() - start


@pytest.mark.parametrize("finder", FINDERS)
@pytest.mark.parametrize("shape", HOSTILE)
def test_no_worse_than_linear(finder: str, shape: str) -> None:
    small, large = (seconds(FINDERS[finder], hostile(shape, SMALLEST * times)) for times in (1, 8))
    assert large / small < QUADRATIC / 2, f"{large / small:.0f} times the work for 8 times the text"
