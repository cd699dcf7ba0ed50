"""Lines of a head or a signature block → cells, column after column, as one string with the way back to the text.

Two columns of a page come out on one line with a gap between them, as cells of a table, or one below the other. A cell that
stands right of a gap is of the right column; so is a line alone that begins as far right as those. Where several sign in one
line, the right column is as many. A gap is a bar, a tab, or three
spaces; two are none, nor are those between the words of a name in capitals that is set wide.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.view import UNSEEN, fold

SHORT = 4
"""Characters below which stars are a mark and not Markdown."""
TAB = 8
"""Width of a tab, in characters."""
LONGEST_LINE = 4_000
"""Characters above which a line is prose and one cell."""
_GAP = re.compile(r"\|+|<br ?/?>|\t[\t ]*|[ \u00a0\u2002\u2003\u3000]{3,}")
_WORD = re.compile(r"\S+")
_OPEN = re.compile(r"(?:(?<!\w)(?:số ?:?|ngày|tháng)[ .…_]*|(?<!\w)năm)$")
"""Ends of cells that the next one goes on with: a number or date filled in by hand, or in a cell of its own."""
_TITLE = re.compile(r"C(?<=\S .)ỘNG HÒA XÃ HỘI|Đ(?<=\S .)(?:ẢNG CỘNG SẢN VIỆT NAM|ộc lập ?- ?Tự do)")
_DATED = re.compile(r" (?<=\S )(?=[^\W\d][\w .]{1,40}, ngày [\d.…_ ]{1,6}tháng)")
"""Where a right column begins after no more than a space; a date does so after a number."""
_WITHIN = re.compile(r" (?<=\S )(?=(?:Số|SỐ) ?:? ?[\d.…_ ]{0,8}\w? ?[-/] ?\w|[-_=]{4,}(?: |$)|\*{3,} ?$)")
"""What begins a line of its own in the same column: the number, a rule."""
_NUMBERED = re.compile(r"(?<!\w)số\W{0,4}[\d.…_ ]{0,8}\w? ?[-/]", re.I)
_NUMBER_END = re.compile(r"[-/][A-ZĐƯa-z0-9&]{1,20}[ *]{0,3}$")
_BLANK_LINE = re.compile(r"\n[ \t*]*\n")
_MARKUP = " \t*#_>~\\\u00a0\u2002\u2003\u3000\u200b\ufeff"
_DROPPED = f"*|{UNSEEN}"
_NEEDLESS = re.compile(rf"  |[{_DROPPED}]")
_BOLD = re.compile(r"\s*(?:\*\*\s*){1,4}|\s*\*\s+\*\s*")
"""Marks of Markdown around nothing."""
_RULE = re.compile(r"[\W_o0]{1,200}")
FAR = 6
"""Lines between which two columns are two pairs of them."""
NARROW = 0.6
"""A line alone counts as right if it begins beyond this share of the way to the right column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of one line: where it stands in the text, how far right, in which line, and whether other cells precede it there."""

    start: int
    end: int
    across: int
    line: int
    nth: int


@dataclass(frozen=True, slots=True)
class Flat:
    """Cells as one folded string, a line each, a blank line where the text has one; `source` is where each character stands."""

    text: str
    cased: str
    lower: str
    source: Sequence[int]

    def spans(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The slices of the text that `cased[start:end]` is made of; neighbours with only space between are one."""
        found: list[tuple[int, int]] = []
        for at in range(start, end):
            here = self.source[at]
            if self.cased[at] == "\n" or here < 0:
                continue
            if found and found[-1][1] <= here and self._joins(found[-1][1], here):
                found[-1] = (found[-1][0], here + 1)
            else:
                found.append((here, here + 1))
        return tuple(found)

    def _joins(self, start: int, end: int) -> bool:
        return end - start < len(_MARKUP) * 2 and not self.text[start:end].strip(_MARKUP + "\n\r")

    def lines(self) -> Iterator[tuple[int, int]]:
        """Start and end of each line, blank ones too."""
        at = 0
        for line in self.cased.split("\n"):
            yield at, at + len(line)
            at += len(line) + 1


def flatten(text: str, start: int, end: int, signs: Callable[[str], bool] | None = None) -> Flat:
    """The cells of `text[start:end]`, column after column.

    `signs` tells the first line of one who signs in a signature block, whose columns reach down to the end.
    """
    cased: list[str] = []
    source: list[int] = []
    before: Cell | None = None
    for cell in _in_columns(
        list(_cells(text, start, end)), signs and (lambda cell: signs(text[cell.start : cell.end]))
    ):
        gap = before is not None and cell.line - before.line > 1 and not _is_filled(text, before.end, cell.start)
        for char in "\n\n" if gap else "\n" if before else "":
            cased.append(char)
            source.append(-1)
        printed = fold(text[cell.start : cell.end])
        kept = _kept(printed)
        cased.append("".join([printed[at] for at in kept]) if len(kept) < len(printed) else printed)
        source += [cell.start + at for at in kept]
        before = cell
    joined = "".join(cased)
    return Flat(text, joined, joined.lower(), source)


def _kept(cell: str) -> Sequence[int]:
    """Places of the characters of a cell that are no Markdown, and of several spaces the first."""
    if len(cell) < SHORT or not _NEEDLESS.search(cell):
        return range(len(cell))
    shown = [at for at, char in enumerate(cell) if char not in _DROPPED]
    return [*shown[:1], *(now for before, now in pairwise(shown) if cell[now] != " " or cell[before] != " ")]


