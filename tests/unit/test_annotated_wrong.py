"""Annotations back in: what does not fit is told in a sentence and stops nothing."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotated.brat import read_brat
from pipeline.annotated.labelstudio import read_labelstudio
from tests.annotating import (
    a_region,
    annotated,
    brat_lines,
    brought_back,
    corrected,
    delete,
    first,
    region,
    results,
)
from tests.unit.test_cli import run

KEYS = [
    "id",
    "type",
    "value",
    "start",
    "end",
    "labels",
    "text",
    "choices",
    "from_name",
    "from_id",
    "to_id",
    "direction",
]


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
def test_a_line_that_does_not_fit_is_told(line: str, reason: str, two_db: Path, tmp_path: Path) -> None:
    file, lines = brat_lines(two_db, tmp_path)
    file.write_text("\n".join([*lines, line, ""]), "utf-8")
    done = brought_back(two_db, None, "brat", file.parent)
    (sentence,) = done.wrong
    assert sentence.startswith(file.name)
    assert reason in sentence
    assert len(sentence) < 300
    assert (done.texts, done.rows) == (2, [])


def test_texts_that_are_missing_or_no_text(two_db: Path, tmp_path: Path) -> None:
    file, _ = brat_lines(two_db, tmp_path)
    file.with_suffix(".txt").unlink()
    (file.parent / "t-0.ann").write_bytes(b"\xff")
    (file.parent / "t-0.txt").write_text("x", "utf-8")
    done = brought_back(two_db, None, "brat", file.parent)
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
def test_what_does_not_fit_is_told(extra: list[Any], reason: str, two_db: Path) -> None:
    tasks = annotated(two_db)
    delete(tasks)
    results(tasks).extend(extra)
    done = brought_back(two_db, tasks)
    assert len([sentence for sentence in done.wrong if reason in sentence]) == 1
    assert all(len(sentence) < 300 for sentence in done.wrong)
    assert ("figures", "drop", "12 chi bộ") in [row[1:4] for row in done.rows]
    corrected(two_db, done)


def test_relations_in_a_ring_are_told(two_db: Path) -> None:
    tasks = annotated(two_db)
    ids = [region(tasks, "Quy định số 31-QĐ/TU", at)[0]["id"] for at in (0, 1)]
    for one, two in (ids, reversed(ids)):
        results(tasks).append({"type": "relation", "from_id": one, "to_id": two, "labels": ["amends"]})
    done = brought_back(two_db, tasks)
    assert done.rows == []
    assert ["relations cannot be corrected" in sentence for sentence in done.wrong] == [True]


def test_texts_that_do_not_match(two_db: Path) -> None:
    tasks = annotated(two_db)
    tasks[0]["data"]["text"] += "."
    tasks[1]["data"]["text_id"] = tasks[1]["data"]["sha256"] = "\ud800"
    tasks.append({"id": 5, "data": 3, "annotations": [{"result": [None, 3]}]})
    done = brought_back(two_db, tasks)
    assert done.texts == 0
    assert [sentence.split(":")[0] for sentence in done.wrong] == ["task 0", "task 1", "task 5"]


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["dates", "x", "label"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=20,
)


@given(st.lists(ANY, max_size=6))
def test_any_results_are_read(found: list[object]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "in.json"
        file.write_text(json.dumps([{"data": {"text": "số 5"}, "annotations": [{"result": found}]}]), "utf-8")
        (read,) = read_labelstudio(file)
    assert all(0 <= mark.start < mark.end <= len(read.text) for mark in read.marks)


@given(st.lists(st.text('T1#ANR \t:;{}"dates05form', max_size=25), max_size=8))
def test_any_lines_are_read(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text("số 5", "utf-8")
        (Path(folder) / "a.ann").write_text("\n".join(["T1\tdates 0 4\tsố 5", *lines]), "utf-8")
        (read,) = read_brat(Path(folder))
    assert all(0 <= mark.start < mark.end <= len(read.text) for mark in read.marks)


NO_FILES = [b"", b"{", b"\xff", b"[1]", b"[]", b"[" * 100_000, b'[{"label": []}]', b"9" * 5000]


@pytest.mark.parametrize("content", NO_FILES, ids=range(len(NO_FILES)))
def test_a_file_that_is_none(content: bytes, two_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_bytes(content)
    done = run("annotations", "--import", str(file), "--format", "labelstudio", "--db", str(two_db))
    assert done.exit_code == 1
    assert str(file) in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_the_command(two_db: Path, tmp_path: Path) -> None:
    tasks = annotated(two_db)
    delete(tasks)
    tasks[0]["annotations"].insert(0, {"was_cancelled": True, "result": []})
    del tasks[1]["annotations"]
    file, out = tmp_path / "in.json", tmp_path / "ours.csv"
    file.write_text(json.dumps(tasks if first(tasks) is tasks[0] else tasks[::-1]), "utf-8")
    for wrong in ([], ["x", "--import", str(file)], ["x", "-o", str(out)]):
        assert run("annotations", *wrong, "--format", "brat", "--db", str(two_db)).exit_code == 2
    assert run("annotations", "--import", str(file), "--format", "conll", "--db", str(two_db)).exit_code == 2
    assert (
        run("annotations", "--import", str(tmp_path / "none"), "--format", "brat", "--db", str(two_db)).exit_code == 1
    )
    done = run("annotations", "--import", str(file), "--format", "labelstudio", "-o", str(out), "--db", str(two_db))
    assert "annotated texts" in done.output
    with out.open(encoding="utf-8", newline="") as lines:
        assert list(csv.DictReader(lines)) is not None
