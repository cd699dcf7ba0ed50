"""The timeline: a picture, a table, and files of what the filters leave."""

from collections.abc import Sequence
from urllib.parse import urlencode

from extractors.keys import strip_marks
from pipeline.export.chart import Shape
from pipeline.export.files import BESIDE, about, as_json
from pipeline.export.labels import LABELS, Language
from pipeline.export.periods import BYS
from pipeline.export.provenance import Provenance, provenance
from pipeline.export.timeline import FORMATS, PLACELESS, Format, Look, beside, written
from pipeline.query.suggest import Unknown, unknown_filters
from pipeline.query.timeline import LANES, Event, Filter, Lane, Timeline
from pipeline.query.timeline import timeline as read_timeline
from pipeline.web.pages.search import day
from pipeline.web.picture import drawable, drawn, legible
from pipeline.web.site import Asked, Values
from pipeline.web.wording import words

SYSTEMS = ("party", "state", "mass")
KINDS: dict[Format, tuple[str, str]] = {
    "csv": ("text/csv; charset=utf-8", "csv"), "json": ("application/json; charset=utf-8", "json"), "ndjson": ("application/x-ndjson", "ndjson"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
    "ics": ("text/calendar; charset=utf-8", "ics"), "timelinejs": ("application/json; charset=utf-8", "json"),
    "html": ("text/html; charset=utf-8", "html"), "svg": ("image/svg+xml", "svg"), "png": ("image/png", "png"),
}  # fmt: skip
"""The type of each format's content, and the suffix of its files."""
PICTURES = ("svg", "png")
MOST_ISSUERS = 8
"""Issuers that are compared."""
MOST = 160
"""Documents of the table on the page; files have all."""
NAMES = ("issuer", "type", "place", "merged", "system", "about", "cited", "lanes", "by", "shape")
"""What an address may state, the period aside."""


def wanted(asked: Asked) -> Filter:
    """The filter that an address states; BadQuestionError if it is wrong."""
    return Filter(
        issuers=tuple(name.strip()[:200] for name in asked.args.get("issuer", []) if name.strip())[:MOST_ISSUERS],
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
    given = [(name, said[:200]) for name in (*NAMES, "from", "to") for said in asked.args.get(name, [])[:MOST_ISSUERS]]
    asks = [(name, said) for name, said in given if said.strip()]
    events = drawable(found.events)
    kept = [(name, said) for name, said in asks if name in NAMES and name != "by"]
    picture = drawn(events, look(asked, filtered, events), kept, words(asked.language), len(found.undated))
    return {
        "filter": filtered, "events": found.events[:MOST], "count": len(found.events), "undated": len(found.undated), "most": MOST,
        "asks": urlencode(asks), "all_years": urlencode([(name, said) for name, said in asks if name in NAMES]), "types": types_of(asked),
        "picture": picture, "not_drawn": len(found.events) - len(events),
        "unknown": _unknown(asked, filtered, asks) if not found.events else [], "lanes": LANES, "shown": lanes, "bys": BYS, "by": asked.one("by"),
        "shape": asked.one("shape"), "formats": FORMATS, "placeless": PLACELESS, "beside": BESIDE, "say": LABELS[language(asked)],
    }  # fmt: skip


def types_of(asked: Asked) -> list[str]:
    """The types of documents that there are."""
    rows = asked.conn.execute(
        "SELECT doc_type FROM documents WHERE doc_type NOT NULL GROUP BY doc_type ORDER BY count(*) DESC, doc_type"
    )
    return [row[0] for row in rows]


def _unknown(
    asked: Asked, filtered: Filter, asks: Sequence[tuple[str, str]]
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Filters that no document fits, each with what it says and names like it, with the addresses that ask for these."""
    found = unknown_filters(asked.conn, filtered)
    return [
        (each.name, each.said, [(name, urlencode(_instead(asks, each, name))) for name in each.like]) for each in found
    ]


def _instead(asks: Sequence[tuple[str, str]], unknown: Unknown, name: str) -> list[tuple[str, str]]:
    """What is asked with a name in the place of one that no document has, or a word in the place of one that no subject has."""
    if unknown.name == "word":
        return [(asked, _reworded(said, unknown.said, name) if asked == "about" else said) for asked, said in asks]
    return [
        *((asked, said) for asked, said in asks if (asked, said.strip()) != (unknown.name, unknown.said)),
        (unknown.name, name),
    ]


def _reworded(about: str, word: str, other: str) -> str:
    return " ".join(other if strip_marks(each) == word else each for each in about.split())


def look(asked: Asked, filtered: Filter, events: Sequence[Event]) -> Look:
    """How the picture of events is drawn."""
    by = legible(events, next((each for each in BYS if each == asked.one("by")), None))
    shape: Shape | None = "heat" if asked.one("shape") == "heat" else None
    return Look(language(asked), by, shape, filtered.issuers)


def language(asked: Asked) -> Language:
    """The language of labels."""
    return "en" if asked.language == "en" else "vi"


def file(asked: Asked) -> tuple[bytes, str, str]:
    """All of the timeline in the format that the address names."""
    form: Format = asked.parts["format"]  # type: ignore[assignment]
    found, come = _found(asked)
    kind, suffix = KINDS[form]
    if form in PICTURES:
        found = found._replace(events=drawable(found.events))
    return written(found, form, come, look(asked, wanted(asked), found.events)), kind, f"timeline.{suffix}"


def source(asked: Asked) -> tuple[bytes, str, str]:
    """Where a file comes from that has no place for it."""
    form: Format = asked.parts["format"]  # type: ignore[assignment]
    found, come = _found(asked)
    name = f"timeline.{KINDS[form][1]}"
    said = {**about(name, come), **(beside(found, form) or {})}
    return as_json(said).encode(), KINDS["json"][0], f"{name}{BESIDE}"


def _found(asked: Asked) -> tuple[Timeline, Provenance]:
    filtered = wanted(asked)
    found = read_timeline(asked.conn, filtered, lanes_of(asked))
    return found, provenance(asked.conn, filtered.told(), {"events": len(found.events), "undated": len(found.undated)})
