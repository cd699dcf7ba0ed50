"""The numbers that Word prints before paragraphs and does not store: "Điều 1.", "a)", "II."."""

from dataclasses import dataclass, field

from pipeline.read.word.package import Element, Package, W, path, value

LEVELS = 9
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
    (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
LARGEST = 3999
"""A larger number is printed in digits."""
BULLET = "-"
"""Printed for any mark of a list: fonts of pictures give it as something else each."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


@dataclass(slots=True)
class Numbers:
    """The lists of a document, with how far each has been counted; lists of one kind go on where the other stopped."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counted_as: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package) -> "Numbers":
        """Those of a package, none counted yet."""
        root = package.part("numbering")
        if root is None:
            return cls()
        kinds = {value(kind, "abstractNumId"): _levels(kind) for kind in root.iter(f"{W}abstractNum")}
        found = cls()
        for each in root.iter(f"{W}num"):
            name, kind = str(value(each, "numId")), value(path(each, "abstractNumId"))
            starts = {value(o, "ilvl"): value(path(o, "startOverride")) for o in each.iter(f"{W}lvlOverride")}
            found._levels[name] = {
                at: _Level(_number(starts.get(str(at)), level.start), level.form, level.text)
                for at, level in kinds.get(kind, {}).items()
            }
            found._counted_as[name] = f"list {name}" if any(starts.values()) else f"kind {kind}"
        return found

    def next(self, name: str, level: int) -> str:
        """What is printed before the next paragraph of a list at a level; "" if nothing is."""
        levels = self._levels.get(name, {})
        if level not in levels or level >= LEVELS:
            return ""
        counts = self._counts.setdefault(self._counted_as[name], [0] * LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        if levels[level].form == "bullet":
            return BULLET
        return _printed(levels, counts, levels[level].text)


def _levels(kind: Element) -> dict[int, _Level]:
    found = {}
    for level in kind.findall(f"{W}lvl"):
        at = _number(value(level, "ilvl"), 0)
        form, text = value(path(level, "numFmt")) or "decimal", value(path(level, "lvlText")) or ""
        found[at] = _Level(_number(value(path(level, "start")), 1), form, text)
    return found


def _printed(levels: dict[int, _Level], counts: list[int], text: str) -> str:
    """`text` with %1 to %9 in place of the numbers of the levels."""
    for at, count in enumerate(counts):
        if f"%{at + 1}" in text:
            level = levels.get(at, _Level(1, "decimal", ""))
            text = text.replace(f"%{at + 1}", _form(count or level.start, level.form))
    return text.strip()


def _form(number: int, form: str) -> str:
    """A number as a list prints it.

    >>> _form(4, "upperRoman"), _form(28, "lowerLetter"), _form(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    if form in ("upperRoman", "lowerRoman") and 0 < number <= LARGEST:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < number <= LARGEST:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return "" if form == "none" else f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    printed = ""
    for worth, sign in ROMAN:
        printed += sign * (number // worth)
        number %= worth
    return printed


def _number(printed: str | None, default: int) -> int:
    """A count; hostile files write any."""
    return int(printed) if printed and printed.isdecimal() and len(printed) < LEVELS else default
