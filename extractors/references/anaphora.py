"""Mentions that point back: "Chỉ thị này", "Nghị quyết nói trên", a bare "Hướng dẫn" in "Sau khi Hướng dẫn được ban hành".

They count only if the text has named a document of that type before; in a text that is itself a document, "Quyết
định này" is that document.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.models import NearMiss
from extractors.references.draft import Draft
from extractors.references.grammar import CALLED, type_names
from extractors.references.heads import at_heads
from extractors.view import View

_NOT_ABOVE = r"(?!\s(?:địa|cơ|tinh|phạm|toàn|cả|thế|lĩnh|mạng|báo|các|mọi|từng|một|nền|hệ|cổng|trang|đường|\d))"
"""Words behind "trên" that make it a preposition ("quyết định trên cơ sở")."""
_VERBS = r"được|đã|nêu|cũng|quy định|yêu cầu|ra đời|đi vào|đề ra|chỉ rõ|xác định|nhấn mạnh|gồm|có hiệu lực|ghi rõ|dặn|bổ sung|chỉ ra|cho biết|giao|buộc"
_DIGIT_BEFORE = re.compile(r"(?<!\w)(?<!điều )(?<!khoản )(?<!mục )(?<!chương )(?<!phần )(?<!lục )\d\s$")
LOOK_BACK, FIRST, DEEP = 200, 20, 8
"""Documents before a mention that it may mean, first ones among which the text's own is, mentions that nest at one place."""
MOST_NAMES = 20
"""Names given by a text that are followed."""
ANY_DOCUMENT = "văn bản"
NO_TARGET = "it points back, and the text names no document of that type before"


@cache
def pointing() -> re.Pattern[str]:
    """A type with a word that points back, in the lower-cased view; groups: type, word."""
    above = rf"(?:nói\s|nêu\s|kể\s)trên|vừa\snêu|trên\sđây|trên{_NOT_ABOVE}"
    return re.compile(rf"(?P<type>{type_names()}|{ANY_DOCUMENT})\s(?P<word>này|ấy|{above})(?!\w)")


@cache
def bare() -> re.Pattern[str]:
    """A type alone in front of a verb or a mark, in the lower-cased view; groups: type, verb."""
    return re.compile(
        rf"(?<!\w)(?P<type>{type_names()})(?:\s(?P<verb>{_VERBS})(?!\w)|\smới\s(?:{_VERBS})(?!\w)|(?=[,;.)]))"
    )


@cache
def plural() -> re.Pattern[str]:
    """What makes a type one of many, at the end of a slice: "các", or another type before a comma."""
    return re.compile(rf"(?<!\w)(?:(?:các|những|mọi|nhiều|một số|dự thảo|loại)\s|(?:{type_names()}),\s)$")


@cache
def issuing() -> re.Pattern[str]:
    """A verb of issuing, at the end of a slice: what it issues is new, and points nowhere."""
    return re.compile(r"(?<!\w)(?:ban hành|ra|thông qua|xây dựng|dự thảo)\s$")


@cache
def defining() -> re.Pattern[str]:
    """ "(sau đây gọi tắt là Quy chế)" behind a document, in the lower-cased view; groups: name, type."""
    return re.compile(rf"{CALLED}(?P<name>(?P<type>{type_names()})(?:\s[^\s()\",;.]{{1,9}}){{0,3}})\"?\s?\)")


def find_anaphoric(seen: View, heads: Sequence[int], known: Sequence[Draft], near: list[NearMiss]) -> Iterator[Draft]:
    """Anaphoric mentions with their targets; one that points to nothing goes to `near`.

    `known` are the other mentions in order of the text, `heads` the offsets at which names of types begin.
    """
    taken = sorted((draft.core, draft.end) for draft in known)
    found: list[Draft] = []
    for match in at_heads(pointing(), seen.lower, heads):
        target = _target(match["type"], match.start(), known, match["word"] == "này")
        if _is_plural(seen, match) or _inside(taken, match):
            continue
        if target:
            start = match.start() - len("2 ") * _is_counted(seen, match)
            found.append(_draft(start, match.end(), match["type"], target))
        else:
            span = seen.start(match.start()), seen.end(match.end())
            near.append(NearMiss.cut(seen.text, *span, family="references", reason=NO_TARGET))
    for match in at_heads(bare(), seen.lower, heads):
        new = seen.lower.startswith(" mới ", match.end("type"))
        target = _target(match["type"], match.start(), known, own=False, newest=new)
        if target and _stands_for_one(seen, match) and not _inside(taken, match):
            end = match.end("type") + (len(" mới") if new else 0)
            found.append(_draft(match.start(), end, match["type"], target))
    taken = sorted([*taken, *((draft.start, draft.end) for draft in found)])
    yield from found
    yield from _defined(seen, known, taken)


