"""Numbers that Word prints and does not store: restarted, continued, two lists at once, levels within levels."""

import pytest

from pipeline.read import read_source
from tests.word import paragraph, word

Item = tuple[int, int] | str
"""A list and a level, or a style."""


def level(at: int, text: str, form: str = "decimal", start: int = 1, rest: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{rest}<w:lvlText w:val="{text}"/></w:lvl>'


def kind(number: int, *inner: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(inner)}</w:abstractNum>'


def listed(number: int, kind_of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind_of}"/>{"".join(overrides)}</w:num>'


def override(at: int, start: int | None, inner: str = "") -> str:
    begun = "" if start is None else f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{at}">{begun}{inner}</w:lvlOverride>'


def styled(name: str, number: int, at: int | None, above: str = "") -> str:
    told = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    based = f'<w:basedOn w:val="{above}"/>' if above else ""
    numbered = f'<w:pPr><w:numPr>{told}<w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{based}{numbered}</w:style>'


OUTLINE = kind(0, level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3."))
LETTERS = kind(1, level(0, "%1)", "lowerLetter"))
LAW = kind(
    2, level(0, "Chương %1.", "upperRoman"), level(1, "Điều %2.", rest='<w:lvlRestart w:val="0"/>'), level(2, "%3."),
    level(3, "%4)", "lowerLetter"),
)  # fmt: skip
LEGAL = kind(3, level(0, "%1.", "upperRoman"), level(1, "%1.%2.", rest="<w:isLgl/>"))
FIRST = kind(4, level(0, "%1."), level(1, "%2."), level(2, "%3)", rest='<w:lvlRestart w:val="1"/>'))
OF_STYLE = kind(5, level(0, "%1."), level(1, "%1.%2.", rest='<w:pStyle w:val="Sub"/>'))
LINKED = kind(6, '<w:numStyleLink w:val="House"/>') + kind(
    7, '<w:styleLink w:val="House"/>', level(0, "%1.", "upperRoman")
)
A, B = listed(1, 0), listed(2, 0)
CASES: dict[str, tuple[str, list[Item], list[str]]] = {
    "levels": (
        OUTLINE + A,
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (1, 2), (1, 1)],
        ["1.", "1.1.", "1.2.", "2.", "2.1.", "2.1.1.", "2.1.2.", "2.2."],
    ),
    "two kinds interleaved": (
        OUTLINE + LETTERS + A + listed(2, 1),
        [(1, 0), (2, 0), (1, 0), (2, 0), (1, 0)],
        ["1.", "a)", "2.", "b)", "3."],
    ),
    "two lists of a kind are one": (OUTLINE + A + B, [(1, 0), (1, 0), (2, 0), (1, 0)], ["1.", "2.", "3.", "4."]),
    "restarted": (
        OUTLINE + A + listed(2, 0, override(0, 1)),
        [(1, 0), (1, 0), (2, 0), (2, 0)],
        ["1.", "2.", "1.", "2."],
    ),
    "restarted once, and the first list goes on from there": (
        OUTLINE + A + listed(2, 0, override(0, 8)),
        [(1, 0), (1, 0), (2, 0), (1, 0), (2, 0)],
        ["1.", "2.", "8.", "9.", "10."],
    ),
    "restarted twice": (
        OUTLINE + A + listed(2, 0, override(0, 1)) + listed(3, 0, override(0, 1)),
        [(1, 0), (2, 0), (2, 0), (3, 0), (3, 0), (2, 0)],
        ["1.", "1.", "2.", "1.", "2.", "3."],
    ),
    "a level restarted": (
        OUTLINE + A + listed(2, 0, override(1, 5)),
        [(1, 0), (1, 1), (2, 1), (2, 1), (1, 1)],
        ["1.", "1.1.", "1.5.", "1.6.", "1.7."],
    ),
    "another form for one list": (
        OUTLINE + A + listed(2, 0, override(0, None, level(0, "%1/", "upperLetter"))),
        [(1, 0), (2, 0), (2, 0)],
        ["1.", "B/", "C/"],
    ),
    "articles go on over chapters": (
        LAW + listed(1, 2),
        [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (1, 2)],
        ["Chương I.", "Điều 1.", "1.", "Điều 2.", "1.", "a)", "Chương II.", "Điều 3.", "1."],
    ),
    "a level that begins anew after one level only": (
        FIRST + listed(1, 4),
        [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)],
        ["1.", "1.", "1)", "2.", "2)", "2.", "1.", "1)"],
    ),
    "digits below Roman numbers": (LEGAL + listed(1, 3), [(1, 0), (1, 1), (1, 0), (1, 1)], ["I.", "1.1.", "II.", "2.1."]),
    "from zero": (kind(0, level(0, "%1.", start=0)) + A, [(1, 0), (1, 0), (1, 0)], ["0.", "1.", "2."]),
    "a level without one above": (OUTLINE + A, [(1, 1), (1, 1)], ["1.1.", "1.2."]),
    "a kind that names a style of lists": (LINKED + listed(1, 6) + listed(2, 7), [(1, 0), (2, 0)], ["I.", "II."]),
    "styles": (OUTLINE + A, [(1, 0), "Two", "Two", (1, 0), "Two"], ["1.", "1.1.", "1.2.", "2.", "2.1."]),
    "a style of a style": (OUTLINE + A, [(1, 0), "Below", "Two"], ["1.", "1.1.", "1.2."]),
    "the level that belongs to a style": (OF_STYLE + listed(5, 5), [(5, 0), "Sub", "Sub"], ["1.", "1.1.", "1.2."]),
    "a list that is not there": (OUTLINE + A, [(9, 0), (1, 7), (1, 99)], ["", "", ""]),
}  # fmt: skip
STYLES = styled("Two", 1, 1) + styled("Below", 0, None, "Two") + styled("Sub", 5, None)


