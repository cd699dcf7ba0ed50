"""run: puts the stages in order over many files. One bad file never stops a batch: it becomes a row.

read → clean → segment → extract, then store in batches; resolve at the end, over what the batch touched.
"""

import gc
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from pipeline.document import ReadError
from pipeline.files import FileItem, find_files, whole_folders
from pipeline.query.database import open_readonly
from pipeline.read import read_source
from pipeline.resolve import resolve_symbol, resolve_text
from pipeline.stages import MAX_BYTES, load
from pipeline.store import (
    Store,
    all_corrections,
    all_sources,
    count_not_applied,
    link_pending,
    open_database,
    put_known,
    read_table,
    transaction,
)
from pipeline.taking import Options, Read, Taken, is_current, take_up, versions
from pipeline.version import extraction_version, linking_version
from pipeline.workers import take_up_all, worth_it

BATCH = 50
"""Files that are written in one transaction."""
BATCH_BYTES = 4_000_000
"""Bytes of files after which a batch is written before it is full: what is not yet written is in memory."""
COLLECTIONS = (100_000, 20, 100)
"""Thresholds of Python's collector of cycles during a run."""
_EPOCH = re.compile(r"[0-9]{1,11}")
Progress = Callable[[FileItem], None]


@dataclass(slots=True)
class Tally:
    """What a run did, in files; `not_applied` are corrections whose passage is gone."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ignored: int = 0
    not_applied: int = 0


def ingest(
    paths: Sequence[Path],
    database: Path,
    words: bool = True,
    max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
    tables: Sequence[Path] = (),
    jobs: int = 1,
) -> Tally:
    """Bring files and folders into the database; what it holds already as it is now costs no work.

    `tables` are CSV files of known documents; rows that are wrong are told in the tally. `jobs` processes read, this one writes.
    StoreError if the database cannot be used. Interrupting loses at most the batch that was not yet written.
    """
    tally = Tally()
    with open_database(database) as db, _few_collections():
        store = Store(db)
        run_id = _begin_run(store, paths)
        store.relink_if_rules_changed(linking_version())
        for table in tables:
            rows, wrong = read_table(table)
            put_known(store.conn, table.name, rows)
            tally.failed += [(str(table), reason) for reason in wrong]
        options = Options(words, max_bytes, all_corrections(store.conn))
        run = _Run(store, tally, run_id, options, jobs, progress)
        try:
            run.take_up_paths(paths)
        except sqlite3.Error:
            raise  # what cannot be written now is settled by the next run
        except BaseException:
            run.end()
            raise
        run.end()
    return tally


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for cycles of garbage less often: what stays is much, and little of what goes is a cycle. Saves a seventh of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over files: what it was told, and where it counts."""

    store: Store
    tally: Tally
    run_id: int
    options: Options
    jobs: int
    progress: Progress | None

    def take_up_paths(self, paths: Sequence[Path]) -> None:
        """Bring the files of all roots in."""
        whole = whole_folders(paths)
        for root, items in _by_root(whole, find_files(paths, self.tally)):
            known = self.store.known_sources(root)
            self.take_up_root(root, items, known)
            if root in whole:
                self.report_missing(root, items, known)

    def end(self) -> None:
        """Settle what the run touched, and record what it did."""
        link_pending(self.store.db, resolve_symbol, resolve_text)
        self.tally.not_applied = count_not_applied(self.store.conn)
        _end_run(self.store, self.run_id, self.tally)

    def take_up_root(self, root: str, items: Sequence[FileItem], known: Mapping[str, Read]) -> None:
        """Bring the files of one root in, a batch at a time; the lock is held while a batch is written only."""
        troubled = self.store.troubled_paths(root)
        many = self.jobs > 1 and worth_it(items)
        batches = take_up_all(items, known, self.options, self.jobs) if many else self._batches(items, known)
        for batch in batches:
            self._put_batch(batch, troubled)

    def _batches(self, items: Iterable[FileItem], known: Mapping[str, Read]) -> Iterator[list[Taken]]:
        """Files taken up in this process, a batch at a time; a text that is stored, or in the same batch, is not read again."""
        batch: list[Taken] = []
        fresh: set[str] = set()
        for item in items:
            taken = take_up(item, known.get(item.path), self.options, lambda digest: self._is_stored(digest, fresh))  # noqa: B023
            batch.append(taken)
            fresh.add(taken.digest)
            if len(batch) == BATCH or sum(each.size for each in batch) > BATCH_BYTES:
                yield batch
                batch, fresh = [], set()
        yield batch

    def _is_stored(self, digest: str, fresh: set[str]) -> bool:
        return digest in fresh or self.store.has_text(digest, versions(self.options.words))

    def _is_gone(self, taken: Taken) -> bool:
        return (
            not taken.trouble and not taken.done and not self.store.has_text(taken.digest, versions(self.options.words))
        )

    def _put_batch(self, batch: Sequence[Taken], troubled: set[str]) -> None:
        with transaction(self.store.conn):
            for taken in batch:
                if not taken.unchanged or taken.item.path in troubled:
                    self._put(taken)
                self.tally.unchanged += taken.unchanged
                if self.progress:
                    self.progress(taken.item)
            self.store.drop_orphans()

    def _put(self, taken: Taken) -> None:
        store, tally = self.store, self.tally
        if self._is_gone(taken):  # another run dropped the text, as the file that held it has changed
            taken = take_up(taken.item, None, self.options)
        item, trouble = taken.item, taken.trouble
        if trouble is None and store.holds_other_text(taken.digest):
            trouble = "collision", "has the same id as another text, which stays; change a character of it"
        if trouble:
            store.put_failure(item.root, item.path, *trouble, self.run_id)
            tally.failed.append((item.path, trouble[1]))
            return
        if taken.done and not store.has_text(taken.digest, versions(self.options.words)):
            store.put_text(taken.done, item.path, extraction_version(self.options.words))
        store.put_source(item.root, item.path, taken.digest)
        tally.changed += taken.known and not taken.unchanged
        tally.added += not taken.known

    def report_missing(self, root: str, items: Iterable[FileItem], known: Iterable[str]) -> None:
        """Mark files that an earlier run found in a folder and this one did not; their texts stay."""
        found = {item.path for item in items}
        gone = sorted(set(known) - found)
        with transaction(self.store.conn):
            self.store.mark_missing(root, gone)
            self.store.forget_failures(root, found)
        self.tally.missing += gone


