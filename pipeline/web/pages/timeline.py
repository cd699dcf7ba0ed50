"""The timeline: a picture, a table, and files of what the filters leave."""

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from pipeline.export.chart import Shape, chart, svg
from pipeline.export.labels import LABELS, Language
from pipeline.export.periods import BYS, first_and_last
from pipeline.export.provenance import provenance
from pipeline.export.timeline import FORMATS, Format, Look, written
from pipeline.query.timeline import LANES, Event, Filter, Lane
from pipeline.query.timeline import timeline as read_timeline
from pipeline.web.pages.search import day
from pipeline.web.site import Asked, Values
from pipeline.web.wording import Words, words

SYSTEMS = ("party", "state", "mass")
KINDS: dict[Format, tuple[str, str]] = {
    "csv": ("text/csv; charset=utf-8", "csv"), "json": ("application/json; charset=utf-8", "json"), "ndjson": ("application/x-ndjson", "ndjson"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "ics": ("text/calendar; charset=utf-8", "ics"), "timelinejs": ("application/json; charset=utf-8", "json"),
    "html": ("text/html; charset=utf-8", "html"), "svg": ("image/svg+xml", "svg"), "png": ("image/png", "png"),
}  # fmt: skip
"""The type of each format's content, and the suffix of its files."""
MARKS = {"bar": "mark_bar", "point": "mark_point", "rect mark": "mark_cell"}
"""Names of marks in the wording, by those that Vega gives them."""
MOST = 200
"""Documents of the table on the page; files have all."""
NAMES = ("issuer", "type", "place", "merged", "system", "about", "cited", "lanes", "by", "shape")
"""What an address may state, the period aside."""


def wanted(asked: Asked) -> Filter:
    """The filter that an address states; BadQuestionError if it is wrong."""
    return Filter(
        issuers=tuple(name.strip()[:200] for name in asked.args.get("issuer", []) if name.strip()),
        doc_type=asked.one("type")[:200] or None,
        place=asked.one("place")[:200] or None,
        since=day(asked, "from"),
        until=day(asked, "to"),
        about=asked.one("about")[:200] or None,
        system=asked.one("system") if asked.one("system") in SYSTEMS else None,
        least=asked.number("cited", 10**6) if asked.one("cited") else 0,
        merged=bool(asked.one("merged")),
    )


def lanes_of(asked: Asked) -> tuple[Lane, ...]:
    """The lanes that an address names; what was issued if it names none."""
    return tuple(lane for lane in LANES if lane in asked.args.get("lanes", [])) or ("issued",)


def timeline(asked: Asked) -> Values:
    """Documents by date of issue, with their picture."""
    filtered, lanes = wanted(asked), lanes_of(asked)
    found = read_timeline(asked.conn, filtered, lanes)
    asks = [(name, said) for name in (*NAMES, "from", "to") for said in asked.args.get(name, []) if said]
    return {
        "filter": filtered, "events": found.events[:MOST], "count": len(found.events), "undated": len(found.undated), "most": MOST,
        "asks": urlencode(asks), "all_years": urlencode([(name, said) for name, said in asks if name in NAMES]), "types": types_of(asked),
        "picture": picture(asked, found.events, filtered), "lanes": LANES, "shown": lanes, "bys": BYS, "by": asked.one("by"),
        "shape": asked.one("shape"), "formats": FORMATS, "say": LABELS[language(asked)],
    }  # fmt: skip


def types_of(asked: Asked) -> list[str]:
    """The types of documents that there are."""
    rows = asked.conn.execute(
        "SELECT doc_type FROM documents WHERE doc_type NOT NULL GROUP BY doc_type ORDER BY count(*) DESC, doc_type"
    )
    return [row[0] for row in rows]


def look(asked: Asked, filtered: Filter) -> Look:
    """How the picture is drawn."""
    by = next((each for each in BYS if each == asked.one("by")), None)
    shape: Shape | None = "heat" if asked.one("shape") == "heat" else None
    return Look(language(asked), by, shape, filtered.issuers)


def language(asked: Asked) -> Language:
    """The language of labels."""
    return "en" if asked.language == "en" else "vi"


def picture(asked: Asked, events: Sequence[Event], filtered: Filter) -> str | None:
    """The picture as SVG; its points lead to documents, its columns to a shorter period. None if there is nothing to draw."""
    asks = [(name, said) for name in NAMES if name not in ("by",) for said in asked.args.get(name, []) if said]

    def link(to: str) -> str:
        return f"/d/{to}" if to.startswith("d-") else f"/timeline?{urlencode([*asks, *span_of(to)])}"

    how = look(asked, filtered)
    spec = chart(events, how.language, link, how.by, how.shape, how.issuers)
    if spec is None:
        return None
    for part in ("axis", "legend"):  # of which Vega tells in English
        spec["config"][part] = {**spec["config"].get(part, {}), "aria": False}
    return _spoken(svg(spec), words(asked.language))


def _spoken(picture: str, t: Words) -> str:
    """A picture whose marks have names in the reader's language where Vega gives English ones."""

    def named(found: re.Match[str]) -> str:
        return f'aria-roledescription="{t(MARKS.get(found[1], "mark_group"))}"'

    titled = re.sub('aria-label="Title text \'([^"]*)\'"', r'aria-label="\1"', picture)
    return re.sub('aria-roledescription="([^"]*)"', named, titled)


def span_of(period: str) -> list[tuple[str, str]]:
    """The filter of a period of a picture: its first and its last day, month or year.

    >>> span_of("202"), span_of("2021-Q2"), span_of("XII")
    ([('from', '2020'), ('to', '2029')], [('from', '2021-04'), ('to', '2021-06')], [('from', '2016-01-20'), ('to', '2021-01-24')])
    """
    first, last = first_and_last(period)
    return [(name, said) for name, said in (("from", first), ("to", last)) if said]


def file(asked: Asked) -> tuple[bytes, str, str]:
    """All of the timeline in the format that the address names."""
    form: Format = asked.parts["format"]  # type: ignore[assignment]
    filtered = wanted(asked)
    found = read_timeline(asked.conn, filtered, lanes_of(asked))
    come = provenance(asked.conn, filtered.told(), {"events": len(found.events), "undated": len(found.undated)})
    kind, suffix = KINDS[form]
    return written(found, form, come, look(asked, filtered)), kind, f"timeline.{suffix}"
