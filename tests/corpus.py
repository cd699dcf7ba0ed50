"""The project's own corpus, for tests."""

import json
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).parent.parent
TEXTS = ROOT / "corpus" / "texts"
GOLD = ROOT / "corpus" / "gold"


class GoldRecord(TypedDict):
    """A gold file."""

    id: str
    file: str
    references: list[dict[str, object]]
    dates: list[dict[str, object]]
    units: list[dict[str, object]]
    figures: list[dict[str, object]]


def gold_records() -> list[GoldRecord]:
    """All gold files in order of their names."""
    return [json.loads(file.read_text("utf-8")) for file in sorted(GOLD.glob("*.json"))]


def texts() -> list[Path]:
    """All texts in order of their names."""
    return sorted(TEXTS.iterdir())
