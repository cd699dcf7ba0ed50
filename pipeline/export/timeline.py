"""A timeline as a file: CSV, JSON."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, fields
from io import StringIO

from pipeline.query.timeline import Event

HEADER = [field.name for field in fields(Event)]


def as_csv(events: Sequence[Event]) -> str:
    """Events as CSV with a header; what a spreadsheet would run as a formula is quoted."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([_safe(value) for value in astuple(event)] for event in events)
    return out.getvalue()


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def as_json(events: Sequence[Event]) -> str:
    """Events as a JSON array of objects."""
    return json.dumps([asdict(event) for event in events], ensure_ascii=False, indent=1) + "\n"
