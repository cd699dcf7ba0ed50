"""Words for kinds of relation between documents, from relations.toml."""

import tomllib
from functools import cache
from importlib.resources import files


def related(kind: str, forward: bool, language: str = "vi") -> str:
    """What a document is to another, from the one that acts if `forward`; KeyError for a kind or language that there is not.

    >>> related("implements", True), related("implements", False), related("cites", False, "en")
    ('thực hiện', 'được thực hiện bởi', 'cited in')
    """
    return _table()[kind]["acts" if forward else "acted"][language]


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("pipeline.query") / "relations.toml").read_text("utf-8"))
