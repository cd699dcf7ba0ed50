"""The process that reads: whatever a file does to it costs that file, within limits, and the next one is read."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pipeline.document import ReadError
from pipeline.read import apart, read_source
from pipeline.read.apart import Reader
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
            apart._source(apart.SOURCE, answer, "digest")
        with pytest.raises(ReadError):
            apart._source(apart.ERROR, answer, "digest")


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
