"""Mentions without a number: plenums, congresses, laws, statutes, titles.

A resolution of a plenum is one of the documents of that plenum; the words around choose, or it stays ambiguous. Laws are known by
name and year, congresses by their ordinal, plans by their titles.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter

from extractors.keys import strip_marks
from extractors.references.names import ORDINAL
from extractors.tables import law_names
from extractors.terms import term_of
from extractors.view import fold
from pipeline.resolve.choice import ROMAN, choose
from pipeline.resolve.mentions import Document, Link, Mention, document_id

Laws = dict[str, set[tuple[str, str | None]]]
"""Ids and years of the laws that a text names with their year or number, by their names without marks."""
Plenum = Callable[[str, str, str | None], Sequence[Document]]
"""Known documents of a term, an ordinal of its plenums, and a type."""
KnownLaws = Mapping[str, Sequence[Document]]
"""Known laws by their names without marks."""
LEAST_SYLLABLES = 5
"""A title of fewer names a document in its own text only."""
WORDS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15,
}  # fmt: skip
_ORDINAL = f"({ORDINAL})"
_PLENUM = re.compile(rf"(?:(?:trung ương|tw|tư|t\.ư|lần thứ|hội nghị)\s(?:đảng\s)?(?:lần thứ\s)?|tw(?=\d)){_ORDINAL}")
_TERM = re.compile(r"khóa\s([ivx]{1,5}|\d{1,2})(?!\w)")
_TERM_ALONE = re.compile(r"([ivx]{1,5}|\d{1,2})\)?$")
"""A further term of one phrase: "Trung ương 4 (khóa XI, XII)"."""
_LISTED_PLENUM = re.compile(rf"(?:trung ương|tw)\s?{_ORDINAL}\s?\(?khóa\s[ivx\d, ]{{1,20}}$")
_CONGRESS = re.compile(rf"đại hội(?:\s(?!lần|khóa)[^\W\d]+){{0,9}}?\s(?:lần thứ\s|khóa\s)?{_ORDINAL}")
_YEARS = re.compile(r"(?>.*?đại hội ).*nhiệm kỳ (\d{4})\s?-\s?\d{4}")
_LOCAL = re.compile(r"đảng bộ (?!toàn)|tỉnh|huyện|xã|phường|thành phố|khối")
_LAW = re.compile(r"(?P<name>.+?),?\s(?:năm\s)?(?P<year>(?:19|20)\d\d)$")
_SAME = {"dieu le dang cong san viet nam": "dieu le dang"}
"""Longer names of one law or statute, without marks."""
OF_MEETINGS = ("nghị quyết", "kết luận", "chỉ thị", "thông báo")
"""Types that a meeting issues; a plan only names one in its title."""
LAWS = ("luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ")


def resolve_named(mention: Mention, laws: Laws, plenum: Plenum, known: KnownLaws) -> tuple[Sequence[Document], Link]:
    """Link a mention by its name; returns the documents that must exist for the link."""
    words = " ".join(fold(mention.surface).lower().split())
    if mention.doc_type in LAWS:
        return _law(mention, laws, known)
    if mention.doc_type not in OF_MEETINGS:
        return _title(mention)
    if found := _CONGRESS.search(words):
        return _congress(mention, words, _number(found[1]))
    if found := _YEARS.match(words):
        return _congress(mention, words, int(found[1]))
    if said := _meeting(mention, words):
        return _plenum(mention, *said, plenum)
    return _title(mention)


def _meeting(mention: Mention, words: str) -> tuple[str, int] | None:
    """The words that say the term, and the ordinal of the plenum; both may stand before a further term of a list."""
    if found := _PLENUM.search(words):
        return words, _number(found[1])
    alone = _TERM_ALONE.match(words)
    before = _LISTED_PLENUM.search(fold(mention.before).lower()) if alone else None
    return (f"khóa {alone[1]}", _number(before[1])) if alone and before else None


def _number(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    return WORDS.get(printed) or (ROMAN.index(printed.upper()) + 1 if printed.upper() in ROMAN else 0)


def _plenum(mention: Mention, words: str, ordinal: int, plenum: Plenum) -> tuple[Sequence[Document], Link]:
    said = _TERM.search(words) or _TERM.search(fold(mention.after[:60]).lower())
    term = ROMAN[min(_number(said[1]), len(ROMAN)) - 1] if said else term_of((mention.published or "")[:10] or "0")
    known = plenum(term or "", str(ordinal), mention.doc_type)
    if not known:
        name = f"{mention.doc_type} trung ương {ordinal} khóa {term or '?'}"
        return _founded(mention, name, "plenum", apart="" if term else mention.text_id)
    chosen, _ = choose(mention, sorted(known, key=attrgetter("id")))
    if len(chosen) == 1:
        return chosen, Link(mention.id, "linked", "plenum" if len(known) == 1 else "plenum and subject", chosen[0].id)
    return known, Link(
        mention.id, "ambiguous", "several documents of that plenum", None, tuple(sorted(d.id for d in known))
    )


def _congress(mention: Mention, words: str, ordinal: int) -> tuple[Sequence[Document], Link]:
    local = _LOCAL.search(words) is not None
    if local and not (mention.issuer_place or mention.province):
        return _founded(mention, words, "congress", apart=mention.text_id)
    place = (mention.issuer_place or mention.province) if local else None
    body = "".join(found[0] for found in _LOCAL.finditer(words)) if local else "đảng"
    return _founded(mention, f"{mention.doc_type} đại hội {body} {ordinal}", "congress", place)


def law_name(surface: str) -> tuple[str, str | None]:
    """The name of a law without marks, and its year if one is printed.

    >>> law_name("Luật Quốc tịch Việt Nam năm 2008"), law_name("Điều lệ Đảng Cộng sản Việt Nam"), law_name("Luật BHXH 2024")
    (('luat quoc tich viet nam', '2008'), ('dieu le dang', None), ('luat bao hiem xa hoi', '2024'))
    """
    words = " ".join(surface.lower().split()).split(" số ")[0]
    found = _LAW.match(words)
    name = strip_marks(found["name"] if found else words)
    return _SAME.get(name) or _by_initials().get(name, name), found["year"] if found else None


@cache
def _by_initials() -> dict[str, str]:
    """Names of laws, without marks, by their kind and first letters, where no other law has the same: "luat bhxh"."""
    names = {f"{strip_marks(row.kind)} {strip_marks(row.name)}": strip_marks(row.kind) for row in law_names()}
    found: dict[str, dict[str, str]] = {}
    for name, kind in names.items():
        syllables = re.findall(r"\w+", name.removeprefix(kind))
        short = "".join(syllable[0] for syllable in syllables)
        found.setdefault(f"{kind} {short}", {})[" ".join(syllables)] = name
    return {
        short: next(iter(spelt.values())) for short, spelt in found.items() if len(spelt) == 1 and short not in names
    }


def _law(mention: Mention, laws: Laws, known: KnownLaws) -> tuple[Sequence[Document], Link]:
    name, year = law_name(mention.surface)
    year = year or (mention.issued or "")[:4] or None
    here = sorted({identity for identity, issued in laws.get(name, ()) if year in (None, issued)})
    if len(here) == 1:
        return (), Link(mention.id, "linked", "named in full in the same text", here[0])
    if here:
        return (), Link(mention.id, "ambiguous", "several of that name in the same text", None, tuple(here))
    of_year = [document for document in known.get(name, ()) if year and (document.issued or "").startswith(year)]
    if len(of_year) == 1:
        return of_year, Link(mention.id, "linked", "name and year", of_year[0].id)
    if year is None and mention.doc_type != "điều lệ":
        return (), Link(mention.id, "unresolved", "a law without its year")
    return _founded(mention, f"{name} {year or ''}".strip(), "name and year" if year else "name", day=year)


def _title(mention: Mention) -> tuple[Sequence[Document], Link]:
    if not mention.title:
        return (), Link(mention.id, "unresolved", "neither number nor title")
    long = len(mention.title.split()) >= LEAST_SYLLABLES
    return _founded(mention, f"{mention.doc_type} {mention.title}", "title", apart="" if long else mention.text_id)


def _founded(
    mention: Mention, name: str, rule: str, place: str | None = None, day: str | None = None, apart: str = ""
) -> tuple[Sequence[Document], Link]:
    key = " ".join(re.findall(r"\w+", strip_marks(name)))
    issued = mention.issued or day
    identity = document_id(key, place, day, apart)
    document = Document(
        identity, key, mention.doc_type, None, None, mention.issuer, place, issued, mention.title or mention.surface, None, 1
    )  # fmt: skip
    return [document], Link(mention.id, "founded", rule, identity)
