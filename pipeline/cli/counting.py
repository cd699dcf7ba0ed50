"""sohieu totals."""

import json
from pathlib import Path

import click

from pipeline.cli.common import database_option, json_option, print_table, reading
from pipeline.query.totals import totals as count_rows


@click.command(epilog="Example: sohieu totals --json")
@database_option
@json_option
def totals(db: Path, as_json: bool) -> None:
    """Count what the database holds."""
    with reading(db) as conn:
        counts = count_rows(conn)
    if as_json:
        click.echo(json.dumps(counts))
    else:
        print_table(["what", "count"], list(counts.items()))
