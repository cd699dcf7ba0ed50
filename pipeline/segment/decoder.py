"""A decoder over underthesea's weights: the same labels as its tagger, several times as fast.

The library builds 43 strings for every token and looks each up. Here the score of a token is a sum of numbers that
belong to single tokens, pairs and triples; these are remembered, since texts repeat them. Memory is bounded.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.segment.model import Model

MOST_TOKENS, MOST_WINDOWS = 50_000, 200_000
"""How many tokens and threes of tokens are remembered: some 100 MB when full."""
BEFORE, AFTER = "BOS", "EOS"
TOKEN = ("T[2]", "T[1]", "T[0]", "T[-1]", "T[-2]")
PAIR = ("T[1,2]", "T[0,1]", "T[-1,0]", "T[-2,-1]")
TRIPLE = ("T[0,2]", "T[-1,1]", "T[-2,0]")
"""Templates in the order of the tokens that they score, the first of which lies furthest to the left."""
TIE = 1e-9
"""Scores nearer than this may differ by the order in which they were added; the library, which adds in another, decides."""
LONG = 5
"""Tokens from which on no template reaches over both ends."""
LARGEST_INTEGER = 2**31
_INTEGER = re.compile(r"[+-]?[0-9]{1,200}")
_TEMPLATE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\]")
Scores = tuple[float, ...]


class Seen(NamedTuple):
    """What a token adds to the scores around it, the token in lower case, and whether it begins like a title."""

    scores: Scores
    lower: str
    title: bool


Inside = Callable[[Sequence[str]], list[bool]]


class Grams:
    """Scores of n-grams of one length: by the text, by the lower-cased text, by title case, by the dictionary."""

    def __init__(self, model: Model, templates: Sequence[str]) -> None:
        self.words = model.words
        self.none: Scores = (0.0,) * len(templates)
        self.exact = self._table(model, templates, "")
        self.lower = self._table(model, templates, ".lower")
        self.title = self._table(model, templates, ".istitle")
        self.known = self._table(model, templates, ".is_in_dict")
        self.digit = self._table(model, templates, ".isdigit")
        self.special = {gram.lower() for gram in self.exact} | set(self.lower) | self.words
        yes_and_no = (True, False)
        self.plain = {
            (title, digit): self._score("\0", "\0", title, digit) for title in yes_and_no for digit in yes_and_no
        }

    @staticmethod
    def _table(model: Model, templates: Sequence[str], name: str) -> dict[str, Scores]:
        columns = [model.weights.get(template + name, {}) for template in templates]
        values = {value for column in columns for value in column}
        return {value: tuple(column.get(value, 0.0) for column in columns) for value in values}

    def score(self, gram: str, lower: str, title: bool, digit: bool = False) -> Scores:
        """What an n-gram adds to the scores of the tokens around it; `lower` is the same in lower case."""
        if lower not in self.special:
            return self.plain[title, digit]
        return self._score(gram, lower, title, digit)

    def _score(self, gram: str, lower: str, title: bool, digit: bool) -> Scores:
        parts = [
            self.exact.get(gram),
            self.lower.get(lower),
            self.title.get(str(title)),
            self.known.get(str(lower in self.words)),
            self.digit.get(str(digit)),
        ]
        return _added([part for part in parts if part], self.none)


def _added(parts: Iterable[Scores], none: Scores) -> Scores:
    return tuple(map(sum, zip(*parts, strict=True))) or none


def is_title(gram: str) -> bool:
    """Whether every word of an n-gram begins with a character that has no other capital."""
    return all(word[0] == word[0].upper() for word in gram.split(" ") if word)


def is_integer(token: str) -> bool:
    """Whether a token is what the library takes for a number: an integer of 32 bits."""
    return _INTEGER.fullmatch(token) is not None and -LARGEST_INTEGER <= int(token) < LARGEST_INTEGER


class Decoder:
    """Labels tokens as the beginning or the inside of a word; `in_doubt` labels those whose best labels tie."""

    def __init__(self, model: Model, in_doubt: Inside) -> None:
        self.model = model
        self.in_doubt = in_doubt
        self.tokens, self.pairs, self.triples = (Grams(model, templates) for templates in (TOKEN, PAIR, TRIPLE))
        self.seen = lru_cache(MOST_TOKENS)(self._seen)
        self.window = lru_cache(MOST_WINDOWS)(self._window)
        self.edges = list(_edges(model))
        self.ends = [self._at_edge(at, LONG) for at in (0, 1, LONG - 2, LONG - 1)]

    def inside(self, tokens: Sequence[str]) -> list[bool]:
        """Whether each token goes on with the word before it."""
        best = self._best(self._scores(tokens)) if tokens else []
        return self.in_doubt(tokens) if best is None else best

    def _seen(self, token: str) -> Seen:
        lower, title = token.lower(), is_title(token)
        return Seen(self.tokens.score(token, lower, title, is_integer(token)), lower, title)

    def _window(self, token: str, after: str | None, last: str | None) -> Scores:
        """What a token, alone and with those behind it, adds to the scores of two tokens before it up to two behind."""
        (one, two, three, four, five), lower, title = self.seen(token)
        if after is None:
            return one, two, three, four, five
        _, after_lower, after_title = self.seen(after)
        gram, lower, title = f"{token} {after}", f"{lower} {after_lower}", title and after_title
        second, third, fourth, fifth = self.pairs.score(gram, lower, title)
        if last is None:
            return one, two + second, three + third, four + fourth, five + fifth
        _, last_lower, last_title = self.seen(last)
        left, middle, right = self.triples.score(f"{gram} {last}", f"{lower} {last_lower}", title and last_title)
        return one, two + second, three + third + left, four + fourth + middle, five + fifth + right

    def _scores(self, tokens: Sequence[str]) -> list[float]:
        """For each token, how much its surroundings favour I-W over B-W."""
        none = (None, None)
        parts = zip(*map(self.window, tokens, [*tokens[1:], None], [*tokens[2:], *none]), strict=True)
        one, two, three, four, five = parts
        columns = zip((*one[2:], 0.0, 0.0), (*two[1:], 0.0), three, (0.0, *four), (0.0, 0.0, *five), strict=False)
        return self._with_edges([a + b + c + d + e for a, b, c, d, e in columns])

    def _with_edges(self, scores: list[float]) -> list[float]:
        """Add what templates say that reach over the first or the last token."""
        count = len(scores)
        if count >= LONG:
            places = zip((0, 1, -2, -1), self.ends, strict=True)
        else:
            places = zip(range(count), (self._at_edge(at, count) for at in range(count)), strict=True)
        for at, addition in places:
            scores[at] += addition
        return scores

    def _at_edge(self, at: int, count: int) -> float:
        """What templates add to the token at a place of `count` for reaching over an end."""
        before = (first for low, _, first, _ in self.edges if at + low < 0)
        after = (last for low, high, _, last in self.edges if at + low >= 0 and at + high >= count)
        return sum(before) + sum(after)

    def _best(self, scores: Sequence[float]) -> list[bool] | None:
        """Viterbi over two labels; None if labels on the way to the best tie with others.

        Only by how much I-W leads over B-W is kept: of that follows also which label came before.
        """
        model = self.model
        begin_begin, inside_begin = model.begin_begin, model.inside_begin
        begin_inside, inside_inside = model.begin_inside, model.inside_inside
        lead = scores[0]
        leads = [lead]
        for score in scores[1:]:
            on, off = lead + inside_inside, lead + inside_begin
            lead = (on if on > begin_inside else begin_inside) + score - (off if off > begin_begin else begin_begin)
            leads.append(lead)
        margin, into_inside, into_begin = leads.pop(), inside_inside - begin_inside, inside_begin - begin_begin
        best = [margin > 0]
        tied = -TIE < margin < TIE
        for lead in reversed(leads):
            margin = lead + (into_inside if margin > 0 else into_begin)
            tied = tied or -TIE < margin < TIE
            best.append(margin > 0)
        best.reverse()
        return None if tied else best


def _edges(model: Model) -> Iterable[tuple[int, int, float, float]]:
    """How far each template reaches, and what it says before the first and behind the last token."""
    for template, values in model.weights.items():
        reach = _TEMPLATE.match(template)
        assert reach is not None
        low, high = int(reach[1]), int(reach[2] or reach[1])
        if BEFORE in values or AFTER in values:
            yield low, high, values.get(BEFORE, 0.0), values.get(AFTER, 0.0)
