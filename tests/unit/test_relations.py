"""Relations: cases as data; their evidence stands in the text, their ends are mentions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import find_dates
from extractors.models import Reference
from extractors.references import find_references
from extractors.relations import SELF, find_relations
from extractors.units import find_units
from tests.cases import load


def read(text: str) -> list[Reference]:
    return find_references(text, find_dates(text).items, find_units(text).items).items


@pytest.mark.parametrize("case", load("relations"), ids=lambda case: str(case.get("note", case["text"]))[:40])
def test_stated_relations(case: dict[str, object]) -> None:
    text = str(case["text"]).lstrip("\n")
    references = read(text)
    own = next((reference for reference in references if "own" in case and reference.symbol == case["own"]), None)
    found = find_relations(text, references, own is not None, own)
    in_order = sorted(found, key=lambda relation: relation.to_start)
    assert [[relation.origin, relation.kind, relation.to] for relation in in_order] == case["found"]


PIECES = [
    "Căn cứ ", "Thực hiện ", "sửa đổi, bổ sung ", "thay thế ", "được sửa đổi, bổ sung bởi ", "bãi bỏ ", "\n", "; ", ". ", ", ", " và ",
    "Quyết định số 3/QĐ-UBND", "Luật Đất đai", "Quyết định này", "Kế hoạch số 5-KH/TU", " về thực hiện ", "ban hành kèm theo ", "Số ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.booleans())
def test_a_relation_quotes_its_text_and_joins_two_mentions(text: str, is_document: bool) -> None:
    references = read(text)
    starts = {reference.start for reference in references}
    for relation in find_relations(text, references, is_document):
        assert text[relation.start : relation.end] == relation.surface
        assert relation.to_start in starts
        assert (relation.from_start is None) == (relation.origin == SELF)
        assert relation.from_start in {None, *starts}
        assert relation.origin != relation.to


def test_growth_is_linear_in_the_number_of_references() -> None:
    """Twice the text has about twice the relations, none between the copies."""
    once = "Quyết định số 5/QĐ-UBND thay thế Quyết định số 3/QĐ-UBND.\n"
    for times in (1, 2, 4, 8):
        text = once * times
        assert len(find_relations(text, read(text))) == times
