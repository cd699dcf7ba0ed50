"""A decoder over underthesea's weights: the same labels as its tagger, many times as fast.

The library builds 43 strings for every token and looks each up. Here the score of a token is a sum of numbers that belong to
single tokens, pairs and triples; those of tokens are remembered, and all sentences of a text are added up at once.
"""

import re
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from pipeline.segment.grams import PAIR, TRIPLE, Grams, Scores, number_words
from pipeline.segment.model import Model
from pipeline.segment.numbers import Numbers
from pipeline.segment.seen import Seen
from pipeline.segment.viterbi import Viterbi

BEFORE, AFTER = "BOS", "EOS"
GAP = 2
"""Places between sentences, so that no template reaches from one into another."""
LONG = 5
"""Tokens from which on no template reaches over both ends."""
_TEMPLATE = re.compile(r"T\[(-?\d)(?:,(-?\d))?\]")
Inside = Callable[[Sequence[str], Sequence[int]], list[bool]]
"""From the tokens of sentences in a row, and how many each sentence has: whether each goes on with the word before it."""


class Decoder:
    """Labels tokens as the beginning or the inside of a word; `in_doubt` labels sentences whose best labels tie.

    ModelError if the labels of the model do not alternate.
    """

    def __init__(self, model: Model, in_doubt: Inside) -> None:
        words = number_words(model)
        self.pairs, self.triples = Grams(model, PAIR, words), Grams(model, TRIPLE, words)
        self.seen = Seen(model, words)
        self.viterbi = Viterbi(model)
        self.edges = list(_edges(model))
        self.in_doubt = in_doubt

    def inside(self, tokens: Sequence[str], counts: Sequence[int]) -> list[bool]:
        """Whether each token goes on with the word before it."""
        sizes: Numbers = np.array([count for count in counts if count], dtype=np.int64)
        if not len(sizes):
            return []
        ends = np.cumsum(sizes)
        scores = self._scores(tokens, sizes)
        self._add_edges(scores, ends - sizes, sizes)
        first, last = np.zeros((2, len(tokens)), dtype=bool)
        first[ends - sizes], last[ends - 1] = True, True
        best, tied = self.viterbi.best(scores, first, last)
        labels: list[bool] = best.tolist()
        for number in np.unique(np.searchsorted(ends, np.flatnonzero(tied), side="right")).tolist():
            part = slice(int(ends[number] - sizes[number]), int(ends[number]))
            labels[part] = self.in_doubt(tokens[part], [int(sizes[number])])
        return labels

    def _scores(self, tokens: Sequence[str], sizes: Numbers) -> Scores:
        """For each token, how much its surroundings favour I-W over B-W, but for the ends of its sentence."""
        places = np.arange(len(tokens)) + GAP * np.repeat(np.arange(1, len(sizes) + 1), sizes)
        rows = np.zeros(places[-1] + 1 + GAP, dtype=np.int64)
        rows[places] = self.seen.rows(tokens)
        scores, lower, exact, title = self.seen.at(rows)
        words = lower, exact, title, rows > 0
        total: Scores = np.zeros(len(rows) + 2 * GAP)
        for added, left in ((scores, 2), (self.pairs.scores(*words), 1), (self.triples.scores(*words), 0)):
            for at, column in enumerate(added.T, GAP - left):
                total[at : at + len(column)] += column
        found: Scores = total[GAP:][places]
        return found

    def _add_edges(self, scores: Scores, starts: Numbers, sizes: Numbers) -> None:
        """Add what templates say that reach over the first or the last token of a sentence."""
        for count in range(1, LONG):
            of_this = starts[sizes == count]
            for at in range(count if len(of_this) else 0):
                scores[of_this + at] += self._at_edge(at, count)
        long = sizes >= LONG
        for at in (0, 1):
            scores[starts[long] + at] += self._at_edge(at, LONG)
            scores[(starts + sizes)[long] - 1 - at] += self._at_edge(LONG - 1 - at, LONG)

    def _at_edge(self, at: int, count: int) -> float:
        """What templates add to the token at a place of `count` for reaching over an end."""
        before = (first for low, _, first, _ in self.edges if at + low < 0)
        after = (last for low, high, _, last in self.edges if at + low >= 0 and at + high >= count)
        return sum(before) + sum(after)


def _edges(model: Model) -> Iterable[tuple[int, int, float, float]]:
    """How far each template reaches, and what it says before the first and behind the last token."""
    for template, values in model.weights.items():
        reach = _TEMPLATE.match(template)
        assert reach is not None
        low, high = int(reach[1]), int(reach[2] or reach[1])
        if BEFORE in values or AFTER in values:
            yield low, high, values.get(BEFORE, 0.0), values.get(AFTER, 0.0)
