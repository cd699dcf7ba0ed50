"""A body or place: its kin, its names, texts that name it, documents that it issued."""

from pipeline.query.timeline import Filter
from pipeline.query.timeline import timeline as read_timeline
from pipeline.query.units import find_units_named, show_unit
from pipeline.web.site import Asked, Values

MOST = 50
"""Documents that are shown."""


def unit(asked: Asked) -> Values:
    """A body or place by its id."""
    page = show_unit(asked.conn, asked.parts["id"])
    issued = read_timeline(asked.conn, Filter(issuers=(page.unit.name,))).events
    return {"page": page, "issued": issued[-MOST:][::-1], "count": len(issued)}


def units(asked: Asked) -> Values:
    """Bodies and places of a name."""
    name = asked.one("name")[:200]
    return {"name": name, "units": find_units_named(asked.conn, name) if name else []}
