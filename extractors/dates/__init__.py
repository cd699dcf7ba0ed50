"""Dates: every calendar expression printed in digits, as EDTF (ISO 8601-2).

`grammar` holds the patterns, `calendar` the values, `finder` reads mentions out of a text.
"""

from extractors.dates.finder import find_dates

__all__ = ["find_dates"]
