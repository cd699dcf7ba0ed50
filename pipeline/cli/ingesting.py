"""sohieu ingest."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import database_option, print_table, printable
from pipeline.cli.sharing import SHOWN, ShareType, SourceType, jobs_option, on_cluster, saying, write_share
from pipeline.files import Source, find_files
from pipeline.putting import Progress, Tally
from pipeline.read import INSTALL, ReadOptions, installed
from pipeline.run import ingest as run_ingest
from pipeline.run import plan
from pipeline.stages import MAX_BYTES
from pipeline.taking import Options

if TYPE_CHECKING:
    from pipeline.read.options import Ocr
    from pipeline.shards.cluster import TakeAll
    from pipeline.shards.part import Share


@click.command(epilog="Example: sohieu ingest corpus/texts --db outputs/sohieu.db")
@click.argument("paths", nargs=-1, type=SourceType())
@database_option
@click.option(
    "--words", type=click.Choice(["yes", "no"]), default="yes", show_default=True, help="Store words of sentences."
)
@click.option("--max-bytes", type=click.IntRange(min=1), default=MAX_BYTES, show_default=True, help="Largest file.")
@click.option(
    "--authority",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A CSV table of known documents (docs/authority.md).",
)
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Recognise pages that are pictures: where there is no text, nowhere, or everywhere.",
)
@jobs_option
@click.option("--dask", help="Have a Dask cluster read: a scheduler's address, or 'local' (docs/clusters.md).")
@click.option(
    "--shard", type=ShareType(), help="Read this share of the files only, and write shards for 'sohieu merge'."
)
@click.option("--shards", type=click.Path(file_okay=False, path_type=Path), help="The folder of shards.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def ingest(
    paths: tuple[Source, ...],
    db: Path,
    words: str,
    max_bytes: int,
    authority: tuple[Path, ...],
    ocr: "Ocr",
    jobs: int,
    dask: str | None,
    shard: "Share | None",
    shards: Path | None,
    dry_run: bool,
) -> None:
    """Bring files, folders and addresses (s3://…) into the database.

    What is there already costs nothing; a changed file replaces its rows; a file that cannot be read becomes
    a row of its own ('sohieu check failures'), and the rest is done.
    """
    _check(paths, authority, dask, shard, shards)
    options = Options(words == "yes", max_bytes, reading=ReadOptions(ocr))
    if dry_run:
        with saying(db):
            print_table(["would", "path"], list(plan(paths, db, options)))
        return
    if shard and shards:
        write_share(paths, db, shard, shards, options, jobs)
        return
    with saying(db), on_cluster(dask, jobs, shards or db.with_name(f"{db.name}.shards"), db) as on:
        tally = _with_progress(paths, db, options, authority, jobs, on)
    report(tally)
    if tally.failed:
        raise click.exceptions.Exit(1)


def _check(
    paths: Sequence[Source], tables: Sequence[Path], dask: str | None, shard: object, shards: Path | None
) -> None:
    if not paths and not tables:
        raise click.UsageError("Name files or folders, or a table with --authority.")
    if shard and (dask or tables or not shards):
        raise click.UsageError("--shard writes into the folder --shards, without --dask or --authority.")
    if shards and not (shard or dask):
        raise click.UsageError("--shards is the folder for --shard or --dask.")


def _with_progress(
    paths: Sequence[Source],
    db: Path,
    options: Options,
    tables: Sequence[Path],
    jobs: int,
    on: "TakeAll | None",
) -> Tally:
    if not sys.stderr.isatty() or not paths:
        return run_ingest(paths, db, options.words, options.max_bytes, None, tables, jobs, on, options.reading)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    total = sum(1 for _ in find_files(paths, Tally()))
    columns = (TextColumn("ingest"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("ingest", total=total)
        advance: Progress = lambda _: bar.advance(task)  # noqa: E731
        return run_ingest(paths, db, options.words, options.max_bytes, advance, tables, jobs, on, options.reading)


def report(tally: Tally) -> None:
    """Say what became of files."""
    click.echo(
        f"{tally.added} added, {tally.changed} changed, {tally.unchanged} unchanged, {len(tally.failed)} failed, "
        f"{len(tally.missing)} missing, {tally.ignored} not texts"
    )
    for path, reason in tally.failed[:SHOWN]:
        click.echo(f"{printable(path)} {printable(reason)}", err=True)
    if len(tally.failed) > SHOWN:
        click.echo(f"and {len(tally.failed) - SHOWN} more: see 'sohieu check failures'", err=True)
    for path in tally.missing[:SHOWN]:
        click.echo(
            f"{printable(path)} is gone from its folder; its rows are kept (see 'sohieu check missing')", err=True
        )
    if tally.pages_left:
        what = "allow --ocr auto" if installed() else INSTALL
        click.echo(f"{tally.pages_left} pages are pictures and were left (see 'sohieu check pages'); {what}", err=True)
    if tally.not_applied:
        click.echo(f"{tally.not_applied} corrections are not applied: see 'sohieu check corrections'", err=True)
