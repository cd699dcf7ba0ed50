"""The regular expressions of this package, built from the tables on first use."""

import re
from functools import cache

from extractors.places import kinds, single_names, words
from extractors.tries import trie
from extractors.units.rows import heads, terms
from extractors.view import UPPER

CAPITAL = rf"[{UPPER}]\w{{0,14}}+(?:'\w{{1,10}})?+"
"""A word with a capital; bounded, so that a text without a space costs no more than another."""
COMMITTEES = "tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|chi ủy|thành|huyện"
AREAS = "tỉnh|thành phố|tp|huyện|quận|thị xã|thị trấn|thị|xã|phường|đặc khu|địa phương|khu vực|thành"


@cache
def scanner() -> re.Pattern[str]:
    """Finds every word that may begin a unit: heads of bodies and kinds of places."""
    abbreviations = [short for kind in kinds() for short in kind.abbreviations]
    places = [kind.word for kind in kinds()]
    begins = [*heads(), *places]
    first = {phrase[0] for phrase in (*begins, *abbreviations)}
    branches = [_branch(letter, begins, abbreviations) for letter in sorted(first)]
    return re.compile("|".join(branches))


def _branch(letter: str, begins: list[str], abbreviations: list[str]) -> str:
    """All that begins with one letter, so that every branch begins with a letter of its own."""
    full = trie((phrase[1:] for phrase in begins if phrase[0] == letter), r"(?!\w)")
    short = trie(phrase[1:] for phrase in abbreviations if phrase[0] == letter)
    has_short = any(phrase[0] == letter for phrase in abbreviations)
    return f"{letter}(?:{full}|{short})" if has_short else letter + full


@cache
def run() -> re.Pattern[str]:
    """Two words in capitals or more, with hyphens between: `Thừa Thiên - Huế`."""
    return re.compile(rf"{CAPITAL}(?:(?: | - |-){CAPITAL}){{1,15}}+")


@cache
def single() -> re.Pattern[str]:
    """A name of one word, with no word in capitals behind it."""
    alone = "|".join(sorted(spelling for name in single_names() for spelling in {name, name.upper()}))
    return re.compile(rf"(?:{alone})(?!\w|(?: | - |-)[{UPPER}])")


@cache
def word() -> re.Pattern[str]:
    """One word with a capital behind a space, a hyphen, or nothing."""
    return re.compile(rf"(?: | - |-)?({CAPITAL})")


@cache
def _kind_words() -> str:
    return trie(kind.word for kind in kinds())


@cache
def kind() -> re.Pattern[str]:
    """A kind of place with what may stand between it and the name."""
    full = _kind_words()
    short = trie(short for kind in kinds() for short in kind.abbreviations)
    between = "|".join(sorted(words("modifiers"), key=len, reverse=True))
    return re.compile(rf"(?P<word>{full})(?!\w)(?: (?:{between})(?!\w))?|(?P<short>{short})\.?")


@cache
def group() -> re.Pattern[str]:
    """A definite group of places: `các xã, phường`, `cấp tỉnh`, `các cấp`."""
    ranks = "trung ương|tỉnh|huyện|xã|cơ sở"
    return re.compile(
        rf" (?:(?P<all>các cấp)|cấp (?:{ranks})(?:(?:, | và )(?:cấp )?(?:{ranks})){{0,3}}"
        rf"|các (?:{AREAS})(?:(?:, | và )(?:{AREAS})){{0,5}})(?![\w])"
    )


@cache
def committees() -> re.Pattern[str]:
    """A definite group of committees: `các tỉnh ủy, thành ủy`, `tỉnh, thành ủy`."""
    several = rf" các (?:{COMMITTEES})(?:(?:, | và )(?:{COMMITTEES})){{0,4}}(?!\w)(?<=ủy)"
    return re.compile(
        rf"{several}| (?:tỉnh|huyện|quận|thị)(?:, (?:quận|thị|thành))*(?:, | và )(?:quận|thị|thành) ủy(?!\w)"
    )


@cache
def own_committee() -> re.Pattern[str]:
    """Behind such a group, at the end of a slice, one that has a name: `các huyện ủy, Thành ủy Huế`."""
    return re.compile(rf"(?<=ủy)(?:,| và) (?:Thành|Thị|Huyện|Quận|Đảng) ủy [{UPPER}]\w$")


