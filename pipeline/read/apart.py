"""Reads files in a process of its own, bounded in time and memory; a file that ends it costs that file, and another is started.

The parent writes a line of JSON and the bytes of a file; the child answers with frames: a letter, the length, the payload.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from select import select
from struct import Struct
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic

from pydantic import TypeAdapter, ValidationError

from pipeline.document import Format, ReadError, Source
from pipeline.read.fits import fits
from pipeline.read.office import tidy
from pipeline.read.options import ReadOptions

SECONDS = 120.0
"""Time for a file, and for each page of it that says it is done."""
MOST_ANSWER = 200_000_000
"""Bytes of a source."""
MOST_DONE = 10_000
"""Frames that say that a page is done, more than a file may have pages."""
LONGEST_REASON = 600
"""Characters of a reason that are shown."""
FRAME = Struct(">cQ")
SOURCE, ERROR, PAGE, LAST = b"s", b"e", b"p", b"x"
"""Kinds of frames: a source, why there is none, a page is done, the process ends itself and is to be started anew."""
_CHUNK = 1 << 16
_sources, _reasons = TypeAdapter(Source), TypeAdapter(tuple[str, str])
_REASONS = {
    -signal.SIGXCPU: ("time", "takes too long to read; split it"),
    -signal.SIGKILL: ("crash", "ended the process that read it, for want of memory or time; split it"),
}
_CRASH = "crash", "ended the process that read it; it may be damaged: open it and save it anew"
_SLOW = "time", f"takes more than {SECONDS:.0f} seconds to read; split it"
_LONG = "too_long", "holds too much text for one file; split it"


class BrokenError(ReadError):
    """A child that is not to be asked again."""


class Reader:
    """A child process that reads, started when it is first needed. One file at a time."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._lock = Lock()

    def read(self, content: bytes, kind: Format, options: ReadOptions) -> Source:
        """Have `content` read; ReadError if it cannot be, or if it ended the child, took too long or gave too much."""
        request = {"kind": kind, "size": len(content), "options": asdict(options)}
        digest = sha256(content).hexdigest()
        with self._lock:
            child = self._started()
            try:
                return answered(*_ask(child, json.dumps(request).encode() + b"\n" + content), digest)
            except OSError as error:
                raise ReadError(*self._why_ended()) from error
            except ReadError as error:
                if isinstance(error, BrokenError):
                    self.stop()
                raise
            except BaseException:
                self.stop()
                raise

    def stop(self) -> None:
        """End the child with all that it started."""
        if self._child:
            with suppress(OSError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.communicate()
            self._child = None
        if self._folder:
            tidy(Path(self._folder.name))
            self._folder.cleanup()
            self._folder = None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._child and (self._child.poll() is not None or _speaks(self._child)):
            self.stop()
        if not self._child:
            self._folder = TemporaryDirectory(prefix="sohieu-", ignore_cleanup_errors=True)
            paths = os.pathsep.join(map(os.path.abspath, sys.path))
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "pipeline.read.child"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
                env={**os.environ, "PYTHONPATH": paths, "TMPDIR": self._folder.name, "OMP_THREAD_LIMIT": "1"},
            )  # fmt: skip
        return self._child

    def _why_ended(self) -> tuple[str, str]:
        child = self._child
        with suppress(subprocess.TimeoutExpired):
            if child:
                child.wait(1)
        code = child.returncode if child else None
        self.stop()
        return _REASONS.get(code or 0, _CRASH)


def _speaks(child: "subprocess.Popen[bytes]") -> bool:
    """Whether a child says something that it was not asked."""
    return bool(child.stdout and select([child.stdout], [], [], 0)[0])


def _ask(child: "subprocess.Popen[bytes]", request: bytes) -> tuple[bytes, bytes]:
    """Send a request and wait for its answer; OSError if the child ends, BrokenError if it is too slow or says too much."""
    if not child.stdin or not child.stdout:
        raise OSError("no pipes")
    _send(child.stdin.fileno(), request)
    last = False
    for _ in range(MOST_DONE):
        letter, payload = _answer(child.stdout.fileno())
        if letter not in (PAGE, LAST):
            break
        last = last or letter == LAST
    else:
        raise BrokenError(*_CRASH)
    if last:
        _wait(child)
    return letter, payload


def _wait(child: "subprocess.Popen[bytes]") -> None:
    """Wait for a child that said it ends; one that does not is killed."""
    try:
        child.wait(SECONDS / 10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _send(into: int, request: bytes) -> None:
    """Write all of a request; a child that does not take it is too slow."""
    os.set_blocking(into, False)
    deadline, rest = monotonic() + SECONDS, memoryview(request)
    while rest:
        if not select([], [into], [], max(0.0, deadline - monotonic()))[1]:
            raise BrokenError(*_SLOW)
        with suppress(BlockingIOError):
            rest = rest[os.write(into, rest[:_CHUNK]) :]


def _answer(source: int) -> tuple[bytes, bytes]:
    deadline = monotonic() + SECONDS
    letter, length = FRAME.unpack(b"".join(_bytes(source, FRAME.size, deadline)))
    if length > (0 if letter in (PAGE, LAST) else MOST_ANSWER):
        raise BrokenError(*_LONG)
    return letter, b"".join(_bytes(source, length, deadline))


def _bytes(source: int, count: int, deadline: float) -> Iterator[bytes]:
    while count:
        if not select([source], [], [], max(0.0, deadline - monotonic()))[0]:
            raise BrokenError(*_SLOW)
        piece = os.read(source, min(count, _CHUNK))
        if not piece:
            raise OSError("the child ended")
        count -= len(piece)
        yield piece


def answered(letter: bytes, payload: bytes, digest: str) -> Source:
    """The source of an answer; ReadError if it says why there is none. A child is not trusted: BrokenError if it lies."""
    try:
        if letter == SOURCE and (source := _sources.validate_json(payload)).sha256 == digest and fits(source):
            return source
        kind, message = _reasons.validate_json(payload) if letter == ERROR else ("", "")
    except ValidationError as error:
        raise BrokenError(*_CRASH) from error
    if not (kind.isidentifier() and kind.isascii() and message.strip()):
        raise BrokenError(*_CRASH)
    raise ReadError(kind, "".join(char if char.isprintable() else " " for char in message[:LONGEST_REASON]))


def dump(source: Source) -> bytes:
    """A source as the child sends it."""
    return _sources.dump_json(source)


reader = Reader()
"""The one of this process."""
