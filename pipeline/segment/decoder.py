"""A decoder over underthesea's weights: the same labels as its tagger, several times as fast.

The library builds 43 strings for every token and looks each up. Here the score of a token is a sum of numbers that
belong to single tokens, pairs and triples; these are remembered, since texts repeat them. Memory is bounded.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.segment.model import Model

MOST_TOKENS, MOST_PAIRS, MOST_TRIPLES = 50_000, 250_000, 250_000
"""How many scores are remembered: some 120 MB when full."""
BEFORE, AFTER = "BOS", "EOS"
TOKEN = ("T[2]", "T[1]", "T[0]", "T[-1]", "T[-2]")
PAIR = ("T[1,2]", "T[0,1]", "T[-1,0]", "T[-2,-1]")
TRIPLE = ("T[0,2]", "T[-1,1]", "T[-2,0]")
"""Templates in the order of the tokens that they score, the first of which lies furthest to the left."""
TIE = 1e-9
"""Scores nearer than this may differ by the order in which they were added; the library, which adds in another, decides."""
LARGEST_INTEGER = 2**31
_INTEGER = re.compile(r"[+-]?[0-9]{1,200}")
_TEMPLATE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\]")
Scores = tuple[float, ...]
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

    @staticmethod
    def _table(model: Model, templates: Sequence[str], name: str) -> dict[str, Scores]:
        columns = [model.weights.get(template + name, {}) for template in templates]
        values = {value for column in columns for value in column}
        return {value: tuple(column.get(value, 0.0) for column in columns) for value in values}

    def score(self, gram: str) -> Scores:
        """What an n-gram adds to the scores of the tokens around it."""
        lower = gram.lower()
        parts = [
            self.exact.get(gram),
            self.lower.get(lower),
            self.title.get(str(is_title(gram))),
            self.known.get(str(lower in self.words)),
            self.digit.get(str(is_integer(gram))),
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
        tokens, pairs, triples = (Grams(model, templates) for templates in (TOKEN, PAIR, TRIPLE))
        self.token = lru_cache(MOST_TOKENS)(tokens.score)
        self.pair = lru_cache(MOST_PAIRS)(lambda first, second: pairs.score(f"{first} {second}"))
        self.triple = lru_cache(MOST_TRIPLES)(lambda first, second, third: triples.score(f"{first} {second} {third}"))
        self.edges = list(_edges(model))

    def inside(self, tokens: Sequence[str]) -> list[bool]:
        """Whether each token goes on with the word before it."""
        best = self._best(self._scores(tokens)) if tokens else []
        return self.in_doubt(tokens) if best is None else best

    def _scores(self, tokens: Sequence[str]) -> list[float]:
        """For each token, how much its surroundings favour I-W over B-W; two places more on each side."""
        scores = [0.0] * (len(tokens) + 4)
        for at, token in enumerate(tokens):
            one, two, three, four, five = self.token(token)
            scores[at] += one
            scores[at + 1] += two
            scores[at + 2] += three
            scores[at + 3] += four
            scores[at + 4] += five
        for at, (token, after) in enumerate(pairwise(tokens), 1):
            one, two, three, four = self.pair(token, after)
            scores[at] += one
            scores[at + 1] += two
            scores[at + 2] += three
            scores[at + 3] += four
        for at, (token, after, last) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False), 2):
            one, two, three = self.triple(token, after, last)
            scores[at] += one
            scores[at + 1] += two
            scores[at + 2] += three
        return self._with_edges(scores[2:-2])

    def _with_edges(self, scores: list[float]) -> list[float]:
        """Add what templates say that reach over the first or the last token."""
        count = len(scores)
        for at in {0, 1, count - 2, count - 1} & set(range(count)):
            for low, high, before, after in self.edges:
                if at + low < 0:
                    scores[at] += before
                elif at + high >= count:
                    scores[at] += after
        return scores

    def _best(self, scores: Sequence[float]) -> list[bool] | None:
        """Viterbi over two labels; None if labels on the way to the best tie with others."""
        model = self.model
        begin, inside = 0.0, scores[0]
        back: list[tuple[float, float]] = []
        for score in scores[1:]:
            begin_begin, inside_begin = begin + model.begin_begin, inside + model.inside_begin
            begin_inside, inside_inside = begin + model.begin_inside, inside + model.inside_inside
            back.append((inside_begin - begin_begin, inside_inside - begin_inside))
            begin = max(begin_begin, inside_begin)
            inside = max(begin_inside, inside_inside) + score
        margins = [inside - begin]
        for from_begin, from_inside in reversed(back):
            margins.append(from_inside if margins[-1] > 0 else from_begin)
        if min(map(abs, margins)) < TIE:
            return None
        return [margin > 0 for margin in reversed(margins)]


def _edges(model: Model) -> Iterable[tuple[int, int, float, float]]:
    """How far each template reaches, and what it says before the first and behind the last token."""
    for template, values in model.weights.items():
        reach = _TEMPLATE.match(template)
        assert reach is not None
        low, high = int(reach[1]), int(reach[2] or reach[1])
        if BEFORE in values or AFTER in values:
            yield low, high, values.get(BEFORE, 0.0), values.get(AFTER, 0.0)
