"""The page that `sohieu timeline -o FILE.html` writes, opened from the disk: it draws by itself and says nothing to the console."""

from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser

from pipeline.cli.main import cli
from pipeline.query.database import open_readonly
from pipeline.query.days import bounds
from pipeline.query.timeline import Filter, timeline


def test_the_page_draws_every_event_without_a_network(browser: Browser, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "timeline.html"
    assert CliRunner().invoke(cli, ["timeline", "--db", str(database), "-o", str(target)]).exit_code == 0
    with open_readonly(database) as conn:
        drawn = [event for event in timeline(conn, Filter()).events if bounds(event.date)]
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(target.as_uri())
    page.wait_for_selector("#chart svg")
    assert page.locator("#chart svg path[aria-label*='/'], #chart svg path[aria-label*=',']").count() == len(drawn)
    assert said == []
    context.close()
