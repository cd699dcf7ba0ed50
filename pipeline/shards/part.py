"""One machine's share of the files, written as shards: no database is needed, and none is touched."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from pipeline.addresses import RemoteFile
from pipeline.archives import Member
from pipeline.files import FileItem
from pipeline.garbage import few_collections
from pipeline.shards.form import SUFFIX, ShardError, read_shard, write_shard
from pipeline.taking import Options, Read, Taken, take_up
from pipeline.version import extraction_version
from pipeline.workers import Chunk, chunks, take_up_all, worth_it

_SHARE = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
FILES, BYTES = 500, 5_000_000
"""Files, and bytes of files, after which a shard is full."""
Known = Mapping[tuple[str, str], Read]
"""Sources that a database holds already, by root and path."""


@dataclass(frozen=True, slots=True)
class Share:
    """Share `number` of `of`, from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @classmethod
    def read(cls, said: str) -> "Share | None":
        """The share that `3/8` says; None if it says none.

        >>> Share.read("3/8"), Share.read("9/8")
        (Share(number=3, of=8), None)
        """
        found = _SHARE.fullmatch(said)
        return cls(int(found[1]), int(found[2])) if found and 1 <= int(found[1]) <= int(found[2]) else None

    def holds(self, item: FileItem) -> bool:
        """Whether a file is of this share; that depends on its path alone, so that no machine must know of the others."""
        return crc32(item.path.encode("utf-8", "surrogatepass")) % self.of == self.number - 1


@dataclass(slots=True)
class Done:
    """What became of a share: shards written, shards that were there from an earlier run, files, and those that failed."""

    written: int = 0
    kept: int = 0
    files: int = 0
    failed: int = 0


class _Part(NamedTuple):
    """A shard to be: its name, its files, a digest of what it is made from, whether it is there already."""

    name: str
    files: Chunk
    plan: str
    there: bool


def take_share(
    share: Share,
    items: Iterable[FileItem],
    whole: Sequence[str],
    known: Known,
    options: Options,
    jobs: int,
    folder: Path,
) -> Done:
    """Write the shards of a share of `items` into `folder`; `whole` are the roots that `items` are all files of.

    A shard that is there already and whose files have not changed is kept, so that a share that was stopped goes on.
    WriteError if the folder cannot be written.
    """
    files = [(item, known.get((item.root, item.path))) for item in items if share.holds(item)]
    parts = list(_parts(share, files, options, folder))
    taken = _take_up([file for part in parts if not part.there for file in part.files], options, jobs)
    about = {
        "version": extraction_version(options.words),
        "ocr": options.reading.ocr,
        "share": str(share),
        "roots": json.dumps(whole),
        "parts": str(len(parts)),
    }
    done = Done(kept=sum(part.there for part in parts), files=len(files))
    with few_collections():
        for part in parts:
            if not part.there:
                found = list(islice(taken, len(part.files)))
                write_shard(folder, part.name, found, {**about, "plan": part.plan})
                done.written += 1
                done.failed += sum(1 for each in found if each.trouble)
    _drop_others(share, folder, {part.name for part in parts})
    return done


def _parts(share: Share, files: Chunk, options: Options, folder: Path) -> Iterator[_Part]:
    for number, part in enumerate(list(chunks(files, FILES, BYTES)) or [[]], 1):
        name, plan = f"{share.number}-of-{share.of}-{number:06}", _plan(part, options)
        yield _Part(name, part, plan, _is_there(folder, name, plan))


def _drop_others(share: Share, folder: Path, names: Set[str]) -> None:
    """Delete shards that an earlier run of this share wrote and that this one has not."""
    for file in folder.glob(f"{share.number}-of-{share.of}-*{SUFFIX}"):
        if file.stem not in names:
            file.unlink(missing_ok=True)


def _take_up(part: Chunk, options: Options, jobs: int) -> Iterator[Taken]:
    if jobs > 1 and worth_it(part):
        for batch in take_up_all(part, options, jobs):
            yield from batch
    else:
        for item, known in part:
            yield take_up(item, known, options)


def _plan(part: Chunk, options: Options) -> str:
    """A digest of what a shard is made from: files with their sizes and times, what is known of them, and the rules."""
    states = [(item.root, item.path, _state(item.file), known) for item, known in part]
    made_from = repr((states, options, extraction_version(options.words)))
    return sha256(made_from.encode("utf-8", "surrogatepass")).hexdigest()


def _state(file: Path | RemoteFile | Member) -> object:
    """What tells one content of a file from another without reading it."""
    if isinstance(file, RemoteFile):
        return file
    if isinstance(file, Member):
        return file.name, file.size, _state(file.container)
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def _is_there(folder: Path, name: str, plan: str) -> bool:
    try:
        return read_shard(folder / f"{name}{SUFFIX}").about.get("plan") == plan
    except ShardError:
        return False
