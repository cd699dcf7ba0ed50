"""Loading libraries without what they load and the program does not use."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def in_place_of(name: str, module: ModuleType | None) -> Iterator[None]:
    """For as long as this lasts a module is another one, or cannot be imported (None), unless it has been."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = module  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
