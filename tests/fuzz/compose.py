"""Bytes → inputs. A byte says what comes next, the one or two after it which; so any bytes are a text of the domain.

The fuzzer changes, cuts and crosses bytes, which adds, drops and swaps words. What the bytes mean changes with the tables,
therefore failures are kept as the inputs that they made.
"""

import csv
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import StringIO

from tests.bench.generator import sentences
from tests.fuzz.words import GLUE, LONE, ODD, TAGS, families

LONGEST = 20_000
"""Characters after which an input ends."""
VALUES = (
    "2020-02-30", "2017-09-14", "0000-00-00", "XXXX", "{}", '{"edtf": null}', "[1]", '{"value": 1e999}', '{"value": "NaN"}', '{"start": -1}', "NaN",
    "Infinity", "-0", "1e400", "²", "٣", "9" * 40, "9" * 5000, "gt", "party", "682-QĐ/TU", "05/2020/NĐ-CP", "null", '"', "\x00", "=1+1", "a\nb", " ",
)  # fmt: skip
"""Values that tables made by people may hold in any column."""
Take = Callable[[], int]


def text(data: bytes) -> str:
    """A text."""
    return _composed(data, STEPS)


def texts(data: bytes) -> str:
    """Up to four texts, parted by a line with a bar."""
    return "\n|\n".join(map(text, data.split(b"|||", 3)))


def typed(data: bytes) -> str:
    """A query: a short text that may hold halves of characters."""
    return _composed(data, [*STEPS, _lone])[:200]


def page(data: bytes) -> bytes:
    """A page in one of the encodings that pages have; the first byte says which."""
    encoding = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258", "latin-1")[
        data[0] % 8 if data else 0
    ]
    return _composed(data[1:], [*STEPS, *[_tag] * len(STEPS)]).encode(encoding, "replace")


def table(data: bytes, columns: Mapping[str, Sequence[str]]) -> bytes:
    """A table: rows of what stands in its columns, or of anything; behind it, seldom, what is no row."""
    stream = iter(data[1:])
    made = StringIO()
    writer = csv.writer(made)
    writer.writerow(columns)
    for first in stream:
        writer.writerow([_cell(lambda: next(stream, first), usual) for usual in columns.values()])  # noqa: B023
    return made.getvalue().encode() + (data if data[:1] > b"\xf0" else b"")


def _cell(take: Take, usual: Sequence[str]) -> str:
    what = take()
    if what < 160:
        return usual[what % len(usual)]
    if what < 200:
        return VALUES[take() % len(VALUES)]
    pieces: list[str] = []
    for _ in range(what % 4):
        pieces.append(STEPS[take() % len(STEPS)](take, pieces))
    return "".join(pieces)


def _composed(data: bytes, steps: Sequence[Callable[[Take, list[str]], str]]) -> str:
    pieces: list[str] = []
    stream, length = iter(data), 0
    for what in stream:
        pieces.append(steps[what % len(steps)](lambda: next(stream, 0), pieces))
        length += len(pieces[-1])
        if length > LONGEST:
            break
    return "".join(pieces)[:LONGEST]


def _wide(take: Take) -> int:
    return take() << 8 | take()


def _word(take: Take, _: list[str]) -> str:
    family = families()[take() % len(families())]
    return family[_wide(take) % len(family)]


def _glue(take: Take, _: list[str]) -> str:
    return GLUE[take() % len(GLUE)]


def _odd(take: Take, _: list[str]) -> str:
    return ODD[take() % len(ODD)]


def _lone(take: Take, _: list[str]) -> str:
    return LONE[take() % len(LONE)]


def _tag(take: Take, _: list[str]) -> str:
    return TAGS[take() % len(TAGS)]


def _char(take: Take, _: list[str]) -> str:
    """Any character, mostly of the first planes."""
    code = _wide(take) | (take() % 17 << 16 if take() > 250 else 0)
    return chr(code) if not 0xD800 <= code < 0xE000 else "?"


def _latin(take: Take, _: list[str]) -> str:
    return chr(32 + take() % 95)


def _digits(take: Take, _: list[str]) -> str:
    """Digits: few, or thousands."""
    size = take()
    return str(_wide(take)).zfill(size % 5) if size < 250 else "1234567890" * (size - 249) * 80


def _number(take: Take, _: list[str]) -> str:
    """A number as figures print it: 1.092/2.255, 3,5, 12-15."""
    return f"{take()}{'.,/-– x'[take() % 7]}{_wide(take) % 1000:03}{('', '%', ' %', '/2', '.000')[take() % 5]}"


def _date(take: Take, _: list[str]) -> str:
    day, month, year, joint = take() % 34, take() % 14, 1890 + take(), "/-.–"[take() % 4]
    forms = (
        f"{day}{joint}{month}{joint}{year}",
        f"ngày {day} tháng {month} năm {year}",
        f"{day:02}/{month}",
        f"quý {month}/{year}",
        f"{year}",
    )
    return forms[take() % len(forms)]


def _symbol(take: Take, _: list[str]) -> str:
    """A symbol: number, separators, codes of a type and an issuer."""
    kinds = [family for family in families() if "NQ" in family or "TW" in family]
    codes = [kind[_wide(take) % len(kind)] for kind in (kinds[0], kinds[-1])]
    year = f"/{1990 + take() % 60}" if take() > 180 else ""
    return f"{_wide(take) % 4000}{year}{'-/ –'[take() % 4]}{codes[0]}{'-/ –'[take() % 4]}{codes[1]}"


def _again(take: Take, pieces: list[str]) -> str:
    """The last pieces over and over."""
    some, times = "".join(pieces[-(take() % 6 + 1) :]), take()
    return some * min(times * times // 16, LONGEST // max(1, len(some)))


def _changed(take: Take, pieces: list[str]) -> str:
    """The last piece in capitals, taken apart, spread, backwards, or with signs inside."""
    last = pieces[-1][:200] if pieces else ""
    ways: Sequence[Callable[[], str]] = (
        last.upper, last.title, lambda: unicodedata.normalize("NFD", last), lambda: " ".join(last), lambda: last[::-1],
        lambda: last.replace(" ", "\n"), lambda: last.replace(" ", ""), lambda: last.replace(" ", "\u200b \u00a0"), lambda: "\u0301".join(last),
    )  # fmt: skip
    return ways[take() % len(ways)]()


def _slice(take: Take, _: list[str]) -> str:
    """A stretch of a sentence of the project's corpus."""
    sentence = stock()[_wide(take) % len(stock())]
    start = take() % len(sentence)
    return sentence[start : start + take()]


@cache
def stock() -> list[str]:
    return sentences()


STEPS = (
    _word, _word, _word, _word, _glue, _glue, _glue, _odd, _char, _latin, _digits, _number, _date, _symbol, _symbol, _again, _changed, _slice, _slice,
)  # fmt: skip
