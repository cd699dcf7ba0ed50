"""Growth of work with the size of the input, counted in steps of the interpreter and not by a clock."""

import sys
from collections.abc import Callable
from types import FrameType


def count_steps(run: Callable[[], object]) -> int:
    """Lines of Python that `run` executes; what a regular expression does inside is not among them."""
    steps = 0

    def trace(frame: FrameType, event: str, arg: object) -> object:
        nonlocal steps
        steps += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        run()
    finally:
        sys.settrace(before)
    return steps
