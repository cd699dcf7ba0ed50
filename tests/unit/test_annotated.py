"""Annotations back in: a database becomes what people annotated; what cannot be is told and stops nothing."""

import copy
import csv
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotated import Imported, import_annotations, table
from pipeline.annotated.marks import Offsets
from pipeline.annotated.passages import passage
from pipeline.correct import correct
from pipeline.corrections import locate
from pipeline.export.annotations import export
from pipeline.export.annotations.fields import said
from pipeline.query.annotated import annotations_of, choose_texts
from pipeline.query.database import connect, open_readonly
from pipeline.run import ingest
from pipeline.score import score_folder
from tests.unit.test_cli import run

BODY = (
    "Tỉnh ủy Cà Mau họp ở Cà Mau 😀. Quy định số 31-QĐ/TU ngày 08/8/2019 của Tỉnh ủy Cà Mau được sơ kết với 12 chi bộ. "
    "Sau đó Quy định số 31-QĐ/TU lại được bàn. Khu vườn ấy có 7 cây, ngày 09/9/2020 có 12 chi bộ."
)
OTHER = "Tỉnh ủy Nghệ An họp. Quy định số 44-QĐ/TU ngày 01/02/2022 của Tỉnh ủy Nghệ An."
Task = dict[str, Any]
Mark = tuple[str, int, int]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(BODY, "utf-8")
    (folder / "b.txt").write_text(OTHER, "utf-8")
    ingest([folder], tmp_path / "x.db", words=False)
    return tmp_path / "x.db"


def exported(database: Path, form: str, out: Path) -> Path:
    with open_readonly(database) as conn:
        export(conn, choose_texts(conn), form, out, {})
    return out


def annotated(database: Path) -> list[Task]:
    """Tasks as they come back from Label Studio when nobody has changed anything."""
    tasks = json.loads(exported(database, "labelstudio", database.with_name("out.json")).read_text("utf-8"))
    results = [task["predictions"][0]["result"] for task in tasks]
    return [
        {**task, "id": at, "annotations": [{"id": 7, "result": r}]}
        for at, (task, r) in enumerate(zip(tasks, results, strict=True))
    ]


def brought_back(database: Path, tasks: object, form: str = "labelstudio", path: Path | None = None) -> Imported:
    file = path or database.with_name("in.json")
    if path is None:
        file.write_text(json.dumps(tasks), "utf-8")
    with open_readonly(database) as conn:
        return import_annotations(conn, file, form, gold=True)


def corrected(database: Path, done: Imported) -> None:
    """Apply what came back and read the texts again."""
    file = database.with_name("ours.csv")
    file.write_text(table(done), "utf-8", newline="")
    assert correct(file, database).wrong == []
    ingest([database.parent / "texts"], database, words=False)


def marks(database: Path, name: str = "a.txt") -> dict[Mark, dict[str, str]]:
    with closing(connect(database)) as conn:
        (identity,) = conn.execute("SELECT id FROM texts WHERE path = ?", [name]).fetchone()
        return {(each.family, each.start, each.end): said(each) for each in annotations_of(conn, identity)}


def first(tasks: list[Task]) -> Task:
    return next(task for task in tasks if task["data"]["text"] == BODY)


def results(tasks: list[Task]) -> list[dict[str, Any]]:
    found = first(tasks)["annotations"][0]["result"]
    assert isinstance(found, list)
    return found


def region(tasks: list[Task], words: str, nth: int = 0) -> list[dict[str, Any]]:
    """The results of the nth region with these words."""
    ids = [r["id"] for r in results(tasks) if r["type"] == "labels" and r["value"]["text"] == words]
    return [r for r in results(tasks) if r.get("id") == ids[nth]]


