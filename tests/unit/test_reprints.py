"""Reprints: which texts are one, whatever order they come in, and that they count once."""

import itertools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import reduce
from pathlib import Path
from random import Random

import pytest
from datasketch import MinHash

import pipeline.sketch
import pipeline.store.reprints
from extractors.view import fold
from pipeline.document import Block, Text
from pipeline.query.checks import check
from pipeline.run import ingest
from pipeline.sketch import AT_ONCE, LEAST, PLACES, sketch

WORDS = re.findall(
    r"\w+",
    "đảng bộ tỉnh họp bàn kế hoạch năm nay chi xã huyện nông thôn mới đường trường trạm dân vận tuyên giáo kiểm tra",
)


def body(seed: int, count: int = 300) -> str:
    """Words in an order that follows from the seed."""
    return " ".join(Random(seed).choices(WORDS, k=count))


def text(words: str, kind: str = "paragraph") -> Text:
    return Text("0" * 64, "text", words, (Block(0, len(words), kind),))  # type: ignore[arg-type]


def shared(first: str, second: str) -> float:
    ours, theirs = sketch(text(first)), sketch(text(second))
    assert ours
    assert theirs
    assert len(ours) == len(theirs) == 4 * PLACES
    return sum(a == b for a, b in zip(memoryview(ours).cast("I"), memoryview(theirs).cast("I"), strict=True)) / PLACES


def test_a_signature_measures_what_two_texts_share() -> None:
    words = body(1)
    assert shared(words, words.upper()) == 1
    assert shared(words, body(2)) < 0.2
    half = words.split()[:150] + body(3).split()[150:]
    assert 0.2 < shared(words, " ".join(half)) < 0.5


@pytest.mark.parametrize("count", [LEAST, 300, AT_ONCE, AT_ONCE + 3, AT_ONCE + 4, AT_ONCE + 5, 2 * AT_ONCE + 7])
def test_numbers_are_those_of_datasketch(count: int) -> None:
    words = [number_of(word) for word in body(4, count).split()]
    fives = [reduce(lambda mixed, word: (mixed * 0x9E3779B97F4A7C15 + word) % 2**64, five) for five in fives_of(words)]
    theirs = MinHash(num_perm=PLACES, seed=1, hashfunc=int)
    theirs.update_batch([(five ^ (five >> 32)) % 2**32 for five in fives])
    ours = sketch(text(body(4, count)))
    assert ours
    assert list(memoryview(ours).cast("I")) == theirs.hashvalues.tolist()


def number_of(word: str) -> int:
    return sum(ord(letter) * pow(0xC2B2AE3D27D4EB4F, place, 2**64) for place, letter in enumerate(word)) % 2**64


def test_words_are_those_of_a_pattern_in_parts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Tỉnh uỷ_1 – “họp”\n\nở\u200bđó, số 5: 𝐀b"
    lower = re.findall(r"\w+", fold(words).lower().replace("𝐀", " "))
    assert pipeline.sketch._words(text(words)).tolist() == [number_of(word) for word in lower]
    for size in range(1, 9):
        monkeypatch.setattr(pipeline.sketch, "LETTERS_AT_ONCE", size)
        parts = [fold(words).lower()[at : at + size] for at in range(0, len(words), size)]
        lower = [word for part in parts for word in re.findall(r"\w+", part.replace("𝐀", " "))]
        assert pipeline.sketch._words(text(words)).tolist() == [number_of(word) for word in lower]


def fives_of(words: list[int]) -> Iterator[tuple[int, ...]]:
    return zip(*(words[at:] for at in range(5)), strict=False)


def test_short_texts_and_menus_have_no_signature() -> None:
    assert sketch(text("Chúc mừng năm mới")) is None
    assert sketch(text(body(1), "boilerplate")) is None


