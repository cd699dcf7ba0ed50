"""Corrections in the database: kept by quotation, laid on texts when these are written, on links when these are settled."""

import sqlite3
from collections.abc import Mapping, Sequence

from pipeline.corrections import APPLIED, Correction
from pipeline.store.connection import touch

_COLUMNS = "id, family, action, quote, context, field, coalesce(value, '')"
DOCUMENT_FIELDS = ("title", "issuer", "doc_type", "issued", "place")
"""Fields of a document that a person may set."""
TO_NONE = "a person says that it is none of the known documents"
NOT_KNOWN = "a person says that it is a document that is not known any more"


def all_corrections(
    conn: sqlite3.Connection,
) -> tuple[tuple[tuple[str | None, str | None, str | None], Correction], ...]:
    """All corrections of texts, each with the text, the root and the path that it is for."""
    rows = conn.execute(f"SELECT text_id, root, path, {_COLUMNS} FROM corrections WHERE text_id NOT NULL ORDER BY id")
    return tuple(((text, root, path), Correction(*row)) for text, root, path, *row in rows)


def corrections_of_text(conn: sqlite3.Connection, text: str) -> list[Correction]:
    """Corrections for a text, and for what any of its files held before."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM corrections WHERE text_id = :text OR (root, path) IN (SELECT root, path FROM sources "
        "WHERE text_id = :text) ORDER BY id",
        {"text": text},
    )
    return [Correction(*row) for row in rows]


def put_correction(conn: sqlite3.Connection, row: Mapping[str, str | None]) -> None:
    """Store a correction in place of an earlier one of the same field or mention."""
    forget_correction(conn, row)
    conn.execute(
        "INSERT INTO corrections (text_id, root, path, document_id, family, action, quote, context, field, value, note, state) "
        "VALUES (:text_id, :root, :path, :document_id, :family, :action, :quote, :context, :field, :value, :note, 'not yet applied')",
        row,
    )


def forget_correction(conn: sqlite3.Connection, row: Mapping[str, str | None]) -> int:
    """Take back the correction of one field or mention; how many there were. `undo` takes back all of a mention."""
    return conn.execute(
        "DELETE FROM corrections WHERE coalesce(text_id, document_id) = coalesce(:text_id, :document_id) AND family = :family "
        "AND quote = :quote AND context = :context AND (:action = 'undo' OR (action = :action AND field = :field))",
        row,
    ).rowcount


def put_states(conn: sqlite3.Connection, states: Mapping[int, str]) -> None:
    """Record what became of corrections."""
    conn.executemany("UPDATE corrections SET state = ? WHERE id = ?", ((state, at) for at, state in states.items()))


def apply_links(conn: sqlite3.Connection) -> None:
    """Link what people linked; what they say is gone stays without a document, with the reason."""
    touch(conn, "SELECT document_id FROM mentions WHERE linked_to NOT NULL AND document_id NOT NULL")
    touch(conn, "SELECT linked_to FROM mentions WHERE linked_to <> ''")
    conn.execute(
        "UPDATE mentions SET document_id = (SELECT id FROM documents d WHERE d.id = linked_to), rule = 'corrected', status = 'linked' "
        "WHERE linked_to NOT NULL"
    )
    conn.execute(
        f"UPDATE mentions SET status = 'unresolved', rule = iif(linked_to = '', '{TO_NONE}', '{NOT_KNOWN}') "
        "WHERE linked_to NOT NULL AND document_id IS NULL"
    )


def apply_to_documents(conn: sqlite3.Connection) -> None:
    """Set what people set in documents."""
    for field in DOCUMENT_FIELDS:
        conn.execute(
            f"UPDATE documents SET {field} = nullif(c.value, '') FROM corrections c WHERE c.document_id = documents.id AND c.field = ?",
            [field],
        )
    conn.execute(
        "UPDATE corrections SET state = iif(document_id IN (SELECT id FROM documents), 'applied', 'its document is gone') "
        "WHERE document_id NOT NULL"
    )


def count_not_applied(conn: sqlite3.Connection) -> int:
    """How many corrections do not hold, as their passage or their document is gone."""
    return int(conn.execute("SELECT count(*) FROM corrections WHERE state <> ?", [APPLIED]).fetchone()[0])


def touched_keys(conn: sqlite3.Connection, documents: Sequence[str]) -> None:
    """Have the documents built again before corrections are laid on them."""
    conn.executemany(
        "INSERT OR IGNORE INTO pending SELECT 'key', symbol_key FROM documents WHERE id = ? AND symbol_key NOT NULL",
        ([document] for document in documents),
    )
