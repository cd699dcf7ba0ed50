"""LibreOffice stays open for the second file and all after it; what ends it costs nothing but that file's time."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from select import select

import pytest

from pipeline.read import office as module
from pipeline.read.apart import Reader
from pipeline.read.office import Office
from pipeline.read.options import AS_USUAL
from tests.mixed import processes_of

NAMES = ("một", "hai", "ba", "bốn")
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
PROGRAM = """#!/bin/sh
echo alone >> {log}
while [ "$1" != --outdir ]; do shift; done; cp "$3" "$2/a.docx"
"""
"""In LibreOffice's place: it makes a file of any."""


@pytest.fixture
def office() -> Iterator[Office]:
    made = Office()
    yield made
    made.stop()


def rtf(name: str) -> bytes:
    coded = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in name)
    return b"{\\rtf1\\ansi " + coded.encode("ascii") + b"\\par}"


def convert(office: Office, folder: Path, program: str = "soffice") -> list[bytes | None]:
    """What comes of four files."""
    path = module.found() or "" if program == "soffice" else program
    made = []
    for name in NAMES:
        source = folder / "a.rtf"
        source.write_bytes(rtf(name))
        made.append(office.convert(path, source, "Rich Text Format"))
        source.with_suffix(".docx").unlink(missing_ok=True)
    return made


def kept(reader: Reader) -> list[int]:
    """Processes of LibreOffice that a reader has open."""
    assert reader._child
    return [pid for pid in processes_of(reader._child.pid) if b"swriter" in command(pid)]


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def text(reader: Reader, name: str) -> str:
    return reader.read(rtf(name), "rtf", AS_USUAL).pieces[0].text


@needs_office
def test_one_stays_open_and_ends_with_its_reader() -> None:
    reader = Reader()
    try:
        assert [text(reader, name) for name in NAMES[:1]] == ["một"]
        assert kept(reader) == []
        assert [text(reader, name) for name in NAMES[1:3]] == ["hai", "ba"]
        (first,) = kept(reader)
        assert text(reader, "bốn") == "bốn"
        assert kept(reader) == [first]
        folder = reader._folder
        assert folder
        (settings,) = Path(folder.name).glob("sohieu-office-*")
        assert module._socket(settings).exists()
    finally:
        reader.stop()
    assert command(first) == b""
    assert not module._socket(settings).exists()


@needs_office
def test_one_that_was_ended_is_replaced() -> None:
    reader = Reader()
    try:
        assert [text(reader, name) for name in NAMES[:2]] == ["một", "hai"]
        (first,) = kept(reader)
        os.kill(first, signal.SIGKILL)
        assert [text(reader, name) for name in NAMES] == list(NAMES)
        assert len(set(kept(reader)) - {first}) == 1
    finally:
        reader.stop()


@needs_office
def test_one_ends_with_the_process_that_keeps_it() -> None:
    reader = Reader()
    try:
        assert [text(reader, name) for name in NAMES[:2]] == ["một", "hai"]
        (first,) = kept(reader)
        assert reader._child
        ended = os.pidfd_open(first)
        os.kill(reader._child.pid, signal.SIGKILL)
        assert select([ended], [], [], 30)[0] == [ended]
        os.close(ended)
        assert text(reader, "ba") == "ba"
    finally:
        reader.stop()


@needs_office
def test_damaged_files_among_good_ones_cost_only_themselves(office: Office, tmp_path: Path) -> None:
    good = convert(office, tmp_path)
    source = tmp_path / "a.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0" + os.urandom(9000))
    assert office.convert(module.found() or "", source, "MS Word 97") is None
    assert all(good)
    assert all(convert(office, tmp_path))


@pytest.mark.parametrize("binary", [None, "#!/bin/sh\nexit 1\n", "#!/bin/sh\nexec sleep 600\n"])
def test_where_none_stays_open_each_file_has_its_own(binary: str | None, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """No such program, one that ends at once, one that cannot be spoken to."""
    monkeypatch.setattr(module, "WAIT", 0.05)
    log, program = tmp_path / "log", tmp_path / "soffice"
    for path, script in ((program, PROGRAM.format(log=log)), (tmp_path / "soffice.bin", binary)):
        if script:
            path.write_text(script)
            path.chmod(0o755)
    assert convert(office, tmp_path, str(program)) == [rtf(name) for name in NAMES]
    assert log.read_text().split() == ["alone"] * 4
    assert office._kept is None
