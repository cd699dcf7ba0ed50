"""Figures: the cases, the tables both ways, and what must hold for any text."""

import json
import re
import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.figures import begins_counted_noun, find_figures
from extractors.figures.contexts import ComparatorWords, HeadGroup, comparator_words, head_groups
from extractors.figures.nouns import NounGroup, find_noun, noun_groups
from extractors.figures.numerals import parse_number
from extractors.models import Figure, Span
from pipeline.stages import analyse_bytes
from tests.growth import LIMIT, growth

CASES = Path(__file__).parent.parent / "cases"
GOLD = Path(__file__).parents[3] / "shared/gold/dev"
SIGNS = {"gt", "lt", "ge", "le", "approx"}
FLAGS = {"separators_swapped", "percentage_mismatch"}


def read_cases(file: str) -> list[dict[str, object]]:
    cases: list[dict[str, object]] = tomllib.loads((CASES / file).read_text("utf-8"))["case"]
    return cases


def spans_of(text: str, surfaces: object) -> list[Span]:
    assert isinstance(surfaces, list)
    return [Span.cut(text, text.index(part), text.index(part) + len(part)) for part in surfaces]


def describe(figure: Figure) -> str:
    """Write a figure the way the cases do."""
    words = [str(figure.value)]
    words += [] if figure.of is None else ["of", str(figure.of)]
    words += [] if figure.max is None else ["max", str(figure.max)]
    words += [figure.comparator] if figure.comparator in SIGNS else []
    words += [flag for flag in figure.flags if flag in FLAGS]
    return f"{figure.surface} | {figure.unit} | {' '.join(words)}"


@pytest.mark.parametrize("case", read_cases("figures.toml"), ids=lambda case: str(case["text"])[:40])
def test_case(case: dict[str, object]) -> None:
    text = str(case["text"])
    found = find_figures(text, spans_of(text, case.get("taken", []))).items
    assert [describe(figure) for figure in found] == case["figures"]


@pytest.mark.parametrize("case", read_cases("figures_none.toml"), ids=lambda case: str(case["role"]))
def test_no_figure(case: dict[str, object]) -> None:
    assert [figure.surface for figure in find_figures(str(case["text"])).items] == []


@pytest.mark.parametrize("row", noun_groups(), ids=lambda row: row.name)
def test_every_noun_is_counted(row: NounGroup) -> None:
    for noun in row.nouns:
        units = [figure.unit for figure in find_figures(f"Nay có 7 {noun}.").items]
        assert units == ([] if row.kind == "none" else [noun]), noun


def test_no_noun_stands_in_two_groups() -> None:
    nouns = [noun for row in noun_groups() for noun in row.nouns]
    assert sorted(nouns) == sorted(set(nouns))


@pytest.mark.parametrize("row", noun_groups(), ids=lambda row: row.name)
def test_noun_examples(row: NounGroup) -> None:
    for text in row.examples:
        if row.kind != "none":
            assert any(row.name in groups_of(figure) for figure in find_figures(text).items), text
    for text in row.counterexamples:
        assert not any(row.name in groups_of(figure) for figure in find_figures(text).items), text


def groups_of(figure: Figure) -> set[str]:
    """The groups of the words of a unit."""
    unit = (figure.unit or "").lower()
    starts = [0, *(match.end() for match in re.finditer(" |, ", unit))]
    return {found[1].name for at in starts if (found := find_noun(unit, at))}


@pytest.mark.parametrize("words", comparator_words(), ids=lambda words: words.before[0])
def test_comparator_words(words: ComparatorWords) -> None:
    for text in [*words.examples, *(f"Cần {before} 200 người." for before in words.before)]:
        assert [figure.comparator for figure in find_figures(text).items] == [words.sign], text
    for text in [f"Cần từ 200 người {after}." for after in words.after]:
        assert [figure.comparator for figure in find_figures(text).items] == [words.sign], text
    for text in words.counterexamples:
        assert words.sign not in [figure.comparator for figure in find_figures(text).items], text


@pytest.mark.parametrize("row", head_groups(), ids=lambda row: row.name)
def test_head_examples(row: HeadGroup) -> None:
    for text in row.examples:
        assert not find_figures(text).items, text
    for text in row.counterexamples:
        assert find_figures(text).items, text


