"""Examples in docstrings are what the program does."""

import doctest
from importlib import import_module

import pytest

from tests.corpus import ROOT

MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in ("extractors", "pipeline")
    for path in sorted((ROOT / package).rglob("*.py"))
    if ">>>" in path.read_text("utf-8")
]


def test_there_are_examples() -> None:
    assert "extractors.keys" in MODULES


@pytest.mark.parametrize("module", MODULES)
def test_examples_hold(module: str) -> None:
    failed, tried = doctest.testmod(import_module(module))
    assert tried
    assert not failed
