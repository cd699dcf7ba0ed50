"""Words for kinds of relation between documents, from relations.toml."""

import tomllib
from functools import cache
from importlib.resources import files

NAMED_IN = "text_id IN (SELECT text_id FROM mentions WHERE document_id = :id)"
"""The texts that name the document `:id`: relations of others need not be looked at."""


def related(kind: str, forward: bool, language: str = "vi", alone: bool = False) -> str:
    """What a document is to another that is named behind, or `alone`, from the one that acts (`forward`) or the one acted on.

    KeyError for a kind or language that there is not.

    >>> related("implements", True), related("implements", False), related("cites", False, "en")
    ('thực hiện', 'được thực hiện bởi', 'cited in')
    >>> related("replaces", False, alone=True)
    'bị thay thế'
    """
    words = _table()[kind]
    if forward or alone:
        return words["forward" if forward else "backward"][language]
    return f"{words['backward'][language]} {words['by'][language]}"


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("pipeline.query") / "relations.toml").read_text("utf-8"))
