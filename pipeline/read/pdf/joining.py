"""Lines of print → one line of text, with the way back for what is left out.

A hyphen at the end of a line is left out where it broke a word. It stays in a symbol ("NQ-" + "HĐND"), before a digit, and
between two syllables that do not make one ("Lê-" + "nin"); Vietnamese writes syllables apart, so that a word of two is none of one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.view import fold
from pipeline.document import BlockKind, Piece
from pipeline.read.pdf.words import Row, surrounding

_SYLLABLE = re.compile(
    r"(?:ngh?|[gkt]h|gi|qu|ch|nh|ph|th|tr|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]{1,3}"
    r"(?:ch|nh|ng|[cmnpt])?"
)
_TONED = re.compile(r"[àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
_LAST = re.compile(r"(?<!\S)\S*+$")
_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")
_AFTER = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Joined:
    """Text of one line, and what was left out at which offset."""

    text: str
    joins: tuple[tuple[int, str], ...] = ()


def joined(rows: Sequence[Row], tight: bool = False) -> Joined:
    """Rows as one line; `tight` says that a symbol may be broken at its hyphen or slash."""
    text, joins = "", []
    for row in rows:
        line, marks = _line(row, first=not text)
        cut, link, left_out = _link(text, line, tight) if text else (0, "", "")
        text = text[: len(text) - cut] + link
        if left_out:
            joins.append((len(text), left_out))
        joins += [(len(text) + at, mark) for at, mark in marks]
        text += line
    return Joined(text, tuple(joins))


def piece(rows: Sequence[Row], kind: BlockKind | None, tight: bool = False) -> Piece:
    """Rows as one piece on the page where they begin."""
    made = joined(rows, tight)
    box = surrounding(row.box for row in rows if row.page == rows[0].page)
    return Piece(made.text, kind, rows[0].page, box, made.joins)


def _line(row: Row, first: bool) -> tuple[str, list[tuple[int, str]]]:
    """The row's text without the raised marks of footnotes, and these; a mark that begins a footnote stays."""
    text, marks, glued = "", [], False
    for at, word in enumerate(row.words):
        if word.mark and at and not (first and at == 0):
            marks.append((len(text), word.text))
            glued = at + 1 < len(row.words) and row.words[at + 1].left - word.right < 0.1 * word.size
            continue
        text += (" " if text and not glued else "") + word.text
        glued = False
    return text, marks


def _link(text: str, line: str, tight: bool) -> tuple[int, str, str]:
    """Between two lines: characters cut from the first, what is put there, and what was left out."""
    last, after = _LAST.search(text), _AFTER.match(line)
    word = last[0] if last else ""
    if tight and (re.search(r"\w ?[-–/]$", text) or re.match(r"[-–/]\w", line)):
        return 0, "", "\n"
    if len(word) < 2 or word[-1] not in "-‐" or not line[:1].isalnum():  # noqa: PLR2004
        slash = len(word) > 1 and word[-1] == "/" and any(map(str.isdigit, word)) and line[:1].isalnum()
        return (0, "", "\n") if slash else (0, " ", "")
    before = _BEFORE.search(word[:-1])
    if (
        before
        and after
        and line[0].islower()
        and before[0] == word[:-1].lstrip("(“\"'‘")
        and _is_broken(before[0], after[0])
    ):
        return 1, "", word[-1] + "\n"
    return 0, "", "\n"


def _is_broken(before: str, after: str) -> bool:
    """Whether a hyphen between two runs of letters was put there by the end of the line."""
    if is_syllable(before + after):
        return True
    return not (is_syllable(before) and is_syllable(after))


def is_syllable(text: str) -> bool:
    """Whether letters can be one Vietnamese syllable.

    >>> [is_syllable(text) for text in ("hiện", "quyết", "xãhội", "opera")]
    [True, True, False, False]
    """
    lowered = fold(text).lower()
    return bool(_SYLLABLE.fullmatch(lowered)) and len(_TONED.findall(lowered)) <= 1