@cache
def area() -> re.Pattern[str]:
    """A kind of place that stands for the place itself: `UBND tỉnh`; a list of them: `UBND xã, phường`."""
    kinds_of = "tỉnh|thành phố|tp|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu"
    end = r"(?!\w| (?:ủy|đoàn|hội|lỵ)|-\w)"
    return re.compile(rf" ({kinds_of}){end}((?:(?:, | và )(?:{kinds_of}){end}){{0,5}})")


@cache
def term(name: str) -> re.Pattern[str]:
    """One of the words of a list, the longest that fits; "&" stands for "và", and dashes may touch the words."""
    ways = ((" và ", " & "), (" - ", "-"), (" - ", "- "))
    words_of = {way for term in terms(name) for way in (term, *(term.replace(*pair) for pair in ways))}
    return re.compile(rf"{trie(words_of)}(?!\w)")


@cache
def abroad() -> re.Pattern[str]:
    """What may stand between a body and the name of another country, up to the name; "Anh" is a pronoun and half of "Anh hùng" too."""
    return re.compile(rf" (?:[Đđ]ảng )?(?:nước )?(?:Cộng hòa (?!Dân chủ))?(?=[{UPPER}])(?!Anh (?:hùng|[{UPPER}]))")


@cache
def acronym() -> re.Pattern[str]:
    """An abbreviated field: `GD&ĐT`, `TT-TT`, `NN và PTNT`."""
    part = rf"[{UPPER}]{{1,8}}"
    several = rf"[{UPPER}]{{2,8}}(?:(?:&|-| & | và ){part}){{0,3}}"
    return re.compile(rf"(?:{several}|[{UPPER}]{{1,3}}(?:[&-]{part}){{1,3}})(?!\w)")


@cache
def numbered() -> re.Pattern[str]:
    """A number for a name: `Quận 1`, `tổ dân phố số 5`, `thôn 2A`."""
    return re.compile(r"(?:số )?\d{1,2}[a-zđ]?(?![\w%]|[.,/-]\d| (?:xã|huyện|tỉnh|phường|người|đảng))")


@cache
def behind_name() -> re.Pattern[str]:
    """A number that ends a name: `Hà Giang 1`."""
    return re.compile(r" \d{1,2}(?![\d%/]|[.,]\d)")


@cache
def quoted() -> re.Pattern[str]:
    """A short name in quotes behind a space."""
    return re.compile(r' "[^"\n]{1,60}"')


@cache
def pair() -> re.Pattern[str]:
    """An unknown word with a capital and one with a small letter behind it."""
    never = "|".join(terms("function"))
    return re.compile(rf"{CAPITAL} (?!(?:{never})(?!\w))[^\W\d_{UPPER}]{{1,8}}(?!\w)")


@cache
def joint() -> re.Pattern[str]:
    """What stands between two parts of a name."""
    return re.compile(r" (?:(?:và|&|-) )?|-")


@cache
def series() -> re.Pattern[str]:
    """A list of terms that is one name, since it ends in `và`: `Văn hóa, Thể thao và Du lịch`."""
    item = trie({*terms("nominal"), *terms("verbal"), *terms("office"), *terms("ministry")})
    return re.compile(rf"(?:, {item}(?!\w)){{1,5}} và {item}(?!\w)")


@cache
def bridge() -> re.Pattern[str]:
    """Words in small letters that lead to the name of the country, and so belong to the name."""
    never = "|".join(terms("function"))
    return re.compile(rf"(?: (?!(?:{never})(?!\w))[^\W\d_{UPPER}]{{1,8}}){{1,4}} Việt Nam(?!\w)")


_VERBAL_END = 24


def after_verb(text: str, end: int) -> bool:
    """Whether the words before `end` are a verb of the tables (`Quản lý`)."""
    tail = text[max(0, end - _VERBAL_END) : end]
    return any(tail.endswith(verb) for verb in terms("verbal"))


