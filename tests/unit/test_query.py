"""Asking the corpus: full text with and without marks, documents, texts, timelines, checks, totals."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.query.checks import CHECKS, check
from pipeline.query.database import QueryError, open_readonly
from pipeline.query.lookup import look_up
from pipeline.query.search import CLOSE, OPEN, Passage, Within, match_expression, search
from pipeline.query.show import show_document, show_text
from pipeline.query.timeline import Filter, timeline
from pipeline.query.totals import totals
from pipeline.query.units import find_units_named
from pipeline.schema import migrations
from pipeline.schema.library import Database

Fits = Callable[[Passage, str | None], bool]


def found(conn: sqlite3.Connection, query: str) -> list[str]:
    return [passage.snippet.replace(OPEN, "").replace(CLOSE, "") for passage in search(conn, query, 200)]


def test_words_without_marks_find_all_spellings(conn: sqlite3.Connection) -> None:
    with_marks, without = search(conn, "đảng ủy", 500), search(conn, "dang uy", 500)
    assert with_marks
    assert {(hit.text_id, hit.start) for hit in with_marks} <= {(hit.text_id, hit.start) for hit in without}
    assert len(without) > len(with_marks)


def test_a_word_with_marks_stays_exact(conn: sqlite3.Connection) -> None:
    assert all("mức" in text.lower() for text in found(conn, "mức"))
    assert match_expression(conn, "mức") != match_expression(conn, "mực")


def test_old_and_new_tone_placement_are_one_word(conn: sqlite3.Connection) -> None:
    assert found(conn, "uỷ") == found(conn, "ủy")
    spellings = match_expression(conn, "ủy")
    assert '"ủy"' in spellings
    assert '"uỷ"' in spellings


def test_a_phrase_stands_together(conn: sqlite3.Connection) -> None:
    together = found(conn, '"sinh hoạt chi bộ"')
    assert together
    assert all("sinh hoạt chi bộ" in text.lower().replace("\n", " ") for text in together)


def test_a_phrase_without_marks_finds_its_spellings(conn: sqlite3.Connection) -> None:
    marked, bare = search(conn, '"sinh hoạt chi bộ"', 99), search(conn, '"sinh hoat chi bo"', 99)
    assert {(hit.text_id, hit.start) for hit in marked} <= {(hit.text_id, hit.start) for hit in bare}
    assert found(conn, '"bo chi hoat sinh"') == []


def test_a_star_stands_for_the_rest_of_a_word(conn: sqlite3.Connection) -> None:
    whole, begun = search(conn, "nghị quyết", 999), search(conn, "ngh* quyết", 999)
    assert {(hit.text_id, hit.start) for hit in whole} < {(hit.text_id, hit.start) for hit in begun}
    assert all(re.search(r"\bngh", text.lower()) for text in found(conn, "ngh*"))
    assert {hit.start for hit in search(conn, "nghị*", 99)} <= {hit.start for hit in search(conn, "nghi*", 999)}


WITHIN: list[tuple[Within, Fits]] = [
    (Within(source="A-04"), lambda hit, _: hit.path == "a-04.txt"),
    (Within(place="tuyen quang"), lambda _, province: province == "Tuyên Quang"),
    (Within(since="2023"), lambda hit, _: (hit.published or "") >= "2023"),
    (Within(since="2021-06", until="2021"), lambda hit, _: "2021-06" <= (hit.published or "") < "2022"),
    (Within(source="none"), lambda *_: False),
]


@pytest.mark.parametrize(("within", "fits"), WITHIN)
def test_filters_limit_where_is_searched(conn: sqlite3.Connection, within: Within, fits: Fits) -> None:
    provinces = dict(conn.execute("SELECT id, province FROM texts").fetchall())
    every, some = search(conn, "đảng", 9999), search(conn, "đảng", 9999, within)
    assert some == [hit for hit in every if fits(hit, provinces[hit.text_id])]


HOSTILE = [
    '"',
    "'",
    "*",
    "NEAR(a b)",
    "a OR b",
    "a AND NOT b",
    "-x",
    "^x",
    "col:x",
    "a*",
    "(",
    ")",
    "{}",
    "\x00",
    '""',
    "x'; DROP TABLE texts",
    "🙂",
    ".",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_operators_and_quotes_are_only_words(conn: sqlite3.Connection, query: str) -> None:
    search(conn, query)


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_typed_is_safe(conn: sqlite3.Connection, query: str) -> None:
    search(conn, query)


def test_a_document_with_its_passages(conn: sqlite3.Connection) -> None:
    answer = look_up(conn, "16-ĐA/TU")
    assert {document.place for document in answer.documents} == {"Tuyên Quang", "Thái Bình"}
    for document in answer.documents:
        page = show_document(conn, document.id)
        assert len(page.citations) == document.mentions
        for citation in page.citations:
            text = show_text(conn, citation.text_id)
            assert text.text[citation.start :].startswith(citation.surface)
            assert text.text[: citation.start].endswith(citation.before)
            assert text.text[citation.start + len(citation.surface) :].startswith(citation.after)
        claimed = {claim.value for claim in page.claims if claim.field == "issued"}
        assert document.issued in claimed


def test_an_unknown_id_is_one_sentence(conn: sqlite3.Connection) -> None:
    with pytest.raises(QueryError, match="no document has the id d-0"):
        show_document(conn, "d-0")
    with pytest.raises(QueryError, match="no text has the id t-0"):
        show_text(conn, "t-0")


def test_timeline_is_ordered_and_filtered(conn: sqlite3.Connection) -> None:
    events, undated = timeline(conn, Filter())
    assert [event.date for event in events] == sorted(event.date for event in events)
    assert len(undated) + len(events) == totals(conn)["documents"]
    directives, _ = timeline(conn, Filter(doc_type="chi thi", since="2016", until="2021-12"))
    assert directives
    assert all(event.doc_type == "chỉ thị" and "2016" <= event.date[:7] <= "2021-12" for event in directives)
    bureau, _ = timeline(conn, Filter(issuers=("Bộ Chính trị",)))
    assert all("Bộ Chính trị" in (event.issuer or "") for event in bureau)
    assert timeline(conn, Filter(place="Atlantis")) == ([], [])


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_runs(conn: sqlite3.Connection, name: str) -> None:
    header, rows = check(conn, name)
    assert all(len(row) == len(header) for row in rows)


def test_mismatches_show_what_is_printed(conn: sqlite3.Connection) -> None:
    header, rows = check(conn, "mismatches")
    surfaces = [row[header.index("surface")] for row in rows]
    assert any("Chỉ thị" in str(surface) and "-QĐ/" in str(surface) for surface in surfaces)


def test_totals_count_rows(conn: sqlite3.Connection) -> None:
    counts = totals(conn)
    assert counts["texts"] == 28
    linked = ("references linked", "references ambiguous", "references unresolved")
    assert counts["references"] == sum(counts[name] for name in linked)


def test_a_document_shows_what_came_of_it(conn: sqlite3.Connection) -> None:
    (row,) = conn.execute("SELECT document_id FROM document_figures WHERE surface = '11 tổ chức đảng'").fetchall()
    page = show_document(conn, row[0])
    assert page.document.symbol == "97-KH/TU"
    assert [figure.surface for figure in page.figures] == ["gần 1.150 doanh nghiệp", "11 tổ chức đảng", "74 đảng viên"]


def test_a_database_of_an_earlier_version_is_told(tmp_path: Path) -> None:
    database = tmp_path / "old.db"
    with closing(sqlite3.connect(database)) as old:
        migrations.apply(Database(old), stop_before="m005_units")
    with pytest.raises(QueryError, match="was written by an earlier version"), open_readonly(database) as conn:
        find_units_named(conn, "Tỉnh ủy")
