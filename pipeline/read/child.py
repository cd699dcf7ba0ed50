"""The process that reads files for another, which may end it at any time: `python -m pipeline.read.child`."""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.document import ReadError
from pipeline.read.apart import ERROR, FRAME, LAST, PAGE, SECONDS, SOURCE, dump
from pipeline.read.formats import read_format
from pipeline.read.options import ReadOptions, Request

MEMORY = 700_000_000
"""Bytes of address space, of which 85 MB are the program with all its readers; a file that needs more is a failure."""
RENEWED = 250_000
"""Kilobytes of memory at the peak after which the process ends, and another takes its place."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of linux/prctl.h
_MEMORY = "memory", f"needs more than {MEMORY / 1e6:.0f} MB of memory to be read; split it"


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries print
    _bound()
    while line := sys.stdin.buffer.readline():
        request = json.loads(line)
        content = sys.stdin.buffer.read(request["size"])
        _bound_time()
        letter, payload = answer(content, request, lambda: _send(answers, PAGE, b""))
        if grown := _peak() > RENEWED:
            _send(answers, LAST, b"")
        _send(answers, letter, payload)
        if grown:
            return


def answer(content: bytes, request: dict[str, Any], done: Callable[[], None]) -> tuple[bytes, bytes]:
    """The kind and the payload of the frame that answers a request."""
    try:
        options = ReadOptions(**request["options"])
        return SOURCE, dump(read_format(Request(content, sha256(content).hexdigest(), request["kind"], options, done)))
    except ReadError as error:
        return ERROR, json.dumps([error.kind, str(error)]).encode()
    except MemoryError:
        return ERROR, json.dumps(_MEMORY).encode()
    except RecursionError:
        return ERROR, json.dumps(["nested", "is nested too deeply to be read; open it and save it anew"]).encode()
    except Exception as error:  # noqa: BLE001  (it costs one file)
        reason = f"made the program fail ({type(error).__name__}: {str(error)[:200]}); report it with the file"
        return ERROR, json.dumps(["internal", reason]).encode()


def _peak() -> int:
    """Most memory that was used, in kilobytes; what getrusage tells counts the parent's before the program began."""
    try:
        status = Path("/proc/self/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


def _send(answers: BinaryIO, letter: bytes, payload: bytes) -> None:
    answers.write(FRAME.pack(letter, len(payload)) + payload)
    answers.flush()


def _bound() -> None:
    """Limit memory; leave Ctrl-C to the parent; end when it ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def _bound_time() -> None:
    """Limit the CPU time of the next file; a hung parser does not look at clocks."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + SECONDS) + 1, hard))


if __name__ == "__main__":
    main()
