"""What the pages do not tell and do not do: where files lie, writing, listening beyond what is asked, corrections on a network without a token."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pipeline.web.server import LARGEST, ServeError, _listen, serve
from pipeline.web.site import OPEN, Options
from tests.unit.test_cli import run
from tests.unit.test_web import Get, database, get

__all__ = ["database", "get"]
TELLING = [
    "databases", "versions", "plugins", "settings", "config", "metadata", "threads", "actor", "permissions", "messages", "allow-debug", "patterns",
    "logout", "auth-token", "create-token", "tables", "jump", "actions", "rules", "check", "instance", "nothing",
]  # fmt: skip
WHERE = (
    "select file from pragma_database_list",
    "select * from pragma_database_list()",
    "select name, file from PRAGMA_DATABASE_LIST where seq = 0",
    "select * from (select * from pragma_database_list)",
)
WRITING = (
    "delete from documents",
    "update documents set title = 'x'",
    "with x as (select 1) delete from documents",
    "attach database 'x.db' as x",
    "select load_extension('x')",
    "select writefile('x', 'y')",
    "pragma query_only = off",
    "select * from pragma_query_only(0)",
    "vacuum into 'x.db'",
    "create table x (y)",
    "explain delete from documents",
)
"""Questions that would write, or open the way to it."""


@pytest.mark.parametrize("name", TELLING)
@pytest.mark.parametrize("suffix", ["", ".json"])
def test_datasette_tells_nothing_of_itself(get: Get, name: str, suffix: str) -> None:
    for start in ("/-/", "//-/", "/%2D/", "/-//"):
        assert get(f"{start}{name}{suffix}").status_code in (400, 404), start


def test_the_files_of_pages_are_handed_out(get: Get) -> None:
    assert [get(f"{start}{name}").status_code for start, name in zip(OPEN, ("sohieu.css", "app.css"), strict=True)] == [
        200,
        200,
    ]


def ask(get: Get, sql: str, form: str = "") -> str:
    """What is answered to a question in SQL."""
    return str(get(f"/data{form}?{urlencode({'sql': sql})}").text)


@pytest.mark.parametrize("sql", WHERE)
@pytest.mark.parametrize("form", ["", ".json", ".csv"])
def test_where_the_database_lies_is_told_to_nobody(get: Get, database: Path, sql: str, form: str) -> None:
    assert str(database.parent) not in ask(get, sql, form)


@pytest.mark.parametrize("sql", WRITING)
def test_nothing_is_written_by_questions(
    get: Get, database: Path, tmp_path: Path, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = database.read_bytes()
    found = ask(get, sql, ".json")
    assert '"ok": false' in found or '"rows": []' in found or "opcode" in found
    assert database.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_no_value_is_larger_than_a_text_may_be(get: Get) -> None:
    assert "too big" in ask(get, f"select length(zeroblob({LARGEST + 1}))", ".json")
    assert '"ok": true' in ask(get, f"select length(zeroblob({LARGEST // 64}))", ".json")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com", "127.0.0.2"])
@pytest.mark.parametrize("token", [(), ("--token", "")])
def test_corrections_on_a_network_need_a_token(
    database: Path, host: str, token: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.web.server.serve", print)
    done = run("serve", "--host", host, "--edit", *token, "--db", str(database))
    assert done.exit_code == 2
    assert "--token" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("host", ["", " ", "no host", "x" * 300, "256.1.1.1", "127.0.0.1/8"])
def test_what_is_no_address_is_listened_on_nowhere(database: Path, host: str) -> None:
    with pytest.raises(ServeError, match="--host"):
        serve(database, host, 8001, Options(), print)


def test_only_the_address_that_is_asked_for_is_listened_on() -> None:
    with closing(_listen("127.0.0.1", 0)) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_the_database_is_looked_at_once(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr("pipeline.web.server.check_current", asked.append)
    with closing(_listen("127.0.0.1", 0)) as taken, pytest.raises(ServeError, match="cannot be listened on"):
        serve(database, "127.0.0.1", taken.getsockname()[1], Options(), print)
    assert asked == [database]
    with closing(sqlite3.connect(database)) as conn:
        assert conn.execute("SELECT count(*) FROM documents").fetchone()[0] > 0
