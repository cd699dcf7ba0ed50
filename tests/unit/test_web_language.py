"""Pages in Vietnamese hold no English sentence: what the program writes into the database or answers is said in the reader's language."""

import ast
import html
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from extractors.models import Comparator, RelationKind, Status, UnitType
from pipeline.cli.serving import correcting
from pipeline.corrections import Correction, Corrector, what_is_wrong
from pipeline.query.checks import CHECKS
from pipeline.query.relations import related
from pipeline.run import ingest
from pipeline.web.pages.checks import NAMES
from pipeline.web.pages.correct import FIELDS
from pipeline.web.sentences import _table, in_language, in_parts
from pipeline.web.server import Options
from pipeline.web.wording import LANGUAGES, has
from tests.corpus import ROOT
from tests.unit.test_web import PAGES, SAME, TUYEN_QUANG, WRONG, Get, client, database, hostile, ids

__all__ = ["database", "hostile", "ids"]
ENGLISH = re.compile(
    r"\b(?:the|of|is|are|was|and|not|its|with|from|which|has|have|for|or|be|that|there|it|may|cannot|holds|does|only|another|without|mark|text|axis|scale)\b"
)
"""Words of English that Vietnamese does not write, and those that Vega gives marks."""
SOURCES = [
    *(ROOT / "pipeline" / "read").rglob("*.py"),
    *(ROOT / "pipeline" / name for name in ("stages.py", "archives.py", "workers.py", "corrections.py", "correct.py", "putting.py")),
    *(ROOT / "extractors" / "figures").glob("finder.py"),
    *(ROOT / "extractors" / "references" / name for name in ("anaphora.py", "misread.py", "numbered.py", "short.py")),
    *(ROOT / "extractors" / name for name in ("dates/finder.py", "units/finding.py")),
    ROOT / "pipeline" / "query" / "lookup.py",
]  # fmt: skip
ASIDE = (
    "the child ended", "no pipes", "cannot be read as a table in UTF-8", "has no columns", "; they are", "there is no such correction to undo",
    "leaves out texts that another database holds", "; save it as CSV UTF-8", " and not this one;",
)  # fmt: skip
"""What is told at a terminal only."""


def docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    """What stands alone as a statement."""
    for node in ast.walk(tree):
        yield from (node.value,) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else ()


