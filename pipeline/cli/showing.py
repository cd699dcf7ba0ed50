"""sohieu show."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.common import database_option, print_table, printable, reading
from pipeline.query.chain import Step, chain
from pipeline.query.database import QueryError
from pipeline.query.relations import related
from pipeline.query.show import Change, Citation, DocumentPage, Mark, TextPage, show_document, show_text
from pipeline.query.units import UnitPage, find_units_named, show_unit

ENDED = {"replaces": "replaced", "repeals": "repealed", "amends": "amended"}
"""What became of a document."""
MOST_EVIDENCE = 5
"""Names that speak for a province that are shown."""


@click.command(epilog="Example: sohieu show d-1a2b3c4d5e6f")
@click.argument("identity", metavar="ID")
@click.option("--chain", "as_chain", is_flag=True, help="Show what a document carries out, and what carries it out.")
@database_option
def show(identity: str, as_chain: bool, db: Path) -> None:
    """Show a document (d-…) with what texts say of it, a text (t-…) with its marks, a body or place by id (u-…) or name."""
    if as_chain and not identity.startswith("d-"):
        raise click.UsageError("--chain is for documents (d-…); find their ids with 'sohieu lookup'.")
    with reading(db) as conn:
        if identity.startswith("t-"):
            _print_text(show_text(conn, identity))
        elif identity.startswith("d-") and as_chain:
            _print_chain(conn, identity)
        elif identity.startswith("d-"):
            _print_document(show_document(conn, identity))
        else:
            _print_units(conn, identity)


def _print_chain(conn: sqlite3.Connection, identity: str) -> None:
    document = show_document(conn, identity).document
    for step in reversed(chain(conn, identity, down=False)):
        click.echo(_step(step, f"{'<' * step.depth} "))
    click.echo(printable(f"= {document.symbol or document.title} ({document.id}, {document.issued or 'no date'})"))
    for step in chain(conn, identity, down=True):
        click.echo(_step(step, f"{'>' * step.depth} "))


def _step(step: Step, arrow: str) -> str:
    said = ", ".join(filter(None, [step.id, step.issued or "no date", step.place]))
    return printable(f"{arrow}{step.name} ({said}; {related(step.kind, forward=True)})")


def _print_units(conn: sqlite3.Connection, name: str) -> None:
    """The unit of that id or name; a table to choose from if there are several."""
    units = find_units_named(conn, name)
    if not units:
        raise QueryError(f"nothing is called {printable(name)!r}; find ids with 'sohieu lookup' and 'sohieu search'")
    if len(units) == 1:
        _print_unit(show_unit(conn, units[0].id))
        return
    print_table(["name", "type", "level", "province", "named", "id"], [
        (unit.name, unit.unit_type, unit.level, unit.province, unit.mentions, unit.id) for unit in units
    ])  # fmt: skip


def _print_unit(page: UnitPage) -> None:
    unit = page.unit
    lines = [("name", unit.name), ("type", unit.unit_type), ("level", unit.level), ("province", unit.province)]
    lines += [("belongs to", f"{page.parent.name} ({page.parent.id})" if page.parent else None)]
    lines += [("ended", unit.ended)] if unit.ended else []
    lines += [("then", f"{page.successor.name} ({page.successor.id})")] if page.successor else []
    for label, value in [*lines, ("named", unit.mentions)]:
        click.echo(f"{label + ':':<12}{printable(str(value)) if value is not None else 'not known'}")
    _print_list("Called", [f"{name} ({count})" for name, count in page.names])
    _print_list("Belonging to it", [f"{organ.name} ({organ.id}, {organ.mentions})" for organ in page.organs])
    _print_list("Texts", [f"{path} ({identity}, {count})" for identity, path, count in page.texts])


def _print_list(heading: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(f"\n{heading}:")
    for line in lines:
        click.echo(f"  {printable(line)}")


def _print_document(page: DocumentPage) -> None:
    row = page.document
    for name, value in (
        ("document", row.name),
        ("type", row.doc_type),
        ("issued", row.issued),
        ("issuer", row.issuer),
        ("place", row.place),
        ("about", row.title),
        ("text held", f"{row.held}, recognised from a picture: compare its number" if page.recognised else row.held),
        ("in force", _standing(page)),
        ("cited", row.mentions),
    ):
        click.echo(f"{name + ':':<11}{printable(str(value)) if value is not None else 'not said'}")
    click.echo("\nWhat texts say:")
    for claim in page.claims:
        table = f", table {claim.origin}" if claim.origin else ""
        click.echo(f"  {claim.field}: {printable(claim.value)} ({claim.mentions}{printable(table)})")
    if page.relations:
        click.echo("\nRelations:")
    for other in page.relations:
        kind = related(other.kind, other.forward)
        click.echo(f"  {kind} {printable(other.name)} ({other.id}, in {', '.join(other.texts)})")
    if page.figures:
        click.echo("\nWhat came of it:")
    for figure in page.figures:
        by = f" by {printable(figure.done_by)}" if figure.done_by else ""
        click.echo(f"  {printable(figure.surface)}{by} (in {figure.text_id})")
    click.echo("\nWhere it is cited:")
    for citation in page.citations:
        _print_citation(citation)


def _standing(page: DocumentPage) -> str:
    """Whether a document is in force, as far as texts say."""
    ended = [change for change in page.changes if change.kind in ("replaces", "repeals")]
    changed = ended or page.changes
    if not changed:
        return "not said"
    return "; ".join(_change(change) for change in changed)


def _change(change: Change) -> str:
    since = f" since {change.since}" if change.since else ""
    odd = ", which is the earlier one: check it" if change.contradiction else ""
    texts = "1 text says" if change.texts == 1 else f"{change.texts} texts say"
    return f"{ENDED[change.kind]} by {change.name} ({change.id}){since}, as {texts}{odd}"


def _print_citation(citation: Citation) -> None:
    words = printable(f"…{citation.before}[{citation.surface}]{citation.after}…")
    click.echo(
        f"  {printable(citation.path)} ({citation.published or 'no date'}, {citation.text_id}, by {citation.rule})\n    {words}"
    )


def _print_text(page: TextPage) -> None:
    place, day = page.province or "place unknown", page.published or "no date"
    because = f", as it names {', '.join(page.evidence[:MOST_EVIDENCE])}" if page.evidence else ""
    click.echo(
        f"{printable(page.title or 'without title')}\n{printable(page.path)}, {day}, {place}{printable(because)}\n"
    )
    for field, value in page.header:
        click.echo(f"{field.replace('_', ' ') + ':':<14}{printable(value)}")
    click.echo("\n" * bool(page.header) + _marked(page.text, page.marks))
    click.echo()
    print_table(["from", "to", "family", "printed", "read as"], [
        (mark.start, mark.end, mark.family, page.text[mark.start : mark.end], mark.note) for mark in page.marks
    ])  # fmt: skip


def _marked(text: str, marks: Sequence[Mark]) -> str:
    """The text with references in square brackets."""
    parts, at = [], 0
    for mark in marks:
        if mark.family == "reference" and mark.start >= at:
            parts += [text[at : mark.start], "[", text[mark.start : mark.end], "]"]
            at = mark.end
    lines = "".join([*parts, text[at:]]).split("\n")
    return "\n".join(printable(line) for line in lines)
