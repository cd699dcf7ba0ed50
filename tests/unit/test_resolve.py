"""Resolution: which mentions name one document, as cases; the result does not depend on the order."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.keys import key_of
from extractors.symbols import parse_symbol
from extractors.view import fold
from pipeline.resolve import Document, Link, Mention, Shelf, resolve_short, resolve_symbol
from pipeline.resolve.choice import choose
from tests.cases import load

CASES = load("linking")


def mentions_of(case: dict[str, object]) -> list[Mention]:
    rows, symbol = case["mentions"], str(case["symbol"])
    assert isinstance(rows, list)
    parsed = parse_symbol(fold(symbol))
    assert parsed is not None
    return [
        Mention(
            id=at,
            text_id=f"t-{text}",
            start=at,
            form="numbered",
            doc_type=None,
            number=parsed.number,
            symbol=symbol,
            issued=issued or None,
            issuer=None,
            title=None,
            issuer_place=issuer_place or None,
            province=province or None,
            published=published or None,
            own=int(own),
        )
        for at, (text, province, published, issued, issuer_place, own) in enumerate(rows, 1)
    ]


def groups_of(links: list[Link]) -> list[list[int]]:
    ids = sorted({link.document_id for link in links if link.document_id})
    return sorted(sorted(link.mention_id for link in links if link.document_id == one) for one in ids)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["note"]))
def test_mentions_of_one_document_end_together(case: dict[str, object]) -> None:
    documents, links = resolve_symbol(key_of(str(case["symbol"])), mentions_of(case))
    assert groups_of(links) == case["groups"]
    ambiguous = [link for link in links if link.status == "ambiguous"]
    assert [link.mention_id for link in ambiguous] == case.get("ambiguous", [])
    assert all(link.candidates and set(link.candidates) <= {d.id for d in documents} for link in ambiguous)
    assert len({document.id for document in documents}) == len(documents)
    assert all(link.rule for link in links)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["note"]))
def test_the_order_of_arrival_does_not_matter(case: dict[str, object]) -> None:
    key, mentions = key_of(str(case["symbol"])), mentions_of(case)
    expected = resolve_symbol(key, mentions)
    for seed in range(5):
        shuffled = Random(seed).sample(mentions, len(mentions))
        documents, links = resolve_symbol(key, shuffled)
        assert sorted(documents, key=lambda d: d.id) == sorted(expected[0], key=lambda d: d.id)
        assert sorted(links, key=lambda link: link.mention_id) == sorted(expected[1], key=lambda link: link.mention_id)


def test_the_held_text_is_on_its_document_and_counts_no_citation() -> None:
    case = next(case for case in CASES if case["symbol"] == "27-CT/TU")
    documents, _ = resolve_symbol("27 ct tu", mentions_of(case))
    assert [(d.held, d.mentions, d.issued) for d in documents] == [("t-a", 1, "2024-04-12")]


def short(**fields: object) -> Mention:
    values: dict[str, object] = {
        "id": 1, "text_id": "t-a", "start": 0, "form": "short", "doc_type": "kết luận", "number": "21", "symbol": None,
        "issued": None, "issuer": None, "title": None, "issuer_place": None, "province": None, "published": None,
    }  # fmt: skip
    return Mention(**(values | fields))  # type: ignore[arg-type]


def document(identity: str, doc_type: str = "kết luận", number: str = "21") -> Document:
    return Document(identity, "", doc_type, number, f"{number}-KL/TW", None, None, "2021-10-25", None, None, 1)


SHORTS = {
    "named in full in the same text": (short(), [document("d-1")], "linked", "d-1"),
    "a leading zero does not matter": (short(number="021"), [document("d-1")], "linked", "d-1"),
    "another type": (short(), [document("d-1", "chỉ thị")], "unresolved", None),
    "another number": (short(), [document("d-1", number="121")], "unresolved", None),
    "two of that number": (short(), [document("d-1"), document("d-2")], "ambiguous", None),
    "another day": (short(issued="2016-01-01"), [document("d-1")], "founded", "founded"),
    "nothing but the number": (short(), [], "unresolved", None),
    "an issuer founds it": (short(issuer="Bộ Chính trị"), [], "founded", "founded"),
}


@pytest.mark.parametrize(("mention", "known", "status", "target"), SHORTS.values(), ids=SHORTS)
def test_short_mentions(mention: Mention, known: list[Document], status: str, target: str | None) -> None:
    founded, link = resolve_short(mention, known)
    assert link.status == status
    if target == "founded":
        assert founded is not None
        assert founded.id == link.document_id
    else:
        assert founded is None
        assert link.document_id == target
    assert link.rule


SUBJECTS = st.lists(
    st.sampled_from(["xây", "dựng", "phòng", "chống", "tham", "nhũng", "văn", "hóa", "Đại", "hội", "XIII", "XIV"]),
    max_size=8,
).map(" ".join)
WEIGHTS = st.tuples(
    st.none() | SUBJECTS, st.sampled_from([None, "2014-05-01", "2019", "2022-06-16"]), st.integers(0, 40)
)


@given(st.lists(WEIGHTS, max_size=6), SUBJECTS, st.sampled_from(["", " khóa XII", " khóa XIII"]))
def test_a_shelf_chooses_as_reading_every_subject_does(
    rows: list[tuple[str | None, str | None, int]], title: str, behind: str
) -> None:
    documents = [
        Document(f"d-{at}", "", None, "5", "5-KL/TW", None, None, issued, subject, None, weight)
        for at, (subject, issued, weight) in enumerate(rows)
    ]
    mention = replace(short(), title=title, words=lambda _: behind)
    assert choose(mention, documents, Shelf(documents).said) == choose(mention, documents)


def test_a_short_mention_of_a_central_body_has_no_place() -> None:
    central, _ = resolve_short(short(issuer="Bộ Chính trị", province="Cà Mau"), [])
    local, _ = resolve_short(short(issuer="Ban Thường vụ Tỉnh ủy", province="Cà Mau"), [])
    assert central is not None
    assert local is not None
    assert (central.place, local.place) == (None, "Cà Mau")


DAYS = ["", "2017-09-14", "2017-09-15", "2017-11-14", "2022-01-01", "2022-01-02"]
MENTIONS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["", "Hà Nam", "Cà Mau"]),
        st.sampled_from(DAYS[:1] + DAYS[3:]),
        st.sampled_from(DAYS),
    ),
    max_size=9,
)


@given(
    MENTIONS, st.sampled_from(["5-CT/TU", "5-CT/TW", "5/QĐ-UBND", "5/2017/QĐ-UBND"]), st.randoms(use_true_random=False)
)
def test_any_mentions(rows: list[tuple[str, str, str, str]], symbol: str, random: Random) -> None:
    """Every mention has one link; candidates and documents exist once; no order matters."""
    provinces = {text: province for text, province, _, _ in rows}
    published = {text: day for text, _, day, _ in rows}
    case: dict[str, object] = {
        "symbol": symbol,
        "mentions": [[text, provinces[text], published[text], issued, "", False] for text, _, _, issued in rows],
    }
    mentions = mentions_of(case)
    documents, links = resolve_symbol(key_of(symbol), mentions)
    known = {document.id for document in documents}
    assert len(known) == len(documents)
    assert sorted(link.mention_id for link in links) == [mention.id for mention in mentions]
    for link in links:
        assert (link.document_id in known) == (link.status in ("linked", "founded"))
        assert set(link.candidates) <= known
    again = resolve_symbol(key_of(symbol), random.sample(mentions, len(mentions)))
    assert {document.id for document in again[0]} == known
    assert sorted(again[1], key=lambda link: link.mention_id) == sorted(links, key=lambda link: link.mention_id)