def a_region(family: str, words: str, **fields: str) -> list[dict[str, Any]]:
    start = BODY.index(words)
    place = {"start": start, "end": start + len(words)}
    label = {"type": "labels", "from_name": "label", "value": {**place, "text": words, "labels": [family]}}
    given = [{"type": "textarea", "from_name": name, "value": {"text": [value]}} for name, value in fields.items()]
    return [{"id": f"new {words}", "to_name": "text", **each} for each in (label, *given)]


def field(of: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(r for r in of if r["from_name"] == name)["value"]  # type: ignore[no-any-return]


def test_what_nobody_changed_needs_no_correction(database: Path, tmp_path: Path) -> None:
    done = brought_back(database, annotated(database))
    assert (done.texts, done.rows, done.wrong) == (2, [], [])
    folder = exported(database, "brat", tmp_path / "brat")
    done = brought_back(database, None, "brat", folder)
    assert (done.texts, done.rows, done.wrong) == (2, [], [])


def move(tasks: list[Task]) -> None:
    for result in (of := region(tasks, "Quy định số 31-QĐ/TU")):
        result["value"]["end"] += len(" ngày 08/8/2019")
    of[0]["value"]["text"] = "Quy định số 31-QĐ/TU ngày 08/8/2019"


def delete(tasks: list[Task]) -> None:
    gone = region(tasks, "12 chi bộ", 1)[0]["id"]
    results(tasks)[:] = [r for r in results(tasks) if r.get("id") != gone]


def add(tasks: list[Task]) -> None:
    results(tasks).extend(a_region("units", "Khu vườn", unit_type="other", name="Khu vườn"))


def change_a_field(tasks: list[Task]) -> None:
    field(region(tasks, "ngày 08/8/2019"), "edtf")["text"] = ["2019-08-09"]


def relabel(tasks: list[Task]) -> None:
    gone = region(tasks, "7 cây")[0]["id"]
    results(tasks)[:] = [r for r in results(tasks) if r.get("id") != gone]
    results(tasks).extend(a_region("units", "7 cây", unit_type="other", name="7 cây"))


def link(tasks: list[Task]) -> None:
    other = next(task for task in tasks if task["data"]["text"] == OTHER)
    wanted = next(r["value"]["text"] for r in other["annotations"][0]["result"] if r.get("from_name") == "document")
    field(region(tasks, "Quy định số 31-QĐ/TU", 1), "document")["text"] = wanted


def drop_a_date(tasks: list[Task]) -> None:
    """A date that is none could be read as figures."""
    gone = next(r["id"] for r in results(tasks) if r["type"] == "labels" and "09/9/2020" in r["value"]["text"])
    results(tasks)[:] = [r for r in results(tasks) if r.get("id") != gone]


EDITS = [move, delete, add, change_a_field, relabel, link, drop_a_date]


def wanted(task: Task) -> dict[Mark, dict[str, str]]:
    """The marks of a task as they stand in it."""
    found: dict[str, tuple[Mark, dict[str, str]]] = {}
    for result in task["annotations"][0]["result"]:
        value = result.get("value", {})
        if result["type"] == "labels":
            found[result["id"]] = ((value["labels"][0], value["start"], value["end"]), {})
        elif result["type"] != "relation":
            found[result["id"]][1][result["from_name"]] = (value.get("text") or value["choices"])[0]
    return dict(found.values())


@pytest.mark.parametrize(
    "edits", [*([edit] for edit in EDITS), EDITS], ids=lambda edits: "+".join(e.__name__ for e in edits)
)
def test_the_database_becomes_what_people_annotated(edits: list[Callable[[list[Task]], None]], database: Path) -> None:
    tasks = annotated(database)
    before = copy.deepcopy(tasks)
    for edit in reversed(edits):
        edit(tasks)
    assert tasks != before
    done = brought_back(database, tasks)
    assert [sentence for sentence in done.wrong if "relations" not in sentence] == []
    corrected(database, done)
    found = marks(database)
    for place, fields in wanted(first(tasks)).items():
        assert found[place].items() >= {k: v for k, v in fields.items() if k != "level"}.items(), place
    assert found.keys() == wanted(first(tasks)).keys()
    assert brought_back(database, tasks).rows == []


def test_what_was_corrected_is_taken_back(database: Path) -> None:
    before, tasks = marks(database), annotated(database)
    again = copy.deepcopy(tasks)
    for edit in (move, add):
        edit(tasks)
    corrected(database, brought_back(database, tasks))
    assert marks(database).keys() != before.keys()
    done = brought_back(database, again)
    assert "undo" in {row[2] for row in done.rows}
    corrected(database, done)
    assert marks(database) == before


def test_a_mark_without_fields_is_read(database: Path) -> None:
    tasks = annotated(database)
    gone = region(tasks, "12 chi bộ")[0]["id"]
    results(tasks)[:] = [r for r in results(tasks) if r.get("id") != gone or r["type"] == "labels"]
    assert brought_back(database, tasks).rows == []


def test_offsets_of_javascript(database: Path) -> None:
    tasks = annotated(database)
    for result in results(tasks):
        if result["type"] == "labels" and result["value"]["start"] > BODY.index("😀"):
            result["value"]["start"] += 1
            result["value"]["end"] += 1
    done = brought_back(database, tasks)
    assert (done.rows, done.wrong) == ([], [])


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), st.data())
def test_offsets_in_utf16_come_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    begin, stop = (len(text[:at].encode("utf-16-le")) // 2 for at in (start, end))
    place = Offsets(text).place(begin, stop, text[start:end])
    assert place is not None
    assert text[slice(*place)].split() == text[start:end].split()


@given(st.text("ab .", min_size=1, max_size=30), st.data())
def test_a_passage_is_the_only_one(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = passage(text, start, end)
    if words:
        assert locate(text, *words) == (start, "")
        assert words[1] == "" or words[1].count(words[0]) == 1
    else:
        assert text.find(text[start:end]) != text.rfind(text[start:end]) or len(text) > len(text[start:end])


def test_gold_is_what_people_annotated(database: Path, tmp_path: Path) -> None:
    tasks = annotated(database)
    delete(tasks)
    done = brought_back(database, tasks)
    file, out = database.with_name("in.json"), tmp_path / "gold"
    assert (
        run(
            "annotations", "--import", str(file), "--format", "labelstudio", "--gold", str(out), "--db", str(database)
        ).exit_code
        == 0
    )
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".json", ".txt", ".txt"]
    figures = score_folder(out).figures()
    assert figures["references.f1"] == figures["dates.f1"] == 1
    assert figures["figures.r"] == 1 > figures["figures.p"]
    assert len(done.gold) == 2


# brat


def brat_lines(database: Path, tmp_path: Path) -> tuple[Path, list[str]]:
    folder = exported(database, "brat", tmp_path / "brat")
    file = next(file for file in folder.glob("*.ann") if "Khu vườn" in file.with_suffix(".txt").read_text("utf-8"))
    return file, file.read_text("utf-8").split("\n")[:-1]


def test_brat_comes_back(database: Path, tmp_path: Path) -> None:
    file, lines = brat_lines(database, tmp_path)
    start = BODY.index("Khu vườn")
    gone = next(line.split("\t")[0] for line in lines if line.endswith("7 cây"))
    date = next(line.split("\t")[0] for line in lines if line.endswith("08/8/2019") and "dates" in line)
    kept = [line for line in lines if f"{gone}\t" not in line and f" {gone} " not in line and f" {gone}\t" not in line]
    kept = [line.replace("2019-08-08", "2019-08-09") if f" {date}\t" in line else line for line in kept]
    new = (
        f"T99\tunits {start} {start + 8}\tKhu vườn",
        "A99\tunit_type T99 other",
        '#99\tAnnotatorNotes T99\t{"name": "Khu vườn"}',
    )
    file.write_text("\r\n".join([*kept, *new, ""]), "utf-8", newline="")
    done = brought_back(database, None, "brat", file.parent)
    assert done.wrong == []
    before = marks(database)
    corrected(database, done)
    after = marks(database)
    assert after.keys() ^ before.keys() == {
        ("units", start, start + 8),
        ("figures", BODY.index("7 cây"), BODY.index("7 cây") + 5),
    }
    assert {fields["edtf"] for place, fields in after.items() if place[0] == "dates"} == {"2019-08-09", "2020-09-09"}


BRAT = [
    ("T99\tunits 0 9999999\tx", "does not fit the text"),
    ("T99\tunits 5 2\tx", "does not fit the text"),
    ("T99\tunits 0 4\tkhác", "does not fit the text"),
    ("T99\twords 0 4\tTỉnh", "no label that is known"),
    ("T99\tunits 0 4;9 11\tTỉnh Cà", "several parts"),
    ("T99\tunits x 4\tTỉnh", "no annotation with its place"),
    ("E1\tEvent:T1", "kind that is not read"),
    ("A99\tform T98 short", "points to nothing"),
    ("A99\tmood T1 short", "no attribute"),
    ("#99\tAnnotatorNotes T1\tsai rồi", "no JSON object"),
    ("#99\tAnnotatorNotes T1\t" + "[" * 100_000, "no JSON object"),
    ('#99\tAnnotatorNotes T1\t{"mood": 1}', "cannot be kept: mood"),
    ("N99\tReference T1 Wikipedia:534366\tx", "no document"),
    ("R99\tamends Arg1:T1 Arg2:T98", "no relation"),
    ("T99", "no annotation with its place"),
]


@pytest.mark.parametrize(("line", "reason"), BRAT, ids=[line[:30] for line, _ in BRAT])
def test_a_line_that_does_not_fit_is_told(line: str, reason: str, database: Path, tmp_path: Path) -> None:
    file, lines = brat_lines(database, tmp_path)
    file.write_text("\n".join([*lines, line, ""]), "utf-8")
    done = brought_back(database, None, "brat", file.parent)
    (sentence,) = done.wrong
    assert sentence.startswith(file.name)
    assert reason in sentence
    assert len(sentence) < 300
    assert (done.texts, done.rows) == (2, [])


def test_texts_that_are_missing_or_no_text(database: Path, tmp_path: Path) -> None:
    file, _ = brat_lines(database, tmp_path)
    file.with_suffix(".txt").unlink()
    (file.parent / "t-0.ann").write_bytes(b"\xff")
    (file.parent / "t-0.txt").write_text("x", "utf-8")
    done = brought_back(database, None, "brat", file.parent)
    assert done.texts == 1
    assert len([sentence for sentence in done.wrong if "cannot be read" in sentence or "not in UTF-8" in sentence]) == 2


# hostile tasks


def region_of(**value: object) -> list[dict[str, Any]]:
    return [{"id": "x", "type": "labels", "from_name": "label", "value": {"labels": ["dates"], **value}}]


HOSTILE: list[tuple[object, str]] = [
    (region_of(start=0, end=10**9), "does not fit"),
    (region_of(start=-4, end=4), "does not fit"),
    (region_of(start="0", end=4), "does not fit"),
    (region_of(start=True, end=4), "does not fit"),
    (region_of(start=1.5, end=4), "does not fit"),
    (region_of(start=10**3000, end=10**3001), "does not fit"),
    (region_of(start=0, end=4, text="khác"), "does not fit"),
    (region_of(start=0, end=4, labels=["words"]), "is no label"),
    (region_of(start=0, end=4, labels=[["dates"]]), "is no label"),
    (region_of(start=7, end=8), "white space"),
    ([{"type": "relation", "from_id": "x", "to_id": "x", "labels": ["amends"]}], "no region"),
    (
        [{"type": "textarea", "id": "x", "from_name": "edtf", "value": {"text": ["a\ud800"]}}],
        "no text that can be kept",
    ),
    (
        [{"type": "textarea", "id": "x", "from_name": "edtf", "value": {"text": ["a" * 9999]}}],
        "no text that can be kept",
    ),
    (a_region("figures", "Khu vườn"), "value"),
    (a_region("figures", "Khu vườn", value="nhiều"), "value"),
    (a_region("dates", "Khu vườn", edtf="hôm qua"), "no date in EDTF"),
    (a_region("references", "Khu vườn", form="named", document="d-0"), "no document has the id 'd-0'"),
    (a_region("dates", "Khu", edtf="2020") + a_region("dates", "Khu vườn", edtf="2020"), "overlaps another"),
]


@pytest.mark.parametrize(("extra", "reason"), HOSTILE, ids=[f"{at} {reason}" for at, (_, reason) in enumerate(HOSTILE)])
def test_what_does_not_fit_is_told(extra: list[Any], reason: str, database: Path) -> None:
    tasks = annotated(database)
    delete(tasks)
    results(tasks).extend(extra)
    done = brought_back(database, tasks)
    assert len([sentence for sentence in done.wrong if reason in sentence]) == 1
    assert all(len(sentence) < 300 for sentence in done.wrong)
    assert ("figures", "drop", "12 chi bộ") in [row[1:4] for row in done.rows]
    corrected(database, done)


def test_relations_in_a_ring_are_told(database: Path) -> None:
    tasks = annotated(database)
    ids = [region(tasks, "Quy định số 31-QĐ/TU", at)[0]["id"] for at in (0, 1)]
    for one, two in (ids, reversed(ids)):
        results(tasks).append({"type": "relation", "from_id": one, "to_id": two, "labels": ["amends"]})
    done = brought_back(database, tasks)
    assert done.rows == []
    assert ["relations cannot be corrected" in sentence for sentence in done.wrong] == [True]


def test_texts_that_do_not_match(database: Path) -> None:
    tasks = annotated(database)
    tasks[0]["data"]["text"] += "."
    tasks[1]["data"]["text_id"] = tasks[1]["data"]["sha256"] = "\ud800"
    tasks.append({"id": 5, "data": 3, "annotations": [{"result": [None, 3]}]})
    done = brought_back(database, tasks)
    assert done.texts == 0
    assert [sentence.split(":")[0] for sentence in done.wrong] == ["task 0", "task 1", "task 5"]


NO_FILES = [b"", b"{", b"\xff", b"[1]", b"[]", b"[" * 100_000, b'[{"label": []}]', b"9" * 5000]


@pytest.mark.parametrize("content", NO_FILES, ids=range(len(NO_FILES)))
def test_a_file_that_is_none(content: bytes, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(content)
    done = run("annotations", "--import", str(file), "--format", "labelstudio", "--db", str(database))
    assert done.exit_code == 1
    assert str(file) in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_the_command(database: Path, tmp_path: Path) -> None:
    tasks = annotated(database)
    delete(tasks)
    tasks[0]["annotations"].insert(0, {"was_cancelled": True, "result": []})
    del tasks[1]["annotations"]
    file, out = tmp_path / "in.json", tmp_path / "ours.csv"
    file.write_text(json.dumps(tasks if first(tasks) is tasks[0] else tasks[::-1]), "utf-8")
    for wrong in ([], ["x", "--import", str(file)], ["x", "-o", str(out)]):
        assert run("annotations", *wrong, "--format", "brat", "--db", str(database)).exit_code == 2
    assert run("annotations", "--import", str(file), "--format", "conll", "--db", str(database)).exit_code == 2
    assert (
        run("annotations", "--import", str(tmp_path / "none"), "--format", "brat", "--db", str(database)).exit_code == 1
    )
    done = run("annotations", "--import", str(file), "--format", "labelstudio", "-o", str(out), "--db", str(database))
    assert "annotated texts" in done.output
    with out.open(encoding="utf-8", newline="") as lines:
        assert list(csv.DictReader(lines)) is not None
