"""Documents that a test writes by itself, indexed as a run indexes them."""

import sqlite3

from pipeline.store.words import pending_documents, put_words, solve_words


def index_documents(conn: sqlite3.Connection) -> None:
    """Index all documents that wait for their words."""
    while parts := pending_documents(conn):
        for part in parts:
            put_words(conn, part, [solve_words(conn, part)])
