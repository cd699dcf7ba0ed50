"""The signature block: for whom, by what right, with what post, who signed; beside or below the list of recipients."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from extractors.units import find_units
from extractors.view import UPPER, fold
from pipeline.document import Text
from pipeline.letterhead.cells import Flat, flatten, is_rule
from pipeline.letterhead.marks import Slice, is_in_capitals
from pipeline.letterhead.words import any_of, starts_with, words

LENGTH, TAIL = 3500, 2500
"""How long a signature block is, and how far from the end one without marks is looked for, in characters."""
SEARCHED, MOST_MARKS = 3_000_000, 20
"""How far below the head a signature is looked for, in characters, and at how many of its marks."""
ABOVE = 300
"""How far above the recipients, or the words that it was signed, a block may begin, in characters."""
LINES_TO_NAME = 60
"""Lines between post and name: recipients may stand there."""
POST = 8
"""Most words of a post that is not in capitals."""
NAME, REMARK = range(2, 6), 6
"""Words of a name in capitals; most of a line between post and name that is no list."""
NAME_BELOW = 5
"""Lines below a post alone in which its name stands."""
MOST_FURTHER = 8
"""Signatures beside or below the first."""
_RIGHT = r"(?:t ?/ ?m|tm ?[./]|k ?/ ?t|kt ?[./]|t ?/ ?l|tl ?[./]|t ?/ ?u ?q|tuq ?[./]?|t\.u\.q\.?)(?=[\s*]|(?<=[./])\w)"
_MARK = re.compile(
    rf"(?:^|\n|\||\t|   )[ *#_>\u00a0]{{0,40}}(?P<mark>{_RIGHT}|nơi nhận[ *]{{0,4}}:|nơi nhận[ *_]{{0,4}}\n|\(?đã ký\)?[ *_]{{0,4}}(?:\n|$))"
)
_BY = re.compile(rf"(?P<right>{_RIGHT})\s{{0,4}}(?P<of>.*)", re.S)
_SIGNED = re.compile(r"\W{0,2}(?:đã ký|đã kí|ký tên|ký, đóng dấu|daky|ký bởi)(?!\w)")
_ITEM = re.compile(r"[-+•–]|nơi nhận|lưu\s?:|như\s(?:trên|điều)")
_APPENDIX = re.compile(
    r"\n[ *|#]{0,10}(?:phụ lục|danh sách|biểu mẫu|mẫu số|\(?(?:sao y|sao lục|trích sao|bản sao))(?!\w)"
)
_DEPUTY = re.compile(r"\sphó\s")
_STAMP = re.compile(r"(?:người )?ký (?:bởi|số)|email|thời gian ký|cơ quan|ngày ký|signature")


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the parts of a signature stand in its flat string. `body` follows T/M; `signed` says that it says so.

    `further` are the signatures of others beside or right below this one.
    """

    flat: Flat
    body: Slice | None
    post: Slice | None
    name: Slice | None
    signed: bool
    further: tuple["Signature", ...] = ()

    @property
    def names(self) -> list[Slice]:
        """The names of all who signed, in the order of the text read column after column."""
        return [each.name for each in (self, *self.further) if each.name]

    @property
    def posts(self) -> list[Slice]:
        """The posts of all who signed and have one."""
        return [each.post for each in (self, *self.further) if each.post]

    @property
    def is_joint(self) -> bool:
        """Whether several signed, each for another body."""
        bodies = [each.body and self.flat.lower[slice(*each.body)] for each in (self, *self.further)]
        return len(set(bodies)) > 1

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        parts = [part for part in (self.body, *self.posts, *self.names) if part]
        return max((end for part in parts for _, end in self.flat.spans(*part)), default=0)


@cache
def _name() -> re.Pattern[str]:
    word = rf"[{UPPER}](?:['’]?[^\W\d_{UPPER}]{{0,7}}|['’]?[{UPPER}][^\W\d_{UPPER}]{{1,7}})"
    return re.compile(
        rf"(?:(?i:{any_of(words('ranks'))})\s{{0,4}}){{0,3}}(?P<name>{word}(?:[ ]{{1,3}}{word}){{1,5}})[ .]*"
    )


