"""How the time of a pattern grows with the length of what it reads, on any machine: only ratios count."""

import gc
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import thread_time
from typing import Any

from tests.redos.attacks import Attack, attacks, encoded

SMALL, LARGE = 512, 4096
LIMIT = 23
"""Times the work for eight times the length; 8 is linear, 64 quadratic."""
CHEAP = 0.001
"""Seconds below which a scan of LARGE characters cannot be quadratic: sixteen million steps take longer anywhere."""
HANGS = 0.5
"""Seconds after which a scan is cut off."""
WHOLE = ("match", "fullmatch")
"""Methods that read from one place; all others look everywhere."""
Scan = Callable[[Any], object]


class Hangs(Exception):
    """A scan was cut off."""


@contextmanager
def alarm() -> Iterator[None]:
    """Cut off scans; `re` looks for signals while it matches."""

    def ring(*_: object) -> None:
        raise Hangs

    before = signal.signal(signal.SIGVTALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGVTALRM, before)


def scans(pattern: re.Pattern[Any], methods: Sequence[str] = ()) -> list[Scan]:
    """How a pattern is used: at one place, or (also if it is not known) everywhere in a text."""
    found: list[Scan] = [getattr(pattern, name) for name in WHOLE if name in methods]
    everywhere = not methods or any(name not in WHOLE for name in methods)
    return [*found, lambda text: sum(1 for _ in pattern.finditer(text))] if everywhere else found


def worst(pattern: re.Pattern[Any], scans: Sequence[Scan], tries: int = 6) -> Attack | None:
    """The first attack by which a scan takes more than its share of time, that many times out of as many; None if there is none."""
    for attack in attacks(pattern.pattern, pattern.flags):
        small, large = (encoded(attack.text(size), pattern) for size in (SMALL, LARGE))
        if any(grows(scan, small, large, tries) for scan in scans):
            return attack
    return None


def grows(scan: Scan, small: str | bytes, large: str | bytes, tries: int = 6) -> bool:
    """Whether time grows faster than length, each time that it is tried."""
    return all(_ratio(scan, small, large) > LIMIT for _ in range(tries))


def _ratio(scan: Scan, small: str | bytes, large: str | bytes) -> float:
    try:
        if seconds(scan, large) < CHEAP:
            return 1
        return min(seconds(scan, large) for _ in range(2)) / min(seconds(scan, small) for _ in range(3))
    except Hangs:
        return float("inf")


def seconds(scan: Scan, text: str | bytes) -> float:
    """Seconds of one scan; Hangs if it is cut off, which goes by the time that the process works, however busy the machine is."""
    gc.disable()  # what is raised while garbage is collected is lost
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    start = thread_time()
    try:
        scan(text)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        gc.enable()
    return max(thread_time() - start, 1e-6)


def hangs(pattern: re.Pattern[Any], scans: Sequence[Scan], size: int) -> Attack | None:
    """An attack of that size by which a scan is cut off."""
    for attack in attacks(pattern.pattern, pattern.flags):
        text = encoded(attack.text(size), pattern)
        for scan in scans:
            try:
                seconds(scan, text)
            except Hangs:
                return attack
    return None
