"""run: puts the stages in order over many files. One bad file never stops a batch: it becomes a row.

read → clean → segment → extract, then store in batches; resolve at the end, over what the batch touched.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from pipeline.clean import clean
from pipeline.document import Findings, ReadError, Sentence, Text
from pipeline.extract import extract
from pipeline.files import FileItem, find_files
from pipeline.read import read_source
from pipeline.resolve import resolve_short, resolve_symbol
from pipeline.segment import segment
from pipeline.store import Store, link_pending, open_database
from pipeline.version import extraction_version

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
    """The bytes of a file; ReadError if it is not to be had or too large."""
    if item.file.is_dir():
        raise ReadError("permission", "may not be listed; change the permissions of the folder")
    try:
        size = item.file.stat().st_size
        if size > max_bytes:
            raise ReadError(
                "too_large", f"has {size:,} bytes, more than --max-bytes {max_bytes:,}; split it or raise the limit"
            )
        return item.file.read_bytes()
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
        try:
            for root, items in _by_root(find_files(paths, tally)):
                _ingest_root(store, root, items, tally, run_id, words, max_bytes, progress)
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
) -> None:
    known = store.known_sources(root)
    for first in range(0, len(items), BATCH):
        with store.db.atomic():
            for item in items[first : first + BATCH]:
                _ingest_file(store, item, known.get(item.path), tally, run_id, words, max_bytes)
                if progress:
                    progress(item)
    whole = {item.path for item in items if item.whole_folder}
    gone = sorted(set(known) - {item.path for item in items}) if whole else []
    if whole:
        with store.db.atomic():
            store.mark_missing(root, gone)
        tally.missing += gone


def _ingest_file(
    store: Store,
    item: FileItem,
    known: tuple[str, str] | None,
    tally: Tally,
    run_id: int,
    words: bool,
    max_bytes: int,
) -> None:
    try:
        content = load(item, max_bytes)
        digest = sha256(content).hexdigest()
        if known == (digest, extraction_version()):
            tally.unchanged += 1
            return
        if not store.has_text(digest, extraction_version()):
            done = analyse_bytes(content, item.path, words)
            store.put_text(done.text, item.path, done.sentences, done.findings, extraction_version())
        store.put_source(item.root, item.path, digest)
    except ReadError as error:
        store.put_failure(item.root, item.path, error.kind, str(error), run_id)
        tally.failed.append((item.path, str(error)))
        return
    if known:
        tally.changed += 1
    else:
        tally.added += 1


def plan(paths: Sequence[Path], database: Path, max_bytes: int = MAX_BYTES) -> Iterator[tuple[str, str]]:
    """What `ingest` would do with each file, as (what, path), without writing anything."""
    tally = Tally()
    items = list(find_files(paths, tally))
    known = _known(database, {item.root for item in items})
    for item in items:
        try:
            content = load(item, max_bytes)
            read_source(content, item.path)
        except ReadError as error:
            yield f"fail: {error}", item.path
            continue
        before = known.get((item.root, item.path))
        same = before == sha256(content).hexdigest()
        yield "unchanged" if same else "change" if before else "add", item.path


def _known(database: Path, roots: Iterable[str]) -> dict[tuple[str, str], str]:
    if not database.exists():
        return {}
    with open_database(database) as db:
        store = Store(db)
        return {(root, path): digest for root in roots for path, (digest, _) in store.known_sources(root).items()}


def _by_root(items: Iterable[FileItem]) -> Iterator[tuple[str, list[FileItem]]]:
    roots: dict[str, list[FileItem]] = {}
    for item in items:
        roots.setdefault(item.root, []).append(item)
    yield from roots.items()


def _begin_run(store: Store, paths: Sequence[Path]) -> int:
    with store.db.atomic():
        cursor = store.conn.execute(
            "INSERT INTO runs (version, arguments, started) VALUES (?, ?, ?)",
            [extraction_version(), " ".join(map(str, paths)), _now()],
        )
    return int(cursor.lastrowid or 0)


def _end_run(store: Store, run_id: int, tally: Tally) -> None:
    with store.db.atomic():
        store.conn.execute(
            "UPDATE runs SET finished = ?, added = ?, changed = ?, unchanged = ?, failed = ? WHERE id = ?",
            [_now(), tally.added, tally.changed, tally.unchanged, len(tally.failed), run_id],
        )


def _now() -> str:
    """The time of a run; SOURCE_DATE_EPOCH stands for the clock where runs are to be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
