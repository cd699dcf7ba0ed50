"""sohieu check integrity."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from pipeline.cli.common import asking, print_table, printable
from pipeline.integrity import Examined, Salvage, examine, salvage

NEW = "NEW.db"
"""What a new database is called in what one is told to do."""


def check_integrity(db: Path, as_json: bool) -> None:
    """Print what is wrong with the database and what can be saved; status 1 if anything is wrong."""
    with asking(db):
        found = examine(db)
        saved = salvage(db) if found.problems else None
    if as_json:
        record = {**asdict(found), "saved": asdict(saved) if saved else None}
        click.echo(json.dumps(record, ensure_ascii=False))
    elif saved:
        _print(found, saved, db)
    else:
        click.echo("Nothing to report.", err=True)
    for note in found.notes:
        click.echo(note, err=True)
    if saved:
        raise click.exceptions.Exit(1)


def _print(found: Examined, saved: Salvage, db: Path) -> None:
    print_table(["where", "what is wrong"], [(problem.where, problem.what) for problem in found.problems])
    click.echo("\nWhat can be read:")
    print_table(["table", "rows", "complete"], [
        (table, count, "no" if table in saved.cut else "yes") for table, count in saved.rows.items()
    ])  # fmt: skip
    click.echo("\nWhat to do:")
    for line in _advice(saved, db):
        click.echo(printable(line))


def _advice(saved: Salvage, db: Path) -> Iterator[str]:
    """Facts come again from the files; what people wrote by hand is only here."""
    folders = shlex.join(saved.folders) or "FOLDER"
    tables = "".join(f" --authority {shlex.quote(table)}" for table in saved.tables)
    yield f"sohieu ingest {folders}{tables} --db {NEW}"
    if saved.rows.get("corrections"):
        yield f"sohieu correct --save corrections.csv --db {shlex.quote(str(db))}"
        yield f"sohieu correct corrections.csv --db {NEW}"
