"""Runs of text with their fonts → Unicode."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pipeline.read.legacy.convert import convert
from pipeline.read.legacy.detect import words
from pipeline.read.legacy.fonts import FontEncoding, encoding_of_font
from pipeline.read.legacy.syllables import likelihood
from pipeline.read.legacy.tables import LATER, PLAIN, Encoding, table

_LATER = re.compile(LATER)


class _Run(NamedTuple):
    """Text and what its font draws; None for Unicode."""

    text: str
    font: FontEncoding | None


def convert_runs(runs: Iterable[tuple[str, str | None]]) -> str:
    r"""The text of a paragraph's runs in Unicode, each with the name of its font; None and fonts of Unicode leave text as it is.

    A letter and its mark may lie in two runs. A font is not believed where the paragraph's words read better without it.

    >>> convert_runs([("Nghị quyết ", "Arial"), ("Boä Chính trò", "VNI-Times"), (" \u00ad", ".VnTimeH")])
    'Nghị quyết Bộ Chính trị Ư'
    """
    return convert_runs_told(runs)[0]


def convert_runs_told(runs: Iterable[tuple[str, str | None]]) -> tuple[str, tuple[Encoding, ...]]:
    """As `convert_runs`, with the encodings that changed something."""
    known = [_Run(text, encoding_of_font(name) if name else None) for text, name in runs if text]
    used = {run.font.encoding for run in known if run.font}
    believed = {encoding for encoding in used if _reads_well(known, encoding)}
    trusted = [run if run.font and run.font.encoding in believed else _Run(run.text, None) for run in known]
    parts = groupby(_marks_with_letters(trusted), key=lambda run: run.font)
    text = "".join(_converted("".join(run.text for run in group), font) for font, group in parts)
    return text, tuple(sorted({run.font.encoding for run in trusted if run.font and _converted(*run) != run.text}))


def _converted(text: str, font: FontEncoding | None) -> str:
    return convert(text, font.encoding, font.capitals) if font else text


def _marks_with_letters(runs: Sequence[_Run]) -> Iterator[_Run]:
    """A mark of VNI that begins a run takes the letter before it along, whatever font that had."""
    before = _Run("", None)
    for run in runs:
        if run.font and run.font.encoding == "vni" and _split_pair().fullmatch(before.text[-1:] + run.text[0]):
            yield _Run(before.text[:-1], before.font)
            before = _Run(before.text[-1] + run.text, run.font)
        else:
            yield before
            before = run
    yield before


@cache
def _split_pair() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, table("vni").pairs)))


def _reads_well(runs: Sequence[_Run], encoding: Encoding) -> bool:
    """Whether not more words are spoilt by the encoding than mended; what is in Unicode may still have an old font."""
    text = "".join(run.text if run.font and run.font.encoding == encoding else " " for run in runs).translate(PLAIN)
    pairs = [(likelihood(word), likelihood(convert(word, encoding))) for word in words(text, encoding)]
    spoilt = sum(meant is None and now is not None for now, meant in pairs)
    return spoilt + len({*_LATER.findall(text)}) <= sum(now is None and meant is not None for now, meant in pairs)
