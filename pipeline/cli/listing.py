"""sohieu timeline."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.common import MANY, DayType, database_option, print_table, reading
from pipeline.cli.output import deliver, form_of, nothing, spare
from pipeline.query.suggest import unknown_filters
from pipeline.query.tables import one_state
from pipeline.query.timeline import LANES, Filter, Lane, Timeline
from pipeline.query.timeline import timeline as read_timeline
from pipeline.query.typed import as_stored

if TYPE_CHECKING:
    from pipeline.export.labels import Language
    from pipeline.export.periods import By
    from pipeline.export.timeline import Format, Look

FORMATS = ["csv", "json", "ndjson", "markdown", "ics", "timelinejs", "html", "svg", "png"]


class _Lanes(click.ParamType[tuple[Lane, ...]]):
    name = "lanes"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Lane, ...]:
        """Lanes with commas between them; a usage error if there is none of a name."""
        said = [part.strip() for part in str(value).split(",")]
        if unknown := [part for part in said if part not in LANES]:
            self.fail(f"{', '.join(unknown)!r} is no lane; they are {', '.join(LANES)}", param, ctx)
        return tuple(lane for lane in LANES if lane in said)


@click.command(epilog="Example: sohieu timeline --type 'chỉ thị' --from 2020 -o chi-thi.html")
@click.option("--issuer", "issuers", multiple=True, help="Words of the issuer's name; several stand side by side.")
@click.option("--type", "doc_type", help="Type of document.")
@click.option("--place", help="Province or other place.")
@click.option("--merged", is_flag=True, help="With a province of today, those that have become part of it too.")
@click.option(
    "--system",
    type=click.Choice(["party", "state", "mass"]),
    help="The Party's documents, the State's, or mass organisations'.",
)
@click.option(
    "--from", "since", type=DayType(), metavar="DATE", help="First day, month or year (2020, 2020-03, 2020-03-01)."
)
@click.option("--to", "until", type=DayType(), metavar="DATE", help="Last day, month or year.")
@click.option("--about", help="Words of the subject.")
@click.option("--cited", type=click.IntRange(0, MANY), default=0, help="Fewest citations.")
@click.option(
    "--lanes",
    type=_Lanes(),
    default="issued",
    show_default=True,
    help="What is listed: issued,cited,amended,replaced,reviewed.",
)
@click.option(
    "--by", type=click.Choice(["month", "quarter", "year", "term", "decade"]), help="What a picture counts by."
)
@click.option("--heat", is_flag=True, help="A picture of issuers by period.")
@click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default="vi",
    envvar="SOHIEU_LANG",
    show_default=True,
    help="Language of labels.",
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, which Excel wants.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="A file's format, else by its suffix; a table without."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@database_option
def timeline(
    issuers: tuple[str, ...],
    doc_type: str | None,
    place: str | None,
    merged: bool,
    system: str | None,
    since: str | None,
    until: str | None,
    about: str | None,
    cited: int,
    lanes: tuple[Lane, ...],
    by: "By | None",
    heat: bool,
    lang: "Language",
    bom: bool,
    form: "Format | None",
    output: Path | None,
    db: Path,
) -> None:
    """List documents by date of issue; those without a date are counted on standard error.

    Files: CSV, JSON, NDJSON, Markdown, iCalendar, TimelineJS, a page, SVG, PNG. Exit status 1 if nothing fits, and then no file is written.
    """
    spare(db, output)
    chosen = _format(form, output) if form or output else None
    if bom and chosen != "csv":
        raise click.UsageError("--bom is for CSV.")
    if since and until and since[: len(until)] > until[: len(since)]:
        raise click.UsageError(f"--from {since} is later than --to {until}.")
    typed = (None if said is None else as_stored(said) for said in (doc_type, place, about))
    doc_type, place, about = typed
    wanted = Filter(tuple(map(as_stored, issuers)), doc_type, place, since, until, about, system, cited, merged)
    with reading(db) as conn, one_state(conn):
        found = read_timeline(conn, wanted, lanes)
        likely = [] if found.events else unknown_filters(conn, wanted)
        if found.events and chosen:
            asked = {**wanted.told(), "lanes": ",".join(lanes)}
            _export(conn, found, asked, chosen, output, _look(wanted, by, heat, lang, bom))
        elif found.events:
            _print(found, lanes)
    if found.undated:
        click.echo(f"{len(found.undated)} more have no date.", err=True)
    if not found.events:
        nothing("No document fits", likely)


def _format(form: "Format | None", output: Path | None) -> "Format":
    from pipeline.export.timeline import SUFFIXES

    return form_of(form, output, SUFFIXES, "csv")


def _look(wanted: Filter, by: "By | None", heat: bool, lang: "Language", bom: bool) -> "Look":
    from pipeline.export.timeline import Look

    return Look(lang, by, "heat" if heat else None, wanted.issuers, bom)


def _export(
    conn: sqlite3.Connection,
    found: Timeline,
    asked: Mapping[str, str | None],
    form: "Format",
    output: Path | None,
    look: "Look",
) -> None:
    from pipeline.export.provenance import provenance
    from pipeline.export.timeline import beside, holds_any, written

    if not holds_any(found, form):
        nothing("No document that fits has a date that can be drawn")

    come = provenance(conn, asked, {"events": len(found.events), "undated": len(found.undated)})
    deliver(written(found, form, come, look), output, come, beside(found, form))


def _print(found: Timeline, lanes: Sequence[Lane]) -> None:
    names = ("issued", "symbol", "doc_type", "number", "issuer", "place", "title", "mentions", "document_id")
    extra = ("event", "date", "by") if lanes != ("issued",) else ()
    print_table([*names, *extra], [astuple(event)[: len(names) + len(extra)] for event in found.events])
