"""What an import costs: extractors need neither spaCy nor underthesea, asking needs no pydantic."""

import subprocess
import sys

import pytest

LIGHT = {
    "extractors.references": ["spacy", "underthesea", "sqlite3", "pipeline"],
    "extractors.dates": ["spacy", "underthesea", "sqlite3", "pipeline"],
    "extractors.units": ["spacy", "underthesea", "sqlite3", "pipeline"],
    "extractors.figures": ["spacy", "underthesea", "sqlite3", "pipeline"],
    "pipeline": ["spacy", "underthesea", "pydantic", "sqlite_utils"],
    "pipeline.cli": ["spacy", "underthesea", "pydantic", "sqlite_utils", "trafilatura", "rich"],
    "pipeline.cli.asking": ["spacy", "underthesea", "pydantic", "sqlite_utils", "trafilatura", "rich"],
    "pipeline.cli.listing": ["spacy", "underthesea", "pydantic", "sqlite_utils", "trafilatura", "rich"],
    "pipeline.cli.exporting": ["spacy", "underthesea", "pydantic", "sqlite_utils", "pyarrow", "duckdb", "networkx"],
    "pipeline.cli.exporting_graphs": [
        "spacy",
        "underthesea",
        "pydantic",
        "sqlite_utils",
        "pyarrow",
        "duckdb",
        "networkx",
    ],
    "pipeline.run": ["spacy", "trafilatura", "pandas"],
}


@pytest.mark.parametrize(("module", "heavy"), LIGHT.items(), ids=LIGHT)
def test_import_is_light(module: str, heavy: list[str]) -> None:
    code = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
