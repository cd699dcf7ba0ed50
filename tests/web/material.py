"""What is served to the browser: databases, and the address of every page."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.run import ingest
from pipeline.web.pages.checks import NAMES
from tests.unit.test_web import HOSTILE

TUYEN_QUANG = "d-b7f36f7c2f36"
"""The 16-ĐA/TU of Tuyên Quang."""
THAI_BINH = "d-fc1d540ff93a"
"""The 16-ĐA/TU of Thái Bình."""
KL_21 = "d-292d7a898ef8"
NORM = "Quy định số 682-QĐ/TU ngày 14/9/2017 của Tỉnh ủy Cà Mau"
"""What a text of the database for corrections says."""


def pages(database: Path) -> list[str]:
    """The address of every page over the project's corpus."""
    with closing(sqlite3.connect(database)) as conn:
        text = conn.execute("SELECT id FROM texts WHERE path = 'a-09.html'").fetchone()[0]
        unit = conn.execute("SELECT id FROM units WHERE name = 'Tỉnh ủy Thái Bình'").fetchone()[0]
    return [
        "/",
        "/lookup?q=16+da+tu",
        "/lookup?q=16-DA/TU%0Aket+luan+21%0A99999",
        "/lookup?q=99999",
        "/lookup",
        f"/d/{TUYEN_QUANG}",
        f"/t/{text}",
        f"/u/{unit}",
        "/units?name=Th%C3%A1i+B%C3%ACnh",
        "/search",
        "/search?q=ho+so+dang+vien",
        "/timeline",
        "/timeline?from=2020&to=2021",
        "/timeline?issuer=nobody",
        "/checks",
        *(f"/checks/{name}" for name in NAMES),
        "/list",
        f"/list?d={TUYEN_QUANG}&d={KL_21}",
        "/list?q=16-DA/TU",
    ]


WRONG = ("/nothing", "/d/d-0", "/timeline?from=hom+qua", "/list?d=682", "/correct?id=d-0")
"""Addresses that are answered by a page which says what is wrong."""


def hostile(folder: Path) -> Path:
    """A database of texts that are made to do harm: elements, scripts, letters that turn the line round, a title of a megabyte."""
    (folder / "<img src=x onerror=alert(5)>.txt").write_text(HOSTILE, "utf-8")
    (folder / "long.txt").write_text(f"Quy định số 9-QĐ/TU về {'rất ' * 250_000}dài\n\n{HOSTILE}", "utf-8")
    database = folder / "hostile.db"
    ingest([folder], database, words=False)
    with closing(sqlite3.connect(database)) as conn, conn:
        spoilt = [HOSTILE] * 3
        conn.execute("UPDATE documents SET title = ?, issuer = ?, place = ? WHERE symbol = '682-QĐ/TU'", spoilt)
        conn.execute("UPDATE documents SET title = ? WHERE symbol = '05-CT/TW'", ["x" * 1_000_000])
        conn.execute("UPDATE texts SET title = ? WHERE path LIKE '<img%'", [f"{HOSTILE}{'W' * 1_000_000}"])
        conn.execute("UPDATE units SET name = ?", [HOSTILE])
        conn.execute("UPDATE mentions SET surface = ?", [HOSTILE])
    return database


def hostile_pages(database: Path) -> list[str]:
    """The address of every page on which something hostile is shown."""
    named = "SELECT id FROM texts UNION SELECT id FROM documents WHERE mentions UNION SELECT id FROM units"
    with closing(sqlite3.connect(database)) as conn:
        found = [f"/{row[0][0]}/{row[0]}" for row in conn.execute(named)]
        listed = "&".join(f"d={row[0]}" for row in conn.execute("SELECT id FROM documents WHERE mentions"))
    return [
        "/",
        "/lookup?q=682",
        "/lookup?q=%3Cscript%3Ealert(6)%3C/script%3E",
        "/search?q=alert&source=%22%3E%3Cscript%3Ealert(7)%3C/script%3E",
        "/timeline",
        "/timeline?issuer=%22%3E%3Cscript%3Ealert(8)%3C/script%3E",
        "/units?name=%3Cimg+src%3Dx+onerror%3Dalert(9)%3E",
        f"/list?{listed}",
        *(f"/checks/{name}" for name in NAMES),
        *found,
    ]


def few_texts(folder: Path) -> Path:
    """A folder of two texts, for what is corrected and read again."""
    texts = folder / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text(f"Sinh hoạt tháng 3 năm 2021\n\n{NORM} được học. Có 12 đảng viên dự.\n", "utf-8")
    (texts / "b.txt").write_text("Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị được học lại.\n", "utf-8")
    return texts


def many_documents(folder: Path) -> Path:
    """A database of 150 dated documents, which the timeline counts by period."""
    named = (
        f"Quyết định số {n}-QĐ/TU ngày {n % 28 + 1}/{n % 12 + 1}/{2005 + n % 15} của Tỉnh ủy Cà Mau"
        for n in range(1, 191)
    )
    (folder / "many.txt").write_text("\n\n".join(f"Theo {each}, các chi bộ làm xong." for each in named), "utf-8")
    database = folder / "many.db"
    ingest([folder], database, words=False)
    return database
