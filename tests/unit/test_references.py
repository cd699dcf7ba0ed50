"""References: cases as data, all symbols of the tables in all separators, properties on any text."""

import csv
import json
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import find_dates
from extractors.models import Reference
from extractors.references import find_references, named
from extractors.symbols import type_codes
from extractors.tables import doc_types, issuers
from extractors.units import find_units
from tests.cases import load

PROVINCE = Path(__file__).parents[3] / "shared" / "data" / "symbols" / "binh-duong.csv"
CORPUS = Path(__file__).parents[2] / "corpus" / "texts"
CASES = load("references")


def read(text: str) -> list[Reference]:
    return find_references(text, find_dates(text).items, find_units(text).items).items


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:40])
def test_cited_documents(case: dict[str, object]) -> None:
    found = [reference.model_dump() for reference in read(str(case["text"]))]
    expected = case["found"]
    assert isinstance(expected, list)
    assert [item["surface"] for item in found] == [
        item.get("surface", found[at]["surface"]) for at, item in enumerate(expected)
    ], found
    for item, fields in zip(found, expected, strict=True):
        for name, value in fields.items():
            printed = tuple(value) if isinstance(value, list) else None if value == "none" else value
            assert item[name] == printed, (name, item)


@pytest.mark.parametrize("case", load("references_none"), ids=lambda case: f"{case['role']}: {str(case['text'])[:20]}")
def test_numbers_that_name_no_document(case: dict[str, object]) -> None:
    assert [reference.surface for reference in read(str(case["text"]))] == []


SEPARATORS = [("-", "/"), ("/", "-"), ("–", "/"), (" - ", "/"), ("- ", "/"), ("-", " / "), ("‑", "/")]
PARTY = [row.code for row in issuers() if row.system == "party" and not row.ambiguous]


@pytest.mark.parametrize("separators", SEPARATORS, ids=lambda pair: f"{pair[0]}{pair[1]}")
def test_every_party_symbol_is_found_in_every_way_of_writing(separators: tuple[str, str]) -> None:
    first, second = separators
    missed = []
    for code, issuer in product(type_codes(), PARTY):
        printed = f"682{first}{code}{second}{issuer}"
        found = find_references(f"theo văn bản số {printed}, các cấp ủy").items
        if [reference.surface for reference in found] != [f"số {printed}"]:
            missed.append(printed)
    assert missed == []


@pytest.mark.skipif(not PROVINCE.exists(), reason="no list of 2,000 real symbols beside the checkout")
def test_real_symbols_of_one_province() -> None:
    with PROVINCE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    symbols = [row["so_ky_hieu"].strip() for row in rows]
    whole = [symbol for symbol in symbols if _is_read_whole(symbol)]
    assert len(symbols) == 2000
    assert len(whole) / len(symbols) >= 0.99


def _is_read_whole(symbol: str) -> bool:
    found = find_references(f"theo Công văn số {symbol} ngày 1/1/2020").items
    return len(found) == 1 and found[0].surface == f"Công văn số {symbol}"


def test_what_was_refused_is_kept_with_its_reason() -> None:
    found = find_references("mẫu 2C-HD và kế hoạch 5 năm")
    assert found.items == []
    assert {(miss.surface, miss.reason) for miss in found.near} >= {("kế hoạch 5", "the number counts the next word")}


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["Quy định ", "số ", "682", "-QĐ/TU", "/QĐ-UBND", " của ", "Bộ Chính trị", " về ", "ngày 1/2/2020", ", ", "; ",
             "Luật ", '"', "“", "(", ")", "\n", "\u200b", "…", "/2020/NĐ-CP", " và ", "NQ", "khoản 2 Điều 5 ", "–"]
        ),
        st.text(max_size=4),
        st.integers(0, 99999).map(str),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES)
def test_any_text(text: str) -> None:
    found = read(text)
    assert all(text[item.start : item.end] == item.surface for item in found)
    assert all(before.start <= after.start for before, after in pairwise(found))
    with_numbers = [item for item in found if item.number]
    assert all(before.end <= after.start for before, after in pairwise(with_numbers))
    for item in found:
        for printed in (item.issuer, item.title, item.provision):
            assert printed is None or printed in text


@given(PIECES)
def test_offsets_move_with_the_text(text: str) -> None:
    before = "Báo đăng.\n\n"
    assert [(r.start + len(before), r.surface) for r in read(text)] == [
        (r.start, r.surface) for r in read(before + text)
    ]


def test_what_points_to_nothing_is_kept_with_its_reason() -> None:
    found = find_references("Chỉ thị này yêu cầu các cấp ủy quán triệt.")
    assert found.items == []
    assert [(miss.surface, miss.reason.split(",")[0]) for miss in found.near] == [("Chỉ thị này", "it points back")]


LAWS = Path(__file__).parents[3] / "shared" / "data" / "spans" / "state-law-spans.jsonl"
DATE_BEHIND = re.compile(r"\s*,?\s*(?:ngày\s.*|\(ngày.*)$")
NAMED_LABELS = {"L", "BL", "PL", "HP"}


@pytest.mark.skipif(not LAWS.exists(), reason="no annotated sentences of state law beside the checkout")
def test_sentences_of_state_law() -> None:
    """Recall on spans that others annotated; their printed dates are cut off, as the spans here hold none."""
    hits = {"numbered": [0, 0], "named": [0, 0]}
    for line in LAWS.read_text("utf-8").splitlines():
        record = json.loads(line)
        text = record["data"]["value"].replace("_", " ")
        found = [(r.start, r.end) for r in find_references(text, find_dates(text).items).items]
        for value in (result["value"] for note in record["annotations"] for result in note["result"]):
            kind, span = _expected(text, value)
            if kind:
                hits[kind][0] += any(_same(span, other, kind) for other in found)
                hits[kind][1] += 1
    assert hits["numbered"][0] / hits["numbered"][1] >= 0.99
    assert hits["named"][0] / hits["named"][1] >= 0.91


