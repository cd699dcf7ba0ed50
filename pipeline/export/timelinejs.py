"""A timeline as the JSON that TimelineJS reads; its texts are HTML there, so that all of ours is escaped."""

import json
from datetime import date
from html import escape

from pipeline.export.labels import LABELS, Language, listed, shortened
from pipeline.export.provenance import Provenance
from pipeline.query.days import bounds
from pipeline.query.timeline import Event, Timeline

LONGEST, MOST = 300, 2000
"""Letters of a headline; of the names of what has no date."""


def as_timelinejs(found: Timeline, come: Provenance, language: Language) -> str:
    """An object with `title` and `events`; what may lie in a month or a year has a beginning and an end.

    What has no date is counted and named in the title's text.
    """
    say = LABELS[language]
    apart = [listed(say["undated"], [each.name for each in found.undated], MOST)] if found.undated else []
    title = {"text": {"headline": escape(say["timeline"]), "text": "<br>".join(map(escape, [*apart, come.line()]))}}
    slides = [_slide(event, span, say) for event in found.events if (span := bounds(event.date))]
    return json.dumps({"title": title, "events": slides}, ensure_ascii=False, indent=1) + "\n"


def _slide(event: Event, span: tuple[date, date], say: dict[str, str]) -> dict[str, object]:
    said = filter(None, (event.title if event.title != event.name else None, event.issuer, event.place))
    slide: dict[str, object] = {
        "unique_id": "-".join(filter(None, (event.document_id, event.event, event.by))),
        "start_date": _date(span[0]),
        "group": _text(event.doc_type or say["others"]),
        "display_date": escape(event.date),
        "text": {"headline": _text(event.name if event.event == "issued" else f"{event.name}: {say[event.event]}"), "text": "<br>".join(map(_text, said))},
    }  # fmt: skip
    return slide if span[0] == span[1] else {**slide, "end_date": _date(span[1])}


def _text(said: str) -> str:
    return escape(shortened(said, LONGEST))


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
