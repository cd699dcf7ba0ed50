"""Queries and tables on databases: what is asked has an answer, what is wrong with a row is told, and the database stays whole."""

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import mkdtemp

from pipeline.correct import correct
from pipeline.corrections import FIELDS
from pipeline.query.checks import CHECKS, check
from pipeline.query.database import QueryError, open_readonly
from pipeline.query.lookup import look_up
from pipeline.query.search import search
from pipeline.query.show import show_document, show_text
from pipeline.query.timeline import Filter, timeline
from pipeline.query.units import find_units_named, show_unit
from pipeline.run import ingest
from pipeline.store import StoreError, read_table
from pipeline.store.known import TABLE_COLUMNS
from tests.corpus import TEXTS


def query(data: bytes) -> None:
    """Whatever is typed: an answer, or a QueryError."""
    typed, conn = data.decode("utf-8", "surrogatepass"), _asked()
    asks: tuple[Callable[[], object], ...] = (
        lambda: look_up(conn, typed),
        lambda: search(conn, typed),
        lambda: find_units_named(conn, typed),
        lambda: show_document(conn, typed),
        lambda: show_text(conn, typed),
        lambda: show_unit(conn, typed),
        lambda: timeline(conn, Filter(issuers=(typed,), since=typed)),
        lambda: timeline(conn, Filter(about=typed, until=typed)),
    )
    for ask in asks:
        try:
            assert ask() == ask()
        except QueryError:
            continue


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="sohieu-fuzz-"))


@cache
def _asked() -> sqlite3.Connection:
    ingest([TEXTS], _folder() / "corpus.db", words=False)
    conn = sqlite3.connect(_folder() / "corpus.db")
    conn.row_factory = sqlite3.Row
    return conn


BODY = "Tỉnh ủy Cà Mau ban hành Quy định số 682-QĐ/TU ngày 14/9/2017. Cả tỉnh có 12 chi bộ."
CORRECTED = {
    "id": ("a.txt", "a.txt", "a.txt", "d-1"),
    "family": ("references", "dates", "units", "figures", "documents"),
    "action": ("set", "set", "add", "drop", "link", "undo"),
    "quote": ("Quy định số 682-QĐ/TU", "ngày 14/9/2017", "Tỉnh ủy Cà Mau", "12 chi bộ", "Cả tỉnh", "i", BODY, ""),
    "context": ("", "", "có 12 chi bộ", "Quy định số 682-QĐ/TU ngày", BODY),
    "field": ("issued", *sorted({field for fields in FIELDS.values() for field in fields})),
    "value": (
        "2017-09-14",
        "",
        "12",
        "682-QĐ/TU",
        "gt",
        "party",
        "numbered",
        '{"form": "numbered"}',
        '{"value": 5}',
        "Cà Mau",
    ),
    "note": ("",),
}
"""What stands in the columns of a table of corrections."""
KNOWN = dict.fromkeys(TABLE_COLUMNS, ("", "quy định", "Cà Mau", "XII")) | {
    "symbol": ("682-QĐ/TU", "05/2020/NĐ-CP", "18-NQ/TW", "5", "QĐ"),
    "issued": ("2017-09-14", "2020-02-29", "2017"),
    "weight": ("", "3", "0"),
}


@cache
def _small() -> Path:
    folder = _folder() / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(BODY, "utf-8")
    ingest([folder], _folder() / "small.db", words=False)
    return _folder() / "small.db"


def ingested(data: bytes) -> None:
    """Texts, parted by an empty line with a bar, into a database of another: nothing fails, and a second run brings nothing."""
    database, folder = _folder() / "ingested.db", _folder() / "several"
    copyfile(_small(), database)
    rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for at, part in enumerate(data.split(b"\n|\n")[:4]):
        (folder / f"{at}.txt").write_bytes(part)
    tally = ingest([folder], database, words=False)
    assert not [reason for _, reason in tally.failed if "report it" in reason], tally.failed
    assert (again := ingest([folder], database, words=False)).added + again.changed == 0, again
    with open_readonly(database) as conn:
        asked(conn)


def asked(conn: sqlite3.Connection) -> None:
    """Every question that needs no words has an answer."""
    assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in CHECKS:
        check(conn, name)
    timeline(conn, Filter())
    for table, show in (("documents", show_document), ("texts", show_text), ("units", show_unit)):
        for (identity,) in conn.execute(f"SELECT id FROM {table} ORDER BY rowid DESC LIMIT 20"):
            show(conn, identity)


def corrections(data: bytes) -> None:
    """A table of corrections: each row applies or is told, and the database stays whole."""
    database, file = _folder() / "corrected.db", _folder() / "ours.csv"
    copyfile(_small(), database)
    file.write_bytes(data)
    try:
        done = correct(file, database)
    except StoreError:
        return
    assert all(message.startswith("line ") for message in done.wrong)
    again = correct(file, database)
    assert again.applied == done.applied
    conn = sqlite3.connect(database)
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    conn.close()


def authority(data: bytes) -> None:
    """A table of known documents: each row is one, or is told."""
    file = _folder() / "known.csv"
    file.write_bytes(data)
    try:
        rows, wrong = read_table(file)
    except StoreError:
        return
    assert all(row.key and row.issued for row in rows)
    assert all(message.startswith("line ") for message in wrong)
    assert (rows, wrong) == read_table(file)
