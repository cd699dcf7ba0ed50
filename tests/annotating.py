"""Two texts that are annotated in Label Studio and brat, and what comes back of them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.annotated import Imported, import_annotations, table
from pipeline.correct import correct
from pipeline.export.annotations import export
from pipeline.export.annotations.fields import said
from pipeline.query.annotated import annotations_of, choose_texts
from pipeline.query.database import connect, open_readonly
from pipeline.run import ingest

BODY = (
    "Tỉnh ủy Cà Mau họp ở Cà Mau 😀. Quy định số 31-QĐ/TU ngày 08/8/2019 của Tỉnh ủy Cà Mau được sơ kết với 12 chi bộ. "
    "Sau đó Quy định số 31-QĐ/TU lại được bàn. Khu vườn ấy có 7 cây, ngày 09/9/2020 có 12 chi bộ."
)
OTHER = "Tỉnh ủy Nghệ An họp. Quy định số 44-QĐ/TU ngày 01/02/2022 của Tỉnh ủy Nghệ An."
MOST = 12
"""Texts of the corpus that are looked at."""
Task = dict[str, Any]
Mark = tuple[str, int, int]


def two_texts(folder: Path) -> Path:
    """A database of the two texts."""
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text(BODY, "utf-8")
    (folder / "texts" / "b.txt").write_text(OTHER, "utf-8")
    ingest([folder / "texts"], folder / "x.db", words=False)
    return folder / "x.db"


def exported(database: Path, form: str, out: Path) -> Path:
    with open_readonly(database) as conn:
        export(conn, choose_texts(conn), form, out, {})
    return out


def some_exported(conn: sqlite3.Connection, form: str, out: Path) -> Path:
    """The first texts of a database in a format."""
    export(conn, choose_texts(conn, most=MOST), form, out, {"limit": str(MOST)})
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


def delete(tasks: list[Task]) -> None:
    gone = region(tasks, "12 chi bộ", 1)[0]["id"]
    results(tasks)[:] = [r for r in results(tasks) if r.get("id") != gone]


def brat_lines(database: Path, tmp_path: Path) -> tuple[Path, list[str]]:
    folder = exported(database, "brat", tmp_path / "brat")
    file = next(file for file in folder.glob("*.ann") if "Khu vườn" in file.with_suffix(".txt").read_text("utf-8"))
    return file, file.read_text("utf-8").split("\n")[:-1]
