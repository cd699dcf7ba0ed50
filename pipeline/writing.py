"""Files for people, written whole or not at all: a disk that fills up leaves what was there before."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.trouble import about_file

STDOUT = Path("/dev/stdout")
MEMORY = "/dev/shm"
"""A folder of files among devices."""


class WriteError(Exception):
    """A file cannot be written; the message names it and says what to do."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Put `content` in place of what `path` holds; WriteError if that cannot be, and then nothing is changed."""
    with together() as files:
        files.put(path, content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write to, which takes the place of `path` when all is written; WriteError if that cannot be.

    A stream, such as /dev/stdout, is written to as it is.
    """
    with together() as files:
        yield files.file(path)


@contextmanager
def together() -> Iterator["Together"]:
    """Files that take their places when all of them are written; WriteError if one cannot be, and then nothing is changed."""
    files = Together()
    try:
        yield files
        files.place()
    except BrokenPipeError:
        raise  # who reads has gone away, which is no fault of the file
    except OSError as error:
        raise WriteError(about_file(files.last, error)) from error
    finally:
        files.clear()


class Together:
    """Files of one piece of work; `last` is the one that was asked for last, which is the one being written."""

    def __init__(self) -> None:
        self.last = Path()
        self._parts: list[tuple[Path, Path, Path]] = []

    def file(self, path: Path) -> Path:
        """A file to write to in place of `path`; `path` itself if it is a stream. OSError if there can be none."""
        self.last = path
        if is_stream(path):
            return path
        target = path.resolve()
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        part.open("x").close()
        self._parts.append((path, target, part))
        return part

    def put(self, path: Path, content: str | bytes) -> None:
        """Write a whole file; OSError if that cannot be."""
        with opened(self.file(path)) as file:
            file.write(content.encode() if isinstance(content, str) else content)

    @property
    def paths(self) -> list[Path]:
        """The files that take their places, by the names that were asked for."""
        return [path for path, _, _ in self._parts]

    def place(self) -> None:
        """Put all files in their places, once all of them are safely on the disk."""
        for path, _, part in self._parts:
            self.last = path
            with part.open("rb+") as file:
                os.fsync(file.fileno())
        for path, target, part in self._parts:
            self.last = path
            if target.exists():
                part.chmod(target.stat().st_mode)
            part.replace(target)

    def clear(self) -> None:
        """Take away what has not come to its place."""
        for _, _, part in self._parts:
            part.unlink(missing_ok=True)


def is_stream(path: Path) -> bool:
    """Whether what is written to a path goes on its way at once: a terminal, a pipe, a device."""
    device = path.is_relative_to("/dev") and not path.is_relative_to(MEMORY)
    return device or (path.exists() and not path.is_file())


def opened(path: Path) -> BinaryIO:
    """A file to write bytes to; standard output goes on where it is, as `>>` wants. OSError if it cannot be opened."""
    if path != STDOUT:
        return path.open("wb")
    sys.stdout.flush()
    return os.fdopen(os.dup(sys.stdout.fileno()), "wb")


def make_folder(path: Path) -> None:
    """Make a folder that is to be written to; WriteError if that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(about_file(path, error)) from error
