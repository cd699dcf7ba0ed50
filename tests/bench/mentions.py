"""A database full of mentions, made without extraction, to measure how fast they are linked.

Symbols are drawn as citations are in 269 articles of 2025: of 3,294 mentions the first document has 5.0 %, the second 3.2 %, the
tenth 1.1 %, and every third mention is of a document of its own. Everything follows from the seed.
"""

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from random import Random
from time import process_time

from extractors.keys import key_of
from pipeline.resolve import resolve_symbol, resolve_text
from pipeline.store import open_database, transaction
from pipeline.store.links import link_pending

SERIES = ("QĐ/TU", "KL/TW", "NQ/TW", "CT/TU", "KH/UBND", "HD/BTCTU", "TB/TU", "NQ/HU")
PLACES = ("Cà Mau", "Hà Giang", "Nghệ An", "Vĩnh Phúc", "Lạng Sơn", "An Giang")
PER_TEXT = 50
"""Mentions of one text."""
CITED = 4000
"""Documents that are cited again and again, the one at rank r with a share of 1 / (r + 1)."""
SELDOM = 0.3
"""Share of mentions of other documents, as many as there are mentions."""
WEIGHTS = list(accumulate(1 / (rank + 2) for rank in range(CITED)))
UNDATED = 0.4
"""Share of mentions that print no date."""


def measure(count: int, folder: Path) -> tuple[float, int]:
    """CPU seconds that linking `count` mentions takes, and how many documents they name."""
    with open_database(folder / "mentions.db") as database:
        conn = database.conn
        with transaction(conn):
            for at, text in enumerate(_texts(count, Random(7))):
                identity = f"t-{at:012}"
                conn.execute(
                    "INSERT INTO texts (id, sha256, path, format, kind, published, province, text, version) "
                    "VALUES (?, ?, ?, 'txt', 'news', '2024-06-01', ?, '', '')",
                    [identity, identity, identity, PLACES[at % len(PLACES)]],
                )
                conn.executemany(
                    "INSERT INTO mentions (text_id, start, end, surface, form, doc_type, number, symbol, symbol_key, issued, target) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    ((identity, *row) for row in text),
                )
            conn.execute("INSERT INTO pending SELECT 'text', id FROM texts")
            conn.execute(
                "INSERT INTO pending SELECT DISTINCT 'key', symbol_key FROM mentions WHERE symbol_key NOT NULL"
            )
        start = process_time()
        link_pending(database, resolve_symbol, resolve_text)
        return process_time() - start, int(conn.execute("SELECT count(*) FROM documents").fetchone()[0])


def _texts(count: int, random: Random) -> Iterator[list[tuple[object, ...]]]:
    """Rows of mentions, text by text."""
    for _ in range(count // PER_TEXT):
        yield [_mention(at, random, count) for at in range(PER_TEXT)]


def _mention(at: int, random: Random, count: int) -> tuple[object, ...]:
    seldom = random.random() < SELDOM
    number = CITED + random.randrange(count) if seldom else random.choices(range(CITED), cum_weights=WEIGHTS)[0]
    series = SERIES[number * 7 % len(SERIES)]
    code, body = series.split("/")
    symbol = f"{number}-{code}/{body}" if body != "UBND" else f"{number}/{code}-{body}"
    day = None if random.random() < UNDATED else f"{2016 + number % 8}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    start = at * 40
    if random.random() < 0.1:
        return (start, start + 12, "Quyết định này", "anaphoric", "quyết định", None, None, None, None, symbol)
    return (start, start + len(symbol), symbol, "numbered", None, str(number), symbol, key_of(symbol), day, None)
