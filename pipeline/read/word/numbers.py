"""The numbers that Word prints before paragraphs and does not store: "Điều 1.", "a)", "II."."""

from dataclasses import dataclass, field, replace

from pipeline.read.word.package import Element, Package, W, is_on, path, value

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
    """A level of a list: `after` is how many levels above it make it begin anew, `plain` that all its numbers are in digits."""

    start: int
    form: str
    text: str
    style: str | None = None
    after: int = LEVELS
    plain: bool = False


@dataclass(slots=True)
class _List:
    """A list that paragraphs name: its levels, its kind, and the levels that it begins anew when it is first named."""

    levels: dict[int, _Level]
    kind: str
    anew: list[int]


_Counts = list[int | None]


@dataclass(slots=True)
class Numbers:
    """The lists of a document, and how far each kind has been counted: lists of one kind go on where the other stopped."""

    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, _Counts] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, package: Package) -> "Numbers":
        """Those of a package, none counted yet."""
        root = package.part("numbering")
        if root is None:
            return cls()
        kinds = _kinds(root)
        return cls({str(value(each, "numId")): _list(each, kinds) for each in root.iter(f"{W}num")})

    def level_of_style(self, name: str, style: str) -> int:
        """The level of a list that belongs to a style of paragraphs, else the first."""
        levels = self._lists[name].levels if name in self._lists else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def next(self, name: str, level: int) -> str:
        """What is printed before the next paragraph of a list at a level; "" if nothing is."""
        found = self._lists.get(name)
        if found is None or level not in found.levels or level >= LEVELS:
            return ""
        counts = self._counts.setdefault(found.kind, [None] * LEVELS)
        for at in found.anew if name not in self._begun else ():
            counts[at] = None
        self._begun.add(name)
        count = counts[level]
        counts[level] = found.levels[level].start if count is None else count + 1
        for at in range(level + 1, LEVELS):
            if at not in found.levels or level < found.levels[at].after:
                counts[at] = None
        return BULLET if found.levels[level].form == "bullet" else _printed(found.levels, counts, found.levels[level])


def _kinds(root: Element) -> dict[str | None, tuple[str, dict[int, _Level]]]:
    """Kinds of lists by their ids, with what tells them apart; one that only names a style of lists is the kind of that."""
    elements = list(root.iter(f"{W}abstractNum"))
    styled = {value(path(kind, "styleLink")): kind for kind in elements}
    found: dict[str | None, tuple[str, dict[int, _Level]]] = {}
    for kind in elements:
        link = value(path(kind, "numStyleLink"))
        meant = styled.get(link, kind) if link else kind
        found[value(kind, "abstractNumId")] = str(value(meant, "abstractNumId")), _levels(meant)
    return found


def _list(each: Element, kinds: dict[str | None, tuple[str, dict[int, _Level]]]) -> _List:
    """A list: the levels of its kind, with what it overrides."""
    kind, levels = kinds.get(value(path(each, "abstractNumId")), ("", {}))
    levels, anew = dict(levels), list[int]()
    for override in each.findall(f"{W}lvlOverride"):
        at, start = _number(value(override, "ilvl"), 0), value(path(override, "startOverride"))
        if (own := path(override, "lvl")) is not None:
            levels[at] = _level(own)
        if start is not None and at in levels and at < LEVELS:
            levels[at] = replace(levels[at], start=_number(start, levels[at].start))
            anew.append(at)
    return _List(levels, kind, anew)


def _levels(kind: Element) -> dict[int, _Level]:
    return {_number(value(level, "ilvl"), 0): _level(level) for level in kind.findall(f"{W}lvl")}


def _level(level: Element) -> _Level:
    form, text = value(path(level, "numFmt")) or "decimal", value(path(level, "lvlText")) or ""
    style, after = value(path(level, "pStyle")), _number(value(path(level, "lvlRestart")), LEVELS)
    return _Level(_number(value(path(level, "start")), 1), form, text, style, after, is_on(path(level, "isLgl")))


def _printed(levels: dict[int, _Level], counts: _Counts, own: _Level) -> str:
    """The text of a level with %1 to %9 in place of the numbers of the levels."""
    text = own.text
    for at, count in enumerate(counts):
        if f"%{at + 1}" in text:
            level = levels.get(at, _Level(1, "decimal", ""))
            form = "decimal" if own.plain and level.form != "decimalZero" else level.form
            text = text.replace(f"%{at + 1}", _form(level.start if count is None else count, form))
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
