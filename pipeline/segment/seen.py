"""Tokens that were seen, each a row of numbers: what it adds to the scores around it, and its words in the model."""

import re
from collections.abc import Sequence
from itertools import product

import numpy as np

from pipeline.segment.grams import Flags, Scores
from pipeline.segment.model import Model
from pipeline.segment.numbers import Numbers

MOST_TOKENS = 50_000
"""How many tokens are remembered: some 10 MB when full."""
TOKEN = ("T[2]", "T[1]", "T[0]", "T[-1]", "T[-2]")
"""Templates in the order of the tokens that they score, the first of which lies furthest to the left."""
LARGEST_INTEGER = 2**31
_INTEGER = re.compile(r"[+-]?[0-9]{1,200}")
Row = tuple[float, ...]
NOTHING: Row = (0.0,) * len(TOKEN)
ROOM = 1024
"""Rows at first."""


def is_title(token: str) -> bool:
    """Whether a token begins with a character that has no other capital."""
    return token[:1] == token[:1].upper()


def is_integer(token: str) -> bool:
    """Whether a token is what the library takes for a number: an integer of 32 bits."""
    return _INTEGER.fullmatch(token) is not None and -LARGEST_INTEGER <= int(token) < LARGEST_INTEGER


class Seen:
    """Rows of tokens; row 0 stands for a gap, where there is no token. `words` are numbers of words of pairs and triples."""

    def __init__(self, model: Model, words: dict[str, int]) -> None:
        self.known, self.words = model.words, words
        self.exact, self.lower = _table(model, ""), _table(model, ".lower")
        flags = [_table(model, feature) for feature in (".istitle", ".is_in_dict", ".isdigit")]
        self.plain = {
            values: _added(*(table.get(str(value), NOTHING) for table, value in zip(flags, values, strict=True)))
            for values in product((False, True), repeat=len(flags))
        }
        self.numbers: dict[str, int] = {}
        self._begin()

    def _begin(self) -> None:
        self.numbers.clear()
        self.scores: Scores = np.zeros((ROOM, len(TOKEN)))
        self.lowers, self.exacts = np.zeros((2, ROOM), dtype=np.int64)
        self.titles: Flags = np.zeros(ROOM, dtype=bool)

    def rows(self, tokens: Sequence[str]) -> list[int]:
        """The row of each token, which holds until the next call."""
        if len(self.numbers) > MOST_TOKENS:
            self._begin()
        known = self.numbers.get
        rows = list(map(known, tokens))
        if None not in rows:
            return rows  # type: ignore[return-value]
        return [row or known(token) or self._add(token) for row, token in zip(rows, tokens, strict=True)]

    def at(self, rows: Numbers) -> tuple[Scores, Numbers, Numbers, Flags]:
        """Of rows, the scores by template, the numbers of the words in lower case and as printed, and whether they begin like a title."""
        return self.scores[rows], self.lowers[rows], self.exacts[rows], self.titles[rows]

    def _add(self, token: str) -> int:
        row = self.numbers[token] = len(self.numbers) + 1
        if row == len(self.titles):
            self._grow()
        lower, title = token.lower(), is_title(token)
        plain = self.plain[title, lower in self.known, is_integer(token)]
        self.scores[row] = _added(plain, self.exact.get(token, NOTHING), self.lower.get(lower, NOTHING))
        self.lowers[row], self.exacts[row] = self.words.get(lower, 0), self.words.get(token, 0)
        self.titles[row] = title
        return row

    def _grow(self) -> None:
        self.scores = np.concatenate([self.scores, np.zeros_like(self.scores)])
        self.lowers, self.exacts = (np.concatenate([old, np.zeros_like(old)]) for old in (self.lowers, self.exacts))
        self.titles = np.concatenate([self.titles, np.zeros_like(self.titles)])


def _table(model: Model, feature: str) -> dict[str, Row]:
    """Scores by template of the values of a feature (".lower"; "" is the token itself)."""
    columns = [model.weights.get(template + feature, {}) for template in TOKEN]
    values = {value for column in columns for value in column}
    return {value: tuple(column.get(value, 0.0) for column in columns) for value in values}


def _added(*rows: Row) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))
