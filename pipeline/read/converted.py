"""Old Word, RTF and OpenDocument → Word by LibreOffice, which is looked for when it is needed, and then read as Word."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.document import ReadError, Source
from pipeline.read.encoding import is_full_of_controls
from pipeline.read.office import found, office
from pipeline.read.options import Request
from pipeline.read.word import read as read_word

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
    program = found()
    if program is None:
        raise ReadError("converter", f"is {NAMES[request.kind]}, {INSTALL}")
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"a.{request.kind}"
        source.write_bytes(request.content)
        for name in FILTERS[request.kind] if _may_be(request) else ():
            if made := office.convert(program, source, name):
                return read_word(replace(request, content=made))
    raise ReadError("damaged", f"is {NAMES[request.kind]} that LibreOffice cannot open; open it and save it anew")


def _may_be(request: Request) -> bool:
    """Whether the content can be what it begins as: RTF is written in letters, and LibreOffice takes any bytes for some."""
    return request.kind != "rtf" or not is_full_of_controls(request.content)