def read_signature(text: Text, after: int) -> Signature | None:
    """The first signature block of `text` from `after` on; what follows it are appendices. One with a name is sought first."""
    folded = fold(text.text[after : after + SEARCHED]).lower()
    unnamed = None
    for start in _starts(text, folded, after):
        found = _read(flatten(text.text, after + start, after + _end(folded, start), _signs))
        if found and found.name:
            return found
        unnamed = unnamed or (found if found and (found.body or found.post) else None)
    start = folded.find("\n", max(0, len(folded) - TAIL)) + 1
    found = _read(flatten(text.text, after + start, after + len(folded), _signs))
    return found if found and found.name and found.post else unnamed


def _starts(text: Text, folded: str, after: int) -> Iterator[int]:
    """Where a block may begin: at a mark, a little above it as the mark may stand under the post, where a reader saw one."""
    for _, mark in zip(range(MOST_MARKS), _MARK.finditer(folded), strict=False):
        at = mark.start("mark")
        yield folded.rfind("\n", 0, at) + 1
        if not _BY.match(mark["mark"]):
            yield folded.rfind("\n", 0, max(0, at - ABOVE)) + 1
    seen = (block.start - after for block in text.blocks if block.kind == "signature")
    yield from islice((start for start in seen if 0 <= start < len(folded)), MOST_MARKS)


def _end(folded: str, start: int) -> int:
    """A block ends with its length, at an appendix, or where another attests a copy."""
    appendix = _APPENDIX.search(folded, start, start + LENGTH)
    return appendix.start() if appendix else min(len(folded), start + LENGTH)


def _read(flat: Flat) -> Signature | None:
    lines = [line for line in flat.lines() if (printed := flat.cased[slice(*line)].strip()) and not is_rule(printed)]
    for at, (first, last) in enumerate(lines):
        if _BY.match(flat.lower[first:last].strip()) or _is_post_alone(flat, lines, at):
            return _with_further(flat, lines, at)
    return None


def _with_further(flat: Flat, lines: list[Slice], at: int) -> Signature:
    """The block at a line with those of others: beside it, or right below a name."""
    first = last = _block(flat, lines, at)
    found: list[Signature] = []
    for nth in range(at + 1, len(lines)):
        if last.name is None or len(found) >= MOST_FURTHER:
            break
        start, end = lines[nth]
        by = start > last.name[1] and (_BY.match(flat.lower[start:end].strip()) or _is_post_alone(flat, lines, nth))
        below = lines[nth - 1][0] <= last.name[0] < lines[nth - 1][1]
        if by and (below or _is_beside(flat, lines[at][0], start)):
            last = _block(flat, lines, nth)
            found += [last] if last.name else []
    return replace(first, further=tuple(found))


def _is_beside(flat: Flat, one: int, other: int) -> bool:
    """Whether two places of a flat string are of one line of the text."""
    start, end = sorted((flat.source[one], flat.source[other]))
    return start >= 0 and "\n" not in flat.text[start:end]


def _signs(printed: str) -> bool:
    """Whether one who signs begins here: by what right, or with a post in capitals."""
    line = fold(printed).lower()
    return _BY.match(line) is not None or (is_in_capitals(printed) and starts_with("posts").match(line) is not None)


def _is_post_alone(flat: Flat, lines: list[Slice], at: int) -> bool:
    """Whether a post stands over a name, with nobody for whom; one not in capitals, if it says that it was signed."""
    printed = flat.cased[slice(*lines[at])].strip()
    below = lines[at + 1 : at + 1 + NAME_BELOW]
    signed = any(_SIGNED.match(flat.lower[slice(*line)].strip()) for line in below[:2])
    if not _is_post(printed) or not (is_in_capitals(printed) or signed):
        return False
    return any(_name().fullmatch(flat.cased[slice(*line)].strip()) for line in below)


