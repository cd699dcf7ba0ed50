"""Strings that may slow a pattern down, from its parse tree.

A pattern is slow where it can read one stretch in many ways: what a repeat takes, over and over, behind what leads to it, before something
that fails. Bodies of repeats are tried in each of their alternatives, with and without what a look-around wants.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

LONG = 6
"""Repeats of at most so many are not tried by themselves."""
MOST_WAYS = 24
"""Ways of reading one repeat that are tried."""
SIGNS = "a0 .,-/(A)đĐăáxviX_\n:;\"“…%|*#<>&'=é\u0301"
"""Characters that stand for a class of characters."""
ENDS = ("", "\x00")
"""What stands behind the attack: nothing, or what no pattern takes."""
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_CATEGORIES: dict[object, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    sre.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    sre.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    sre.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}
Node = Sequence[tuple[Any, Any]]


class Attack(NamedTuple):
    """`lead`, then `pump` over and over, then `end`."""

    lead: str
    pump: str
    end: str

    def text(self, size: int) -> str:
        """About `size` characters."""
        return self.lead + self.pump * max(1, (size - len(self.lead)) // len(self.pump)) + self.end


def attacks(pattern: str | bytes, flags: int = 0) -> list[Attack]:
    """Attacks on a pattern, each once."""
    tree: Node = parser.parse(pattern, flags)
    pairs = [(lead, way) for lead, body in _repeats(tree, "") for way in _ways(body)]
    pairs += [("", lead + way) for lead, way in pairs] + [("", way) for way in _ways(tree)]
    return [Attack(lead, pump, end) for lead, pump in dict.fromkeys(pairs) if pump for end in ENDS]


def _repeats(node: Node, lead: str) -> Iterator[tuple[str, Node]]:
    """Each long repeat: what leads to it, and its body."""
    for op, value in node:
        if op in _REPEATS and value[1] >= LONG:
            yield lead, value[2]
        for inner in _inner(op, value):
            yield from _repeats(inner, lead)
        lead += _least(op, value)


def _inner(op: object, value: Any) -> list[Node]:
    """The parts of a node."""
    if op in _REPEATS:
        return [value[2]]
    if op is sre.BRANCH:
        return list(value[1])
    if op is sre.SUBPATTERN:
        return [value[3]]
    if op is sre.ATOMIC_GROUP:
        return [value]
    return [value[1]] if op in (sre.ASSERT, sre.ASSERT_NOT) else []


def _ways(node: Node) -> list[str]:
    """Strings that a node takes: the plainest, and those that differ from it in one choice."""
    parts = [_choices(op, value) for op, value in node]
    plain = [part[0] for part in parts]
    ways = [plain, *([*plain[:at], choice, *plain[at + 1 :]] for at, part in enumerate(parts) for choice in part[1:])]
    return _some(["".join(way) for way in ways])


def _some(ways: Iterable[str]) -> list[str]:
    """Ways from all over, if there are too many; each once, never none."""
    found = list(dict.fromkeys(ways))
    step = -(-len(found) // MOST_WAYS)
    return found[::step] if found else [""]


def _choices(op: object, value: Any) -> list[str]:
    if op is sre.LITERAL:
        return [chr(value)]
    if op in (sre.IN, sre.ANY, sre.NOT_LITERAL):
        return _some(_chars(op, value))
    if op in _REPEATS:
        least, most, body = value
        times = dict.fromkeys((max(least, min(1, most)), least, min(most, least + 2)))
        return _some([way * min(count, 40) for count in times for way in _ways(body)])
    ways = [way for part in _inner(op, value) for way in _ways(part)]
    if op is sre.ASSERT:  # what it looks at is left out, or stands there
        return _some(["", *ways])
    return _some(ways) if ways and op is not sre.ASSERT_NOT else [""]


def _least(op: object, value: Any) -> str:
    return _choices(op, value)[0]


def _chars(op: object, value: Any) -> Iterator[str]:
    """Characters of a class: the ends of its ranges, and signs that it holds."""
    if op is sre.IN:
        for kind, what in value:
            if kind is sre.RANGE and value[0][0] is not sre.NEGATE:
                yield from map(chr, what)
            if kind is sre.LITERAL and value[0][0] is not sre.NEGATE:
                yield chr(what)
    yield from (char for char in SIGNS if _takes(op, value, char))


def _takes(op: object, value: Any, char: str) -> bool:
    if op is not sre.IN:
        return op is sre.ANY or ord(char) != value
    held = any(_holds(kind, what, char) for kind, what in value)
    return held != (value[0][0] is sre.NEGATE)


def _holds(kind: object, what: Any, char: str) -> bool:
    if kind is sre.LITERAL:
        return bool(ord(char) == what)
    if kind is sre.RANGE:
        return bool(what[0] <= ord(char) <= what[1])
    return kind is sre.CATEGORY and _CATEGORIES[what](char)


def encoded(text: str, pattern: re.Pattern[Any]) -> str | bytes:
    """The text as the pattern wants it."""
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
