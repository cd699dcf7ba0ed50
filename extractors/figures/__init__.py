"""Figures: a number with what it counts or measures ("trên 9.600 đảng viên", "13/13 huyện ủy", "48,4%").

A number in a document's symbol, a date, an ordinal, an address or a score is no figure, and neither is a
number that counts nothing. Numbers are read from the digit: `numerals` reads the digits, `nouns` what stands
behind them, `contexts` what stands before them, `series` the numbers that share a noun, `finder` puts them
together. Words are in `data/counted_*.toml`.
"""

from extractors.figures.finder import find_figures
from extractors.figures.nouns import begins_counted_noun

__all__ = ["begins_counted_noun", "find_figures"]
