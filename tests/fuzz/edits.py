"""Bytes of the fuzzer → changes to samples: lines dropped, doubled, moved and made anew; elements likewise, so that XML stays XML."""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import TypeVar

import lxml.etree

from tests.fuzz import compose

T = TypeVar("T")
MOST_LINES, MOST_ELEMENTS = 400, 600
"""Lines and elements from which nothing is added."""
NUMBERS = (
    "0",
    "1",
    "-1",
    "2",
    "9",
    "10",
    "11",
    "255",
    "3999",
    "65535",
    "-32768",
    "2147483648",
    "99999999999",
    "0.001",
    "-0",
    "1.5",
    "",
    "x",
    "٣",
)
"""Numbers that files state, and what stands for one."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Stream:
    """Bytes one after another; 0 for each behind the last."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def __bool__(self) -> bool:
        return self._at < len(self._data)

    def __call__(self) -> int:
        self._at += 1
        return self._data[self._at - 1] if self._at <= len(self._data) else 0

    def wide(self) -> int:
        """Two bytes as a number."""
        return self() << 8 | self()

    def pick(self, some: Sequence[T]) -> T:
        """One of some."""
        return some[(self() if len(some) <= 256 else self.wide()) % len(some)]

    def words(self) -> str:
        """Up to four pieces of text."""
        pieces: list[str] = []
        for _ in range(self() % 4 + 1):
            pieces.append(compose.STEPS[self() % len(compose.STEPS)](self, pieces))
        return "".join(pieces)[:2000]


def lines(take: Stream, sample: Sequence[str], fresh: Callable[[Stream], str]) -> list[str]:
    """Lines of a sample, changed until there are no more bytes; `fresh` makes a line."""
    made = list(sample)
    while take:
        what, at = take() % 8, take() % (len(made) + 1)
        if what < 3 and len(made) < MOST_LINES:
            made.insert(at, fresh(take))
        elif at < len(made):
            _change(take, made, what, at)
    return made


def _change(take: Stream, made: list[str], what: int, at: int) -> None:
    if what == 3:
        del made[at : at + take() % 4 + 1]
    elif what == 4:
        made[at:at] = made[at : at + take() % 4 + 1] * (take() % 3 + 1)
    elif what == 5:
        made.insert(take() % len(made), made.pop(at))
    elif what == 6:
        number = take.pick(NUMBERS)
        made[at] = _NUMBER.sub(lambda _: number, made[at], count=take() % 3 + 1)
    else:
        cut = take() % (len(made[at]) + 1)
        made[at] = made[at][:cut] + take.words() + made[at][cut + take() % 8 :]


def tree(
    take: Stream, sample: lxml.etree._Element, names: Sequence[str], attributes: Sequence[tuple[str, str]], changes: int
) -> bytes:
    """A tree changed in up to `changes` places: elements made of `names`, their attributes set, elements taken away, doubled, moved."""
    root = deepcopy(sample)
    for _ in range(changes):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        _grow(take, elements[take.wide() % len(elements)], elements, names, attributes)
    return bytes(lxml.etree.tostring(root, encoding="utf-8"))


def _grow(
    take: Stream, element: lxml.etree._Element, elements: Sequence[lxml.etree._Element], names: Sequence[str],
    attributes: Sequence[tuple[str, str]],
) -> None:  # fmt: skip
    what, above = take() % 8, element.getparent()
    if what < 2 and len(elements) < MOST_ELEMENTS:
        child = lxml.etree.SubElement(element, take.pick(names))
        child.text = xml(take.words()) if take() % 2 else None
    elif what == 2:
        element.set(*take.pick(attributes))
    elif what == 3:
        element.text = xml(take.words())
    elif what == 4 and above is not None:
        above.remove(element)
    elif what == 5 and above is not None and len(elements) < MOST_ELEMENTS and len(element) < 40:
        above.insert(take() % (len(above) + 1), deepcopy(element))
    elif what == 6 and above is not None:
        other = elements[take.wide() % len(elements)]
        if element not in other.iterancestors() and other is not element:
            other.append(element)
    else:
        element.tag = take.pick(names)


def xml(text: str) -> str:
    """Text that XML can hold."""
    return "".join(char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))
