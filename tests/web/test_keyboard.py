"""By keyboard alone: the skip link, everything that can be used is reached and seen to be."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Watched
from tests.web.material import KL_21, TUYEN_QUANG

MOST = 400
"""Times that Tab is pressed at most on a page."""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(each => each.getClientRects().length && !each.closest('svg'))"""
FOCUSED = f"""() => {{
    const all = ({REACHABLE})(), each = document.activeElement, style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    return [all.indexOf(each), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, box.right > 0 && box.bottom > 0];
}}"""


def tabbed(page: Page) -> dict[int, tuple[bool, bool]]:
    """What Tab leads to from the top, by its place on the page: whether its focus is drawn, whether it is on the screen."""
    page.evaluate("document.activeElement.blur()")
    found: dict[int, tuple[bool, bool]] = {}
    for _ in range(MOST):
        page.keyboard.press("Tab")
        at, drawn, on_screen = page.evaluate(FOCUSED)
        if at in found:
            break
        if at >= 0:
            found[at] = (drawn, on_screen)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/lookup?q=16+da+tu",
        f"/d/{TUYEN_QUANG}",
        "/search?q=dang+vien",
        "/timeline?type=ch%E1%BB%89+th%E1%BB%8B",
        "/checks",
        "/checks/disputes",
        f"/list?d={TUYEN_QUANG}&d={KL_21}",
    ],
)
def test_all_that_can_be_used_is_reached_and_its_focus_is_seen(window: Watched, address: str) -> None:
    page = window.open(address)
    count = page.evaluate(f"({REACHABLE})().length")
    found = tabbed(page)
    assert sorted(found) == list(range(count))
    assert not [at for at, (drawn, on_screen) in found.items() if not (drawn and on_screen)]


def test_a_text_is_reached_by_keyboard(window: Watched, database: Path) -> None:
    page = window.open(f"/d/{KL_21}")
    page.locator(".citing a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#here")).to_be_in_viewport()
    page.locator('[data-family="date"]').focus()
    page.keyboard.press("Space")
    expect(page.locator(".text")).to_have_class("text hide-date")
    page.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("details table")).to_be_visible()


def test_the_skip_link_leads_past_the_navigation(window: Watched) -> None:
    page = window.open("/checks")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


def test_boxes_of_relations_are_reached_and_lead_on(window: Watched) -> None:
    page = window.open(f"/d/{TUYEN_QUANG}")
    box = page.locator("svg.chain a")
    expect(box).to_have_count(1)
    expect(box).to_have_accessible_name("được thực hiện bởi: 118-KH/HU")
    page.locator(".scroll").first.focus()
    page.keyboard.press("Tab")
    expect(box).to_be_focused()
    assert float(box.locator("rect").evaluate("box => parseFloat(getComputedStyle(box).strokeWidth)")) >= 2
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("118-KH/HU")


def test_points_of_the_timeline_are_reached_and_open(window: Watched) -> None:
    page = window.open("/timeline?type=ch%E1%BB%89+th%E1%BB%8B")
    point = page.locator(".chart svg a").last
    point.focus()
    expect(point).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/d/d-*")
