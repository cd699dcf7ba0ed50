"""Ingesting: idempotent by content, changed files replace their rows, no order of files matters."""

import shutil
import sqlite3
from itertools import repeat
from pathlib import Path
from random import Random

import pytest

from pipeline.run import ingest
from pipeline.stages import analyse_safely
from pipeline.store import Store, StoreError, open_database, words
from pipeline.store.inserting import insert
from pipeline.store.rows import text_rows
from tests.corpus import texts

FEW = texts()[:6]
TABLES = {
    "texts": "id, path, title, published, province, province_evidence, kind, text",
    "segments": "text_id, start, end, kind, words",
    "mentions": "text_id, start, end, surface, symbol, issued, issuer, status, rule, document_id",
    "documents": "id, key, doc_type, number, symbol, issuer, place, issued, title, held, mentions",
    "dates": "text_id, start, end, surface, edtf, flags, suggestion",
    "unit_mentions": "text_id, start, end, surface, unit_id",
    "units": "id, name, unit_type, level, place, province, parent_id, successor_id, ended",
    "figures": 'text_id, start, end, surface, value, "of", max, unit, comparator, amount, measure, reports_on_start, done_by, flags',
    "relations": 'text_id, start, end, kind, "from", "to", from_start, to_start',
    "near_misses": "text_id, start, end, surface, family, reason",
    "spellings": "folded, spelling",
    "pending": "kind, value",
}


