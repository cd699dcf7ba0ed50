"""No pattern takes much longer on a string made to slow it down than on any other of its length."""

import re
from collections.abc import Iterator

import pytest

from pipeline.segment.library import underthesea
from pipeline.segment.words import token_spans
from tests.cases import load
from tests.redos.attacks import attacks
from tests.redos.growth import LARGE, SMALL, alarm, grows, hangs, scans, worst
from tests.redos.patterns import Used, patterns, written

KNOWN = load("redos")
"""Patterns that do, and the window through which they are let look at a text."""
TOKENS: dict[str, object] = {"module": "pipeline.segment.library", "holds": "(?P<special>"}
"""The library's own pattern."""


@pytest.fixture(scope="module")
def used() -> list[Used]:
    return patterns()


@pytest.fixture(autouse=True)
def cut_off() -> Iterator[None]:
    with alarm():
        yield


def is_known(each: Used, case: dict[str, object]) -> bool:
    modules = {line.split(":")[0] for line in each.lines}
    return case["module"] in modules and str(case["holds"]) in each.pattern


def test_every_line_that_compiles_a_pattern_is_known(used: list[Used]) -> None:
    assert set(written()) - {line for each in used for line in each.lines} == set(), "let `_work` run these lines"


def test_time_grows_with_length(used: list[Used]) -> None:
    free = [each for each in used if not any(is_known(each, case) for case in [*KNOWN, TOKENS])]
    compiled = [(each, each.compiled()) for each in free]
    slow = [(each, attack) for each, pattern in compiled if (attack := worst(pattern, scans(pattern, each.methods)))]
    assert slow == []


@pytest.mark.parametrize("case", KNOWN, ids=lambda case: case["module"])
def test_what_is_slow_does_not_hang_in_its_window(case: dict[str, object], used: list[Used]) -> None:
    compiled = [(each, each.compiled()) for each in used if is_known(each, case)]
    assert compiled
    size = int(str(case["window"]))
    assert [each for each, pattern in compiled if hangs(pattern, scans(pattern, each.methods), size)] == []


def test_tokens_take_time_in_proportion() -> None:
    """The library's pattern hangs on addresses; it sees none, and long runs in pieces."""
    some = attacks(underthesea().tokens.pattern)[::5]
    assert [attack for attack in some if grows(token_spans, attack.text(SMALL), attack.text(LARGE))] == []


SLOW = {
    "repeat in a repeat": r"(?:a+)+$",
    "alternatives that begin alike": r"(?:số|số \d|\s|[\d ]{2,9}){0,40};",
    "repeats that share characters": r"\s*,?\s*;",
    "search for an end": r"\([^)]*\)",
    "repeat in a look-ahead": r"(?!\s*\n)\s;",
    "lazy repeats": r".*?a.*?b.*?c",
    "backwards": r"\d+$",
    "numerals": r"(?:[ivx]{1,5}|,){0,12}$",
}
FAST = {
    "bounded": r"\d{1,5}\s{0,3}-\s{0,3}[A-Z]{1,9}",
    "possessive": r"(?<!a)a++;",
    "words": r"(?<!\w)(?:nghị quyết|nghị định|chỉ thị)(?!\w)",
    "runs": r"[^\n]+",
}


@pytest.mark.parametrize("name", SLOW)
def test_slow_patterns_are_found(name: str) -> None:
    pattern = re.compile(SLOW[name])
    assert worst(pattern, [*scans(pattern), pattern.fullmatch], tries=1)


@pytest.mark.parametrize("name", FAST)
def test_fast_patterns_are_not(name: str) -> None:
    pattern = re.compile(FAST[name])
    assert worst(pattern, scans(pattern)) is None


def test_one_place_is_not_everywhere() -> None:
    pattern = re.compile(r"[^\n]*\)")
    assert worst(pattern, scans(pattern, ["match"])) is None
    assert worst(pattern, scans(pattern, ["match", "search"])) is not None


def test_attacks_try_each_alternative() -> None:
    pumps = {attack.pump for attack in attacks(r"số (?:\d+|[ivx]+|một|hai){1,20};")}
    assert pumps >= {"một", "hai", "i", "số i"}
