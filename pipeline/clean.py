"""clean: Source → Text: NFC, one kind of line end, and blocks with their kinds. Nothing is deleted, it is marked.

A plain text may be a saved page: a masthead with the day of the visit, captions printed twice, lists of
links at the end. It may be a document: letterhead, signature block.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.dates import find_dates
from extractors.view import flowing, fold, lowered
from pipeline.document import Block, BlockKind, Piece, Source, Text
from pipeline.markers import BOILERPLATE

LONGEST_TITLE, LONGEST_CAPTION, LONGEST_LINK = 220, 300, 160
"""Longest title, caption and line of a link list, in characters."""
SHORTEST_TITLE, LONGEST_HEADING, LONGEST_NAME = 2, 20, 4
"""In words; a shorter line is a place or a by-line."""
HEAD_LINES, TITLE_LINES = 30, 8
"""Blocks in which a letterhead, and a masthead or title, are looked for."""
PROSE = 15
"""Words from which a line above a known letterhead is none of its lines, nor are those over it."""
_MASTHEAD = re.compile(
    r"[ \W]*(?:(?:thứ \w+|chủ nhật|hôm nay|cập nhật|ngày đăng|đăng ngày)\W+)+(?:ngày )?\d{1,2}[/\-.]\d{1,2}[/\-.]\d{4}.{0,40}"
)
_CLOCK = re.compile(r"\d{1,2} ?(?:[:h]|giờ) ?\d{2}")
_STATE_HEAD = re.compile(
    r"đảng cộng sản việt nam|cộng hòa xã hội chủ nghĩa|độc lập ?- ?tự do|\W*số\W{0,4}[\d.…]{0,6} ?[-/]|[\W_]{1,20}$"
)
_PLACE_AND_DATE = re.compile(r"[^\W\d][\w .]{1,40}, ngày[\s\d.…_]{1,12}tháng[\s\d.…_]{1,12}năm[\s\d.…_]{2,12}$")
"""Day, month and year may still be blank."""
_SIGNED = re.compile(r"(?:t/m|tm\.|k/t|kt\.|t/l|tl\.|tuq\.|nơi nhận)")
_CAPTION = re.compile(r"(?:ảnh|ảnh minh họa|nguồn ảnh|clip|video)\s?:")
_CREDIT = re.compile(r"(?:ảnh|hình)\s?(?::|từ|minh họa)[^.]{0,60}$")
"""The end of a caption."""
_HYPHEN = re.compile(
    r"(?<=[\d ])\u00ad(?!\n)|\u00ad(?=[\d ])|(?:(?<=/[A-ZĐ]\w)|(?<=/[A-ZĐ]\w\w)|(?<=/[A-ZĐ]\w{3})|(?<=/[A-ZĐ]\w{4}))\u00ad(?=[A-ZĐ])"
)
"""A soft hyphen where one is meant to be seen: "NĐ-CP", "2020-2025", "Độc lập - Tự do" out of some PDF files; inside a word none is."""
_MARKDOWN_HEADING = re.compile(r"(#{1,6}) +\S")
_TABLE = re.compile(r"\|.*\|\s*$")


def clean(source: Source) -> Text:
    """The text of a source with its blocks; title and date are found in plain text as far as it tells."""
    pieces = [replace(piece, text=_normalise(piece.text)) for piece in source.pieces]
    text = "\n".join(piece.text for piece in pieces)
    spans = list(_split(pieces))
    blocks = list(_blocks(text, spans))
    title = source.title or " ".join(_plain(text, block) for block in blocks if block.kind == "title") or None
    published, origin = source.published, source.published_from
    if published is None:
        published, origin = _published(text, blocks)
    return Text(
        source.sha256, source.format, text, tuple(blocks), title, published, origin,
        source.byline or _byline(text, blocks), source.url, source.pages, tuple(_joins(source.pieces, pieces)),
        source.encodings, source.notes,
    )  # fmt: skip


def _normalise(text: str) -> str:
    r"""NFC with line feeds and plain hyphens; a byte order mark is no part of the text.

    >>> _normalise("a\r\nb"), _normalise("30/2020/NĐ\u00adCP")
    ('a\nb', '30/2020/NĐ-CP')
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return _HYPHEN.sub("-", text) if "\u00ad" in text else text


def _joins(read: Sequence[Piece], clean: Sequence[Piece]) -> Iterator[tuple[int, str]]:
    """Where pieces leave something out, as offsets into the text; what stands before may have grown shorter."""
    base = 0
    for before, after in zip(read, clean, strict=True):
        yield from ((base + len(_normalise(before.text[:at])), what) for at, what in before.joins)
        base += len(after.text) + 1


def _split(pieces: Sequence[Piece]) -> Iterator[tuple[int, int, Piece]]:
    """Blocks between line ends that count, without the white space around them."""
    base = 0
    for piece in pieces:
        for line in re.finditer(r"[^\n]+", flowing(piece.text)):
            start, end = _stripped(line[0], base + line.start())
            if start < end:
                yield start, end, piece
        base += len(piece.text) + 1


