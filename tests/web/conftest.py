"""Servers and a browser for the tests; they are skipped where Debian's Chromium is not installed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

from pipeline.run import ingest
from tests.corpus import TEXTS
from tests.web.material import few_texts, hostile
from tests.web.serving import CHROMIUM, Served, browsing, serving

DESKTOP, PHONE = {"width": 1100, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with browsing() as started:
        yield started


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's corpus, ingested."""
    path = tmp_path_factory.mktemp("web") / "corpus.db"
    assert ingest([TEXTS], path, words=False).failed == []
    return path


@pytest.fixture(scope="session")
def served(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The pages over the corpus."""
    with serving(database, tmp_path_factory.mktemp("log") / "err") as server:
        yield server
        assert server.said() == ""


@pytest.fixture(scope="session")
def hostile_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Texts that are made to do harm."""
    return hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def harmed(hostile_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The pages over them."""
    with serving(hostile_database, tmp_path_factory.mktemp("log") / "err", "--edit") as server:
        yield server
        assert server.said() == ""


@dataclass(frozen=True, slots=True)
class Editing:
    """Pages that take corrections: the folder of their texts, the database, the server."""

    texts: Path
    database: Path
    served: Served


@pytest.fixture
def editing(tmp_path: Path) -> Iterator[Editing]:
    """The pages over two texts, with corrections."""
    texts, database = few_texts(tmp_path), tmp_path / "few.db"
    ingest([texts], database, words=False)
    with serving(database, tmp_path / "err", "--edit") as server:
        yield Editing(texts, database, server)
        assert server.said() == ""


@dataclass
class Watched:
    """A page of the browser with all that it complains of: the console, scripts that fail, dialogs, requests to other sites."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Go to an address of the server."""
        self.page.goto(self.base + address)
        return self.page

    def watch(self) -> None:
        """Listen from now on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda asked: None if asked.url.startswith(self.base) else self._elsewhere(asked.url))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 40" not in message.text:
            self.complaints.append(message.text)

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _elsewhere(self, url: str) -> None:
        if not url.startswith(("data:", "blob:")):
            self.complaints.append(f"asked {url}")


def watched(browser: Browser, base: str, **options: object) -> tuple[BrowserContext, Watched]:
    """A context of its own with a page that is watched."""
    context = browser.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = Watched(context.new_page(), base)
    page.watch()
    return context, page


@pytest.fixture
def window(browser: Browser, served: Served) -> Iterator[Watched]:
    """A page on a desk, over the corpus; nothing may be complained of."""
    context, page = watched(browser, served.base)
    with context:
        yield page
    assert (page.complaints, page.dialogs) == ([], [])


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Watched]:
    """A page on a phone, over the corpus."""
    context, page = watched(browser, served.base, viewport=PHONE, has_touch=True)
    with context:
        yield page
    assert (page.complaints, page.dialogs) == ([], [])


@pytest.fixture
def plain(browser: Browser, served: Served) -> Iterator[Watched]:
    """A page in a browser without JavaScript, over the corpus."""
    context, page = watched(browser, served.base, java_script_enabled=False)
    with context:
        yield page
    assert page.complaints == []
