"""Shards: any number of shares, merged in any order and any number of times, give the database that one run gives."""

import shutil
import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import cli
from pipeline.correct import correct
from pipeline.document import Page
from pipeline.files import FileItem, find_files, whole_folders
from pipeline.merge import merge
from pipeline.putting import Tally
from pipeline.run import ingest, known_sources
from pipeline.shards import part
from pipeline.shards.form import ShardError, read_shard, write_shard
from pipeline.shards.part import Done, Share, take_share
from pipeline.stages import analyse_bytes
from pipeline.store.rows import text_rows
from pipeline.taking import Options, Taken, take_up
from pipeline.writing import WriteError
from tests.corpus import TEXTS, texts
from tests.unit.test_store import dump


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some texts, one of them twice, and a file that is none."""
    target = tmp_path / "texts"
    target.mkdir()
    for file in texts()[:6]:
        shutil.copy(file, target)
    shutil.copy(texts()[0], target / "again.txt")
    (target / "broken.txt").write_bytes(b"\x00\x01\x02" * 99)
    return target


@pytest.fixture
def whole(folder: Path, tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    ingest([folder], tmp_path / "whole.db")
    return dump(tmp_path / "whole.db")


def shares(
    folder: Path, shards: Path, of: int, database: Path | None = None, numbers: tuple[int, ...] = ()
) -> list[Done]:
    """Take the shares of a folder, each as a machine of its own does."""
    known = known_sources(database) if database else {}
    items = list(find_files([folder], Tally()))
    return [
        take_share(Share(at, of), items, whole_folders([folder]), known, Options(), 1, shards)
        for at in numbers or range(1, of + 1)
    ]


@pytest.mark.parametrize("of", [1, 2, 5, 20])
def test_shares_make_the_database_that_one_run_makes(
    of: int, folder: Path, whole: dict[str, list[tuple[object, ...]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "FILES", 2)
    done = shares(folder, tmp_path / "s", of)
    assert sum(each.files for each in done) == 8
    merged = merge(tmp_path / "s", tmp_path / "x.db")
    assert (merged.tally.added, len(merged.tally.failed), merged.wrong, merged.absent) == (7, 1, [], [])
    assert dump(tmp_path / "x.db") == whole
    assert list((tmp_path / "s").iterdir()) == []


def test_a_shard_that_comes_again_does_nothing(folder: Path, whole: object, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    shares(folder, tmp_path / "s", 2)
    merge(tmp_path / "s", database, keep=True)
    merged = merge(tmp_path / "s", database)
    assert (merged.shards, merged.before, merged.tally.added) == (0, 2, 0)
    assert dump(database) == whole


def test_what_the_database_holds_is_not_read_again(folder: Path, whole: object, tmp_path: Path) -> None:
    shares(folder, tmp_path / "s", 2, tmp_path / "whole.db")
    merged = merge(tmp_path / "s", tmp_path / "whole.db")
    assert (merged.tally.unchanged, merged.tally.added) == (7, 0)
    assert dump(tmp_path / "whole.db") == whole


def test_a_shard_for_another_database_is_refused(folder: Path, whole: object, tmp_path: Path) -> None:
    shares(folder, tmp_path / "s", 1, tmp_path / "whole.db")
    merged = merge(tmp_path / "s", tmp_path / "empty.db")
    assert "leaves out texts" in merged.wrong[0]
    assert (merged.tally.added, merged.tally.unchanged) == (0, 0)
    assert dump(tmp_path / "empty.db")["texts"] == []


def test_a_share_that_was_stopped_goes_on(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "FILES", 2)
    first = shares(folder, tmp_path / "s", 1)[0]
    (tmp_path / "s" / "1-of-1-000002.shard").unlink()
    (folder / "again.txt").write_text("Kết luận số 21-KL/TW ngày 25/10/2021.", "utf-8")
    again = shares(folder, tmp_path / "s", 1)[0]
    assert (first.written, again.written, again.kept) == (4, 2, 2)


def test_a_share_that_has_become_smaller_leaves_no_shard_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "FILES", 2)
    shares(folder, tmp_path / "s", 1)
    for file in sorted(folder.iterdir())[:5]:
        file.unlink()
    shares(folder, tmp_path / "s", 1)
    assert len(list((tmp_path / "s").iterdir())) == 2
    assert merge(tmp_path / "s", tmp_path / "x.db").tally.added == 2  # the third is no text


def test_files_that_are_gone_are_told_when_all_shares_are_there(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    shares(folder, tmp_path / "s", 2)
    merge(tmp_path / "s", database)
    (folder / "again.txt").unlink()
    shares(folder, tmp_path / "s", 2, numbers=(1,))
    some = merge(tmp_path / "s", database)
    assert (some.absent, some.tally.missing) == (["2/2"], [])
    shares(folder, tmp_path / "s", 2)
    all_ = merge(tmp_path / "s", database)
    assert (all_.absent, all_.tally.missing) == ([], ["again.txt"])


def test_corrections_hold_for_texts_that_come_in_shards(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.txt").write_text("Thực hiện Kết luận số 21-KL/TW ngày 25/10/2021.", "utf-8")
    table = tmp_path / "c.csv"
    table.write_text(
        "id,family,action,quote,context,field,value,note\na.txt,references,drop,Kết luận số 21-KL/TW,,,,\n", "utf-8"
    )
    shares(tmp_path / "t", tmp_path / "s", 1)
    merge(tmp_path / "s", tmp_path / "x.db")
    assert correct(table, tmp_path / "x.db").applied == 1
    (tmp_path / "t" / "a.txt").write_text("Năm 2022. Thực hiện Kết luận số 21-KL/TW ngày 25/10/2021.", "utf-8")
    shares(tmp_path / "t", tmp_path / "s", 1)
    assert merge(tmp_path / "s", tmp_path / "x.db").tally.changed == 1
    assert dump(tmp_path / "x.db")["mentions"] == []


def test_a_shard_gives_back_what_was_put_in(tmp_path: Path) -> None:
    items = list(find_files([TEXTS], Tally()))[:5]
    taken = [take_up(item, None, Options()) for item in items]
    back = list(read_shard(write_shard(tmp_path, "x", taken, {})).taken())
    assert [(each.done, each.digest, each.item.path) for each in back] == [
        (each.done, each.digest, each.item.path) for each in taken
    ]


HOSTILE = {
    "no database": None,
    "another table": "DROP TABLE taken",
    "another version": "UPDATE about SET value = '0.0.1+0' WHERE name = 'version'",
    "another form": "UPDATE about SET value = '0' WHERE name = 'form'",
    "no share": "INSERT INTO about VALUES ('share', 'x/y')",
    "no rows": "UPDATE taken SET body = x'00ff'",
    "rows of another kind": "UPDATE taken SET body = packed('[1, 2, 3]')",
    "a table of another name": "UPDATE taken SET body = packed(replace(unpacked(body), '\"mentions\"', '\"runs\"'))",
    "a column of another name": "UPDATE taken SET body = packed(replace(unpacked(body), '\"surface\"', '\"x) VALUES (1); --\"'))",
    "a value of another kind": "UPDATE taken SET body = packed(replace(unpacked(body), '\"21-KL/TW\"', '[[]]'))",
    "a bomb": "UPDATE taken SET body = bomb()",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_shard_is_one_sentence_and_the_others_are_merged(
    kind: str, folder: Path, whole: object, tmp_path: Path
) -> None:
    (tmp_path / "bad.txt").write_text("Kết luận số 21-KL/TW ngày 25/10/2021.", "utf-8")
    bad = [take_up(FileItem(str(tmp_path), "bad.txt", tmp_path / "bad.txt", False), None, Options())]
    file = write_shard(tmp_path / "s", "bad", bad, {"version": "x"})
    shares(folder, tmp_path / "s", 2)
    good = read_shard(tmp_path / "s" / "1-of-2-000001.shard").about
    with sqlite3.connect(file) as conn:
        conn.create_function("packed", 1, lambda text: zlib.compress(text.encode()))
        conn.create_function("unpacked", 1, lambda packed: zlib.decompress(packed).decode())
        conn.create_function("bomb", 0, lambda: zlib.compress(b" " * 600_000_000))
        conn.execute("UPDATE about SET value = ? WHERE name = 'version'", [good["version"]])
        conn.execute(HOSTILE[kind] or "SELECT 1")
    conn.close()
    if HOSTILE[kind] is None:
        file.write_bytes(b"SQLite" * 99)
    merged = merge(tmp_path / "s", tmp_path / "x.db")
    assert len(merged.wrong) == 1
    assert str(file) in merged.wrong[0]
    assert file.exists()
    assert dump(tmp_path / "x.db") == whole


def test_a_folder_that_cannot_be_written_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError, match="file"):
        shares(folder, tmp_path / "file", 1)


def test_a_folder_without_shards_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ShardError, match="holds no shards"):
        merge(tmp_path, tmp_path / "x.db")


USAGE = {
    "ingest {t} --shard 3/2 --shards {s}": "no share",
    "ingest {t} --shard 1/2": "--shards",
    "ingest {t} --shards {s}": "--shard or --dask",
    "ingest {t} --shard 1/2 --shards {s} --dask local": "without --dask",
    "merge {s}": "does not hold shards|holds no shards",
    "ingest {t} --dask tcp://127.0.0.1:1": "no Dask scheduler answers",
    "ingest nothing://here": "Protocol not known",
}


@pytest.mark.parametrize("command", USAGE)
def test_wrong_usage_is_one_sentence(
    command: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.shards.cluster.SECONDS", 1)
    arguments = command.format(t=folder, s=tmp_path / "s").split()
    done = CliRunner().invoke(cli, [*arguments, "--db", str(tmp_path / "x.db")])
    assert done.exit_code in (1, 2)
    assert any(part in done.output for part in USAGE[command].split("|")), done.output
    assert "Traceback" not in done.output


def test_the_commands_say_what_they_did(folder: Path, tmp_path: Path) -> None:
    run, database = CliRunner(), str(tmp_path / "x.db")
    share = run.invoke(
        cli, ["ingest", str(folder), "--db", database, "--shard", "1/1", "--shards", str(tmp_path / "s")]
    )
    assert share.output == "share 1/1: 8 files, 1 failed, 1 shards written, 0 were there\n"
    merged = run.invoke(cli, ["merge", str(tmp_path / "s"), "--db", database])
    assert merged.output.startswith("1 shards merged, 0 were merged before, 0 cannot be used\n7 added")
    assert (share.exit_code, merged.exit_code) == (0, 1)


def test_a_page_that_was_recognised_without_any_confidence_goes_through_a_shard(tmp_path: Path) -> None:
    done = analyse_bytes("Tỉnh ủy họp.".encode(), "a.txt")
    rows = text_rows(replace(done, text=replace(done.text, pages=(Page(1, "ocr", 0.0), Page(2, "left")))))
    taken = Taken(FileItem("/", "a.pdf", Path("/a.pdf"), whole_folder=False), digest=done.text.sha256, done=rows)
    written = read_shard(write_shard(tmp_path, "x", [taken], {}))
    assert [each.done.layout["pages"][1] for each in written.taken() if each.done] == [
        [(1, "ocr", "0.000"), (2, "left", None)]
    ]
