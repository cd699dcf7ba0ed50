"""What happens to the database and the server while pages are asked for."""

import http.client
import shutil
import subprocess
import threading
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.corpus import ROOT, TEXTS
from tests.web.material import TUYEN_QUANG, few_texts
from tests.web.serving import COMMAND, ENDS, Served, serving
from tests.web.test_odd_requests import ask

PAGES = (
    "/",
    "/lookup?q=16+da+tu",
    f"/d/{TUYEN_QUANG}",
    "/search?q=dang+vien",
    "/timeline",
    "/checks",
    "/data/documents",
)


@pytest.fixture
def copied(database: Path, tmp_path: Path) -> Path:
    """The corpus in a database that may be spoilt."""
    return Path(shutil.copy(database, tmp_path / "copied.db"))


def statuses(served: Served, pages: tuple[str, ...] = PAGES) -> set[int]:
    """The statuses of pages."""
    return {ask(served, "GET", address)[0] for address in pages}


def ingest(database: Path, *folders: Path) -> "subprocess.Popen[bytes]":
    """A run of `sohieu ingest` that has begun."""
    command = [*COMMAND, "ingest", "--jobs", "1", "--db", str(database), *map(str, folders)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_two_servers_over_one_database(copied: Path, tmp_path: Path) -> None:
    with serving(copied, tmp_path / "one") as one, serving(copied, tmp_path / "two", "--edit") as two:
        assert statuses(one) == statuses(two) == {200}
        assert (one.said(), two.said()) == ("", "")


def test_pages_answer_while_texts_are_read(copied: Path, tmp_path: Path) -> None:
    grown = tmp_path / "texts"
    shutil.copytree(TEXTS, grown)
    for file in grown.iterdir():
        file.write_text(
            f"{file.read_text('utf-8')}\nXem thêm Quy định số 777-QĐ/TU ngày 1/2/2020 của Tỉnh ủy Cà Mau.\n", "utf-8"
        )
    with serving(copied, tmp_path / "err") as served:
        run = ingest(copied, grown)
        rounds = 0
        while run.poll() is None:
            assert statuses(served) == {200}
            rounds += 1
        assert run.communicate()[1] == b""
        assert (run.returncode, rounds > 0) == (0, True)
        assert "777-QĐ/TU" in ask(served, "GET", "/lookup?q=777")[2].decode()
        assert served.said() == ""


def test_a_database_that_is_replaced_is_seen(copied: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    run = ingest(other, few_texts(tmp_path))
    assert (run.communicate()[1], run.returncode) == (b"", 0)
    with serving(copied, tmp_path / "err") as served:
        assert statuses(served) == {200}
        other.replace(copied)
        assert ask(served, "GET", f"/d/{TUYEN_QUANG}")[0] == 404
        assert "682-QĐ/TU" in ask(served, "GET", "/lookup?q=682")[2].decode()
        assert "Traceback" not in served.said()


def test_a_database_that_is_gone_is_said_and_seen_again(copied: Path, tmp_path: Path) -> None:
    with serving(copied, tmp_path / "err") as served:
        assert statuses(served) == {200}
        away = copied.rename(tmp_path / "away.db")
        for address in PAGES:
            status, _, content = ask(served, "GET", address)
            assert (status, "đã bị dời đi" in content.decode()) == (503, True), address
        away.rename(copied)
        assert statuses(served) == {200}
        assert "Traceback" not in served.said()


def test_a_database_that_is_spoilt_is_said(copied: Path, tmp_path: Path) -> None:
    with serving(copied, tmp_path / "err") as served:
        assert statuses(served) == {200}
        garbage = tmp_path / "garbage"
        garbage.write_bytes(b"no database" * 10_000)
        garbage.replace(copied)
        assert statuses(served) == {503}
        assert "Traceback" not in served.said()


def test_it_ends_when_it_is_interrupted(copied: Path, tmp_path: Path) -> None:
    with serving(copied, tmp_path / "err") as served:
        assert statuses(served) == {200}
        assert served.end() == 0
        assert served.said() == ""


def test_it_ends_in_the_midst_of_questions(copied: Path, tmp_path: Path) -> None:
    endless = "/data?_timelimit=60000&sql=with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c)+select+count(*)+from+c"
    host = ""
    with ExitStack() as stack:
        served = stack.enter_context(serving(copied, tmp_path / "err"))
        host = served.base.removeprefix("http://")
        for address in (endless, endless, "/"):
            connection = stack.enter_context(closing(http.client.HTTPConnection(host, timeout=ENDS)))
            connection.request("GET", address)
        assert ask(served, "GET", "/")[0] == 200
        assert served.end() == 0
        assert "Traceback" not in served.said()


def test_many_ask_at_once(copied: Path, tmp_path: Path) -> None:
    found: list[set[int]] = []
    with serving(copied, tmp_path / "err") as served:
        asking = [threading.Thread(target=lambda: found.append(statuses(served))) for _ in range(8)]
        for each in asking:
            each.start()
        for each in asking:
            each.join()
        assert found == [{200}] * 8
        assert served.said() == ""
