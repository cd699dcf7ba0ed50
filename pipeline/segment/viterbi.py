"""Viterbi over the two labels of underthesea's model, for all sentences of a text at once.

Only by how much I-W leads over B-W matters. From one token to the next the lead l becomes s + clip(c - l, low, high), where s is
the token's score: labels like to alternate. Such clips put one into another are clips again, so all leads are found in
as many rounds as it takes to double one token to the longest sentence (prefix scan; Hillis and Steele 1986).
"""

import numpy as np

from pipeline.segment.grams import Flags, Scores
from pipeline.segment.model import Model, ModelError
from pipeline.segment.numbers import Numbers

TIE = 1e-9
"""Scores nearer than this may differ by the order in which they were added; the library, which adds in another, decides."""


class Viterbi:
    """The best labels by the transitions of a model; ModelError if its labels do not like to alternate."""

    def __init__(self, model: Model) -> None:
        self.into_inside = model.inside_inside - model.begin_inside
        self.into_begin = model.inside_begin - model.begin_begin
        self.centre = model.begin_inside - model.inside_begin
        self.low = model.inside_inside - model.inside_begin
        self.high = model.begin_inside - model.begin_begin
        if self.low > self.high:
            raise ModelError("the labels of the model do not alternate")

    def best(self, scores: Scores, first: Flags, last: Flags) -> tuple[Flags, Flags]:
        """Whether I-W is best for each token, and whether that is a tie; `first` and `last` tokens of sentences are marked."""
        leads = self._leads(scores, first)
        after_begin = leads + np.where(last, 0.0, self.into_begin)
        after_inside = leads + np.where(last, 0.0, self.into_inside)
        best = _from_the_right(after_begin > 0, after_inside > 0)
        behind = np.append(best[1:], False)
        return best, np.abs(np.where(behind, after_inside, after_begin)) < TIE

    def _leads(self, scores: Scores, first: Flags) -> Scores:
        low, high = scores + np.where(first, 0.0, self.low), scores + np.where(first, 0.0, self.high)
        shift, sign, reach = scores + self.centre, -1.0, 1
        while reach < len(scores) and not np.array_equal(low, high):
            ends = sign * low[:-reach], sign * high[:-reach]
            ends = ends if sign > 0 else ends[::-1]
            new = [np.clip(end + shift[reach:], low[reach:], high[reach:]) for end in ends]
            shift[reach:] += sign * shift[:-reach].copy()
            low[reach:], high[reach:] = new
            sign, reach = 1.0, reach * 2
        return low


def _from_the_right(after_begin: Flags, after_inside: Flags) -> Flags:
    """Labels, where each is told by the one behind it: the same for both, or the other one."""
    count = len(after_begin)
    places: Numbers = np.where(after_begin == after_inside, np.arange(count), count)
    told = np.minimum.accumulate(places[::-1])[::-1]
    labels: Flags = after_begin[told] ^ ((told - np.arange(count)) % 2 == 1)
    return labels
