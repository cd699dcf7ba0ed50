"""sohieu timeline."""

from dataclasses import astuple
from pathlib import Path

import click

from pipeline.cli.common import DayType, database_option, print_table, reading
from pipeline.export.timeline import HEADER, as_csv, as_json
from pipeline.query.timeline import Filter
from pipeline.query.timeline import timeline as read_timeline
from pipeline.writing import write_whole


@click.command(epilog="Example: sohieu timeline --type 'chỉ thị' --from 2020 --format csv")
@click.option("--issuer", help="Words of the issuer's name.")
@click.option("--type", "doc_type", help="Type of document.")
@click.option("--place", help="Province or other place.")
@click.option(
    "--from", "since", type=DayType(), metavar="DATE", help="First day, month or year (2020, 2020-03, 2020-03-01)."
)
@click.option("--to", "until", type=DayType(), metavar="DATE", help="Last day, month or year.")
@click.option("--about", help="Words of the subject.")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), help="A file's format, else by its suffix; a table without."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@database_option
def timeline(
    issuer: str | None,
    doc_type: str | None,
    place: str | None,
    since: str | None,
    until: str | None,
    about: str | None,
    form: str | None,
    output: Path | None,
    db: Path,
) -> None:
    """List documents by date of issue; those without a date are counted on standard error."""
    wanted = Filter(issuer, doc_type, place, since, until, about)
    with reading(db) as conn:
        events, undated = read_timeline(conn, wanted)
    if form is None and output is None:
        print_table(HEADER, [astuple(event) for event in events])
    else:
        named = output.suffix.lower() if output else ""
        write = as_json if form == "json" or (form is None and named == ".json") else as_csv
        _write(write(events), output)
    if undated:
        click.echo(f"{undated} more have no date.", err=True)
    if not events:
        raise click.exceptions.Exit(1)


def _write(content: str, output: Path | None) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    write_whole(output, content)
