"""Corrections entered in a form: what a person sets right, with the words it is about; only where editing is allowed."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.query.show import show_document, show_text
from pipeline.web.site import Asked, BadQuestionError, Options, asked, options, render

AROUND = 30
"""Characters on each side of a quote by which it is found among others like it."""
FIELDS = {
    "reference": ("doc_type", "number", "symbol", "issued", "issuer", "title"),
    "date": ("edtf",),
    "unit": ("name", "unit_type", "level", "place"),
    "figure": ("value", "of", "max", "unit", "comparator"),
    "document": ("doc_type", "issuer", "place", "issued", "title"),
}
"""Fields that may be set, by family."""
FAMILIES = {"reference": "references", "date": "dates", "unit": "units", "figure": "figures", "document": "documents"}
OF_TEXTS = ("reference", "date", "unit", "figure")
"""Families of marks, one of which may be added."""
SENT = ("id", "family", "action", "quote", "context", "field", "value", "note")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names of this machine; another site's page cannot give its own name to it."""
COOKIE = "sohieu_token"
EIGHT_HOURS = 28_800


async def correct(datasette: Datasette, request: Request) -> Response:
    """The form, and what became of what was sent with it."""
    allowed = options(datasette)
    if refused := _refused(allowed, request):
        return await render(datasette, request, "error.html", {"why": refused}, 403)
    sent = await _sent(request) if request.method == "POST" else {}
    if allowed.token and "token" in sent and secrets.compare_digest(_digest(sent["token"]), _digest(allowed.token)):
        response = Response.redirect(request.full_path)
        response.set_cookie(COOKIE, _digest(allowed.token), max_age=EIGHT_HOURS, httponly=True, samesite="strict")
        return response
    if allowed.token and not secrets.compare_digest(request.cookies.get(COOKIE, ""), _digest(allowed.token)):
        return await render(datasette, request, "token.html", {"wrong": "token" in sent}, 403)
    values = await asked(datasette, request, about)
    done = None
    if sent and allowed.edit:
        done = await asyncio.to_thread(allowed.edit, [row_of(sent)])
    return await render(
        datasette, request, "correct.html", {**values, "done": done}, 400 if done and done.wrong else 200
    )


def _refused(allowed: Options, request: Request) -> str | None:
    """Why nothing is corrected: not allowed; asked by another name than this machine's; sent by another site's page."""
    if allowed.edit is None:
        return "no_edit"
    if not allowed.token and _parts(f"//{request.host}").hostname not in LOOPBACK:
        return "no_host"
    origin = _parts(request.headers.get("origin") or "").netloc
    return "no_host" if request.method == "POST" and origin != request.host else None


def _parts(address: str) -> SplitResult:
    """An address in parts; nothing of one that is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


async def _sent(request: Request) -> dict[str, str]:
    try:
        return dict(await request.post_vars())
    except ValueError as error:
        raise BadQuestionError("bad_question", "") from error


def row_of(sent: Mapping[str, str]) -> dict[str, str]:
    """What was sent, as a row of a table of corrections, which has the fields of a mark that is added as JSON.

    >>> row_of({"action": "add", "field": "doc_type", "value": "quy chế"})["value"]
    '{"doc_type": "quy chế"}'
    """
    row = {name: sent.get(name, "") for name in SENT}
    if row["action"] == "add" and row["field"]:
        least = {"unit_type": "other", "name": row["quote"]} if row["family"] == "units" else {}
        row |= {"field": "", "value": json.dumps({**least, row["field"]: row["value"] or None}, ensure_ascii=False)}
    return row


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _actions(family: str) -> tuple[str, ...]:
    return ("set", "link", "drop", "undo") if family == "reference" else ("set", "drop", "undo")


def about(asked: Asked) -> dict[str, object]:
    """What a correction is about: a mention of a text by where it begins, or a document."""
    identity = asked.one("id")
    if identity.startswith("d-"):
        row = show_document(asked.conn, identity, 0).document
        return {
            "id": identity,
            "family": "document",
            "fields": FIELDS["document"],
            "families": FAMILIES,
            "quote": "",
            "context": "",
            "row": row,
            "now": {field: getattr(row, field) for field in FIELDS["document"]},
            "actions": ("set", "undo"),
        }
    page = show_text(asked.conn, identity)
    at = asked.one("start")
    family = asked.one("family") if asked.one("family") in OF_TEXTS else "reference"
    mark = next((mark for mark in page.marks if str(mark.start) == at and mark.family == family), None)
    quote = page.text[mark.start : mark.end] if mark else asked.one("quote")[:500]
    context = page.text[max(0, mark.start - AROUND) : mark.end + AROUND] if mark else ""
    return {
        "id": identity, "family": family, "fields": FIELDS[family], "others": () if mark else OF_TEXTS,
        "families": FAMILIES, "quote": quote, "context": context, "row": None, "now": {}, "called": page.title or page.path,
        "actions": _actions(family) if mark else ("add",),
    }  # fmt: skip
