"""HTML → Source: the article without the portal around it.

trafilatura finds the article, but leaves 10-12 of 17 boilerplate strings on old Vietnamese portals; blocks
that begin with a Vietnamese marker ("Tin cùng chuyên mục", "Phản hồi") are therefore taken out first. Its dates fail on two of
four portal templates, so the date comes from JSON-LD or meta, then from beside the title, then from the
dateline, else from nowhere, and what gave it is kept.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import lxml.etree
import lxml.html
import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from extractors.dates import find_dates
from pipeline.document import BlockKind, Piece, ReadError, Source
from pipeline.markers import BOILERPLATE
from pipeline.read.encoding import decode_told
from pipeline.read.options import Request
from pipeline.read.tables import LONGEST, Laid, by_columns, is_title, layout_of

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is told by a ReadError

MOST_OF_PAGE = 0.35
"""A block that holds more of the page's text than this is the article, whatever it begins with (measured on four portals)."""
NEAR_TITLE = 4
"""Lines of the page after (or before) the title in which a printed date is that of publication."""
LONGEST_CELL, LONGEST_TITLE = 200, 200
"""Longest cell of a table of data and longest title, in characters."""
HEAD_LINES = 30
"""Lines in which a letterhead stands."""
HEAD = 80
"""First characters of a block in which a marker is looked for."""
FEWEST_LINKS, FEWEST_WORDS, LINK_SHARE = 3, 4, 0.6
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "table", "figure", "blockquote")
_CONTAINERS = ("div", "section", "aside", "ul", "ol", "table", "nav", "footer", "td", "form")
_META_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d));?",
    re.I,
)
"""What XML does not allow, as characters or as references to them, which a parser of HTML takes without their semicolon too."""
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read(request: Request) -> Source:
    """Read the bytes of a page; ReadError as `read_html`, or if its charset is not known."""
    page, encodings = decode_told(request.content, declared=True)
    return replace(read_html(page, request.digest), encodings=encodings)


def read_html(page: str, digest: str) -> Source:
    """Read a page; ReadError if it holds no article."""
    tree = _parse(page)
    given = _date_given(tree)
    printed = None if given else _date_printed(tree)
    laid = _unwrap_layout(tree, _measures(tree))
    _wrap_loose_text(tree)
    _prune(tree)
    found = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False, favor_recall=True)
    if not isinstance(found, Document) or found.body is None:
        raise ReadError("no_article", "holds no article text; open it and save the article as text")
    article = [replace(piece, kind=laid.layout_of(piece.text) or piece.kind) for piece in _pieces(found.body)]
    title = _title(tree) or (None if _has_head(article) else _first_heading(article) or found.title)
    pieces = tuple(_with_title(title, article))
    if not any(piece.text.strip() for piece in pieces):
        raise ReadError("no_article", "holds no article text; open it and save the article as text")
    dateline = None if given or printed else _dateline(pieces)
    published, origin = given or printed or dateline or (None, None)
    return Source(digest, "html", pieces, title, published, origin, found.author, found.url)


def _parse(page: str) -> HtmlElement:
    page = _CONTROLS.sub(" ", page)
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True)
    try:
        tree = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("html", f"cannot be parsed as HTML ({error}); save the article as text") from error
    return tree


@dataclass(slots=True)
class _Measure:
    """Of an element with all in it: its characters, those in links, how many links, and its first words."""

    length: int = 0
    linked: int = 0
    links: int = 0
    head: str = ""


def _measures(tree: HtmlElement) -> dict[HtmlElement, _Measure]:
    """Measures of all elements, each from those of its children, so that deep nesting costs no more than breadth."""
    found: dict[HtmlElement, _Measure] = {}
    for element in reversed([*tree.iter(lxml.etree.Element)]):
        own = element.text or ""
        measure = _Measure(_visible(own), head=own.lstrip()[:HEAD])
        for child in element.iterchildren(lxml.etree.Element):
            inner, tail = found[child], child.tail or ""
            measure.length += inner.length + _visible(tail)
            measure.linked += inner.linked
            measure.links += inner.links
            if len(measure.head) < HEAD:
                measure.head = f"{measure.head}{inner.head}{tail[:HEAD]}".lstrip()[:HEAD]
        if element.tag == "a":
            measure.links, measure.linked = measure.links + 1, measure.length
        found[element] = measure
    return found


def _visible(text: str) -> int:
    return len(text) if text and not text.isspace() else 0


def _unwrap_layout(tree: HtmlElement, measures: Mapping[HtmlElement, _Measure]) -> Laid:
    """Old portals lay pages out with tables; a table with a long cell is none of data, an empty one is nothing.

    Letterheads and signature blocks are told.
    """
    laid = Laid()
    for table in [*tree.iter("table")]:
        rows = [*table.iterchildren("tr", "tbody", "thead")]
        parts = [*rows, *(row for part in rows for row in part.iterchildren("tr"))]
        cells = [cell for row in parts for cell in row.iterchildren("td", "th")]
        if not measures[table].length and table.getparent() is not None:
            table.drop_tree()
        elif measures[table].length < LONGEST and (layout := layout_of(cell.text_content() for cell in cells)):
            _unroll(table, [[*row.iterchildren("td", "th")] for row in parts])
            laid.add(layout, table.text_content())
        elif any(measures[cell].length > LONGEST_CELL for cell in cells):
            for part in [table, *parts, *cells]:
                part.tag = "div"
    return laid


