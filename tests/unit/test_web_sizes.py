"""Every page stays below its budget over an archive where everything is long: subjects, lists, texts full of marks, hundreds of relations."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from extractors.keys import key_of
from pipeline.cli.serving import correcting
from pipeline.store import open_database
from pipeline.web.pages.checks import NAMES
from pipeline.web.routes import ROUTES
from pipeline.web.server import Options
from tests.indexed import index_documents
from tests.unit.test_web import BUDGET, HOSTILE, TUYEN_QUANG, Get, client, database

__all__ = ["database"]
MANY = 700
"""Documents, passages that cite one of them, relations of it, names of a body, rows of every check."""
LONG = f"{HOSTILE} {'rất dài và có dấu ' * 60}"
TEXT, UNIT, CITED = "t-aaaaaaaaaaaa", "u-aaaaaaaaaaaa", "d-aaa000000001"
QUERY = "SELECT id FROM documents ORDER BY mentions DESC LIMIT 200"


def grow(path: Path) -> None:
    """Make everything of a database long."""
    with open_database(path) as store:
        conn = store.conn
        documents = [
            (
                f"d-aaa{at:09x}", key_of(f"{at}-QĐ/TU"), str(at), key_of(f"{at}-QĐ/TU"), "quyết định", str(at), f"{at}-QĐ/TU", LONG, LONG[200:300],
                f"{1930 + at % 90}-0{at % 9 + 1}-1{at % 9}", MANY - at + 1, LONG,
            )
            for at in range(MANY)
        ]  # fmt: skip
        columns = "id, key, number_key, symbol_key, doc_type, number, symbol, issuer, place, issued, mentions, title"
        conn.executemany(f"INSERT INTO documents ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", documents)
        conn.execute(
            "INSERT INTO texts (id, sha256, path, format, kind, title, text, version) VALUES (?, 'x', ?, 'text', 'article', ?, ?, '')",
            [TEXT, "dài/" * 100, LONG, "Số 1-QĐ/TU. " * MANY],
        )
        conn.execute("INSERT INTO sources (root, path, text_id) VALUES ('/x', ?, ?)", ["dài/" * 100, TEXT])
        mention = (
            "INSERT INTO mentions (text_id, start, end, surface, form, doc_type, issued, issuer, title, status, document_id, own) "
            "VALUES (?, ?, ?, ?, 'numbered', ?, ?, ?, ?, 'linked', ?, ?)"
        )
        relation = (
            'INSERT INTO relations (text_id, start, end, surface, kind, "from", "to", from_start, to_start) VALUES'
        )
        said = [f"{at} {LONG}" for at in range(MANY)]
        conn.executemany(
            mention,
            (
                (TEXT, at * 12, at * 12 + 11, LONG, "quyết định", f"20{at % 90 + 10}-01-01", said[at], said[at], CITED if at else "d-aaa000000000", not at)
                for at in range(MANY)
            ),
        )  # fmt: skip
        for at in range(2, MANY):
            text, other = f"t-bbb{at:09x}", f"d-aaa{at:09x}"
            conn.execute(
                "INSERT INTO texts (id, sha256, path, format, kind, text, version) VALUES (?, ?, ?, 'text', 'article', 'x', '')",
                [text, text, f"{at} {LONG}"],
            )
            conn.executemany(
                mention,
                [(text, at, at, "x", None, None, None, None, of, 0) for at, of in ((0, CITED), (12, other))],
            )
            conn.executemany(
                f"{relation} (?, 0, 1, 'x', ?, 'x', 'y', ?, ?)",
                [(text, "implements", 0, 12), (text, "replaces", 12, 0), (text, "amends", 12, 0)],
            )
        conn.execute("INSERT INTO units (id, name, unit_type, level) VALUES (?, ?, 'party', 'province')", [UNIT, LONG])
        conn.executemany(
            "INSERT INTO units (id, name, unit_type, level, province, parent_id) VALUES (?, ?, 'party', 'district', ?, ?)",
            ((f"u-{at:012x}", LONG, LONG, UNIT) for at in range(MANY)),
        )
        conn.executemany(
            "INSERT INTO unit_mentions (text_id, start, end, surface, unit_id) VALUES (?, ?, ?, ?, ?)",
            ((TEXT, at, at + 1, f"{at} {LONG}", UNIT) for at in range(MANY)),
        )
        conn.executemany(
            "INSERT INTO failures (root, path, kind, message) VALUES ('/x', ?, 'scan', ?)",
            ((f"{at} {LONG}", LONG) for at in range(MANY)),
        )
        conn.executemany(
            "INSERT INTO near_misses (text_id, start, end, surface, family, reason) VALUES (?, ?, ?, ?, 'references', ?)",
            ((TEXT, at, at + 1, LONG, LONG) for at in range(MANY)),
        )
        conn.executemany(
            "INSERT INTO dates (text_id, start, end, surface, flags, suggestion) VALUES (?, ?, ?, ?, '[]', ?)",
            ((TEXT, at, at + 1, LONG, LONG) for at in range(MANY)),
        )
        index_documents(conn)


@pytest.fixture(scope="module")
def grown(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(database, tmp_path_factory.mktemp("grown") / "x.db"))
    grow(path)
    return path


@pytest.fixture(scope="module")
def get(grown: Path) -> Get:
    return client(grown, Options(edit=correcting(grown)))


def addresses() -> Iterator[str]:
    """An address of every page, with what makes it longest."""
    lines = "\n".join(f"{at} qd tu" for at in range(1_000))
    yield from (
        "/",
        "/search",
        "/lookup",
        "/units",
        "/list",
        "/checks",
        f"/t/{TEXT}",
        f"/t/{TEXT}?at=20000",
        f"/u/{UNIT}",
        f"/d/{CITED}",
        f"/d/{CITED}?page=20",
    )
    yield from (
        f"/d/{TUYEN_QUANG}",
        "/timeline",
        "/timeline?by=month",
        "/timeline?lanes=issued&lanes=cited&lanes=replaced",
        "/nothing",
    )
    yield from (
        f"/timeline?{urlencode([('issuer', f'{at} {LONG}'[:400]) for at in range(40)])}",
        f"/timeline?{urlencode({'about': LONG, 'place': LONG})}",
    )
    yield from (
        f"/lookup?{urlencode({'q': query})}"
        for query in ("quyet dinh", "1", "rat dai", "1 qd tu", lines[:9_000], LONG[:3_000])
    )
    yield from (f"/typed?{urlencode({'q': query})}" for query in ("quyet dinh", "1", "rat dai"))
    yield from (f"/search?{urlencode({'q': query})}" for query in ("chi bo", "dang vien", LONG[:900]))
    yield from (f"/units?{urlencode({'name': LONG})}", f"/units?{urlencode({'name': 'x' * 10_000})}")
    yield from (f"/checks/{name}" for name in NAMES)
    yield from (
        f"/correct?id={CITED}",
        f"/correct?id={TEXT}&family=reference&start=12",
        f"/correct?id={TEXT}&quote={'x' * 5_000}",
    )


def size_of(get: Get, content: bytes) -> int:
    """Bytes of a page with its assets, charts aside."""
    assets = sum(len(get(f"/-/sohieu/{name}").content) for name in ("sohieu.css", "sohieu.js"))
    return len(re.sub(rb'<div class="scroll chart".*?</svg></div>', b"", content, flags=re.S)) + assets


@pytest.mark.parametrize("address", [*addresses()], ids=lambda address: address[:60])
def test_no_page_is_larger_than_its_budget(get: Get, address: str) -> None:
    found = get(address)
    assert found.status_code == (404 if address == "/nothing" else 200)
    assert size_of(get, found.content) < BUDGET
    assert not re.search(r"<script>alert|<img src=x|<b>Cà Mau", found.text)


def test_lists_as_long_as_they_may_be_are_below_the_budget(get: Get, grown: Path) -> None:
    with closing(sqlite3.connect(grown)) as conn:
        listed = urlencode([("d", row[0]) for row in conn.execute(QUERY)])
    for address in (f"/list?{listed}", f"/list?{listed}&q=1", "/list?q=quyet+dinh"):
        found = get(address)
        assert found.status_code == 200
        assert size_of(get, found.content) < BUDGET, address[:30]


def test_every_page_of_its_own_is_asked() -> None:
    asked = {re.split(r"[/?]", address)[1] for address in [*addresses(), "/list?d"]}
    pages = {
        re.split(r"[/$\\]", pattern.removeprefix("^/"))[0]
        for pattern, _ in ROUTES
        if r"\." not in pattern and "-/sohieu" not in pattern
    }
    assert pages - asked == set()


def test_what_is_cut_can_be_gone_through(get: Get) -> None:
    """Nothing is left out in silence: long lists say how many more there are, or lead to their next page."""
    for address in (f"/d/{CITED}", f"/u/{UNIT}", "/checks/failures", f"/t/{TEXT}", "/timeline", "/lookup?q=quyet+dinh"):
        text = get(address).text
        assert re.search(r'rel="next"|Còn nữa|chỉ có những|văn bản nữa', text), address
