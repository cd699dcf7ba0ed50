"""The program's version, and that of its findings: a text read by other rules is read again."""

from functools import cache
from hashlib import sha256
from pathlib import Path

VERSION = "0.1.0"
RULES = (
    "extractors/**/*.py", "extractors/data/*", "pipeline/read/**/*", "pipeline/segment/*.py", "pipeline/letterhead/*.py", "pipeline/*.py",
)  # fmt: skip
"""Files that decide what is found in a text."""
LINKING = (
    "pipeline/resolve/*.py",
    "pipeline/store/words.py",
    "extractors/keys.py",
    "extractors/symbols.py",
    "extractors/data/*",
)
"""Files that decide which mentions are one document, and by which words it is found."""
SCHEMA = frozenset(file.stem for file in (Path(__file__).parent / "schema").glob("m*.sql"))
"""All migrations of the database that this version knows."""


@cache
def extraction_version(words: bool = True) -> str:
    """The version with a digest of the rules, so that a change of a rule counts as a version."""
    return f"{VERSION}+{_digest(RULES)}" + ("" if words else " without words")


@cache
def linking_version() -> int:
    """A number that changes with the rules by which mentions are linked."""
    return int(_digest(LINKING)[:7], 16)


def _digest(patterns: tuple[str, ...]) -> str:
    root = Path(__file__).parent.parent
    files = sorted({file for pattern in patterns for file in root.glob(pattern) if file.is_file()})
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
