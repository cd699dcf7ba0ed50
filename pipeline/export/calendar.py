"""A timeline as an iCalendar file: whole-day events; what may lie in a month or a year is the whole of it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from pipeline.export.labels import LABELS, Language, listed, shortened
from pipeline.export.letters import clean
from pipeline.export.provenance import Provenance
from pipeline.query.days import bounds
from pipeline.query.timeline import Event, Timeline

if TYPE_CHECKING:
    from icalendar import Event as Entry

LONGEST, MOST = 200, 2000
"""Letters of a summary, and of a line of what describes it; of the names of what has no date."""


def as_calendar(found: Timeline, come: Provenance, language: Language) -> bytes:
    """A calendar (RFC 5545). An event has the same UID in every export; one whose date says no year is left out.

    What has no date is counted and named in its description.
    """
    from icalendar import Calendar  # noqa: PLC0415

    say = LABELS[language]
    calendar = Calendar()
    calendar.add("prodid", f"-//sohieu//{come.program}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say["timeline"])
    if found.undated:
        calendar.add("x-wr-caldesc", clean(listed(say["undated"], [each.name for each in found.undated], MOST)))
    calendar.add("x-sohieu-provenance", come.line())
    for event in found.events:
        if span := bounds(event.date):
            calendar.add_component(_entry(event, span[0], span[1], say, come))
    return bytes(calendar.to_ical())


def _entry(event: Event, first: date, last: date, say: dict[str, str], come: Provenance) -> "Entry":
    from icalendar import Event as Entry  # noqa: PLC0415

    entry = Entry()
    entry.add("uid", f"{event.document_id}-{event.event}{f'-{event.by}' if event.by else ''}@sohieu")
    entry.add(
        "dtstamp", datetime.fromisoformat(come.generated) if come.generated else datetime.combine(first, time(), UTC)
    )
    entry.add("dtstart", first)
    if last > first or last < date.max:
        entry.add("dtend", min(last, date.max - timedelta(days=1)) + timedelta(days=1))
    doing = "" if event.event == "issued" else f" ({say[event.event]})"
    about = f": {event.title}" if event.title and event.title != event.name else ""
    entry.add("summary", _text(f"{event.name}{doing}{about}"))
    facts = (event.doc_type, event.issuer, event.place, event.date, event.document_id, event.by)
    entry.add("description", "\n".join(_text(fact) for fact in facts if fact))
    if event.doc_type:
        entry.add("categories", [_text(event.doc_type)])
    entry.add("transp", "TRANSPARENT")
    entry.add("x-sohieu-edtf", event.date)
    return entry


def _text(said: str) -> str:
    return clean(shortened(said, LONGEST))
