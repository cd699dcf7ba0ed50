"""The program's version, and that of its findings: a text read by other rules is read again."""

from functools import cache
from hashlib import sha256
from pathlib import Path

VERSION = "0.1.0"
RULES = ("extractors/**/*.py", "extractors/data/*", "pipeline/read/*.py", "pipeline/segment/*.py", "pipeline/*.py")
"""Files that decide what is found in a text."""


@cache
def extraction_version() -> str:
    """The version with a digest of the rules, so that a change of a rule counts as a version."""
    root = Path(__file__).parent.parent
    files = sorted({file for pattern in RULES for file in root.glob(pattern) if file.is_file()})
    digest = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return f"{VERSION}+{digest[:8]}"
