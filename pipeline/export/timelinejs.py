"""A timeline as the JSON that TimelineJS reads; its texts are HTML there, so that all of ours is escaped."""

import json
from collections.abc import Sequence
from datetime import date
from html import escape

from pipeline.export.labels import LABELS, Language, shortened
from pipeline.export.provenance import Provenance
from pipeline.query.days import bounds
from pipeline.query.timeline import Event

LONGEST = 300
"""Letters of a headline."""


def as_timelinejs(events: Sequence[Event], come: Provenance, language: Language) -> str:
    """An object with `title` and `events`; what may lie in a month or a year has a beginning and an end."""
    say = LABELS[language]
    title = {"text": {"headline": escape(say["timeline"]), "text": escape(come.line())}}
    slides = [_slide(event, span, say) for event in events if (span := bounds(event.date))]
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
