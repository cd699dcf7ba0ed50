"""PDF files that were made to harm: each small, each dear to read."""

import zlib
from collections.abc import Callable

from tests.pdfs import bare, printed

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> /XObject << /X 5 0 R >> >> /Contents %d 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
GIGABYTE = 1 << 30


def stream(content: bytes, rest: bytes = b"") -> bytes:
    """An object that is a stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), rest, content)


def packed(times: int, block: bytes) -> bytes:
    """Many times a block: what follows a full flush looks back at nothing, so that the packed block is repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + once * times + packer.flush()


def with_contents(contents: bytes, form: bytes = b"<< >>") -> bytes:
    """A page with these contents."""
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return bare([b"<< /Type /Catalog /Pages 2 0 R >>", tree, PAGE % 6, FONT, form, contents])


def bomb() -> bytes:
    """Four gigabytes of spaces, packed twice."""
    once = packed(4 * GIGABYTE >> 20, b" " * (1 << 20))
    return with_contents(stream(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]"))


def flood() -> bytes:
    """A page of a hundred million characters."""
    line = b"BT /F1 12 Tf 10 10 Td (" + b"lu lut " * 1000 + b") Tj ET\n"
    return with_contents(stream(packed(14_000, line), b"/Filter /FlateDecode"))


def loop() -> bytes:
    """A tree of pages whose branch is its own root."""
    tree = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>"
    return bare([b"<< /Type /Catalog /Pages 2 0 R >>", tree])


def form_in_itself() -> bytes:
    """A form that draws itself twice, and so on."""
    form = stream(
        b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"
    )
    return with_contents(stream(b"/X Do"), form)


def empty_pages(count: int) -> bytes:
    """Pages without anything, all of them one object."""
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return bare([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page])


def locked() -> bytes:
    """A page behind a user's password."""
    return printed(lambda paper: paper.paragraph("Tỉnh ủy họp"), "mật")


def half() -> bytes:
    """A file that breaks off."""
    whole = printed(lambda paper: paper.paragraph("Tỉnh ủy họp " * 50))
    return whole[: len(whole) // 2]


HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a bomb": (bomb, {"crash", "memory", "time", "empty", "too_long", "damaged"}),
    "a flood of text": (flood, {"crash", "memory", "time", "too_long"}),
    "a tree that loops": (loop, {"damaged", "crash", "too_many_pages"}),
    "a form within itself": (form_in_itself, {"empty", "crash"}),
    "100,000 empty pages": (lambda: empty_pages(100_000), {"too_many_pages"}),
    "a password": (locked, {"encrypted"}),
    "random bytes": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, {"truncated", "damaged"}),
    "cut in half": (half, {"truncated", "damaged"}),
}
"""What makes a file, and the kinds of failure that are right."""
