"""Annotations back in: a database becomes what people annotated."""

import copy
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotated import import_annotations
from pipeline.annotated.marks import Offsets
from pipeline.annotated.passages import passage
from pipeline.corrections import locate
from pipeline.export.annotations import export
from pipeline.score import score_folder
from tests.annotating import (
    BODY,
    OTHER,
    Mark,
    Task,
    a_region,
    annotated,
    brat_lines,
    brought_back,
    corrected,
    delete,
    exported,
    field,
    first,
    marks,
    region,
    results,
)
from tests.unit.test_cli import run


def test_what_nobody_changed_needs_no_correction(two_db: Path, tmp_path: Path) -> None:
    done = brought_back(two_db, annotated(two_db))
    assert (done.texts, done.rows, done.wrong) == (2, [], [])
    folder = exported(two_db, "brat", tmp_path / "brat")
    done = brought_back(two_db, None, "brat", folder)
    assert (done.texts, done.rows, done.wrong) == (2, [], [])


def move(tasks: list[Task]) -> None:
    for result in (of := region(tasks, "Quy định số 31-QĐ/TU")):
        result["value"]["end"] += len(" ngày 08/8/2019")
    of[0]["value"]["text"] = "Quy định số 31-QĐ/TU ngày 08/8/2019"


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
def test_the_database_becomes_what_people_annotated(edits: list[Callable[[list[Task]], None]], two_db: Path) -> None:
    tasks = annotated(two_db)
    before = copy.deepcopy(tasks)
    for edit in reversed(edits):
        edit(tasks)
    assert tasks != before
    done = brought_back(two_db, tasks)
    assert [sentence for sentence in done.wrong if "relations" not in sentence] == []
    corrected(two_db, done)
    found = marks(two_db)
    for place, fields in wanted(first(tasks)).items():
        assert found[place].items() >= {k: v for k, v in fields.items() if k != "level"}.items(), place
    assert found.keys() == wanted(first(tasks)).keys()
    assert brought_back(two_db, tasks).rows == []


def test_what_was_corrected_is_taken_back(two_db: Path) -> None:
    before, tasks = marks(two_db), annotated(two_db)
    again = copy.deepcopy(tasks)
    for edit in (move, add):
        edit(tasks)
    corrected(two_db, brought_back(two_db, tasks))
    assert marks(two_db).keys() != before.keys()
    done = brought_back(two_db, again)
    assert "undo" in {row[2] for row in done.rows}
    corrected(two_db, done)
    assert marks(two_db) == before


def test_a_mark_without_fields_is_read(two_db: Path) -> None:
    tasks = annotated(two_db)
    gone = region(tasks, "12 chi bộ")[0]["id"]
    results(tasks)[:] = [r for r in results(tasks) if r.get("id") != gone or r["type"] == "labels"]
    assert brought_back(two_db, tasks).rows == []


def test_offsets_of_javascript(two_db: Path) -> None:
    tasks = annotated(two_db)
    for result in results(tasks):
        if result["type"] == "labels" and result["value"]["start"] > BODY.index("😀"):
            result["value"]["start"] += 1
            result["value"]["end"] += 1
    done = brought_back(two_db, tasks)
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


def test_gold_is_what_people_annotated(two_db: Path, tmp_path: Path) -> None:
    tasks = annotated(two_db)
    delete(tasks)
    done = brought_back(two_db, tasks)
    file, out = two_db.with_name("in.json"), tmp_path / "gold"
    assert (
        run(
            "annotations", "--import", str(file), "--format", "labelstudio", "--gold", str(out), "--db", str(two_db)
        ).exit_code
        == 0
    )
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".json", ".txt", ".txt"]
    figures = score_folder(out).figures()
    assert figures["references.f1"] == figures["dates.f1"] == 1
    assert figures["figures.r"] == 1 > figures["figures.p"]
    assert len(done.gold) == 2