def _stripped(line: str, start: int) -> tuple[int, int]:
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _blocks(text: str, spans: Sequence[tuple[int, int, Piece]]) -> Iterator[Block]:
    """Blocks with their kinds: what the reader knew, else by the words of the block and its place."""
    lower = lowered(text).replace("\n", " ")
    lines = [lower[start:end] for start, end, _ in spans]
    repeated = {line for line, times in Counter(lines).items() if times > 1 and len(line.split()) > 3}  # noqa: PLR2004
    tail = _link_list_start(lines)
    known = [at for at, (_, _, piece) in enumerate(spans[:HEAD_LINES]) if piece.kind == "letterhead"]
    head = known[-1] + 1 if known else _letterhead_end(lines)
    above = max((at + 1 for at in range(known[0]) if len(lines[at].split()) >= PROSE), default=0) if known else 0
    title_over = any(piece.kind == "title" for _, _, piece in spans)
    for at, (start, end, piece) in enumerate(spans):
        kind = piece.kind or "paragraph"
        if kind == "paragraph":
            kind = _kind(text[start:end], lines[at], at, head if at >= above else 0, tail, repeated)
        if kind == "title" and title_over and piece.kind != "title":
            kind = "heading"
        body = kind == "paragraph" and len(lines[at].split(None, SHORTEST_TITLE)) > SHORTEST_TITLE
        title_over = title_over or body or (kind == "title" and not head)
        yield Block(start, end, kind, piece.page, piece.box)


def _kind(printed: str, line: str, at: int, head: int, tail: int, repeated: set[str]) -> BlockKind:
    if at < head or at >= tail or _is_masthead(line, at):
        return "letterhead" if at < head else "boilerplate"
    if _TABLE.match(line):
        return "table"
    if len(line) < LONGEST_CAPTION and (line in repeated or _CAPTION.match(line) or _CREDIT.search(line)):
        return "caption"
    if heading := _MARKDOWN_HEADING.match(line):
        return "title" if len(heading[1]) == 1 else "heading"
    if _SIGNED.match(line) and at > HEAD_LINES // 5:
        return "signature"
    return _by_shape(printed, at, head)


def _by_shape(printed: str, at: int, head: int) -> BlockKind:
    """A short line without a full stop is a title where a title stands, else a heading."""
    short = len(printed) < LONGEST_TITLE and printed[-1] not in '.,;:!…)]"”' and printed[0] not in "-+*•(_"
    words = len(printed.split()) if short else 0
    if not short or (words <= SHORTEST_TITLE and not head):
        return "paragraph"
    if at - head < TITLE_LINES and not printed[0].isdigit():
        return "title"
    return "heading" if words <= LONGEST_HEADING and (printed[0].isupper() or printed[0].isdigit()) else "paragraph"


def _is_masthead(line: str, at: int) -> bool:
    """Dates, clocks and counters of the site, among the first lines."""
    if at >= TITLE_LINES:
        return False
    return bool(_MASTHEAD.fullmatch(line)) or line.startswith(("lượt xem", "lượt đọc", "cập nhật", "trang chủ"))


def _link_list_start(lines: Sequence[str]) -> int:
    """The first line of the list of links that ends a saved page; as many as there are lines if none."""
    start = len(lines)
    for at in range(len(lines) - 1, len(lines) // 3, -1):
        if len(lines[at]) > LONGEST_LINK:
            break
        if lines[at].startswith(BOILERPLATE):
            start = at
    return start


def _letterhead_end(lines: Sequence[str]) -> int:
    """The line after the letterhead of a document: state or party title, number, place and date."""
    marks = [at for at, line in enumerate(lines[:HEAD_LINES]) if len(line) < LONGEST_TITLE and _STATE_HEAD.match(line)]
    named = any(lines[at].startswith(("đảng cộng sản", "cộng hòa xã hội", "độc lập")) for at in marks)
    dated = [at for at, line in enumerate(lines[:HEAD_LINES]) if _PLACE_AND_DATE.match(line.strip("| "))]
    return max([*marks[:8], *dated]) + 1 if named and dated else 0


def _byline(text: str, blocks: Sequence[Block]) -> str | None:
    """A name alone on the last line of the article ("Thanh Phúc", "P.V")."""
    body = [block for block in blocks if block.kind not in ("boilerplate", "caption", "table")]
    last = _plain(text, body[-1]) if len(body) > TITLE_LINES // 2 else ""
    words = last.split()
    named = 0 < len(words) <= LONGEST_NAME and all(word[0].isupper() for word in words) and last[-1] not in ";:,"
    return last if named and not any(char.isdigit() for char in last) else None


def _plain(text: str, block: Block) -> str:
    return " ".join(text[block.start : block.end].lstrip("#* ").rstrip("* ").split())


def _published(text: str, blocks: Sequence[Block]) -> tuple[str | None, str | None]:
    """The date of a document's letterhead; of a saved page, the date with a clock, which the visit's has not."""
    for block in blocks:
        line = text[block.start : block.end]
        if block.kind == "letterhead" and _PLACE_AND_DATE.match(fold(line).lower().replace("\n", " ").strip("| ")):
            day = _first_day(line)
            return day, "letterhead" if day else None
    printed = [text[block.start : block.end] for block in blocks[:TITLE_LINES] if block.kind == "boilerplate"]
    clocked = [line for line in printed if _CLOCK.search(line)]
    if clocked or len(printed) == 1:
        return _first_day((clocked or printed)[-1]), "masthead"
    return None, None


def _first_day(line: str) -> str | None:
    days = [date.edtf for date in find_dates(line).items if date.edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", date.edtf)]
    return days[0] if days else None