def dump(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows without row numbers, in an order of their own."""
    with sqlite3.connect(database) as conn:
        rows = {table: conn.execute(f"SELECT {columns} FROM {table}").fetchall() for table, columns in TABLES.items()}
        fts = "SELECT s.text_id, s.start, f.text FROM segments_fts f JOIN segments s ON s.id = f.rowid"
        rows["fts"] = conn.execute(fts).fetchall()
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    conn.close()
    return {table: sorted(found, key=repr) for table, found in rows.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "texts"
    target.mkdir()
    for file in FEW:
        shutil.copy(file, target)
    return target


def test_twice_is_once(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    first = ingest([folder], database)
    before = dump(database)
    second = ingest([folder], database)
    assert (first.added, first.unchanged) == (len(FEW), 0)
    assert (second.added, second.changed, second.unchanged) == (0, 0, len(FEW))
    assert dump(database) == before
    assert before["mentions"]
    assert before["pending"] == []


def test_no_order_of_files_matters(folder: Path, tmp_path: Path) -> None:
    files = sorted(folder.iterdir())
    dumps = []
    for seed in range(3):
        database = tmp_path / f"{seed}.db"
        for file in Random(seed).sample(files, len(files)):
            ingest([file], database)
        dumps.append(dump(database))
    assert dumps[0] == dumps[1] == dumps[2]
    whole = tmp_path / "whole.db"
    ingest([folder], whole)
    assert dump(whole) == dumps[0]


def test_a_changed_file_replaces_its_rows(folder: Path, tmp_path: Path) -> None:
    database, fresh = tmp_path / "a.db", tmp_path / "b.db"
    ingest([folder], database)
    changed = folder / FEW[0].name
    changed.write_text("Tỉnh ủy ban hành Chỉ thị số 99-CT/TU ngày 1/2/2021 về việc mới.", "utf-8")
    tally = ingest([folder], database)
    assert (tally.changed, tally.unchanged) == (1, len(FEW) - 1)
    ingest([folder], fresh)
    ours, theirs = dump(database), dump(fresh)
    assert {k: v for k, v in ours.items() if k not in ("spellings", "units")} == {
        k: v for k, v in theirs.items() if k not in ("spellings", "units")
    }


def test_a_removed_file_is_reported_and_kept(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    ingest([folder], database)
    before = dump(database)
    (folder / FEW[1].name).unlink()
    tally = ingest([folder], database)
    assert tally.missing == [FEW[1].name]
    assert dump(database) == before
    with sqlite3.connect(database) as conn:
        assert conn.execute("SELECT path FROM sources WHERE missing").fetchall() == [(FEW[1].name,)]
    conn.close()


def test_the_same_bytes_twice_are_one_text_with_two_sources(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    shutil.copy(FEW[0], folder / "zz-copy.txt")
    ingest([folder], database)
    with sqlite3.connect(database) as conn:
        assert conn.execute("SELECT count(*) FROM texts").fetchone() == (len(FEW),)
        rows = conn.execute("SELECT path FROM sources ORDER BY path").fetchall()
        assert conn.execute("SELECT count(*) FROM texts WHERE path = 'zz-copy.txt'").fetchone() == (0,)
    conn.close()
    assert len(rows) == len(FEW) + 1


def test_a_file_that_spoils_loses_its_rows_and_gains_a_failure(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    ingest([folder], database)
    (folder / FEW[0].name).write_bytes(b"%PDF-1.4")
    tally = ingest([folder], database)
    assert [path for path, _ in tally.failed] == [FEW[0].name]
    with sqlite3.connect(database) as conn:
        assert conn.execute("SELECT count(*) FROM texts").fetchone() == (len(FEW) - 1,)
        assert conn.execute("SELECT path, kind FROM failures").fetchall() == [(FEW[0].name, "truncated")]
    conn.close()
    (folder / FEW[0].name).write_bytes(FEW[0].read_bytes())
    assert ingest([folder], database).failed == []
    with sqlite3.connect(database) as conn:
        assert conn.execute("SELECT count(*) FROM failures").fetchone() == (0,)
    conn.close()


def test_words_are_stored_only_if_wanted(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    ingest([folder], database, words=False)
    with sqlite3.connect(database) as conn:
        assert conn.execute("SELECT count(*), count(words) FROM segments").fetchone()[1] == 0
    conn.close()


def test_stored_spans_are_slices_of_their_text(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    ingest([folder], database)
    with sqlite3.connect(database) as conn:
        for table in ("mentions", "dates", "unit_mentions", "figures", "near_misses"):
            rows = conn.execute(
                f"SELECT t.text, x.start, x.end, x.surface FROM {table} x JOIN texts t ON t.id = x.text_id"
            )
            assert all(text[start:end] == surface for text, start, end, surface in rows)
    conn.close()


def test_a_database_that_is_none(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    database.write_text("not a database, only a long enough line of text to be refused by SQLite")
    with pytest.raises(StoreError, match="is not a SQLite database"):
        ingest([FEW[0]], database)


def test_a_database_that_another_process_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "a.db"
    ingest([FEW[0]], database)
    monkeypatch.setattr("pipeline.store.connection.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="is locked by another process"):
        ingest([FEW[1]], database)
    other.execute("ROLLBACK")
    other.close()
    assert ingest([FEW[1]], database).added == 1


def test_words_are_added_when_they_are_wanted_later(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Tỉnh ủy ban hành Quy định số 682-QĐ/TU.", "utf-8")
    database = tmp_path / "x.db"
    ingest([tmp_path], database, words=False)
    assert ingest([tmp_path], database, words=False).unchanged == 1
    assert ingest([tmp_path], database).changed == 1
    with sqlite3.connect(database) as conn:
        assert "ban_hành" in conn.execute("SELECT words FROM segments").fetchone()[0]
    assert ingest([tmp_path], database, words=False).unchanged == 1


def test_other_rules_of_linking_link_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.txt").write_text("Tỉnh ủy ban hành Quy định số 682-QĐ/TU.", "utf-8")
    database = tmp_path / "x.db"
    ingest([tmp_path], database)
    with sqlite3.connect(database) as conn:
        conn.execute("UPDATE mentions SET status = 'unresolved', document_id = NULL")
    assert ingest([tmp_path], database).unchanged == 1
    monkeypatch.setattr("pipeline.putting.linking_version", lambda: 7)
    assert ingest([tmp_path], database).unchanged == 1
    with sqlite3.connect(database) as conn:
        assert conn.execute("SELECT status FROM mentions").fetchone()[0] == "founded"


def test_texts_that_change_places_in_one_batch_stay(tmp_path: Path) -> None:
    """A text leaves one file and turns up in a later one of the same batch: it was there all the time."""
    first, second = "Tỉnh ủy ban hành Quy định số 682-QĐ/TU.", "Tỉnh ủy ban hành Kết luận số 21-KL/TU."
    folder, database = tmp_path / "texts", tmp_path / "x.db"
    folder.mkdir()
    (folder / "a.txt").write_text(first, "utf-8")
    ingest([folder], database)
    (folder / "a.txt").write_text(second, "utf-8")
    (folder / "b.txt").write_text(first, "utf-8")
    (folder / "c.txt").write_text(first, "utf-8")
    tally = ingest([folder], database)
    assert (tally.added, tally.changed) == (2, 1)
    with sqlite3.connect(database) as conn:
        held = conn.execute("SELECT s.path, m.symbol FROM sources s JOIN mentions m USING (text_id) ORDER BY 1")
        assert held.fetchall() == [("a.txt", "21-KL/TU"), ("b.txt", "682-QĐ/TU"), ("c.txt", "682-QĐ/TU")]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def test_words_of_documents_are_the_same_however_many_are_indexed_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for size in (words.PART, 7):
        monkeypatch.setattr(words, "PART", size)
        database = tmp_path / f"{size}.db"
        ingest([folder], database)
        (folder / FEW[0].name).write_text("Tỉnh ủy ban hành Quy định số 682-QĐ/TU.", "utf-8")
        ingest([folder], database)
        shutil.copy(FEW[0], folder)
        with sqlite3.connect(database) as conn:
            joined = "SELECT row, document_id, f.* FROM document_rows JOIN documents_fts f ON f.rowid = row ORDER BY 1"
            found.append(conn.execute(joined).fetchall())
            assert conn.execute("SELECT count(*) FROM documents_fts").fetchone() == (len(found[-1]),)
    assert found[0] == found[1]
    assert len(found[0]) > words.PART


def test_a_text_that_is_written_twice_in_one_batch_is_indexed_once(tmp_path: Path) -> None:
    done = text_rows(analyse_safely("Tỉnh ủy họp. Quy định số 682-QĐ/TU.".encode(), "a.txt", words=False))
    with open_database(tmp_path / "x.db") as database:
        store = Store(database)
        with store.batch():
            for version in ("first", "second"):
                store.put_text(done, "a.txt", version)
            store.put_source("/", "a.txt", str(done.columns[0]))
        rows = database.execute(
            "SELECT s.start, f.text FROM segments_fts f JOIN segments s ON s.id = f.rowid"
        ).fetchall()
        assert rows == [(0, "Tỉnh ủy họp."), (13, "Quy định số 682-QĐ/TU.")]
        found = database.execute("SELECT count(*) FROM segments_fts WHERE segments_fts MATCH 'quy'").fetchone()
        assert found == (1,)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [([], None), ([(1, None), (2, None)], '("text_id", "a")'), ([(None, None), (None, "b")], '("text_id", "b")')],
    ids=["no row", "empty", "empty at first"],
)
def test_columns_that_are_empty_in_all_rows_are_left_out(
    rows: list[tuple[object, object]], columns: str | None
) -> None:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.execute("CREATE TABLE t (text_id, a, b)")
    said: list[str] = []
    conn.set_trace_callback(said.append)
    insert(conn, "t", ("a", "b"), rows, text_id=repeat("t-1"))
    conn.set_trace_callback(None)
    assert conn.execute("SELECT * FROM t").fetchall() == [("t-1", *row) for row in rows]
    assert [statement.split(" VALUES")[0] for statement in said] == [f"INSERT INTO t {columns}"] * len(rows)
