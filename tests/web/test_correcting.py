"""Corrections entered in the form, and kept when the texts are read again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipeline.run import ingest
from tests.web.conftest import Editing, Watched, watched
from tests.web.material import TUYEN_QUANG

RIGHT = "Ban Thường vụ Tỉnh ủy Cà Mau"


@pytest.fixture
def desk(browser: Browser, editing: Editing) -> Iterator[Watched]:
    """A page over what takes corrections."""
    context, page = watched(browser, editing.served.base)
    with context:
        yield page
    assert (page.complaints, page.dialogs) == ([], [])


def one(database: Path, question: str) -> str:
    """What the database answers to a question for one value."""
    with closing(sqlite3.connect(database)) as conn:
        return str(conn.execute(question).fetchone()[0])


def again(editing: Editing) -> None:
    """Read the folder again, once as it is and once with every text grown by a line, so that all are taken anew."""
    assert ingest([editing.texts], editing.database, words=False).unchanged == 2
    for file in editing.texts.iterdir():
        file.write_text(f"{file.read_text('utf-8')}Kết luận số 21-KL/TW ngày 25/10/2021 được học.\n", "utf-8")
    assert ingest([editing.texts], editing.database, words=False).changed == 2


def fill(page: Page, field: str, value: str) -> None:
    """Set a field in the form."""
    page.locator("[name=field]").select_option(field)
    page.get_by_label("Giá trị đúng").fill(value)
    page.get_by_role("button", name="Lưu").click()


def test_a_field_of_a_document_is_set_and_stays(desk: Watched, editing: Editing) -> None:
    norm = one(editing.database, "SELECT id FROM documents WHERE symbol = '682-QĐ/TU'")
    page = desk.open(f"/d/{norm}")
    page.get_by_role("link", name="Sửa", exact=True).click()
    fill(page, "issuer", RIGHT)
    expect(page.get_by_role("status")).to_have_text("Đã lưu và áp dụng.")
    page.get_by_role("heading", level=1).get_by_role("link").click()
    expect(page.locator("dl.record").first).to_contain_text(RIGHT)
    again(editing)
    page.reload()
    expect(page.locator("dl.record").first).to_contain_text(RIGHT)
    desk.open("/checks/corrections")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("đã áp dụng")


def test_a_mark_of_a_text_is_set_and_stays(desk: Watched, editing: Editing) -> None:
    text = one(editing.database, "SELECT id FROM texts WHERE path = 'a.txt'")
    page = desk.open(f"/t/{text}")
    page.locator("summary").click()
    row = page.locator("details tr", has_text="Quy định số 682-QĐ/TU")
    row.get_by_role("link", name="Sửa").click()
    expect(page.get_by_label("Nguyên văn")).to_have_value("Quy định số 682-QĐ/TU")
    fill(page, "symbol", "628-QĐ/TU")
    expect(page.get_by_role("status")).to_be_visible()
    again(editing)
    page = desk.open("/lookup?q=628-QD/TU")
    expect(page.locator("main .symbol").first).to_have_text("628-QĐ/TU")
    page.locator("main .symbol").first.click()
    expect(page.locator(".citing mark")).to_have_text(["Quy định số 682-QĐ/TU"])


def test_a_mark_is_dropped_and_stays_dropped(desk: Watched, editing: Editing) -> None:
    text = one(editing.database, "SELECT id FROM texts WHERE path = 'b.txt'")
    page = desk.open(f"/t/{text}")
    page.locator("summary").click()
    page.locator("details tr", has_text="05-CT/TW").get_by_role("link", name="Sửa").click()
    page.locator("[name=action]").select_option("drop")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("status")).to_be_visible()
    again(editing)
    text = one(editing.database, "SELECT t.id FROM texts t JOIN sources s ON s.text_id = t.id WHERE s.path = 'b.txt'")
    desk.open(f"/t/{text}")
    expect(page.locator(".text .reference")).to_have_text(["Kết luận số 21-KL/TW"])


def test_what_is_wrong_is_said_and_changes_nothing(desk: Watched, editing: Editing) -> None:
    norm = one(editing.database, "SELECT id FROM documents WHERE symbol = '682-QĐ/TU'")
    page = desk.open(f"/correct?id={norm}")
    fill(page, "issued", "hôm qua")
    expect(page.get_by_role("alert")).to_contain_text("Chưa áp dụng")
    assert one(editing.database, "SELECT issued FROM documents WHERE symbol = '682-QĐ/TU'") == "2017-09-14"


def test_pages_for_reading_say_how_to_correct(window: Watched) -> None:
    page = window.open(f"/correct?id={TUYEN_QUANG}")
    expect(page.locator("main")).to_contain_text("sohieu serve --edit")
