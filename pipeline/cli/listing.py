"""sohieu timeline."""

import csv
import json
from dataclasses import asdict, astuple, fields
from datetime import date
from io import StringIO
from pathlib import Path

import click

from pipeline.cli.common import database_option, print_table, reading
from pipeline.query.timeline import Event, Filter
from pipeline.query.timeline import timeline as read_timeline
from pipeline.writing import write_whole

HEADER = [field.name for field in fields(Event)]


class _Day(click.ParamType[str]):
    """A year, a month or a day that exists."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value as it is; a usage error if there is no such year, month or day."""
        text = str(value)
        try:
            date.fromisoformat((text + "-01-01"[len(text) - len("2020") :])[: len("2020-01-01")])
        except ValueError:
            self.fail(f"{text!r} is no year, month or day; write 2020, 2020-03 or 2020-03-01", param, ctx)
        return text


@click.command(epilog="Example: sohieu timeline --type 'chỉ thị' --from 2020 --format csv")
@click.option("--issuer", help="Words of the issuer's name.")
@click.option("--type", "doc_type", help="Type of document.")
@click.option("--place", help="Province or other place.")
@click.option(
    "--from", "since", type=_Day(), metavar="DATE", help="First day, month or year (2020, 2020-03, 2020-03-01)."
)
@click.option("--to", "until", type=_Day(), metavar="DATE", help="Last day, month or year.")
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
        as_json = form == "json" or (form is None and named == ".json")
        _write(_as_json(events) if as_json else _as_csv(events), output)
    if undated:
        click.echo(f"{undated} more have no date.", err=True)
    if not events:
        raise click.exceptions.Exit(1)


def _as_csv(events: list[Event]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([_safe(value) for value in astuple(event)] for event in events)
    return out.getvalue()


def _safe(value: object) -> object:
    """A cell that a spreadsheet would run as a formula is quoted."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def _as_json(events: list[Event]) -> str:
    return json.dumps([asdict(event) for event in events], ensure_ascii=False, indent=1) + "\n"


def _write(content: str, output: Path | None) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    write_whole(output, content)
