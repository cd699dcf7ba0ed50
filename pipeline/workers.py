"""Files taken up by several processes; results come in the order of the files, so that any number of processes gives the same rows.

A process that dies (out of memory, a fault in a library) costs one file: the chunk that it held is taken up again, file by file.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, TypeVar

from pipeline.files import FileItem
from pipeline.garbage import collect_seldom
from pipeline.taking import Options, Read, Taken, take_up

if TYPE_CHECKING:
    from multiprocessing.synchronize import Semaphore

    from pebble import ProcessFuture, ProcessPool

CHUNK, CHUNK_BYTES = 100, 1_000_000
"""Files, and bytes of files, after which a chunk is full."""
AHEAD = 2
"""Chunks that wait for each process."""
SECONDS, SLOWEST = 120.0, 20_000
"""Time for a chunk or for one file: so much, and as long as it takes at so many bytes a second, a fifteenth of what is usual."""
LONGEST_START = 10.0
"""Seconds for which a process is awaited that has not begun when its user leaves."""
WORTH = 2_000_000
"""Bytes below which starting processes takes longer than they save."""
WARM = ("pipeline.warm",)
"""What processes load that store words."""
CRASHED = "crash", "ended the process that read it, or took too long; leave it out and report it"
Known = tuple[FileItem, Read | None]
"""A file, and what a database knows of it."""
Chunk = Sequence[Known]
Task = TypeVar("Task")
Done = TypeVar("Done")


def worth_it(files: Iterable[Known]) -> bool:
    """Whether files are so many that processes save time."""
    total = 0
    for item, _ in files:
        total += _size(item)
        if total > WORTH:
            return True
    return False


def take_up_all(files: Iterable[Known], options: Options, jobs: int) -> Iterator[list[Taken]]:
    """What became of files, chunk by chunk in their order, taken up by `jobs` processes; few chunks are held at a time."""
    with processes(jobs, WARM if options.words else ()) as pool:
        tasks = ((chunk, pool.schedule(_take_up, (chunk, options), timeout=_time(chunk))) for chunk in chunks(files))
        for chunk, future in in_order(tasks, lambda: AHEAD * jobs):
            yield _result(pool, options, chunk, future)


def in_order(tasks: Iterable[Task], ahead: Callable[[], int]) -> Iterator[Task]:
    """Tasks in the order in which `tasks` begins them, each when so many more were begun."""
    waiting: deque[Task] = deque()
    for task in tasks:
        waiting.append(task)
        if len(waiting) > ahead():
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


@contextmanager
def processes(jobs: int, loaded: Sequence[str] = ()) -> Iterator["ProcessPool"]:
    """Processes that do tasks, with some modules loaded before; they are stopped at once where their user leaves early."""
    with interrupts_wait():  # a library that is half loaded fails in its own words
        from pebble import ProcessPool  # noqa: PLC0415  (only many files need it)

    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, *loaded])
    begun = context.Semaphore(0)
    pool = ProcessPool(jobs, initializer=_prepare, initargs=(begun,), context=context)
    end: Callable[[], None] = pool.stop
    try:
        with interrupts_wait():
            pool.schedule(os.getpid)  # a task, so that they begin
        yield pool
        end = pool.close
    finally:
        try:
            _have_begun(begun, jobs)
        finally:
            end()  # type: ignore[no-untyped-call]
            pool.join()


@contextmanager
def interrupts_wait() -> Iterator[None]:
    """Ctrl-C comes when processes have begun; they never hear of it, as what they say of it tells their user nothing."""
    if current_thread() is not main_thread():
        yield
        return
    resource_tracker.ensure_running()  # which lets interrupts through when it starts
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # what is started now has it blocked
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
    if came:
        raise KeyboardInterrupt


def _have_begun(begun: "Semaphore", jobs: int) -> bool:
    """Whether `jobs` processes have begun, which is awaited: one that is stopped before prints what it missed."""
    return all(begun.acquire(timeout=LONGEST_START) for _ in range(jobs))


def _prepare(begun: "Semaphore") -> None:
    """Ctrl-C is for the process that writes; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    begun.release()


def chunks(files: Iterable[Known], most: int | None = None, most_bytes: int = CHUNK_BYTES) -> Iterator[Chunk]:
    """Files in their order, `most` of them or `most_bytes` at a time."""
    chunk: list[Known] = []
    size = 0
    for item, known in files:
        chunk.append((item, known))
        size += _size(item)
        if len(chunk) == (most or CHUNK) or size > most_bytes:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(item: FileItem) -> int:
    if not isinstance(item.file, Path):
        return item.file.size
    try:
        return os.stat(item.file).st_size  # noqa: PTH116  (half the time of Path.stat, for each file of an archive)
    except OSError:
        return 0


def _time(chunk: Chunk) -> float:
    return SECONDS + sum(_size(item) for item, _ in chunk) / SLOWEST


def _take_up(chunk: Chunk, options: Options) -> list[Taken]:
    """What a worker does."""
    return [take_up(item, known, options) for item, known in chunk]


def _result(pool: "ProcessPool", options: Options, chunk: Chunk, future: "ProcessFuture[list[Taken]]") -> list[Taken]:
    """What became of a chunk; if its process died or took too long, of its files one by one."""
    if (taken := outcome(future.result)) is not None:
        return taken
    return [_alone(pool, options, item, known) for item, known in chunk]


def _alone(pool: "ProcessPool", options: Options, item: FileItem, known: Read | None) -> Taken:
    chunk = [(item, known)]
    future = pool.schedule(_take_up, (chunk, options), timeout=_time(chunk))
    taken = outcome(future.result)
    return taken[0] if taken else Taken(item, trouble=CRASHED)


def outcome(result: Callable[[], Done]) -> Done | None:
    """The result of a task; None if its process died or was stopped."""
    from pebble import ProcessExpired  # noqa: PLC0415

    try:
        return result()
    except (ProcessExpired, TookTooLong):
        return None