def numbered(item: Item) -> str:
    if isinstance(item, str):
        return paragraph("x", properties=f'<w:pStyle w:val="{item}"/>')
    return paragraph("x", properties=f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>')


@pytest.mark.parametrize(("numbering", "items", "printed"), CASES.values(), ids=CASES)
def test_numbers(numbering: str, items: list[Item], printed: list[str]) -> None:
    pieces = read_source(word(*map(numbered, items), numbering=numbering, styles=STYLES), "a.docx").pieces
    assert [piece.text.removesuffix("x").strip() for piece in pieces] == printed


def test_an_own_level_in_the_list_of_a_style() -> None:
    own = paragraph("x", properties='<w:pStyle w:val="Two"/><w:numPr><w:ilvl w:val="2"/></w:numPr>')
    content = word(numbered((1, 0)), numbered("Two"), own, numbering=OUTLINE + A, styles=STYLES)
    assert [piece.text for piece in read_source(content, "a.docx").pieces] == ["1. x", "1.1. x", "1.1.1. x"]


def test_a_paragraph_without_words_counts() -> None:
    empty = paragraph(properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    content = word(numbered((1, 0)), empty, numbered((1, 0)), numbering=OUTLINE + A)
    assert [piece.text for piece in read_source(content, "a.docx").pieces] == ["1. x", "3. x"]


HOSTILE = {
    "numbers beyond all": kind(0, level(0, "%1.", start=10**8 - 1)) + listed(1, 0, override(10**12, 10**12)),
    "a kind that is its own style": kind(0, '<w:styleLink w:val="a"/><w:numStyleLink w:val="a"/>') + A,
    "no kind": listed(1, 77),
    "levels that are none": kind(0, level(-1, "%1."), level(12, "%13."), "<w:lvl/>") + listed(1, 0, "<w:lvlOverride/>"),
    "a text of signs": kind(0, level(0, "%1%2%3%4%5%6%7%8%9%0%10" * 50)) + A,
}


@pytest.mark.parametrize("numbering", HOSTILE.values(), ids=HOSTILE)
def test_hostile_lists(numbering: str) -> None:
    pieces = read_source(word(numbered((1, 0)), numbered((1, 0)), numbering=numbering), "a.docx").pieces
    assert [piece.text.endswith("x") for piece in pieces] == [True, True]
