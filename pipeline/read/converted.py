"""Old Word, RTF and OpenDocument → Word by LibreOffice, which is looked for when it is needed, and then read as Word."""

import resource
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pipeline.document import ReadError, Source
from pipeline.read.encoding import is_full_of_controls
from pipeline.read.options import Request
from pipeline.read.word import read as read_word

MEMORY = 4_000_000_000
"""Bytes of address space; LibreOffice 7.4 maps 1.5 GB before it reads anything."""
MOST_BYTES = 200_000_000
"""Bytes of the file that it writes."""
PROGRAMS = ("soffice", "libreoffice")
NAMES = {"doc": "an old Word document", "rtf": "an RTF document", "odt": "an OpenDocument text"}
FILTERS = {
    "doc": ("MS Word 97", "MS Word 95", "MS WinWord 6.0"),
    "rtf": ("Rich Text Format",),
    "odt": ("writer8",),
}
"""LibreOffice's own names of its readers, one tried after another; without a name it reads what it does not know as plain text."""
INSTALL = "which LibreOffice reads; install it ('apt-get install libreoffice-writer-nogui') and ingest again"


def read(request: Request) -> Source:
    """Read a document that LibreOffice knows; ReadError if it is not installed or fails. Who started this process limits its time."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise ReadError("converter", f"is {NAMES[request.kind]}, {INSTALL}")
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"a.{request.kind}"
        source.write_bytes(request.content)
        made = source.with_suffix(".docx")
        for name in FILTERS[request.kind] if _may_be(request) else ():
            _convert(program, source, name)
            if made.is_file():
                return read_word(replace(request, content=made.read_bytes()))
    raise ReadError("damaged", f"is {NAMES[request.kind]} that LibreOffice cannot open; open it and save it anew")


def _may_be(request: Request) -> bool:
    """Whether the content can be what it begins as: RTF is written in letters, and LibreOffice takes any bytes for some."""
    return request.kind != "rtf" or not is_full_of_controls(request.content)


def _convert(program: str, source: Path, name: str) -> None:
    command = [
        program, "--headless", "--norestore", "--nologo", "--nodefault", f"-env:UserInstallation=file://{_profile()}",
        f"--infilter={name}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source),
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
