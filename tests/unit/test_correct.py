"""Corrections: they hold when texts are read again, say so when their passage is gone, and come out as gold."""

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.correct import COLUMNS, correct
from pipeline.corrections import Correction, Corrector
from pipeline.query.checks import check
from pipeline.run import ingest
from pipeline.score import score_folder
from pipeline.score.writing import write_gold
from pipeline.store import StoreError
from tests.unit.test_cli import run

BODY = (
    "Tỉnh ủy Cà Mau họp ở Cà Mau. Quy định số 31-QĐ/TU ngày 08/8/2019 của Tỉnh ủy Cà Mau được sơ kết với 12 chi bộ. "
    "Sau đó Quy định số 31-QĐ/TU lại được bàn. Khu vườn ấy có 7 cây."
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "texts" / "a.txt"
    file.parent.mkdir()
    file.write_text(BODY, "utf-8")
    ingest([file.parent], tmp_path / "x.db", words=False)
    return file


@pytest.fixture
def database(text: Path, tmp_path: Path) -> Path:
    return tmp_path / "x.db"


def table(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "ours.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows({"id": "a.txt", "family": "references", "action": "set", **row} for row in rows)
    return file


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as conn:
        return conn.execute(query).fetchall()


def states(database: Path) -> list[object]:
    with closing(sqlite3.connect(database)) as conn:
        header, found = check(conn, "corrections")
    return [row[header.index("state")] for row in found]


FIRST = {"quote": "Quy định số 31-QĐ/TU", "context": "Quy định số 31-QĐ/TU ngày"}
ISSUED = {**FIRST, "field": "issued", "value": "2019-08-09"}
ISSUES = "SELECT issued FROM mentions ORDER BY start"


def test_a_field_holds_when_the_text_is_read_again(
    text: Path, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert correct(table(tmp_path, ISSUED), database).wrong == []
    assert rows(database, ISSUES) == [("2019-08-09",), (None,)]
    assert rows(database, "SELECT issued, mentions FROM documents WHERE mentions") == [("2019-08-09", 2)]
    monkeypatch.setattr("pipeline.putting.extraction_version", lambda words=True: "another")
    assert ingest([text.parent], database).changed == 1
    assert rows(database, ISSUES) == [("2019-08-09",), (None,)]
    text.write_text("Tin mới. " + BODY, "utf-8")
    ingest([text.parent], database)
    assert rows(database, ISSUES) == [("2019-08-09",), (None,)]
    assert states(database) == ["applied"]


def test_a_passage_that_is_gone_is_told_and_comes_back(text: Path, database: Path, tmp_path: Path) -> None:
    correct(table(tmp_path, ISSUED), database)
    text.write_text("Trang này đã đổi.", "utf-8")
    assert ingest([text.parent], database).not_applied == 1
    assert states(database) == ["its passage is gone"]
    text.write_text(BODY, "utf-8")
    ingest([text.parent], database)
    assert states(database) == ["applied"]
    assert rows(database, ISSUES) == [("2019-08-09",), (None,)]


def test_missed_and_wrong_mentions(database: Path, tmp_path: Path) -> None:
    figure = {"family": "figures", "quote": "7 cây", "action": "drop"}
    added = {
        "family": "units",
        "quote": "Khu vườn",
        "action": "add",
        "value": '{"unit_type": "other", "name": "Khu vườn"}',
    }
    second = {"quote": "Quy định số 31-QĐ/TU", "context": "Sau đó Quy định số 31-QĐ/TU", "action": "drop"}
    numbers = "SELECT surface FROM figures ORDER BY start"
    before = rows(database, numbers)
    assert correct(table(tmp_path, figure, added, second), database).applied == 3
    assert rows(database, numbers) == [row for row in before if row != ("7 cây",)]
    assert ("Khu vườn",) in rows(database, "SELECT surface FROM unit_mentions")
    assert rows(database, "SELECT mentions FROM documents WHERE mentions") == [(1,)]


def test_a_link_holds_and_is_undone(text: Path, database: Path, tmp_path: Path) -> None:
    other = "Tỉnh ủy Nghệ An họp. Quy định số 31-QĐ/TU ngày 01/02/2022 của Tỉnh ủy Nghệ An."
    (text.parent / "b.txt").write_text(other, "utf-8")
    ingest([text.parent], database, words=False)
    ((wanted,),) = rows(database, "SELECT id FROM documents WHERE place = 'Nghệ An'")
    second = {"quote": "Quy định số 31-QĐ/TU", "context": "Sau đó Quy định số 31-QĐ/TU"}
    links = "SELECT document_id, rule FROM mentions WHERE text_id = (SELECT id FROM texts WHERE path = 'a.txt') ORDER BY start"
    before = rows(database, links)
    assert correct(table(tmp_path, {**second, "action": "link", "value": str(wanted)}), database).applied == 1
    ingest([text.parent], database)
    assert rows(database, links) == [before[0], (wanted, "corrected")]
    assert rows(database, "SELECT place, mentions FROM documents WHERE mentions ORDER BY 1") == [
        ("Cà Mau", 1),
        ("Nghệ An", 2),
    ]
    assert correct(table(tmp_path, {**second, "action": "link", "value": ""}), database).applied == 1
    assert rows(database, links)[1] == (None, "a person says that it is none of the known documents")
    assert correct(table(tmp_path, {**second, "action": "undo"}), database).undone == 1
    assert rows(database, links) == before


def test_a_field_of_a_document(text: Path, database: Path, tmp_path: Path) -> None:
    ((identity,),) = rows(database, "SELECT id FROM documents WHERE mentions")
    row = {"id": str(identity), "family": "documents", "field": "title", "value": "sinh hoạt chi bộ"}
    assert correct(table(tmp_path, row), database).applied == 1
    text.write_text(BODY + " Hết.", "utf-8")
    ingest([text.parent], database)
    assert rows(database, "SELECT title FROM documents WHERE mentions") == [("sinh hoạt chi bộ",)]
    correct(table(tmp_path, {**row, "action": "undo"}), database)
    assert rows(database, "SELECT title FROM documents WHERE mentions") == [(None,)]


WRONG = [
    ({"quote": ""}, "there is no quote"),
    ({**FIRST, "field": "day"}, "'day' is no field"),
    ({**FIRST, "field": "issued", "value": "9/8/2019"}, "does not fit"),
    ({**FIRST, "field": "form", "value": "long"}, "form"),
    ({**FIRST, "action": "mend"}, "is no action"),
    ({**FIRST, "family": "words"}, "is no family"),
    ({**ISSUED, "id": "t-0"}, "no text has the id or path"),
    ({**FIRST, "action": "link", "value": "d-0"}, "no document has the id d-0"),
    ({**FIRST, "action": "undo"}, "no such correction"),
    ({"quote": "Quy định số 31-QĐ/TU", "field": "issued", "value": "2019-08-09"}, "stands 2 times"),
    ({"quote": "Khu vườn", "family": "units", "field": "name", "value": "x"}, "nothing is found there"),
    ({"quote": "cây", "family": "figures", "action": "add"}, "value"),
    ({"quote": "cây", "family": "figures", "action": "add", "value": "[1]"}, "does not fit"),
    ({"quote": "cây", "family": "figures", "action": "add", "value": "{"}, "does not fit"),
    ({"quote": "cây", "context": "vườn", "family": "figures", "action": "drop"}, "hold the quote once"),
    ({"id": "d-0", "family": "documents", "field": "title"}, "no document has the id d-0"),
    ({"id": "d-0", "family": "documents", "field": "symbol"}, "of a document one may set"),
    ({"id": "d-0", "family": "documents", "field": "issued", "value": "2021-02-29"}, "is no date; write it 2020"),
]


@pytest.mark.parametrize(("row", "reason"), WRONG, ids=lambda x: x if isinstance(x, str) else "")
def test_a_wrong_row_is_told_and_the_others_hold(
    row: dict[str, str], reason: str, database: Path, tmp_path: Path
) -> None:
    done = correct(table(tmp_path, row, ISSUED), database)
    assert done.applied == 1
    (sentence,) = done.wrong
    assert sentence.startswith("line 2: ")
    assert reason in sentence
    assert rows(database, ISSUES)[0] == ("2019-08-09",)


def test_what_is_no_table(database: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("a,b\n1,2\n", "utf-8")
    for file in (tmp_path / "wrong.csv", tmp_path / "none.csv"):
        with pytest.raises(StoreError, match=file.name):
            correct(file, database)


def test_a_corrected_value_changes_what_a_figure_comes_to() -> None:
    from extractors.figures import find_figures

    figures = find_figures("có 12 chi bộ", []).items
    (item,) = Corrector("có 12 chi bộ", [Correction(1, "figures", "set", "12 chi bộ", "", "value", "13")])(
        "figures", figures
    )
    assert (str(item.value), str(item.amount)) == ("13", "13")


def test_gold_measures_what_was_corrected(database: Path, tmp_path: Path) -> None:
    correct(table(tmp_path, ISSUED), database)
    with closing(sqlite3.connect(database)) as conn:
        names = write_gold(conn, tmp_path / "gold")
    card = score_folder(tmp_path / "gold")
    assert len(names) == 1
    assert list(card.errors.values()) == ["gold '2019-08-09', found '2019-08-08'"]
    assert card.figures()["references.f1"] == 1


def test_the_command(database: Path, tmp_path: Path) -> None:
    done = run("correct", str(table(tmp_path, ISSUED, {**FIRST, "field": "day"})), "--db", str(database))
    assert done.exit_code == 1
    assert "1 applied, 0 undone, 1 not applied" in done.output
    assert "line 3: 'day' is no field" in done.output
    assert run("correct", "--db", str(database)).exit_code == 2
    assert "applied" in run("check", "corrections", "--db", str(database)).output
