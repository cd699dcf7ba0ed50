"""The addresses of the pages, and the plugin of Datasette that serves them."""

import re
from collections.abc import Callable, Coroutine
from functools import cache, partial
from importlib.resources import files
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment

from pipeline.export.files import BESIDE
from pipeline.export.timeline import FORMATS, PLACELESS
from pipeline.version import VERSION
from pipeline.web.filters import FILTERS
from pipeline.web.pages import checks, document, home, lookup, saved, search, text, timeline, unit
from pipeline.web.pages.correct import correct
from pipeline.web.site import HEADERS, TAKES, YEAR, App, View, data, download, failed, guard, in_words, page

ID = r"(?P<id>{}-[0-9a-f]{{1,16}})"
D, T, U = (ID.format(letter) for letter in "dtu")
STATIC = {
    f"{name}.{suffix}": f"text/{kind}; charset=utf-8"
    for name in ("sohieu", "tables")
    for suffix, kind in (("css", "css"), ("js", "javascript"))
}
"""Files of the pages' own, and those that mend Datasette's."""


def shortened(view: View) -> View:
    """A view of a list; one that is asked for without a document is sent to the address of what is left."""

    async def short(datasette: Datasette, request: Request) -> Response:
        if "without" not in request.args:
            return await view(datasette, request)
        gone = request.args.getlist("without")
        return Response.redirect(saved.address([each for each in request.args.getlist("d") if each not in gone]))

    return short


async def static(request: Request) -> Response:
    """A file of the pages' own."""
    name = request.url_vars["name"]
    headers = {**HEADERS, "Cache-Control": f"max-age={YEAR}, immutable"}
    return Response(_file(name), headers=headers, content_type=STATIC[name])


@cache
def _file(name: str) -> str:
    return (files("pipeline.web") / "static" / name).read_text("utf-8")


ROUTES: list[tuple[str, Any]] = [
    (r"^/$", page("home.html", home.home)),
    (r"^/lookup$", page("lookup.html", lookup.lookup)),
    (r"^/lookup\.json$", data(lookup.as_data)),
    (r"^/typed$", page("answers.html", lookup.typed)),
    (r"^/search$", page("search.html", search.search)),
    (rf"^/d/{D}$", page("document.html", document.document)),
    (rf"^/d/{D}\.(?P<format>txt|bib|ris)$", download(saved.cited)),
    (rf"^/t/{T}$", page("text.html", text.text)),
    (rf"^/t/{T}/file$", download(text.file)),
    (rf"^/u/{U}$", page("unit.html", unit.unit)),
    (r"^/units$", page("units.html", unit.units)),
    (r"^/list$", shortened(page("list.html", saved.saved))),
    (r"^/list\.(?P<format>txt|bib|ris)$", download(saved.cited)),
    (r"^/timeline$", page("timeline.html", timeline.timeline)),
    (rf"^/timeline\.(?P<format>{'|'.join(FORMATS)})$", download(timeline.file)),
    (rf"^/timeline\.(?P<format>{'|'.join(PLACELESS)}){re.escape(BESIDE)}$", download(timeline.source)),
    (r"^/checks$", page("checks.html", checks.checks)),
    (r"^/checks/(?P<name>[a-z-]{1,40})$", page("check.html", checks.one_check)),
    (rf"^{TAKES}$", in_words(correct)),
    (rf"^/-/sohieu/(?P<name>{'|'.join(STATIC)})$".replace(".", r"\."), static),
]


class Plugin:
    """What Datasette asks a plugin for."""

    __name__ = "sohieu"

    @hookimpl  # type: ignore[untyped-decorator]
    def prepare_jinja2_environment(self, env: Environment) -> None:
        """What the templates do with values."""
        env.filters.update(FILTERS)

    @hookimpl  # type: ignore[untyped-decorator]
    def extra_css_urls(self) -> list[str]:
        """What Datasette's own pages look like beside their own."""
        return [f"/-/sohieu/tables.css?{VERSION}"]

    @hookimpl  # type: ignore[untyped-decorator]
    def extra_js_urls(self) -> list[dict[str, object]]:
        """What Datasette's own pages lack for screen readers."""
        return [{"url": f"/-/sohieu/tables.js?{VERSION}", "module": True}]

    @hookimpl  # type: ignore[untyped-decorator]
    def asgi_wrapper(self, datasette: Datasette) -> Callable[[App], App]:
        """What stands before everything that is asked."""
        return partial(guard, datasette)

    @hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
    def handle_exception(
        self, datasette: Datasette, request: Request, exception: Exception
    ) -> Callable[[], Coroutine[Any, Any, Response]]:
        """A page that says what went wrong."""
        return partial(failed, datasette, request, exception)

    @hookimpl  # type: ignore[untyped-decorator]
    def register_routes(self, datasette: Datasette) -> list[tuple[str, Any]]:
        """The pages' own addresses, before those of the tables."""
        return ROUTES
