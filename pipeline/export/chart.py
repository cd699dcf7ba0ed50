"""A timeline as a picture: a Vega-Lite specification, drawn by vl-convert, which needs no browser and no network."""

import json
import re
import struct
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal
from xml.sax.saxutils import escape

from extractors.keys import strip_marks
from pipeline.export.labels import LABELS, Language, shortened
from pipeline.export.letters import clean
from pipeline.export.periods import By, named, period_of, periods, suited
from pipeline.export.provenance import Provenance
from pipeline.query.days import Bounds, bounds, is_day
from pipeline.query.timeline import LANES, Event

Shape = Literal["points", "bars", "heat"]
FEW = 150
"""Events up to which each is drawn; more are counted by period."""
ROWS, ISSUERS = 10, 24
"""Types, and issuers of a heat map, with a row of their own; the others share one."""
LONGEST, LABEL = 90, 240
"""Letters of what pops up; pixels of a row's label."""
ALONE, NAME = 25, 40
"""Events up to which each has a row with its name, and the letters of that."""
FONT = "DejaVu Sans, Noto Sans, Arial, sans-serif"
"""Those that have all letters of Vietnamese first; the last, where none is installed, is a Liberation Sans that vl-convert brings, which has them."""
HERE = "https://sohieu.invalid"
"""What stands before addresses of the pages' own, as Vega takes others for addresses of its own site."""
MANY = 14
"""Periods from which labels that overlap are left out."""
MOST_PERIODS = 400
"""Periods that are told apart in a picture: 100 years by quarter."""
COARSER: tuple[By, ...] = ("month", "quarter", "year", "decade")
"""Periods that a picture counts by instead of shorter ones."""
WIDE = 860
"""Pixels across."""
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
TICKS = "utcFormat(datum.value, utcdate(datum.value) != 1 ? '%-d/%-m' : utcmonth(datum.value) ? '%-m/%Y' : '%Y')"
"""What stands below the axis: a year, a month with its year, or a day with its month, in figures, which are no language's own."""
_WIDE = re.compile("[\U00010000-\U0010ffff]")
Link = Callable[[str], str]
Spec = dict[str, Any]
Said = dict[str, str]
NAMED: Spec = {"tooltip": {"field": "name"}, "description": {"field": "name"}}


def chart(
    events: Sequence[Event], language: Language, link: Link | None = None, by: By | None = None, shape: Shape | None = None,
    issuers: Sequence[str] = (), undated: int = 0,
) -> Spec | None:  # fmt: skip
    """The picture of events; None if none has a date that can be drawn.

    Points for a few, columns of how many there are `by` period for more, or a heat map of issuers. Two or more `issuers` have rows of
    their own. `link` gives the address of a document's id or of a period; how many are `undated` is said below the title.
    """
    say = LABELS[language]
    drawn = [(event, span) for event in events if (span := bounds(event.date))]
    if not drawn:
        return None
    rows = _rows(drawn, say, link, issuers)
    shape = shape or ("points" if len(rows) <= FEW and by is None else "bars")
    by = by or suited(min(row["first"] for row in rows), max(row["first"] for row in rows))
    counted, astride = _by_period(rows, by) if shape != "points" else (rows, 0)
    layers = _points(rows, say) if shape == "points" else _counted(counted or rows, say, link, by, shape)
    notes = [f"{say[name]}: {count}" for name, count in (("undated", undated), ("astride", astride)) if count]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json", "background": "white", "title": {"text": say["timeline"], "subtitle": "; ".join(notes)},
        "config": {
            "font": FONT, "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": LABEL},
            "legend": {"labelFontSize": 12, "labelLimit": LABEL}, "title": {"fontSize": 14, "subtitleFontSize": 12, "subtitlePadding": 4},
        },
        **layers,
    }  # fmt: skip


