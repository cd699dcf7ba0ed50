"""Same-length stand-ins for what underthesea's patterns cannot bear.

Its URL pattern hangs on "http://" and 27 dots (it doubles with each dot) and is quadratic in "a." 3,000 times.
"""

import re

from extractors.view import SPACES

_URL = re.compile(r"(?:https?|ftps?):[^\s]{1,2000}|(?<![a-zA-Z0-9.\-])[a-zA-Z0-9.\-]{1,80}\.[a-z]{2,13}/[^\s]{0,2000}")
_DOMAIN_END = re.compile(r"\.[a-z]{2,13}/")
_URL_TAIL = re.compile(r"[^\w/]+$")
_PUNCTUATION = re.compile(r"[^\w\s]")
_LINE_ENDS = "\n\r\x1c\x1d\x1e\x85\u2028\u2029"
_ODD_SPACE = re.compile(f"[{re.escape(_LINE_ENDS + SPACES)}]")
_ONE_SPACE = str.maketrans(_LINE_ENDS + SPACES, " " * len(_LINE_ENDS + SPACES))


def mask(sentence: str) -> str:
    """White space becomes the space, marks inside addresses of the web become letters; the length stays.

    >>> mask("xem http://a.vn/b-c.html.")
    'xem httpxxxaxvnxbxcxhtml.'
    """
    return hide_addresses(one_kind_of_space(sentence))


def hide_addresses(flat: str) -> str:
    """Marks inside addresses of the web become letters; the very same string where there is none."""
    return _URL.sub(_letters, flat) if _may_hold_address(flat) and _URL.search(flat) else flat


def _may_hold_address(sentence: str) -> bool:
    """What is seen at once; few sentences hold an address."""
    return "http" in sentence or "ftp" in sentence or ("/" in sentence and _DOMAIN_END.search(sentence) is not None)


def one_kind_of_space(text: str) -> str:
    """White space of any kind becomes the space; the length stays."""
    flat = text.replace("\n", " ")
    return flat.translate(_ONE_SPACE) if _ODD_SPACE.search(flat) else flat


def _letters(match: re.Match[str]) -> str:
    url = _URL_TAIL.sub("", match[0])
    return _PUNCTUATION.sub("x", url) + match[0][len(url) :]
