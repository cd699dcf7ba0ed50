"""Fills templates: language, headers, pages that are not there, a database that cannot be asked."""

import asyncio
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from datasette.app import Datasette
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request, Response

from pipeline.query.database import QueryError
from pipeline.version import VERSION
from pipeline.web.wording import LANGUAGES, words

DATABASE = "data"
"""The name of the database in addresses of its tables."""
SECONDS = 20
"""Time after which a question is given up."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
YEAR = 31_536_000
NOT_FOUND, NO_METHOD, SERVER_ERROR = 404, 405, 500
_TAG = re.compile(r"<[^<>]*>")
METHODS = ("GET", "HEAD")
OWN, OPEN = "/-/", ("/-/sohieu/", "/-/static/")
"""Where Datasette tells of itself, of which only files are handed out."""
TAKES = "/correct"
"""The one address that takes what is sent to it."""
Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Coroutine[Any, Any, None]]
Values = Mapping[str, object]
View = Callable[[Datasette, Request], Coroutine[Any, Any, Response]]


class NotFoundError(Exception):
    """There is nothing at an address; the message is the name of a sentence of the wording."""


class BadQuestionError(Exception):
    """What an address asks cannot be; the message is the name of a sentence, `value` what was typed."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name)
        self.value = value


TROUBLES = (NotFoundError, BadQuestionError, QueryError, sqlite3.Error, OSError)
"""What a page says in words; time that runs out is an OSError too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked: the connection, parts of the address, what stands behind its question mark."""

    conn: sqlite3.Connection
    parts: Mapping[str, str]
    args: Mapping[str, list[str]]
    options: "Options"
    language: str

    def one(self, name: str) -> str:
        """The first value of a name, without spaces around it; "" if there is none."""
        return (self.args.get(name) or [""])[0].strip()

    def number(self, name: str, most: int) -> int:
        """A number from 1 to `most`; 1 if it is none."""
        value = self.one(name)
        return (
            min(max(int(value), 1), most)
            if value.isascii() and value.isdigit() and len(value) < len("1000000000")
            else 1
        )


