"""The block at the end of a document: recipients on the left, who signs on the right."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.document import Piece
from pipeline.read.pdf.columns import Gutter
from pipeline.read.pdf.joining import piece
from pipeline.read.pdf.words import Row, Word

MOST_ROWS, WIDEST_STEP = 40, 9.0
"""Rows of a block, and the widest step between two of them in sizes: room for a hand's signature and a seal."""
WIDE_GAP = 1.2
"""Of a row's size: how far two who sign side by side stand apart at least."""
LEAST_GAP = 0.8
"""Of a row's size: how far recipients and the one who signs stand apart at least."""
_RECIPIENTS = re.compile(r"nơi (?:nhận|gửi)\s*:?", re.I)
_SIGNED = re.compile(r"(?:T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|TUQ|TM\s?\.|KT\s?\.|TL\s?\.|TUN\s?\.|Q\s?\.)\s*[A-ZĐÀ-Ỹ]")
_ITEM = re.compile(r"[-–+•*]|nơi (?:nhận|gửi)|\(", re.I)


@dataclass(slots=True)
class Signature:
    """A signature block: rows `start` to `end` of its page, and its two columns."""

    start: int
    end: int
    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        """Recipients, an item a piece, then the lines of those who sign, one after another."""
        listed = next((at for at, row in enumerate(self.left) if _RECIPIENTS.match(row.text)), len(self.left))
        signed = listed if self.left and _signs(self.left[0].text) else 0
        items: list[list[Row]] = []
        for row in self.left[signed:]:
            if items and not _ITEM.match(row.text):
                items[-1].append(row)
            else:
                items.append([row])
        lines = [[row] for row in _one_by_one(self.left[:signed])], [[row] for row in _one_by_one(self.right)]
        return [piece(rows, "signature") for rows in (*lines[0], *items, *lines[1])]


def _one_by_one(rows: Sequence[Row]) -> list[Row]:
    """The rows of those who sign side by side, one after another; as they are if one signs, or a row runs across."""
    widest = max((_parts(row) for row in rows), key=len, default=[])
    if len(widest) < 2:  # noqa: PLR2004
        return list(rows)
    columns: list[list[Row]] = [[] for _ in widest]
    for row in rows:
        rest: Row | None = row
        for at, gutter in enumerate([Gutter(one.right, two.left) for one, two in pairwise(widest)]):
            halves = gutter.halves(rest) if rest else None
            if rest and halves is None:
                return list(rows)
            left, rest = (halves[0], halves[1]) if halves else (None, None)
            columns[at] += [left] if left else []
        columns[-1] += [rest] if rest else []
    return [row for column in columns for row in column]


def _parts(row: Row) -> list[Row]:
    """What stands far apart in a row of capitals."""
    found: list[list[Word]] = []
    for word in row.words:
        if found and word.left - found[-1][-1].right < WIDE_GAP * row.size:
            found[-1].append(word)
        else:
            found.append([word])
    return [Row(tuple(words), row.page) for words in found] if row.text.isupper() else []


def find_signature(rows: Sequence[Row], begin: int, centre: float) -> Signature | None:
    """The first signature block at or after the row `begin`; `centre` is the middle of the page's text."""
    for at in range(begin, len(rows)):
        gutter = _gutter(rows[at], centre)
        if gutter is not None:
            found = Signature(at, at)
            _grow(rows, found, gutter, centre)
            return found
    return None


def is_signed(row: Row) -> bool:
    """Whether a row begins a block: with its recipients, or with who signs alone in it."""
    return bool(_RECIPIENTS.match(row.text)) or _signs(row.text)


def _signs(text: str) -> bool:
    return bool(_SIGNED.match(text)) and text.isupper()


def _gutter(row: Row, centre: float) -> Gutter | None:
    """The strip between the two sides of a row with which a block begins."""
    if _RECIPIENTS.match(row.text):
        return _strip_near(row, centre)
    if row.left > centre * 0.85 and _SIGNED.match(row.text) and row.text.isupper():
        return Gutter(float("-inf"), row.left)
    for start, end in row.gaps if _SIGNED.search(row.text) else ():
        if end - start > LEAST_GAP * row.size and start > 0:
            right = " ".join(word.text for word in row.words if word.left >= end)
            if _SIGNED.match(right) and right.isupper() and end > centre * 0.8:
                return Gutter(start, end)
    return None


def _strip_near(row: Row, centre: float) -> Gutter | None:
    """Behind "Nơi nhận:", which may stand alone; none if the row is a sentence."""
    after = [(start, end) for start, end in row.gaps if start > row.left and end - start > LEAST_GAP * row.size]
    strip = next((gap for gap in after), None)
    if strip is None or strip[0] > centre * 1.2:
        return None
    return Gutter(max(strip[0], row.left + row.size), strip[1])


def _is_centred(row: Row, found: Signature, centre: float) -> bool:
    """Whether a row stands nearer to the middle of the page than to that of any who signs, or of all: an appendix begins."""
    signing = [found.right[0], *_parts(found.right[0])] if found.right else []
    return bool(signing) and abs(row.middle - centre) < min(abs(row.middle - one.middle) for one in signing)


def _grow(rows: Sequence[Row], found: Signature, gutter: Gutter, centre: float) -> None:
    while found.end < len(rows) and found.end - found.start < MOST_ROWS:
        row = rows[found.end]
        if found.end > found.start and row.bottom - rows[found.end - 1].bottom > WIDEST_STEP * row.size:
            return
        halves = gutter.halves(row)
        if halves is None or (halves[0] and gutter.start == float("-inf") and not _RECIPIENTS.match(row.text)):
            return
        left, right, narrowed = halves
        if right and not left and _is_centred(right, found, centre):
            return
        gutter = narrowed if left and right else gutter
        found.left += [left] if left else []
        found.right += [right] if right else []
        found.end += 1
