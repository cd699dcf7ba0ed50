"""Headers along the line: printed, stored, shown, scored; the document's row learns its issuer and subject."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner

from pipeline import analyse
from pipeline.clean import clean
from pipeline.cli.main import cli
from pipeline.document import Page
from pipeline.extract import extract
from pipeline.query.checks import check
from pipeline.query.database import open_readonly
from pipeline.query.show import show_document
from pipeline.read import installed, read_source
from pipeline.run import ingest
from pipeline.score import score_folder
from tests.pdfs import printed
from tests.unit.test_pdf_files import scan

DOCUMENT = """TỈNH ỦY LAI CHÂU                               ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 305-KH/TU                          Lai Châu, ngày 14 tháng 6 năm 2021

KẾ HOẠCH
mở đường vào bản Nậm Pì
-----

Ban Thường vụ Tỉnh ủy ban hành kế hoạch như sau:

1- Khởi công trong quý III/2021.

Nơi nhận:                                      T/M BAN THƯỜNG VỤ
- Các huyện ủy,                                     PHÓ BÍ THƯ
- Lưu Văn phòng Tỉnh ủy.
                                                 Lò Thị Xuyến
"""
LETTER = """BỘ Y TẾ                              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
-------                                  Độc lập - Tự do - Hạnh phúc
Số: 871/BYT-DP                        Hà Nội, ngày 03 tháng 02 năm 2023
V/v tiêm nhắc cho cán bộ vùng lũ

Kính gửi: Sở Y tế các tỉnh.

Bộ Y tế đề nghị tiêm nhắc trước ngày 01/3/2023.
"""
ARTICLE = "Khởi công đường vào bản Nậm Pì\n\nSáng nay, xã khởi công theo Kế hoạch số 305-KH/TU ngày 14/6/2021 của Tỉnh ủy Lai Châu.\n"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("a", DOCUMENT), ("b", LETTER), ("c", ARTICLE)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    ingest([folder], tmp_path / "headers.db", words=False)
    return tmp_path / "headers.db"


def test_a_text_that_is_a_document_is_told_from_an_article(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn:
        kinds = conn.execute("SELECT path, kind FROM texts ORDER BY path").fetchall()
        stored = conn.execute("SELECT symbol, signer, status, spans FROM headers ORDER BY symbol").fetchall()
    assert kinds == [("a.txt", "document"), ("b.txt", "document"), ("c.txt", "news")]
    assert [row[:3] for row in stored] == [("305-KH/TU", "Lò Thị Xuyến", "signed"), ("871/BYT-DP", None, "unknown")]
    (start, end), *_ = json.loads(stored[0][3])["signer"]
    assert DOCUMENT[start:end] == "Lò Thị Xuyến"


def test_the_documents_row_knows_issuer_and_subject(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn:
        rows = conn.execute(
            "SELECT symbol, doc_type, issuer, place, issued, title, held NOT NULL FROM documents WHERE held NOT NULL ORDER BY symbol"
        ).fetchall()
    assert rows == [
        (
            "305-KH/TU",
            "kế hoạch",
            "Ban Thường vụ Tỉnh ủy Lai Châu",
            "Lai Châu",
            "2021-06-14",
            "mở đường vào bản Nậm Pì",
            1,
        ),
        ("871/BYT-DP", "công văn", "Bộ Y tế", None, "2023-02-03", "tiêm nhắc cho cán bộ vùng lũ", 1),
    ]


def test_the_article_cites_the_text_that_is_held(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn:
        cited = conn.execute(
            "SELECT d.held = (SELECT id FROM texts WHERE path = 'a.txt') FROM mentions m JOIN documents d ON d.id = m.document_id "
            "JOIN texts t ON t.id = m.text_id WHERE t.path = 'c.txt'"
        ).fetchall()
    assert cited == [(1,)]


def test_show_prints_the_header(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn:
        identity = dict(conn.execute("SELECT path, id FROM texts"))
    shown = {
        path: CliRunner().invoke(cli, ["show", text, "--db", str(database)]).output for path, text in identity.items()
    }
    assert "signer:       Lò Thị Xuyến" in shown["a.txt"]
    assert "issuing body: Ban Thường vụ Tỉnh ủy Lai Châu" in shown["a.txt"]
    assert "status:       " not in shown["c.txt"]


def test_a_header_goes_with_its_text(database: Path) -> None:
    (database.parent / "texts" / "a.txt").write_text(ARTICLE + "\n", "utf-8")
    ingest([database.parent / "texts"], database, words=False)
    with closing(sqlite3.connect(database)) as conn:
        assert conn.execute("SELECT symbol FROM headers").fetchall() == [("871/BYT-DP",)]


def test_extract_prints_the_header() -> None:
    header = analyse(DOCUMENT)["header"]
    assert isinstance(header, dict)
    assert header["issuer"] == "TỈNH ỦY LAI CHÂU"
    assert [DOCUMENT[start:end] for start, end in header["spans"]["place"]] == ["Lai Châu"]
    assert "header" not in analyse(ARTICLE)


def test_mentions_stay_as_they_are_printed() -> None:
    references = analyse(DOCUMENT)["references"]
    assert isinstance(references, list)
    assert references[0]["issuer"] is None


def test_the_card_counts_headers(tmp_path: Path) -> None:
    gold = {"kind": "document", "province": "Lai Châu", "header": {"symbol": "305-KH/TU", "signer": "Lò Văn Xuyên"}}
    for name, text, record in (("a", DOCUMENT, gold), ("b", LETTER, {"kind": "news"})):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps(record), "utf-8")
    card = score_folder(tmp_path)
    figures = card.figures()
    assert card.counts["header"] == [1, 0, 1]
    assert (figures["header.symbol.acc"], figures["header.signer.acc"], figures["header.title.acc"]) == (1.0, 0.0, 0.0)
    assert card.errors["a header.signer"] == "gold 'Lò Văn Xuyên', found 'Lò Thị Xuyến'"


def test_a_number_out_of_a_picture_is_told() -> None:
    """What Tesseract reads may be misread: the header says so, and the document, and a check lists it."""
    source = read_source(DOCUMENT.encode(), "scan.txt")
    pieces = tuple(replace(piece, page=1) for piece in source.pieces)
    cases: list[tuple[Literal["ocr", "text"], tuple[str, ...]]] = [("ocr", ("recognised",)), ("text", ())]
    for how, flags in cases:
        text = clean(replace(source, pieces=pieces, pages=(Page(1, how, 0.71),)))
        header = extract(text).header
        assert header is not None
        assert header.flags == flags, how


@pytest.mark.skipif(not installed(), reason="Tesseract is not installed")
def test_a_scan_is_listed_with_its_confidence(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(printed(scan))
    ingest([tmp_path / "scan.pdf"], tmp_path / "x.db", words=False)
    with open_readonly(tmp_path / "x.db") as conn:
        header, rows = check(conn, "recognised")
        row = dict(zip(header, rows[0], strict=True))
        held = conn.execute("SELECT id FROM documents WHERE held = ?", [row["text_id"]]).fetchone()
        assert show_document(conn, held[0]).recognised
    assert row["symbol"] == "15/QĐ-BNV"
    assert 0.5 < float(str(row["confidence"])) <= 1
