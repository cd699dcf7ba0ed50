"""Cells of CSV: a quote stands before what a spreadsheet would run."""

RUN = "=+-@\t\r"
"""What cells begin with that a spreadsheet would run."""
_BEGINS = f"{{0}} GLOB '[-{RUN.replace('-', '')}]*'"  # in brackets of GLOB a hyphen that is first means itself
QUOTED = f"iif({_BEGINS}, '''' || {{0}}, {{0}})"
"""SQL that quotes a column, for which `{0}` stands."""
QUOTED_NUMBER = f"iif({_BEGINS} AND {{0}} GLOB '*[^-0-9.]*', '''' || {{0}}, {{0}})"
"""The same for numbers, of which only those are quoted that are more than digits."""


def quoted(value: object) -> object:
    """A value for a cell.

    >>> quoted("=1+1"), quoted("682-QĐ/TU"), quoted(-3)
    ("'=1+1", '682-QĐ/TU', -3)
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple(RUN) else value
