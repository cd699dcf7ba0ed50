"""The register: which document each mention means, as cases over the whole line; tables of users, disputes, gaps."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from extractors.keys import strip_marks
from pipeline.query.chain import chain
from pipeline.query.checks import check
from pipeline.query.gaps import number_gaps
from pipeline.query.show import show_document
from pipeline.run import ingest
from pipeline.store import StoreError
from tests.cases import load

CASES = [*load("register"), *load("register_aside")]
PAGE = '<html><head><meta name="date" content="{day}"></head><body><article><p>{body}</p></article></body></html>'


def write(folder: Path, texts: object) -> None:
    assert isinstance(texts, list)
    for at, text in enumerate(texts, 1):
        day, _, body = str(text).partition("|")
        (folder / f"{at}.html").write_text(PAGE.format(day=day, body=body), "utf-8")


def outcome(conn: sqlite3.Connection, file: str, surface: str) -> str:
    """What became of the last mention that prints `surface`, as the cases write it."""
    wanted = surface.rstrip(",")
    rows = conn.execute(
        "SELECT m.status, coalesce(d.symbol, d.key), coalesce(d.issued, ''), coalesce(d.place, ''), m.surface, d.symbol IS NULL "
        "FROM mentions m JOIN texts t ON t.id = m.text_id LEFT JOIN documents d ON d.id = m.document_id "
        "WHERE t.path = ? AND replace(m.surface, char(160), ' ') = ? ORDER BY m.start",
        [file, wanted],
    ).fetchall()
    assert rows, f"no mention {wanted!r}"
    status, name, issued, place, _, nameless = rows[-1] if surface.endswith(",") else rows[0]
    if status in ("ambiguous", "unresolved"):
        return "?" if status == "ambiguous" else "-"
    return " ".join(filter(None, [name, "" if nameless else issued, place]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "texts"
    target.mkdir()
    return target


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['note']}: {case['found']}"[:90])
def test_which_document_is_meant(case: dict[str, object], folder: Path, tmp_path: Path) -> None:
    write(folder, case["texts"])
    database = tmp_path / "register.db"
    ingest([folder], database, words=False)
    found, texts = case["found"], case["texts"]
    assert isinstance(found, list)
    assert isinstance(texts, list)
    with closing(sqlite3.connect(database)) as conn:
        for line in found:
            at, colon, rest = str(line).partition(": ")
            surface, _, wanted = (rest if colon and at.isdigit() else str(line)).partition(" = ")
            file = f"{at if colon and at.isdigit() else len(texts)}.html"
            assert outcome(conn, file, surface) == stripped(wanted)


def stripped(wanted: str) -> str:
    """Names stand in cases with marks, and in keys without."""
    if wanted[:1].isdigit() or wanted in ("?", "-"):
        return wanted
    words = wanted.split()
    lower = [word for word in words if word.islower() or word.isdigit()]
    return " ".join([*(strip_marks(word) for word in lower), *(word for word in words if word not in lower)])


TABLE = """symbol,issued,doc_type,issuer,place,title
682-QĐ/TU,2017-09-14,quy định,Ban Thường vụ Tỉnh ủy,Vĩnh Phúc,"dự sinh hoạt, họp chi bộ"
abc,2020-01-03,,,,
5-CT/TU,2020-13-03,,,,
"""
TEXT = ["2021-01-01|Tỉnh ủy Vĩnh Phúc họp. Quy định số 682-QĐ/TU, ngày 14/10/2017 được sơ kết ở Vĩnh Phúc."]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "ours.csv"
    file.write_text(TABLE, "utf-8")
    return file


def test_a_table_of_a_user_settles_what_texts_misprint(folder: Path, table: Path, tmp_path: Path) -> None:
    write(folder, TEXT)
    database = tmp_path / "register.db"
    ingest([folder], database, words=False)
    tally = ingest([], database, tables=[table])
    assert [reason.split(":")[0] for _, reason in tally.failed] == ["line 3", "line 4"]
    with closing(open_readonly_connection(database)) as conn:
        assert conn.execute("SELECT issued, title, known FROM documents WHERE mentions").fetchall() == [
            ("2017-09-14", "dự sinh hoạt, họp chi bộ", "2017-09-14")
        ]
        header, rows = check(conn, "disputes")
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["value"], row["texts"], row["table"], row["chosen"]) for row in found] == [
        ("2017-10-14", 1, None, None),
        ("2017-09-14", 0, "ours.csv", "yes"),
    ]
    assert "682-QĐ/TU, ngày 14/10/2017" in str(found[0]["quote"])


def test_the_order_of_table_and_texts_does_not_matter(folder: Path, table: Path, tmp_path: Path) -> None:
    write(folder, TEXT)
    first, second = tmp_path / "1.db", tmp_path / "2.db"
    ingest([folder], first, words=False)
    ingest([], first, tables=[table])
    ingest([], second, tables=[table])
    ingest([folder], second, words=False)
    rows = []
    for database in (first, second):
        with closing(open_readonly_connection(database)) as conn:
            rows.append(conn.execute("SELECT * FROM documents").fetchall())
    assert rows[0] == rows[1]


def test_what_is_no_table_is_told_in_one_sentence(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("number;day\n1;2\n", "utf-8")
    for file in (wrong, tmp_path / "none.csv"):
        with pytest.raises(StoreError, match=file.name):
            ingest([], tmp_path / "register.db", tables=[file])


def test_numbers_that_nothing_names(folder: Path, tmp_path: Path) -> None:
    numbers = (3, 4, 7, 10)
    body = " ".join(f"Kết luận số {n}-KL/TU ngày {n}/02/2022 của Tỉnh ủy Cà Mau." for n in numbers)
    write(folder, [f"2022-05-05|{body}"])
    ingest([folder], tmp_path / "register.db", words=False)
    with closing(open_readonly_connection(tmp_path / "register.db")) as conn:
        assert number_gaps(conn) == [("KL/TU", "Cà Mau", "XIII", 4, 3, 10, 4, "5-6, 8-9")]


def open_readonly_connection(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def standing(conn: sqlite3.Connection, symbol: str) -> list[tuple[str, str, str | None, bool]]:
    (identity,) = conn.execute("SELECT id FROM documents WHERE symbol = ?", [symbol]).fetchone()
    return [
        (change.kind, change.name, change.since, change.contradiction)
        for change in show_document(conn, identity).changes
    ]


def test_what_texts_say_of_force(folder: Path, tmp_path: Path) -> None:
    body = (
        "Quy định số 61-QĐ/TU ngày 14/4/2022 của Tỉnh ủy Cà Mau thay thế Quy định số 18-QĐ/TU ngày 05/5/2010. "
        "Quy định số 70-QĐ/TU ngày 01/01/2009 thay thế Quy định số 71-QĐ/TU ngày 02/02/2012 tại Cà Mau."
    )
    write(folder, [f"2022-05-05|{body}"])
    ingest([folder], tmp_path / "register.db", words=False)
    with closing(open_readonly_connection(tmp_path / "register.db")) as conn:
        assert standing(conn, "18-QĐ/TU") == [("replaces", "61-QĐ/TU", "2022-04-14", False)]
        assert standing(conn, "61-QĐ/TU") == []
        assert standing(conn, "71-QĐ/TU") == [("replaces", "70-QĐ/TU", "2009-01-01", True)]
        _, rows = check(conn, "contradictions")
    assert [row[1:5] for row in rows] == [("70-QĐ/TU", "2009-01-01", "71-QĐ/TU", "2012-02-02")]


def test_the_chain_from_the_centre_to_the_district(folder: Path, tmp_path: Path) -> None:
    body = (
        "Kế hoạch số 15-KH/TU ngày 02/3/2018 của Tỉnh ủy Cà Mau thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017. "
        "Chương trình số 7-CTr/HU ngày 05/5/2018 của Huyện ủy Năm Căn thực hiện Kế hoạch số 15-KH/TU ngày 02/3/2018. "
        "Nghị quyết số 18-NQ/TW ngày 25/10/2017 thực hiện Chương trình số 7-CTr/HU ngày 05/5/2018 tại Cà Mau."
    )
    write(folder, [f"2022-05-05|{body}"])
    ingest([folder], tmp_path / "register.db", words=False)
    with closing(open_readonly_connection(tmp_path / "register.db")) as conn:
        (top,) = conn.execute("SELECT id FROM documents WHERE symbol = '18-NQ/TW' AND issued = '2017-10-25'").fetchone()
        below = [(step.depth, step.name) for step in chain(conn, top, down=True)]
        above = [(step.depth, step.name) for step in chain(conn, top, down=False)]
    assert below == [(1, "15-KH/TU"), (2, "7-CTr/HU")]
    assert above == [(1, "7-CTr/HU"), (2, "15-KH/TU")]


def test_one_more_text_touches_only_what_it_can_affect(corpus_db: Path, tmp_path: Path) -> None:
    database = tmp_path / "grown.db"
    shutil.copy(corpus_db, database)
    with closing(sqlite3.connect(database)) as conn:
        conn.execute("CREATE TABLE touched (what TEXT, id TEXT)")
        for table in ("mentions", "documents"):
            for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
                name = f"{table}_{event}"
                body = f"INSERT INTO touched VALUES ('{table}', {row}.id)"
                conn.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body}; END")
        conn.commit()
    (tmp_path / "new.txt").write_text(
        "Quy định số 871-QĐ/TU ngày 14/9/2017 của Tỉnh ủy Thái Bình ở Thái Bình.", "utf-8"
    )
    ingest([tmp_path / "new.txt"], database)
    with closing(open_readonly_connection(database)) as conn:
        reach = "text_id IN (SELECT text_id FROM mentions WHERE symbol_key = '871 qd tu')"
        beyond = f"SELECT id FROM touched WHERE what = 'documents' AND id NOT IN (SELECT document_id FROM mentions WHERE {reach})"
        assert conn.execute(beyond).fetchall() == []
        mentions = "SELECT DISTINCT m.symbol_key FROM touched t JOIN mentions m ON m.id = t.id WHERE what = 'mentions'"
        assert conn.execute(mentions).fetchall() == [("871 qd tu",)]
        assert 3 < conn.execute("SELECT count(*) FROM touched").fetchone()[0] < 20