def plan(
    paths: Sequence[Path], database: Path, words: bool = True, max_bytes: int = MAX_BYTES
) -> Iterator[tuple[str, str]]:
    """What `ingest` would do with each file, as (what, path), without writing anything; QueryError as `open_readonly`."""
    tally = Tally()
    items = list(find_files(paths, tally))
    known = _known(database)
    for item in items:
        before = known.pop((item.root, item.path), None)
        try:
            content = load(item, max_bytes)
            read_source(content, item.path)
        except ReadError as error:
            yield f"fail: {error}", item.path
            continue
        same = is_current(before, sha256(content).hexdigest(), words)
        yield "unchanged" if same else "change" if before else "add", item.path
    whole = whole_folders(paths)
    yield from (("report missing", path) for root, path in sorted(known) if root in whole)


def _known(database: Path) -> dict[tuple[str, str], tuple[str, str]]:
    if not database.exists() or not database.stat().st_size:
        return {}
    with open_readonly(database) as conn:
        return all_sources(conn)


def _by_root(whole: Iterable[str], items: Iterable[FileItem]) -> Iterator[tuple[str, list[FileItem]]]:
    roots: dict[str, list[FileItem]] = {root: [] for root in whole}
    for item in items:
        roots.setdefault(item.root, []).append(item)
    yield from roots.items()


def _begin_run(store: Store, paths: Sequence[Path]) -> int:
    with transaction(store.conn):
        cursor = store.conn.execute(
            "INSERT INTO runs (version, arguments, started) VALUES (?, ?, ?)",
            [extraction_version(), " ".join(map(str, paths)), _now()],
        )
    return int(cursor.lastrowid or 0)


def _end_run(store: Store, run_id: int, tally: Tally) -> None:
    with transaction(store.conn):
        store.conn.execute(
            "UPDATE runs SET finished = ?, added = ?, changed = ?, unchanged = ?, failed = ? WHERE id = ?",
            [_now(), tally.added, tally.changed, tally.unchanged, len(tally.failed), run_id],
        )


def _now() -> str:
    """The time of a run; SOURCE_DATE_EPOCH stands for the clock where runs are to be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if _EPOCH.fullmatch(epoch) else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
