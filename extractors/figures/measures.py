"""What a figure comes to: "10.950 tỷ đồng" is 10 950 000 000 000 VND, "2,5 triệu người" is 2 500 000 người."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.tables import load_rows

SCALES = {
    "trăm": Decimal(100),
    "nghìn": Decimal(10**3),
    "ngàn": Decimal(10**3),
    "vạn": Decimal(10**4),
    "triệu": Decimal(10**6),
    "tỷ": Decimal(10**9),
    "tỉ": Decimal(10**9),
}
"""Words that multiply, alone or one behind the other ("nghìn tỷ")."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """Words for one measure; the table explains the fields."""

    code: str
    factor: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    source: str


@cache
def measure_rows() -> tuple[MeasureRow, ...]:
    """All measures with one meaning."""
    return load_rows("measures.toml", MeasureRow)


@cache
def _measures() -> dict[str, tuple[Decimal, str]]:
    return {word: (Decimal(row.factor), row.code) for row in measure_rows() for word in row.words}


def normalise(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The amount of a figure and its measure, from the printed value and unit, in lower case and folded.

    The measure is a code of UCUM or ISO 4217 where there is one, else the noun that is counted; rates keep what they are
    reckoned on ("VND/người").

    >>> normalise(Decimal("2.5"), "triệu đồng/người")
    (Decimal('2500000'), 'VND/người')
    >>> normalise(Decimal(12), "đ/c")
    (Decimal('12'), 'đồng chí')
    """
    words = unit.split()
    while words and words[0] in SCALES:
        value *= SCALES[words.pop(0)]
    whole = " ".join(words)
    noun, *on = [whole] if whole in _measures() else whole.split("/")
    factor, code = _measures().get(noun, (Decimal(1), noun))
    return _plain(value * factor), "/".join([code, *(_measure_of(each) for each in on)])


def _measure_of(noun: str) -> str:
    """The code of a measure that something is reckoned on, if it is that measure itself and no multiple."""
    factor, code = _measures().get(noun, (Decimal(0), noun))
    return code if factor == 1 else noun


def _plain(value: Decimal) -> Decimal:
    """The same number without an exponent or trailing zeros behind the point."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