@dataclass(frozen=True, slots=True)
class Options:
    """How the pages are served: their first language, and what corrects, if they may."""

    language: str = "vi"
    edit: "Edit | None" = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of corrections: how many hold, and sentences for those that do not."""

    applied: int
    wrong: tuple[str, ...]


Ask = Callable[[Asked], Values]
Edit = Callable[[list[dict[str, str]]], Edited]
"""What takes corrections, with the columns of a table of corrections."""


def page(template: str, ask: Ask) -> View:
    """A page that fills a template with what `ask` finds."""

    async def view(datasette: Datasette, request: Request) -> Response:
        values = await asked(datasette, request, ask)
        return await render(datasette, request, template, values)

    return in_words(view)


def in_words(view: View) -> View:
    """A view; where there is nothing, where the question is wrong or the database cannot be asked, a page that says so."""

    async def careful(datasette: Datasette, request: Request) -> Response:
        try:
            return await view(datasette, request)
        except TROUBLES as error:
            why, value, status = what_to_say(error)
            return await render(datasette, request, "error.html", {"why": why, "value": value}, status)

    return careful


def what_to_say(error: Exception) -> tuple[str, str, int]:
    """Of one of the TROUBLES: the name of its sentence, what was typed, and the status of the answer."""
    if isinstance(error, BadQuestionError):
        return str(error), error.value[:200], 400
    if isinstance(error, NotFoundError | QueryError):
        return str(error) if isinstance(error, NotFoundError) else "not_found", "", NOT_FOUND
    return "no_database", "", 503


def data(ask: Callable[[Asked], object]) -> View:
    """What `ask` finds, as JSON; what went wrong under "error"."""

    async def view(datasette: Datasette, request: Request) -> Response:
        try:
            return as_json(await asked(datasette, request, ask))
        except TROUBLES as error:
            why, _, status = what_to_say(error)
            return as_json({"ok": False, "error": why}, status)

    return view


def as_json(found: object, status: int = 200) -> Response:
    """An answer in JSON."""
    return Response(
        json.dumps(found, ensure_ascii=False), status, dict(HEADERS), content_type="application/json; charset=utf-8"
    )


def download(ask: Callable[[Asked], tuple[bytes, str, str]]) -> View:
    """A file: its content, its type and its name."""

    async def view(datasette: Datasette, request: Request) -> Response:
        content, kind, name = await asked(datasette, request, ask)
        shown = f"attachment; filename*=UTF-8''{quote(name)}"
        return Response(content, headers={**HEADERS, "Content-Disposition": shown}, content_type=kind)

    return in_words(view)


async def asked(datasette: Datasette, request: Request, ask: Callable[[Asked], Any]) -> Any:
    """What `ask` finds, in a thread of the database, within SECONDS."""

    def within(conn: sqlite3.Connection) -> Any:
        with sqlite_timelimit(conn, SECONDS * 1000):
            args = {name: request.args.getlist(name) for name in request.args}
            return ask(Asked(conn, request.url_vars, args, options(datasette), language_of(datasette, request)))

    return await asyncio.wait_for(datasette.get_database(DATABASE).execute_fn(within), SECONDS * 2)


def guard(datasette: Datasette, app: App) -> App:
    """The program, asked only what it answers.

    Other methods than these, and what tells of the program and its files, are refused in words; a cookie of no letters is left out.
    """

    async def guarded(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope = {**scope, "headers": [each for each in scope["headers"] if _readable(*each)]}
        reads = scope["method"] in METHODS
        if not (reads or (scope["method"] == "POST" and scope["path"] == TAKES)):
            await send_refusal(scope, receive, send, "no_method", NO_METHOD)
        elif scope["path"].startswith(OWN) and not scope["path"].startswith(OPEN):
            await send_refusal(scope, receive, send, "not_found", NOT_FOUND)
        else:
            await app(scope, receive, send)

    async def send_refusal(scope: Scope, receive: Any, send: Any, why: str, status: int) -> None:
        await datasette.invoke_startup()
        refused = Request({**scope, "csrftoken": str}, receive)  # which its templates ask for; there is none
        response = await render(datasette, refused, "error.html", {"why": why}, status)
        if status == NO_METHOD:
            response.headers["Allow"] = ", ".join(METHODS)
        await response.asgi_send(send)

    return guarded


def _readable(name: bytes, value: bytes) -> bool:
    return name != b"cookie" or value.decode("utf-8", "ignore").encode() == value


async def failed(datasette: Datasette, request: Request, error: Exception) -> Response:
    """What is answered where something went wrong in a table's page or in the program, in words; the reason goes to the log."""
    status = 503 if isinstance(error, (sqlite3.Error, OSError)) else int(getattr(error, "status", 500))
    if status >= SERVER_ERROR:
        print(f"{request.path[:200]!r} failed: {type(error).__name__}: {str(error)[:300]!r}", file=sys.stderr)  # noqa: T201
    why = "not_found" if status == NOT_FOUND else "no_database" if status >= SERVER_ERROR else "bad_question"
    if request.path.endswith(".json"):
        return as_json({"ok": False, "error": why}, status)
    said = _TAG.sub(" ", str(error)[:2000])[:200]
    values = {"why": why, "value": said if why == "bad_question" else ""}
    return await render(datasette, request, "error.html", values, status)


def options(datasette: Datasette) -> Options:
    """How these pages are served."""
    found = datasette._sohieu
    assert isinstance(found, Options)
    return found


def language_of(datasette: Datasette, request: Request) -> str:
    """The language that an address asks for, or that was asked for before, or the first."""
    wanted = (request.args.get("lang"), request.cookies.get("lang"), options(datasette).language)
    return next(language for language in wanted if language in LANGUAGES)


async def render(datasette: Datasette, request: Request, template: str, values: Values, status: int = 200) -> Response:
    """A template filled with values, in the reader's language."""
    language = language_of(datasette, request)
    kept = [
        (name, said) for name in request.args if name not in ("lang", "page") for said in request.args.getlist(name)
    ]
    asks = urlencode(kept)
    context = {
        "asked": "", **values, "t": words(language), "language": language, "other": next(each for each in LANGUAGES if each != language),
        "version": VERSION, "other_query": asks, "here": request.path, "page_query": f"{asks}&" if kept else "",
        "may_edit": options(datasette).edit is not None,
    }  # fmt: skip
    body = await datasette.render_template(f"sohieu/{template}", context, request=request)
    response = Response.html(body, status, headers=dict(HEADERS))
    if request.args.get("lang") in LANGUAGES:
        response.set_cookie("lang", language, max_age=YEAR)
    return response
