"""run: puts the stages in order over many files. One bad file never stops a batch: it becomes a row.

read → clean → segment → extract, then store in batches; resolve at the end, over what the batch touched.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from pipeline.clean import clean
from pipeline.document import Findings, ReadError, Sentence, Text
from pipeline.extract import extract
from pipeline.files import FileItem, find_files, whole_folders
from pipeline.read import read_source
from pipeline.resolve import resolve_short, resolve_symbol
from pipeline.segment import segment
from pipeline.store import Store, known_readonly, link_pending, open_database, transaction
from pipeline.version import extraction_version, linking_version

BATCH = 50
"""Texts that are written in one transaction."""
MAX_BYTES = 64_000_000
"""Default size, in bytes, above which a file is a failure and not a text."""
Progress = Callable[[FileItem], None]


@dataclass(slots=True)
class Tally:
    """What a run did, in files."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ignored: int = 0


@dataclass(frozen=True, slots=True)
class Analysed:
    """One file gone through all stages that need no database."""

    text: Text
    sentences: Sequence[Sentence]
    findings: Findings


def analyse_bytes(content: bytes, path: str, words: bool = True) -> Analysed:
    """Take one file's bytes through read, clean, segment and extract; ReadError if it cannot be read."""
    text = clean(read_source(content, path))
    return Analysed(text, segment(text, words), extract(text))


def load(item: FileItem, max_bytes: int) -> bytes:
    """The bytes of a file; ReadError if it is not to be had, no plain file, or too large."""
    try:
        state = item.file.stat()
        if S_ISDIR(state.st_mode):
            raise ReadError("permission", "may not be listed; change the permissions of the folder")
        if not S_ISREG(state.st_mode):
            raise ReadError("special", "is a device or a pipe and no file; leave it out")
        if state.st_size > max_bytes:
            size = f"{state.st_size:,}"
            raise ReadError(
                "too_large", f"has {size} bytes, more than --max-bytes {max_bytes:,}; split it or raise the limit"
            )
        with item.file.open("rb") as file:
            return file.read(max_bytes)
    except FileNotFoundError as error:
        reason = "is a link to a file that does not exist" if item.file.is_symlink() else "does not exist"
        raise ReadError("missing", f"{reason}; remove it from the list or restore it") from error
    except PermissionError as error:
        raise ReadError("permission", "may not be read; change its permissions") from error
    except OSError as error:
        raise ReadError("io", f"cannot be read ({error.strerror}); try again") from error


def ingest(
    paths: Sequence[Path],
    database: Path,
    words: bool = True,
    max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
) -> Tally:
    """Bring files and folders into the database; what it holds already as it is now costs no work.

    StoreError if the database cannot be used. Interrupting loses at most the batch that was not yet written.
    """
    tally = Tally()
    with open_database(database) as db:
        store = Store(db)
        run_id = _begin_run(store, paths)
        store.relink_if_rules_changed(linking_version())
        try:
            whole = whole_folders(paths)
            for root, items in _by_root(whole, find_files(paths, tally)):
                _ingest_root(store, root, items, tally, run_id, words, max_bytes, progress, root in whole)
        finally:
            link_pending(db, resolve_symbol, resolve_short)
            _end_run(store, run_id, tally)
    return tally


def _ingest_root(
    store: Store,
    root: str,
    items: Sequence[FileItem],
    tally: Tally,
    run_id: int,
    words: bool,
    max_bytes: int,
    progress: Progress | None,
    whole_folder: bool,
) -> None:
    known = store.known_sources(root)
    for first in range(0, len(items), BATCH):
        batch = items[first : first + BATCH]
        read = [_take_up(store, item, known.get(item.path), words, max_bytes) for item in batch]
        with transaction(store.conn):
            for item, taken in zip(batch, read, strict=True):
                _put(store, item, taken, tally, run_id, words)
                if progress:
                    progress(item)
    if whole_folder:
        gone = sorted(set(known) - {item.path for item in items})
        with transaction(store.conn):
            store.mark_missing(root, gone)
        tally.missing += gone


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of one file before anything is written; `done` only where its text is new."""

    known: bool
    digest: str = ""
    unchanged: bool = False
    done: Analysed | None = None
    error: ReadError | None = None


def _take_up(store: Store, item: FileItem, known: tuple[str, str] | None, words: bool, max_bytes: int) -> _Taken:
    """Read and analyse one file; whatever goes wrong is its failure and not that of the batch."""
    try:
        content = load(item, max_bytes)
        digest = sha256(content).hexdigest()
        if known and known[0] == digest and known[1] in _versions(words):
            return _Taken(True, digest, unchanged=True)
        fresh = not any(store.has_text(digest, version) for version in _versions(words))
        return _Taken(bool(known), digest, done=analyse_bytes(content, item.path, words) if fresh else None)
    except ReadError as error:
        return _Taken(bool(known), error=error)
    except (Exception, RecursionError, MemoryError) as error:  # noqa: BLE001
        reason = f"made the program fail ({type(error).__name__}: {str(error)[:200]}); report it with the file"
        return _Taken(bool(known), error=ReadError("internal", reason))


def _versions(words: bool) -> tuple[str, ...]:
    """Versions of a stored text that will do: one with words serves also a run that wants none."""
    return (extraction_version(),) if words else (extraction_version(), extraction_version(words=False))


def _put(store: Store, item: FileItem, taken: _Taken, tally: Tally, run_id: int, words: bool) -> None:
    error = taken.error
    if error is None and taken.done and store.holds_other_text(taken.digest):
        error = ReadError("collision", "has the same id as another text, which stays; change a character of it")
    if error:
        store.put_failure(item.root, item.path, error.kind, str(error), run_id)
        tally.failed.append((item.path, str(error)))
        return
    if taken.done:
        store.put_text(taken.done.text, item.path, taken.done.sentences, taken.done.findings, extraction_version(words))
    store.put_source(item.root, item.path, taken.digest)
    tally.unchanged += taken.unchanged
    tally.changed += taken.known and not taken.unchanged
    tally.added += not taken.known


def plan(
    paths: Sequence[Path], database: Path, words: bool = True, max_bytes: int = MAX_BYTES
) -> Iterator[tuple[str, str]]:
    """What `ingest` would do with each file, as (what, path), without writing anything."""
    tally = Tally()
    items = list(find_files(paths, tally))
    known = known_readonly(database)
    for item in items:
        before = known.pop((item.root, item.path), None)
        try:
            content = load(item, max_bytes)
            read_source(content, item.path)
        except ReadError as error:
            yield f"fail: {error}", item.path
            continue
        same = before is not None and before[0] == sha256(content).hexdigest() and before[1] in _versions(words)
        yield "unchanged" if same else "change" if before else "add", item.path
    whole = whole_folders(paths)
    yield from (("report missing", path) for root, path in sorted(known) if root in whole)


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
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