def _defined(seen: View, known: Sequence[Draft], taken: Sequence[tuple[int, int]]) -> Iterator[Draft]:
    """Names that a text gives a document ("sau đây gọi tắt là Quy chế"), wherever they stand afterwards."""
    names: dict[str, list[tuple[int, str, str]]] = {}
    for definition in defining().finditer(seen.lower):
        last = bisect_left(known, definition.start(), key=lambda draft: draft.start) - 1
        name = seen.cased[definition.start("name") : definition.end("name")]
        if last >= 0 and name[0].isupper() and "\n" not in seen.lower[known[last].end : definition.start()]:
            names.setdefault(name, []).append((definition.start("name"), known[last].name, definition["type"]))
    for name, given in [*names.items()][:MOST_NAMES]:
        for match in re.compile(rf"(?<!\w)(?P<type>{re.escape(name)})(?!\w|\s(?:số\s)?\d)").finditer(seen.cased):
            at = bisect_left(given, (match.start() + 1,)) - 1
            if at >= 0 and not _inside(taken, match):
                yield _draft(match.start(), match.end(), given[at][2], given[at][1])


def _draft(start: int, end: int, doc_type: str, target: str) -> Draft:
    words = " ".join(doc_type.split())
    return Draft(
        start=start, end=end, core=start, form="anaphoric", doc_type=words, number=None, target=target, said_until=end
    )


def _target(doc_type: str, at: int, known: Sequence[Draft], own: bool, newest: bool = False) -> str | None:
    """The symbol or name of the last document of that type before `at`; of a text's own if `own`, of the one issued last if `newest`."""
    words = " ".join(doc_type.split())
    itself = next((draft for draft in known[:FIRST] if draft.letterhead), None) if own else None
    if itself and itself.end <= at and _is_of_type(itself, words):
        return itself.name
    last = bisect_left(known, at, key=lambda draft: draft.start)
    before = (draft for draft in reversed(known[max(0, last - LOOK_BACK) : last]) if draft.end <= at)
    fitting = [draft for draft in before if _is_of_type(draft, words)]
    if newest:
        fitting.sort(key=lambda draft: draft.issued or "", reverse=True)
    return fitting[0].name if fitting else None


def _is_of_type(draft: Draft, doc_type: str) -> bool:
    if draft.form == "anaphoric" or draft.doc_type is None:
        return False
    return doc_type == ANY_DOCUMENT or doc_type in draft.doc_type or draft.doc_type in doc_type


def _is_plural(seen: View, match: re.Match[str]) -> bool:
    plurals = plural().search(seen.lower, max(0, match.start() - 60), match.start())
    return plurals is not None and not _is_counted(seen, match)


def _is_counted(seen: View, match: re.Match[str]) -> bool:
    """ "2 nghị quyết này": one digit before the type."""
    return _DIGIT_BEFORE.search(seen.lower, max(0, match.start() - 3), match.start()) is not None


def _stands_for_one(seen: View, match: re.Match[str]) -> bool:
    """Whether a bare type is a name: a capital inside a sentence, or at its beginning before a verb."""
    if issuing().search(seen.lower, max(0, match.start() - 12), match.start()):
        return False
    if not seen.cased[match.start()].isupper():
        in_force = match["verb"] == "có hiệu lực" and seen.lower.startswith("(", match.start() - 1)
        return in_force or seen.lower.startswith(" mới ", match.end("type"))
    before = seen.cased[max(0, match.start() - 2) : match.start()]
    inside = bool(before) and (before[0].islower() or before[0] == ",") and before.endswith(" ")
    return (inside and not _is_plural(seen, match)) or (match["verb"] is not None and not inside)


def _inside(taken: Sequence[tuple[int, int]], match: re.Match[str]) -> bool:
    """Whether a type lies in one of `taken`, which are in order and nest a few deep at most."""
    at = bisect_left(taken, (match.end("type"), 0))
    return any(match.start() < end for _, end in taken[max(0, at - DEEP) : at])
