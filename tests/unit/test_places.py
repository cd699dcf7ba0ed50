"""The gazetteer: its layers, its spellings, and the kinds of places both ways."""

import subprocess
import sys

import pytest

from extractors.places import KindRow, PlaceRow, gazetteer, key, kinds, levels, single_names, words
from extractors.tables import load_rows
from extractors.units import find_units


def test_number_of_provinces_in_each_layer() -> None:
    rows = load_rows("places.csv", PlaceRow)
    provinces = {layer: [] for layer in ("2025-06", "2025-07")}  # type: dict[str, list[str]]
    for row in rows:
        if row.name == row.province and row.source.startswith("NQ"):
            provinces[row.layer].append(row.name)
    assert len(provinces["2025-06"]) == 63
    assert len(provinces["2025-07"]) == 34


def test_number_of_districts_and_communes() -> None:
    places = {place for found in gazetteer().places.values() for place in found}
    assert sum(place.level == "district" and place.layer == "2025-06" for place in places) == 696
    assert 3_300 <= sum(place.level == "commune" and place.layer == "2025-07" for place in places) <= 3_321
    assert sum(place.level == "commune" and place.layer == "2025-06" for place in places) > 9_900


@pytest.mark.parametrize(
    ("spelling", "province"),
    [
        ("Thừa Thiên-Huế", "Thừa Thiên Huế"),
        ("ĐĂK NÔNG", "Đắk Nông"),
        ("Bắc Cạn", "Bắc Kạn"),
        ("HCM", "Hồ Chí Minh"),
        ("Bà Rịa – Vũng Tàu".replace("–", "-"), "Bà Rịa - Vũng Tàu"),
        ("Hà Tây", "Hà Tây"),
        ("Yên Lạc", None),
    ],
)
def test_province_spellings(spelling: str, province: str | None) -> None:
    assert gazetteer().province(spelling) == province


def test_homonyms_are_kept_apart() -> None:
    assert {place.province for place in gazetteer().find("Châu Thành")} > {"Bến Tre", "Kiên Giang"}
    assert levels(gazetteer().find("Yên Lạc")) == {"district", "commune"}
    assert gazetteer().find("Không Có Nơi Này") == []


def test_key_folds_spaces_and_hyphens() -> None:
    assert key("Phan Rang-Tháp\nChàm") == "phan rang - tháp chàm"


@pytest.mark.parametrize("row", kinds(), ids=lambda row: row.word)
def test_examples_of_kinds_both_ways(row: KindRow) -> None:
    for example in row.examples:
        found = find_units(example).items
        assert found, example
        assert found[0].unit_type == ("party" if row.inner else "locality"), example
        assert example.startswith(found[0].surface), example
    for example in row.counterexamples:
        assert [unit for unit in find_units(example).items if unit.unit_type == "locality"] == [], example


def test_word_lists() -> None:
    assert "nguyễn" in words("surnames")
    assert "Huế" in single_names()
    with pytest.raises(KeyError):
        words("no such list")


def test_loading_is_lazy_quick_and_small() -> None:
    code = (
        "import time, tracemalloc, extractors.places as places\n"
        "assert places.gazetteer.cache_info().currsize == 0\n"
        "start = time.process_time(); places.gazetteer(); spent = time.process_time() - start\n"
        "places.gazetteer.cache_clear(); tracemalloc.start(); places.gazetteer()\n"
        "print(spent, tracemalloc.get_traced_memory()[1])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, memory = map(float, run.stdout.split())
    assert seconds < 0.3
    assert memory < 60_000_000
