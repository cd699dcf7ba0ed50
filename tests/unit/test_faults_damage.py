"""Damaged databases: every command says so in one sentence, `check integrity` finds it, and what people wrote by hand is saved."""

import gc
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli
from pipeline.run import ingest
from tests.corpus import TEXTS
from tests.damage import PAGE, cut, index_of_other_rows, leaf_of, overwrite, statement
from tests.unit.test_cli import one_sentence, run, sohieu


@pytest.fixture(scope="module")
def sound(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus with three corrections, one of which nothing but its quotation marks makes hard to write."""
    folder = tmp_path_factory.mktemp("sound")
    database = folder / "x.db"
    shutil.copy(corpus_db, database)
    with sqlite3.connect(database) as conn:
        document = conn.execute("SELECT id FROM documents WHERE mentions > 1 ORDER BY id").fetchone()[0]
        row = "SELECT t.path, d.surface FROM dates d JOIN texts t ON t.id = d.text_id WHERE instr(t.text, d.surface) = d.start + 1 "
        path, quote = conn.execute(
            f"{row} AND length(t.text) - length(replace(t.text, d.surface, '')) = length(d.surface)"
        ).fetchone()
    conn.close()
    (folder / "ours.csv").write_text(
        "id,family,action,quote,context,field,value,note\n"
        f'{path},dates,drop,"{quote}",,,,thừa\n{document},documents,set,,,title,"Một, ""hai""\nba",\n{document},documents,set,,,issuer,,\n',
        "utf-8",
    )
    assert run("correct", str(folder / "ours.csv"), "--db", str(database)).output.startswith("3 applied")
    return database


PAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "header destroyed": (overwrite(lambda _: 0, bytes(100)), "file"),
    "cut off": (cut, "pages"),
    "bytes in the middle": (overwrite(lambda size: size // 2 // PAGE * PAGE, b"\xa5" * 2 * PAGE), "pages"),
    "a leaf of a table": (leaf_of("mentions"), "mentions"),
    "a leaf of an index": (leaf_of("mentions_document"), "pages"),
    "an index of other rows": (index_of_other_rows, "pages"),
    "a view of nonsense": (
        statement("PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = 'x' WHERE name = 'timeline'"),
        "file",
    ),
    "a table of bytes that are no text": (
        statement(
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = CAST(sql || x'20a5d6f7c9' AS TEXT) WHERE name = 'bands'",
        ),
        "file",
    ),
}
ROWS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a mention quotes other words": (
        statement("UPDATE mentions SET surface = 'x' WHERE id = (SELECT max(id) FROM mentions)"),
        "mentions",
    ),
    "a date lies elsewhere": (
        statement("UPDATE dates SET start = start + 1 WHERE id = (SELECT max(id) FROM dates)"),
        "dates",
    ),
    "flags that are none": (
        statement("UPDATE mentions SET flags = '[' WHERE id = (SELECT max(id) FROM mentions)"),
        "mentions",
    ),
    "bytes that are no text": (statement("UPDATE texts SET title = CAST(x'ff00fe' AS TEXT)"), "texts"),
    "a sentence is not searched": (
        statement("DELETE FROM segments_fts WHERE rowid = (SELECT max(rowid) FROM segments)"),
        "segments",
    ),
    "a sentence is searched otherwise": (
        statement("UPDATE segments_fts_content SET c0 = 'x' WHERE id = (SELECT max(id) FROM segments_fts_content)"),
        "segments_fts",
    ),
    "an index of other words": (
        statement("UPDATE segments_fts_data SET block = zeroblob(length(block)) WHERE id > 10"),
        "segments_fts",
    ),
    "a document that nothing names": (
        statement("INSERT INTO documents (id, key) VALUES ('d-0', 'x')"),
        "documents",
    ),
    "a document counts wrongly": (statement("UPDATE documents SET mentions = 77 WHERE mentions = 1"), "documents"),
    "a link to no document": (
        statement(
            "PRAGMA foreign_keys = OFF",
            "UPDATE mentions SET document_id = 'd-0' WHERE id = (SELECT max(id) FROM mentions)",
        ),
        "links",
    ),
    "a link that is none": (
        statement(
            "UPDATE mentions SET status = 'linked', document_id = NULL WHERE id = (SELECT max(id) FROM mentions)"
        ),
        "mentions",
    ),
    "a text that no file holds": (statement("DELETE FROM sources WHERE path = 'a-01.txt'"), "texts"),
    "a text of other bytes": (statement("UPDATE texts SET sha256 = 'x' || sha256 WHERE path = 'a-01.txt'"), "texts"),
}
DAMAGE = PAGES | ROWS
COMMANDS = [
    ["lookup", "16 da tu"], ["search", "hồ sơ"], ["show", "Tỉnh ủy Thái Bình"], ["timeline"], ["totals"], ["check", "disputes"],
    ["check", "gaps"], ["check", "corrections"], ["ingest", str(TEXTS), "--words", "no", "--jobs", "1"],
]  # fmt: skip


@pytest.fixture
def database(sound: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "x.db"
    shutil.copy(sound, copy)
    return copy


def test_a_sound_database_has_nothing_to_report(database: Path) -> None:
    before = database.read_bytes()
    done = sohieu("check", "integrity", "--db", str(database))
    assert (done.returncode, done.stdout, one_sentence(done)) == (0, "", "Nothing to report.")
    assert database.read_bytes() == before


@pytest.mark.parametrize(("damage", "where"), DAMAGE.values(), ids=DAMAGE)
def test_check_integrity_finds_it(damage: Callable[[Path], None], where: str, database: Path) -> None:
    damage(database)
    before = database.read_bytes()
    done = run("check", "integrity", "--json", "--db", str(database))
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert where in {problem["where"] for problem in found["problems"]}, found["problems"]
    assert found["saved"]["rows"]["corrections"] == 3
    assert database.read_bytes() == before


@pytest.mark.parametrize(("damage", "where"), PAGES.values(), ids=PAGES)
def test_every_command_says_so_in_one_sentence(
    damage: Callable[[Path], None], where: str, sound: Path, database: Path
) -> None:
    damage(database)
    broken, told = database.read_bytes(), 0
    for command in COMMANDS:
        said = said_by(command, database, broken)
        if said.startswith("Error: "):
            assert f"{database} is " in said, command
            assert "sohieu check integrity" in said
            assert said.count("\n") == 1
            told += 1
    assert told or where == "pages"  # pages that a command does not need keep nothing from it


def said_by(command: list[str], database: Path, content: bytes) -> str:
    """What a command says of a database that holds these bytes; it ends as its process would, which gives back its locks."""
    database.write_bytes(content)
    done = CliRunner().invoke(cli, [*command, "--db", str(database)])
    assert done.exception is None or isinstance(done.exception, SystemExit), (command, done.exception)
    said = done.stderr
    del done  # its traceback holds cursors, and they hold locks, for which the next command would wait half a minute
    gc.collect()
    return said


SEEDS = int(os.environ.get("SEEDS", "4"))
"""Databases that are damaged anywhere; `make test-full` tries more."""


def test_bytes_anywhere_never_end_in_a_traceback(sound: Path, database: Path) -> None:
    content = sound.read_bytes()
    for seed in range(SEEDS):
        random, broken = Random(seed), bytearray(content)
        for _ in range(random.choice([1, 10, 50])):
            at, size = random.randrange(100, len(broken)), random.choice([1, 50, PAGE])
            broken[at : at + size] = random.randbytes(size)
        for command in COMMANDS:
            said_by(command, database, bytes(broken))


@pytest.mark.parametrize("damage", [damage for damage, _ in PAGES.values()], ids=PAGES)
def test_corrections_are_saved_and_hold_in_a_new_database(
    damage: Callable[[Path], None], sound: Path, database: Path, corpus_db: Path, tmp_path: Path
) -> None:
    damage(database)
    table, fresh = tmp_path / "saved.csv", tmp_path / "new.db"
    assert run("correct", "--save", str(table), "--db", str(database)).exit_code == 0
    shutil.copy(corpus_db, fresh)
    assert run("correct", str(table), "--db", str(fresh)).output == "3 applied, 0 undone, 0 not applied\n"
    assert corrections(fresh) == corrections(sound)


def corrections(database: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as conn:
        rows = conn.execute(
            "SELECT text_id, root, path, document_id, family, action, quote, context, field, value, note, state FROM corrections"
        ).fetchall()
    conn.close()
    return sorted(rows, key=repr)


def test_what_it_says_to_do_can_be_done(
    sound: Path, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cut(database)
    said = run("check", "integrity", "--db", str(database)).stdout.split("What to do:\n")[1]
    for line in said.splitlines():
        assert sohieu(*line.split()[1:]).returncode == 0, line
    assert corrections(tmp_path / "NEW.db") == corrections(sound)


def test_corrections_that_cannot_be_read_are_told(database: Path, tmp_path: Path) -> None:
    leaf_of("corrections")(database)
    done = sohieu("correct", "--save", str(tmp_path / "saved.csv"), "--db", str(database))
    assert done.returncode == 1
    assert "some of its corrections cannot be read" in one_sentence(done)


NONE: dict[str, tuple[Callable[[Path], object], str]] = {
    "there is none": (lambda path: None, "does not exist"),
    "empty": (lambda path: path.touch(), "is empty"),
    "text": (
        lambda path: path.write_text("một tệp văn bản, không phải cơ sở dữ liệu " * 99),
        "is not a SQLite database",
    ),
    "first page destroyed": (lambda path: path.write_bytes(bytes(9 * PAGE)), "is not a SQLite database"),
    "of another program": (statement("CREATE TABLE x (y)"), "is not a database of sohieu"),
}


@pytest.mark.parametrize(("make", "says"), NONE.values(), ids=NONE)
def test_check_integrity_of_what_is_no_database(make: Callable[[Path], object], says: str, tmp_path: Path) -> None:
    make(tmp_path / "x.db")
    for command in (["check", "integrity"], ["correct", "--save", str(tmp_path / "saved.csv")]):
        done = sohieu(*command, "--db", str(tmp_path / "x.db"))
        assert done.returncode == 1
        assert says in one_sentence(done)
    assert not (tmp_path / "saved.csv").exists()


def test_a_database_of_a_later_version(database: Path) -> None:
    columns = "migration_set, name, applied_at"
    statement(f"INSERT INTO _sqlite_migrations ({columns}) VALUES ('sohieu', 'm099_later', '')")(database)
    for command in [*COMMANDS, ["check", "integrity"]]:
        done = run(*command, "--db", str(database))
        assert done.exit_code == 1
        assert done.stderr == f"Error: {database} was written by a later version (m099_later); update sohieu\n"


def test_a_run_in_the_middle_is_no_damage(database: Path) -> None:
    statement("INSERT INTO pending VALUES ('text', (SELECT id FROM texts))")(database)
    done = run("check", "integrity", "--db", str(database))
    assert done.exit_code == 0
    assert "did not come to its end" in done.stderr


def test_check_integrity_while_a_run_writes(database: Path) -> None:
    writer = sqlite3.connect(database, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM mentions")
    done = run("check", "integrity", "--db", str(database))
    writer.execute("ROLLBACK")
    writer.close()
    assert done.exit_code == 0, done.output
    assert "The index of words was not compared" in done.stderr


def test_ingest_that_meets_damage_loses_nothing_that_can_be_read(database: Path, tmp_path: Path) -> None:
    leaf_of("mentions")(database)
    (tmp_path / "new.txt").write_text("Tỉnh ủy ban hành Quy định số 682-QĐ/TU, ngày 14/9/2017.", "utf-8")
    done = sohieu("ingest", str(tmp_path / "new.txt"), str(TEXTS), "--db", str(database), "--jobs", "1")
    assert "Traceback" not in done.stderr
    saved = json.loads(run("check", "integrity", "--json", "--db", str(database)).stdout)["saved"]
    assert (saved["rows"]["corrections"], saved["rows"]["sources"] >= 28) == (3, True)
    assert ingest([TEXTS], tmp_path / "fresh.db").failed == []
