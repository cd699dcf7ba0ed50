"""An input of several parts as one stretch of bytes, so that it can be kept, read and cut: each part after a line with its name."""

import re
from collections.abc import Iterable
from io import BytesIO
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Parts = list[tuple[str, bytes]]
"""Names with contents; a name may come twice."""
DAMAGE = "damage"
"""The part that says what is changed in the file when it is made: three bytes each, for where and what."""
WITHIN = "!"
"""Parts the name of a zip from the names in it."""
MOST_PARTS = 200
_NAME = re.compile(rb"(?:\A|\n)%%%([^\n]{0,300})\n")


def bundle(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Parts as one stretch of bytes."""
    return b"\n".join(b"%%%" + name.encode("utf-8", "replace") + b"\n" + content for name, content in parts)


def unbundled(data: bytes) -> Parts:
    """The parts of a bundle; what stands before the first name belongs to none."""
    _, *rest = _NAME.split(data)
    named = zip(rest[::2], rest[1::2], strict=True)
    return [(name.decode("utf-8", "replace"), content) for name, content in named][:MOST_PARTS]


def damaged(file: bytes, parts: Parts) -> bytes:
    """A file with the changes that a bundle asks for."""
    changed = bytearray(file)
    for name, how in parts:
        for at in range(0, len(how) - 2 if name == DAMAGE else 0, 3):
            place = (how[at] << 8 | how[at + 1]) * len(changed) >> 16
            changed[place : place + 1] = bytes([how[at + 2]]) if how[at + 2] else b""
    return bytes(changed)


def zipped(parts: Parts, packed: bool = False) -> bytes:
    """A zip of parts; those whose names begin with the name of a zip and "!" are in that."""
    made, inner = BytesIO(), dict[str, Parts]()
    with ZipFile(made, "w") as archive:
        for name, content in parts:
            if name == DAMAGE:
                continue
            outer, mark, rest = name.partition(WITHIN)
            if mark:
                inner.setdefault(outer, []).append((rest, content))
            else:
                _put(archive, name, content, packed)
        for name, within in inner.items():
            _put(archive, name, zipped(within, packed), packed)
    return damaged(made.getvalue(), parts)


def _put(archive: ZipFile, name: str, content: bytes, packed: bool) -> None:
    info = ZipInfo("x")
    info.filename = name.replace("\\0", "\0")[:65_000]
    info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # of a name that comes twice, which is wanted
        archive.writestr(info, content)
