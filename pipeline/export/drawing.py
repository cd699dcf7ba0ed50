"""The chain of one document as a picture: what it follows from on the left, what follows from it on the right, a column a step. SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from pipeline.export.letters import clean
from pipeline.export.provenance import Provenance
from pipeline.query.chain import Step
from pipeline.query.relations import related

WIDTH, HEIGHT, GAP, ROW, MARGIN = 236, 40, 84, 56, 24
"""Width and height of a box, what lies between columns, what a row takes, what lies around, all in pixels."""
LIGHTER = 0.86
"""How wide letters are that are not bold, as a part of those that are."""
PAD = 8
"""Pixels between the edge of a box and its words."""
MOST = 60
"""Documents that are drawn beside the one in the middle."""
FONT = "'Noto Sans', 'DejaVu Sans', 'Liberation Sans', Arial, sans-serif"
SIDES = ("bên trái", "bên phải")
LATIN = 0x1EFF
"""The last letter of Vietnamese."""
WIDE, CAPITAL, NARROW = 1.12, 0.8, 0.66
"""Widths of letters as parts of the height of a line, a little more than bold ones of common fonts have."""


@dataclass(frozen=True, slots=True)
class Box:
    """A document in the picture, and the one it is joined to."""

    step: Step
    left: float
    top: float
    parent: "Box | None" = None
    kind: str = ""


def as_svg(middle: Step, before: Sequence[Step], behind: Sequence[Step], source: Provenance) -> str:
    """The picture; the nearest documents are drawn, and how many more there are is said."""
    sides = [_nearest(before, behind, MOST), _nearest(behind, before, MOST)]
    trees = [_Tree(side) for side in sides]
    rows = max(1, *(tree.rows for tree in trees))
    deepest = [max((step.depth for step in side), default=0) for side in sides]
    left = MARGIN + deepest[0] * (WIDTH + GAP)
    root = Box(middle, left, 2 * MARGIN + (rows - 1) * ROW / 2)
    boxes = [box for tree, sign in zip(trees, (-1, 1), strict=True) for box in tree.boxes(root, sign, rows)]
    more = [len(whole) - len(side) for whole, side in zip((before, behind), sides, strict=True)]
    height = rows * ROW + 3 * MARGIN + (ROW // 2 if any(more) else 0)
    width = 2 * MARGIN + (sum(deepest) + 1) * WIDTH + sum(deepest) * GAP
    return "\n".join(
        [
            *_head(middle, width, height, source),
            *map(_line, boxes),
            *(_box(box) for box in [root, *boxes]),
            *_more(more, height),
            "</svg>\n",
        ]
    )


def _nearest(side: Sequence[Step], other: Sequence[Step], most: int) -> list[Step]:
    """As many steps of a side as have room beside those of the other, the nearest first, in their order."""
    room = max(most // 2, most - len(other))
    kept = sorted(range(len(side)), key=lambda at: side[at].depth)[:room]
    return [side[at] for at in sorted(kept)]


class _Tree:
    """Steps in the order of a walk as a tree: a row for each leaf, every other in the middle of its own."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = steps
        self.parents: list[int | None] = []
        path: list[int] = []
        for at, step in enumerate(steps):
            del path[step.depth - 1 :]
            self.parents.append(path[-1] if path else None)
            path.append(at)
        self.places, self.rows = self._places()

    def _places(self) -> tuple[list[float], int]:
        below: dict[int, list[float]] = {}
        places, rows = [0.0] * len(self.steps), 0
        inner = set(self.parents)
        for at in range(len(self.steps)):
            if at not in inner:
                places[at], rows = float(rows), rows + 1
        for at in reversed(range(len(self.steps))):
            if at in inner:
                places[at] = (min(below[at]) + max(below[at])) / 2
            parent = self.parents[at]
            if parent is not None:
                below.setdefault(parent, []).append(places[at])
        return places, rows

    def boxes(self, root: Box, sign: int, rows: int) -> list[Box]:
        """A box for each step, on the left of the middle or on the right of it."""
        top, made = 2 * MARGIN + (rows - self.rows) * ROW / 2, list[Box]()
        for step, place, parent in zip(self.steps, self.places, self.parents, strict=True):
            left = root.left + sign * step.depth * (WIDTH + GAP)
            kind = related(step.kind, sign > 0, alone=True)
            made.append(Box(step, left, top + place * ROW, root if parent is None else made[parent], kind))
        return made


def _head(middle: Step, width: int, height: float, source: Provenance) -> list[str]:
    size = f'width="{width}" height="{height:g}"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height:g}" font-family="{FONT}" font-size="13" lang="vi">',
        f"<title>{_safe(middle.name)}</title>",
        f"<desc>{_safe(source.line())}</desc>",
        f'<rect {size} fill="#fff"/>',
    ]


def _line(box: Box) -> str:
    """From a document to the one it is joined to, with the kind in its middle."""
    assert box.parent is not None
    near, far = sorted((box, box.parent), key=lambda each: each.left)
    start, end = near.left + WIDTH, far.left
    tops = near.top + HEIGHT / 2, far.top + HEIGHT / 2
    bend = (start + end) / 2
    return f'<path d="M{start:g} {tops[0]:g} C{bend:g} {tops[0]:g} {bend:g} {tops[1]:g} {end:g} {tops[1]:g}" fill="none" stroke="#8a94a6"/>'


def _box(box: Box) -> str:
    step, middle = box.step, box.parent is None
    said = " · ".join(filter(None, [box.kind, step.issued, step.place]))
    fill, edge = ("#fdf3d8", "#b98900") if middle else ("#f4f6fa", "#8a94a6")
    return (
        f'<g transform="translate({box.left:g} {box.top:g})"><title>{_safe(step.name)} ({_safe(step.id)})</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="4" fill="{fill}" stroke="{edge}"/>'
        f'<text x="{PAD}" y="17" font-weight="600">{_safe(fitted(step.name, 13))}</text>'
        f'<text x="{PAD}" y="33" font-size="11" fill="#48505e">{_safe(fitted(said, 11 * LIGHTER))}</text></g>'
    )


def _more(more: Sequence[int], height: float) -> Iterator[str]:
    """How many documents are not drawn, on the side where they would be."""
    said = [
        f"{side}: và {count} văn bản nữa (and {count} more)" for count, side in zip(more, SIDES, strict=True) if count
    ]
    if said:
        yield f'<text x="{MARGIN}" y="{height - MARGIN:g}" fill="#48505e">{"; ".join(said)}</text>'


def fitted(name: str, size: float) -> str:
    """As much of a name as a line of a box holds in letters of `size` pixels; its end is left out.

    >>> fitted("NGHỊ QUYẾT ĐẠI HỘI ĐẠI BIỂU TOÀN QUỐC", 13)
    'NGHỊ QUYẾT ĐẠI HỘI Đ…'
    """
    line, taken = " ".join(name.split()), 0.0
    for at, letter in enumerate(line):
        taken += size * (
            WIDE if letter in "MWmwƯƠ@%" or ord(letter) > LATIN else CAPITAL if letter.isupper() else NARROW
        )
        if taken > WIDTH - 2 * PAD:
            return f"{line[: max(at - 1, 0)].rstrip()}…"
    return line


def _safe(text: str) -> str:
    return escape(clean(text))
