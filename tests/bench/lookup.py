"""Look-up in a register of 100,000 documents with 1,000,000 mentions, made from the tables, typed in the ways in which people type."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from extractors.keys import key_of, strip_marks
from extractors.tables import known_documents
from pipeline.query.database import open_readonly
from pipeline.query.lookup import look_up
from pipeline.store import open_database, transaction
from tests.indexed import index_documents

DOCUMENTS, MENTIONS = 100_000, 1_000_000
ASKED = 2_000
"""Queries of which the slowest hundredth counts."""
CODES = {
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "NQ": "nghị quyết",
    "KH": "kế hoạch",
    "KL": "kết luận",
    "HD": "hướng dẫn",
    "TB": "thông báo",
}
BODIES = {
    "TU": "Ban Thường vụ Tỉnh ủy",
    "HU": "Huyện ủy",
    "UBND": "Ủy ban nhân dân tỉnh",
    "BTCTU": "Ban Tổ chức Tỉnh ủy",
    "TW": "Ban Bí thư",
}
PLACES = (
    "Cà Mau",
    "Hà Giang",
    "Nghệ An",
    "Vĩnh Phúc",
    "Lạng Sơn",
    "An Giang",
    "Thái Bình",
    "Tuyên Quang",
    "Đắk Lắk",
    "Hà Nội",
)


def report() -> None:
    """Print the time of look-ups, and of the plainest question that the database can be asked, in the same run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        rows = list(_documents(Random(11)))
        _fill(path, rows)
        queries = list(_queries(rows, Random(12)))
        with open_readonly(path) as conn:
            look_up(conn, "682")
            plain = _times(
                lambda query: conn.execute("SELECT * FROM documents WHERE symbol_key = ?", [key_of(query)]).fetchall(),
                queries,
            )
            asked = _times(lambda query: look_up(conn, query), queries)
            typed = _times(
                lambda query: look_up(conn, query, typing=True), [query[: len(query) // 2 + 1] for query in queries]
            )
    print(f"\nlook-up among {DOCUMENTS:,} documents with {MENTIONS:,} mentions, {len(queries):,} queries")
    for label, times in (
        ("by the key in an index (reference)", plain),
        ("look-up", asked),
        ("while it is typed", typed),
    ):
        half, slow = quantiles(times, n=100)[49], quantiles(times, n=100)[98]
        print(f"  {label:44} median {half * 1000:6.2f} ms   99 of 100 within {slow * 1000:6.2f} ms")


def _documents(random: Random) -> Iterator[dict[str, object]]:
    """Rows of documents: numbers low ones more often, as they are counted anew each term; subjects made of the words of real ones."""
    titles = [row.title for row in known_documents() if row.title]
    for at in range(DOCUMENTS):
        code, body = random.choice(list(CODES)), random.choice(list(BODIES))
        number = str(min(random.randrange(1, 3000), random.randrange(1, 3000), random.randrange(1, 3000)))
        year = random.randrange(1998, 2026)
        symbol = f"{number}/{year}/{code}-{body}" if body == "UBND" and year % 2 else f"{number}-{code}/{body}"
        place = None if body == "TW" else random.choice(PLACES)
        yield {
            "id": f"d-{at * 2_654_435_761 % 2**48:012x}",
            "key": key_of(symbol),
            "number_key": key_of(number),
            "doc_type": CODES[code],
            "number": number,
            "symbol": symbol,
            "symbol_key": key_of(symbol),
            "issuer": f"{BODIES[body]} {place or ''}".strip(),
            "place": place,
            "issued": f"{year}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}",
            "title": " ".join(random.choice(titles).split()[:6] + random.choice(titles).split()[-6:]),
            "mentions": int(MENTIONS / DOCUMENTS * random.paretovariate(1.2) / 6),
        }


def _fill(path: Path, rows: list[dict[str, object]]) -> None:
    columns = list(rows[0])
    with open_database(path) as database:
        conn = database.conn
        with transaction(conn):
            conn.execute(
                "INSERT INTO texts (id, sha256, path, format, kind, text, version) VALUES ('t-0', '0', '0', 'text', 'news', '', '')"
            )
            conn.executemany(
                f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                (list(row.values()) for row in rows),
            )
            conn.executemany(
                "INSERT INTO mentions (text_id, start, end, surface, form, symbol_key, document_id) VALUES ('t-0', 0, 0, '', 'numbered', ?, ?)",
                ((rows[at % DOCUMENTS]["key"], rows[at % DOCUMENTS]["id"]) for at in range(MENTIONS)),
            )
            index_documents(conn)


def _queries(rows: list[dict[str, object]], random: Random) -> Iterator[str]:
    """What people type for documents, the cited ones more often."""
    weights = [int(str(row["mentions"])) + 1 for row in rows]
    for row in random.choices(rows, weights, k=ASKED):
        symbol, kind, number, place, title = (
            str(row[name] or "") for name in ("symbol", "doc_type", "number", "place", "title")
        )
        year, words = str(row["issued"])[:4], title.split()
        ways = (
            symbol, symbol.lower(), strip_marks(symbol), re.sub(r"[-/]", " ", strip_marks(symbol)), re.sub(r"[-/]", "", symbol), f"{kind} {number}",
            strip_marks(f"{kind} so {number}"), f"{symbol} {place}", f"{kind} {number} {year}", f"{kind} {number} {place}", number,
            f"{kind} {year} {place}", strip_marks(" ".join(words[:4])), f"{kind} {' '.join(words[:3])}", f"{place} {' '.join(words[-3:])}", kind,
            f"Căn cứ {kind} số {symbol} ngày {row['issued']} của {row['issuer']} về {title}, các cấp ủy triển khai thực hiện nghiêm túc.",
        )  # fmt: skip
        yield random.choice(ways)


def _times(ask: Callable[[str], object], queries: list[str]) -> list[float]:
    times = []
    for query in queries:
        start = perf_counter()
        ask(query)
        times.append(perf_counter() - start)
    return times
