"""What styles say of runs and paragraphs: the font, capitals, hidden words, the number before a paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.read.word.package import Element, Package, W, is_on, path, value

MOST_ABOVE = 20
"""Styles that a style is made of, one from another."""
MOST_DIGITS = 4
"""Digits of a level; hostile files write any."""
_FONTS = ("ascii", "hAnsi", "cs", "eastAsia")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is printed; None where a style above decides."""

    font: str | None = None
    caps: bool | None = None
    hidden: bool | None = None

    def over(self, below: "Look") -> "Look":
        """The same, with what it leaves open from another."""
        return Look(
            self.font or below.font,
            below.caps if self.caps is None else self.caps,
            below.hidden if self.hidden is None else self.hidden,
        )


def look(properties: Element | None) -> Look:
    """What the properties of a run say by themselves."""
    if properties is None:
        return Look()
    fonts = path(properties, "rFonts")
    font = next((name for name in (value(fonts, each) for each in _FONTS) if name), None)
    caps, hidden = path(properties, "caps"), path(properties, "vanish")
    return Look(font, None if caps is None else is_on(caps), None if hidden is None else is_on(hidden))


class Numbering(NamedTuple):
    """The list of a paragraph, its level if that is told, and the style that names the list if one does."""

    name: str
    level: int | None
    style: str | None


@dataclass(slots=True)
class Styles:
    """The styles of a document, by their ids."""

    _by_id: dict[str, Element] = field(default_factory=dict)
    _default: Look = field(default_factory=Look)
    _normal: str | None = None

    @classmethod
    def of(cls, package: Package) -> "Styles":
        """Those of a package; without any, nothing is said."""
        root = package.part("styles")
        if root is None:
            return cls()
        styles = [style for style in root.iter(f"{W}style") if value(style, "styleId")]
        normal = [
            style for style in styles if value(style, "type") == "paragraph" and is_on_attribute(style, "default")
        ]
        default = look(path(root, "docDefaults", "rPrDefault", "rPr"))
        return cls(
            {str(value(style, "styleId")): style for style in styles},
            default,
            value(normal[0], "styleId") if normal else None,
        )

    def of_paragraph(self, paragraph: Element) -> Look:
        """How runs of a paragraph look that say nothing themselves."""
        return self._named(value(path(paragraph, "pPr", "pStyle")) or self._normal).over(self._default)

    def of_run(self, run: Element, inherited: Look) -> Look:
        """How one run looks."""
        properties = path(run, "rPr")
        named = value(path(properties, "rStyle")) if properties is not None else None
        return look(properties).over(self._named(named)).over(inherited)

    def numbering(self, paragraph: Element) -> Numbering | None:
        """The list by which a paragraph is numbered, of its own or by its style; the level is the first that is told on the way there."""
        style = value(path(paragraph, "pPr", "pStyle"))
        level: str | None = None
        for holder, properties in [(None, path(paragraph, "pPr", "numPr")), *self._numberings(style)]:
            number, level = value(path(properties, "numId")), level or value(path(properties, "ilvl"))
            if number is not None:
                told = int(level) if level and level.isdecimal() and len(level) < MOST_DIGITS else None
                return Numbering(number, told, holder) if number != "0" else None
        return None

    def _numberings(self, name: str | None) -> Iterator[tuple[str | None, Element | None]]:
        for style in self._chain(name):
            yield value(style, "styleId"), path(style, "pPr", "numPr")

    def _named(self, name: str | None) -> Look:
        found = Look()
        for style in self._chain(name):
            found = found.over(look(path(style, "rPr")))
        return found

    def _chain(self, name: str | None) -> list[Element]:
        chain: list[Element] = []
        while name in self._by_id and len(chain) < MOST_ABOVE:
            chain.append(self._by_id[str(name)])
            name = value(path(chain[-1], "basedOn"))
        return chain


def is_on_attribute(element: Element, name: str) -> bool:
    """Whether an attribute is a set switch."""
    return value(element, name) in ("1", "true", "on")
