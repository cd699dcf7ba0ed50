"""store: Findings → SQLite, in transactions over batches of texts.

`connection` opens the file, `writer` writes texts and findings, `links` writes what resolution makes of them.
"""

from pipeline.store.connection import StoreError, open_database, transaction
from pipeline.store.corrections import all_corrections, count_not_applied
from pipeline.store.known import put_known, read_table
from pipeline.store.links import link_pending
from pipeline.store.writer import Store, all_sources, text_id

__all__ = [
    "Store",
    "StoreError",
    "all_corrections",
    "all_sources",
    "count_not_applied",
    "link_pending",
    "open_database",
    "put_known",
    "read_table",
    "text_id",
    "transaction",
]
