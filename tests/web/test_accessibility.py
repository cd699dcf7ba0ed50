"""axe-core on every page, in both languages, on a desk and on a phone."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.web.conftest import DESKTOP, PHONE, Editing, watched
from tests.web.material import TUYEN_QUANG, WRONG, pages
from tests.web.serving import Served
from tests.web.test_correcting import one

SIZES = {"desk": DESKTOP, "phone": PHONE}


def faults(browser: Browser, base: str, addresses: list[str], size: str) -> list[str]:
    """What axe-core finds on pages, a line a fault with how bad it is."""
    found: list[str] = []
    context, page = watched(browser, base, viewport=SIZES[size])
    with context:
        for address in addresses:
            for fault in Axe().run(page.open(address)).response["violations"]:
                found.append(f"{address}: {fault['impact']} {fault['id']} {fault['nodes'][0]['html'][:200]}")
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_no_fault(browser: Browser, served: Served, database: Path, language: str, size: str) -> None:
    addresses = [f"{address}{'&' if '?' in address else '?'}lang={language}" for address in (*pages(database), *WRONG)]
    assert faults(browser, served.base, addresses, size) == []


TABLES = [
    "/data", "/data/documents", "/data/documents?_facet=doc_type", "/data/documents?doc_type=ch%E1%BB%89+th%E1%BB%8B&_sort_desc=issued",
    f"/data/documents/{TUYEN_QUANG}", "/data?sql=select+id,symbol+from+documents+where+number_key%3D:n&n=16", "/data/absent_documents",
]  # fmt: skip
"""Datasette's own pages: the database, a table, facets, filters, a row, a query, a view."""


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_serious_fault_in_the_tables(browser: Browser, served: Served, size: str) -> None:
    found = faults(browser, served.base, TABLES, size)
    assert [fault for fault in found if not re.search(": (minor|moderate) ", fault)] == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_fault_in_what_takes_corrections(browser: Browser, editing: Editing, size: str) -> None:
    norm = one(editing.database, "SELECT id FROM documents WHERE symbol = '682-QĐ/TU'")
    text = one(editing.database, "SELECT id FROM texts WHERE path = 'a.txt'")
    start = one(editing.database, "SELECT start FROM mentions WHERE symbol = '682-QĐ/TU'")
    asked = [f"/d/{norm}", f"/t/{text}", f"/correct?id={norm}", f"/correct?id={text}"]
    asked.append(f"/correct?id={text}&family=reference&start={start}")
    assert faults(browser, editing.served.base, [*asked, *(f"{each}&lang=en" for each in asked[2:])], size) == []
