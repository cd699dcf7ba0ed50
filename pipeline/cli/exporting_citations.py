"""sohieu export citations."""

from pathlib import Path

import click

from pipeline.cli.common import DayType, database_option, reading
from pipeline.cli.output import deliver, form_of, nothing, spare
from pipeline.export.exchange import FORMATS, SUFFIXES, beside
from pipeline.export.provenance import provenance
from pipeline.query.citable import documents_of, undated
from pipeline.query.suggest import unknown_filters
from pipeline.query.tables import one_state
from pipeline.query.timeline import Filter
from pipeline.query.typed import as_stored


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
    spare(db, output)
    chosen = form_of(form, output, SUFFIXES, "txt")
    typed = (None if said is None else as_stored(said) for said in (doc_type, issuer, place, about))
    doc_type, issuer, place, about = typed
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
    if not rows:
        nothing(f"{db} holds no such documents", likely)
    deliver(FORMATS[chosen](rows, source).encode(), output, source, beside(chosen))
