"""Readers of files: a source that fits, or one sentence that says why there is none; nothing else leaves them."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from extractors.dates import find_dates
from extractors.references import find_references
from extractors.units import find_units
from pipeline import archives
from pipeline.clean import clean
from pipeline.document import Format, Piece, ReadError, Source, Text
from pipeline.letterhead import read_header
from pipeline.read import read_source
from pipeline.read.apart import SOURCE, answered, dump
from pipeline.read.child import answer
from pipeline.read.fits import fits
from pipeline.read.legacy import convert_runs, decode_legacy, mend, mend_page
from tests.fuzz.bundles import unbundled, zipped
from tests.fuzz.pages import built

Check = Callable[[bytes], None]
MOST_MEMBERS = 5_000
"""Files that a zip of a few kilobytes may hold with all that lies in it."""


def file(kind: Format, made: Callable[[bytes], bytes] = bytes) -> Check:
    """A check of one format; `made` makes the file of an input."""

    def check(data: bytes) -> None:
        content = made(data)
        found = told(kind, content)
        assert told(kind, content) == found
        if isinstance(found, Source):
            whole(found)

    return check


def told(kind: Format, content: bytes) -> Source | tuple[str, str]:
    """What the child would send, as its parent takes it; the program itself does not fail."""
    request = {"kind": kind, "size": len(content), "options": {"ocr": "never"}}
    letter, payload = answer(content, request, lambda: None)
    try:
        return answered(letter, payload, sha256(content).hexdigest())
    except ReadError as error:
        refusal(error)
        return error.kind, str(error)


def refusal(error: ReadError) -> None:
    """A reason is a short sentence that says what to do, and no failure of the program."""
    assert error.kind not in ("internal", "crash"), str(error)
    assert "; " in str(error), str(error)
    printable(str(error))


def printable(message: str) -> None:
    """A message shows nothing that a terminal obeys."""
    assert message.isprintable(), message


def whole(source: Source) -> Text:
    """A source fits, survives its way to the parent, and cleaning loses nothing of it."""
    from tests.fuzz.targets import blocks

    assert fits(source), source
    assert source.pages == () or [page.number for page in source.pages] == [*range(1, len(source.pages) + 1)]
    assert answered(SOURCE, dump(source), source.sha256) == source
    text = clean(source)
    blocks(text)
    assert len(text.text.split()) == sum(len(piece.text.removeprefix("\ufeff").split()) for piece in source.pieces)
    assert all(0 <= at <= len(text.text) for at, _ in text.joins)
    return text


def docx(data: bytes) -> bytes:
    """The file of a bundle of parts."""
    return zipped(unbundled(data))


def pdf(data: bytes) -> bytes:
    """The file of a bundle of pages."""
    return built(data)


def legacy(data: bytes) -> None:
    """Bytes in old encodings: lines stay lines, and what comes out can be stored."""
    for page in (False, True):
        found = decode_legacy(data, page)
        assert found == decode_legacy(data, page)
        if found:
            assert found[1]
            found[0].encode()
            assert len(found[0].splitlines()) <= len(data) + 1
    for name in ("a.txt", "a.html"):
        try:
            whole(read_source(data, name))
        except ReadError as error:
            refusal(error)


def runs(data: bytes) -> None:
    """Runs with fonts: text without an old font stays as it is, and breaks of lines stay where they are."""
    text = data.decode()
    parted = [line.partition("\t") for line in text.split("\n")]
    pairs = [(shown, font or None) for font, _, shown in parted]
    converted = convert_runs(pairs)
    converted.encode()
    assert converted == convert_runs(pairs)
    assert convert_runs((shown, None) for shown, _ in pairs) == "".join(shown for shown, _ in pairs)
    for mended, _ in (mend(text), mend_page(text)):
        assert mended.count("\n") == text.count("\n")
        mended.encode()
    assert bool(mend(text)[1]) or mend(text)[0] == text


def letterhead(data: bytes) -> None:
    """A header whose parts are slices of the text, and whose day is one."""
    from datetime import date

    pieces = tuple(map(Piece, data.decode().split("\n|\n")))
    text = clean(Source("0" * 64, "text", pieces))
    references = find_references(
        text.text, dates := find_dates(text.text).items, units := find_units(text.text).items
    ).items
    header = read_header(text, references, dates, units)
    assert header == read_header(text, references, dates, units)
    if header is None:
        return
    for name, spans in header.spans.items():
        assert getattr(header, name), name
        for start, end in spans:
            assert 0 <= start < end <= len(text.text), (name, start, end)
            assert text.text[start:end].strip(), (name, start, end)
    assert header.issued is None or date.fromisoformat(header.issued)
    said = [
        value
        for name, value in header
        if isinstance(value, str) and name not in ("status", "issuing_body", "issuing_place")
    ]
    assert all(value.strip() == value and value for value in said), header


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="sohieu-fuzz-"))


def mail(data: bytes) -> None:
    """A mail as a text, as a saved page, and as what it brings along."""
    for kind in ("eml", "mht"):
        file(kind)(data)
    within(data, ".eml")


def archive(data: bytes) -> None:
    """A zip, its members and theirs."""
    within(zipped(unbundled(data)), ".zip")


def within(content: bytes, suffix: str) -> None:
    """The files in a file have names that lead nowhere else, and can be had, or a reason told."""
    container = _folder() / f"a{suffix}"
    container.write_bytes(content)
    archives._open.cache_clear()
    try:
        found = list(archives.members(container))
    except ReadError as error:
        refusal(error)
        return
    assert len(found) < MOST_MEMBERS
    for name, member in found:
        assert name.encode(), name
        assert not name.startswith("/"), name
        assert not {"..", "."} & set(name.split("/")), name
        assert "\0" not in name, name
        try:
            assert len(member.read(100)) <= 100
        except ReadError as error:
            refusal(error)
