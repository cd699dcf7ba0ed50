"""sohieu export citations."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from pipeline.cli.common import DayType, database_option, reading
from pipeline.cli.exporting import finish, spare
from pipeline.export.exchange import BESIDE, FORMATS, SUFFIXES, beside
from pipeline.export.provenance import Provenance, provenance
from pipeline.query.citable import documents_of, undated
from pipeline.query.suggest import Unknown, unknown_filters
from pipeline.query.tables import one_state
from pipeline.query.timeline import Filter
from pipeline.writing import replacing


@click.command(epilog="Example: sohieu export citations --type 'chỉ thị' --from 2020 -o chi-thi.bib")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help="The format, else by the suffix of the file; txt without one.",
)
@click.option("--type", "doc_type", help="Type of document.")
@click.option("--issuer", help="Words of the issuer's name.")
@click.option("--place", help="Province or other place.")
@click.option("--from", "since", type=DayType(), metavar="DATE", help="First day, month or year.")
@click.option("--to", "until", type=DayType(), metavar="DATE", help="Last day, month or year.")
@click.option("--about", help="Words of the subject.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@database_option
def citations(
    form: str | None,
    doc_type: str | None,
    issuer: str | None,
    place: str | None,
    since: str | None,
    until: str | None,
    about: str | None,
    output: Path | None,
    db: Path,
) -> None:
    """Write how documents are cited, for Zotero and others; akn is a section of references of Akoma Ntoso.

    Documents without a day are left out if a period is asked, and counted on standard error.
    """
    chosen = form or SUFFIXES.get(output.suffix.lower() if output else "", "txt")
    spare(db, output)
    wanted = Filter(
        issuers=(issuer,) if issuer else (), doc_type=doc_type, place=place, since=since, until=until, about=about
    )
    asked = {"what": "citations", "format": chosen, "type": doc_type, "issuer": issuer, "place": place, "from": since, "to": until, "about": about}  # fmt: skip
    with reading(db) as conn, one_state(conn):
        rows = list(documents_of(conn, wanted))
        left = undated(conn, wanted) if since or until else 0
        likely = [] if rows else unknown_filters(conn, wanted)
        source = provenance(conn, asked, {"documents": len(rows), **({"undated": left} if left else {})})
    if left:
        click.echo(f"{left} more have no date.", err=True)
    if rows:
        _write(FORMATS[chosen](rows, source), chosen, output, source)
    finish(source, output, bool(rows), f"{db} holds no such documents{_instead(likely)}")


def _instead(unknown: Sequence[Unknown]) -> str:
    """What may have been meant by names that nothing has."""
    said = [
        f"no {each.name} is called so" + (f", did you mean {' or '.join(map(repr, each.like))}?" if each.like else "")
        for each in unknown
    ]
    return f" ({'; '.join(said)})" if said else ""


def _write(content: str, form: str, output: Path | None, source: Provenance) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    with ExitStack() as files:
        files.enter_context(replacing(output)).write_bytes(content.encode())
        if form in BESIDE and not output.is_relative_to("/dev"):
            part = files.enter_context(replacing(output.with_name(f"{output.name}-metadata.json")))
            part.write_text(beside(output.name, source), "utf-8")
