"""The timeline: a picture, a table, and files of what the filters leave."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from pipeline.export.chart import chart, svg
from pipeline.query.timeline import Event, Filter
from pipeline.query.timeline import timeline as read_timeline
from pipeline.web.pages.search import day
from pipeline.web.site import Asked, Values
from pipeline.web.wording import words

MOST = 500
"""Documents of the table on the page; files have all."""
NAMES = {"issuer": "issuer", "type": "doc_type", "place": "place", "about": "about"}


def wanted(asked: Asked) -> Filter:
    """The filter that an address states; BadQuestionError if it is wrong."""
    said = {field: asked.one(name)[:200] or None for name, field in NAMES.items()}
    return Filter(**said, since=day(asked, "from"), until=day(asked, "to"))


def timeline(asked: Asked) -> Values:
    """Documents by date of issue, with their picture."""
    filtered = wanted(asked)
    events, undated = read_timeline(asked.conn, filtered)
    asks = {name: asked.one(name) for name in (*NAMES, "from", "to") if asked.one(name)}
    all_years = urlencode({name: said for name, said in asks.items() if name in NAMES})
    return {
        "filter": filtered, "events": events[:MOST], "count": len(events), "undated": undated, "most": MOST,
        "asks": urlencode(asks), "all_years": all_years, "types": types_of(asked), "picture": picture(asked, events),
    }  # fmt: skip


def types_of(asked: Asked) -> list[str]:
    """The types of documents that there are."""
    rows = asked.conn.execute(
        "SELECT doc_type FROM documents WHERE doc_type NOT NULL GROUP BY doc_type ORDER BY count(*) DESC, doc_type"
    )
    return [row[0] for row in rows]


def picture(asked: Asked, events: Sequence[Event]) -> str | None:
    """The picture as SVG; its points lead to documents, its columns to a shorter period. None if there is nothing to draw."""
    say = words(asked.language)
    labels = {name: say(name) for name in ("type", "issued", "count", "others")}
    asks: dict[str, Any] = {name: asked.one(name) for name in NAMES if asked.one(name)}

    def link(to: str) -> str:
        return f"/d/{to}" if to.startswith("d-") else f"/timeline?{urlencode({**asks, **_period(to)})}"

    spec = chart(events, labels, link)
    return svg(spec) if spec else None


def _period(said: str) -> dict[str, str]:
    """The filter of a period: a month, a year, or ten years."""
    if len(said) == len("202"):
        return {"from": f"{said}0", "to": f"{said}9"}
    return {"from": said, "to": said}


def as_file(write: Callable[[Sequence[Event]], str]) -> Callable[[Asked], bytes]:
    """All of the timeline in a format."""
    return lambda asked: write(read_timeline(asked.conn, wanted(asked))[0]).encode()
