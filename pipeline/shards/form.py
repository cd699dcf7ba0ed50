"""One shard: a SQLite file without a log beside it, whole or not there at all, also on a folder that machines share.

It is written under a temporary name, brought to the disk, and renamed. What is read from one is checked, since
anyone who may write to the folder may have written it.
"""

import os
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from pydantic import TypeAdapter, ValidationError

from pipeline.files import FileItem
from pipeline.store.rows import LAYOUT, TEXT_COLUMNS, TextRows
from pipeline.store.units import COLUMNS as COLUMNS_OF_UNITS
from pipeline.store.writer import FINDINGS
from pipeline.taking import Taken
from pipeline.trouble import about_file
from pipeline.writing import WriteError, make_folder

SUFFIX = ".shard"
FORM = "3"
"""Changes when shards are written otherwise."""
MOST_BYTES = 500_000_000
"""Largest text with its rows that is unpacked, so that a small hostile file does not fill the memory."""
SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE taken (
  position INTEGER PRIMARY KEY, root TEXT NOT NULL, path TEXT NOT NULL, whole_folder INTEGER NOT NULL,
  size INTEGER NOT NULL, digest TEXT NOT NULL, unchanged INTEGER NOT NULL, kind TEXT, reason TEXT, sketch BLOB, body BLOB);
"""
COLUMNS = "root, path, whole_folder, size, digest, unchanged, kind, reason, sketch, body"
_BODY = TypeAdapter(TextRows)
_NAME = re.compile(r"[a-z_]{1,40}")


class ShardError(Exception):
    """A shard cannot be used; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard to merge: the digest of all that it holds, what is said about it, and how to read it."""

    path: Path
    id: str
    about: Mapping[str, str]

    def taken(self, with_rows: bool = True) -> Iterator[Taken]:
        """What became of its files, in order, with the rows of their texts or without; ShardError if it is damaged."""
        columns = COLUMNS if with_rows else COLUMNS.replace("body", "NULL")
        with _reading(self.path) as conn:
            for row in conn.execute(f"SELECT {columns} FROM taken ORDER BY position"):
                yield _taken(row)


Batch = Sequence[Taken] | Shard
"""What became of some files: here, or in a shard."""


def write_shard(folder: Path, name: str, taken: Iterable[Taken], about: Mapping[str, str]) -> Path:
    """Write a shard `name` into `folder`, in place of one that is there; WriteError if that cannot be."""
    make_folder(folder)
    target, part = folder / f"{name}{SUFFIX}", folder / f".{name}.{uuid4().hex}.part"
    try:
        _write(part, taken, about)
        _to_disk(part)
        part.replace(target)
        _to_disk(folder)
    except sqlite3.Error as error:
        raise WriteError(f"{target} cannot be written ({error}); free some space or name another folder") from error
    except OSError as error:
        raise WriteError(about_file(target, error)) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _write(part: Path, taken: Iterable[Taken], about: Mapping[str, str]) -> None:
    digest = sha256(FORM.encode())
    with closing(sqlite3.connect(part, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = OFF")
        conn.execute("PRAGMA synchronous = OFF")
        conn.executescript(f"BEGIN; {SCHEMA}")
        for each in taken:
            row, body = _row(each)
            digest.update(repr(row).encode("utf-8", "surrogatepass") + body)
            marks = ", ".join("?" * (len(row) + 1))
            packed = zlib.compress(body, 1) if body else None
            conn.execute(f"INSERT INTO taken ({COLUMNS}) VALUES ({marks})", [*row, packed])
        conn.executemany("INSERT INTO about VALUES (?, ?)", {**about, "form": FORM, "id": digest.hexdigest()}.items())
        conn.execute("COMMIT")


def _row(taken: Taken) -> tuple[tuple[object, ...], bytes]:
    item = taken.item
    trouble = taken.trouble or (None, None)
    row = item.root, item.path, item.whole_folder, taken.size, taken.digest, taken.unchanged, *trouble
    if taken.done is None:
        return (*row, None), b""
    return (*row, taken.done.sketch), _BODY.dump_json(replace(taken.done, sketch=None))


def _to_disk(path: Path) -> None:
    """Have the system write a file or folder to the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_shard(path: Path) -> Shard:
    """Open a shard; ShardError if it is none, or of another version of sohieu."""
    with _reading(path) as conn:
        about = dict(conn.execute("SELECT name, value FROM about"))
    if about.get("form") != FORM or not about.get("id"):
        raise ShardError(f"{path} is a shard of another version of sohieu; make it again with this one")
    return Shard(path, about["id"], about)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as conn:
            yield conn
    except (sqlite3.Error, zlib.error, ValidationError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())[:100]
        raise ShardError(f"{path} is no shard, or damaged ({reason}); delete it and make it again") from error


def _taken(row: tuple[object, ...]) -> Taken:
    root, path, whole, size, digest, unchanged, kind, reason, sketch, packed = row
    done = _unpacked(packed, sketch, digest) if isinstance(packed, bytes) else None
    item = FileItem(str(root), str(path), Path(str(root), str(path)), bool(whole))
    trouble = (str(kind), str(reason)) if kind is not None else None
    return Taken(item, int(str(size)), str(digest), bool(unchanged), done, trouble)


def _unpacked(packed: bytes, sketch: object, digest: object) -> TextRows:
    rows = _BODY.validate_json(zlib.decompressobj().decompress(packed, MOST_BYTES))
    if len(rows.columns) != len(TEXT_COLUMNS) or rows.columns[0] != digest:
        raise ValueError("the rows are those of another text")
    _check_rows(COLUMNS_OF_UNITS, rows.findings.units)
    for known, tables in ((FINDINGS, rows.findings.tables), (LAYOUT, rows.layout)):
        for table, (columns, found) in tables.items():
            if table not in known or not all(map(_NAME.fullmatch, columns)):
                raise ValueError(f"unknown rows of {table!r}")
            _check_rows(columns, found)
    return replace(rows, sketch=sketch if isinstance(sketch, bytes) else None)


def _check_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    for row in rows:
        if len(row) != len(columns) or not all(value is None or isinstance(value, str | int) for value in row):
            raise ValueError("the rows do not fit their columns")
