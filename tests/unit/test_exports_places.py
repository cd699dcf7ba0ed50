"""Exports to places that cannot be written, and of nothing: each ends in a sentence, and leaves no half file."""

import os
import subprocess
from pathlib import Path

import pytest

from pipeline.run import ingest
from tests.exports import command_of
from tests.faults import SOHIEU, run_with_limit, small_disk
from tests.unit.test_cli import one_sentence, run, sohieu
from tests.unit.test_exports_provenance import CASES, FORMATS

FEW = 5000
"""Bytes that no export of the corpus is content with."""


COMMANDS = list(FORMATS)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "annotations"])
def test_a_suffix_of_no_format_is_told(command: str, corpus_db: Path, tmp_path: Path) -> None:
    done = run(*command_of(command, None, tmp_path / "x.docx", corpus_db))
    assert done.exit_code == 2
    assert "'.docx' is the suffix of no format; use one of ." in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_database_itself_is_spared(command: str, corpus_db: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    database.write_bytes(corpus_db.read_bytes())
    done = run(*command_of(command, next(iter(FORMATS[command])), database, database))
    assert done.exit_code == 2
    assert "is the database itself" in done.output
    assert database.read_bytes() == corpus_db.read_bytes()


def targets(tmp_path: Path) -> dict[str, Path]:
    """Places that no file can be written to."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x", "utf-8")
    long = "x" * 300
    return {
        "no folder": tmp_path / "none" / "x",
        "a folder": tmp_path / "folder",
        "below a file": tmp_path / "file" / "x",
        "too long": tmp_path / long,
    }


PLACES = ("no folder", "a folder", "below a file", "too long")
FOLDERS = (
    "annotations brat",
    "export mentions csv",
    "export mentions json",
    "export mentions ndjson",
    "export mentions parquet",
)
"""What may be written to a folder that is there."""


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("command", "form"), CASES, ids=map(" ".join, CASES))
def test_a_place_that_cannot_be_written(command: str, form: str, place: str, corpus_db: Path, tmp_path: Path) -> None:
    if place == "a folder" and f"{command} {form}" in FOLDERS:
        pytest.skip("this goes into a folder")
    file = targets(tmp_path)[place]
    before = sorted(tmp_path.rglob("*"))
    done = run(*command_of(command, form, file, corpus_db))
    assert done.exit_code in (1, 2)
    said = str(done.exception) if done.exit_code == 1 and str(done.exception) != "1" else done.output
    assert file.name[:20] in said or file.parent.name in said
    assert "Traceback" not in done.output
    assert sorted(tmp_path.rglob("*")) == before


FULL = [case for case in CASES if case[0] != "export chain"]


@pytest.mark.parametrize(("command", "form"), FULL, ids=map(" ".join, FULL))
def test_a_disk_that_fills_up_leaves_nothing(command: str, form: str, corpus_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "out" / f"x.{form}"
    file.parent.mkdir()
    done = run_with_limit(FEW, *command_of(command, form, file, corpus_db))
    assert done.returncode == 1
    assert str(file.parent) in one_sentence(done)
    assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []


@pytest.mark.parametrize(
    ("command", "form"),
    [("timeline", "csv"), ("export citations", "ris"), ("export dates", "csv"), ("annotations", "labelstudio")],
)
def test_a_disk_without_room_for_what_stands_beside(command: str, form: str, corpus_db: Path, tmp_path: Path) -> None:
    """The file itself would have room: neither it nor the other comes to its place."""
    disk, free = tmp_path / "disk", tmp_path / "x"
    disk.mkdir()
    assert run(*command_of(command, form, free, corpus_db)).exit_code == 0
    size = -(-free.stat().st_size // 4096) * 4096
    with small_disk(disk, str(size + 4096)):
        (disk / "x").write_text("what was there", "utf-8")
        said = one_sentence(sohieu(*command_of(command, form, disk / "x", corpus_db)))
        assert "has no room left on its disk" in said
        assert [(file.name, file.read_text("utf-8")) for file in disk.iterdir()] == [("x", "what was there")]


def test_a_file_that_may_not_be_changed(corpus_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may change every file, so the system is asked in its stead."""
    file = tmp_path / "x.json"
    file.write_text("what was there", "utf-8")
    monkeypatch.setattr("os.access", lambda _, mode, **__: mode != os.W_OK)
    done = run("timeline", "-o", str(file), "--db", str(corpus_db))
    assert "x.json cannot be written (Permission denied); change the permissions, or name another file" in str(
        done.exception
    )
    assert file.read_text("utf-8") == "what was there"


STREAMED = [
    ["export", "disputes"],
    ["export", "disputes", "-o", "/dev/stdout"],
    ["timeline", "--format", "csv"],
    ["timeline", "--format", "json", "-o", "/dev/stdout"],
]


@pytest.mark.parametrize("command", STREAMED, ids=" ".join)
def test_what_goes_to_a_file_behind_others_leaves_them(command: list[str], corpus_db: Path, tmp_path: Path) -> None:
    alone = sohieu(*command, "--db", str(corpus_db)).stdout
    (tmp_path / "all").write_text("first\n", "utf-8")
    with (tmp_path / "all").open("a") as file:
        subprocess.run([SOHIEU, *command, "--db", str(corpus_db)], stdout=file, stderr=subprocess.PIPE, check=True)
        file.write("last\n")
    assert (tmp_path / "all").read_text("utf-8") == f"first\n{alone}last\n"


@pytest.mark.parametrize(
    "command",
    [["export", "texts"], ["export", "mentions", "--format", "json"], ["timeline", "--format", "html"]],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_fault(command: list[str], corpus_db: Path) -> None:
    writing = subprocess.Popen(
        [SOHIEU, *command, "--db", str(corpus_db)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert writing.stdout
    assert writing.stderr
    writing.stdout.read(10)
    writing.stdout.close()
    assert "Error" not in writing.stderr.read()
    writing.stderr.close()
    assert writing.wait() == 0


USAGE = {
    "a huge number of citations": (["timeline", "--cited", "9" * 30], "is not in the range"),
    "a huge number of texts": (["annotations", "x", "--format", "conll", "--limit", "9" * 30], "is not in the range"),
    "a mark for Excel": (["timeline", "--bom", "--format", "json"], "--bom is for CSV"),
    "a year that is none": (["timeline", "--from", "0000"], "'0000' is no year"),
    "a day that is none": (["export", "citations", "--to", "2021-02-30"], "'2021-02-30' is no year"),
    "no lane": (["timeline", "--lanes", ""], "is no lane"),
}


@pytest.mark.parametrize(("command", "says"), USAGE.values(), ids=USAGE)
def test_what_cannot_be_meant(command: list[str], says: str, corpus_db: Path) -> None:
    done = run(*command, "--db", str(corpus_db))
    assert done.exit_code == 2
    assert says in " ".join(done.output.split())


def test_gold_on_a_disk_that_fills_up(corpus_db: Path, tmp_path: Path) -> None:
    brat, gold = tmp_path / "brat", tmp_path / "gold"
    assert run("annotations", str(brat), "--format", "brat", "--limit", "9", "--db", str(corpus_db)).exit_code == 0
    done = run_with_limit(
        FEW, "annotations", "--import", str(brat), "--format", "brat", "--gold", str(gold), "--db", str(corpus_db)
    )
    assert done.returncode == 1
    assert str(gold) in one_sentence(done)
    assert list(gold.iterdir()) == []


# nothing


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_database(command: str, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    ingest([tmp_path / "none"], tmp_path / "x.db", words=False)
    done = sohieu(*command_of(command, next(iter(FORMATS[command])), tmp_path / "x", tmp_path / "x.db"))
    assert done.returncode == 1
    assert one_sentence(done)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["none", "x.db"]


NOTHING = {
    "type": (["--type", "chỉ thj"], "No document has the type 'chỉ thj'; did you mean 'chỉ thị'?"),
    "issuer": (["--issuer", "Bộ Chính trj"], "No document has the issuer 'Bộ Chính trj'; did you mean 'Bộ Chính trị'"),
    "place": (["--place", "Tuyen Qang"], "did you mean 'Tuyên Quang'"),
    "subject": (["--about", "chuyenn doi"], "No document has the word 'chuyenn' in its subject; did you mean 'chuyen'"),
    "nothing like it": (["--type", "zzzzzz"], "No document has the type 'zzzzzz'."),
    "known names": (["--type", "chỉ thị", "--from", "9000"], ""),
}


@pytest.mark.parametrize("command", ["timeline", "export citations"])
@pytest.mark.parametrize(("options", "says"), NOTHING.values(), ids=NOTHING)
def test_filters_that_nothing_fits(
    command: str, options: list[str], says: str, corpus_db: Path, tmp_path: Path
) -> None:
    done = sohieu(*command.split(), *options, "-o", str(tmp_path / "x.json"), "--db", str(corpus_db))
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert "; nothing was written." in said
    assert says in said
    assert list(tmp_path.iterdir()) == []
