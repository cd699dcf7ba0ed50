"""The process that reads: whatever a file does to it costs that file, within limits, and the next one is read."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from select import select
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pipeline.document import Page, Piece, ReadError, Source
from pipeline.read import apart, read_source
from pipeline.read.apart import BrokenError, Reader
from pipeline.read.child import MEMORY
from pipeline.read.options import AS_USUAL
from tests.hostile_pdfs import HOSTILE as PDFS
from tests.word import NAMESPACES, paragraph, word

GOOD = word(paragraph("Tỉnh ủy họp"))


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.stop()


def text(reader: Reader) -> str:
    return reader.read(GOOD, "docx", AS_USUAL).pieces[0].text


def child(reader: Reader) -> "subprocess.Popen[bytes]":
    assert reader._child
    return reader._child


def filled(block: str, times: int) -> bytes:
    """A Word file whose body is one block many times over, which takes little as long as it is packed."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        part.write(f"<w:document {NAMESPACES}><w:body>".encode())
        for _ in range(times):
            part.write(block.encode() * 1000)
        part.write(b"</w:body></w:document>")
    return made.getvalue()


HOSTILE = {
    "a flood of text": (filled(paragraph("lũ " * 100), 500), {"too_long"}),
    "more elements than memory": (filled("<w:p/>", 20_000), {"memory", "damaged", "crash"}),
    "nested without end": (word("<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000), {"damaged"}),
}


@pytest.mark.parametrize(("content", "kinds"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_one_failure_each(content: bytes, kinds: set[str], reader: Reader) -> None:
    with pytest.raises(ReadError) as refused:
        reader.read(content, "docx", AS_USUAL)
    assert refused.value.kind in kinds
    assert "; " in str(refused.value)
    assert text(reader) == "Tỉnh ủy họp"


@pytest.mark.parametrize(("make", "kinds"), PDFS.values(), ids=PDFS)
def test_hostile_pdfs_are_one_failure_each(make: Callable[[], bytes], kinds: set[str], reader: Reader) -> None:
    with pytest.raises(ReadError) as refused:
        reader.read(make(), "pdf", AS_USUAL)
    assert refused.value.kind in kinds
    assert "; " in str(refused.value)
    assert text(reader) == "Tỉnh ủy họp"


def test_memory_and_time_are_bounded(reader: Reader) -> None:
    text(reader)
    assert resource.prlimit(child(reader).pid, resource.RLIMIT_AS)[0] == MEMORY
    assert resource.prlimit(child(reader).pid, resource.RLIMIT_CPU)[0] <= apart.SECONDS + 10


def test_a_child_that_was_killed_is_replaced(reader: Reader) -> None:
    assert text(reader) == "Tỉnh ủy họp"
    first = child(reader)
    first.kill()
    first.wait()
    assert text(reader) == "Tỉnh ủy họp"
    assert child(reader).pid != first.pid


def test_a_child_that_hangs_is_replaced(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    text(reader)
    os.kill(child(reader).pid, signal.SIGSTOP)
    monkeypatch.setattr(apart, "SECONDS", 0.2)
    with pytest.raises(ReadError) as refused:
        text(reader)
    assert refused.value.kind == "time"
    monkeypatch.undo()
    assert text(reader) == "Tỉnh ủy họp"


def test_a_child_that_lies_is_not_believed() -> None:
    for answer in (b"{}", b"[]", b'["kind"]', b"\xff", b"null"):
        with pytest.raises(ReadError):
            apart.answered(apart.SOURCE, answer, "digest")
        with pytest.raises(ReadError):
            apart.answered(apart.ERROR, answer, "digest")


REASON = b'["damaged", "is damaged; mend it"]'
LIARS = {
    "answers before it is asked": (f"say(b'e', {REASON!r})", None),
    "is done with pages without end": ("take()\nwhile True: say(b'p', b'')", "crash"),
    "is done at length": ("take(); say(b'p', b'x')", "too_long"),
    "does not take what it is given": ("", "time"),
    "says that it ends, and does not": (f"take(); say(b'x', b''); say(b'e', {REASON!r})", "damaged"),
    "tells of another file": ("take(); say(b's', b'{}')", "crash"),
    "tells no reason": ("take(); say(b'e', b'[[]]')", "crash"),
    "is nested too deeply": ("take(); say(b'e', b'[' * 100_000)", "crash"),
}
LIAR = """
import signal, struct, sys
def say(letter, payload):
    sys.stdout.buffer.write(struct.pack('>cQ', letter, len(payload)) + payload)
    sys.stdout.buffer.flush()
def take():
    sys.stdin.buffer.read(int(sys.stdin.buffer.readline().split(b'"size": ')[1].split(b',')[0]))
"""


@pytest.mark.parametrize(("does", "kind"), LIARS.values(), ids=LIARS)
def test_a_child_that_does(does: str, kind: str | None, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    liar = subprocess.Popen(
        [sys.executable, "-c", f"{LIAR}{does}\nsignal.pause()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert liar.stdout
    reader._child = liar
    monkeypatch.setattr(apart, "SECONDS", 1.0 if kind == "time" else 20.0)
    if kind is None:
        select([liar.stdout], [], [])
    else:
        with pytest.raises(ReadError) as refused:
            reader.read(b"x" * 1_000_000, "docx", AS_USUAL)
        assert refused.value.kind == kind
    monkeypatch.undo()
    assert text(reader) == "Tỉnh ủy họp"
    assert child(reader).pid != liar.pid
    assert liar.returncode is not None


TRUE = Source(
    "0" * 64, "pdf", (Piece("Tỉnh ủy", None, 1, (1.0, 2.0, 3.0, 4.0), ((2, "-"),)),), pages=(Page(1, "text"),)
)
UNFIT = {
    "a text with NUL": replace(TRUE, pieces=(Piece("a\0"),)),
    "a title with NUL": replace(TRUE, title="\0"),
    "a day that is none": replace(TRUE, published="2024-02-30"),
    "a page that is not there": replace(TRUE, pieces=(Piece("a", None, 2),)),
    "page nought": replace(TRUE, pages=(), pieces=(Piece("a", None, 0),)),
    "pages out of order": replace(TRUE, pages=(Page(2, "text"), Page(1, "text"))),
    "more than certain": replace(TRUE, pages=(Page(1, "ocr", 1.5),)),
    "a box inside out": replace(TRUE, pieces=(Piece("a", None, 1, (3.0, 2.0, 1.0, 4.0)),)),
    "a box without end": replace(TRUE, pieces=(Piece("a", None, 1, (3.0, 2.0, float("inf"), 4.0)),)),
    "a join outside": replace(TRUE, pieces=(Piece("a", joins=((2, "-"),)),)),
    "joins out of order": replace(TRUE, pieces=(Piece("abc", joins=((2, "-"), (1, "-"))),)),
}


@pytest.mark.parametrize("source", UNFIT.values(), ids=UNFIT)
def test_a_source_that_does_not_fit_is_not_believed(source: Source) -> None:
    assert apart.answered(apart.SOURCE, apart.dump(TRUE), TRUE.sha256) == TRUE
    with pytest.raises(BrokenError):
        apart.answered(apart.SOURCE, apart.dump(source), source.sha256)
    with pytest.raises(BrokenError):
        apart.answered(apart.SOURCE, apart.dump(TRUE), "1" * 64)


def test_a_reason_shows_nothing_that_a_terminal_obeys() -> None:
    with pytest.raises(ReadError) as refused:
        apart.answered(apart.ERROR, b'["damaged", "is \\u001b[2Jdamaged\\n; mend it"]', "")
    assert str(refused.value).isprintable()


def test_the_child_ends_when_its_parent_is_killed() -> None:
    code = (
        "import sys, time; from pipeline.read.apart import Reader; from pipeline.read.options import AS_USUAL; reader = Reader();"
        "reader.read(sys.stdin.buffer.read(), 'docx', AS_USUAL); print(reader._child.pid, reader._folder.name, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdin
        assert parent.stdout
        parent.stdin.write(GOOD)
        parent.stdin.close()
        pid = int(parent.stdout.readline().split()[0])
        parent.kill()
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return
        if state == "Z":
            return
        os.sched_yield()
        subprocess.run(["true"], check=True)
    raise AssertionError("the child lives on")


def test_it_imports_neither_underthesea_nor_spacy(reader: Reader) -> None:
    """Reading is done by many small processes; each of those libraries takes more memory than all of it."""
    page = f"<html><body><h1>Tỉnh ủy họp bàn công tác quý III</h1>{'<p>Cấp ủy các cấp triển khai nghiêm túc.</p>' * 20}</body></html>"
    assert reader.read(page.encode(), "html", AS_USUAL).title
    text(reader)
    maps = Path(f"/proc/{child(reader).pid}/maps").read_text()
    assert not [name for name in ("underthesea", "spacy", "thinc") if f"/{name}/" in maps]


def test_entities_cost_nothing() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{bomb}]><html><body><p>&e11; {NAMESPACES}</p></body></html>'
    try:
        size = sum(len(piece.text) for piece in read_source(page.encode(), "a.html").pieces)
    except ReadError as refused:
        size = len(str(refused))
    assert size < 10 * len(page)
