"""The tables of the encodings, by the characters of windows-1252 that their bytes look like."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Encoding = Literal["tcvn3", "vni", "vps", "viscii", "windows-1258"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
HIGH = 0x80
"""The first byte beyond ASCII."""
PRIVATE = 0xF000
"""Where symbol fonts have their bytes: byte 0xB8 is U+F0B8."""
LATER = r"(?:[^\W\d_\0-ÿŒœŠšŽžŸƒμʰ-˿]|[\u0300\u0301\u0303\u0309\u0323])"
"""Pattern of a letter that windows-1252 has not, such as ư, or of a mark of Vietnamese that follows its letter."""


@dataclass(frozen=True, slots=True)
class Table:
    """An encoding. `singles` and `pairs` map what one and two characters look like to what they mean.

    `aliases` are other characters for a byte, which mean a letter only beside one.
    """

    singles: dict[str, str]
    pairs: dict[str, str]
    aliases: dict[str, str]

    @property
    def letters(self) -> str:
        """All characters that can be part of a word, escaped for a class of a pattern."""
        marks = {pair[1] for pair in self.pairs}
        return "a-zA-Z" + re.escape("".join(sorted({*self.singles, *self.aliases, *marks})))


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a table in `data/`."""
    text = files(__package__).joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def looks(byte: int) -> str:
    """What a byte looks like where it is taken for windows-1252; a control character where that has none.

    >>> looks(0xB8), looks(0x93)
    ('¸', '“')
    """
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


PLAIN = {PRIVATE + byte: looks(byte) for byte in range(1, 0x100)} | {
    byte: looks(byte) for byte in range(HIGH, 0xA0) if looks(byte) != chr(byte)
}
"""Other ways in which bytes come as characters, for `str.translate`: private use and control characters."""


@cache
def table(encoding: Encoding) -> Table:
    """The table of an encoding; KeyError if there is none of that name."""
    return _tables()[encoding]


@cache
def low_letters() -> bytes:
    """Control bytes that are capitals in VISCII or VPS."""
    looked = {char for each in _tables().values() for char in each.singles}
    return bytes(sorted(ord(char) for char in looked if ord(char) < ord(" ")))


@cache
def _tables() -> dict[str, Table]:
    found: dict[str, Table] = {name: Table({}, {}, {}) for name in ENCODINGS}
    for row in rows("codes.csv"):
        codes = [int(code, 16) for code in row["bytes"].split()]
        look = "".join(map(looks, codes))
        into = found[row["encoding"]]
        kind = into.pairs if len(codes) > 1 else into.singles
        kind[look] = _char(row["char"])
    for row in rows("aliases.csv"):
        into = found[row["encoding"]]
        into.aliases[_char(row["codepoint"])] = into.singles[looks(int(row["byte"], 16))]
    _mix_cases(found["vni"].pairs)
    return found


def _mix_cases(pairs: dict[str, str]) -> None:
    """A capital may carry the mark of a small letter, and the other way round; the letter decides."""
    for pair, char in list(pairs.items()):
        pairs.setdefault(pair[0] + pair[1].swapcase(), char)


def _char(text: str) -> str:
    return chr(int(text[2:], 16)) if text.startswith("U+") else text
