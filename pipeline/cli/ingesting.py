"""sohieu ingest."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.common import asking, database_option, print_table, printable
from pipeline.files import find_files
from pipeline.run import Progress, Tally, plan
from pipeline.run import ingest as run_ingest
from pipeline.stages import MAX_BYTES
from pipeline.store import StoreError

SHOWN = 10
"""Failures and missing files that are listed by name."""


@click.command(epilog="Example: sohieu ingest corpus/texts --db outputs/sohieu.db")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
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
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read; as many as there are cores if not said.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def ingest(
    paths: tuple[Path, ...],
    db: Path,
    words: str,
    max_bytes: int,
    authority: tuple[Path, ...],
    jobs: int | None,
    dry_run: bool,
) -> None:
    """Bring files and folders into the database.

    What is there already costs nothing; a changed file replaces its rows; a file that cannot be read becomes
    a row of its own ('sohieu check failures'), and the rest is done.
    """
    if not paths and not authority:
        raise click.UsageError("Name files or folders, or a table with --authority.")
    with asking(db):
        if dry_run:
            _print_plan(paths, db, words == "yes", max_bytes)
            return
        try:
            tally = _with_progress(paths, db, words == "yes", max_bytes, authority, jobs or cores())
        except StoreError as error:
            raise click.ClickException(str(error)) from error
    _report(tally)
    if tally.failed:
        raise click.exceptions.Exit(1)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _print_plan(paths: Sequence[Path], db: Path, words: bool, max_bytes: int) -> None:
    print_table(["would", "path"], list(plan(paths, db, words, max_bytes)))


def _with_progress(
    paths: Sequence[Path], db: Path, words: bool, max_bytes: int, tables: Sequence[Path], jobs: int
) -> Tally:
    if not sys.stderr.isatty() or not paths:
        return run_ingest(paths, db, words, max_bytes, tables=tables, jobs=jobs)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    total = sum(1 for _ in find_files(paths, Tally()))
    columns = (TextColumn("ingest"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("ingest", total=total)
        advance: Progress = lambda _: bar.advance(task)  # noqa: E731
        return run_ingest(paths, db, words, max_bytes, advance, tables, jobs)


def _report(tally: Tally) -> None:
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
    if tally.not_applied:
        click.echo(f"{tally.not_applied} corrections are not applied: see 'sohieu check corrections'", err=True)
