"""The picture of a timeline on its page: what can be drawn of it in reasonable time, with links and words for screen readers."""

import re
from collections.abc import Sequence
from itertools import dropwhile
from urllib.parse import urlencode

from pipeline.export.chart import chart, svg
from pipeline.export.periods import By, first_and_last, periods
from pipeline.export.timeline import Look
from pipeline.query.days import bounds
from pipeline.query.timeline import Event
from pipeline.web.wording import Words

FIRST, LAST = "1900", "2100"
"""Years between which documents are drawn; a date outside of them is a slip of the pen and would leave no room for the others."""
MOST_COLUMNS = 240
"""Periods that are drawn at most; more are counted by a longer one."""
COARSER: tuple[By, ...] = ("month", "quarter", "year", "decade", "term")
MARKS = {"bar": "mark_bar", "point": "mark_point", "rect mark": "mark_cell"}
"""Names of marks in the wording, by those that Vega gives them."""


def drawable(events: Sequence[Event]) -> list[Event]:
    """Events whose dates lie between FIRST and LAST."""
    return [event for event in events if FIRST <= event.date.lstrip("[{")[: len(FIRST)] <= LAST]


def legible(events: Sequence[Event], by: By | None) -> By | None:
    """The period by which events are counted: the one that is asked for, or the next longer one of which there are not too many."""
    spans = [span for event in events if (span := bounds(event.date))]
    if by is None or not spans:
        return by
    first, last = (day.isoformat() for day in (min(span[0] for span in spans), max(span[1] for span in spans)))
    longer = dropwhile(lambda each: each != by, COARSER)
    return next((each for each in longer if len(periods(first, last, each)) <= MOST_COLUMNS), COARSER[-1])


def drawn(events: Sequence[Event], how: Look, asks: Sequence[tuple[str, str]], t: Words, undated: int) -> str | None:
    """The picture as SVG; its points lead to documents, its columns to a shorter period. None if there is nothing to draw."""

    def link(to: str) -> str:
        return f"/d/{to}" if to.startswith("d-") else f"/timeline?{urlencode([*asks, *span_of(to)])}"

    spec = chart(events, how.language, link, how.by, how.shape, how.issuers, undated)
    if spec is None:
        return None
    for part in ("axis", "legend"):  # of which Vega tells in English
        spec["config"][part] = {**spec["config"].get(part, {}), "aria": False}
    return _spoken(svg(spec), t)


def _spoken(picture: str, t: Words) -> str:
    """A picture whose marks have names in the reader's language where Vega gives English ones."""

    def named(found: re.Match[str]) -> str:
        return f'aria-roledescription="{t(MARKS.get(found[1], "mark_group"))}"'

    titled = re.sub('aria-label="(?:Title|Subtitle) text \'([^"]*)\'"', r'aria-label="\1"', picture)
    return re.sub('aria-roledescription="([^"]*)"', named, titled)


def span_of(period: str) -> list[tuple[str, str]]:
    """The filter of a period of a picture: its first and its last day, month or year.

    >>> span_of("202"), span_of("2021-Q2"), span_of("XII")
    ([('from', '2020'), ('to', '2029')], [('from', '2021-04'), ('to', '2021-06')], [('from', '2016-01-20'), ('to', '2021-01-24')])
    """
    first, last = first_and_last(period)
    return [(name, said) for name, said in (("from", first), ("to", last)) if said]
