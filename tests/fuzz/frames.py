"""What a child may answer that has read a file from outside: frames that are true, changed, or made up."""

import json
import os
from contextlib import closing
from copy import deepcopy
from functools import cache
from hashlib import sha256
from typing import Any

from pipeline.document import Page, Piece, ReadError, Source
from pipeline.read.apart import ERROR, FRAME, LAST, PAGE, SOURCE, _ask, answered, dump
from tests.fuzz.bundles import bundle, unbundled
from tests.fuzz.edits import NUMBERS, Stream
from tests.fuzz.readers import printable, whole


class _Child:
    """A child that takes what it is asked and has answered already."""

    def __init__(self, said: bytes) -> None:
        reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as into:
            into.write(said)
        self.stdout, self.stdin = os.fdopen(reading, "rb"), os.fdopen(os.open(os.devnull, os.O_WRONLY), "wb")

    def wait(self, timeout: float | None = None) -> int:
        """It has ended."""
        return 0

    def close(self) -> None:
        """Close both pipes."""
        self.stdout.close()
        self.stdin.close()


ASKED = b"x"
"""What a child is asked to read."""


def check(data: bytes) -> None:
    """Whatever a child answers: a source of the file that was asked for which fits, or a reason."""
    with closing(_Child(_said(data))) as child:
        try:
            source = answered(*_ask(child, ASKED), sha256(ASKED).hexdigest())  # type: ignore[arg-type]
        except OSError:
            return
        except ReadError as error:
            printable(str(error))
            return
    assert source.sha256 == sha256(ASKED).hexdigest()
    whole(source)


def _said(data: bytes) -> bytes:
    """The frames of a bundle: the name of a part is a letter and, if it lies, a length."""
    said = b""
    for name, payload in unbundled(data):
        letter, _, length = name.partition(" ")
        size = int(length) if length.isdecimal() and len(length) < 20 else len(payload)
        said += FRAME.pack(letter.encode("latin-1", "replace")[:1] or b"?", size % (1 << 64)) + payload
    return said[: 1 << 15]


def lies(data: bytes) -> bytes:
    """Frames of a child that means harm: a true answer changed in some places, among others."""
    take, parts = Stream(data), list[tuple[str, bytes]]()
    while take and len(parts) < 12:
        letter = take.pick((SOURCE, SOURCE, SOURCE, ERROR, PAGE, LAST, b"z", b"\0")).decode()
        said = _changed(take, _reason(take)) if letter == "e" else _changed(take, json.loads(_true()))
        content = (
            json.dumps(said, ensure_ascii=take() < 200).encode("utf-8", "surrogatepass") if letter in "sez" else b""
        )
        odd = take()
        content = b"[" * 9000 if odd == 255 else bytes(take() for _ in range(odd % 16)) if odd > 250 else content
        parts.append((f"{letter} {take.pick((9, 1 << 20, 1 << 40, 0))}" if odd in range(240, 250) else letter, content))
    return bundle(parts)


@cache
def _true() -> bytes:
    pieces = (Piece("Tỉnh ủy\nhọp", "paragraph", 1, (1.0, 2.0, 3.0, 4.0), ((3, "-\n"),)), Piece("Điều 1", None, 2))
    pages = (Page(1, "text"), Page(2, "ocr", 0.9))
    return dump(
        Source(
            sha256(ASKED).hexdigest(),
            "pdf",
            pieces,
            "Họp",
            "2024-01-02",
            "meta",
            "A",
            "http://a/",
            pages,
            ("tcvn3",),
            ("page 1 has; see",),
        )
    )


def _reason(take: Stream) -> object:
    return [take.pick(("time", "", "internal")), take.pick(("is damaged; mend it", "x"))]


ODD: tuple[object, ...] = (
    None, True, -1, 0, 1, 3, 10**30, 1e308, float("nan"), float("inf"), "", "a\0b", "\ud800", "2024-13-45", "text", "\x1b[2J; x", [], {}, [[]], [0, 1],
    ["a", "b; c"], [[0, "-\n"], [99, ""]], [[-1, "x"]], [4.0, 3.0, 2.0, 1.0], [0, 0, 1e999, 1], *NUMBERS[:4],
)  # fmt: skip


def _changed(take: Stream, value: Any) -> object:
    """A value with some of what is in it replaced, dropped or doubled."""
    for _ in range(take() % 4):
        holder, at = _place(take, value)
        if holder is None:
            value = deepcopy(take.pick(ODD))
        elif take() < 200:
            holder[at] = deepcopy(take.pick(ODD))
        elif isinstance(holder, list):
            holder.insert(at, deepcopy(holder[at])) if take() % 2 else holder.pop(at)
        else:
            del holder[at]
    return value


def _place(take: Stream, value: Any) -> tuple[Any, Any]:
    holder, at = None, None
    for _ in range(take() % 5 + 1):
        if not isinstance(value, list | dict) or not value:
            break
        holder, at = value, take.pick([*(value if isinstance(value, dict) else range(len(value)))])
        value = value[at]
    return holder, at
