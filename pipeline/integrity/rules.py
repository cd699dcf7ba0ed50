"""What every run leaves true, as SQL that finds the rows where it is not."""

TABLES = (
    "texts", "sources", "failures", "segments", "documents", "mentions", "relations", "dates", "units", "unit_mentions",
    "figures", "near_misses", "headers", "pages", "blocks", "joins", "known_documents", "document_rows", "corrections", "runs",
)  # fmt: skip
"""Tables that are read from end to end."""
SPANS = ("mentions", "relations", "dates", "unit_mentions", "figures", "near_misses")
"""Tables whose rows quote a slice of a text."""
_FLAGS = "has flags that cannot be read"
RULES = (
    ("texts", "has an id that is not that of its bytes", "id <> 't-' || substr(sha256, 1, 12)"),
    ("texts", "is held by no file", "id NOT IN (SELECT text_id FROM sources)"),
    ("mentions", _FLAGS, "NOT json_valid(flags)"),
    ("dates", _FLAGS, "NOT json_valid(flags)"),
    ("figures", _FLAGS, "NOT json_valid(flags)"),
    ("headers", "has places of its fields that cannot be read", "NOT json_valid(spans)"),
    ("segments", "lies outside its text", "start < 0 OR end < start"),
    ("segments", "is not in the index of words", "id NOT IN (SELECT rowid FROM segments_fts)"),
    ("segments_fts", "is no sentence", "rowid NOT IN (SELECT id FROM segments)"),
)
"""A table, what is wrong with a row of it, and when it is."""
SETTLED = (
    (
        "documents",
        "is named by nothing",
        "mentions = 0 AND held IS NULL AND id NOT IN (SELECT document_id FROM mention_candidates) "
        "AND id NOT IN (SELECT document_id FROM known_documents)",
    ),
    (
        "documents",
        "counts other mentions than there are",
        "mentions <> (SELECT count(*) FROM mentions m WHERE m.document_id = documents.id AND NOT m.own)",
    ),
    (
        "documents",
        "is not in the index of documents",
        "id NOT IN (SELECT document_id FROM document_rows WHERE row IN (SELECT rowid FROM documents_fts)) "
        "AND id NOT IN (SELECT value FROM pending WHERE kind = 'words')",
    ),
    ("document_rows", "is no document", "document_id NOT IN (SELECT id FROM documents)"),
    (
        "mentions",
        "is linked and names no document, or names one and is not linked",
        "(status IN ('linked', 'founded')) <> (document_id NOT NULL)",
    ),
)
"""The same, true only when nothing is waiting to be linked."""
