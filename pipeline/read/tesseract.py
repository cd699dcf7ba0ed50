"""Whether Tesseract with its Vietnamese model is there (Debian's tesseract-ocr, tesseract-ocr-vie), looked for when it is needed."""

import shutil
import subprocess
from functools import cache

LANGUAGE = "vie"
INSTALL = "install Tesseract ('apt-get install tesseract-ocr tesseract-ocr-vie') and ingest again"
_SECONDS = 20


@cache
def installed() -> str | None:
    """The path of Tesseract if it knows Vietnamese, else None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if LANGUAGE in listed.stdout.split() else None
