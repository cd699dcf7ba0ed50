"""The words of the domain, as the tables in `extractors/data/` have them, and signs that break careless programs."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

DATA = files("extractors") / "data"
NO_WORDS = ("source", "note", "status", "layer", "valid_from", "valid_to", "factor")
"""Fields of tables that stand in no text."""
GLUE = (
    " ", " ", " ", "\n", "\n\n", ", ", "; ", ". ", ": ", " - ", " – ", "-", "/", "(", ")", "“", "”", '"', "…", "...", "%", "**", "|", "# ",
    " số ", " số: ", " ngày ", " tháng ", " năm ", " quý ", " khóa ", " lần thứ ", " của ", " do ", " về ", " về việc ", " này ", " và ",
    " đến ", " từ ", " ban hành ", " ký ", " căn cứ ", " theo ", " thực hiện ", " sửa đổi, bổ sung ", " thay thế ", " bãi bỏ ", " khoản ",
    " Điều ", " điểm ", " sau đây gọi tắt là ", " nêu trên ", " đạt ", " trong đó ", " trên ", " tổng số ", " triệu ", " tỷ ", " hơn ", " gần ",
    "T/M ", "Nơi nhận", "Ảnh: ", "Số: ", "ĐẢNG CỘNG SẢN VIỆT NAM", "-----", "Hội nghị ", "Đại hội ", "Nghị quyết Trung ương ", " Luật ", " nhiệm kỳ ",
)  # fmt: skip
"""What joins words."""
ODD = (
    "\x00", "\x1b", "\x85", "\u00a0", "\u00ad", "\u200b", "\u200d", "\u200e", "\u200f", "\u202e", "\u2028", "\u2029", "\ufeff", "\u0301", "\u0323",
    "\u0309", "\u030a", "\u0130", "ß", "ŉ", "ǰ", "ﬁ", "Ǆ", "İ", "Ð", "Ɖ", "А", "０", "９", "²", "½", "٣", "३", "Ⅻ", "𝟙", "𝐐", "🇻🇳", "👩‍👩‍👧", "\U0010ffff",
    "\ue000", "\ufffd", "\t", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\u3000", "uỷ", "oà", "Uỷ", "T.Ư", "_", "\\", "`", "<", ">", "&", "{{", "%s", "'",
)  # fmt: skip
"""Characters that are long or short in lower case, digits that are none, space that is none, controls, marks without a letter."""
LONE = ("\ud800", "\udcff", "\udfff")
"""Halves of characters: they stand in no file, but what is typed at a terminal may hold them."""
TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<table><tr><td>", "</td></tr></table>", "<td>", "<ul><li>", "</ul>", "<a href='/x'>", "</a>",
    "<br>", "<br/>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='x'?>", "<!DOCTYPE html>", "<html><body>", "</body></html>",
    "<head><title>", "</title></head>", "<meta charset='", "utf-16", "'>", "<meta property='og:title' content='", "<meta name='date' content='",
    "<script type='application/ld+json'>", "</script>", '{"datePublished": "', '"@graph": [', "]}", "<time datetime='", "&#0;", "&#xD800;", "&amp;",
    "&nbsp;", "&#x10FFFF;", "<article>", "</article>", "<h1", "<", ">", "<figure><figcaption>", "</figure>", "<svg><p>", "<p style='", "<lb/>", "<span",
)  # fmt: skip
"""Pieces of pages."""


@cache
def families() -> tuple[tuple[str, ...], ...]:
    """Words of each table, in order of the tables' names; then what joins them, and odd signs."""
    tables = sorted(
        (file for file in DATA.iterdir() if file.name.endswith((".toml", ".csv"))), key=lambda file: file.name
    )
    read = (
        _toml(file.read_text("utf-8")) if file.name.endswith(".toml") else _csv(file.read_text("utf-8"))
        for file in tables
    )
    return (*(tuple(dict.fromkeys(words)) for words in read), GLUE, ODD)


def _toml(content: str) -> Iterator[str]:
    return _strings(tomllib.loads(content))


def _csv(content: str) -> Iterator[str]:
    for row in csv.DictReader(content.splitlines()):
        yield from filter(None, _strings(row))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in NO_WORDS:
                yield from _strings(each)
