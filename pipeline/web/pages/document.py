"""A document: what is known of it, what texts say, where they cite it, what it follows from and what follows from it."""

import json

from pipeline.export.citations import FORMATS, vietnamese
from pipeline.query.show import DocumentPage, citations_of, show_document
from pipeline.web.drawing import draw
from pipeline.web.site import Asked, Values

A_PAGE = 30
"""Citing passages of a page."""
LAST = 10_000
DISPUTED = ("issued", "doc_type")
"""Fields on which texts must agree."""


def document(asked: Asked) -> Values:
    """A document with a page of the passages that cite it."""
    identity, number = asked.parts["id"], asked.number("page", LAST)
    page = show_document(asked.conn, identity, 0)
    values = {
        field: [claim for claim in page.claims if claim.field == field]
        for field in dict.fromkeys(c.field for c in page.claims)
    }
    ended = [change for change in page.changes if change.kind in ("replaces", "repeals")]
    return {
        "page": page, "row": page.document, "claims": values, "disputes": [name for name in DISPUTED if len(values.get(name, ())) > 1],
        "changes": ended or page.changes, "drawing": draw(page.relations), "citing": citations_of(asked.conn, identity, A_PAGE, (number - 1) * A_PAGE),
        "number": number, "pages": -(-page.document.mentions // A_PAGE), "citation": vietnamese(page.document), "formats": FORMATS,
        "paths": _paths(asked, page),
    }  # fmt: skip


def _paths(asked: Asked, page: DocumentPage) -> dict[str, str]:
    """The files of texts that a page names, by the ids of the texts."""
    named = [*(text for related in page.relations for text in related.texts), *(each.text_id for each in page.figures)]
    rows = asked.conn.execute(
        "SELECT id, path FROM texts WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(named)]
    )
    return {row[0]: row[1] for row in rows}
