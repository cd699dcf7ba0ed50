"""A timeline of so many documents that it is drawn in columns."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.web.conftest import watched
from tests.web.material import many_documents
from tests.web.serving import serving


def test_a_column_leads_to_its_period(browser: Browser, tmp_path: Path) -> None:
    with serving(many_documents(tmp_path), tmp_path / "err") as served:
        context, window = watched(browser, served.base)
        with context:
            page = window.open("/timeline?place=C%C3%A0+Mau")
            assert page.locator("tbody tr").count() > 150
            column = page.locator(".chart svg a").last
            period = (column.get_attribute("href") or "").rpartition("=")[2]
            column.click()
            expect(page.get_by_label("Từ (năm, tháng hoặc ngày)")).to_have_value(period)
            expect(page.get_by_label("Đến", exact=True)).to_have_value(period)
            expect(page.get_by_label("Địa bàn", exact=True)).to_have_value("Cà Mau")
            days = page.locator("tbody tr td:first-child").all_inner_texts()
            assert days
            assert {day.rpartition("/")[2] for day in days} == {period}
            page.locator(".chart svg a").last.click()
            page.wait_for_url("**/d/d-*")
        assert (window.complaints, window.dialogs, served.said()) == ([], [], "")
