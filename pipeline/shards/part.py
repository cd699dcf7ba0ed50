"""One machine's share of the files, written as shards: no database is needed, and none is touched."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from zlib import crc32

from pipeline.addresses import RemoteFile
from pipeline.files import FileItem
from pipeline.shards.form import SUFFIX, ShardError, read_shard, write_shard
from pipeline.taking import Options, Read, Taken, take_up
from pipeline.version import extraction_version
from pipeline.workers import chunks, take_up_all, worth_it

FILES, BYTES = 500, 5_000_000
"""Files, and bytes of files, after which a shard is full."""
Known = Mapping[tuple[str, str], Read]
"""Sources that a database holds already, by root and path."""


@dataclass(frozen=True, slots=True)
class Share:
    """Share `number` of `of`, from 1."""

    number: int
    of: int

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
    mine = [item for item in items if share.holds(item)]
    parts = list(chunks(((item, known.get((item.root, item.path))) for item in mine), FILES, BYTES)) or [[]]
    names = [f"{share.number}-of-{share.of}-{at:06}" for at in range(1, len(parts) + 1)]
    plans = [_plan(part, options) for part in parts]
    kept = [_is_there(folder, name, plan) for name, plan in zip(names, plans, strict=True)]
    ahead = _take_up(
        list(chain.from_iterable(part for part, there in zip(parts, kept, strict=True) if not there)), options, jobs
    )
    done = Done(kept=sum(kept), files=len(mine))
    about = {
        "version": extraction_version(options.words),
        "share": f"{share.number}/{share.of}",
        "roots": json.dumps(whole),
    }
    for at, (name, part) in enumerate(zip(names, parts, strict=True)):
        if not kept[at]:
            taken = list(islice(ahead, len(part)))
            done.failed += sum(1 for each in taken if each.trouble)
            write_shard(folder, name, taken, {**about, "parts": str(len(parts)), "plan": plans[at]})
            done.written += 1
    return done


def _take_up(part: Sequence[tuple[FileItem, Read | None]], options: Options, jobs: int) -> Iterator[Taken]:
    if jobs > 1 and worth_it(part):
        for batch in take_up_all(part, options, jobs):
            yield from batch
    else:
        for item, known in part:
            yield take_up(item, known, options)


def _plan(part: Sequence[tuple[FileItem, Read | None]], options: Options) -> str:
    """A digest of what a shard is made from: files with their sizes and times, what is known of them, and the rules."""
    states = [(item.root, item.path, _state(item), known) for item, known in part]
    return sha256(
        repr((states, options, extraction_version(options.words))).encode("utf-8", "surrogatepass")
    ).hexdigest()


def _state(item: FileItem) -> object:
    if isinstance(item.file, RemoteFile):
        return item.file
    try:
        state = item.file.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def _is_there(folder: Path, name: str, plan: str) -> bool:
    try:
        return read_shard(folder / f"{name}{SUFFIX}").about.get("plan") == plan
    except ShardError:
        return False