DATED = "Tỉnh ủy Cà Mau họp ở Cà Mau về Quy định số 31-QĐ/TU ngày {day} của Tỉnh ủy Cà Mau. "
ARTICLES = {
    "a.txt": DATED.format(day="08/8/2019") + body(5),
    "b.txt": DATED.format(day="09/8/2019") + body(6),
    "b-again.txt": DATED.format(day="09/8/2019") + body(6) + " Theo báo bạn",
    "b-once-more.txt": "Nguồn khác: " + DATED.format(day="09/8/2019") + body(6),
    "c.txt": DATED.format(day="08/8/2019") + body(7),
}


def groups(conn: sqlite3.Connection) -> list[list[str]]:
    rows = conn.execute("SELECT coalesce(reprint_of, id), path FROM texts ORDER BY 1, 2").fetchall()
    return sorted([path for _, path in group] for _, group in itertools.groupby(rows, key=lambda row: row[0]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "texts"
    target.mkdir()
    for name, words in ARTICLES.items():
        (target / name).write_text(words, "utf-8")
    return target


def test_reprints_count_once(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    ingest([folder], database, words=False)
    with closing(sqlite3.connect(database)) as conn:
        assert groups(conn) == [["a.txt"], ["b-again.txt", "b-once-more.txt", "b.txt"], ["c.txt"]]
        assert conn.execute("SELECT issued, mentions FROM documents WHERE mentions").fetchall() == [("2019-08-08", 5)]
        header, rows = check(conn, "disputes")
    said = [(row[header.index("value")], row[header.index("texts")], row[header.index("chosen")]) for row in rows]
    assert said == [("2019-08-08", 2, "yes"), ("2019-08-09", 1, None)]


def test_groups_do_not_depend_on_the_order_of_arrival_and_fall_apart_again(folder: Path, tmp_path: Path) -> None:
    found = []
    for order in (sorted(ARTICLES), sorted(ARTICLES, reverse=True)):
        database = tmp_path / f"{order[0]}.db"
        for name in order:
            ingest([folder / name], database, words=False)
        with closing(sqlite3.connect(database)) as conn:
            found.append(conn.execute("SELECT id, reprint_of FROM texts ORDER BY id").fetchall())
            documents = conn.execute("SELECT * FROM documents ORDER BY id").fetchall()
            found.append(documents)
    assert found[0] == found[2]
    assert found[1] == found[3]
    for name in ("b.txt", "b-again.txt"):
        (folder / name).write_text("Trang này không còn nữa.", "utf-8")
    ingest([folder], database, words=False)
    ingest([folder / name for name in sorted(ARTICLES)], database, words=False)
    with closing(sqlite3.connect(database)) as conn:
        assert ["b-once-more.txt"] in groups(conn)
        bands = conn.execute("SELECT count(DISTINCT text_id) FROM bands").fetchone()[0]
        assert bands == 3


def test_groups_are_the_same_if_bands_are_written_a_text_at_a_time(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for count in (1, 2, pipeline.store.reprints.AT_ONCE):
        monkeypatch.setattr(pipeline.store.reprints, "AT_ONCE", count)
        ingest([folder], tmp_path / f"{count}.db", words=False)
        with closing(sqlite3.connect(tmp_path / f"{count}.db")) as conn:
            found.append((groups(conn), conn.execute("SELECT * FROM bands").fetchall()))
    assert found[0] == found[1] == found[2]
    assert max(map(len, found[0][0])) > 1


def test_two_documents_of_one_form_are_no_reprints(tmp_path: Path) -> None:
    head = "ĐẢNG BỘ TỈNH CÀ MAU\nTỈNH ỦY CÀ MAU\nSố {n}-QĐ/TU\nCà Mau, ngày {n} tháng 5 năm 2021\nQUYẾT ĐỊNH\n"
    folder = tmp_path / "forms"
    folder.mkdir()
    for number in (11, 12):
        (folder / f"{number}.txt").write_text(head.format(n=number) + body(9), "utf-8")
    ingest([folder], tmp_path / "x.db", words=False)
    with closing(sqlite3.connect(tmp_path / "x.db")) as conn:
        assert conn.execute("SELECT count(*) FROM texts WHERE kind = 'document'").fetchone() == (2,)
        assert groups(conn) == [["11.txt"], ["12.txt"]]
