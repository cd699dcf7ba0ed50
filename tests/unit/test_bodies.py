"""Bodies: which one a mention means, to which it belongs, which one followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.bodies import CanonicalUnit, canonical_units, parent_of, successor_of
from extractors.bodies.forms import KINDS, put_together, take_apart
from extractors.models import Level
from extractors.places import gazetteer
from extractors.tables import successor_rows
from extractors.units import find_units
from tests.cases import load
from tests.corpus import texts

FARTHEST = 6
"""Steps from any body to the top."""


@pytest.mark.parametrize("case", load("bodies"), ids=lambda case: str(case["note"]))
def test_bodies_meant(case: dict[str, object]) -> None:
    units = find_units(str(case["text"])).items
    assert [body.name for body in canonical_units(units, str(case["province"]) or None)] == case["found"]


def local(name: str, level: Level, place: str, province: str) -> CanonicalUnit:
    return CanonicalUnit(name, "party" if "ủy" in name else "state", level, place, province)


@pytest.mark.parametrize(
    ("unit", "parent"),
    [
        (local("Ban Thường vụ Tỉnh ủy An Giang", "province", "An Giang", "An Giang"), "Tỉnh ủy An Giang"),
        (local("Tỉnh ủy An Giang", "province", "An Giang", "An Giang"), "Ban Chấp hành Trung ương Đảng"),
        (local("Huyện ủy Châu Phú", "district", "Châu Phú", "An Giang"), "Tỉnh ủy An Giang"),
        (local("Sở Nội vụ tỉnh An Giang", "province", "An Giang", "An Giang"), "Ủy ban nhân dân tỉnh An Giang"),
        (local("Công an huyện Châu Phú", "district", "Châu Phú", "An Giang"), "Công an tỉnh An Giang"),
        (CanonicalUnit("huyện Châu Phú", "locality", "district", "Châu Phú", "An Giang"), "tỉnh An Giang"),
        (CanonicalUnit("Bộ Nội vụ", "state", "central"), "Chính phủ"),
        (CanonicalUnit("Quốc hội", "state", "central"), None),
        (CanonicalUnit("Tỉnh ủy", "party", "province"), None),
    ],
)
def test_parents(unit: CanonicalUnit, parent: str | None) -> None:
    above = parent_of(unit)
    assert (above and above.name) == parent


@pytest.mark.parametrize(
    ("unit", "successor", "since"),
    [
        (local("Tỉnh ủy Vĩnh Phúc", "province", "Vĩnh Phúc", "Vĩnh Phúc"), "Tỉnh ủy Phú Thọ", "2025-07-01"),
        (local("Ban Dân vận Tỉnh ủy Quảng Nam", "province", "Quảng Nam", "Quảng Nam"), "Ban Tuyên giáo và Dân vận Thành ủy Đà Nẵng", "2025-07-01"),
        (CanonicalUnit("tỉnh Quảng Nam", "locality", "province", "Quảng Nam", "Quảng Nam"), "thành phố Đà Nẵng", "2025-07-01"),
        (local("Huyện ủy Châu Phú", "district", "Châu Phú", "An Giang"), None, "2025-07-01"),
        (CanonicalUnit("Bộ Kế hoạch và Đầu tư", "state", "central"), "Bộ Tài chính", "2025-03-01"),
    ],
)  # fmt: skip
def test_successors(unit: CanonicalUnit, successor: str | None, since: str) -> None:
    followed = successor_of(unit)
    assert followed
    assert (followed.unit and followed.unit.name, followed.since) == (successor, since)


def test_a_province_that_goes_on_has_no_successor() -> None:
    assert successor_of(local("Tỉnh ủy Nghệ An", "province", "Nghệ An", "Nghệ An")) is None


def test_provinces_in_the_table_of_successors_are_known() -> None:
    rows = [row for row in successor_rows() if row.kind == "province"]
    assert len(rows) > 29
    for row in rows:
        assert gazetteer().province(row.name), row
        assert gazetteer().province(row.successor), row
        assert row.successor_kind in KINDS, row


@pytest.mark.parametrize("file", texts(), ids=lambda file: file.name)
def test_every_chain_of_parents_ends(file: object) -> None:
    units = find_units(str(file.read_text("utf-8"))).items  # type: ignore[attr-defined]
    for body in set(canonical_units(units, None)):
        above: CanonicalUnit | None = body
        for _ in range(FARTHEST):
            above = parent_of(above) if above else None
        assert above is None, body


@given(st.text(max_size=60), st.none() | st.text(min_size=1, max_size=20))
def test_names_are_taken_apart_without_loss(name: str, place: str | None) -> None:
    form = take_apart(name, place)
    assert form.core in name
    assert put_together(form) or not form.core