def _is_post(printed: str) -> bool:
    """Whether a line is a post and no sentence."""
    short = len(printed.split()) <= POST or is_in_capitals(printed)
    return short and printed[-1:] not in ".;:," and starts_with("posts").match(printed.lower()) is not None


def _block(flat: Flat, lines: list[Slice], at: int) -> Signature:
    end = at
    while end < len(lines) and _is_capital_line(flat, lines[end], end == at):
        end += 1
    body, post = _body_and_post(flat, lines[at:end])
    name, signed = _signer(flat, lines, end)
    if name is None and end - at > 1 and _is_name_in_capitals(flat, lines[end - 1], post):
        name = lines[end - 1]
        body, post = _body_and_post(flat, lines[at : end - 1])
    return Signature(flat, body, post, name, signed)


def _is_capital_line(flat: Flat, line: Slice, first: bool) -> bool:
    printed = flat.cased[slice(*line)].strip()
    return first or ((is_in_capitals(printed) or _is_post(printed)) and not printed.startswith("-"))


def _body_and_post(flat: Flat, lines: list[Slice]) -> tuple[Slice | None, Slice | None]:
    """For whom, and the signer's own post: the first after that of the one who is stood in for."""
    body: list[int] = []
    post: list[int] = []
    deputed = False
    for first, last in lines:
        line = flat.lower[first:last]
        by = _BY.match(line.strip())
        start = first + len(line) - len(line.lstrip())
        if by:
            deputed = not by["right"].replace(" ", "").startswith(("t/m", "tm"))
            at = start + by.start("of")
            inner = _DEPUTY.search(flat.lower[at:last]) if deputed else None
            body, post = (body if deputed else [at, last]), [at + inner.start() + 1, last] if inner else []
        elif starts_with("posts").match(line.strip()) and not post:
            post = [start, last]
        elif post:
            post[1] = last
        elif body and not deputed:
            body[1] = last
    return _slice(flat, body), _slice(flat, post)


def _slice(flat: Flat, bounds: list[int]) -> Slice | None:
    if not bounds or not flat.cased[bounds[0] : bounds[1]].strip(" .,"):
        return None
    printed = flat.cased[bounds[0] : bounds[1]]
    return bounds[0] + len(printed) - len(printed.lstrip()), bounds[0] + len(printed.rstrip(" .,"))


def _signer(flat: Flat, lines: list[Slice], at: int) -> tuple[Slice | None, bool]:
    """The name below the post, with recipients and stamps between; whether the block says that it was signed."""
    signed = listing = False
    for first, last in lines[at : at + LINES_TO_NAME]:
        printed, line = flat.cased[first:last].strip(), flat.lower[first:last].strip()
        signed = signed or _SIGNED.match(line) is not None
        name = None if _SIGNED.match(line) else _name().fullmatch(printed)
        if name and not _is_word(printed):
            start = first + flat.cased[first:last].index(name["name"])
            return (start, start + len(name["name"])), signed
        listing = listing or _ITEM.match(line) is not None
        if not (listing or signed or _STAMP.match(line) or len(printed.split()) <= REMARK):
            break
    return None, signed


def _is_word(printed: str) -> bool:
    """Whether a line names a body or a place, or begins as a post does."""
    if starts_with("posts").match(printed.lower()) or starts_with("stops").match(printed.lower()):
        return True
    return any(unit.start == 0 and unit.end == len(printed) for unit in find_units(printed).items)


def _is_name_in_capitals(flat: Flat, line: Slice, post: Slice | None) -> bool:
    """Whether the last line in capitals is a name: after a post, no post or body itself, of a few words."""
    printed = flat.lower[slice(*line)].strip()
    if post is None or line[0] <= post[0] or not printed.replace(" ", "").isalpha():
        return False
    named = not starts_with("posts").match(printed) and not starts_with("bodies").match(printed)
    return named and len(printed.split()) in NAME
