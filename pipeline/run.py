"""run: puts the stages in order over many files. One bad file never stops a batch: it becomes a row.

read → clean → segment → extract, then store in batches; resolve at the end, over what the batch touched.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from pipeline.addresses import public
from pipeline.document import ReadError
from pipeline.files import FileItem, Source, find_files, whole_folders
from pipeline.putting import Progress, Tally, running
from pipeline.query.database import open_readonly
from pipeline.read import AS_USUAL, ReadOptions, read_source
from pipeline.shards.cluster import TakeAll
from pipeline.shards.form import Shard
from pipeline.stages import MAX_BYTES, load
from pipeline.store import (
    Store,
    all_corrections,
    all_sources,
    put_known,
    read_table,
)
from pipeline.taking import Options, Read, Taken, is_current, take_up, versions
from pipeline.workers import Chunk, take_up_all, worth_it

BATCH = 50
"""Files that are written in one transaction."""
BATCH_BYTES = 4_000_000
"""Bytes of files after which a batch is written before it is full: what is not yet written is in memory."""


def ingest(
    paths: Sequence[Source],
    database: Path,
    words: bool = True,
    max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
    tables: Sequence[Path] = (),
    jobs: int = 1,
    on: TakeAll | None = None,
    reading: ReadOptions = AS_USUAL,
) -> Tally:
    """Bring files and folders into the database; what it holds already as it is now costs no work.

    `tables` are CSV files of known documents; rows that are wrong are told in the tally. `jobs` processes read, this one
    writes; or `on` reads, which is a cluster. StoreError if the database cannot be used, AddressError if an address
    cannot be listed. Interrupting loses at most the batch that was not yet written.
    """
    with running(database, map(_shown, paths), progress, jobs) as run:
        for table in tables:
            rows, wrong = read_table(table)
            put_known(run.store.conn, table.name, rows)
            run.tally.failed += [(str(table), reason) for reason in wrong]
        options = Options(words, max_bytes, all_corrections(run.store.conn), reading)
        take_all = on or (lambda files, options: _take_up_here(run.store, files, options, jobs))
        whole, troubled = whole_folders(paths), run.store.troubled()
        for root, items in _by_root(whole, find_files(paths, run.tally)):
            known = run.store.known_sources(root)
            for batch in take_all([(item, known.get(item.path)) for item in items], options):
                run.put_batch(batch, options, troubled)
                if isinstance(batch, Shard):
                    batch.path.unlink(missing_ok=True)
            if root in whole:
                run.report_missing(root, {item.path for item in items}, known)
    return run.tally


def _shown(path: Source) -> str:
    return public(path) if isinstance(path, str) else str(path)


def _take_up_here(store: Store, files: Chunk, options: Options, jobs: int) -> Iterator[Sequence[Taken]]:
    """Take files up in this process, or with some more if there is enough for them to do."""
    if jobs > 1 and worth_it(files):
        return take_up_all(files, options, jobs)
    return _batches(store, files, options)


def _batches(store: Store, files: Chunk, options: Options) -> Iterator[list[Taken]]:
    """A batch at a time; a text that is stored, or in the same batch, is not read again."""
    batch: list[Taken] = []
    fresh: set[str] = set()
    for item, known in files:
        taken = take_up(item, known, options, lambda digest: digest in fresh or _is_stored(store, digest, options))  # noqa: B023
        batch.append(taken)
        fresh.add(taken.digest)
        if len(batch) == BATCH or sum(each.size for each in batch) > BATCH_BYTES:
            yield batch
            batch, fresh = [], set()
    yield batch


def _is_stored(store: Store, digest: str, options: Options) -> bool:
    return store.has_text(digest, versions(options))


def plan(paths: Sequence[Source], database: Path, options: Options) -> Iterator[tuple[str, str]]:
    """What `ingest` would do with each file, as (what, path), without writing anything; QueryError as `open_readonly`."""
    tally = Tally()
    items = list(find_files(paths, tally))
    known = known_sources(database)
    for item in items:
        before = known.pop((item.root, item.path), None)
        try:
            content = load(item, options.max_bytes)
            read_source(content, item.path, options.reading)
        except ReadError as error:
            yield f"fail: {error}", item.path
            continue
        same = is_current(before, sha256(content).hexdigest(), options)
        yield "unchanged" if same else "change" if before else "add", item.path
    whole = whole_folders(paths)
    yield from (("report missing", path) for root, path in sorted(known) if root in whole)


def known_sources(database: Path) -> dict[tuple[str, str], Read]:
    """Sources that the database at `database` holds, if there is one, by root and path; QueryError if it cannot be read."""
    if not database.exists() or not database.stat().st_size:
        return {}
    with open_readonly(database) as conn:
        return all_sources(conn)


def _by_root(whole: Iterable[str], items: Iterable[FileItem]) -> Iterator[tuple[str, list[FileItem]]]:
    roots: dict[str, list[FileItem]] = {root: [] for root in whole}
    for item in items:
        roots.setdefault(item.root, []).append(item)
    yield from roots.items()