@cache
def topic() -> re.Pattern[str]:
    """What a steering committee is for: from `về` or a word of action to the end of the phrase."""
    stop = "|".join(terms("topic_stops"))
    begin = "|".join(terms("topic_begins"))
    more = "|".join(terms("topic_more"))
    step = rf" (?!(?:{stop})(?!\w)|số \d)[^\W\d_]{{1,10}}(?:-\d{{1,2}})?"
    document = (
        r"(?:(?:(?<=nghị quyết)|(?<=chỉ thị)|(?<=kết luận)|(?<=đề án)) (?:số )?\d{1,4}(?:[-/][\w/-]{2,20})?(?!\w))?"
    )
    return re.compile(
        rf" (?:{begin})(?!\w)(?:{step}|, (?:{more})(?!\w)| của đảng(?! (?:ủy|bộ|viên))(?!\w)| \([a-zđ&]{{2,8}}\)(?= )){{1,24}}{document}"
    )


@cache
def topic_end() -> re.Pattern[str]:
    """Where a topic has run into the name of the next body."""
    return re.compile(rf",? (?:và|thành|về|tổng kết|sơ kết) (?=[{UPPER}])| Đảng Cộng sản")


@cache
def campaign() -> re.Pattern[str]:
    """The campaign that a steering committee leads."""
    quoted_name = r'(?: "[^"\n]{1,80}")?'
    return re.compile(
        rf" (?:cuộc vận động|phong trào(?: thi đua| toàn dân)?){quoted_name}"
        r"(?: cấp (?:tỉnh|huyện|xã|trung ương))?(?!\w)"
    )


@cache
def comma() -> re.Pattern[str]:
    """What joins the names of a list."""
    return re.compile(r", | và |; ")


@cache
def column() -> re.Pattern[str]:
    """Kinds of places before a colon and names: `xã, thị trấn: `."""
    kind_words = _kind_words()
    return re.compile(
        rf"{kind_words}(?:(?:, | và ){kind_words}){{0,3}}(?: {trie(words('ages'))})?(?: ?: ?| {trie(words('leads'))}:? )(?=\w)"
    )


@cache
def kinds_before() -> re.Pattern[str]:
    """Kinds that a further kind is listed with, at the end of a slice: `xã, `."""
    kind_words = _kind_words()
    return re.compile(rf"(?<!\w)(?:{kind_words}(?:, | và )){{1,3}}$")


@cache
def listed() -> re.Pattern[str]:
    """What joins the names behind a colon, with a remark in brackets before it."""
    return re.compile(r"(?: \([^()\n]{1,40}\))?(?:, | và )")


@cache
def closed() -> re.Pattern[str]:
    """The end of such a list, or what the sentence says of it."""
    return re.compile(r" ?(?:[.;()\n]|$)| (?:thuộc|của|về|vào|thành|đã|có|với|là|để)(?!\w)")


@cache
def other() -> re.Pattern[str]:
    """A kind of its own that the list goes on with: ` và thị trấn`."""
    return re.compile(rf"(?:,| và|, và|;) (?:\d{{1,3}} )?{_kind_words()}(?!\w)")


@cache
def higher() -> re.Pattern[str]:
    """A place further up behind the name of a hamlet: `, xã Trường Hà`."""
    return re.compile(r" ?[,(] ?(?:thuộc )?(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tp)(?!\w)")


@cache
def backward() -> re.Pattern[str]:
    """A head alone, with its capital, before a small letter or a mark."""
    alone = "|".join(head.capitalize() for head in terms("backward"))
    more = "kiểm|nhân|thường|mặt|dân|trung|bầu|quản|bộ|lý|thi|khoa|thẩm|tư|xét|kỷ|giám"
    return re.compile(rf"(?:{alone})(?! (?:[{UPPER}\d]|(?:{more})(?!\w)))(?!\w)")


@cache
def continuing() -> re.Pattern[str]:
    """A term that goes on with a name in small letters, since it can't be its verb."""
    never = set(terms("verbal"))
    return re.compile(rf"{trie(term for term in terms('nominal') if term not in never)}(?!\w)")


@cache
def republic() -> re.Pattern[str]:
    """The name of the state, whose line in a letterhead is no place below a body's: "Cộng hòa" is a commune too."""
    return re.compile(r"cộng hòa xã hội(?!\w)")
