"""How work grows with the text: CPU seconds against CPU seconds of the same process, so that any machine will do."""

import gc
from collections.abc import Callable
from time import thread_time

SMALL, TIMES = 20_000, 8
"""Characters of the small text, and how many times longer the large one is."""
LIMIT = 32
"""Times the work for eight times the text that is let pass: 8 is linear, 64 quadratic."""
CHEAP = 0.002
"""Seconds below which nothing is told of the small text."""


def growth(work: Callable[[str], object], text: Callable[[int], str], tries: int = 3) -> float:
    """Times the work for `TIMES` times the text, the least of some tries if it is more than `LIMIT`."""
    # two small texts in turn: what is remembered of a text goes with the next one
    small, other, large = text(SMALL), text(SMALL + 1_000), text(SMALL * TIMES)
    least = float("inf")
    for _ in range(tries):
        least = min(least, seconds(work, large) / max(min(seconds(work, each) for each in (small, other)), CHEAP))
        if least < LIMIT:
            break
    return least


def seconds(work: Callable[[str], object], text: str) -> float:
    """CPU seconds, without those of the garbage collector, which go by all that the process holds."""
    gc.disable()
    start = thread_time()
    try:
        work(text)
    finally:
        gc.enable()
    return thread_time() - start
