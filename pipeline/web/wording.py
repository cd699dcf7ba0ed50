"""Words of the pages in Vietnamese and English, from wording.toml."""

import tomllib
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import files

LANGUAGES = ("vi", "en")
Words = Callable[[str], str]


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("pipeline.web") / "wording.toml").read_text("utf-8"))


def words(language: str) -> Words:
    """What gives a word or sentence of the pages by its name; KeyError if it is not in the table.

    >>> words("vi")("place"), words("en")("place")
    ('Địa bàn', 'Place')
    """
    return partial(_word, language)


def _word(language: str, name: str) -> str:
    return _table()[name][language]


def has(name: str) -> bool:
    """Whether the table has a word or sentence of that name."""
    return name in _table()
