"""Looking up in the browser: answers while one types, lists, ambiguity."""

from playwright.sync_api import Page, expect

from tests.web.conftest import Watched
from tests.web.material import THAI_BINH, TUYEN_QUANG


def typing(window: Watched, words: str) -> Page:
    """The first page with words typed into its box, key by key."""
    page = window.open("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(words)
    return page


def test_answers_appear_while_one_types(window: Watched) -> None:
    page = typing(window, "16 da t")
    expect(page.locator("#typed .symbol")).to_have_text(["16-ĐA/TU", "16-ĐA/TU"])
    assert page.url == f"{window.base}/"
    page.keyboard.type("u thai binh")
    expect(page.locator("#typed .rows:not(.near) .symbol")).to_have_count(1)
    expect(page.locator("#typed .rows:not(.near)")).to_contain_text("Thái Bình")


def test_enter_submits(window: Watched) -> None:
    page = typing(window, "ket luan 21")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lookup?q=ket+luan+21")
    expect(page.locator("main .symbol").first).to_have_text("21-KL/TW")
    expect(page.locator("#q")).to_have_value("ket luan 21")


def test_escape_clears_what_was_answered(window: Watched) -> None:
    page = typing(window, "chi thi")
    expect(page.locator("#typed .symbol").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#typed")).to_be_empty()
    expect(page.locator("#q")).to_have_value("chi thi")


def test_arrow_down_moves_into_the_answers(window: Watched) -> None:
    page = typing(window, "ket luan 21")
    expect(page.locator("#typed .symbol").first).to_have_text("21-KL/TW")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#typed .symbol").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("21-KL/TW")


def test_nothing_typed_is_answered_by_nothing(window: Watched) -> None:
    page = typing(window, "chi thi")
    expect(page.locator("#typed .symbol").first).to_be_visible()
    page.locator("#q").fill("")
    expect(page.locator("#typed")).to_be_empty()


def test_shift_enter_makes_a_line_and_each_line_is_answered(window: Watched) -> None:
    page = typing(window, "16 da tu")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("ket luan 21")
    expect(page.locator("#q")).to_have_value("16 da tu\nket luan 21")
    assert int(page.locator("#q").get_attribute("rows") or 0) == 2
    page.keyboard.press("Enter")
    expect(page.locator("section.line h2")).to_have_text(["16 da tu", "ket luan 21"])


def test_a_pasted_list_is_answered_line_by_line(window: Watched) -> None:
    window.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=window.base)
    page = typing(window, "")
    page.evaluate("navigator.clipboard.writeText('16-ĐA/TU\\t2020\\n21-KL/TW\\n99999\\n')")
    page.keyboard.press("Control+V")
    page.get_by_role("button", name="Tra cứu").click()
    lines = page.locator("section.line")
    expect(lines).to_have_count(3)
    expect(lines.nth(0).locator(".symbol")).to_have_text(["16-ĐA/TU"])
    expect(lines.nth(1).locator(".symbol")).to_have_text(["21-KL/TW"])
    expect(lines.nth(2).locator(".none")).to_contain_text("99999")


def test_ambiguity_is_a_choice_with_what_tells_the_candidates_apart(window: Watched) -> None:
    page = window.open("/lookup?q=16+da+tu")
    expect(page.locator(".apart")).to_have_text(
        "2 văn bản. Nhiều văn bản cùng khớp; chúng khác nhau ở: địa bàn, ngày ban hành, cơ quan ban hành, trích yếu."
    )
    rows = page.locator("main section > .rows").first.locator(".row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("3/1/2020 · Ban Thường vụ Tỉnh ủy · Tuyên Quang")
    expect(rows.nth(1)).to_contain_text("15/11/2021 · Ban Thường vụ Tỉnh ủy Thái Bình")
    links = [rows.nth(at).locator(".symbol").get_attribute("href") for at in range(2)]
    assert links == [f"/d/{TUYEN_QUANG}", f"/d/{THAI_BINH}"]


def test_near_misses_stand_apart(window: Watched) -> None:
    page = window.open("/lookup?q=chi+thi+05")
    expect(page.get_by_role("heading", name="Gần giống")).to_be_visible()
    expect(page.locator(".near .row").first).to_contain_text("cùng số, khác loại")


def test_no_answer_leads_to_the_search_of_texts(window: Watched) -> None:
    page = window.open("/lookup?q=sinh+ho%E1%BA%A1t+chuy%C3%AAn+%C4%91%E1%BB%81+zzz")
    expect(page.locator(".none")).to_be_visible()
    page.locator("main").get_by_role("link", name="Tìm trong văn bản").click()
    expect(page.get_by_label("Từ cần tìm")).to_have_value("sinh hoạt chuyên đề zzz")


def test_a_passage_that_is_found_is_in_view_in_its_text(window: Watched) -> None:
    page = window.open("/search?q=%22ni%C3%AAm+phong%22")
    expect(page.locator("main mark").first).to_be_visible()
    page.locator(".citing a").first.click()
    page.wait_for_url("**/t/t-*")
    assert "at=" in page.url
    expect(page.get_by_text("niêm phong").first).to_be_in_viewport()
