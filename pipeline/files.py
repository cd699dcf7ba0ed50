"""Which files a run takes up: those it is given, and in folders those whose suffix is that of a text."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.read import READABLE, UNREADABLE


class CountsIgnored(Protocol):
    """Something that counts files that are no texts."""

    ignored: int


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file to take up. `path` is relative to `root`, printable; `whole_folder` says that all of `root` is taken up."""

    root: str
    path: str
    file: Path
    whole_folder: bool


def find_files(paths: Sequence[Path], tally: CountsIgnored) -> Iterator[FileItem]:
    """Files under `paths` in order of their names, each once; a folder that a link leads back to is not entered again."""
    seen: set[tuple[str, str]] = set()
    for path in paths:
        for item in _folder(path, tally) if path.is_dir() else [_single(path)]:
            if (item.root, item.path) not in seen:
                seen.add((item.root, item.path))
                yield item


def whole_folders(paths: Sequence[Path]) -> list[str]:
    """Roots of the folders among `paths`, also of those that hold no file any more."""
    return [_printable(path.resolve()) for path in paths if path.is_dir()]


def _single(path: Path) -> FileItem:
    folder = path.parent.resolve()
    return FileItem(_printable(folder), _printable(path.name), path, whole_folder=False)


def _folder(folder: Path, tally: CountsIgnored) -> Iterator[FileItem]:
    root = folder.resolve()
    for file, listed in sorted(_walk(root)):
        suffix = file.suffix.lower()
        if suffix in READABLE or suffix in UNREADABLE or not listed:
            yield FileItem(_printable(root), _printable(file.relative_to(root)), file, whole_folder=True)
        else:
            tally.ignored += 1


def _printable(path: Path | str) -> str:
    """A path as text that can be stored; bytes that are no UTF-8 are written by their numbers."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk(root: Path) -> Iterator[tuple[Path, bool]]:
    """Files below a folder; hidden ones are left out; a folder that may not be listed comes itself, with False."""
    waiting, entered = [root], set[tuple[int, int]]()
    while waiting:
        folder = waiting.pop()
        try:
            state = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name, reverse=True)
        except OSError:
            yield folder, False
            continue
        if (state.st_dev, state.st_ino) in entered:
            continue
        entered.add((state.st_dev, state.st_ino))
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                waiting.append(folder / entry.name)
            else:
                yield folder / entry.name, True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
