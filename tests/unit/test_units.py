"""Units: cases as data, the examples of the tables both ways, and what holds for any text."""

import json
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.models import UnitMention
from extractors.tries import trie
from extractors.units import find_units
from extractors.units.rows import BodyRow, bodies, heads, terms
from tests.growth import LIMIT, growth

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "units.toml").read_text("utf-8"))["case"]
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "dev"
PIECES = [
    *("Ban Thường vụ", "Tỉnh ủy", "TỈNH ỦY", "UBND", "xã", "tỉnh", "các", "và", ",", ".", " - ", "\n", "“", '"'),
    *("Vĩnh Phúc", "Nguyễn", "TP.", "HCM", "Hồ Chí Minh", "Sở", "Bộ", "Nội vụ", "về", "5", "\u200b", "\u00a0"),
    *("Đảng uỷ", "chi bộ", "xóm", "Huế", "Thừa Thiên", "Hội", "Trường", "Báo", "Ủy ban", "QĐ-", "/"),
]


def pairs(text: str) -> list[list[str]]:
    return [[unit.surface, unit.unit_type] for unit in find_units(text).items]


def marked(case: dict[str, object]) -> object:
    xfail = pytest.mark.xfail(strict=True, reason="known to be wrong")
    return pytest.param(case, marks=[xfail] if case["role"] == "xfail" else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, object]) -> None:
    assert pairs(str(case["text"])) == case["units"]


@pytest.mark.parametrize("row", bodies(), ids=lambda row: row.heads[0])
def test_examples_of_bodies_both_ways(row: BodyRow) -> None:
    for printed in row.examples:
        found = find_units(printed).items
        assert found, printed
        assert found[0].surface == printed or (row.before and printed.startswith(found[0].surface))
        assert row.kind in ("inherit", found[0].unit_type), printed
    for printed in row.counterexamples:
        kinds = {unit.unit_type for unit in find_units(printed).items}
        assert not kinds - {"locality"} or (row.kind != "inherit" and row.kind not in kinds), printed


def test_every_row_says_its_source_and_shows_an_example() -> None:
    for row in bodies():
        assert row.source, row.heads
        assert row.examples or row.inside or row.after, row.heads


def test_heads_are_looked_up_in_lower_case() -> None:
    assert all(phrase == phrase.lower() for phrase in heads())
    assert heads()["ubnd"][0].full == "Ủy ban nhân dân"


def test_unknown_list_of_terms() -> None:
    with pytest.raises(KeyError):
        terms("no such list")


@pytest.mark.parametrize(
    ("text", "name", "level", "place"),
    [
        ("BTV Tỉnh uỷ", "Ban Thường vụ Tỉnh ủy", "province", None),
        ("UBND TP. Vĩnh Yên", "Ủy ban nhân dân thành phố Vĩnh Yên", "district", "Vĩnh Yên"),
        ("ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN", "Ủy ban nhân dân tỉnh Nghệ An", "province", "Nghệ An"),
        ("Ban Thường  vụ Huyện ủy Bình Xuyên", "Ban Thường vụ Huyện ủy Bình Xuyên", "district", "Bình Xuyên"),
        ("Tỉnh ủy Đăk Nông", "Tỉnh ủy Đắk Nông", "province", "Đắk Nông"),
        ("Ủy ban MTTQ Việt Nam tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "province", None),
        ("TP.HCM", "thành phố Hồ Chí Minh", "province", "Hồ Chí Minh"),
        ("H.Bình Chánh", "huyện Bình Chánh", "district", "Bình Chánh"),
        ("Bộ Chính trị", "Bộ Chính trị", "central", None),
        ("Đảng bộ xã Định Trung", "Đảng bộ xã Định Trung", "commune", "Định Trung"),
        ("HĐND TPHCM", "Hội đồng nhân dân thành phố Hồ Chí Minh", "province", "Hồ Chí Minh"),
        ("UBND TP", "Ủy ban nhân dân thành phố", None, None),
        ("HỘI LHTN VIỆT NAM", "Hội LHTN Việt Nam", None, None),
        ("SỞ NỘI VỤ NGHỆ AN", "Sở Nội vụ Nghệ An", "province", "Nghệ An"),
        ("BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", "Ban Quản lý các khu công nghiệp", None, None),
        ("CHI BỘ TRƯỜNG THCS NAM HÀ", "Chi bộ Trường THCS nam hà", "base", None),
        ("Ủy ban Nông nghiệp Trung ương", "Ủy ban Nông nghiệp Trung ương", "central", None),
        ("Ủy ban Kiểm tra Thành ủy Hà Nội", "Ủy ban Kiểm tra Thành ủy Hà Nội", "province", "Hà Nội"),
        ("Thành ủy Vĩnh Yên", "Thành ủy Vĩnh Yên", "district", "Vĩnh Yên"),
        ("Ủy ban Pháp luật của Quốc hội", "Ủy ban Pháp luật của Quốc hội", "central", None),
    ],
)
def test_normal_form(text: str, name: str, level: str | None, place: str | None) -> None:
    (unit,) = find_units(text).items
    assert (unit.name, unit.level, unit.place) == (name, level, place)


def test_refused_names_are_near_misses() -> None:
    found = find_units("Các Đảng ủy đều họp.")
    assert found.items == []
    assert [near.surface for near in found.near] == ["Đảng ủy"]


def test_trie_matches_the_longest() -> None:
    assert trie(["ban", "ban bí thư", "bộ"]) == "b(?:an(?: bí thư)?|ộ)"
    assert trie(["a", "ab"], "!") == "a(?:b!|!)"


def check_spans(text: str) -> None:
    items: list[UnitMention] = find_units(text).items
    assert all(text[unit.start : unit.end] == unit.surface for unit in items)
    assert all(before.end <= after.start for before, after in pairwise(items))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_spans_hold_and_stay_apart(text: str) -> None:
    check_spans(text)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("Ban Thường vụNguyễn - HCM")
def test_words_run_together(text: str) -> None:
    check_spans(text)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check_spans(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("A", "a", "1", " ", "\n", '"', "Ban ", "Hội ", "Ủy ban ", "các xã ", "Nguyễn ", "xã Sơn, ", "Tỉnh ủy ", "- "),
        *(
            "tỉnh ",
            "Chi bộ ",
            "HỘI ",
            "Văn phòng Đảng ủy ",
            "Sở Nội vụ và ",
            "Ban Chỉ đạo về a, ",
            "Trường Học ",
            "Huế - ",
        ),
    ],
)
def test_time_grows_in_line(piece: str) -> None:
    assert growth(find_units, lambda size: piece * (size // len(piece))) < LIMIT


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated texts are not here")
def test_most_gold_units_are_found() -> None:
    hits = total = found = 0
    for path in sorted(GOLD.glob("*.json")):
        text = path.with_suffix(".txt").read_text("utf-8-sig")
        gold = json.loads(path.read_text("utf-8"))["units"]
        surfaces = [unit.surface for unit in find_units(text).items]
        total, found = total + len(gold), found + len(surfaces)
        for unit in gold:
            if unit["surface"] in surfaces:
                surfaces.remove(unit["surface"])
                hits += 1
    assert 2 * hits / (total + found) >= 0.95
