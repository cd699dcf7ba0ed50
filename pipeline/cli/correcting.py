"""sohieu correct."""

from pathlib import Path

import click

from pipeline.cli.common import database_option, printable, reading


@click.command(epilog="Example: sohieu correct ours.csv && sohieu check corrections")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--gold",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the corrected texts as gold annotations here.",
)
@database_option
def correct(file: Path | None, gold: Path | None, db: Path) -> None:
    """Set right what was found wrongly, by a CSV table (docs/corrections.md); it holds when texts are read again."""
    if file is None and gold is None:
        raise click.UsageError("Name a table of corrections, or a folder with --gold.")
    if file:
        _apply(file, db)
    if gold:
        from pipeline.score.writing import write_gold

        with reading(db) as conn:
            names = write_gold(conn, gold)
        click.echo(f"{len(names)} texts written to {printable(str(gold))}")


def _apply(file: Path, db: Path) -> None:
    from pipeline.correct import correct as run
    from pipeline.store import StoreError

    if not db.exists():
        raise click.ClickException(
            f"{db} does not exist; make it with 'sohieu ingest FOLDER' or name another with --db"
        )
    try:
        done = run(file, db)
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{done.applied} applied, {done.undone} undone, {len(done.wrong)} not applied")
    for reason in done.wrong:
        click.echo(f"{printable(str(file))} {printable(reason)}", err=True)
    if done.wrong:
        raise click.exceptions.Exit(1)
