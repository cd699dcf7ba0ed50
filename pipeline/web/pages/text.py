"""A text with all that was found in it, a part at a time, and the file that it came from."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pipeline.query.matching import rows_of
from pipeline.query.show import Mark, TextPage, show_text
from pipeline.web.filters import day
from pipeline.web.marks import Stretch, stretches
from pipeline.web.site import Asked, NotFoundError, Values
from pipeline.web.wording import Words, has, words

A_PART = 12_000
"""Characters of a part; it ends where a line does."""
MOST_MARKS = 250
"""Marks that begin in a part."""
LAST = 100_000
LARGEST = 64_000_000
"""Bytes of the largest file that is handed out."""
TYPES = {
    "pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "doc": "application/msword",
    "rtf": "application/rtf", "odt": "application/vnd.oasis.opendocument.text",
}  # fmt: skip
FAMILIES = ("reference", "date", "unit", "figure")


def text(asked: Asked) -> Values:
    """A part of a text with its marks; the part that holds the character `at`, if that is asked for."""
    page = show_text(asked.conn, asked.parts["id"])
    ends = parts_of(page.text, page.marks)
    at = asked.one("at")
    number = asked.number("part", len(ends))
    if at.isascii() and at.isdigit() and len(at) < len(str(10**9)):
        number = next((part for part, end in enumerate(ends, 1) if int(at) < end), len(ends))
    start, end = (0, *ends)[number - 1], ends[number - 1]
    shown = _told(asked, [mark for mark in page.marks if mark.start < end and start < mark.end])
    return {
        "page": page, "lines": _lines(list(stretches(page.text, shown, start, end))), "part": number, "parts": len(ends), "at": at,
        "counts": {family: sum(mark.family == family for mark in page.marks) for family in FAMILIES},
        "marks": [(mark, page.text[mark.start : mark.end]) for mark in shown], "sheets": _sheets(asked, start, end),
        "read": _read(asked, page),
    }  # fmt: skip


def _told(asked: Asked, marks: list[Mark]) -> list[Mark]:
    """Marks that say what people call what is meant: a document its name, a day as it is written."""
    known = rows_of(asked.conn, [mark.target for mark in marks if mark.family == "reference" and mark.target])
    names = {row.id: row.name for row in known}
    t = words(asked.language)
    return [replace(mark, note=_note(mark, names, t)) for mark in marks]


def _note(mark: Mark, names: dict[str, str], t: Words) -> str:
    if mark.target in names:
        return names[mark.target]
    state = f"val_{mark.note}"
    return t(state) if mark.family in ("reference", "date") and has(state) else day(mark.note)


def parts_of(text: str, marks: Sequence[Mark] = ()) -> list[int]:
    """Where parts of a text end: behind a line end, or where A_PART characters or MOST_MARKS marks have none.

    >>> parts_of("một dòng")
    [8]
    """
    ends, begins = [0], [mark.start for mark in marks]
    while ends[-1] < len(text):
        start = ends[-1]
        dense = bisect_left(begins, start) + MOST_MARKS
        most = min(start + A_PART, max(begins[dense], start + 1) if dense < len(begins) else len(text))
        line_end = text.rfind("\n", start, most) + 1
        ends.append(line_end if most < len(text) and line_end > start else most)
    return ends[1:] or [0]


def _lines(pieces: list[Stretch]) -> list[list[Stretch]]:
    """Pieces line by line."""
    lines: list[list[Stretch]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n")
        lines[-1].append(Stretch(piece.start, piece.start + len(first), first, piece.marks, piece.first))
        at = piece.start + len(first) + 1
        for line in others:
            lines.append([Stretch(at, at + len(line), line, piece.marks, first=False)])
            at += len(line) + 1
    return lines


def _sheets(asked: Asked, start: int, end: int) -> dict[int, int]:
    """Pages of the file that begin in a part, by the character at which they do."""
    rows = asked.conn.execute(
        "SELECT page, min(start) FROM blocks WHERE text_id = ? GROUP BY page", [asked.parts["id"]]
    )
    return {at: page for page, at in rows if start <= at < end}


def _read(asked: Asked, page: TextPage) -> dict[str, object]:
    """How the text was read: its format, its files, how pages were had."""
    format_, encodings, notes = asked.conn.execute(
        "SELECT format, encodings, notes FROM texts WHERE id = ?", [page.id]
    ).fetchone()
    files = asked.conn.execute("SELECT path FROM sources WHERE text_id = ? ORDER BY root, path", [page.id])
    had = asked.conn.execute(
        "SELECT how, count(*), min(confidence) FROM pages WHERE text_id = ? GROUP BY how", [page.id]
    )
    return {
        "format": format_,
        "encodings": encodings,
        "notes": notes,
        "files": [row[0] for row in files],
        "pages": [tuple(row) for row in had],
    }


def file(asked: Asked) -> tuple[bytes, str, str]:
    """The bytes of the file that a text came from, their type and its name; NotFoundError if it is not there as it was read."""
    identity = asked.parts["id"]
    row = asked.conn.execute("SELECT sha256, format FROM texts WHERE id = ?", [identity]).fetchone()
    if row is None:
        raise NotFoundError("not_found")
    for root, path in asked.conn.execute(
        "SELECT root, path FROM sources WHERE text_id = ? ORDER BY root, path", [identity]
    ):
        content = _content(Path(root, path))
        if content is not None and sha256(content).hexdigest() == row[0]:
            return content, TYPES.get(row[1], "text/plain; charset=utf-8"), Path(path).name
    raise NotFoundError("file_gone")


def _content(path: Path) -> bytes | None:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None
