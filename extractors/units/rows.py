"""The tables of bodies as typed rows, and the heads that begin their names.

A name of a body is a head ("Ban Tổ chức"), and a tail that says whose or what for ("Tỉnh ủy Vĩnh Phúc").
Heads are looked up in lower case; a row says which tails it takes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from extractors.models import Level, UnitType
from extractors.tables import load_rows, load_words

TABLES = ("bodies_party.toml", "bodies_state.toml", "bodies_mass.toml", "bodies_other.toml")


@dataclass(frozen=True, slots=True)
class BodyRow:
    """Bodies of one make. `abbreviations` stand for the first of `heads`, `letters` for what the row says.

    `tail` are steps; a step that begins with "!" must be there.

    `alone`: the head is a name without a tail; `inner`: it is so inside a longer name; `inside`: it never
    begins a name; `committee`, `union`: what the steps of those names look for; `after` and `before`: words
    one of which must stand before, behind;
    `not_after`, `not_before`: words none of which may.
    """

    heads: tuple[str, ...]
    kind: UnitType | Literal["inherit"]
    source: str
    abbreviations: tuple[str, ...] = ()
    letters: Mapping[str, str] | None = field(default=None, hash=False)
    prefixes: tuple[str, ...] = ()
    level: Level | None = None
    tail: tuple[str, ...] = ()
    alone: bool = False
    inner: bool = False
    inside: bool = False
    committee: bool = False
    union: bool = False
    not_before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Head(NamedTuple):
    """One way to write the beginning of a name: as printed, and in full.

    `steps` are those of the row's tail: whether each must be there, and its alternatives; `guarded` says that words around it may bar it.
    """

    printed: str
    full: str
    row: BodyRow
    capitals: bool
    steps: tuple[tuple[bool, tuple[str, ...]], ...]
    guarded: bool


@cache
def bodies() -> tuple[BodyRow, ...]:
    """All rows of all tables, in the order in which they are tried."""
    return tuple(row for table in TABLES for row in load_rows(table, BodyRow, "body"))


@cache
def heads() -> dict[str, tuple[Head, ...]]:
    """All heads by their lower case form."""
    found: dict[str, list[Head]] = {}
    for row in bodies():
        for head in _spellings(row):
            found.setdefault(head.printed.lower(), []).append(head)
    return {printed: tuple(sorted(group, key=_is_optional)) for printed, group in found.items()}


@cache
def heads_in(phrase: str) -> tuple[tuple[int, Head], ...]:
    """The heads that a phrase begins with and ends a word of, the longest first, each with its length."""
    found = [(len(phrase), head) for head in heads().get(phrase, ())]
    shorter = phrase.rpartition(" ")[0].rstrip(",")
    return (*found, *(heads_in(shorter) if shorter else ()))


def is_head(phrase: str) -> bool:
    """Whether a phrase in lower case is a head."""
    return phrase in heads()


def _is_optional(head: Head) -> bool:
    """Whether a head may stand alone: those that need a tail are tried first."""
    return not any(required for required, _ in head.steps)


def _spellings(row: BodyRow) -> Iterator[Head]:
    steps = tuple((step.startswith("!"), tuple(step.lstrip("!").split("|"))) for step in row.tail)
    guarded = any((row.before, row.not_before, row.after, row.not_after))
    for prefix in ("", *(f"{prefix} " for prefix in row.prefixes)):
        for head in row.heads:
            yield Head(prefix + head, prefix + head, row, False, steps, guarded)
        for short, full in {**dict.fromkeys(row.abbreviations, row.heads[0]), **(row.letters or {})}.items():
            yield Head(prefix + short, prefix + full, row, True, steps, guarded)


@cache
def terms(name: str) -> tuple[str, ...]:
    """The words of the list `name`, the longest first; KeyError if there is no such list."""
    return tuple(sorted(load_words("bodies_terms.toml")[name], key=len, reverse=True))