def _is_filled(text: str, start: int, end: int) -> bool:
    """Whether no blank line lies between; cells of a table that stand on lines of their own are no blank lines."""
    between = text[start:end] if start < end else ""
    return _BLANK_LINE.search(between) is None


def _cells(text: str, start: int, end: int) -> Iterator[Cell]:
    at = start
    for number, line in enumerate(text[start:end].split("\n")):
        first, column, filled = 0, 0, False
        cuts = _cuts(line) if len(line) <= LONGEST_LINE else []
        for last, then, moves in [*cuts, (len(line), len(line), False)]:
            body = line[first:last]
            if body.strip() and not _BOLD.fullmatch(body):
                kept = body.strip(_MARKUP) or body.strip()
                begin = first + body.index(kept)
                yield Cell(at + begin, at + begin + len(kept), _across(line, begin), number, column)
                filled = True
            column += moves and filled
            first = then
        at += len(line) + 1


def _cuts(line: str) -> list[tuple[int, int, bool]]:
    """Where one cell ends and the next begins, and whether that is of the next column."""
    folded = fold(line)
    found = list(_GAP.finditer(line))
    wide = _set_wide(line) if found else set()
    gaps = [
        (*match.span(), match[0][0] != "<")
        for match in found
        if not _OPEN.search(folded[: match.start()].rstrip(" *").lower()) and match.span() not in wide
    ]
    starts = [0, *(start for _, start, _ in gaps)]
    ends = [*(end for end, _, _ in gaps), len(line)]
    inside = [
        (first + at - 1, first + at, moves)
        for first, last in zip(starts, ends, strict=True)
        for at, moves in _inside(folded[first:last])
    ]
    return sorted([*gaps, *inside])


def _set_wide(line: str) -> set[tuple[int, int]]:
    """Gaps in a name in capitals that is set wide: half as wide as another at most, or no words of the line stand nearer."""
    words = [] if "|" in line else list(_WORD.finditer(line))
    pairs = list(pairwise(words))
    widths = [_across(line, two.start()) - _across(line, one.end()) for one, two in pairs]
    least, most = min(widths, default=0), max(widths, default=0)
    return {
        (one.end(), two.start())
        for (one, two), width in zip(pairs, widths, strict=True)
        if (width * 2 <= most or least == most)
        and "\t" not in line[one.end() : two.start()]
        and one[0].isupper()
        and two[0].isupper()
    }


def _inside(part: str) -> Iterator[tuple[int, bool]]:
    """Where another part of the head begins after no more than a space, and whether it is of the next column."""
    for title in _TITLE.finditer(part):
        yield title.start(), not title[0].startswith("Đ") or title[0].isupper()
    for mark in _WITHIN.finditer(part):
        if part[: mark.end()].strip(" *").isupper() or not part[mark.end()].isalpha():
            yield mark.end(), False
    for dated in _DATED.finditer(part) if ", ngày " in part else ():
        left = part[: dated.end()].rstrip(" *-_")
        under = left.lower().endswith(("việt nam", "phúc"))
        if under or (left.isupper() and " " in left) or (_NUMBERED.search(left) and _NUMBER_END.search(left)):
            yield dated.end(), not under
            break


def _across(line: str, offset: int) -> int:
    return len(line[:offset].expandtabs(TAB)) if "\t" in line else offset


def _in_columns(cells: Sequence[Cell], signs: Callable[[Cell], bool] | None) -> list[Cell]:
    """Left cells before right ones, from the first line of two cells to the last, or from beginning to end."""
    double = [cell for cell in cells if cell.nth]
    if not double:
        return list(cells)
    first, last = (cells[0].line, cells[-1].line) if signs else (double[0].line, _last_double(double))
    edge = min(cell.across for cell in double) * NARROW
    above = [cell for cell in cells if cell.line < first]
    within = [cell for cell in cells if first <= cell.line <= last]
    right = [cell for cell in within if _is_right(cell, edge)]
    left = [cell for cell in within if not _is_right(cell, edge)]
    right = _by_signer(right, signs) if signs else right
    return [*above, *left, *right, *(cell for cell in cells if cell.line > last)]


def _by_signer(right: Sequence[Cell], signs: Callable[[Cell], bool]) -> list[Cell]:
    """The right column, where several sign in one line: what stands below each of them after another."""
    signing = Counter(cell.line for cell in right if signs(cell))
    line, count = max(signing.items(), key=lambda each: (each[1], -each[0]), default=(0, 0))
    if count < 2:  # noqa: PLR2004
        return list(right)
    middles = [_middle(cell) for cell in right if cell.line == line and signs(cell)]
    in_line = Counter(cell.line for cell in right)
    whole = {line for line, cells in in_line.items() if cells == count}
    order = Counter[int]()
    columns: list[list[Cell]] = [[] for _ in middles]
    for cell in right:
        near = min(range(count), key=lambda at: abs(middles[at] - _middle(cell)))
        columns[order[cell.line] if cell.line in whole else near].append(cell)
        order[cell.line] += 1
    return [cell for column in columns for cell in column]


def _middle(cell: Cell) -> float:
    return cell.across + (cell.end - cell.start) / 2


def _last_double(double: Sequence[Cell]) -> int:
    """The last line of two cells that is not far from the one before."""
    last = double[0].line
    for cell in double:
        if cell.line - last > FAR:
            break
        last = cell.line
    return last


def _is_right(cell: Cell, edge: float) -> bool:
    return bool(cell.nth) or (cell.across > edge > TAB)


def is_rule(line: str) -> bool:
    """Whether a line only parts others: dashes, stars, the "-o0o-" of older papers."""
    return _RULE.fullmatch(line) is not None
