"""Inputs that broke something once, and a taste of what `make fuzz` tries: whatever the bytes, the checks of `targets` hold."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import INPUTS, compose
from tests.fuzz.shrink import failure, shrink
from tests.fuzz.targets import TARGETS
from tests.fuzz.words import families

KEPT = sorted(file for file in INPUTS.rglob("*") if file.is_file())


@pytest.mark.parametrize("file", KEPT, ids=lambda file: f"{file.parent.name}: {file.name}")
def test_what_failed_once(file: Path) -> None:
    TARGETS[file.parent.name].check(file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(data=st.binary(min_size=1, max_size=400))
def test_any_bytes(name: str, data: bytes) -> None:
    TARGETS[name].check(TARGETS[name].make(data))


@given(st.binary(max_size=600))
@settings(deadline=None)
def test_bytes_become_texts_that_files_can_hold(data: bytes) -> None:
    made = compose.text(data)
    assert len(made) <= compose.LONGEST
    assert made.encode().decode() == made
    assert made == compose.text(data)


def test_words_are_those_of_the_tables() -> None:
    words = set().union(*families())
    assert {"nghị quyết", "NQ", "Cà Mau", "Bộ Chính trị", "đảng viên"} <= words


def test_an_input_is_cut_to_what_fails() -> None:
    def check(data: bytes) -> None:
        if "ữ".encode() in data:
            raise ValueError(data)

    assert failure(check, b"a") is None
    assert failure(check, "chữ".encode()) == "ValueError"
    assert shrink(check, "một câu dài có chữ ở giữa, rồi thôi".encode()) == "ữ".encode()
