"""Files for people, written whole or not at all: a disk that fills up leaves what was there before."""

import os
from pathlib import Path

from pipeline.trouble import about_file


class WriteError(Exception):
    """A file cannot be written; the message names it and says what to do."""


def write_whole(path: Path, content: str) -> None:
    """Put `content` in place of what `path` holds; WriteError if that cannot be, and then nothing is changed."""
    try:
        if path.is_relative_to("/dev") or (path.exists() and not path.is_file()):  # a stream
            path.write_text(content, "utf-8", newline="")
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        raise WriteError(about_file(path, error)) from error


def _replace(target: Path, content: str) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            file.write(content)
            file.flush()
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