def _rows(drawn: Sequence[tuple[Event, Bounds]], say: Said, link: Link | None, issuers: Sequence[str]) -> list[Spec]:
    kinds = [_written(event.doc_type, say["others"]) for event, _ in drawn]
    types = [name for name, _ in Counter(kinds).most_common(ROWS)]
    several = len({event.event for event, _ in drawn}) > 1
    rows = []
    for (event, span), found in zip(drawn, kinds, strict=True):
        kind = found if found in types else say["others"]
        alone = _written(shortened(event.name, NAME), event.document_id) if len(drawn) <= ALONE else kind
        group = _issuer(event, issuers, say) if len(issuers) > 1 else say[event.event] if several else alone
        said = ", ".join(
            filter(None, [event.name, say[event.event] if several else "", event.date, event.issuer, event.place])
        )
        row: Spec = {
            "first": span[0].isoformat(), "last": span[1].isoformat(), "sure": is_day(event.date), "kind": kind, "group": group,
            "issuer": _written(event.issuer, say["unknown"]), "name": _written(said, event.document_id),
        }  # fmt: skip
        rows.append({**row, "href": HERE + link(event.document_id)} if link else row)
    return rows


def _written(said: str | None, otherwise: str) -> str:
    """Words as a picture has them: on one line, not too long, without characters over which vl-convert falls.

    These are what XML does not allow, and those of two halves, which Vega may cut in two.
    """
    return _WIDE.sub("\ufffd", clean(shortened(said or "", LONGEST))) or otherwise


def _issuer(event: Event, issuers: Sequence[str], say: Said) -> str:
    words = strip_marks(event.issuer or "").split()
    return next(
        (each for each in issuers if all(word in words for word in strip_marks(each).split())), say["other_issuers"]
    )


def _points(rows: Sequence[Spec], say: Said) -> Spec:
    """A point for a day, a bar from the first day to the last for what may have been any of them."""
    shared: Spec = {
        "y": {"field": "group", "type": "nominal", "title": None, "sort": _in_order(rows, say)},
        "color": _colour(say) if any(row["group"] != row["kind"] for row in rows) else {**_colour(say), "legend": None},
        **NAMED, **({"href": {"field": "href"}} if "href" in rows[0] else {}),
    }  # fmt: skip
    time: Spec = {
        "type": "temporal", "title": say["date"], "scale": {"type": "utc", "nice": False, "padding": 12},
        "axis": {"labelExpr": TICKS, "labelOverlap": True, "labelSeparation": 10},
    }  # fmt: skip
    return {
        "width": WIDE, "height": {"step": 34}, "data": {"values": list(rows)},
        "layer": [
            {"transform": [{"filter": "!datum.sure"}], "mark": {"type": "bar", "height": 8, "opacity": 0.35, "cornerRadius": 4},
             "encoding": {**shared, "x": {"field": "first", **time}, "x2": {"field": "last"}}},
            {"transform": [{"filter": "datum.sure"}], "mark": {"type": "point", "filled": True, "size": 70, "opacity": 0.8},
             "encoding": {**shared, "x": {"field": "first", **time}}},
        ],
    }  # fmt: skip


def _in_order(rows: Sequence[Spec], say: Said) -> list[str]:
    """Rows of a picture: what happened in its order, all else the most frequent first."""
    names = [name for name, _ in Counter(row["group"] for row in rows).most_common()]
    lanes = [say[lane] for lane in LANES]
    last = (say["others"], say["other_issuers"])
    return sorted(names, key=lambda name: (name in last, lanes.index(name) if name in lanes else -1))


def _by_period(rows: Sequence[Spec], by: By) -> tuple[list[Spec], int]:
    """What lies in one period, whatever its day, and how many may lie in several: these are told, not counted in the first."""
    by, _ = _legible(rows, by)
    placed = [row for row in rows if period_of(row["first"], by) == period_of(row["last"], by)]
    return placed, len(rows) - len(placed)


