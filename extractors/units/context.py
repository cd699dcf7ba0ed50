"""What stands around a name: whether it is one body, a post of a person, or a part of a symbol."""

import re

from extractors.places import gazetteer
from extractors.units import patterns
from extractors.units.grammar import Body
from extractors.units.rows import terms
from extractors.view import UPPER, View

_LOCAL = "HĐND|UBND|UBKT|MTTQ"
_COMMON_POST = re.compile(
    rf"(?<!\w)(?:(?:phó )?chủ tịch|(?:phó )?chủ nhiệm|lãnh đạo)(?: và (?:phó )?chủ tịch)? (?:(?:{_LOCAL})(?:, | và ))*$"
)
"""A post in small letters before bodies that every place has, at the end of a slice: `chủ tịch HĐND`."""
_ONE_OF_MANY = re.compile(
    rf"(?:{_LOCAL})(?!(?:(?:, | và )(?:{_LOCAL})){{0,3}} (?:tỉnh|huyện|thành phố|TP|xã|phường|[{UPPER}]))(?!\w)"
)
"""Such a body, behind which no place tells which one it is."""
_KINDS_BEFORE = (" tỉnh,", " huyện,", " quận,", " tỉnh và", " huyện và")
"""Before a committee in small letters that ends a list of kinds: `các cụm tỉnh, thành ủy Tây Nam Bộ`."""
_AFTER_MANY = re.compile(r"(?<!\w)(?:các|những)(?: (?:tỉnh|thành|huyện|quận|thị|đảng) ủy,){1,5} $")
"""Before one more of many committees: `các Huyện ủy, Thị ủy, Thành ủy`."""
ORDINAL = " thứ "
"""Before a number in words that counts nothing: "Hội nghị lần thứ mười một Ban Chấp hành"."""


def is_symbol(view: View, start: int, end: int) -> bool:
    """Whether a hit lies inside a word, an address (`VOV.VN`) or the symbol of a document (`QĐ-UBND`, `CV/VPTU`)."""
    before, after = view.lower[start - 1 : start] if start else "", view.lower[end : end + 1]
    if before.isalnum() or before == "_" or (after == "." and view.lower.startswith("vn", end + 1)):
        return True
    if before in ("-", "/", "&") and view.lower[start - 2 : start - 1].isalnum():
        return before != "/" or not _is_credit(view, start)
    if after == "/" and view.cased[end + 1 : end + 2].isupper() and view.cased[end + 2 : end + 3].islower():
        return False
    return after in ("-", "/", "&") and view.lower[end + 1 : end + 2].isalnum() and view.cased[start:end].isupper()


def _is_credit(view: View, start: int) -> bool:
    """Whether the slash parts a photographer and an agency: `An Đăng/TTXVN`."""
    word = view.cased[max(0, start - 12) : start - 1].rpartition(" ")[2]
    return word[1:].islower() and word.isalpha()


def is_post(view: View, body: Body) -> bool:
    """Whether Thường trực is a person's post: `đồng chí Thường trực Tỉnh ủy`."""
    return body.head.full.startswith("Thường trực") and _before(view, body.start).endswith(terms("posts"))


def is_abroad(view: View, body: Body) -> bool:
    """Whether a body of the centre is that of another country: `Quốc hội Lào`, `Ban Bí thư Trung ương Đảng Nhân dân Cách mạng Lào`."""
    found = patterns.abroad().match(view.cased, body.end)
    return (
        body.level == "central"
        and found is not None
        and patterns.term("abroad").match(view.lower, found.end()) is not None
    )


def is_definite(view: View, body: Body) -> bool:
    """Whether the name is that of one body, or of a definite group: it has a capital, and is no plural."""
    printed = view.cased[body.start : body.end]
    numbered = body.tailed and body.level == "base" and printed[-1].isdigit()
    if (printed.islower() and not numbered) or is_compound(view, body.start, body.head.printed) or _is_curt(view, body):
        return False
    if _ONE_OF_MANY.fullmatch(view.cased, body.start, body.end) and _is_of_common_post(view, body):
        return False
    small = printed[0].islower()
    before = _before(view, body.start)
    if body.head.row.committee and _is_listed(view, body, before):
        return False
    if (small or not body.tailed) and before.endswith(terms("plurals")) and ORDINAL not in before:
        return False
    if small and not body.tailed:
        return body.level == "central" or printed.partition(" ")[2][:1].isupper()
    return not (small and _is_somewhere(view, body))


def _is_listed(view: View, body: Body, before: str) -> bool:
    """Whether a committee is one more of many: `các cụm tỉnh, thành ủy`, `các Huyện ủy, Thành ủy`."""
    if view.cased[body.start].islower() and before.endswith(_KINDS_BEFORE):
        return True
    return not body.tailed and _AFTER_MANY.search(view.lower, max(0, body.start - 80), body.start) is not None


def _is_of_common_post(view: View, body: Body) -> bool:
    """Whether a post in small letters stands before the body, and no place behind it: `bí thư, chủ tịch HĐND`."""
    post = _COMMON_POST.search(view.cased, max(0, body.start - 40), body.start)
    return post is not None and _ONE_OF_MANY.match(view.cased, body.start) is not None


def _is_curt(view: View, body: Body) -> bool:
    """A head of one word with one word in capitals that is no term: `Trường Giang`, `Viện Pháp`."""
    if body.head.capitals and body.tailed:
        return False
    start = body.start + len(body.head.printed)
    rest = view.lower[start + 1 : body.end]
    if body.kind != "other" or body.place or rest in terms("forms"):
        return body.kind == "other" and not body.place
    if " " in body.head.printed:
        return False
    if view.cased[body.start].islower() and body.head.printed != "Báo":
        return not patterns.term("nominal").match(rest)
    return " " not in rest and not patterns.term("nominal").fullmatch(rest) and body.tailed


def is_compound(view: View, start: int, word: str) -> bool:
    """Whether a head or a kind of place of one word is the end of another word: `đại hội`, `nông thôn`."""
    return " " not in word and f"{_before(view, start)} {word.lower()}".endswith(terms("compounds"))


def _is_somewhere(view: View, body: Body) -> bool:
    """A common noun with a place: `trung tâm Hà Nội`, `trường Vĩnh Phúc`."""
    if body.kind != "other" or not view.cased[body.start : body.start + len(body.head.printed)].islower():
        return False
    name = view.lower[body.start + len(body.head.printed) : body.end].strip()
    return body.head.printed != "Báo" and (bool(body.place) or bool(gazetteer().find(name)))


def _before(view: View, at: int) -> str:
    return f" {view.lower[max(0, at - 20) : at].strip()}".replace("\n", " ").replace("(", " ")
