"""Footnotes: small rows at the foot of a page that begin with a mark."""

import re
from collections.abc import Sequence

from pipeline.document import Piece
from pipeline.read.pdf.joining import piece
from pipeline.read.pdf.words import Row, Rule

SMALLER = 0.93
"""Footnotes are set in at most this part of the size of the text."""
DEEPEST = 0.35
"""A part of the page below which a footnote begins; above it small print is something else."""
_MARK = re.compile(r"[(\[]?(?:\d{1,3}|\*{1,3})[)\]]?\s*[^\W_]")


def split_footnotes(
    rows: Sequence[Row], size: float, height: float, rules: Sequence[Rule]
) -> tuple[list[Row], list[Piece]]:
    """Rows of the body, and the notes below them, a piece each; `size` is that of the body's text.

    Where a short rule stands over the last rows and the first below begins with a mark, these are notes whatever their size.
    """
    start = _small_start(rows, size)
    ruled = [rule.at for rule in rules if rule.end - rule.start < height * 0.3 and rule.at > height * DEEPEST]
    for at in sorted(ruled):
        below = next((index for index, row in enumerate(rows) if row.top > at - row.size * 0.3), len(rows))
        if below < len(rows) and _begins(rows[below]) and rows[below].words[0].mark:
            start = min(start, below)
            break
    while start < len(rows) and not (_begins(rows[start]) and rows[start].top > height * DEEPEST):
        start += 1
    return list(rows[:start]), _pieces(rows[start:])


def _small_start(rows: Sequence[Row], size: float) -> int:
    start = len(rows)
    while start and rows[start - 1].size <= SMALLER * size:
        start -= 1
    return start


def _begins(row: Row) -> bool:
    return bool(_MARK.match(row.text))


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    notes: list[list[Row]] = []
    for row in rows:
        if notes and not (
            _begins(row) and (row.words[0].mark or row.left >= notes[0][0].left - 1) and _new(notes[-1], row)
        ):
            notes[-1].append(row)
        else:
            notes.append([row])
    return [piece(note, "paragraph") for note in notes]


def _new(note: Sequence[Row], row: Row) -> bool:
    """A raised mark begins a note; a plain number does if the note before has come to an end of a sentence."""
    return row.words[0].mark or note[-1].text[-1] in '.;!?)”"'
