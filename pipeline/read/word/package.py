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
"""The namespace of a document's words (ECMA-376); strict files use another, which is put in its place."""
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/wordprocessingml/main")
_NUMBERED = re.compile(r"word/((header|footer)(\d{0,6}))\.xml")
Element: TypeAlias = lxml.etree._Element


class Package:
    """A Word file; ReadError if it is none."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except BROKEN as error:
            raise ReadError("damaged", "is a damaged Word document; open it and save it anew") from error

    def part(self, name: str) -> Element | None:
        """The root of one part; None if there is none. ReadError if it is damaged, protected or too large."""
        try:
            with self._zip.open(f"word/{name}.xml") as file:
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
        found = (each for each in map(_NUMBERED.fullmatch, self._zip.namelist()) if each and each[2] == kind)
        for _, name in sorted((int(each[3] or 0), each[1]) for each in found):
            if (root := self.part(name)) is not None:
                yield root


def _parsed(content: bytes) -> Element:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(_STRICT.sub(W[1:-1].encode(), content), parser)
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
