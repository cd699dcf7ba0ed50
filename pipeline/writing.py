"""Files for people, written whole or not at all: a disk that fills up leaves what was there before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.trouble import about_file


class WriteError(Exception):
    """A file cannot be written; the message names it and says what to do."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Put `content` in place of what `path` holds; WriteError if that cannot be, and then nothing is changed."""
    with replacing(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write to, which takes the place of `path` when all is written; WriteError if that cannot be.

    A stream, such as /dev/stdout, is written to as it is.
    """
    try:
        if path.is_relative_to("/dev") or (path.exists() and not path.is_file()):
            yield path
        else:
            with _part(path.resolve()) as part:
                yield part
    except OSError as error:
        raise WriteError(about_file(path, error)) from error


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.open("x").close()
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make a folder that is to be written to; WriteError if that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(about_file(path, error)) from error
