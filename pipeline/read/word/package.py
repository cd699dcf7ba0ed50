"""The parts of a Word file: XML in a zip, each part bounded, without entities or anything from elsewhere."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TypeAlias
from zipfile import ZipFile

import lxml.etree

from pipeline.archives import BROKEN
from pipeline.document import ReadError

MOST_BYTES = 150_000_000
"""Bytes of one part, unpacked."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of a document's words (ECMA-376); strict files and those of Word 2003 use others, in whose place it is put."""
_OTHERS = re.compile(
    rb"http://(?:purl\.oclc\.org/ooxml/wordprocessingml/main|schemas\.microsoft\.com/office/word/2003/wordml)"
)
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_MAIN = re.compile(r"word/document\d{0,3}\.xml")
_NUMBERED = re.compile(r"word/((header|footer)(\d{0,6}))\.xml")
Element: TypeAlias = lxml.etree._Element


class Package:
    """A Word file; ReadError if it is none. Some writers name its parts with backslashes, or its text "document2"."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except BROKEN as error:
            raise ReadError("damaged", "is a damaged Word document; open it and save it anew") from error
        self._names = {name.replace("\\", "/"): name for name in self._zip.namelist()}
        main = next(filter(_MAIN.fullmatch, sorted(self._names)), None)
        if main:
            self._names.setdefault("word/document.xml", self._names[main])

    def part(self, name: str) -> Element | None:
        """The root of one part; None if there is none. ReadError if it is damaged, protected or too large."""
        try:
            with self._zip.open(self._names[f"word/{name}.xml"]) as file:
                content = file.read(MOST_BYTES + 1)
        except KeyError:
            return None
        except BROKEN as error:
            raise ReadError("damaged", "is a damaged Word document; open it and save it anew") from error
        except RuntimeError as error:
            raise ReadError("encrypted", "is protected by a password; save it without one") from error
        if len(content) > MOST_BYTES:
            raise ReadError("too_long", f"unpacks to more than {MOST_BYTES / 1e6:.0f} MB; split it")
        return _parsed(content)

    def parts(self, kind: str) -> Iterator[Element]:
        """All parts of a kind ("header": header1.xml, header2.xml), in the order of their numbers."""
        found = (each for each in map(_NUMBERED.fullmatch, self._names) if each and each[2] == kind)
        for _, name in sorted((int(each[3] or 0), each[1]) for each in found):
            if (root := self.part(name)) is not None:
                yield root


class Flat(Package):
    """A Word file that is one file of XML: of Word 2003, or with its parts one after another."""

    def __init__(self, content: bytes) -> None:
        self._root = _parsed(content)

    def part(self, name: str) -> Element | None:
        """As that of a zip."""
        if self._root.tag == f"{W}wordDocument":
            return {"document": self._root, "styles": self._root.find(f"{W}styles")}.get(name)
        found = (part for part in self._root.iter(f"{_PKG}part") if part.get(f"{_PKG}name") == f"/word/{name}.xml")
        return next((root for part in found for data in part.iter(f"{_PKG}xmlData") for root in data), None)

    def parts(self, kind: str) -> Iterator[Element]:
        """As those of a zip."""
        names = (str(part.get(f"{_PKG}name")).removeprefix("/") for part in self._root.iter(f"{_PKG}part"))
        found = (each for each in map(_NUMBERED.fullmatch, names) if each and each[2] == kind)
        for _, name in sorted((int(each[3] or 0), each[1]) for each in found):
            if (root := self.part(name)) is not None:
                yield root


def _parsed(content: bytes) -> Element:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(_OTHERS.sub(W[1:-1].encode(), content), parser)
    except lxml.etree.XMLSyntaxError as error:
        raise ReadError("damaged", "is a Word document with damaged XML; open it and save it anew") from error
    if root.getroottree().docinfo.doctype:
        raise ReadError("damaged", "is a Word document that defines XML of its own, as Word never does; save it anew")
    return root


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute of the document's namespace."""
    return None if element is None else element.get(W + name)


def path(element: Element | None, *names: str) -> Element | None:
    """The element that is reached by names of children."""
    for name in names:
        element = None if element is None else element.find(W + name)
    return element


def is_on(element: Element | None) -> bool:
    """Whether a switch such as <w:caps/> is set."""
    return element is not None and value(element) not in ("0", "false", "off", "none")
