"""A timeline as a picture: a Vega-Lite specification, drawn by vl-convert as SVG, which needs no browser and no network."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pipeline.query.days import bounds, is_day
from pipeline.query.timeline import Event

FEW = 120
"""Events up to which each is drawn; more are counted by period."""
ROWS = 10
"""Types of document with a row of their own; the others share one."""
LONGEST = 70
"""Letters of a name that pops up."""
DAYS_BY_MONTH, DAYS_BY_YEAR = 366 * 3, 366 * 80
"""Longest spans, in days, that are counted by month and by year; longer ones by ten years."""
COLOURS = (
    "#8a1c1c",
    "#1c5d8a",
    "#3f7d3a",
    "#a86a00",
    "#5b4a9c",
    "#0f7c7c",
    "#9c3d73",
    "#6b6b2b",
    "#4d4d4d",
    "#b34700",
    "#777777",
)
HERE = "https://sohieu.invalid"
"""What stands before addresses of the pages' own, as Vega takes others for addresses of its own site."""
TICKS = "utcFormat(datum.value, utcdate(datum.value) != 1 ? '%-d/%-m' : utcmonth(datum.value) ? '%-m/%Y' : '%Y')"
"""What stands below the axis: a year, a month with its year, or a day with its month, in figures, which are no language's own."""
WIDE = 860
"""Pixels across."""
Spec = dict[str, Any]
Link = Callable[[str], str]


def chart(events: Sequence[Event], words: dict[str, str], link: Link, width: int = WIDE) -> Spec | None:
    """The picture of events; None if none has a date that can be drawn.

    `words` are the labels `type`, `issued`, `count`, `others`; `link` gives the address of a document's id or of a period.
    """
    drawn = [(event, span) for event in events if (span := bounds(event.issued))]
    if not drawn:
        return None
    names = [name for name, _ in Counter(event.doc_type or words["others"] for event, _ in drawn).most_common(ROWS)]
    rows = [_row(event, span, names, words, link) for event, span in drawn]
    layers = _each(rows, words) if len(rows) <= FEW else _counted(rows, words, link)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": width, "background": "white",
        "config": {"font": "DejaVu Sans, Arial, sans-serif", "axis": {"labelFontSize": 12, "titleFontSize": 12}, "legend": {"labelFontSize": 12}},
        **layers,
    }  # fmt: skip


def _row(event: Event, span: tuple[Any, Any], names: Sequence[str], words: dict[str, str], link: Link) -> Spec:
    kind = event.doc_type or words["others"]
    name = event.symbol or event.title or kind
    said = ", ".join(filter(None, [name, event.issued, event.issuer, event.place]))
    return {
        "first": span[0].isoformat(), "last": span[1].isoformat(), "sure": is_day(event.issued), "href": HERE + link(event.document_id),
        "kind": kind if kind in names else words["others"], "name": said if len(said) <= LONGEST else f"{said[:LONGEST]}…",
    }  # fmt: skip


def _each(rows: Sequence[Spec], words: dict[str, str]) -> Spec:
    """A point for a day, a bar from the first day to the last for what may have been any of them."""
    rows_of_types = {"field": "kind", "type": "nominal", "title": None, "axis": {"labelLimit": 180}}
    shared: Spec = {
        "y": rows_of_types,
        "color": {**_colour(words), "legend": None},
        "href": {"field": "href"},
        "tooltip": {"field": "name"},
        "description": {"field": "name"},
    }
    time: Spec = {
        "type": "temporal",
        "title": words["issued"],
        "scale": {"type": "utc", "nice": False, "padding": 12},
        "axis": {"labelExpr": TICKS},
    }
    return {
        "data": {"values": list(rows)}, "height": {"step": 34},
        "layer": [
            {"transform": [{"filter": "!datum.sure"}], "mark": {"type": "bar", "height": 8, "opacity": 0.35, "cornerRadius": 4},
             "encoding": {**shared, "x": {"field": "first", **time}, "x2": {"field": "last"}}},
            {"transform": [{"filter": "datum.sure"}], "mark": {"type": "point", "filled": True, "size": 70, "opacity": 0.8},
             "encoding": {**shared, "x": {"field": "first", **time}}},
        ],
    }  # fmt: skip


def _counted(rows: Sequence[Spec], words: dict[str, str], link: Link) -> Spec:
    """Columns of how many there are in each period; one that may lie in two counts in its first."""
    first, last = (date.fromisoformat(pick(row["first"] for row in rows)) for pick in (min, max))
    span = (last - first).days
    size = len("2020-01") if span <= DAYS_BY_MONTH else len("2020") if span <= DAYS_BY_YEAR else len("202")
    counts = Counter((row["first"][:size], row["kind"]) for row in rows)
    values = [
        {"period": _named(period), "kind": kind, "count": count, "href": HERE + link(period), "name": f"{_named(period)}, {kind}: {count}"}
        for (period, kind), count in sorted(counts.items())
    ]  # fmt: skip
    periods = [_named(period) for period in _periods(first, last, size)]
    step = max(6, min(40, WIDE // len(periods)))
    return {
        "data": {"values": values}, "height": 260, "width": {"step": step}, "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "period", "type": "ordinal", "title": words["issued"], "scale": {"domain": periods},
                "axis": {"labelOverlap": True, "labelAngle": -45},
            },
            "y": {"field": "count", "type": "quantitative", "title": words["count"]},
            "color": _colour(words),
            "href": {"field": "href"}, "tooltip": {"field": "name"}, "description": {"field": "name"},
        },
    }  # fmt: skip


def _periods(first: date, last: date, size: int) -> list[str]:
    """All months, years or tens of years from one day to another, also those without a document."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return list(dict.fromkeys(f"{month // 12:04}-{month % 12 + 1:02}"[:size] for month in months))


def _named(period: str) -> str:
    return f"{period}0-{period}9" if len(period) == len("202") else period


def _colour(words: dict[str, str]) -> Spec:
    return {"field": "kind", "type": "nominal", "title": words["type"], "scale": {"range": list(COLOURS)}}


def svg(spec: Spec) -> str:
    """The picture as SVG."""
    import vl_convert  # noqa: PLC0415  (it loads 90 MB)

    drawn = str(vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]))
    return drawn.replace(f'xlink:href="{HERE}/', 'href="/')
