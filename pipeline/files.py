"""Which files a run takes up: those it is given, and in folders those whose suffix is that of a text or tells of texts within.

A folder may be an address.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from pipeline.addresses import RemoteFile, is_folder, list_address, public
from pipeline.archives import ZIPS, Member, is_archive, is_text_too, members
from pipeline.document import ReadError
from pipeline.read import READABLE, REFUSED

Source = Path | str
"""A path, or the address of a folder or file such as s3://bucket/folder."""
WINMAIL = "winmail.dat"
"""What Outlook packs attachments into; it is a failure that says so."""


class CountsIgnored(Protocol):
    """Something that counts files that are no texts."""

    ignored: int


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file to take up. `path` is relative to `root`, printable; `whole_folder` says that all of `root` is taken up."""

    root: str
    path: str
    file: Path | RemoteFile | Member
    whole_folder: bool


def find_files(paths: Sequence[Source], tally: CountsIgnored) -> Iterator[FileItem]:
    """Files under `paths` in order of their names, each once; a folder that a link leads back to is not entered again.

    AddressError if an address cannot be listed.
    """
    seen: set[tuple[str, str]] = set()
    for path in paths:
        for item in _found(path, tally):
            if (item.root, item.path) not in seen:
                seen.add((item.root, item.path))
                yield item


def whole_folders(paths: Sequence[Source]) -> list[str]:
    """Roots of the folders among `paths`, also of those that hold no file any more; AddressError as `find_files`."""
    folders = [_printable(path.resolve()) for path in paths if isinstance(path, Path) and path.is_dir()]
    return folders + [public(path) for path in paths if isinstance(path, str) and is_folder(path)]


def _found(path: Source, tally: CountsIgnored) -> Iterator[FileItem]:
    if isinstance(path, str):
        yield from _elsewhere(path, tally)
    elif path.is_dir():
        yield from _folder(path, tally)
    else:
        yield from _opened(_single(path), tally)


def _elsewhere(address: str, tally: CountsIgnored) -> Iterator[FileItem]:
    folder, files = list_address(address)
    for path, file in files:
        root = public(file.address).removesuffix(f"/{path}")
        if not folder or _is_text(PurePosixPath(path).name):
            yield from _opened(FileItem(root, _printable(path), file, whole_folder=folder), tally)
        else:
            tally.ignored += 1


def _single(path: Path) -> FileItem:
    folder = path.parent.resolve()
    return FileItem(_printable(folder), _printable(path.name), path, whole_folder=False)


def _folder(folder: Path, tally: CountsIgnored) -> Iterator[FileItem]:
    root = folder.resolve()
    for file, listed in sorted(_walk(root)):
        if _is_text(file.name) or not listed:
            item = FileItem(_printable(root), _printable(file.relative_to(root)), file, whole_folder=True)
            yield from _opened(item, tally)
        else:
            tally.ignored += 1


def _opened(item: FileItem, tally: CountsIgnored) -> Iterator[FileItem]:
    """A file, or the files in it; a zip that cannot be opened or is empty comes itself, and fails when it is read."""
    try:
        found = list(members(item.file)) if is_archive(item.path) else None
    except ReadError:
        found = None
    if found is None or is_text_too(item.path):
        yield item
    for path, member in found or ():
        if any(part.startswith((".", "__MACOSX")) for part in path.split("/")):
            continue
        if _is_text(PurePosixPath(path).name):
            yield FileItem(item.root, _printable(f"{item.path}/{path}"), member, item.whole_folder)
        else:
            tally.ignored += 1


def _is_text(name: str) -> bool:
    """Whether a file of this name is taken up; the owner's mark that Word lays beside an open file ("~$a.docx") is none."""
    return not name.startswith("~$") and (
        PurePosixPath(name).suffix.lower() in (*READABLE, *REFUSED, *ZIPS) or name.lower() == WINMAIL
    )


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
