"""merge: puts shards that other processes or machines wrote into the database, each once, and then settles as a run does."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.correct import extract_again
from pipeline.putting import Progress, Run, Tally, running
from pipeline.read import ReadOptions
from pipeline.shards.form import SUFFIX, Shard, ShardError, read_shard
from pipeline.shards.part import Share
from pipeline.store import all_corrections, text_id
from pipeline.taking import Corrections, Options
from pipeline.version import extraction_version


@dataclass(slots=True)
class Merged:
    """What merging did: the tally of files, shards merged, shards merged before, what is wrong with others, shares that are not there."""

    tally: Tally
    shards: int = 0
    before: int = 0
    wrong: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Set:
    """Shards made from the same folders by several machines: the parts of each share that came, and the files in them."""

    of: int = 0
    wanted: dict[int, int] = field(default_factory=dict)
    came: dict[int, set[str]] = field(default_factory=dict)
    found: dict[str, set[str]] = field(default_factory=dict)

    def absent(self) -> list[str]:
        """Shares of which parts did not come."""
        numbers = range(1, self.of + 1)
        return [f"{at}/{self.of}" for at in numbers if len(self.came.get(at, ())) < self.wanted.get(at, 1)]


def merge(
    folder: Path,
    database: Path,
    keep: bool = False,
    pattern: str = "*",
    progress: Progress | None = None,
    jobs: int = 1,
) -> Merged:
    """Merge the shards in `folder` and delete them unless `keep`; one that cannot be used stays, and the others are merged.

    What they hold is settled with `jobs` processes.

    Files that are gone from a folder are reported if all shares of it are there. ShardError if there is no shard,
    StoreError if the database cannot be used.
    """
    files = sorted(folder.glob(f"{pattern}{SUFFIX}"))
    if not files:
        raise ShardError(
            f"{folder} holds no shards; make some with 'sohieu ingest FOLDER --shard 1/4 --shards {folder}'"
        )
    with running(database, [folder], progress, jobs) as run:
        merging = _Merging(run, Merged(run.tally), all_corrections(run.store.conn), run.store.troubled())
        for file in files:
            merging.put(file, keep)
        merging.report_missing()
    return merging.merged


@dataclass(frozen=True, slots=True)
class _Merging:
    run: Run
    merged: Merged
    corrections: Corrections
    troubled: set[tuple[str, str]]
    sets: dict[str, _Set] = field(default_factory=lambda: defaultdict(_Set))

    def put(self, file: Path, keep: bool) -> None:
        """Merge one shard; what is wrong with it is noted."""
        try:
            shard = read_shard(file)
            reading = ReadOptions("always" if shard.about.get("ocr") == "always" else "auto")
            options, share = Options(_has_words(shard), corrections=self.corrections, reading=reading), _share(shard)
            before = self.run.store.has_shard(shard.id)
            self.run.put_batch(shard, options, self.troubled)
            self._note(shard, share, options, before)
        except ShardError as error:
            self.merged.wrong.append(str(error))
        else:
            if not keep:
                file.unlink(missing_ok=True)

    def _note(self, shard: Shard, share: Share, options: Options, before: bool) -> None:
        self.merged.before += before
        self.merged.shards += not before
        of_set = self.sets[shard.about.get("roots", "")]
        number, of_set.of = share.number, share.of
        of_set.wanted[number] = int(shard.about.get("parts", "1"))
        of_set.came.setdefault(number, set()).add(shard.path.name)
        for taken in shard.taken(with_rows=False):
            of_set.found.setdefault(taken.item.root, set()).add(taken.item.path)
            if not before and taken.digest and options.corrections_of(taken.digest, taken.item):
                extract_again(self.run.store, text_id(taken.digest))

    def report_missing(self) -> None:
        """Report the files that are gone from folders of which all shares came."""
        for roots, of_set in self.sets.items():
            whole = json.loads(roots or "[]")
            self.merged.absent += of_set.absent() if whole else []
            for root in whole if not of_set.absent() else ():
                known = self.run.store.known_sources(root)
                self.run.report_missing(root, of_set.found.get(root, set()), known)


def _share(shard: Shard) -> Share:
    found = Share.read(shard.about.get("share", "1/1"))
    if not found or not shard.about.get("parts", "1").isdecimal():
        raise ShardError(f"{shard.path} says nothing of its share; make it again")
    return found


def _has_words(shard: Shard) -> bool:
    """Whether words were wanted in a shard; ShardError if it was made by other rules than those of this version."""
    for words in (True, False):
        if shard.about.get("version") == extraction_version(words):
            return words
    raise ShardError(f"{shard.path} was made by another version of sohieu; delete it and make it again with this one")
