"""What stands before a number: comparators, and heads that make it an ordinal or a name.

"trên", "gần", "ít nhất" say that the count is a bound; "Điều", "tổ", "Kết luận" say that the number orders
or names. Words are in `data/counted_comparators.toml` and `data/counted_heads.toml`; types of documents are
heads as well.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from extractors.models import Comparator
from extractors.tables import doc_types, load_rows


@dataclass(frozen=True, slots=True)
class ComparatorWords:
    """The words of one sign; the table explains the fields."""

    sign: str
    before: tuple[str, ...]
    source: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadGroup:
    """Heads that behave alike; the table explains the fields."""

    name: str
    heads: tuple[str, ...]
    source: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    strict: bool = False


@dataclass(slots=True)
class Context:
    """What stands before a number: words, and the comparator that is taken off them.

    `start` is where the comparator begins (or the number), `sign` what it says.
    """

    words: list[str]
    start: int
    sign: Comparator = "eq"


Head = Literal["ordinal", "name", "document"]
"""What a word makes of the number behind it: nothing is counted, or only what cannot bear that name."""

_EACH = (["mỗi"], ["từng"], ["hằng"], ["hàng"], ["nhiều"])
_REACH = 40
_LONGEST = 4
_STOPS = '.,;:()[]"!?…'
_OPENING = "([\"'*-"


@cache
def comparator_words() -> tuple[ComparatorWords, ...]:
    """List the comparators, by sign."""
    return load_rows("counted_comparators.toml", ComparatorWords)


@cache
def head_groups() -> tuple[HeadGroup, ...]:
    """List the heads, by group."""
    return load_rows("counted_heads.toml", HeadGroup)


@cache
def _comparators() -> dict[str, ComparatorWords]:
    return {phrase: row for row in comparator_words() for phrase in row.before}


@cache
def _heads() -> dict[str, Head]:
    """Heads by word; compounds are no heads."""
    heads: dict[str, Head] = {row.name: "document" for row in doc_types()}
    return heads | {head: "ordinal" if row.strict else "name" for row in head_groups() for head in row.heads}


@cache
def _compounds() -> frozenset[str]:
    return frozenset(word for row in head_groups() for word in row.compounds)


def words_before(lower: str, at: int) -> list[str]:
    """List the last words of the phrase that ends at `at`, in order, at most six; none across a stop.

    >>> words_before("hiện nay, có hơn 30 người", 17)
    ['có', 'hơn']
    """
    if at == 0 or lower[at - 1] != " ":
        return []
    kept: list[str] = []
    for word in reversed(lower[max(0, at - _REACH) : at].rpartition("\n")[2].split(" ")[-7:]):
        if not word:
            continue
        if word[-1] in _STOPS:
            break
        if not word[0].isalnum():
            kept += filter(None, [word.lstrip(_OPENING)])
            break
        kept.append(word)
    kept.reverse()
    return kept


def read_context(lower: str, at: int) -> Context:
    """Read the words before a number at `at`, and the comparator that ends them.

    >>> read_context("hiện có hơn 30 người", 12)
    Context(words=['hiện', 'có'], start=8, sign='gt')
    """
    words = words_before(lower, at)
    for size in range(min(_LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[-size:])
        row = _comparators().get(phrase)
        if row and lower.endswith(phrase + " ", 0, at):
            before = words[-size - 1] if size < len(words) else ""
            if before in row.not_after:
                break
            return Context(words[:-size], at - len(phrase) - 1, cast(Comparator, row.sign))
    return Context(words, at)


def head_before(words: list[str]) -> Head | None:
    """Say what head the words before a number end with, None if with none.

    >>> head_before(["khoản", "2", "điều"]), head_before(["tổng", "số"]), head_before(["mỗi", "chi", "bộ"])
    ('ordinal', None, None)
    """
    pair = " ".join(words[-2:])
    if not words or pair in _compounds():
        return None
    heads = _heads()
    if len(words) > 1 and pair in heads:
        return heads[pair] if words[-3:-2] != ["mỗi"] else None
    return heads.get(words[-1]) if words[-2:-1] not in _EACH else None
