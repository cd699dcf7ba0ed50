"""correct: a table of what people set right → corrections in the database, applied to the texts and documents that they name."""

import csv
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.corrections import APPLIED, MODELS, Correction, composed, is_day, what_is_wrong
from pipeline.document import Block, Page, Text
from pipeline.extract import extract
from pipeline.resolve import resolve_symbol, resolve_text
from pipeline.store import Store, StoreError, link_pending, open_database, transaction
from pipeline.store.corrections import (
    DOCUMENT_FIELDS,
    corrections_of_text,
    forget_correction,
    put_correction,
    touched_keys,
)
from pipeline.store.rows import finding_rows

COLUMNS = ("id", "family", "action", "quote", "context", "field", "value", "note")
ACTIONS = ("set", "add", "drop", "link", "undo")
DOCUMENTS = "documents"
Row = dict[str, str | None]


@dataclass(slots=True)
class Corrected:
    """What became of a table: rows that hold now, and those that do not, each a sentence that begins with its line."""

    applied: int = 0
    undone: int = 0
    wrong: list[str] = field(default_factory=list)


def correct(file: Path, database: Path) -> Corrected:
    """Store and apply a table of corrections; StoreError if it is no table or the database cannot be used."""
    return correct_rows(_records(file), database)


def correct_rows(records: Sequence[tuple[int, dict[str, str]]], database: Path) -> Corrected:
    """As `correct`, with rows of such a table and the numbers of their lines."""
    done = Corrected()
    with open_database(database) as db:
        store = Store(db)
        with transaction(store.conn):
            kept = [(line, row) for line, record in records if (row := _row(store.conn, line, record, done))]
            for line, row in kept:
                _put(store.conn, line, row, done)
            for text in sorted({str(row["text_id"]) for _, row in kept if row["text_id"]}):
                extract_again(store, text)
            touched_keys(store.conn, [str(row["document_id"]) for _, row in kept if row["document_id"]])
        link_pending(db, resolve_symbol, resolve_text)
        _count(store.conn, kept, done)
    return done


def _records(file: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if missing := {"id", "family", "action"} - set(reader.fieldnames or ()):
                raise StoreError(f"{file} has no columns {', '.join(sorted(missing))}; they are {', '.join(COLUMNS)}")
            return [(reader.line_num, {name: composed(row.get(name) or "") for name in COLUMNS}) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StoreError(f"{file} cannot be read as a table in UTF-8 ({error}); save it as CSV UTF-8") from error


def _row(conn: sqlite3.Connection, line: int, record: dict[str, str], done: Corrected) -> Row | None:
    """The columns of a correction; None, and a sentence, if something is wrong with it."""
    row: Row = {**record, "text_id": None, "root": None, "path": None, "document_id": None}
    reason = _wrong(record) or (_find_document if record["family"] == DOCUMENTS else _find_text)(conn, row)
    if reason:
        done.wrong.append(f"line {line}: {reason}")
        return None
    return row


def _wrong(record: dict[str, str]) -> str | None:
    if record["action"] not in ACTIONS:
        return f"{record['action']!r} is no action; it is one of {', '.join(ACTIONS)}"
    if record["family"] == DOCUMENTS:
        return _wrong_of_document(record)
    if record["family"] not in MODELS:
        return f"{record['family']!r} is no family; it is one of {', '.join([*MODELS, DOCUMENTS])}"
    if not record["quote"]:
        return "there is no quote; copy the words of the mention as they stand in the text"
    if record["action"] == "link" and record["family"] != "references":
        return "only references are linked to documents"
    values = (record[name] for name in ("family", "action", "quote", "context", "field", "value"))
    return None if record["action"] == "undo" else what_is_wrong(Correction(0, *values))


def _wrong_of_document(record: dict[str, str]) -> str | None:
    if record["action"] not in ("set", "undo") or record["field"] not in DOCUMENT_FIELDS:
        return f"of a document one may set {', '.join(DOCUMENT_FIELDS)}"
    day = record["value"] if (record["action"], record["field"]) == ("set", "issued") else ""
    return f"{day!r} is no date; write it 2020, 2020-03 or 2020-03-01" if day and not is_day(day) else None


def _find_document(conn: sqlite3.Connection, row: Row) -> str | None:
    found = conn.execute("SELECT id FROM documents WHERE id = ?", [row["id"]]).fetchone()
    row["document_id"] = row["id"]
    return None if found or row["action"] == "undo" else f"no document has the id {row['id']}"


def _find_text(conn: sqlite3.Connection, row: Row) -> str | None:
    """Fill in the text that an id or a path names, and its first file."""
    found = conn.execute(
        "SELECT DISTINCT t.id FROM texts t LEFT JOIN sources s ON s.text_id = t.id WHERE t.id = :id OR s.path = :id",
        row,
    ).fetchall()
    if len(found) != 1:
        return (
            f"no text has the id or path {row['id']!r}" if not found else f"several texts have the path {row['id']!r}"
        )
    row["text_id"] = found[0][0]
    source = conn.execute(
        "SELECT root, path FROM sources WHERE text_id = ? ORDER BY root, path LIMIT 1", found[0]
    ).fetchone()
    row["root"], row["path"] = source or (None, None)
    document = row["value"] if row["action"] == "link" else None
    if document and not conn.execute("SELECT 1 FROM documents WHERE id = ?", [document]).fetchone():
        return f"no document has the id {document}"
    return None


def _put(conn: sqlite3.Connection, line: int, row: Row, done: Corrected) -> None:
    if row["action"] != "undo":
        put_correction(conn, row)
    elif taken := forget_correction(conn, row):
        done.undone += taken
    else:
        done.wrong.append(f"line {line}: there is no such correction to undo")


def extract_again(store: Store, text: str) -> None:
    """Find anew what is in a stored text, by the corrections there are now."""
    findings = extract(stored_text(store.conn, text), corrections_of_text(store.conn, text))
    store.put_findings(text, finding_rows(findings))


def stored_text(conn: sqlite3.Connection, text: str) -> Text:
    """A text as it is stored, ready for extraction."""
    columns = ("sha256", "format", "text", "title", "published", "published_from", "byline", "url")
    row = conn.execute(f"SELECT {', '.join(columns)} FROM texts WHERE id = ?", [text]).fetchone()
    blocks, pages = _layout(conn, text)
    return Text(**dict(zip(columns, row, strict=True)), blocks=blocks, pages=pages)


def _layout(conn: sqlite3.Connection, text: str) -> tuple[tuple[Block, ...], tuple[Page, ...]]:
    """The blocks and pages of a text that has pages."""
    blocks = conn.execute("SELECT start, end, kind, page FROM blocks WHERE text_id = ? ORDER BY start", [text])
    pages = conn.execute("SELECT number, how, confidence FROM pages WHERE text_id = ? ORDER BY number", [text])
    return tuple(Block(*row) for row in blocks), tuple(Page(n, how, float(c) if c else None) for n, how, c in pages)


def _count(conn: sqlite3.Connection, kept: Sequence[tuple[int, Row]], done: Corrected) -> None:
    for line, row in kept:
        state = conn.execute(
            "SELECT state FROM corrections WHERE coalesce(text_id, document_id) = coalesce(:text_id, :document_id) "
            "AND family = :family AND quote = :quote AND context = :context AND action = :action AND field = :field",
            row,
        ).fetchone()
        if state and state[0] == APPLIED:
            done.applied += 1
        elif state:
            done.wrong.append(f"line {line}: {state[0]}")
