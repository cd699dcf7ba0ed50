"""An archive of the corpus in all formats, a part of it broken."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html import escape
from io import BytesIO
from itertools import cycle
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from tests.corpus import TEXTS
from tests.legacy import as_bytes, written
from tests.pdfs import Printer, font, printed
from tests.word import paragraph, word

LINES = 12
"""Lines of a text that a file holds."""


def texts() -> list[str]:
    """The plain texts of the corpus, some lines of each."""
    files = sorted(path for path in TEXTS.rglob("*.txt") if path.is_file())
    found = [[line for line in file.read_text("utf-8").split("\n") if line.strip()] for file in files]
    return ["\n".join(lines[:LINES]) for lines in found]


def _html(text: str) -> bytes:
    first, *rest = text.split("\n")
    body = "".join(f"<p>{escape(line)}</p>" for line in rest)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><h1>{escape(first)}</h1>{body}</body></html>".encode()


def _pdf(text: str) -> bytes:
    def draw(paper: Printer) -> None:
        for line in text.split("\n"):
            paper.paragraph(line)

    return printed(draw)


def _word(text: str) -> bytes:
    return word(*(paragraph(escape(line)) for line in text.split("\n")))


def _rtf(text: str) -> bytes:
    coded = "".join(char if char.isascii() else f"\\u{ord(char)}?" for char in text.replace("\\", " "))
    return b"{\\rtf1\\ansi " + "".join(f"{line}\\par " for line in coded.split("\n")).encode("ascii") + b"}"


def _odt(text: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", compress_type=0)
        package.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}office:1.0" xmlns:text="{space}text:1.0" office:version="1.2">'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        package.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" '
            'manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return made.getvalue()


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Chuyển văn bản"
    message.set_content(text)
    return bytes(message)


def _zip(text: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("bài/a.txt", text)
    return made.getvalue()


WRITERS: dict[str, Callable[[str], bytes]] = {
    ".txt": str.encode,
    ".utf16.txt": lambda text: text.encode("utf-16"),
    ".tcvn3.txt": lambda text: as_bytes(written(text, "tcvn3")),
    ".vni.txt": lambda text: as_bytes(written(text, "vni")),
    ".1258.txt": lambda text: as_bytes(written(text, "windows-1258")),
    ".html": _html,
    ".docx": _word,
    ".eml": _mail,
    ".zip": _zip,
}
"""Suffixes, and what writes a text so; those with fonts or programs are added where there are some."""
if font():
    WRITERS[".pdf"] = _pdf
if shutil.which("soffice"):
    WRITERS |= {".rtf": _rtf, ".odt": _odt}
BROKEN: dict[str, bytes] = {
    ".pdf": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    ".docx": b"PK\x03\x04 word/document.xml " + bytes(200),
    ".txt": bytes(range(256)) * 20,
    ".zip": b"PK\x03\x04" + bytes(300),
    ".doc": b"\xd0\xcf\x11\xe0" + bytes(600),
    ".html": b"",
}


def make(folder: Path, count: int, broken: float = 0.05) -> tuple[int, list[str]]:
    """Write `count` files; returns how many are good and the names of those that are broken."""
    random, some, wrong = Random(1), cycle(texts()), []
    suffixes, bad = cycle(WRITERS), cycle(BROKEN.items())
    for number in range(count):
        name = f"{number % 7}/{number:04}"
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if random.random() < broken:
            suffix, content = next(bad)
            wrong.append(f"{name}{suffix}")
        else:
            suffix = next(suffixes)
            content = WRITERS[suffix](f"{next(some)}\nBài số {number}.")
        (folder / f"{name}{suffix}").write_bytes(content)
    return count - len(wrong), wrong


def processes_of(parent: int) -> Iterator[int]:
    """A process and all that it started, which are alive."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        pid, above = map(int, line.split())
        children.setdefault(above, []).append(pid)
    waiting = [parent]
    while waiting:
        yield (pid := waiting.pop())
        waiting += children.get(pid, [])
