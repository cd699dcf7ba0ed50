"""Every page: nothing complained of, none wider than a phone, in print, without JavaScript, in both languages, with hostile texts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Watched, watched
from tests.web.material import TUYEN_QUANG, WRONG, hostile_pages, pages
from tests.web.serving import Served

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_page_opens_without_complaint(window: Watched, database: Path) -> None:
    for address in (*pages(database), *WRONG):
        page = window.open(address)
        expect(page.locator("main h1")).to_have_count(1)
        assert window.complaints == [], address


def test_no_page_is_wider_than_a_phone(phone: Watched, database: Path) -> None:
    for address in (*pages(database), *WRONG):
        assert phone.open(address).evaluate(SIDEWAYS) <= 0, address


def test_print_has_neither_navigation_nor_forms(window: Watched, database: Path) -> None:
    window.page.emulate_media(media="print")
    for address in pages(database):
        page = window.open(address)
        expect(page.locator("main h1")).to_be_visible()
        for unwanted in page.locator("nav, button, header form, .skip").all():
            expect(unwanted).not_to_be_in_viewport()
            assert unwanted.evaluate("shown => shown.getClientRects().length") == 0, address


def test_pictures_fit_the_paper(window: Watched) -> None:
    window.page.set_viewport_size({"width": 700, "height": 900})
    window.page.emulate_media(media="print")
    for address in ("/timeline", "/timeline?shape=heat", f"/d/{TUYEN_QUANG}"):
        page = window.open(address)
        box = page.locator(".scroll svg").first.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 700, address
        assert page.evaluate(SIDEWAYS) <= 0, address


def test_the_language_is_switched_and_stays(window: Watched) -> None:
    page = window.open(f"/d/{TUYEN_QUANG}?page=1")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Where it is cited")).to_be_visible()
    assert TUYEN_QUANG in page.url
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", name="Dòng thời gian")).to_be_visible()
    window.open("/checks")
    expect(page.locator("html")).to_have_attribute("lang", "vi")


def test_the_language_is_switched_with_all_that_was_asked(window: Watched) -> None:
    page = window.open("/timeline?type=ch%E1%BB%89+th%E1%BB%8B&from=2016")
    before = page.locator("tbody tr").count()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("From (year, month or day)")).to_have_value("2016")
    expect(page.locator("tbody tr")).to_have_count(before)


def test_a_wrong_address_leads_on(window: Watched) -> None:
    for address in WRONG:
        page = window.open(address)
        page.locator("main").get_by_role("link", name="Trang đầu").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tra cứu văn bản của Đảng và Nhà nước theo số hiệu")


def test_look_up_document_and_list_without_javascript(plain: Watched) -> None:
    page = plain.open("/")
    page.locator("#q").fill("16 da tu")
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.locator("main .row .symbol").first).to_have_text("16-ĐA/TU")
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="Lập danh sách").click()
    expect(page.locator("#list tbody tr")).to_have_count(2)
    page.locator("#list tbody a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("16-ĐA/TU")
    page.locator(".citing a").first.click()
    expect(page.locator("#here")).to_be_in_viewport()


@pytest.fixture
def no_harm(browser: Browser, harmed: Served) -> Watched:
    return watched(browser, harmed.base)[1]


def test_hostile_texts_do_nothing(no_harm: Watched, hostile_database: Path) -> None:
    for address in hostile_pages(hostile_database):
        page = no_harm.open(address)
        expect(page.locator("main h1")).to_have_count(1)
        assert page.locator("script:not([src]), img, [onerror], [onclick]").count() == 0, address
        assert (no_harm.complaints, no_harm.dialogs) == ([], []), address
        _follow_all(page, address)
    no_harm.page.context.close()


def _follow_all(page: Page, address: str) -> None:
    """No address on the page is a script's or another site's."""
    links = page.locator("a").evaluate_all("all => all.map(link => link.href.baseVal ?? link.href)")
    assert not [link for link in links if not link.startswith(("http://127.0.0.1", "/", "#"))], address


def test_hostile_texts_do_nothing_while_typing_and_correcting(no_harm: Watched) -> None:
    page = no_harm.open("/")
    page.locator("#q").press_sequentially("682")
    expect(page.locator("#typed .symbol").first).to_be_visible()
    page.locator("#typed .symbol").first.click()
    page.get_by_role("link", name="Sửa", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("682-QĐ/TU")
    assert (no_harm.complaints, no_harm.dialogs) == ([], [])
    no_harm.page.context.close()


def test_hostile_texts_are_no_wider_than_a_phone(browser: Browser, harmed: Served, hostile_database: Path) -> None:
    context, page = watched(browser, harmed.base, viewport={"width": 360, "height": 740})
    with context:
        for address in hostile_pages(hostile_database):
            assert page.open(address).evaluate(SIDEWAYS) <= 0, address