def _counted(rows: Sequence[Spec], say: Said, link: Link | None, by: By, shape: Shape) -> Spec:
    """How many there are in each period."""
    heat = shape == "heat"
    field = "issuer" if heat else "group"
    known = [name for name, _ in Counter(row[field] for row in rows).most_common(ISSUERS)]
    by, shown = _legible(rows, by)
    counts = Counter(
        (period_of(row["first"], by), row[field] if row[field] in known else say["other_issuers"]) for row in rows
    )
    values = [_cell(period, name, count, say, link) for (period, name), count in sorted(counts.items())]
    if len(shown) > MOST_PERIODS:
        shown = sorted({period for period, _ in counts})
    step = max(6, min(80, WIDE // len(shown)))
    x = {
        "field": "period", "type": "ordinal", "title": say["date"], "scale": {"domain": [named(period, say) for period in shown]},
        "axis": {"labelOverlap": len(shown) > MANY, "labelAngle": -45},
    }  # fmt: skip
    shared: Spec = {"x": x, **NAMED, **({"href": {"field": "href"}} if link else {})}
    count: Spec = {
        "field": "count",
        "type": "quantitative",
        "title": say["count"],
        "axis": {"tickMinStep": 1, "format": "d"},
    }
    base: Spec = {"data": {"values": values}, "width": {"step": step}}
    if heat:
        rows_of_issuers = {"field": "name_of_row", "type": "nominal", "title": None, "sort": known}
        colour = {
            "field": "count",
            "type": "quantitative",
            "title": say["count"],
            "scale": {"scheme": "reds", "domainMin": 0},
        }
        return {
            **base,
            "height": {"step": 22},
            "mark": {"type": "rect"},
            "encoding": {**shared, "y": rows_of_issuers, "color": colour},
        }
    colour = {**_colour(say), "field": "name_of_row", "title": "", "sort": _in_order(rows, say)}
    return {**base, "height": 260, "mark": {"type": "bar"}, "encoding": {**shared, "y": count, "color": colour}}


def _legible(rows: Sequence[Spec], by: By) -> tuple[By, list[str]]:
    """The periods of all rows, longer ones if there would be too many to be told apart."""
    first, last = min(row["first"] for row in rows), max(row["first"] for row in rows)
    for longer in COARSER[COARSER.index(by) :] if by in COARSER else ():
        if len(shown := periods(first, last, longer)) <= MOST_PERIODS:
            return longer, shown
    return by if by == "term" else COARSER[-1], periods(first, last, by if by == "term" else COARSER[-1])


def _cell(period: str, name: str, count: int, say: Said, link: Link | None) -> Spec:
    said = named(period, say)
    cell: Spec = {"period": said, "name_of_row": name, "count": count, "name": f"{said}, {name}: {count}"}
    return {**cell, "href": HERE + link(period)} if link else cell


def _colour(say: Said) -> Spec:
    return {"field": "kind", "type": "nominal", "title": say["type"], "scale": {"range": list(COLOURS)}}


def svg(spec: Spec) -> str:
    """The picture as SVG."""
    import vl_convert  # noqa: PLC0415  (it loads 90 MB)

    drawn = str(vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]))
    return drawn.replace(f'xlink:href="{HERE}/', 'href="/')


def as_svg(spec: Spec | None, come: Provenance) -> str:
    """The picture as an SVG file that says where it comes from; a small empty one if there is nothing to draw."""
    drawn = svg(spec) if spec else '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"></svg>'
    start = drawn.index(">", drawn.index("<svg")) + 1
    return f"{drawn[:start]}<metadata>{escape(come.line())}</metadata>{drawn[start:]}\n"


def as_png(spec: Spec | None, come: Provenance, scale: int = 2) -> bytes:
    """The same picture as PNG, `scale` pixels for one, which says where it comes from in a text chunk."""
    import vl_convert  # noqa: PLC0415

    drawn = bytes(vl_convert.svg_to_png(as_svg(spec, come), scale=scale))
    end = drawn.rindex(b"IEND") - 4
    return drawn[:end] + _chunk(b"iTXt", b"Source\0\0\0\0\0" + come.line().encode()) + drawn[end:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
