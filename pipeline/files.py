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
    """A file to take up. `path` is relative to `root`; `whole_folder` says that all of `root` is taken up."""

    root: str
    path: str
    file: Path
    whole_folder: bool


def find_files(paths: Sequence[Path], tally: CountsIgnored) -> Iterator[FileItem]:
    """Files under `paths` in order of their names, each once; a link back to a folder above is not followed."""
    seen: set[tuple[str, str]] = set()
    for path in paths:
        for item in _folder(path, tally) if path.is_dir() else [_single(path)]:
            if (item.root, item.path) not in seen:
                seen.add((item.root, item.path))
                yield item


def _single(path: Path) -> FileItem:
    absolute = path.absolute()
    return FileItem(str(absolute.parent), absolute.name, absolute, whole_folder=False)


def _folder(folder: Path, tally: CountsIgnored) -> Iterator[FileItem]:
    root = folder.resolve()
    for file in sorted(_walk(root, set())):
        suffix = file.suffix.lower()
        if suffix in READABLE or suffix in UNREADABLE or file.is_dir():
            yield FileItem(str(root), file.relative_to(root).as_posix(), file, whole_folder=True)
        else:
            tally.ignored += 1


def _walk(folder: Path, above: set[tuple[int, int]]) -> Iterator[Path]:
    """Files below a folder; hidden ones and loops are left out; a folder that may not be listed comes itself."""
    try:
        state = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    here = (state.st_dev, state.st_ino)
    if here in above:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(folder / entry.name, above | {here})
        else:
            yield folder / entry.name
