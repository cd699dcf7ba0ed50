"""UTF-8 that some program took for windows-1252 and wrote as UTF-8 again: "Thá»§ tÆ°á»›ng"."""

import re

from pipeline.read.legacy.tables import HIGH, LATER, looks

TWICE = "utf-8-as-windows-1252"
"""What such text was in, by the name that users are told."""
_BYTES = {looks(byte): byte for byte in range(HIGH, 0x100)}
_FURTHER = "".join(re.escape(looks(byte)) for byte in range(HIGH, 0xC0))
"""What the further bytes of a letter look like."""
_SIGN = re.compile(f"á[º»][{_FURTHER}]")
"""Letters such as ạ and ộ, which most sentences of Vietnamese hold; nothing else looks like it."""
_LETTER = f"[Â-ß][{_FURTHER}]|[à-ï][{_FURTHER}]{{2}}|[ð-ô][{_FURTHER}]{{3}}|Â |â€"
_LETTERS = {True: re.compile(f"{_LETTER}|[ÃÆ] |á[º»] "), False: re.compile(rf"{_LETTER}|Ã(?=\w)")}
"""Letters of a text that has kept its soft hyphens, the last bytes of í, ậ and ử, or not: there "Ã " may be à or í."""
_LOST = {"Â ": " ", "Ã ": "à", "Æ ": "Ơ", "áº ": "Ạ", "á» ": "Ỡ", "Ã": "í", "â€": "”"}
"""Letters whose last byte became a space or was lost."""
_LATER = re.compile(LATER)


def once(text: str) -> tuple[str, bool]:
    r"""A text with such lines put right, and whether there were any; other lines stay.

    >>> once("Thá»§ tÆ°á»›ng ChÃ\u00adnh phá»§\nBan Bí thư")
    ('Thủ tướng Chính phủ\nBan Bí thư', True)
    """
    if not _SIGN.search(text):
        return text, False
    letters = _LETTERS["\u00ad" in text]
    return "\n".join(line if _LATER.search(line) else _line(line, letters) for line in text.split("\n")), True


def _line(line: str, letters: re.Pattern[str]) -> str:
    whole = any(found[0] not in _LOST for found in letters.finditer(line))
    return letters.sub(_read, line) if whole else line


def _read(found: re.Match[str]) -> str:
    if found[0] in _LOST:
        return _LOST[found[0]]
    try:
        return bytes(_BYTES[char] for char in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
