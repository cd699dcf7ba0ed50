"""Sentences that the program wrote into the database or answers, in the reader's language, from sentences.toml."""

import re
import tomllib
from functools import cache
from importlib.resources import files

LONGEST = 1000
"""Letters of a sentence that are read; what is longer is none of the program's."""
PLACES = {"{}": "(.*?)", "{#}": r"([\d., ]+)", "{~}": "(?P<_{}>.*?)"}
"""What stands in a sentence of the table for words, numbers, and another sentence of it."""


def in_language(said: str, language: str) -> str:
    """A sentence in a language; as it is where the table has none such.

    >>> in_language("is empty; remove it or fetch it again", "vi")
    'là tệp rỗng; hãy bỏ đi hoặc tải lại'
    >>> in_language("is an RTF document that LibreOffice cannot open; open it and save it anew", "vi")
    'là tệp RTF mà LibreOffice không mở được; hãy mở ra và lưu lại'
    >>> in_language("căn phòng", "vi")
    'căn phòng'
    """
    if language == "en" or len(said) > LONGEST:
        return said
    for pattern, spelt in _table():
        if found := pattern.fullmatch(said):
            inner = {at: in_language(found[at], language) for at in pattern.groupindex.values()}
            return spelt[language].format(*(inner.get(at, part) for at, part in enumerate(found.groups(), 1)))
    return said


def in_parts(said: str, language: str) -> str:
    """Reasons one behind the other, each in a language.

    >>> in_parts("same number, another type, without 'ha noi'", "vi")
    "cùng số, khác loại, không có 'ha noi'"
    """
    head, quote, rest = said.partition("'")
    *whole, last = head.split(", ")
    return ", ".join(in_language(part, language) for part in [*whole, last + quote + rest])


@cache
def _table() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    rows = tomllib.loads((files("pipeline.web") / "sentences.toml").read_text("utf-8"))["said"]
    return [(_pattern(row["en"]), row) for row in rows]


def _pattern(english: str) -> re.Pattern[str]:
    """What finds a sentence, with a group for each place in it; those of other sentences have names."""
    parts = re.split(r"(\{[#~]?\})", english)
    return re.compile("".join(PLACES.get(part, re.escape(part)).format(at) for at, part in enumerate(parts)), re.S)
