"""Scans that lie askew, on a side or upside down: by how much they are turned, and where their words stand on the page.

Angles are degrees, counter-clockwise. A page that lies straight has lines of print as rows of dark pixels with light ones between;
its skew is the angle at which the rows differ most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin
from typing import Protocol, Self

from pipeline.document import Box
from pipeline.read.pdf.words import Word

WIDEST, COARSE, FINE = 7.0, 0.5, 0.1
"""The widest skew that is looked for, and the steps in which it is."""
LEAST, GAIN = 0.3, 1.05
"""A page is turned by no less, and if that makes its rows differ by this factor more than they do as it lies."""
LONGEST = 5
"""Times the width of a page that it may be high, or the other way round."""
WIDTH = 800
"""Pixels across which a skew is measured; half of one is 0.04 degrees."""
DARK = 160
"""A pixel of less light than this is print, of 255."""
DENSEST = 80.0
"""Ink of a row of pixels, of 255, that counts: one line drawn across would outweigh all lines of print, which have some 20 to 60."""


class Picture(Protocol):
    """What is needed of a picture of Pillow in shades of grey."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""

    def rotate(self, angle: float, resample: int = 0, expand: bool = False, *, fillcolor: int = 0) -> Self:
        """Turned counter-clockwise around its middle."""

    def reduce(self, factor: int) -> Self:
        """Each square of so many pixels as one."""

    def point(self, lut: list[int]) -> Self:
        """Each shade by another."""

    def convert(self, mode: str) -> Self:
        """In another form of numbers."""

    def resize(self, size: tuple[int, int], resample: int) -> Self:
        """Shrunk or stretched."""

    def tobytes(self) -> bytes:
        """Its pixels, row after row."""

    def save(self, fp: object, *, compress_level: int) -> None:
        """Written to a file."""


_BICUBIC, _BOX = 3, 4
"""Pillow's numbers of two ways to mix pixels: by their surroundings, and as the mean of a box."""
_WHITE = 255


def skew_of(picture: Picture) -> float:
    """The angle by which a picture is to be turned to lie straight, 0 if it does; in less than half a second.

    0 of a strip too, which would be too large when it is turned.
    """
    if max(picture.size) > LONGEST * min(picture.size):
        return 0.0
    factor = max(1, round(picture.size[0] / WIDTH))
    small = picture.reduce(factor).point([_WHITE * (light < DARK) for light in range(256)])
    scores = {step * COARSE: _score(small, step * COARSE) for step in range(-_steps(), _steps() + 1)}
    best = max(scores, key=lambda angle: (scores[angle], -abs(angle)))
    near = {best: scores[best]} | {
        angle: _score(small, angle) for step in range(-4, 5) if step and (angle := best + step * FINE)
    }
    angle = max(near, key=lambda angle: (near[angle], -abs(angle)))
    return round(angle, 1) if abs(angle) >= LEAST - FINE / 2 and near[angle] > GAIN * scores[0.0] else 0.0


def _steps() -> int:
    return round(WIDEST / COARSE)


def _score(picture: Picture, angle: float) -> float:
    """How much neighbouring rows of a picture differ, if it is turned."""
    turned = picture.rotate(angle) if angle else picture
    means = memoryview(turned.convert("F").resize((1, turned.size[1]), _BOX).tobytes()).cast("f")
    return float(sum((min(one, DENSEST) - min(two, DENSEST)) ** 2 for one, two in pairwise(means)))


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page of `width` by `height` points is turned to be read: by `quarters` of a circle, and then by `skew`."""

    width: float
    height: float
    quarters: int = 0
    skew: float = 0.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it is read."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def turned(self, picture: Picture) -> Picture:
        """A picture of the page, so turned; it grows so that no corner is cut off."""
        quarter = picture.rotate(90.0 * self.quarters, expand=True) if self.quarters else picture
        return quarter.rotate(self.skew, _BICUBIC, expand=True, fillcolor=_WHITE) if self.skew else quarter

    def there(self, word: Word) -> Word:
        """A word that stands on the page, where it stands when that is turned."""
        left, top, right, bottom = _around(word[1:5], (self.width, self.height), self.size, self._degrees)
        return word._replace(left=left, top=top, right=right, bottom=bottom)

    def back(self, box: Box) -> Box:
        """The least box on the page around one on the turned page, to a tenth of a point."""
        left, top, right, bottom = _around(box, self.size, (self.width, self.height), -self._degrees)
        return (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))

    @property
    def _degrees(self) -> float:
        return 90.0 * self.quarters + self.skew


def _around(
    box: Iterable[float], here: tuple[float, float], there: tuple[float, float], degrees: float
) -> tuple[float, float, float, float]:
    """The least box around one that turns with its page around the middle of that, from a page of one size to one of another."""
    left, top, right, bottom = box
    along, across = cos(radians(degrees)), sin(radians(degrees))
    corners = [(x - here[0] / 2, y - here[1] / 2) for x in (left, right) for y in (top, bottom)]
    xs = [x * along + y * across + there[0] / 2 for x, y in corners]
    ys = [y * along - x * across + there[1] / 2 for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
