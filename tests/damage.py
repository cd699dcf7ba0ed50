"""Ways to damage a database, for tests."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

PAGE = 4096


def overwrite(at: Callable[[int], int], content: bytes) -> Callable[[Path], None]:
    """Writes bytes over a file, at a place that depends on its size."""

    def damage(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at(path.stat().st_size))
            file.write(content)

    return damage


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def pages_of(path: Path, name: str) -> list[int]:
    """Where the leaves of a table or an index lie."""
    with sqlite3.connect(path) as conn:
        query = "SELECT (pageno - 1) * pgsize FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
        places = [place for (place,) in conn.execute(query, [name])]
    conn.close()
    return places


def leaf_of(table: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        places = pages_of(path, table)
        overwrite(lambda _: places[len(places) // 2], b"\xa5" * PAGE)(path)

    return damage


def index_of_other_rows(path: Path) -> None:
    """An index keeps the leaf that it had before rows were changed."""
    place = pages_of(path, "mentions_text")[0]
    before = path.read_bytes()[place : place + PAGE]
    statement(
        "UPDATE mentions SET text_id = (SELECT max(id) FROM texts) WHERE text_id = (SELECT min(text_id) FROM mentions)"
    )(path)
    overwrite(lambda _: place, before)(path)


def statement(*sql: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        conn = sqlite3.connect(path, isolation_level=None)
        for each in sql:
            conn.execute(each)
        conn.close()

    return damage