def draw(tasks: list[Task], kind: str, one: str, other: str) -> None:
    ends = {f"{name}_id": region(tasks, words)[0]["id"] for name, words in (("from", one), ("to", other))}
    results(tasks).append({"type": "relation", "direction": "right", "labels": [kind], **ends})


def imported(database: Path, tasks: list[Task], *options: str) -> Result:
    file = database.with_name("in.json")
    file.write_text(json.dumps(tasks), "utf-8")
    return run("annotations", "--import", str(file), "--format", "labelstudio", *options, "--db", str(database))


def test_relations_that_people_drew_come_into_gold(two_db: Path, tmp_path: Path) -> None:
    tasks = annotated(two_db)
    results(tasks).extend(a_region("references", "Khu vườn", form="named", title="Khu vườn"))
    draw(tasks, "amends", "Quy định số 31-QĐ/TU", "Khu vườn")
    draw(tasks, "reports_on", "7 cây", "Quy định số 31-QĐ/TU")
    done = brought_back(two_db, tasks)
    gold = next(json.loads(record) for text, record in done.gold.values() if text == BODY)
    assert gold["relations"] == [{"from": "Quy định số 31-QĐ/TU", "type": "amends", "to": "Khu vườn"}]
    said = [sentence.partition("; ")[2] for sentence in done.wrong if "relations" in sentence]
    assert said == ["1 of them differ, and gold has them as they were annotated", "1 of them differ"]


def test_relations_alone_stop_no_gold(two_db: Path, tmp_path: Path) -> None:
    tasks = annotated(two_db)
    other = region(tasks, "Quy định số 31-QĐ/TU", 1)[0]["id"]
    draw(tasks, "amends", "Quy định số 31-QĐ/TU", "Quy định số 31-QĐ/TU")
    results(tasks)[-1]["to_id"] = other
    assert imported(two_db, tasks, "--gold", str(tmp_path / "gold")).exit_code == 0
    done = imported(two_db, tasks, "--gold", str(tmp_path / "gold"), "-o", str(tmp_path / "x.csv"))
    assert done.exit_code == 1
    assert "relations cannot be corrected" in done.output


def test_gold_has_the_relations_that_were_found(conn: sqlite3.Connection, corpus_db: Path, tmp_path: Path) -> None:
    ids = [str(row[0]) for row in conn.execute("SELECT DISTINCT text_id FROM relations ORDER BY 1")]
    export(conn, ids, "labelstudio", tmp_path / "out.json", {})
    tasks = [
        {**task, "annotations": task["predictions"]} for task in json.loads((tmp_path / "out.json").read_text("utf-8"))
    ]
    (tmp_path / "in.json").write_text(json.dumps(tasks), "utf-8")
    done = import_annotations(conn, tmp_path / "in.json", "labelstudio", gold=True)
    for identity, (_, record) in done.gold.items():
        found = conn.execute(
            'SELECT kind, "from", "to" FROM relations WHERE text_id = ? AND to_start IS NOT NULL', [identity]
        ).fetchall()
        given = json.loads(record)["relations"]
        assert sorted(each["type"] for each in given) == sorted(kind for kind, _, _ in {tuple(row) for row in found})
        assert sum(each["from"] == "self" for each in given) >= sum(
            origin == "self" for _, origin, _ in {tuple(row) for row in found}
        )
    assert len(done.gold) == len(ids) > 5


# brat


def test_brat_comes_back(two_db: Path, tmp_path: Path) -> None:
    file, lines = brat_lines(two_db, tmp_path)
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
    done = brought_back(two_db, None, "brat", file.parent)
    assert done.wrong == []
    before = marks(two_db)
    corrected(two_db, done)
    after = marks(two_db)
    assert after.keys() ^ before.keys() == {
        ("units", start, start + 8),
        ("figures", BODY.index("7 cây"), BODY.index("7 cây") + 5),
    }
    assert {fields["edtf"] for place, fields in after.items() if place[0] == "dates"} == {"2019-08-09", "2020-09-09"}
