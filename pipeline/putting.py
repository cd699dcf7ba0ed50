"""Putting into the database what became of files: a batch in one transaction, resolved at the end of a run."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pipeline.clock import as_text, given_time
from pipeline.files import FileItem
from pipeline.garbage import few_collections
from pipeline.resolve import resolve_symbol, resolve_text
from pipeline.shards.form import Batch, Shard, ShardError
from pipeline.solvers import solvers
from pipeline.store import (
    Store,
    count_not_applied,
    link_pending,
    open_database,
    transaction,
)
from pipeline.taking import Options, Taken, take_up, version_of, versions
from pipeline.version import extraction_version, linking_version

Progress = Callable[[FileItem], None]


@dataclass(slots=True)
class Tally:
    """What a run did, in files; `not_applied` are corrections whose passage is gone, `pages_left` pages without text in the database."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ignored: int = 0
    not_applied: int = 0
    pages_left: int = 0

    def add(self, other: "Tally") -> None:
        """Count what another counted."""
        self.added += other.added
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.failed += other.failed


@contextmanager
def running(
    database: Path, arguments: Iterable[object], progress: Progress | None = None, jobs: int = 1
) -> Iterator["Run"]:
    """A run that writes to `database`, settled (with `jobs` processes) and recorded at its end.

    StoreError if the database cannot be used.
    """
    with open_database(database) as db, few_collections():
        store = Store(db)
        run = Run(store, Tally(), _begin_run(store, arguments), progress, database, jobs)
        store.relink_if_rules_changed(linking_version())
        try:
            yield run
        except sqlite3.Error:
            raise  # what cannot be written now is settled by the next run
        except BaseException:
            run.end()
            raise
        run.end()


@dataclass(frozen=True, slots=True)
class Run:
    """One run that writes, and where it counts."""

    store: Store
    tally: Tally
    id: int
    progress: Progress | None
    database: Path
    jobs: int

    def end(self) -> None:
        """Settle what the run touched, and record what it did."""
        with solvers(self.database, self.jobs) as beside:
            link_pending(self.store.db, resolve_symbol, resolve_text, beside)
        self.tally.not_applied = count_not_applied(self.store.conn)
        self.tally.pages_left = self.store.count_pages_left()
        _end_run(self.store, self.id, self.tally)

    def put_batch(self, batch: Batch, options: Options, troubled: set[tuple[str, str]]) -> None:
        """Write what became of files, all or nothing; `troubled` files could not be had before, by root and path.

        ShardError if the batch is a shard that cannot be read; one that was merged before is passed over.
        """
        done = Tally()
        with self.store.batch():
            if not isinstance(batch, Shard):
                self._put_all(batch, options, troubled, done)
            elif not self.store.has_shard(batch.id):
                self._put_all(self._whole(batch, options), options, troubled, done)
                self.store.note_shard(batch.id, batch.path.name, self.id)
        self.tally.add(done)

    def _put_all(
        self, batch: Iterable[Taken], options: Options, troubled: set[tuple[str, str]], tally: "Tally"
    ) -> None:
        for taken in batch:
            if not taken.unchanged or (taken.item.root, taken.item.path) in troubled:
                self._put(taken, options, tally)
            tally.unchanged += taken.unchanged
            if self.progress:
                self.progress(taken.item)

    def _whole(self, shard: Shard, options: Options) -> Iterator[Taken]:
        """What a shard holds; ShardError if it leaves out a text that this database does not hold."""
        for taken in shard.taken():
            if self._is_gone(taken, options):
                raise ShardError(
                    f"{shard.path} leaves out texts that another database holds, and not this one; delete it and make it again"
                )
            yield taken

    def _put(self, taken: Taken, options: Options, tally: "Tally") -> None:
        store = self.store
        if self._is_gone(taken, options):  # another run dropped the text, as the file that held it has changed
            taken = take_up(taken.item, None, options)
        item, trouble = taken.item, taken.trouble
        if trouble is None and store.holds_other_text(taken.digest):
            trouble = "collision", "has the same id as another text, which stays; change a character of it"
        if trouble:
            store.put_failure(item.root, item.path, *trouble, self.id)
            tally.failed.append((item.path, trouble[1]))
            return
        if taken.done and not store.has_text(taken.digest, versions(options)):
            store.put_text(taken.done, item.path, version_of(taken.done, options))
        new = store.put_source(item.root, item.path, taken.digest)
        tally.changed += not new and not taken.unchanged
        tally.added += new

    def _is_gone(self, taken: Taken, options: Options) -> bool:
        return not taken.trouble and not taken.done and not self.store.has_text(taken.digest, versions(options))

    def report_missing(self, root: str, found: set[str], known: Iterable[str]) -> None:
        """Mark files that an earlier run found in a folder and this one did not; their texts stay."""
        gone = sorted(set(known) - found)
        with transaction(self.store.conn):
            self.store.mark_missing(root, gone)
            self.store.forget_failures(root, found)
        self.tally.missing += gone


def _begin_run(store: Store, arguments: Iterable[object]) -> int:
    with transaction(store.conn):
        cursor = store.conn.execute(
            "INSERT INTO runs (version, arguments, started) VALUES (?, ?, ?)",
            [extraction_version(), " ".join(map(str, arguments)), _now()],
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
    return as_text(given_time() or datetime.now(UTC))
