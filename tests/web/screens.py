"""Pictures of every page over the project's corpus, for the documentation: `make screenshots`."""

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from pipeline.run import ingest
from tests.corpus import ROOT, TEXTS
from tests.web.serving import CHROMIUM, browsing, serving

SCREENS = ROOT / "docs" / "screens"
DESKTOP, PHONE = (1100, 900), (360, 740)
"""Width and least height of a picture in pixels."""
TALLEST = 1400
"""Pixels of height at which a picture is cut off."""
LARGEST = 120_000
"""Bytes of a picture."""
COLOURS = (256, 128, 64, 32, 16)
"""Colours of a picture's palette, from the most; fewer are taken where it is too large."""


def _type(page: Page) -> None:
    page.locator("#q").press_sequentially("chi thi 05")
    page.locator("#typed li").first.wait_for()


def _follow(page: Page) -> None:
    page.locator(".citing a").first.click()
    page.locator("#here").wait_for()


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture: the address of its page, what is done there before it is taken, the size of the window, whether all of the page is shown."""

    address: str
    act: Callable[[Page], None] | None = None
    size: tuple[int, int] = DESKTOP
    whole: bool = True


SCREENS_OF = {
    "home": Screen("/"),
    "typing": Screen("/", _type, whole=False),
    "ambiguity": Screen("/lookup?q=16+da+tu"),
    "lines": Screen("/lookup?q=16-DA/TU%0Aket+luan+21%0A99999"),
    "nothing": Screen("/lookup?q=99999"),
    "document": Screen("/d/d-b7f36f7c2f36"),
    "text": Screen("/d/d-b7f36f7c2f36", _follow, whole=False),
    "search": Screen("/search?q=h%E1%BB%93+s%C6%A1+%C4%91%E1%BA%A3ng+vi%C3%AAn"),
    "timeline": Screen("/timeline"),
    "timeline-years": Screen("/timeline?from=2020"),
    "checks": Screen("/checks"),
    "check": Screen("/checks/disputes"),
    "unit": Screen("/units?name=T%E1%BB%89nh+%E1%BB%A7y+Th%C3%A1i+B%C3%ACnh"),
    "list": Screen("/list?d=d-b7f36f7c2f36&d=d-292d7a898ef8&d=d-fc1d540ff93a"),
    "correction": Screen("/correct?id=d-b7f36f7c2f36"),
    "english": Screen("/d/d-292d7a898ef8?lang=en"),
    "missing": Screen("/d/d-0"),
    "phone": Screen("/lookup?q=16+da+tu", size=PHONE),
    "phone-document": Screen("/d/d-b7f36f7c2f36", size=PHONE),
}


def main() -> None:
    """Take every picture, or those that are named."""
    if not CHROMIUM:
        sys.exit("Chromium is not installed: run 'sudo apt-get install chromium'")
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "sohieu.db"
        ingest([TEXTS], database, words=False)
        with serving(database, Path(folder) / "log", "--edit") as served, browsing() as browser:
            for name in sys.argv[1:] or SCREENS_OF:
                (SCREENS / f"{name}.png").write_bytes(take(browser, served.base, SCREENS_OF[name]))


def take(browser: Browser, base: str, screen: Screen) -> bytes:
    """A picture of a page, of at most LARGEST bytes."""
    width, height = screen.size
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.goto(base + screen.address, wait_until="networkidle")
        if screen.act:
            screen.act(page)
        tall = page.evaluate("document.documentElement.scrollHeight") if screen.whole else height
        page.set_viewport_size({"width": width, "height": min(int(tall), TALLEST)})
        return small(page.screenshot())


def small(picture: bytes) -> bytes:
    """A picture with a palette, so that it is small."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        written = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


if __name__ == "__main__":
    main()
