"""Scores of pairs and triples of tokens in underthesea's model, for all tokens of a text at once.

Every word of a pair or triple that the model or its dictionary knows has a number, so that a pair or triple is one number
too, and is looked up among those of the model.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.segment.model import Model
from pipeline.segment.numbers import Numbers, Places

PAIR = ("T[1,2]", "T[0,1]", "T[-1,0]", "T[-2,-1]")
TRIPLE = ("T[0,2]", "T[-1,1]", "T[-2,0]")
"""Templates in the order of the tokens that they score, the first of which lies furthest to the left."""
Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Grams:
    """Scores of pairs or of triples: by the text, by the lower-cased text, by title case, by the dictionary."""

    def __init__(self, model: Model, templates: Sequence[str], words: dict[str, int]) -> None:
        self.model, self.templates, self.words = model, templates, words
        self.length = 2 if templates == PAIR else 3
        lower, self.lower = self._grams({*self._values(".lower"), *model.words})
        scores = self._table(lower, ".lower")
        in_dict = np.array([gram in model.words for gram in lower] + [False])
        self.lower_scores = scores + self._by_flag(".is_in_dict")[in_dict.astype(int)]
        exact, self.exact = self._grams(self._values(""))
        self.exact_scores = self._table(exact, "")
        self.title_scores = self._by_flag(".istitle")

    def _values(self, feature: str) -> set[str]:
        return {value for template in self.templates for value in self.model.weights.get(template + feature, {})}

    def _grams(self, found: Iterable[str]) -> tuple[list[str], Places]:
        """Those of the right length, and the places of their numbers."""
        grams = [gram for gram in found if gram.count(" ") == self.length - 1]
        words = [self.words[word] for word in " ".join(grams).split(" ")] if grams else []
        numbers: Numbers = np.zeros(len(grams), dtype=np.int64)
        for column in np.array(words, dtype=np.int64).reshape(-1, self.length).T:
            numbers = numbers * (len(self.words) + 1) + column
        return grams, Places(numbers)

    def _table(self, grams: Sequence[str], feature: str) -> Scores:
        """Scores of grams by template; the last row is that of a gram which is not there."""
        rows = {gram: row for row, gram in enumerate(grams)}
        scores = np.zeros((len(grams) + 1, len(self.templates)))
        for at, template in enumerate(self.templates):
            weights = [
                (rows[gram], weight)
                for gram, weight in self.model.weights.get(template + feature, {}).items()
                if gram in rows
            ]
            if weights:
                scores[[row for row, _ in weights], at] = [weight for _, weight in weights]
        return scores

    def _by_flag(self, feature: str) -> Scores:
        """What False and True add, by template."""
        weights = [self.model.weights.get(template + feature, {}) for template in self.templates]
        return np.array([[weight.get(str(flag), 0.0) for weight in weights] for flag in (False, True)])

    def scores(self, lower: Numbers, exact: Numbers, title: Flags, real: Flags) -> Scores:
        """What the gram that begins at each place adds, by template; nothing where one of its tokens is not `real`."""
        found: Scores = self.lower_scores[self.lower.of(self._numbers(lower))]
        found += self.exact_scores[self.exact.of(self._numbers(exact))]
        found += self.title_scores[self._all(title).view(np.int8)]
        found *= self._all(real)[:, None]
        return found

    def _all(self, flags: Flags) -> Flags:
        """Whether all tokens of the gram that begins at each place are marked."""
        marked: Flags = np.logical_and.reduce([flags[part] for part in self._shifts(len(flags))])
        return marked

    def _shifts(self, count: int) -> list[slice]:
        """For each token of a gram, its places among `count`."""
        return [slice(at, count - self.length + 1 + at) for at in range(self.length)]

    def _numbers(self, words: Numbers) -> Numbers:
        """The number of the gram that begins at each place, by the numbers of its words."""
        numbers: Numbers = np.zeros(1, dtype=np.int64)
        for part in self._shifts(len(words)):
            numbers = numbers * (len(self.words) + 1) + words[part]
        return numbers


def number_words(model: Model) -> dict[str, int]:
    """A number from 1 for every word of a pair or triple that the model or its dictionary knows."""
    features = [template + case for template in (*PAIR, *TRIPLE) for case in ("", ".lower")]
    grams = [*model.words, *(gram for feature in features for gram in model.weights.get(feature, {}))]
    words = set(" ".join(gram for gram in grams if gram.count(" ") in (1, 2)).split(" "))
    return {word: number for number, word in enumerate(sorted(words), 1)}
