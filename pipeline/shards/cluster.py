"""A Dask cluster reads: tasks are lists of files, each worker writes a shard, the one writer merges them in order.

https://distributed.dask.org; a task whose worker dies is given to another, one that kills three workers is taken
apart, and the file that does it becomes a failure.
"""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from pipeline.garbage import few_collections
from pipeline.shards.form import Batch, Shard, read_shard, write_shard
from pipeline.shards.part import BYTES, FILES
from pipeline.taking import Options, Taken, take_up
from pipeline.version import extraction_version
from pipeline.workers import CRASHED, Chunk, chunks, in_order, interrupts_wait
from pipeline.writing import WriteError

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
"""The address that means processes of this machine."""
LEFT = "dask-*"
"""Names of shards that a run on a cluster may leave if it is stopped."""
AHEAD = 3
"""Tasks that wait for each worker."""
RETRIES = 2
SECONDS = 30
"""How long a scheduler is waited for, and a shard that another machine wrote."""
TakeAll = Callable[[Chunk, Options], Iterator[Batch]]


class ClusterError(Exception):
    """The cluster cannot be used; the message says what to do."""


@contextmanager
def cluster(address: str, jobs: int, folder: Path) -> Iterator[TakeAll]:
    """What has the workers of a scheduler take files up, by way of shards in `folder`; ClusterError if it cannot."""
    client = _connect(address, jobs)
    try:
        yield partial(_take_up_all, client, folder)
    finally:
        with suppress(OSError, TimeoutError):  # it is gone, or others use the folder
            client.close()
            if client.cluster:
                client.cluster.close()
            folder.rmdir()


@contextmanager
def _saying(address: str) -> Iterator[None]:
    """Make one sentence of what a scheduler or its workers fail over."""
    try:
        yield
    except WriteError as error:
        raise ClusterError(f"a worker says: {error}") from error
    except (ImportError, AttributeError) as error:
        raise ClusterError(f"a worker cannot run this version of sohieu ({error}); install it there") from error
    except (CancelledError, TimeoutError, OSError) as error:
        raise ClusterError(f"the Dask scheduler at {address} is gone ({error}); run the same command again") from error


def _connect(address: str, jobs: int) -> "Client":
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415  (1 s, and only clusters need it)
    except ImportError as error:
        raise ClusterError("--dask needs Dask: pip install 'sohieu[cluster]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        if address == LOCAL:
            with interrupts_wait():
                local = LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    dashboard_address=None,
                    scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # else it warns when another has Dask's port
                    silence_logs=logging.CRITICAL,
                )
            return Client(local, timeout=SECONDS)
        return Client(address, timeout=SECONDS)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}; look whether it runs ({error})") from error


def _take_up_all(client: "Client", folder: Path, files: Chunk, options: Options) -> Iterator[Batch]:
    """Shards in the order of the files; a few tasks for each worker are ahead."""
    run = _Run(client, folder, options, uuid4().hex[:8])
    with _saying(client.scheduler.addr if client.scheduler else LOCAL):
        tasks = ((part, run.submit(part)) for part in chunks(files, FILES, BYTES))
        for part, future in in_order(tasks, lambda: AHEAD * max(1, len(client.nthreads()))):
            yield from run.settled(part, future)
    for rest in folder.glob(f"*dask-{run.name}-*"):  # of workers that died; their tasks were done again
        rest.unlink(missing_ok=True)


@dataclass(slots=True)
class _Run:
    """Tasks of one run, numbered."""

    client: "Client"
    folder: Path
    options: Options
    name: str
    number: int = 0

    def submit(self, part: Chunk) -> "Future[str]":
        self.number += 1
        name = f"dask-{self.name}-{self.number:09}"
        return self.client.submit(make_shard, part, self.options, self.folder, name, pure=False, retries=RETRIES)

    def settled(self, part: Chunk, future: "Future[str]") -> Iterator[Batch]:
        """The shard of a task; if it ended its workers, one for each of its files."""
        if shard := self._shard(future):
            yield shard
        elif len(part) == 1:
            yield [Taken(part[0][0], trouble=CRASHED)]
        else:
            for each in part:
                yield from self.settled([each], self.submit([each]))

    def _shard(self, future: "Future[str]") -> Shard | None:
        from distributed import KilledWorker  # noqa: PLC0415

        try:
            return _arrived(self.folder / future.result())
        except KilledWorker:
            return None


def make_shard(part: Chunk, options: Options, folder: Path, name: str) -> str:
    """What a worker does: take files up, write what became of them as a shard, return its file's name."""
    about = {"version": extraction_version(options.words), "ocr": options.reading.ocr}
    with few_collections():
        return write_shard(folder, name, (take_up(item, known, options) for item, known in part), about).name


def _arrived(path: Path) -> Shard:
    """A shard that another machine wrote; a shared folder may show it late."""
    for _ in range(10 * SECONDS):
        if path.exists():
            return read_shard(path)
        time.sleep(0.1)
    raise ClusterError(
        f"{path} was written by a worker and is not to be seen here; --shards must be a folder that all machines share"
    )
