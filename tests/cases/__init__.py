"""Cases are data: TOML files here, read by `load`."""

import tomllib
from pathlib import Path


def load(name: str, of: str = "case") -> list[dict[str, object]]:
    """The cases of `tests/cases/NAME.toml`, or what else it lists."""
    content = (Path(__file__).parent / f"{name}.toml").read_text("utf-8")
    cases: list[dict[str, object]] = tomllib.loads(content)[of]
    return cases
