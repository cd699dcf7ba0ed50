"""One file through all stages that need no database: read → clean → segment → extract, and the signature of its text."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from errno import ELOOP
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from pipeline.clean import clean
from pipeline.corrections import Correction
from pipeline.document import Findings, ReadError, Sentence, Text
from pipeline.extract import extract
from pipeline.files import FileItem
from pipeline.read import AS_USUAL, ReadOptions, read_source
from pipeline.segment import segment
from pipeline.sketch import sketch

MAX_BYTES = 64_000_000
"""Default size, in bytes, above which a file is a failure and not a text."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """One file gone through all stages that need no database."""

    text: Text
    sentences: Sequence[Sentence]
    findings: Findings
    sketch: bytes | None = None


def analyse_bytes(
    content: bytes,
    path: str,
    words: bool = True,
    corrections: Sequence[Correction] = (),
    reading: ReadOptions = AS_USUAL,
) -> Analysed:
    """Take one file's bytes through read, clean, segment and extract; ReadError if it cannot be read."""
    text = clean(read_source(content, path, reading))
    return Analysed(text, segment(text, words), extract(text, corrections))


def _analyse_to_store(
    content: bytes, path: str, words: bool, corrections: Sequence[Correction], reading: ReadOptions
) -> Analysed:
    """As `analyse_bytes`, with the signature that tells reprints."""
    done = analyse_bytes(content, path, words, corrections, reading)
    return replace(done, sketch=sketch(done.text))


def load(item: FileItem, max_bytes: int) -> bytes:
    """The bytes of a file; ReadError if it is not to be had, no plain file, or too large."""
    if not isinstance(item.file, Path):
        return _within(item.file.read(max_bytes + 1), max_bytes)
    try:
        state = item.file.stat()
        if S_ISDIR(state.st_mode) and not os.access(item.file, os.R_OK | os.X_OK):
            raise ReadError("permission", "may not be listed; change the permissions of the folder")
        _check_state(state, max_bytes)
        with open(item.file, "rb", opener=_without_waiting) as file:
            _check_state(os.fstat(file.fileno()), max_bytes)  # it may be another one by now
            return _within(file.read(max_bytes + 1) or b"", max_bytes)  # None where nothing is to be had yet
    except FileNotFoundError as error:
        reason = "is a link to a file that does not exist" if item.file.is_symlink() else "does not exist"
        raise ReadError("missing", f"{reason}; remove it from the list or restore it") from error
    except PermissionError as error:
        raise ReadError("permission", "may not be read; change its permissions") from error
    except OSError as error:
        if error.errno == ELOOP:
            raise ReadError("missing", "is a link that leads back to itself; remove it") from error
        raise ReadError("io", f"cannot be read ({error.strerror}); try again") from error


def _within(content: bytes, max_bytes: int) -> bytes:
    _check_size(len(content), max_bytes)
    return content


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; one that has become a pipe would keep the run waiting for someone who writes to it."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)


def _check_state(state: os.stat_result, max_bytes: int) -> None:
    if S_ISDIR(state.st_mode):
        raise ReadError("io", "has become a folder while it was looked for; try again")
    if not S_ISREG(state.st_mode):
        raise ReadError("special", "is a device or a pipe and no file; leave it out")
    _check_size(state.st_size, max_bytes)


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise ReadError(
            "too_large", f"has {size:,} bytes, more than --max-bytes {max_bytes:,}; split it or raise the limit"
        )


def analyse_safely(
    content: bytes,
    path: str,
    words: bool,
    corrections: Sequence[Correction] = (),
    reading: ReadOptions = AS_USUAL,
) -> Analysed:
    """As `analyse_bytes`; a failure of the program itself is a ReadError too, so that it costs one file."""
    try:
        return _analyse_to_store(content, path, words, corrections, reading)
    except ReadError:
        raise
    except Exception as error:
        reason = f"made the program fail ({type(error).__name__}: {str(error)[:200]}); report it with the file"
        raise ReadError("internal", reason) from error
