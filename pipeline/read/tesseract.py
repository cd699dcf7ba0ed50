"""Whether Tesseract with its Vietnamese model is there (Debian's tesseract-ocr, tesseract-ocr-vie), looked for when it is needed."""

import shutil
import subprocess
from functools import cache

LANGUAGE, DIRECTIONS = "vie", "osd"
"""Its models: of Vietnamese, and of how a page lies."""
INSTALL = "install Tesseract ('apt-get install tesseract-ocr tesseract-ocr-vie') and ingest again"
_SECONDS = 20


@cache
def installed() -> str | None:
    """The path of Tesseract if it knows Vietnamese, else None."""
    program = shutil.which("tesseract")
    return program if program and LANGUAGE in _models(program) else None


@cache
def knows_directions() -> bool:
    """Whether it can tell how a page lies."""
    program = installed()
    return program is not None and DIRECTIONS in _models(program)


@cache
def _models(program: str) -> frozenset[str]:
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(listed.stdout.split())
