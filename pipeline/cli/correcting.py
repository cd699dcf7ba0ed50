"""sohieu correct."""

from pathlib import Path

import click

from pipeline.cli.common import asking, database_option, printable, reading
from pipeline.writing import write_whole


@click.command(epilog="Example: sohieu correct ours.csv && sohieu check corrections")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--gold",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the corrected texts as gold annotations here.",
)
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the corrections of the database, even of a damaged one, to this CSV table.",
)
@database_option
def correct(file: Path | None, gold: Path | None, save: Path | None, db: Path) -> None:
    """Set right what was found wrongly, by a CSV table (docs/corrections.md); it holds when texts are read again."""
    if file is None and gold is None and save is None:
        raise click.UsageError(
            "Name a table of corrections, a folder with --gold, or a table to be written with --save."
        )
    if file:
        _apply(file, db)
    if gold:
        _write_gold(gold, db)
    if save:
        _save(save, db)


def _write_gold(folder: Path, db: Path) -> None:
    from pipeline.score.writing import write_gold

    with reading(db) as conn:
        names = write_gold(conn, folder)
    click.echo(f"{len(names)} texts written to {printable(str(folder))}")


def _save(file: Path, db: Path) -> None:
    from pipeline.integrity import saved_corrections

    with asking(db):
        table, count, lost = saved_corrections(db)
    write_whole(file, table)
    click.echo(f"{count} corrections written to {printable(str(file))}")
    if lost:
        raise click.ClickException(f"{db} is damaged, and some of its corrections cannot be read")


def _apply(file: Path, db: Path) -> None:
    from pipeline.correct import correct as run
    from pipeline.store import StoreError

    if not db.exists():
        raise click.ClickException(
            f"{db} does not exist; make it with 'sohieu ingest FOLDER' or name another with --db"
        )
    with asking(db):
        try:
            done = run(file, db)
        except StoreError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{done.applied} applied, {done.undone} undone, {len(done.wrong)} not applied")
    for reason in done.wrong:
        click.echo(f"{printable(str(file))} {printable(reason)}", err=True)
    if done.wrong:
        raise click.exceptions.Exit(1)
