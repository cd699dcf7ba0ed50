"""Two databases of the same texts: what is counted, what is quoted, and a page that no text can break."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.export.compare import compare_page
from pipeline.query.compare import FAMILIES, Comparison, compare
from pipeline.query.database import open_readonly
from pipeline.run import ingest
from tests.unit.test_cli import run


def compared(old: Path, new: Path, limit: int = 50) -> Comparison:
    with open_readonly(old) as before, open_readonly(new) as after:
        return compare(before, after, limit)


@pytest.fixture
def edited(corpus_db: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a copy of the corpus's database with one statement run on it."""

    def edit(statement: str) -> Path:
        copy = tmp_path / "old.db"
        shutil.copy(corpus_db, copy)
        with closing(sqlite3.connect(copy)) as conn:
            conn.execute(statement)
            conn.commit()
        return copy

    return edit


def test_a_database_is_what_it_is(corpus_db: Path) -> None:
    done = compared(corpus_db, corpus_db)
    assert done.changes == []
    assert all(set(counts) == {"same"} for counts in done.counts.values())
    assert set(done.counts) == set(FAMILIES)


def test_what_an_older_database_does_not_know_is_left_out(corpus_db: Path, edited: Callable[[str], Path]) -> None:
    assert compared(edited("DROP TABLE headers"), corpus_db).counts["headers"].total() == 0


EDITS = [
    ("references", "DELETE FROM mentions WHERE surface = 'Quy định số 871-QĐ/TU'", "gained"),
    ("references", "UPDATE mentions SET issued = '1999-01-01' WHERE surface = 'Quy định số 871-QĐ/TU'", "changed"),
    ("dates", "DELETE FROM dates WHERE surface = 'ngày 14/9/2017'", "gained"),
    ("figures", "UPDATE figures SET value = '0' WHERE id = 1", "changed"),
    ("units", "DELETE FROM unit_mentions WHERE id = 1", "gained"),
    (
        "links",
        "UPDATE mentions SET document_id = NULL, status = 'ambiguous' WHERE surface = 'Quy định số 871-QĐ/TU'",
        "changed",
    ),
    ("documents", "UPDATE documents SET title = 'x' WHERE symbol = '871-QĐ/TU'", "changed"),
    ("headers", "UPDATE headers SET signer = 'x'", "changed"),
    ("headers", "DELETE FROM headers", "gained"),
]


@pytest.mark.parametrize(("family", "statement", "kind"), EDITS, ids=lambda value: str(value)[:40])
def test_what_differs_is_found_and_quoted(
    family: str, statement: str, kind: str, corpus_db: Path, edited: Callable[[str], Path]
) -> None:
    old = edited(statement)
    changes = [change for change in compared(old, corpus_db).changes if change.family == family]
    assert {change.kind for change in changes} == {kind}
    with open_readonly(corpus_db) as conn:
        for change in changes:
            if family not in ("documents", "headers"):
                (text,) = conn.execute("SELECT text FROM texts WHERE id = ?", [change.id]).fetchone()
                assert change.quote[1]
                assert "".join(change.quote) in text
            assert change.before != change.after
    opposite = {"gained": "lost", "lost": "gained", "changed": "changed"}[kind]
    back = [change for change in compared(corpus_db, old).changes if change.family == family]
    assert [(change.kind, change.before, change.after) for change in back] == [
        (opposite, change.after, change.before) for change in changes
    ]


def test_all_are_counted_and_few_are_kept(corpus_db: Path, edited: Callable[[str], Path]) -> None:
    done = compared(edited("UPDATE dates SET edtf = '1999'"), corpus_db, limit=3)
    assert done.counts["dates"]["changed"] > 200
    assert len(done.changes) == 3


def test_texts_of_one_only_are_told_and_not_compared(corpus_db: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kết luận số 21-KL/TW ngày 25/10/2021.", "utf-8")
    ingest([tmp_path / "a.txt"], tmp_path / "a.db")
    done = compared(tmp_path / "a.db", corpus_db)
    assert (done.only_old, done.only_new) == (1, 28)
    assert done.counts["references"] == {}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)


def test_no_text_breaks_the_page(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> Kết luận số 21-KL/TW <img src=x onerror=alert(1)> & \"' </td>"
    (tmp_path / "a.txt").write_text(hostile, "utf-8")
    for name in ("old", "new"):
        ingest([tmp_path / "a.txt"], tmp_path / f"{name}.db")
    with closing(sqlite3.connect(tmp_path / "old.db")) as conn:
        conn.execute("UPDATE mentions SET issuer = '<b onclick=x>'")
        conn.commit()
    page = compare_page(compared(tmp_path / "old.db", tmp_path / "new.db"), "<i>old", "new")
    tags = Tags()
    tags.feed(page)
    assert not tags.seen & {"script", "img", "b", "i"}
    assert "&lt;script&gt;" in page


def test_the_command(corpus_db: Path, tmp_path: Path, edited: Callable[[str], Path]) -> None:
    old, page = edited("DELETE FROM dates WHERE id = 1"), tmp_path / "changes.html"
    done = run("compare", str(old), str(corpus_db), "--html", str(page))
    assert done.exit_code == 0
    assert "dates" in done.output
    assert "gained" in page.read_text("utf-8")
    found = json.loads(run("compare", str(old), str(corpus_db), "--json").stdout)
    assert found["counts"]["dates"]["gained"] == 1
    assert run("compare", str(tmp_path / "none.db"), str(corpus_db)).exit_code == 1
