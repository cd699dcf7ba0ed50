"""Texts for benchmarks: the corpus's sentences with fresh numbers, names and word order, none twice.

Everything follows from the seed, so that two runs measure the same bytes.
"""

import re
from collections.abc import Iterator
from random import Random

from tests.corpus import TEXTS

LARGEST_NUMBER = 400
"""Numbers of documents are drawn up to this one."""
_NUMBERED = re.compile(r"(?<![\d./-])\d{1,4}(?=-[A-ZĐ])")
_NUMBER = re.compile(r"(?<![\d./-])\d+(?!\d*-[A-ZĐ])|(?<=[./-])\d+")
_CLAUSE = re.compile(r", ")
NAMES = (
    "An Bình", "Bảo Lâm", "Cẩm Giàng", "Đông Sơn", "Gia Lộc", "Hải Hậu", "Kim Sơn", "Lạc Thủy", "Mộc Châu", "Nam Đàn",
    "Ninh Giang", "Phú Bình", "Quế Võ", "Sông Lô", "Tam Đảo", "Thanh Miện", "Thọ Xuân", "Tiên Du", "Văn Chấn", "Yên Lạc",
)  # fmt: skip
_NAME = re.compile(r"(?:(?<=xã )|(?<=yện ))[A-ZĐ]\w+ [A-ZĐ]\w+")


def sentences() -> list[str]:
    """All sentences of the plain texts of the corpus that are long enough to vary."""
    lines = [line for path in sorted(TEXTS.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    return [part for line in lines for part in re.split(r"(?<=[.;]) ", line) if len(part) > 60]


def generate(size: int, seed: int = 1, each: int = 4000) -> Iterator[str]:
    """Texts of about `each` bytes until `size` bytes (UTF-8) are reached; no sentence comes twice."""
    random = Random(seed)
    stock, seen, made = sentences(), set[str](), 0
    while made < size:
        text = "\n\n".join(_paragraphs(random, stock, seen, each))
        made += len(text.encode())
        yield text


def _paragraphs(random: Random, stock: list[str], seen: set[str], size: int) -> Iterator[str]:
    while size > 0:
        paragraph = " ".join(_fresh(random, stock, seen) for _ in range(random.randint(2, 6)))
        size -= len(paragraph.encode())
        yield paragraph


def _fresh(random: Random, stock: list[str], seen: set[str]) -> str:
    while True:
        sentence = _varied(random, random.choice(stock))
        if sentence not in seen:
            seen.add(sentence)
            return sentence


def _varied(random: Random, sentence: str) -> str:
    """Other digits of the same length, other names, clauses in another order."""
    sentence = _NUMBERED.sub(lambda match: str(random.randint(1, LARGEST_NUMBER)), sentence)
    sentence = _NUMBER.sub(lambda match: _digits(random, match[0]), sentence)
    sentence = _NAME.sub(lambda _: random.choice(NAMES), sentence)
    first, *rest = _CLAUSE.split(sentence.rstrip(".;"))
    random.shuffle(rest)
    return ", ".join([first, *rest]) + "."


def _digits(random: Random, number: str) -> str:
    """Years stay years and days stay days, so that dates stay dates."""
    if len(number) == 4 and number.startswith(("19", "20")):
        return str(random.randint(2000, 2025))
    if len(number) <= 2:
        return f"{random.randint(1, 12):0{len(number)}}"
    return str(random.randint(10 ** (len(number) - 1), 10 ** len(number) - 1))
