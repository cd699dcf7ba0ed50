"""Graphs and chains that left the database: networkx reads what the database holds, GraphML and SVG are what their formats ask for."""

import json
import re
import sqlite3
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import networkx
import pytest
from lxml import etree

from extractors.models import RelationKind
from pipeline.export.drawing import HEIGHT, MOST, WIDTH, as_svg, fitted
from pipeline.export.provenance import Provenance, fingerprint
from pipeline.query.chain import KINDS as CHAINED
from pipeline.query.chain import Step, chain
from pipeline.query.database import open_readonly
from pipeline.query.graph import KINDS, edges, nodes
from tests.corpus import ROOT
from tests.exports import ODD
from tests.unit.test_cli import one_sentence, run, sohieu

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://www.gexf.net/1.2draft}"
SVG = "{http://www.w3.org/2000/svg}"
TYPES = {"string", "long", "int", "boolean", "float", "double"}
SOURCE = Provenance("sohieu 0", "sha256:0", {}, {}, None)


def export(database: Path, file: Path, *args: str) -> Path:
    done = run("export", *args, "-o", str(file), "--db", str(database))
    assert done.exit_code == 0, done.output
    return file


READERS = {"graphml": lambda file: networkx.read_graphml(file, force_multigraph=True), "gexf": networkx.read_gexf}


@pytest.mark.parametrize("form", READERS)
def test_networkx_reads_the_documents_and_what_joins_them(form: str, either_db: Path, tmp_path: Path) -> None:
    read = READERS[form](export(either_db, tmp_path / f"g.{form}", "graph"))
    with open_readonly(either_db) as conn:
        documents, joins = {row.id: row for row in nodes(conn)}, list(edges(conn))
    assert set(read.nodes) == set(documents)
    found = sorted((start, end, said["kind"], said["texts"]) for start, end, said in read.edges(data=True))
    assert found == sorted((edge.source, edge.target, edge.kind, edge.texts) for edge in joins)
    assert joins
    for identity, said in read.nodes(data=True):
        row = documents[identity]
        assert said["cited"] == row.mentions
        assert said.get("issued") == row.issued
        assert said["uri"].startswith("/akn/vn/act/")
        assert "\x0b" not in said["label"]


def test_a_text_that_is_a_document_cites(conn: sqlite3.Connection) -> None:
    """Every mention in a held document of another one is an edge."""
    found = {(edge.source, edge.target) for edge in edges(conn, ["cites"])}
    held = conn.execute(
        "SELECT d.id, m.document_id FROM documents d JOIN mentions m ON m.text_id = d.held WHERE m.document_id NOT NULL AND m.document_id <> d.id"
    )
    cited = {(source, target) for source, target in held}
    assert cited
    assert cited <= found


@pytest.mark.parametrize("kinds", ["implements,guides", "replaces", "cites"])
def test_kinds_leave_only_documents_that_they_join(kinds: str, corpus_db: Path, tmp_path: Path) -> None:
    read = networkx.read_gexf(export(corpus_db, tmp_path / "g.gexf", "graph", "--kinds", kinds))
    assert {said["kind"] for _, _, said in read.edges(data=True)} <= set(kinds.split(","))
    assert all(read.degree(node) for node in read)
    assert read


def test_graphml_is_what_its_schema_asks_for(either_db: Path, tmp_path: Path) -> None:
    """Keys are declared before they are used, ids are there once, edges join nodes that are there."""
    root = ElementTree.parse(export(either_db, tmp_path / "g.graphml", "graph")).getroot()
    assert root.tag == f"{GRAPHML}graphml"
    assert [child.tag.removeprefix(GRAPHML) for child in root] == ["key"] * (len(root) - 1) + ["graph"]
    keys = {key.get("id"): key.attrib for key in root.findall(f"{GRAPHML}key")}
    assert all(key["attr.type"] in TYPES and key["for"] in ("node", "edge", "graph") for key in keys.values())
    (graph,) = root.findall(f"{GRAPHML}graph")
    assert graph.get("edgedefault") == "directed"
    ids = [node.get("id") for node in graph.iter(f"{GRAPHML}node")]
    names = [edge.get("id") for edge in graph.iter(f"{GRAPHML}edge")]
    assert len(ids) == len(set(ids))
    assert len(names) == len(set(names))
    for edge in graph.iter(f"{GRAPHML}edge"):
        assert {edge.get("source"), edge.get("target")} <= set(ids)
    for parent in graph.iter():
        for data in parent.findall(f"{GRAPHML}data"):
            assert keys[data.get("key")]["for"] == parent.tag.removeprefix(GRAPHML)
            if keys[data.get("key")]["attr.type"] == "long":
                int(data.text or "")