def _unroll(table: HtmlElement, rows: Sequence[Sequence[HtmlElement]]) -> None:
    """Put the cells of a letterhead or a signature block in place of their table, column after column."""
    table.tag = "div"
    cells = [*by_columns(rows)]
    for part in [*table]:
        table.remove(part)
    for cell in cells:
        cell.tag = "div"
        table.append(cell)


def _wrap_loose_text(tree: HtmlElement) -> None:
    """Text right behind a block is no paragraph of its own, and trafilatura loses it; make it one."""
    for block in [*tree.iter(*_BLOCKS)]:
        if block.getparent() is not None and (block.tail or "").strip():
            paragraph = lxml.html.Element("p")
            paragraph.text, block.tail = block.tail, None
            block.addnext(paragraph)


def _prune(tree: HtmlElement) -> None:
    """Take out blocks of boilerplate that hold little of the page: begun by a marker, or made of links."""
    measures = _measures(tree)
    most = (measures[tree].length or 1) * MOST_OF_PAGE
    for element in [*tree.iter(*_CONTAINERS)]:
        measure = measures[element]
        marked = measure.head.lower().startswith(BOILERPLATE)
        if (marked or _is_menu(measure)) and measure.length < most and element.getparent() is not None:
            element.drop_tree()


def _is_menu(measure: _Measure) -> bool:
    return measure.links >= FEWEST_LINKS and measure.linked > measure.length * LINK_SHARE


def _title(tree: HtmlElement) -> str | None:
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    stated = [meta.get("content") or "" for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    return next((heading for heading in [*headings, *stated] if heading.strip()), None)


def _has_head(pieces: Sequence[Piece]) -> bool:
    """Whether a page is a document with a letterhead, whose title stands below that."""
    return any(piece.kind == "letterhead" or is_title(piece.text) for piece in pieces[:HEAD_LINES])


def _first_heading(pieces: Sequence[Piece]) -> str | None:
    """The first short line without a full stop before the article's first long paragraph."""
    for piece in pieces:
        if len(piece.text) > LONGEST_TITLE:
            return None
        if len(piece.text.split()) >= FEWEST_WORDS and piece.text[-1] not in ".;:,":
            return piece.text
    return None


def _with_title(title: str | None, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The title first, and once."""
    if title:
        yield Piece(title, "title")
    for piece in pieces:
        if not title or _same(piece.text) != _same(title):
            yield piece


def _same(text: str) -> str:
    return " ".join(text.lower().split())


def _pieces(body: lxml.etree._Element) -> Iterator[Piece]:
    """Blocks of trafilatura's tree, in order, one line each."""
    kinds: dict[str, BlockKind] = {"head": "heading", "row": "table", "figure": "caption"}
    holders = ("p", "head", "item", "row", "quote", "code", "ab", "figure")
    for element in body.iter(*holders):
        if any(above.tag in holders for above in element.iterancestors()):
            continue
        for line in _lines(element):
            yield Piece(line, kinds.get(str(element.tag), "paragraph"))


def _lines(element: lxml.etree._Element) -> Iterator[str]:
    """Text of a block, broken at <lb/>; the cells of a row stand apart."""
    parts: list[str] = []
    for node in element.iter():
        if node.tag == "lb":
            parts.append("\n")
        parts.append(node.text or "")
        if node is not element:
            parts.append((" | " if node.tag == "cell" else "") + (node.tail or ""))
    for line in "".join(parts).split("\n"):
        if clean := " ".join(line.replace("\u00a0", "\ue000").split()).replace("\ue000", "\u00a0").strip(" |"):
            yield clean


def _date_given(tree: HtmlElement) -> tuple[str, str] | None:
    """The date of publication that the page states for machines."""
    scripts = (script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    if in_json := next(filter(None, map(_day_in_json, scripts)), None):
        return in_json, "json-ld"
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        stated = _ISO_DAY.search(meta.get("content") or "") if name in _META_DATES else None
        if stated:
            return stated[0], "meta"
    times = (element.get("datetime") or "" for element in tree.iter("time"))
    return next(((day[0], "time") for stamp in times if (day := _ISO_DAY.search(stamp))), None)


def _day_in_json(text: str) -> str | None:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    nodes = data if isinstance(data, list) else [data]
    nodes += [node for top in nodes if isinstance(top, dict) for node in _list(top.get("@graph"))]
    values = (str(node.get("datePublished") or "") for node in nodes if isinstance(node, dict))
    return next((day[0] for value in values if (day := _ISO_DAY.search(value))), None)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _date_printed(tree: HtmlElement) -> tuple[str, str] | None:
    """The full date printed right after the title, or right before it; "Hôm nay" is the day of the visit."""
    title = _title(tree)
    lines = [" ".join(line.split()) for line in tree.itertext()]
    lines = [line for line in lines if line]
    at = lines.index(title) if title in lines else -1
    if at < 0:
        return None
    for line in [*lines[at + 1 : at + 1 + NEAR_TITLE], *reversed(lines[max(0, at - NEAR_TITLE) : at])]:
        days = [date.edtf for date in find_dates(line[:LONGEST_CELL]).items if date.edtf and _DAY.fullmatch(date.edtf)]
        if days and "hôm nay" not in line.lower() and len(line) < LONGEST_CELL // 2:
            return days[0], "beside title"
    return None


def _dateline(pieces: tuple[Piece, ...]) -> tuple[str, str] | None:
    """ "(TQ, 12/3/2019) - …": a date in brackets before the first words."""
    for piece in pieces[:4]:
        head = piece.text[:60]
        for date in find_dates(head).items:
            if date.edtf and _DAY.fullmatch(date.edtf) and head[: date.start].lstrip().startswith("("):
                return date.edtf, "dateline"
    return None