def _expected(text: str, value: dict[str, Any]) -> tuple[str | None, tuple[int, int]]:
    words = DATE_BEHIND.sub("", text[value["start"] : value["end"]])
    span = value["start"], value["start"] + len(words)
    if re.search(r"\d\s*[/-]\s*[\dA-ZĐ]", words):
        return "numbered", span
    return ("named" if value["labels"][0] in NAMED_LABELS else None), span


def _same(span: tuple[int, int], other: tuple[int, int], kind: str) -> bool:
    common = min(span[1], other[1]) - max(span[0], other[0])
    joint = max(span[1], other[1]) - min(span[0], other[0])
    return common / joint >= 0.5 or (kind == "named" and span[0] == other[0])


def test_the_head_of_a_document() -> None:
    text = (
        "TỈNH ỦY NƠI ẤY\n*\nSố 7-CT/TU\nNơi Ấy, ngày 12 tháng 4 năm 2024\n\nCHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\n"
        "về tăng cường sự lãnh đạo của cấp ủy\nđối với công tác giữ rừng\n-----\n\nNhững năm qua, rừng được giữ tốt."
    )
    (own,) = read(text)
    assert own.flags == ("letterhead",)
    assert (own.surface, own.doc_type, own.issued) == ("7-CT/TU", "chỉ thị", "2024-04-12")
    assert own.title == "tăng cường sự lãnh đạo của cấp ủy\nđối với công tác giữ rừng"


def test_a_name_that_the_text_gives_a_document_means_it_afterwards() -> None:
    text = (
        "Quyết định số 9/QĐ-UBND ngày 3/5/2021 về giữ rừng (sau đây gọi tắt là Quyết định) giao việc cho xã.\n"
        "Các xã báo cáo kết quả theo Quyết định. Mọi quyết định khác, Quyết định số 4/QĐ-UBND, giữ nguyên."
    )
    found = [(reference.surface, reference.target) for reference in read(text) if reference.form == "anaphoric"]
    assert found == [("Quyết định", "9/QĐ-UBND"), ("Quyết định", "9/QĐ-UBND")]


MISREAD = {
    "Quy định 682-0Đ/TU": "682-QĐ/TU",
    "theo l2-CT/TW nêu": "12-CT/TW",
    "Kết luận 05KL/TW": "05-KL/TW",
}


@pytest.mark.parametrize(("text", "meant"), MISREAD.items(), ids=MISREAD)
def test_what_recognition_misread_is_told(text: str, meant: str) -> None:
    found = find_references(text)
    assert [miss.reason for miss in found.near if meant in miss.reason] == [f"perhaps {meant} misread"]
    assert meant not in {reference.symbol for reference in found.items}, "it is told, and not corrected"


def test_a_code_that_may_be_misread_is_flagged() -> None:
    assert [
        (each.symbol, each.flags) for each in find_references("Nghị quyết số 02-NO/TW; Nghị quyết 02-NQ/TW").items
    ] == [
        ("02-NO/TW", ("unknown_type", "ocr_suspect")),
        ("02-NQ/TW", ()),
    ]


def first_letters(parsed: Any) -> tuple[set[str], bool]:
    """The letters with which a parsed pattern may begin (all of `TYPE_LETTERS` where any may), and whether it may match nothing."""
    letters: set[str] = set()
    for operation, argument in parsed:
        name = str(operation)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        found, empty = FIRST[name](argument) if name in FIRST else (TYPE_LETTERS, False)
        letters |= found
        if not empty:
            return letters, False
    return letters, True


def of_branches(branches: Any) -> tuple[set[str], bool]:
    firsts = [first_letters(branch) for branch in branches]
    return set().union(*(letters for letters, _ in firsts)), any(empty for _, empty in firsts)


TYPE_LETTERS = {letter for row in doc_types() for letter in (row.name[0], row.name[0].upper())} | {"H", "h"}
FIRST: dict[str, Callable[[Any], tuple[set[str], bool]]] = {
    "LITERAL": lambda code: ({chr(code)}, False),
    "IN": lambda members: ({chr(code) for name, code in members if str(name) == "LITERAL"}, False),
    "SUBPATTERN": lambda group: first_letters(group[-1]),
    "ATOMIC_GROUP": first_letters,
    "BRANCH": lambda branch: of_branches(branch[1]),
    "MAX_REPEAT": lambda repeat: (first_letters(repeat[2])[0], repeat[0] == 0 or first_letters(repeat[2])[1]),
}
"""How an operation of Python's own parser of patterns begins."""


def test_letters_leave_no_match_out(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: dict[re.Pattern[str], str] = {}

    def note(pattern: re.Pattern[str], text: str, starts: Sequence[int], letters: str) -> Sequence[re.Match[str]]:
        tried[pattern] = letters
        return ()

    monkeypatch.setattr(named, "at_heads", note)
    read("Ngày 3/4/2025, Huyện ủy Yên Lạc họp.")
    assert len(tried) > 12
    for pattern, letters in tried.items():
        begins = first_letters(import_module("re._parser").parse(pattern.pattern))[0]
        assert not begins & TYPE_LETTERS - set(letters), pattern.pattern
