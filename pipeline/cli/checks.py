"""sohieu check."""

import json
from pathlib import Path

import click

from pipeline.cli.common import database_option, json_option, print_table, reading
from pipeline.query.checks import CHECKS, GAPS
from pipeline.query.checks import check as run_check

INTEGRITY = "integrity"
"""The check of the database itself."""


@click.command(epilog="Example: sohieu check failures")
@click.argument("what", type=click.Choice(sorted([*CHECKS, GAPS, INTEGRITY])))
@database_option
@json_option
def check(what: str, db: Path, as_json: bool) -> None:
    """List what needs a person: failed files, mismatched symbols, disputed dates and others.

    'integrity' looks whether the database itself is whole, and says what can be saved if it is not.
    """
    if what == INTEGRITY:
        from pipeline.cli.integrity import check_integrity

        check_integrity(db, as_json)
        return
    with reading(db) as conn:
        header, rows = run_check(conn, what)
    if as_json:
        click.echo(json.dumps([dict(zip(header, row, strict=True)) for row in rows], ensure_ascii=False))
    elif rows:
        print_table(header, rows)
    else:
        click.echo("Nothing to report.", err=True)
