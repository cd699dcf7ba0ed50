"""Slices of a text that hold others, looked up without reading them all."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Spans:
    """Slices, as starts and ends, in any order."""

    def __init__(self, slices: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(slices)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def hold(self, start: int, end: int) -> bool:
        """Whether one of the slices holds `start:end` whole.

        >>> Spans([(3, 9), (1, 4)]).hold(2, 4), Spans([(3, 9), (1, 4)]).hold(2, 5)
        (True, False)
        """
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end