@pytest.mark.parametrize(
    ("printed", "whole", "value"),
    [
        ("1.200", True, "1200"),
        ("1,200", True, "1200"),
        ("1,200", False, "1.200"),
        ("48,4", False, "48.4"),
        ("1.250,5", False, "1250.5"),
        ("1,250.5", False, "1250.5"),
        ("03", True, "3"),
    ],
)
def test_number(printed: str, whole: bool, value: str) -> None:
    read = parse_number(printed, whole)
    assert read is not None
    assert read[0] == Decimal(value)


@pytest.mark.parametrize("printed", ["0912345678", "8.1.2", "1.2,3.4", "12.34.567"])
def test_no_number(printed: str) -> None:
    assert parse_number(printed, whole=True) is None


def test_counted_noun_tells_a_count_from_a_year() -> None:
    assert begins_counted_noun("2025 đảng viên", 4)
    assert begins_counted_noun("2025đảng viên", 4)
    assert not begins_counted_noun("2025 tỉnh phấn đấu", 4)
    assert not begins_counted_noun("2025", 4)


def test_near_misses_have_reasons() -> None:
    near = find_figures("Sáng 2/9 tỉnh tổ chức lễ; Nghị quyết 27 Tỉnh ủy.").near
    assert [(miss.surface, miss.reason) for miss in near] == [
        ("2/9 tỉnh", "score or date"),
        ("27 Tỉnh ủy", "name or address"),
    ]


WORDS = """1 2 15 1.200 2020 48,4% 13/13 5-7 từ đến trên gần người đảng viên, chi bộ ( ) % tháng năm ngày triệu
đồng trở lên và , . : Điều khoản tổng số \u200b 𝟓 İ ² ٣"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\u00a0"])
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), st.integers(1, 9)), max_size=5))
def test_spans_hold_for_any_text(text: str, places: list[tuple[int, int]]) -> None:
    taken = [Span.cut(text, at, at + size) for at, size in places if at + size <= len(text)]
    found = find_figures(text, taken).items
    for figure in found:
        assert text[figure.start : figure.end] == figure.surface
        assert not any(figure.overlaps(span) for span in taken)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "unit", ["1", "1.", "1/", "1, ", "1 đến ", "a: 1, ", "5% (", "1 chi, ", "từ 1 người a b ", '"1']
)
def test_time_grows_linearly(unit: str) -> None:
    assert growth(find_figures, lambda size: unit * (size // len(unit))) < LIMIT


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated development texts are not at hand")
def test_finds_what_is_annotated() -> None:
    wanted = found = right = 0
    for path in sorted(GOLD.glob("*.txt")):
        text = path.read_text("utf-8-sig")
        gold = {
            (item["surface"], Decimal(str(item["value"])))
            for item in json.loads(path.with_suffix(".json").read_text("utf-8"))["figures"]
        }
        items = {(figure.surface, figure.value) for figure in find_figures(text).items}
        wanted, found, right = wanted + len(gold), found + len(items), right + len(gold & items)
    assert 2 * right / (wanted + found) >= 0.93


def test_numbers_of_bodies_count_nothing() -> None:
    text = "Ban Chỉ đạo 35 tỉnh và Chi bộ Quân khu 7 năm nay kết nạp 12 đảng viên.\n"
    findings = analyse_bytes(text.encode(), "a.txt", words=False).findings
    assert [figure.surface for figure in findings.figures] == ["12 đảng viên"]


@pytest.mark.parametrize("counted", ["10 tỷ đồng", "15 lớp", "30 giáo viên", "10 chi bộ", "100% học sinh"])
@pytest.mark.parametrize("body", ["Thuế cơ sở", "Trường Tiểu học", "Quận ủy"])
def test_what_is_counted_behind_a_body_is_no_number_of_it(body: str, counted: str) -> None:
    findings = analyse_bytes(f"{body} {counted} đã có.\n".encode(), "a.txt", words=False).findings
    assert [figure.surface for figure in findings.figures] == [counted.removesuffix(" học sinh")]
