"""sohieu export graph, chain."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import click

from pipeline.cli.common import database_option, reading
from pipeline.cli.output import form_of, nothing, spare
from pipeline.export.drawing import as_svg
from pipeline.export.graph import FORMATS, SUFFIXES, graph_of, write_graph
from pipeline.export.provenance import Provenance, provenance
from pipeline.query.chain import KINDS as CHAINED
from pipeline.query.chain import Step
from pipeline.query.graph import KINDS, Edge, chain_nodes, edges, nodes
from pipeline.query.matching import DocumentRow, rows_of
from pipeline.query.show import show_document
from pipeline.query.tables import one_state
from pipeline.query.typed import as_stored
from pipeline.writing import replacing


class KindsType(click.ParamType[tuple[str, ...]]):
    """Kinds of relations, separated by commas."""

    name = "kinds"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The kinds; a usage error with all of them if one is none."""
        kinds = tuple(kind.strip() for kind in str(value).split(","))
        for kind in kinds:
            if kind not in KINDS:
                self.fail(f"{kind!r} is not one of {', '.join(KINDS)}", param, ctx)
        return kinds


@click.command(epilog="Example: sohieu export graph --kinds implements,guides -o graph.gexf")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="The format, else by the suffix of the file; GraphML without one.",
)
@click.option(
    "--kinds", type=KindsType(), metavar="KIND,…", help=f"Only documents that these join: {', '.join(KINDS)}."
)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file.")
@database_option
def graph(form: str | None, kinds: tuple[str, ...] | None, output: Path, db: Path) -> None:
    """Write documents and what joins them, for Gephi and others.

    Relations are what texts tell; a text that is a document cites the documents it mentions.
    """
    spare(db, output)
    chosen = form_of(form, output, SUFFIXES, "graphml")
    with reading(db) as conn, one_state(conn):
        asked = {"what": "graph", "format": chosen, "kinds": ", ".join(kinds or ())}
        source = _write(conn, nodes(conn), edges(conn, kinds or KINDS), kinds is not None, asked, output)
    if not any(source.counts.values()):
        nothing(
            f"{db} holds no documents" if kinds is None else f"{db} holds no documents that {', '.join(kinds)} joins"
        )


def _write(
    conn: sqlite3.Connection,
    documents: Iterable[DocumentRow],
    joins: Iterable[Edge],
    joined_only: bool,
    asked: dict[str, str],
    output: Path,
) -> Provenance:
    made = graph_of(documents, joins, joined_only)
    source = provenance(conn, asked, {"documents": made.number_of_nodes(), "edges": made.number_of_edges()})
    if made:
        with replacing(output) as part:
            write_graph(made, part, asked["format"], source)
    return source


@click.command(epilog="Example: sohieu export chain d-1a2b3c4d5e6f -o chain.svg")
@click.argument("identity", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", *FORMATS]),
    help="The format, else by the suffix of the file; SVG without one.",
)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file.")
@database_option
def chain(identity: str, form: str | None, output: Path, db: Path) -> None:
    """Draw what a document (d-…) carries out and what carries it out, or write it as a graph."""
    spare(db, output)
    chosen = form_of(form, output, {".svg": "svg", **SUFFIXES}, "svg")
    asked = {"what": "chain", "document": as_stored(identity), "format": chosen}
    with reading(db) as conn, one_state(conn):
        document = show_document(conn, identity, 0).document
        before, behind = chain_nodes(conn, document.id)
        if chosen == "svg":
            source = provenance(conn, asked, {"documents": 1 + len(before) + len(behind)})
            middle = Step(
                0, "", document.id, document.symbol or document.title or document.id, document.issued, document.place
            )
            with replacing(output) as part:
                part.write_text(as_svg(middle, before, behind, source), "utf-8")
        else:
            rows = rows_of(conn, [document.id, *(step.id for step in [*before, *behind])])
            _write(conn, sorted(rows, key=lambda row: row.id), edges(conn, CHAINED), False, asked, output)
