"""Whatever is asked is answered by a page in words, and nothing but words stands on the server's standard error."""

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.web.material import TUYEN_QUANG
from tests.web.serving import Served, serving

ADDRESSES = (
    "/", "/lookup", "/typed", "/lookup.json", "/search", "/timeline", "/timeline.csv", "/timeline.json", "/list", "/list.bib", "/list.txt", "/units",
    f"/d/{TUYEN_QUANG}", f"/d/{TUYEN_QUANG}.ris", "/t/t-0", "/t/t-0/file", "/u/u-0", "/checks", "/checks/gaps", "/correct", "/data", "/data/documents",
)  # fmt: skip
NAMES = (
    "q",
    "from",
    "to",
    "name",
    "issuer",
    "d",
    "page",
    "part",
    "at",
    "id",
    "source",
    "place",
    "lang",
    "about",
    "type",
)


def every(value: str) -> str:
    """A query string that gives each name the pages know the same value."""
    return "&".join(f"{name}={value}" for name in NAMES)


QUERIES = {
    "nul": every("%00"),
    "no UTF-8": every("%ff%fe"),
    "half a character": every("%ed%a0%80"),
    "right to left": every("%e2%80%ae16+da+tu"),
    "other digits": every("%d9%a2%d9%a0%d9%a2%d9%a0"),
    "nothing": every(""),
    "repeated": f"{every('1')}&{every('2020')}&{every('')}",
    "no values": "q&from&d&&&=&=x&%&%zz&lang",
    "huge numbers": every("99999999999999999999"),
    "negative": every("-1"),
    "operators": every("%22+AND+OR+NEAR(*+%28%29+%5E+-+title:x+%7B%7D"),
    "patterns": every("%25_%25"),
    "long": every("a" * 3_000),
}


@pytest.fixture(scope="module")
def odd(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(database, tmp_path_factory.mktemp("odd") / "err", "--edit") as served:
        yield served


def ask(served: Served, method: str, address: str, **headers: str) -> tuple[int, str, bytes]:
    """The status, type and content of an answer."""
    host = served.base.removeprefix("http://")
    with closing(http.client.HTTPConnection(host, timeout=60)) as connection:
        connection.request(method, address, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_odd_questions_are_answered_in_words(odd: Served, query: str) -> None:
    for address in ADDRESSES:
        status, kind, content = ask(odd, "GET", f"{address}?{query}")
        assert status in (200, 302, 400, 403, 404), address
        if kind == "text/html" and address != "/typed" and not address.startswith("/data"):
            assert b"<h1>" in content, address
    assert "Traceback" not in odd.said()
    assert "failed:" not in odd.said()


def test_what_is_asked_by_head_has_no_content(odd: Served) -> None:
    for address in ADDRESSES:
        status, _, content = ask(odd, "HEAD", address)
        assert (status < 500, content) == (True, b""), address


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "NOTHING"])
def test_pages_take_nothing(odd: Served, method: str) -> None:
    for address in ADDRESSES:
        if (method, address) == ("POST", "/correct"):
            continue
        status, _, content = ask(odd, method, address)
        assert (status, "chỉ để xem" in content.decode()) == (405, True), address
    assert "Traceback" not in odd.said()


HEADERS = {
    "cookie of no letters": (b"GET /", b"Host: x\r\nCookie: lang=\xff; sohieu_token=\xc3\xa9", 200),
    "host of no letters": (b"GET /", b"Host: \xff\xfe", 200),
    "host that is half an address": (b"GET /correct?id=d-0", b"Host: [::1", 403),
    "origin that is half an address": (b"POST /correct?id=d-0", b"Host: 127.0.0.1\r\nOrigin: http://[", 403),
    "another site's": (b"POST /correct?id=d-0", b"Host: 127.0.0.1\r\nOrigin: http://evil.example", 403),
    "a body of no letters": (
        b"POST /correct?id=d-0",
        b"Host: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Length: 2\r\n\r\n\xff\xff",
        400,
    ),
    "a very long address": (b"GET /lookup?q=" + b"a" * 400_000, b"Host: x", 400),
    "an address that is too long": (b"GET /lookup?q=" + b"a" * 900_000, b"Host: x", 400),
    "out of the folder": (b"GET /-/sohieu/../../server.py", b"Host: x", 404),
    "another language's letters": ("GET /lookup?q=chỉ".encode(), b"Host: x", 400),
}


@pytest.mark.parametrize(("start", "rest", "status"), HEADERS.values(), ids=HEADERS)
def test_odd_headers_are_answered(odd: Served, start: bytes, rest: bytes, status: int) -> None:
    host, _, port = odd.base.removeprefix("http://").partition(":")
    head, _, body = rest.partition(b"\r\n\r\n")
    with socket.create_connection((host, int(port)), timeout=60) as asking:
        asking.sendall(b"%s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n%s" % (start, head, body))
        assert asking.recv(12).split()[1] == str(status).encode()
    assert "Traceback" not in odd.said()
    assert "failed:" not in odd.said()


def test_a_question_that_takes_too_long_is_given_up_in_words(odd: Served) -> None:
    endless = "with+recursive+c(x)+as+(select+1+union+all+select+x%2B1+from+c)+select+count(*)+from+c"
    status, _, content = ask(odd, "GET", f"/data?sql={endless}")
    assert status == 400
    assert "too long" in content.decode()
    assert "&lt;" not in content.decode().partition("<main")[2]
