"""Work shared among processes and machines: parameters of `sohieu ingest`, and `sohieu merge`."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.addresses import AddressError, is_address
from pipeline.cli.common import asking, database_option, printable
from pipeline.files import Source
from pipeline.store import StoreError

if TYPE_CHECKING:
    from pipeline.shards.cluster import TakeAll
    from pipeline.shards.part import Share
    from pipeline.taking import Options

SHOWN = 10
"""Failures, missing files and shards that are listed by name."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=cores,
    help="Processes that read and settle; as many as there are cores if not said.",
)


class SourceType(click.ParamType[Source]):
    """A path, or an address such as s3://bucket/folder."""

    name = "path"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Source:
        """A Path, or an address as it is."""
        return value if isinstance(value, Path) or (isinstance(value, str) and is_address(value)) else Path(str(value))


class ShareType(click.ParamType["Share"]):
    """A share such as 3/8."""

    name = "i/n"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "Share":
        """The share; a usage error if it is none."""
        from pipeline.shards.part import Share

        return Share.read(str(value)) or self.fail(f"{value!r} is no share; shares of 8 are 1/8 to 8/8", param, ctx)


def write_share(paths: Sequence[Source], db: Path, share: "Share", folder: Path, options: "Options", jobs: int) -> None:
    """Write the shards of a share and say so; what `db` holds already is left out if it is there."""
    from pipeline.files import find_files, whole_folders
    from pipeline.putting import Tally
    from pipeline.run import known_sources
    from pipeline.shards.part import take_share

    with saying(db):
        items = find_files(paths, Tally())
        done = take_share(share, items, whole_folders(paths), known_sources(db), options, jobs, folder)
    click.echo(
        f"share {share}: {done.files} files, {done.failed} failed, {done.written} shards written, {done.kept} were there"
    )


@contextmanager
def on_cluster(address: str | None, jobs: int, folder: Path, db: Path) -> Iterator["TakeAll | None"]:
    """What has a cluster take files up, None without one; shards that an earlier run left are merged first."""
    if address is None:
        yield None
        return
    from pipeline.shards.cluster import LEFT, cluster

    if any(folder.glob(f"{LEFT}.shard")):
        run_merge(folder, db, jobs, pattern=LEFT)
    with cluster(address, jobs, folder) as take_all:
        yield take_all


@contextmanager
def saying(db: Path) -> Iterator[None]:
    """Make one sentence of what goes wrong with databases, addresses, shards and clusters."""
    from pipeline.shards.cluster import ClusterError
    from pipeline.shards.form import ShardError

    with asking(db):
        try:
            yield
        except (StoreError, AddressError, ShardError, ClusterError) as error:
            raise click.ClickException(printable(str(error))) from error


@click.command(epilog="Example: sohieu merge shards/ --db outputs/sohieu.db")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@database_option
@click.option("--keep", is_flag=True, help="Leave the shards there.")
@jobs_option
def merge(folder: Path, db: Path, keep: bool, jobs: int) -> None:
    """Put the shards of a folder into the database, each once, and delete them (docs/clusters.md)."""
    with saying(db):
        wrong = run_merge(folder, db, jobs, keep)
    if wrong:
        raise click.exceptions.Exit(1)


def run_merge(folder: Path, db: Path, jobs: int, keep: bool = False, pattern: str = "*") -> bool:
    """Merge and say what was done; whether something is wrong."""
    from pipeline.cli.ingesting import report
    from pipeline.merge import merge as merge_shards

    done = merge_shards(folder, db, keep, pattern, jobs=jobs)
    click.echo(f"{done.shards} shards merged, {done.before} were merged before, {len(done.wrong)} cannot be used")
    report(done.tally)
    for sentence in done.wrong[:SHOWN]:
        click.echo(printable(sentence), err=True)
    if done.absent:
        shares = ", ".join(done.absent[:SHOWN])
        click.echo(f"shares that are not whole: {shares}; files gone from their folders were not looked for", err=True)
    return bool(done.wrong or done.tally.failed)
