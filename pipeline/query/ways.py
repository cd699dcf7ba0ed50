"""Ways in which what was typed may be meant where it finds nothing as it stands, and lists of numbers behind one type."""

import re
from collections.abc import Iterator

from extractors.keys import key_parts, strip_marks
from pipeline.query.wish import code_beside, is_code, is_year, typed_before

_SUFFIX = re.compile(r"\.(?:pdf|docx?|odt|rtf|txt|html?|xlsx?)\s{0,9}$", re.I)
_MARKED_LINE = re.compile(r"\s{0,9}(?:[-–•*+]|\(?(?:\d{1,4}|[a-zA-ZđĐ])[.)])\s{1,9}(?=\S)")
_NUMBERED_LINE = re.compile(r"\s{0,9}\d{1,4}\s{1,9}(?=\S)")
_LISTED = re.compile(
    r"(?<![\w/.-])\d{1,5}(?:\s{0,2}(?:[,;&]|\bvà\b|\bva\b)\s{0,2}(?:số\s|so\s)?\d{1,5}(?![\w/.-]))+", re.I
)
_NEXT = re.compile(r"([,;&]|\bvà\b|\bva\b)\s{0,2}(?:số\s|so\s)?(?=\d)", re.I)
_WORD = re.compile(r"[A-Za-z]{3,12}")
_TONE = re.compile(r"(?<=[aeiouy])([^\W\d_]{0,3}?)[sfrxj]")
_DOUBLED = re.compile(r"([aeod])\1")
BEFORE = 60
"""Letters before a list in which its type stands."""


def ways(query: str) -> Iterator[str]:
    """A query as it is meant, the likeliest first: as it stands, without the number of its line, out of Telex.

    >>> list(ways("2. chir thij 05"))
    ['2. chir thij 05', 'chir thij 05', 'chi thi 05']
    """
    query = spread(_SUFFIX.sub("", query))
    bare = without_number_of_line(query)
    yield from dict.fromkeys((query, bare, out_of_telex(bare)))


def without_number_of_line(query: str) -> str:
    """A line of a list without what it begins with; a number alone counts as such if another one has a type or a code.

    >>> without_number_of_line("3) 43-HD/BTCTW"), without_number_of_line("1 Quy định 366-QĐ/TW"), without_number_of_line("5 ct tw")
    ('43-HD/BTCTW', 'Quy định 366-QĐ/TW', '5 ct tw')
    """
    rest = _MARKED_LINE.sub("", query, count=1)
    if rest != query and not re.search(r"\d", rest):
        return query
    without = _NUMBERED_LINE.sub("", rest, count=1)
    parts = key_parts(without)
    sure = (
        typed_before(parts, at) is not None or code_beside(parts, at)
        for at, part in enumerate(parts)
        if part.isdigit() and not is_year(part)
    )
    return without if without != rest and any(sure) else rest


def spread(query: str) -> str:
    """A query in which each number of a list has the type that stands before the first.

    >>> spread("các Nghị quyết 57, 59 và 68 của Bộ Chính trị")
    'các Nghị quyết 57, Nghị quyết 59 và Nghị quyết 68 của Bộ Chính trị'
    """

    def typed(found: re.Match[str]) -> str:
        name = _type_at_end(query[max(0, found.start() - BEFORE) : found.start()])
        return _NEXT.sub(rf"\1 {name} ", found[0]) if name else found[0]

    return _LISTED.sub(typed, query)


def _type_at_end(before: str) -> str | None:
    """The name or code of a type with which words end, as it is written."""
    words = re.findall(r"\w+", before)[-5:]
    words = words[:-1] if words and strip_marks(words[-1]) == "so" else words
    parts = [strip_marks(word) for word in words]
    at = typed_before(parts, len(parts))
    return " ".join(words[at:]) if at is not None else None


def out_of_telex(query: str) -> str:
    """A query in which the letters of Telex that no keyboard turned into marks are left out.

    In Vietnamese no syllable has f, j, w or z, none has r, s or x behind its vowel, and no a, e, d is doubled.

    >>> out_of_telex("quyeets ddinhj soos 366"), out_of_telex("xoong sao TW")
    ('quyet dinh so 366', 'xoong sao TW')
    """
    return _WORD.sub(lambda word: _plain(word[0]), query)


def _plain(word: str) -> str:
    lower = word.lower()
    if is_code(lower) or lower == "xoong":
        return word
    plain, before = lower, ""
    while plain != before:
        before, plain = plain, _TONE.sub(r"\1", _DOUBLED.sub(r"\1", plain).replace("w", ""))
    return plain if plain != lower and re.search("[aeiouy]", plain) else word
