"""Renews the counts of onsets and rimes from texts in Unicode: `python -m pipeline.read.legacy.count FOLDER`, in the repository.

The onsets and rimes themselves are facts of spelling and stay; a word that is no syllable of them is not counted.
"""

import csv
import re
import sys
from collections import Counter
from pathlib import Path
from unicodedata import normalize

from pipeline.read.legacy.syllables import TONES, likelihood, splits
from pipeline.read.legacy.syllables import rimes as known_rimes
from pipeline.read.legacy.tables import rows

DATA = Path(__file__).with_name("data")
_WORD = re.compile(r"[^\W\d_]+")


def count(folder: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Counts of onsets, and of rimes with their tone, in all files of a folder; the longest onset of a word counts."""
    onsets: Counter[str] = Counter()
    rimes: Counter[tuple[str, str]] = Counter()
    for file in sorted(folder.iterdir()):
        for word in _WORD.findall(normalize("NFC", file.read_text("utf-8"))):
            if likelihood(word) is not None:
                onset, rime = max(each for each in splits(word) if each[1] in known_rimes())
                onsets[onset] += 1
                rimes[rime] += 1
    return onsets, rimes


def renew(folder: Path) -> None:
    """Write the counts into the tables."""
    onsets, rimes = count(folder)
    _write("onsets.csv", [[row["onset"], str(onsets[row["onset"]])] for row in rows("onsets.csv")])
    _write(
        "rimes.csv",
        [[row["rime"], *(str(rimes[row["rime"], tone]) for tone in ("", *TONES))] for row in rows("rimes.csv")],
    )


def _write(name: str, lines: list[list[str]]) -> None:
    head = list(next(rows(name)))
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *lines])


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
