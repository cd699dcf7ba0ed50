"""A timeline as a file: CSV, JSON, NDJSON, Markdown here; calendar, TimelineJS, page and pictures in modules of their own."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from io import StringIO
from typing import Literal

from pipeline.export.calendar import as_calendar
from pipeline.export.cells import quoted
from pipeline.export.chart import Shape, as_png, as_svg, chart
from pipeline.export.labels import LABELS, Language
from pipeline.export.letters import clean
from pipeline.export.page import as_page
from pipeline.export.periods import By
from pipeline.export.provenance import Provenance
from pipeline.export.timelinejs import as_timelinejs
from pipeline.query.days import bounds
from pipeline.query.timeline import Event, Timeline

Format = Literal["csv", "json", "ndjson", "markdown", "ics", "timelinejs", "html", "svg", "png"]
FORMATS: tuple[Format, ...] = ("csv", "json", "ndjson", "markdown", "ics", "timelinejs", "html", "svg", "png")
SUFFIXES: dict[str, Format] = {
    ".csv": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".md": "markdown", ".ics": "ics", ".html": "html", ".htm": "html",
    ".svg": "svg", ".png": "png",
}  # fmt: skip
"""What the suffix of a file asks for."""
PLACELESS: tuple[Format, ...] = ("csv", "ndjson")
"""Formats that have no place for where they come from, nor for what has no date."""
DRAWN: tuple[Format, ...] = ("ics", "timelinejs", "svg", "png")
"""Formats that hold nothing but what has a place in time."""
HEADER = [field.name for field in fields(Event)]


@dataclass(frozen=True, slots=True)
class Look:
    """How a timeline is written: language of labels, what a picture counts by and shows, a byte order mark for Excel."""

    language: Language = "vi"
    by: By | None = None
    shape: Shape | None = None
    issuers: tuple[str, ...] = ()
    bom: bool = False


def written(found: Timeline, form: Format, come: Provenance, look: Look) -> bytes:
    """A timeline in a format, with where it comes from as far as the format has a place for it."""
    return WRITERS[form](found, come, look)


def holds_any(found: Timeline, form: Format) -> bool:
    """Whether a format has something to hold: pictures and calendars have no place for a date that says no year."""
    return form not in DRAWN or any(bounds(event.date) for event in found.events)


def beside(found: Timeline, form: Format) -> dict[str, object] | None:
    """What a file beside one in this format says but for where it comes from; None if the format has a place for that."""
    return {"undated": _objects(found.undated)} if form in PLACELESS else None


def as_csv(events: Sequence[Event], bom: bool = False) -> str:
    """Events as CSV with a header, as RFC 4180 has it; what a spreadsheet would run as a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows([quoted(value) for value in astuple(event)] for event in events)
    return "\ufeff" * bom + out.getvalue()


def as_json(found: Timeline, come: Provenance) -> str:
    """An object with `provenance`, `events` and `undated`."""
    told = {"provenance": come.told(), "events": _objects(found.events), "undated": _objects(found.undated)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_ndjson(events: Sequence[Event]) -> str:
    """One JSON object a line."""
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in _objects(events))


def _objects(events: Sequence[Event]) -> list[dict[str, object]]:
    return [asdict(event) for event in events]


def as_markdown(found: Timeline, come: Provenance, language: Language) -> str:
    """A table, documents without a date below it, where it comes from at the end."""
    say = LABELS[language]
    head = [say["date"], say["document"], say["what"], say["issuer"], say["place"], say["title"]]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(map(_cell, _shown(event, say)))} |" for event in found.events]
    if found.undated:
        lines += ["", f"{say['undated']}:", "", *(f"- {_cell(event.name)}" for event in found.undated)]
    return "\n".join([*lines, "", f"*{_cell(come.line())}*", ""])


def _shown(event: Event, say: dict[str, str]) -> list[str]:
    return [event.date, event.name, say[event.event], event.issuer or "", event.place or "", event.title or ""]


def _cell(value: str) -> str:
    """A value that ends neither its cell nor its line, and is no markup."""
    bare = clean(" ".join(value.split()))
    return "".join(f"\\{char}" if char in "\\|*_`[]<>#" else char for char in bare)


def _picture(found: Timeline, look: Look) -> dict[str, object] | None:
    return chart(
        found.events, look.language, by=look.by, shape=look.shape, issuers=look.issuers, undated=len(found.undated)
    )


Writer = Callable[[Timeline, Provenance, Look], bytes]
WRITERS: dict[Format, Writer] = {
    "csv": lambda found, _, look: as_csv(found.events, look.bom).encode(),
    "json": lambda found, come, _: as_json(found, come).encode(),
    "ndjson": lambda found, *_: as_ndjson(found.events).encode(),
    "markdown": lambda found, come, look: as_markdown(found, come, look.language).encode(),
    "ics": lambda found, come, look: as_calendar(found, come, look.language),
    "timelinejs": lambda found, come, look: as_timelinejs(found, come, look.language).encode(),
    "html": lambda found, come, look: as_page(found, come, look.language, _picture(found, look)).encode(),
    "svg": lambda found, come, look: as_svg(_picture(found, look), come).encode(),
    "png": lambda found, come, look: as_png(_picture(found, look), come),
}
