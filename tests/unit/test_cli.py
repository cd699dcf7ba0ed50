"""Commands: every one has help with an example; bad input gets one sentence and the right status."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import COMMANDS, LazyGroup, cli
from tests.corpus import ROOT, TEXTS

ARTICLE = "Tỉnh ủy Vĩnh Phúc ban hành Quy định số 682-QĐ/TU, ngày 14/9/2017 về việc dự sinh hoạt chi bộ."


def sohieu(*args: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The installed command, in a process of its own."""
    command = [str(Path(sys.executable).with_name("sohieu")), *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args), standalone_mode=True)


def one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """Standard error, which must be a single line and no traceback."""
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_version_and_commands() -> None:
    assert run("--version").output.startswith("sohieu, version 0.")
    group = cli
    assert isinstance(group, LazyGroup)
    assert group.list_commands(click.Context(group)) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0
    assert "Example: sohieu " in done.output
    assert name in (ROOT / "README.md").read_text("utf-8")


def test_shell_completion() -> None:
    done = sohieu(_SOHIEU_COMPLETE="bash_source")
    assert "_SOHIEU_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ["lookup"],
        ["nonsense"],
        ["timeline", "--format", "yaml"],
        ["timeline", "--from", "2021", "--to", "2020-05", "--db", "none.db"],
        ["ingest", "--max-bytes", "0", "x"],
        ["check", "weather"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2(args: list[str]) -> None:
    assert run(*args).exit_code == 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good text and every kind of bad file."""
    target = tmp_path / "kho"
    target.mkdir()
    (target / "tot.txt").write_text(ARTICLE, "utf-8")
    (target / "rong.txt").write_bytes(b"")
    (target / "nhi-phan.txt").write_bytes(b"\x7fELF\x00\x01\x02" * 40)
    (target / "to.txt").write_text("Nghị quyết. " * 20_000, "utf-8")
    (target / "scan.pdf").write_bytes(b"%PDF-1.4 ...")
    (target / "nul.txt").write_bytes("Tỉnh ủy\x00họp".encode())
    (target / "dut.txt").symlink_to(target / "khong-co.txt")
    (target / "vong").symlink_to(target, target_is_directory=True)
    (target / "bang.xlsx").write_bytes(b"x")
    return target


def test_one_bad_file_never_stops_a_batch(folder: Path, tmp_path: Path) -> None:
    database = str(tmp_path / "a.db")
    done = sohieu("ingest", str(folder), "--db", database, "--max-bytes", "100000")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "1 added" in done.stdout
    failures = json.loads(run("check", "failures", "--db", database, "--json").output)
    assert {row["path"]: row["kind"] for row in failures} == {
        "rong.txt": "empty",
        "nhi-phan.txt": "binary",
        "to.txt": "too_large",
        "scan.pdf": "truncated",
        "nul.txt": "binary",
        "dut.txt": "missing",
    }
    too_large = next(row["message"] for row in failures if row["kind"] == "too_large")
    assert "--max-bytes 100,000" in too_large
    assert run("lookup", "682 qd tu", "--db", database).exit_code == 0


def test_dry_run_writes_nothing(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    done = sohieu("ingest", str(folder), "--db", str(database), "--dry-run")
    assert done.returncode == 0
    assert "add\ttot.txt" in done.stdout
    assert "fail: " in done.stdout
    assert not database.exists()


def test_a_path_that_does_not_exist_is_a_failure(tmp_path: Path) -> None:
    database = str(tmp_path / "a.db")
    done = sohieu("ingest", str(tmp_path / "khong-co"), str(TEXTS / "a-01.txt"), "--db", database)
    assert done.returncode == 1
    assert "khong-co does not exist" in one_sentence(done)
    assert "1 added" in done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can drop its rights for this test")
def test_files_and_folders_that_may_not_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    (folder / "kin").mkdir(parents=True)
    (folder / "tot.txt").write_text(ARTICLE, "utf-8")
    (folder / "kin.txt").write_text(ARTICLE + " Kín.", "utf-8")
    (folder / "kin" / "trong.txt").write_text(ARTICLE + " Trong.", "utf-8")
    (folder / "kin.txt").chmod(0)
    (folder / "kin").chmod(0)
    for path in [tmp_path, *tmp_path.parents][:4]:
        path.chmod(0o777 if path == tmp_path else path.stat().st_mode | 0o055)
    code = (
        "import os; from pathlib import Path; from pipeline.stages import analyse_bytes; from pipeline.run import ingest\n"
        "analyse_bytes(b'Chi bo hop. Tinh uy hop.', 'a.txt'); os.setgid(65534); os.setuid(65534)\n"
        f"tally = ingest([Path({str(folder)!r})], Path({str(tmp_path / 'a.db')!r}))\n"
        "print(tally.added, sorted(tally.failed))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.startswith("1 [('kin', 'may not be "), done.stderr
    assert "('kin.txt', 'may not be read" in done.stdout


BROKEN = {
    "there is none": (lambda path: None, "does not exist"),
    "not SQLite": (
        lambda path: path.write_text("một tệp văn bản, không phải cơ sở dữ liệu" * 5),
        "is not a SQLite database",
    ),
    "another database": (
        lambda path: sqlite3.connect(path).execute("CREATE TABLE x (y)").connection.close(),
        "is not a database of sohieu",
    ),
}


@pytest.mark.parametrize(("make", "message"), BROKEN.values(), ids=BROKEN)
def test_asking_a_database_that_is_none(make, message: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    database = tmp_path / "a.db"
    make(database)
    for command in (
        ["lookup", "682"],
        ["search", "x"],
        ["show", "d-1"],
        ["timeline"],
        ["check", "failures"],
        ["totals"],
    ):
        done = sohieu(*command, "--db", str(database))
        assert done.returncode == 1
        assert message in one_sentence(done)


def test_a_read_only_database_can_be_asked(corpus_db: Path, tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    database.write_bytes(corpus_db.read_bytes())
    database.chmod(0o444)
    assert sohieu("lookup", "16 da tu", "--db", str(database)).returncode == 0


def test_extract_prints_an_object_a_file_in_order(tmp_path: Path) -> None:
    good, bad = tmp_path / "tot.txt", tmp_path / "hong.txt"
    good.write_text(ARTICLE, "utf-8")
    bad.write_bytes(b"\x00\x01")
    done = sohieu("extract", str(good), str(bad), str(good))
    assert done.returncode == 1
    first, second, third = [json.loads(line) for line in done.stdout.splitlines()]
    assert first == third
    assert list(second) == ["path", "error"]
    keys = [
        "path",
        "sha256",
        "title",
        "published",
        "province",
        "province_evidence",
        "references",
        "dates",
        "units",
        "figures",
        "relations",
    ]
    assert list(first) == keys
    assert first["references"][0]["symbol"] == "682-QĐ/TU"
    assert first["references"][0]["title"] == "dự sinh hoạt chi bộ"
    assert first["dates"][0]["edtf"] == "2017-09-14"


def test_lookup_json_and_status(corpus_db: Path) -> None:
    done = run("lookup", "16", "da", "tu", "--db", str(corpus_db), "--json")
    answer = json.loads(done.output)
    assert list(answer) == ["query", "documents", "more", "apart", "near"]
    fields = ["id", "symbol", "doc_type", "number", "issuer", "place", "issued", "title", "mentions", "held"]
    assert list(answer["documents"][0]) == fields
    assert answer["apart"] == ["place", "issued", "issuer", "title"]
    none = run("lookup", "99999", "--db", str(corpus_db), "--json")
    assert none.exit_code == 1
    assert json.loads(none.output)["documents"] == []


def test_show_document_and_text(corpus_db: Path) -> None:
    answer = json.loads(run("lookup", "16 da tu", "--db", str(corpus_db), "--json").output)
    shown = run("show", answer["documents"][0]["id"], "--db", str(corpus_db))
    assert shown.exit_code == 0
    assert "Where it is cited:" in shown.output
    text = shown.output.split(", t-")[1].split(",")[0]
    marked = run("show", f"t-{text}", "--db", str(corpus_db))
    assert "16-ĐA/TU]" in marked.output
    assert run("show", "d-nothing", "--db", str(corpus_db)).exit_code == 1


def test_timeline_as_csv_and_json(corpus_db: Path, tmp_path: Path) -> None:
    table = run("timeline", "--type", "chỉ thị", "--format", "csv", "--db", str(corpus_db))
    rows = table.stdout.splitlines()
    assert rows[0] == "issued,symbol,doc_type,number,issuer,place,title,mentions,document_id,event,date,by"
    out = tmp_path / "t.json"
    assert (
        run("timeline", "--type", "chỉ thị", "--format", "json", "-o", str(out), "--db", str(corpus_db)).exit_code == 0
    )
    assert len(json.loads(out.read_text("utf-8"))["events"]) == len(rows) - 1
    again = run("timeline", "--type", "chỉ thị", "--format", "csv", "--db", str(corpus_db))
    assert again.stdout == table.stdout


def test_what_a_file_says_never_reaches_the_terminal_as_control(tmp_path: Path) -> None:
    hostile = tmp_path / "la.txt"
    hostile.write_text("Quy định số 682-QĐ/TU về \x1b[31mmàu đỏ\x1b]0;tên\x07 và =1+1.", "utf-8")
    database = str(tmp_path / "a.db")
    assert sohieu("ingest", str(hostile), "--db", database).returncode == 0
    answer = json.loads(sohieu("lookup", "682", "--json", "--db", database).stdout)
    for command in (["lookup", "682"], ["show", answer["documents"][0]["id"]], ["search", "màu"], ["timeline"]):
        assert "\x1b" not in sohieu(*command, "--db", database).stdout


def test_output_that_cannot_be_written_is_one_sentence(corpus_db: Path, tmp_path: Path) -> None:
    done = sohieu("timeline", "--format", "csv", "-o", str(tmp_path / "no" / "t.csv"), "--db", str(corpus_db))
    assert done.returncode == 1
    assert "t.csv" in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr


def test_a_list_has_an_answer_for_each_line(corpus_db: Path, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("16-ĐA/TU\tTuyên Quang\n\n99999\nkết luận 21\n", "utf-8")
    done = run("lookup", "--list", str(tmp_path / "list.txt"), "--db", str(corpus_db), "--json")
    told = [(answer["query"], len(answer["documents"])) for answer in json.loads(done.output)]
    assert told == [("16-ĐA/TU Tuyên Quang", 1), ("99999", 0), ("kết luận 21", 1)]
    assert done.exit_code == 1
    table = run("lookup", "16-ĐA/TU\nkết luận 21", "--db", str(corpus_db))
    assert [line.split("\t")[:2] for line in table.output.splitlines()[1:]] == [
        ["16-ĐA/TU", "2"], ["16-ĐA/TU", "2"], ["kết luận 21", "1"],
    ]  # fmt: skip
    assert "Type what to look up" in run("lookup", "--db", str(corpus_db)).output


def test_serving_says_what_is_wrong(corpus_db: Path, tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("serve", "--db", str(corpus_db), "--port", port)
        assert done.exit_code == 1
        assert f"127.0.0.1:{port} cannot be listened on" in done.output
    missing = run("serve", "--db", str(tmp_path / "none.db"))
    assert "does not exist; make it with 'sohieu ingest FOLDER'" in missing.output
    nowhere = run("serve", "--db", str(corpus_db), "--host", "256.1.1.1")
    assert "is no address" in nowhere.output
    earlier = tmp_path / "earlier.db"
    earlier.write_bytes(corpus_db.read_bytes())
    with closing(sqlite3.connect(earlier)) as conn, conn:
        conn.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm014%'")
    assert "was written by an earlier version" in run("serve", "--db", str(earlier)).output