def said_by(source: Path) -> Iterator[str]:
    """Pieces of English sentences in a module, docstrings, questions to the database and patterns aside."""
    tree = ast.parse(source.read_text("utf-8"))
    aside = {id(node) for node in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            piece = node.value.strip()
            if ENGLISH.search(piece) and " " in piece and not re.search(r"SELECT|INSERT|FROM|WHERE|\\", piece):
                yield piece


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_all_that_is_told_of_texts_is_in_the_table(source: Path) -> None:
    known = [re.sub(r"\{[#~]?\}", "\0", row["en"]) for _, row in _table()]
    missing = [
        piece
        for piece in said_by(source)
        if not any(piece in sentence for sentence in known) and not any(each in piece for each in ASIDE)
    ]
    assert missing == []


def test_every_sentence_of_the_table_is_its_own_and_has_no_english_left() -> None:
    for _, row in _table():
        said = re.sub(r"\{[~]?\}", "is empty; remove it or fetch it again", row["en"]).replace("{#}", "12")
        told = in_language(said, "vi")
        assert told != said
        assert not ENGLISH.search(
            told.replace("is empty; remove it or fetch it again", "").replace("--max-bytes", "")
        ), told
        assert in_language(said, "en") == said


def test_words_that_people_typed_are_not_told_otherwise() -> None:
    assert in_language("without 'another type'", "vi") == "không có 'another type'"
    assert in_parts("same number, without 'same number'", "vi") == "cùng số, không có 'same number'"
    assert in_language("x" * 100_000, "vi") == "x" * 100_000


def test_values_of_the_programs_own_have_words_in_both_languages() -> None:
    values = {
        *get_args(Comparator),
        *get_args(Status),
        *get_args(UnitType),
        "text",
        "ocr",
        "left",
        "failed",
        "set",
        "add",
        "drop",
        "link",
    }
    assert not [value for value in values if not has(f"val_{value}")]


def test_kinds_of_failures_have_words() -> None:
    calls = [
        node
        for source in (ROOT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    kinds = {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "ReadError"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(kinds) > 15
    assert not [kind for kind in kinds if not has(f"val_{kind}")]


def troubled(path: Path) -> None:
    """Put everything that can be told of texts into a database."""
    filled = [re.sub(r"\{[~]?\}", "một", row["en"]).replace("{#}", "3") for _, row in _table()]
    with closing(sqlite3.connect(path)) as conn, conn:
        text, root = conn.execute("SELECT text_id, root FROM sources LIMIT 1").fetchone()
        for at, said in enumerate(filled):
            conn.execute(
                "INSERT INTO failures (root, path, kind, message) VALUES (?, ?, 'scan', ?)",
                [root, f"{at}.pdf", said],
            )
            conn.execute(
                "INSERT INTO near_misses (text_id, start, end, surface, family, reason) VALUES (?, ?, ?, 'x', 'references', ?)",
                [text, at, at + 1, said],
            )
            conn.execute(
                "INSERT INTO corrections (text_id, family, action, quote, context, field, value, note, state) "
                "VALUES (?, 'dates', 'set', ?, '', 'edtf', '', '', ?)",
                [text, str(at), said],
            )
        conn.execute(
            "UPDATE texts SET notes = json_array('pages 3, 4 have only pictures and no text; allow recognition and ingest again')"
        )
        for how in ("left", "failed", "ocr"):
            conn.execute(
                "INSERT INTO pages (text_id, number, how, confidence) VALUES (?, 1 + (SELECT count(*) FROM pages), ?, '0.1')",
                [text, how],
            )


def shown(page: str) -> str:
    """What a page shows or says to a reader, what is in another language or quoted from documents aside."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    page = re.sub(r'<a class="other".*?</a>|<div class="text".*?</div>|<q>.*?</q>', " ", page, flags=re.S)
    said = re.findall(r'(?:title|aria-label|aria-roledescription|placeholder|alt)="([^"]*)"', page)
    return html.unescape(" \n ".join([*said, re.sub(r"<[^>]*>", " \n ", page)]))


def english(page: str) -> list[str]:
    """English words of a page with what stands around them."""
    words = shown(page)
    return [" ".join(words[max(0, found.start() - 50) : found.end() + 50].split()) for found in ENGLISH.finditer(words)]


def every_page(path: Path) -> list[str]:
    """The address of every page over a database."""
    with closing(sqlite3.connect(path)) as conn:
        named = "SELECT id FROM texts UNION ALL SELECT id FROM documents WHERE mentions UNION ALL SELECT id FROM units"
        found = [f"/{row[0][0]}/{row[0]}" for row in conn.execute(named)]
    return [
        *(address for address in PAGES if not address.startswith("/data") and "{" not in address),
        *WRONG_OWN,
        *found,
    ]


WRONG_OWN = [address for address in WRONG if not address.startswith("/data")]
QUERIES = [
    "chi+thi+05+ha+noi",
    "quy+dinh+16",
    "th%C3%B4ng+b%C3%A1o+16",
    "s%E1%BA%BDnh+hoat",
    "quyet+dinh+33",
    "99999",
    "21+ha+noi",
    "05+khong+co",
]


@pytest.fixture(scope="module")
def trouble(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(database, tmp_path_factory.mktemp("trouble") / "x.db"))
    troubled(path)
    return path


def test_no_page_in_vietnamese_holds_english(trouble: Path) -> None:
    ask = client(trouble, Options(edit=correcting(trouble)))
    for address in [
        *every_page(trouble),
        *(f"/lookup?q={query}" for query in QUERIES),
        *(f"/typed?q={query}" for query in QUERIES),
    ]:
        assert english(ask(address).text) == [], address
    for name in NAMES:
        for number in (1, 2, 3):
            assert english(ask(f"/checks/{name}?page={number}").text) == [], name


def test_no_page_over_hostile_texts_holds_english(hostile: Path) -> None:
    ask = client(hostile, Options(edit=correcting(hostile)))
    for address in every_page(hostile):
        assert english(ask(address).text) == [], address


WRONG_ROWS: list[dict[str, str]] = [
    {"action": "nothing"},
    {"family": "nothing"},
    {"field": "nothing", "value": "x"},
    {"field": ""},
    {"field": "issued", "value": "hom qua"},
    {"field": "issued", "value": "2020-02-31"},
    {"id": "d-000000000000", "field": "issuer", "value": "x"},
    {"action": "undo", "field": "issuer"},
    {"action": "link"},
    {"family": "references", "quote": ""},
    {"family": "references", "quote": "x", "context": "y", "field": "title"},
    {"family": "references", "quote": "khong co trong bai", "field": "title", "value": "x"},
    {"family": "dates", "action": "link", "quote": "x"},
    {"family": "dates", "quote": "x", "field": "edtf", "value": "hom qua"},
    {"family": "figures", "quote": "x", "field": "value", "value": "nhieu"},
    {"family": "figures", "quote": "x", "action": "add", "value": "nhieu"},
    {"family": "references", "quote": "x", "action": "link", "value": "d-000000000000"},
    {"family": "references", "quote": "a", "context": "", "action": "drop"},
    {"id": "t-000000000000", "family": "references", "quote": "x", "action": "drop"},
]


@pytest.fixture
def corrected(tmp_path: Path) -> tuple[Get, str, str]:
    """What asks the pages over one text, the ids of its document and of itself."""
    (tmp_path / "a.txt").write_text(
        "Ngày 01/3/2021, chi bộ học Quy định số 682-QĐ/TU ngày 14/9/2017 của Tỉnh ủy Cà Mau.\n", "utf-8"
    )
    ingest([tmp_path / "a.txt"], tmp_path / "x.db", words=False)
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        document = conn.execute("SELECT id FROM documents WHERE symbol = '682-QĐ/TU'").fetchone()[0]
        text = conn.execute("SELECT id FROM texts").fetchone()[0]
    return client(tmp_path / "x.db", Options(edit=correcting(tmp_path / "x.db"))), document, text


@pytest.mark.parametrize("wrong", WRONG_ROWS, ids=str)
def test_wrong_corrections_are_answered_in_vietnamese(corrected: tuple[Get, str, str], wrong: dict[str, str]) -> None:
    ask, document, text = corrected
    own = text if wrong.get("family", "documents") != "documents" else document
    form = ask(f"/correct?id={own}")
    token = re.search(r'name="csrftoken" value="([^"]+)"', form.text)
    assert token
    empty = dict.fromkeys(("quote", "context", "field", "value", "note"), "")
    sent = {**empty, "id": own, "family": "documents", "action": "set", **wrong, "csrftoken": token[1]}
    kept = {"ds_csrftoken": form.cookies["ds_csrftoken"]}
    answer = ask(f"/correct?id={own}", "post", data=sent, cookies=kept, headers=SAME)
    assert answer.status_code == 400
    assert "Chưa áp dụng" in answer.text
    assert english(answer.text) == []


def test_reasons_of_the_corrector_are_in_the_table() -> None:
    for quote, text in (("Số 5", "Số 6"), ("Số 5", "Số 5. Số 5"), ("Số 5", "Số 5")):
        said = Corrector(text)._apply(Correction(1, "references", "set", quote, "", "title", "x"), [])
        assert not ENGLISH.search(in_language(said, "vi"))
    said = str(what_is_wrong(Correction(1, "references", "set", "x", "", "nothing", "x")))
    assert not ENGLISH.search(in_language(said, "vi").replace("'nothing'", ""))


def test_checks_and_fields_are_the_ones_that_there_are() -> None:
    assert {*NAMES} == {*CHECKS, "gaps"}
    assert {"reference", "date", "unit", "figure", "document"} == {*FIELDS}
    assert LANGUAGES == ("vi", "en")
    assert TUYEN_QUANG.startswith("d-")


def test_kinds_of_relation_have_words_in_both_directions() -> None:
    words = {
        related(kind, forward, language)
        for kind in get_args(RelationKind)
        for forward in (True, False)
        for language in LANGUAGES
    }
    assert len(words) == 4 * len(get_args(RelationKind))
