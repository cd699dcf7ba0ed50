"""What needs a person: files that failed, types that disagree with their symbols, disputes, absent documents."""

import sqlite3

from pipeline.query.gaps import HEADER, number_gaps

GAPS = "gaps"
"""The check that needs more than one question."""
AROUND = 60
"""Characters of a quote on each side."""
UNSURE = 0.8
"""Confidence below which a recognised page is worth a look."""
CHECKS = {
    "failures": "SELECT path, kind, message FROM failures ORDER BY root, path",
    "pages": (
        "SELECT t.path, p.number AS page, p.how, p.confidence FROM pages p JOIN texts t ON t.id = p.text_id "
        f"WHERE p.how IN ('left', 'failed') OR p.confidence < {UNSURE} ORDER BY t.path, p.number"
    ),
    "recognised": (
        "SELECT t.path, h.symbol, h.doc_type, h.issued, h.issuing_body AS issuer, "
        "(SELECT min(p.confidence) FROM pages p WHERE p.text_id = t.id AND p.how = 'ocr') AS confidence, t.id AS text_id "
        "FROM headers h JOIN texts t ON t.id = h.text_id WHERE h.flags LIKE '%recognised%' ORDER BY confidence, t.path"
    ),
    "notes": (
        "SELECT path, encodings, notes, id AS text_id FROM texts WHERE encodings NOT NULL OR notes NOT NULL ORDER BY path"
    ),
    "mismatches": (
        "SELECT t.path, m.start, m.surface, m.doc_type, m.symbol, m.flags FROM mentions m JOIN texts t ON t.id = m.text_id "
        "WHERE m.flags LIKE '%mismatch%' OR m.flags LIKE '%separator%' OR m.flags LIKE '%ocr_suspect%' ORDER BY t.path, m.start"
    ),
    "disputes": (
        'SELECT d.symbol, x.document_id, x.field, x.value, x.texts, x.origin AS "table", '
        "CASE WHEN x.value = CASE x.field WHEN 'issued' THEN d.issued ELSE d.doc_type END THEN 'yes' END AS chosen, "
        f"substr(t.text, max(1, m.start + 1 - {AROUND}), min(m.start, {AROUND}) + m.end - m.start + {AROUND}) AS quote, t.path "
        "FROM disputes x JOIN documents d ON d.id = x.document_id LEFT JOIN mentions m ON m.id = x.mention_id "
        "LEFT JOIN texts t ON t.id = m.text_id ORDER BY d.key, x.document_id, x.field, x.texts DESC, x.value"
    ),
    "absent": "SELECT mentions, symbol, doc_type, number, issuer, place, issued, document_id FROM absent_documents",
    "contradictions": (
        "SELECT s.kind, f.symbol AS later, f.issued AS later_issued, t.symbol AS earlier, t.issued AS earlier_issued, s.texts, s.by_id "
        "FROM document_status s JOIN documents f ON f.id = s.by_id JOIN documents t ON t.id = s.document_id WHERE s.contradiction "
        "ORDER BY t.key, s.by_id"
    ),
    "corrections": (
        "SELECT coalesce(c.text_id, c.document_id) AS id, c.path, c.family, c.action, c.quote, c.field, c.value, "
        "CASE WHEN c.text_id IS NULL OR c.text_id IN (SELECT id FROM texts) OR (c.root, c.path) IN (SELECT root, path FROM sources) "
        "THEN c.state ELSE 'its text is gone' END AS state, c.note FROM corrections c "
        "ORDER BY state = 'applied', c.path, c.id"
    ),
    "near-misses": (
        "SELECT t.path, n.start, n.family, n.surface, n.reason FROM near_misses n JOIN texts t ON t.id = n.text_id "
        "ORDER BY t.path, n.start, n.family"
    ),
    "impossible-dates": (
        "SELECT t.path, d.start, d.surface, d.suggestion FROM dates d JOIN texts t ON t.id = d.text_id "
        "WHERE d.edtf IS NULL ORDER BY t.path, d.start"
    ),
    "missing": "SELECT root, path FROM sources WHERE missing ORDER BY root, path",
}
"""Names of checks with the question each asks."""


def check(conn: sqlite3.Connection, name: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Column names and rows of a check; KeyError if there is none of that name."""
    if name == GAPS:
        return HEADER, number_gaps(conn)
    cursor = conn.execute(CHECKS[name])
    return [column[0] for column in cursor.description], [tuple(row) for row in cursor]
