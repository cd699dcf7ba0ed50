"""Graphs of documents as GraphML and GEXF, which Gephi, Cytoscape, igraph and yEd read."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.citations import vietnamese
from pipeline.export.letters import clean
from pipeline.export.provenance import Provenance
from pipeline.export.uris import uri_of
from pipeline.query.graph import Edge
from pipeline.query.matching import DocumentRow

if TYPE_CHECKING:
    import networkx

SUFFIXES = {".graphml": "graphml", ".gexf": "gexf"}
FORMATS = tuple(SUFFIXES.values())


def graph_of(documents: Iterable[DocumentRow], edges: Iterable[Edge], joined_only: bool) -> "networkx.MultiDiGraph":
    """A graph of documents that are joined, or of all; edges to documents that are not among them are left out."""
    import networkx  # noqa: PLC0415  (takes a while to load)

    graph, rows = networkx.MultiDiGraph(), {row.id: row for row in documents}
    kept = [edge for edge in edges if edge.source in rows and edge.target in rows]
    ends = {end for edge in kept for end in (edge.source, edge.target)}
    graph.add_nodes_from(
        (identity, _node(row)) for identity, row in rows.items() if identity in ends or not joined_only
    )
    graph.add_edges_from(
        (edge.source, edge.target, f"{edge.source}.{edge.kind}.{edge.target}", _edge(edge)) for edge in kept
    )
    return graph


def write_graph(graph: "networkx.MultiDiGraph", path: Path, form: str, source: Provenance) -> None:
    """Write a graph, with where it comes from; OSError if that cannot be."""
    (_write_graphml if form == "graphml" else _write_gexf)(graph, path, source)


def _write_graphml(graph: "networkx.MultiDiGraph", path: Path, source: Provenance) -> None:
    from networkx import write_graphml_xml  # noqa: PLC0415

    graph.graph["provenance"] = clean(json.dumps(source.told(), ensure_ascii=False))
    with path.open("wb") as file:
        write_graphml_xml(graph, file)


def _write_gexf(graph: "networkx.MultiDiGraph", path: Path, source: Provenance) -> None:
    """As networkx writes it, but for the day of writing, for which it would put today."""
    from xml.etree.ElementTree import SubElement  # noqa: PLC0415

    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(graph)
    meta = next(element for element in writer.xml if element.tag.endswith("meta"))
    meta.attrib.clear()
    if source.generated:
        meta.attrib["lastmodifieddate"] = source.generated[: len("2021-01-01")]
    for element in meta:
        if element.tag.endswith("creator"):
            element.text = source.program
    SubElement(meta, "description").text = clean(json.dumps(source.told(), ensure_ascii=False))
    with path.open("wb") as file:
        writer.write(file)


def _node(row: DocumentRow) -> Mapping[str, str | int | bool]:
    said = {
        "label": row.symbol or row.title or vietnamese(row), "type": row.doc_type, "issuer": row.issuer, "place": row.place, "issued": row.issued,
        "title": row.title, "uri": uri_of(row),
    }  # fmt: skip
    return {**_known(said), "cited": row.mentions, "held": row.held is not None}


def _edge(edge: Edge) -> Mapping[str, str | int | bool]:
    said = {"label": edge.kind, "kind": edge.kind, "first": edge.first}
    return {**_known(said), "texts": edge.texts, "weight": edge.texts}


def _known(said: Mapping[str, str | None]) -> dict[str, str | int | bool]:
    """Without what is not known, which these formats cannot hold, and characters that XML cannot."""
    return {name: clean(value) for name, value in said.items() if value is not None}
