"""The pages, asked without a browser: what each holds, its headers, its size, what is wrong with an address, hostile texts."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from pipeline.cli.serving import correcting
from pipeline.export.timeline import PLACELESS
from pipeline.query.checks import check
from pipeline.query.show import Related
from pipeline.run import ingest
from pipeline.web.drawing import GAP, WIDTH, draw
from pipeline.web.filters import label
from pipeline.web.marks import stretches
from pipeline.web.pages.checks import NAMES
from pipeline.web.pages.correct import FIELDS
from pipeline.web.sentences import in_parts
from pipeline.web.server import Options, site
from pipeline.web.wording import LANGUAGES, words
from tests.corpus import ROOT, TEXTS

Get = Callable[..., Response]
TUYEN_QUANG = "d-b7f36f7c2f36"
BUDGET = 100_000
"""Bytes of a page with its assets, charts aside."""


def client(path: Path, options: Options) -> Callable[..., Response]:
    """What asks the pages over a database."""
    datasette = site(path, options)

    def ask(address: str, method: str = "get", **values: Any) -> Response:
        async def run() -> Response:
            found = await getattr(datasette.client, method)(address, **values)
            assert isinstance(found, Response)
            return found

        return asyncio.run(run())

    return ask


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "x.db"
    ingest([TEXTS], path, words=False)
    return path


@pytest.fixture(scope="module")
def get(database: Path) -> Get:
    return client(database, Options())


@pytest.fixture(scope="module")
def ids(database: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database)) as conn:
        text = conn.execute("SELECT id FROM texts WHERE path = 'a-09.html'").fetchone()[0]
        unit = conn.execute("SELECT id FROM units WHERE name = 'Tỉnh ủy Thái Bình'").fetchone()[0]
    return {"document": TUYEN_QUANG, "text": text, "unit": unit}


PAGES = {
    "/": "Tra cứu văn bản",
    "/lookup?q=16+da+tu": "Nhiều văn bản cùng khớp",
    "/lookup?q=99999": "Không có văn bản nào khớp",
    "/lookup?q=16-DA/TU%0Aket+luan+21": "21-KL/TW",
    "/typed?q=chi+thi": "chỉ thị",
    "/search?q=ho+so+dang+vien": "<mark>đảng</mark>",
    "/search": "Tìm trong văn bản",
    "/timeline": "<svg",
    "/timeline?type=ch%E1%BB%89+th%E1%BB%8B&from=2016": "05-CT/TW",
    "/checks": "Cần xem lại",
    "/list": "Danh sách còn trống",
    f"/list?d={TUYEN_QUANG}": "16-ĐA/TU",
    "/units?name=T%E1%BB%89nh+%E1%BB%A7y+Th%C3%A1i+B%C3%ACnh": "Tỉnh ủy Thái Bình",
    f"/d/{TUYEN_QUANG}": "Ban Thường vụ Tỉnh ủy",
    "/t/{text}": "Công văn số 1530-CV/HU",
    "/u/{unit}": "Hưng Yên",
    "/data": "documents",
    "/data/documents?symbol=16-%C4%90A%2FTU": "16-ĐA/TU",
    **{f"/checks/{name}": "<h1>" for name in NAMES},
}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_there(get: Get, ids: dict[str, str], address: str) -> None:
    found = get(address.format(**ids))
    assert found.status_code == 200
    assert PAGES[address] in found.text


@pytest.mark.parametrize("address", [address for address in PAGES if not address.startswith("/data")])
def test_the_pages_own_headers_and_size(get: Get, ids: dict[str, str], address: str) -> None:
    found = get(address.format(**ids))
    policy = found.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assets = sum(len(get(f"/-/sohieu/{name}").content) for name in ("sohieu.css", "sohieu.js"))
    assert len(re.sub(rb"<svg.*?</svg>", b"", found.content, flags=re.S)) + assets < BUDGET
    assert not re.search(r"<script>|\son\w+=|https?://", re.sub(r"xmlns(:\w+)?=\"[^\"]+\"", "", found.text))


@pytest.mark.parametrize("address", [address for address in PAGES if not address.startswith(("/data", "/typed"))])
def test_every_page_is_there_in_english(get: Get, ids: dict[str, str], address: str) -> None:
    found = get(f"{address.format(**ids)}{'&' if '?' in address else '?'}lang=en")
    assert '<html lang="en">' in found.text
    assert "lang=en" in found.headers["set-cookie"]
    assert "Skip to content" in found.text


def test_what_look_up_gives_programs_is_what_the_command_prints(get: Get) -> None:
    told = get("/lookup.json?q=16+da+tu").json()
    assert list(told) == ["query", "documents", "more", "apart", "near"]
    assert [row["place"] for row in told["documents"]] == ["Tuyên Quang", "Thái Bình"]
    assert len(get("/lookup.json?q=16%0A21").json()) == 2


WRONG = {
    "/d/d-0": (404, "Không có gì ở địa chỉ này"),
    "/t/t-000000000000": (404, "Không có gì"),
    "/u/u-0": (404, "Không có gì"),
    "/checks/nothing": (404, "Không có gì"),
    "/nothing": (404, "Không có gì"),
    "/data/nothing": (404, "Không có gì"),
    "/d/d-0.bib": (404, "Không có gì"),
    "/timeline?from=hom+qua": (400, "2020-03-01"),
    "/timeline?to=2020-13": (400, "2020-03-01"),
    "/search?q=x&from=99": (400, "2020-03-01"),
    "/list?d=682": (400, "d-0123456789ab"),
    f"/lookup?q={'a' * 20_001}": (400, "quá dài"),
    "/correct?id=d-0": (403, "sohieu serve --edit"),
    "/data/documents?_where=nothing=1": (400, "nothing"),
}


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_address_says_so_with_a_way_on(get: Get, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = WRONG[address]
    found = get(address)
    assert found.status_code == status
    assert said in found.text
    assert 'href="/"' in found.text
    assert "Traceback" not in found.text + capsys.readouterr().err


def test_citations_of_a_document_and_of_a_list(get: Get) -> None:
    assert get(f"/d/{TUYEN_QUANG}.txt").text.startswith("Đề án số 16-ĐA/TU ngày 3/1/2020 của Ban Thường vụ Tỉnh ủy")
    assert get(f"/d/{TUYEN_QUANG}.bib").text.startswith("@misc{16-da-tu-2020-b7f36f,")
    both = get(f"/list.ris?d={TUYEN_QUANG}&d=d-fc1d540ff93a")
    assert both.text.count("TY  - GOVDOC") == both.text.count("ER  - ") == 2
    assert "filename*=UTF-8''list.ris" in both.headers["content-disposition"]


def test_a_list_grows_by_what_is_looked_up(get: Get) -> None:
    grown = get(f"/list?d={TUYEN_QUANG}&q=21-KL/TW").text
    assert "21-KL/TW" in grown
    choice = get("/list?q=16-DA/TU").text
    for identity in (TUYEN_QUANG, "d-fc1d540ff93a"):
        assert f'form="choose" name="d" value="{identity}"' in choice
    both = f"d={TUYEN_QUANG}&d=d-fc1d540ff93a"
    shorter = get(f"/list?{both}&without={TUYEN_QUANG}")
    assert (shorter.status_code, shorter.headers["location"]) == (302, "/list?d=d-fc1d540ff93a")


def test_the_original_file_is_handed_out_as_it_was_read(get: Get, ids: dict[str, str]) -> None:
    found = get(f"/t/{ids['text']}/file")
    assert found.content == (TEXTS / "a-09.html").read_bytes()
    assert found.headers["content-type"].startswith("text/plain")  # a saved page is never run
    assert found.headers["content-disposition"].startswith("attachment")


def test_a_file_that_changed_is_not_handed_out(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Quy định số 682-QĐ/TU", "utf-8")
    ingest([file], tmp_path / "x.db", words=False)
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        identity = conn.execute("SELECT id FROM texts").fetchone()[0]
    ask = client(tmp_path / "x.db", Options())
    assert ask(f"/t/{identity}/file").status_code == 200
    file.write_text("bí mật", "utf-8")
    assert ask(f"/t/{identity}/file").status_code == 404
    file.unlink()
    assert "không còn ở chỗ cũ" in ask(f"/t/{identity}/file").text


SAME = {"origin": "http://localhost"}
HOSTILE = (
    '<script>alert(1)</script> \u202egnourt\u202c Chỉ thị số 05-CT/TW ngày 15/5/2016 về "><img src=x onerror=alert(2)> của Tỉnh ủy <b>Cà Mau</b>\n\n'
    "Quy định số 682-QĐ/TU ngày 14/9/2017 của Tỉnh ủy Cà Mau về javascript:alert(3) </svg><script>alert(4)</script>\n"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "<img src=x onerror=alert(5)>.txt").write_text(HOSTILE, "utf-8")
    (folder / "long.txt").write_text(f"Quy định số 9-QĐ/TU về {'rất ' * 250_000}dài\n\n{HOSTILE}", "utf-8")
    ingest([folder], folder / "x.db", words=False)
    with closing(sqlite3.connect(folder / "x.db")) as conn, conn:
        conn.execute(
            "UPDATE documents SET title = ?, issuer = ?, place = ? WHERE symbol = '682-QĐ/TU'",
            [HOSTILE, HOSTILE, HOSTILE],
        )
        conn.execute("UPDATE documents SET title = ? WHERE symbol = '05-CT/TW'", ["x" * 1_000_000])
        conn.execute("UPDATE texts SET title = ? WHERE path LIKE '<img%'", [HOSTILE])
    return folder / "x.db"


def test_a_hostile_text_is_only_words(hostile: Path) -> None:
    ask = client(hostile, Options())
    with closing(sqlite3.connect(hostile)) as conn:
        found = [
            f"/{row[0][0]}/{row[0]}"
            for row in conn.execute(
                "SELECT id FROM texts UNION SELECT id FROM documents WHERE mentions UNION SELECT id FROM units"
            )
        ]
    asked = [
        "/",
        "/lookup?q=682",
        "/lookup?q=<script>alert(6)</script>",
        "/search?q=alert",
        "/timeline",
        "/timeline?issuer=%22%3E%3Cscript%3E",
        "/checks",
        *found,
    ]
    for address in [*asked, *(f"/checks/{name}" for name in NAMES), "/data/documents", "/data/texts"]:
        page = ask(address)
        assert page.status_code == 200, address
        assert not re.search(r"<script>alert|<img src=x|<b>Cà Mau", page.text), address
        if not address.startswith("/data"):
            assert len(page.content) < 250_000, address


def test_long_texts_come_in_parts_that_are_all_of_it(hostile: Path) -> None:
    ask = client(hostile, Options())
    with closing(sqlite3.connect(hostile)) as conn:
        identity, text, at = conn.execute(
            "SELECT t.id, t.text, m.start FROM texts t JOIN mentions m ON m.text_id = t.id WHERE t.path = 'long.txt' AND m.symbol = '682-QĐ/TU'"
        ).fetchone()
    assert len(ask(f"/t/{identity}").content) < BUDGET
    assert 'id="here"' in ask(f"/t/{identity}?at={at}").text
    assert len(text) > 1_000_000


def test_corrections_are_taken_from_a_form(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Ngày 01/3/2021, chi bộ học Quy định số 682-QĐ/TU ngày 14/9/2017 của Tỉnh ủy Cà Mau.\n", "utf-8")
    ingest([file], tmp_path / "x.db", words=False)
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        identity = conn.execute("SELECT id FROM documents WHERE symbol = '682-QĐ/TU'").fetchone()[0]
    ask = client(tmp_path / "x.db", Options(edit=correcting(tmp_path / "x.db")))
    form = ask(f"/correct?id={identity}")
    token = re.search(r'name="csrftoken" value="([^"]+)"', form.text)
    assert token
    sent = {
        "id": identity,
        "family": "documents",
        "action": "set",
        "field": "issuer",
        "value": "Ban Thường vụ Tỉnh ủy Cà Mau",
        "note": "",
        "quote": "",
        "context": "",
    }
    refused = ask(f"/correct?id={identity}", "post", data=sent)
    assert refused.status_code == 403  # another site's form has no token
    kept = {"ds_csrftoken": form.cookies["ds_csrftoken"]}
    foreign = ask(f"/correct?id={identity}", "post", data=sent, headers={"origin": "http://evil.example"})
    assert foreign.status_code == 403
    saved = ask(f"/correct?id={identity}", "post", data={**sent, "csrftoken": token[1]}, cookies=kept, headers=SAME)
    assert "Đã lưu và áp dụng" in saved.text
    assert "Ban Thường vụ Tỉnh ủy Cà Mau" in ask(f"/d/{identity}").text
    wrong = ask(
        f"/correct?id={identity}",
        "post",
        data={**sent, "field": "nothing", "csrftoken": token[1]},
        cookies=kept,
        headers=SAME,
    )
    assert wrong.status_code == 400
    assert "Chưa áp dụng" in wrong.text
    elsewhere = ask(f"/correct?id={identity}", headers={"host": "evil.example"})
    assert elsewhere.status_code == 403


ADDED = [
    ("reference", "references", "Quy chế làm việc", "doc_type", "quy chế", "SELECT doc_type FROM mentions WHERE surface = ?"),
    ("date", "dates", "hôm rằm", "edtf", "2021-03", "SELECT edtf FROM dates WHERE surface = ?"),
    ("figure", "figures", "một tá người", "value", "12", "SELECT value FROM figures WHERE surface = ?"),
    ("unit", "units", "Tổ Cây Đa", "name", "Tổ Cây Đa", "SELECT u.name FROM unit_mentions m JOIN units u ON u.id = m.unit_id WHERE m.surface = ?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "families", "quote", "field", "value", "question"), ADDED, ids=[each[0] for each in ADDED]
)
def test_a_mark_is_added_with_a_field(
    tmp_path: Path, family: str, families: str, quote: str, field: str, value: str, question: str
) -> None:
    (tmp_path / "a.txt").write_text(f"Ngày 01/3/2021, chi bộ họp và bàn về {quote} cùng bà con.\n", "utf-8")
    ingest([tmp_path / "a.txt"], tmp_path / "x.db", words=False)
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        identity = conn.execute("SELECT id FROM texts").fetchone()[0]
    ask = client(tmp_path / "x.db", Options(edit=correcting(tmp_path / "x.db")))
    form = ask(f"/correct?id={identity}&family={family}")
    assert f'name="family" value="{families}"' in form.text
    token = re.search(r'name="csrftoken" value="([^"]+)"', form.text)
    assert token
    sent = {
        "id": identity,
        "family": families,
        "action": "add",
        "quote": quote,
        "context": "",
        "field": field,
        "value": value,
        "note": "",
    }
    kept = {"ds_csrftoken": form.cookies["ds_csrftoken"]}
    saved = ask(f"/correct?id={identity}", "post", data={**sent, "csrftoken": token[1]}, cookies=kept, headers=SAME)
    assert "Đã lưu và áp dụng" in saved.text
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        assert str(conn.execute(question, [quote]).fetchone()[0]) == value


def test_corrections_elsewhere_need_the_token(database: Path) -> None:
    ask = client(database, Options(edit=correcting(database), token="đúng rồi"))
    asked = ask(f"/correct?id={TUYEN_QUANG}")
    assert asked.status_code == 403
    assert 'name="token"' in asked.text
    csrf = re.search(r'name="csrftoken" value="([^"]+)"', asked.text)
    assert csrf
    kept = {"ds_csrftoken": asked.cookies["ds_csrftoken"]}
    wrong = ask(
        f"/correct?id={TUYEN_QUANG}", "post", data={"token": "sai", "csrftoken": csrf[1]}, cookies=kept, headers=SAME
    )
    assert "không đúng" in wrong.text
    right = ask(
        f"/correct?id={TUYEN_QUANG}",
        "post",
        data={"token": "đúng rồi", "csrftoken": csrf[1]},
        cookies=kept,
        headers=SAME,
    )
    assert right.status_code == 302
    allowed = ask(f"/correct?id={TUYEN_QUANG}", cookies={**kept, "sohieu_token": right.cookies["sohieu_token"]})
    assert 'name="action"' in allowed.text


def test_the_database_is_never_written(get: Get, database: Path) -> None:
    before = database.read_bytes()
    for address in (
        "/",
        "/lookup?q=16",
        "/data?sql=delete+from+documents",
        "/data/documents.json?_where=1;drop+table+texts",
    ):
        get(address)
    assert database.read_bytes() == before


def test_every_word_is_there_in_both_languages() -> None:
    used: set[str] = set()
    for template in (ROOT / "pipeline" / "web" / "templates" / "sohieu").glob("*.html"):
        used |= set(re.findall(r'\bt\("([a-z_-]+)"\)', template.read_text("utf-8")))
    for language in LANGUAGES:
        say = words(language)
        assert all(say(name) for name in [*used, *(f"check_{name}" for name in NAMES)])


def test_reasons_are_said_in_vietnamese() -> None:
    assert in_parts("same number, another date", "vi") == "cùng số, khác ngày"
    assert in_parts("all but 'same number'", "vi") == "chỉ thiếu 'same number'"


def test_pieces_of_a_text_are_all_of_it(database: Path) -> None:
    from pipeline.query.database import open_readonly
    from pipeline.query.show import show_text

    with open_readonly(database) as conn:
        for (identity,) in conn.execute("SELECT id FROM texts").fetchall():
            page = show_text(conn, identity)
            pieces = list(stretches(page.text, page.marks, 0, len(page.text)))
            assert "".join(piece.text for piece in pieces) == page.text
            for mark in page.marks:
                assert (
                    "".join(piece.text for piece in pieces if mark in piece.marks) == page.text[mark.start : mark.end]
                )


def test_answers_are_json(get: Get) -> None:
    assert json.loads(get("/timeline.json?from=2024").text)
    assert get("/timeline.csv").text.startswith("issued,symbol,doc_type")


@pytest.mark.parametrize("form", PLACELESS)
def test_a_file_without_a_place_for_it_has_where_it_comes_from_beside(form: str, get: Get) -> None:
    told = json.loads(get(f"/timeline.{form}-metadata.json?from=2024").text)
    assert told["url"] == f"timeline.{form}"
    assert told["provenance"] == json.loads(get("/timeline.json?from=2024").text)["provenance"]
    assert f'href="/timeline.{form}-metadata.json?from=2024"' in get("/timeline?from=2024").text


def test_a_picture_of_relations_has_no_empty_column() -> None:
    related = Related("implements", False, "d-000000000001", "118-KH/HU", None, ("t-000000000001",))
    drawing = draw([related])
    assert drawing
    assert (drawing.middle[0], drawing.width) == (0, 2 * WIDTH + GAP)
    both = draw([related, Related("guides", True, "d-000000000002", "Luật", None, ())])
    assert both
    assert (both.before[0].left, both.middle[0], both.behind[0].left) == (0, WIDTH + GAP, 2 * (WIDTH + GAP))
    assert draw([]) is None


def test_columns_and_fields_are_named_in_both_languages(database: Path) -> None:
    with closing(sqlite3.connect(database)) as conn:
        columns = {column for name in NAMES for column in check(conn, name)[0]}
    fields = {field for family in FIELDS.values() for field in family}
    for language in LANGUAGES:
        assert not [name for name in columns | fields if label(name, words(language)) == name]


def test_a_form_for_an_unknown_id_says_so(database: Path) -> None:
    found = client(database, Options(edit=correcting(database)))("/correct?id=d-0")
    assert (found.status_code, "Không có gì" in found.text) == (404, True)


@pytest.mark.parametrize(
    ("asks", "meant"),
    [
        ("type=chi+thj&from=2016", "from=2016&amp;type=ch%E1%BB%89+th%E1%BB%8B"),
        ("about=ho+chi+mihn&cited=1", "about=ho+chi+minh&amp;cited=1"),
    ],
)
def test_what_may_have_been_meant_leads_on(asks: str, meant: str, get: Get) -> None:
    assert f'href="/timeline?{meant}"' in get(f"/timeline?{asks}").text
    assert get(f"/timeline?{unescape(meant)}").status_code == 200
