"""LibreOffice, looked for when it is needed. One that stays open converts the second file and all after it: starting it takes ten times as long.

The ordinary command hands its file to a LibreOffice that runs with the same settings, and converts by itself where there is none. The
one that stays open has an empty document before it, without which it ends with the first file.
"""

import atexit
import ctypes
import os
import resource
import shutil
import signal
import subprocess
from contextlib import suppress
from functools import cache
from hashlib import md5
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep

MEMORY = 4_000_000_000
"""Bytes of address space; LibreOffice 7.4 maps 1.5 GB before it reads anything."""
MOST_BYTES = 200_000_000
"""Bytes of the file that it writes."""
PROGRAMS, KEPT = ("soffice", "libreoffice"), "soffice.bin"
RENEWED = 500
"""Files after which another takes its place; after 165 it used 200 MB, as after ten."""
WAIT = 10.0
"""Seconds in which it has to be ready to be spoken to."""
MOST_ENDS = 3
"""Ends in a row, without a file between, after which none is kept any more."""
_PREFIX = "sohieu-office-"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of linux/prctl.h
_NULL = subprocess.DEVNULL


def found() -> str | None:
    """The command of LibreOffice; None if it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Office:
    """LibreOffice for this process, one file at a time. Who started this process limits the time."""

    def __init__(self) -> None:
        self._kept: subprocess.Popen[bytes] | None = None
        self._files = self._ends = 0

    def convert(self, program: str, source: Path, reader: str) -> bytes | None:
        """The Word file that LibreOffice makes of `source` with one of its readers; None if it makes none.

        One that ends over a file costs no more: the file is given to another, which runs for it alone.
        """
        made = source.with_suffix(".docx")
        self._keep(program)
        _run(program, source, reader)
        if self._ended() and not made.is_file():
            _run(program, source, reader)
        self._files += 1
        self._ends = 0 if self._kept and not self._ended() else self._ends
        return made.read_bytes() if made.is_file() else None

    def stop(self) -> None:
        """End the one that stays open."""
        if self._kept:
            self._kept.kill()
            self._kept.wait()
            self._kept = None
        _socket(_settings()).unlink(missing_ok=True)

    def _ended(self) -> bool:
        return self._kept is not None and self._kept.poll() is not None

    def _keep(self, program: str) -> None:
        """Have one open, unless this is the first file, which makes the settings, or none stays open here."""
        if self._ended():
            self._ends += 1
            self.stop()
        binary = Path(program).resolve().with_name(KEPT)
        if self._files % RENEWED == 0 or self._ends >= MOST_ENDS or not binary.is_file():
            self.stop()
        elif self._kept is None:
            self._start(binary)

    def _start(self, binary: Path) -> None:
        """Start one, and wait until it can be spoken to; two that start at once would take each other's files."""
        _socket(_settings()).unlink(missing_ok=True)
        command = [str(binary), *_options(), "private:factory/swriter"]
        self._kept = subprocess.Popen(command, stdin=_NULL, stdout=_NULL, stderr=_NULL, preexec_fn=_bound_kept)  # noqa: PLW1509  (it has one thread)
        until = monotonic() + WAIT
        while not _socket(_settings()).exists() and not self._ended() and monotonic() < until:
            sleep(0.01)
        if not _socket(_settings()).exists():
            self._ends = MOST_ENDS
            self.stop()


def tidy(folder: Path) -> None:
    """Remove what an office that was killed, with settings below `folder`, left outside of it."""
    for settings in folder.glob(f"{_PREFIX}*"):
        _socket(settings).unlink(missing_ok=True)


def _run(program: str, source: Path, reader: str) -> None:
    command = [
        program, *_options(), "--nodefault", f"--infilter={reader}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    subprocess.run(command, stdin=_NULL, stdout=_NULL, stderr=_NULL, preexec_fn=_bound, check=False)


def _options() -> list[str]:
    return ["--headless", "--norestore", "--nologo", f"-env:UserInstallation=file://{_settings()}"]


@cache
def _settings() -> Path:
    """Settings for this process, as two LibreOffices cannot share some; in the folder for passing files, which its parent clears."""
    return Path(mkdtemp(prefix=_PREFIX))


def _socket(settings: Path) -> Path:
    """Where a LibreOffice with such settings listens, by its own rule."""
    digest = md5(f"file://{settings}".encode("utf-16-le"), usedforsecurity=False).digest()
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")


def _bound() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard), hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))


def _bound_kept() -> None:
    """Memory as for one file; its time is that of many, so that the clock of who started this process counts; it ends with this one."""
    _bound()
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


office = Office()
"""The one of this process."""


@atexit.register
def _leave() -> None:
    if _settings.cache_info().currsize:
        office.stop()
        shutil.rmtree(_settings(), ignore_errors=True)
