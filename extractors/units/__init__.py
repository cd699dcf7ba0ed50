"""Named bodies and places (đơn vị): who acts, and where.

A unit is a body of the Party, the State, a mass organisation or another with a name, or a place; what
counts is said in the tables `data/bodies_*.toml` and `data/places_*.toml`, with examples both ways.
"""

from extractors.units.finding import find_units

__all__ = ["find_units"]
