"""Old Word, RTF and OpenDocument → Word by LibreOffice, which is looked for when it is needed, and then read as Word."""

import resource
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pipeline.document import ReadError, Source
from pipeline.read.options import Request
from pipeline.read.word import read as read_word

MEMORY = 4_000_000_000
"""Bytes of address space; LibreOffice 7.4 maps 1.5 GB before it reads anything."""
MOST_BYTES = 200_000_000
"""Bytes of the file that it writes."""
PROGRAMS = ("soffice", "libreoffice")
NAMES = {"doc": "an old Word document", "rtf": "an RTF document", "odt": "an OpenDocument text"}
INSTALL = "which LibreOffice reads; install it ('apt-get install libreoffice-writer-nogui') and ingest again"


def read(request: Request) -> Source:
    """Read a document that LibreOffice knows; ReadError if it is not installed or fails. Who started this process limits its time."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise ReadError("converter", f"is {NAMES[request.kind]}, {INSTALL}")
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"a.{request.kind}"
        source.write_bytes(request.content)
        _convert(program, source)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise ReadError(
                "damaged", f"is {NAMES[request.kind]} that LibreOffice cannot open; open it and save it anew"
            )
        return read_word(replace(request, content=made.read_bytes()))


def _convert(program: str, source: Path) -> None:
    command = [
        program, "--headless", "--norestore", "--nologo", "--nodefault", f"-env:UserInstallation=file://{_profile()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    null = subprocess.DEVNULL
    subprocess.run(command, stdin=null, stdout=null, stderr=null, preexec_fn=_bound, check=False)


@cache
def _profile() -> str:
    """Settings for this process, as two LibreOffices cannot share some; in the folder for passing files, which its parent clears."""
    return mkdtemp()


def _bound() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