def test_gexf_declares_its_attributes(either_db: Path, tmp_path: Path) -> None:
    root = ElementTree.parse(export(either_db, tmp_path / "g.gexf", "graph")).getroot()
    declared = {attribute.get("id"): attribute for attribute in root.iter(f"{GEXF}attribute")}
    assert {attribute.get("type") for attribute in declared.values()} <= TYPES
    assert all(value.get("for") in declared for value in root.iter(f"{GEXF}attvalue"))
    assert {"issued", "first", "kind", "texts"} <= {attribute.get("title") for attribute in declared.values()} | {
        "first"
    }
    assert "lastmodifieddate" not in root[0].attrib


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_graphs_are_the_same_each_time_and_say_where_they_come_from(form: str, corpus_db: Path, tmp_path: Path) -> None:
    files = [export(corpus_db, tmp_path / f"{name}.{form}", "graph") for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()
    with open_readonly(corpus_db) as conn:
        assert fingerprint(conn) in files[0].read_text("utf-8")


WRONG: dict[str, Callable[[str], str]] = {
    "an edge to nowhere": lambda text: re.sub(r'target="[^"]+"', 'target="nowhere"', text, count=1),
    "a node without an id": lambda text: re.sub(r'<node id="[^"]+"', "<node", text, count=1),
    "no direction": lambda text: text.replace(' edgedefault="directed"', "").replace("<edges>", "<edges><node/>"),
    "a type of its own": lambda text: text.replace('type="long"', 'type="many"'),
}


@pytest.mark.parametrize("what", [["graph"], ["graph", "--kinds", "implements"]], ids=" ".join)
@pytest.mark.parametrize("form", READERS)
def test_graphs_fit_a_schema(form: str, what: list[str], either_db: Path, tmp_path: Path) -> None:
    schema = etree.XMLSchema(file=str(ROOT / "tests" / "cases" / f"{form}.xsd"))
    file = export(either_db, tmp_path / f"g.{form}", *what)
    schema.assertValid(etree.parse(str(file)))
    text = file.read_text("utf-8")
    for name, spoil in WRONG.items():
        assert not schema.validate(etree.fromstring(spoil(text).encode())), name


def deepest(conn: sqlite3.Connection) -> str:
    ids = [str(identity) for (identity,) in conn.execute("SELECT id FROM documents ORDER BY id")]
    return max(ids, key=lambda each: len(chain(conn, each, down=False)) + len(chain(conn, each, down=True)))


def test_a_chain_as_a_picture_and_as_a_graph(conn: sqlite3.Connection, corpus_db: Path, tmp_path: Path) -> None:
    identity = deepest(conn)
    steps = [*chain(conn, identity, down=False), *chain(conn, identity, down=True)]
    picture = ElementTree.parse(export(corpus_db, tmp_path / "c.svg", "chain", identity)).getroot()
    shown = [title.text or "" for title in picture.findall(f"{SVG}g/{SVG}title")]
    assert sorted(title.rpartition("(")[2].rstrip(")") for title in shown) == sorted(
        [identity, *(step.id for step in steps)]
    )
    assert fingerprint(conn) in (picture.findtext(f"{SVG}desc") or "")
    graph = networkx.read_graphml(export(corpus_db, tmp_path / "c.graphml", "chain", identity))
    assert set(graph.nodes) == {identity, *(step.id for step in steps)}
    assert networkx.is_weakly_connected(graph)
    assert export(corpus_db, tmp_path / "d.svg", "chain", identity).read_bytes() == (tmp_path / "c.svg").read_bytes()


def test_a_document_that_is_not_there(corpus_db: Path, tmp_path: Path) -> None:
    done = sohieu("export", "chain", "d-000000000000", "-o", str(tmp_path / "c.svg"), "--db", str(corpus_db))
    assert "no document has the id d-000000000000" in one_sentence(done)
    assert list(tmp_path.iterdir()) == []


def side(count: int, wide: int) -> list[Step]:
    """A walk of `count` documents in which each that is not a leaf has `wide` below it; names are odd ones."""
    made: list[Step] = []

    def walk(depth: int) -> None:
        for _ in range(wide):
            if len(made) < count:
                at = len(made)
                made.append(Step(depth, "guides", f"d-{at}", ODD[at % len(ODD)] * (at + 1), "2021", "Đắk Lắk"))
                if depth < 4:
                    walk(depth + 1)

    walk(1)
    return made


SIZES = [(0, 0, 3), (1, 0, 3), (0, 1, 3), (5, 20, 3), (30, 30, 4), (10, 50, 60), (200, 3, 4), (300, 300, 5)]


@pytest.mark.parametrize(("before", "behind", "wide"), SIZES)
def test_boxes_do_not_overlap_and_lie_in_the_picture(before: int, behind: int, wide: int) -> None:
    sides = side(before, wide), side(behind, wide)
    picture = ElementTree.fromstring(as_svg(Step(0, "", "d-x", "18-NQ/TW", None, None), *sides, SOURCE))
    boxes = [tuple(map(float, group.attrib["transform"][10:-1].split())) for group in picture.findall(f"{SVG}g")]
    drawn = 1 + min(MOST, len(sides[0]) + len(sides[1]))
    assert len(boxes) == drawn
    for (left, top), (other_left, other_top) in combinations(boxes, 2):
        assert abs(left - other_left) >= WIDTH or abs(top - other_top) >= HEIGHT
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    assert all(0 <= left <= width - WIDTH and 0 <= top <= height - HEIGHT for left, top in boxes)
    assert len(picture.findall(f"{SVG}path")) == drawn - 1
    said = " ".join(picture.itertext())
    left_out = len(sides[0]) + len(sides[1]) + 1 - drawn
    assert ("more)" in said) == (left_out > 0)


def test_what_is_left_out_is_counted() -> None:
    picture = as_svg(Step(0, "", "d-x", "x", None, None), side(200, 4), side(3, 4), SOURCE)
    assert "bên trái: và 143 văn bản nữa (and 143 more)" in picture
    assert "bên phải" not in picture


def test_names_are_cut() -> None:
    assert {*CHAINED} <= {*KINDS} == {*get_args(RelationKind)}
    assert fitted("Nghị quyết", 13) == "Nghị quyết"
    assert all(len(fitted("M" * count, 13)) <= 17 for count in range(100))
    assert json.dumps(fitted("", 13)) == '""'
