"""A document, its passages, its citation, lists of documents, the timeline."""

import csv
import io
import json

from playwright.sync_api import Page, expect

from tests.web.conftest import Watched
from tests.web.material import KL_21, THAI_BINH, TUYEN_QUANG


def test_a_citing_passage_leads_to_where_it_stands(window: Watched) -> None:
    page = window.open(f"/d/{TUYEN_QUANG}")
    passages = page.locator(".citing li")
    expect(passages).to_have_count(4)
    for at in range(4):
        cited = passages.nth(at).locator("mark").inner_text()
        passages.nth(at).locator("a").click()
        here = page.locator("#here")
        expect(here).to_be_in_viewport()
        expect(here).to_have_class("m reference")
        assert here.inner_text() in cited
        expect(here).to_have_attribute("href", f"/d/{TUYEN_QUANG}")
        page.go_back()


def test_marks_are_hidden_by_family(window: Watched) -> None:
    page = window.open(f"/d/{TUYEN_QUANG}")
    page.locator(".citing a").first.click()
    for family in ("reference", "date", "unit", "figure"):
        mark = page.locator(f'.text .m[class="m {family}"]').first
        before = mark.evaluate("mark => getComputedStyle(mark).borderBottomColor")
        page.locator(f'[data-family="{family}"]').uncheck()
        expect(mark).to_have_css("border-bottom-color", "rgba(0, 0, 0, 0)")
        expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        page.locator(f'[data-family="{family}"]').check()
        expect(mark).to_have_css("border-bottom-color", before)


def test_the_citation_is_copied(window: Watched) -> None:
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=window.base)
    page = window.open(f"/d/{TUYEN_QUANG}")
    page.get_by_role("button", name="Chép").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#citation").inner_text()
    assert copied.startswith("Đề án số 16-ĐA/TU ngày 3/1/2020 của Ban Thường vụ Tỉnh ủy")


def test_ticked_documents_make_a_list_that_shrinks_and_grows(window: Watched) -> None:
    page = window.open("/lookup?q=16-DA/TU%0Aket+luan+21")
    for identity in (TUYEN_QUANG, THAI_BINH, KL_21):
        page.locator(f'[value="{identity}"]').check()
    page.get_by_role("button", name="Lập danh sách").click()
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Bỏ ra: 21-KL/TW").click()
    expect(rows).to_have_count(2)
    page.get_by_role("textbox", name="Thêm bằng số hiệu").fill("08-QĐi/TW")
    page.get_by_role("button", name="Tìm").click()
    expect(rows).to_have_count(3)
    expect(rows.nth(2)).to_contain_text("08-QĐi/TW")
    kept = page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="RIS").click()
    assert download.value.suggested_filename == "list.ris"
    assert download.value.path().read_text("utf-8").count("TY  - GOVDOC") == 3
    page.goto("about:blank")
    page.goto(kept)
    expect(rows).to_have_count(3)


def test_an_ambiguous_number_is_chosen_before_it_is_listed(window: Watched) -> None:
    page = window.open("/list")
    page.get_by_role("textbox", name="Thêm bằng số hiệu").fill("16 da tu")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("heading", name="Nhiều văn bản cùng khớp")).to_be_visible()
    page.locator("main .row button").nth(1).click()
    expect(page.locator("#list tbody tr")).to_have_count(1)
    assert page.url.endswith(f"/list?d={THAI_BINH}")


def test_a_number_that_is_not_found_is_said(window: Watched) -> None:
    page = window.open(f"/list?d={KL_21}&q=99999")
    expect(page.locator("#list tbody tr")).to_have_count(1)
    expect(page.locator("main .warn")).to_contain_text("99999")


def test_a_list_grows_from_one_document_to_the_next(window: Watched) -> None:
    for count, identity in enumerate((TUYEN_QUANG, KL_21), 1):
        page = window.open(f"/d/{identity}")
        page.get_by_role("link", name="Thêm vào danh sách").click()
        expect(page.locator("#list tbody tr")).to_have_count(count)
    assert page.url.endswith(f"/list?d={TUYEN_QUANG}&d={KL_21}")


def test_a_check_leads_to_the_place_in_the_text(window: Watched) -> None:
    page = window.open("/checks/mismatches")
    printed = page.locator("tbody tr").first.locator("td").nth(2).inner_text()
    page.locator("tbody tr").first.get_by_role("link").first.click()
    expect(page.locator("#here")).to_be_in_viewport()
    assert page.locator("#here").inner_text() in printed


def _filtered(window: Watched) -> Page:
    page = window.open("/timeline")
    page.locator("select[name=type]").select_option("chỉ thị")
    page.get_by_label("Từ (năm, tháng hoặc ngày)").fill("2016")
    page.get_by_role("button", name="Lọc").click()
    return page


def test_the_timeline_is_filtered(window: Watched) -> None:
    page = window.open("/timeline")
    all_of_it = page.locator("tbody tr").count()
    page = _filtered(window)
    kinds = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert set(kinds) == {"chỉ thị"}
    assert 0 < len(kinds) < all_of_it
    expect(page.locator("main > p").first).to_contain_text(f"{len(kinds)} văn bản có ngày ban hành")
    page.get_by_role("link", name="Xem mọi năm").click()
    expect(page.locator("select[name=type]")).to_have_value("chỉ thị")
    assert page.locator("tbody tr").count() > len(kinds)


def test_the_downloads_are_what_the_filter_leaves(window: Watched) -> None:
    page = _filtered(window)
    shown = page.locator("tbody tr td:nth-child(2)").all_inner_texts()
    found = {}
    for kind in ("CSV", "JSON"):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind, exact=True).click()
        found[download.value.suggested_filename] = download.value.path().read_text("utf-8")
    assert [row["symbol"] for row in csv.DictReader(io.StringIO(found["timeline.csv"]))] == shown
    assert [event["symbol"] for event in json.loads(found["timeline.json"])["events"]] == shown


def test_a_point_leads_to_its_document(window: Watched) -> None:
    page = _filtered(window)
    point = page.locator(".chart svg a").last  # nothing is drawn over it
    to = point.get_attribute("href") or ""
    assert to.startswith("/d/d-")
    point.click()
    page.wait_for_url(f"**{to}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_bar_of_an_uncertain_date_leads_to_its_document(window: Watched) -> None:
    page = window.open("/timeline?type=lu%E1%BA%ADt")
    bar = page.locator('.chart svg [aria-roledescription="thanh"]').first
    bar.click()
    page.wait_for_url("**/d/d-*")


def test_a_document_leads_to_what_acts_on_it(window: Watched) -> None:
    page = window.open(f"/d/{TUYEN_QUANG}")
    expect(page.locator("svg.chain rect")).to_have_count(2)
    page.get_by_role("link", name="118-KH/HU").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("118-KH/HU")
