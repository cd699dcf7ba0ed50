"""Whether Tesseract with its Vietnamese model is installed, which is looked for when it is needed."""

import shutil
import subprocess
from functools import cache

LANGUAGE = "vie"
INSTALL = "install it ('apt-get install tesseract-ocr tesseract-ocr-vie') and ingest again"
_SECONDS = 20


@cache
def can_recognise() -> bool:
    """Whether pages that are pictures can be recognised on this machine."""
    if not (program := shutil.which("tesseract")):
        return False
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in listed.stdout.split()
