"""The time that SOURCE_DATE_EPOCH gives, which stands for the clock where what is written is to be repeatable."""

import os
import re
from datetime import UTC, datetime

_EPOCH = re.compile(r"[0-9]{1,11}")


def given_time() -> datetime | None:
    """The time that is given; None if none is, or what is given is no number of seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if _EPOCH.fullmatch(epoch) else None


def as_text(moment: datetime) -> str:
    """A time in UTC as it is stored: "2026-01-31T08:00:00Z"."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
