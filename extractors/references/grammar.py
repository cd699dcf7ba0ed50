"""How documents are cited: patterns built from the tables of types and from named parts.

Symbols are found by their digits: 55 % of party symbols have no "số" before them (1,490 counted), so the
words before a symbol are looked up backwards. Patterns on words match the lower-cased view.
"""

import re
from functools import cache

from extractors.symbols import CODE, NUMBER
from extractors.tables import doc_types
from extractors.tries import trie
from extractors.view import UPPER

GAP = r"\s{1,3}"
SEP = r"\s{0,2}[-/]\s{0,2}"
LAW_NAME = 120
"""Longest name of a law, in characters ("Luật sửa đổi, bổ sung một số điều của …" is longer and has a number)."""


@cache
def symbols() -> re.Pattern[str]:
    """Candidates for symbols in the cased view: number, separators, codes in capitals.

    The first character is consumed before anything is looked at behind it, so that the scan skips letters.
    """
    whole = rf"(?!(?<=[ /-][A-ZĐ])[{UPPER.lower()}])"
    codes = rf"{CODE}(?:{SEP}{CODE}{whole}|(?<=QH) \d{{1,2}}(?![\w/-]|\.\d)){{0,7}}(?:/nb)?{whole}"
    digits = NUMBER.replace(r"\d{1,5}", r"\d{0,4}", 1)
    free = r"(?:(?<![\w/]\d)|(?<=[sS]ố\d))(?<!\d[.,\-]\d)"
    number = rf"(?<=\d){free}{digits}(?:{SEP}|\s(?=[A-ZĐ]{{2,4}}[-/][A-ZĐ]))(?:(?:19|20)\d\d{SEP})?{codes}"
    after = r"(?:(?<=[sS]ố\s.)|(?<=[sS]ố\s\s.)|(?<=[sS]ố:\s.))"
    blank = rf"{after}(?:(?<=\.)\.{{1,11}}|(?<=…)…{{0,3}}|(?<=_)_{{1,11}})\s?{SEP}{codes}"
    missing = rf"(?:(?<=[sS]ố\s-)|(?<=[sS]ố\s\s-)|(?<=[sS]ố:\s-))\s?{codes}"
    return re.compile(rf"[0-9.…_-](?:{number}|{blank}|{missing})")


@cache
def type_names() -> str:
    """All names of types; the longest matches."""
    return trie((row.name for row in doc_types()), gap=GAP)


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviations of types in capitals that may stand before a number, with the type."""
    pairs = [(short, row.name) for row in doc_types() for short in row.abbreviations]
    return dict(reversed(pairs))


@cache
def type_before() -> re.Pattern[str]:
    """A type word with "số" or without, at the end of a slice of the lower-cased view."""
    return re.compile(rf"(?<![^\W\d])(?<!pháp\s)(?P<type>{type_names()})(?:{GAP})?$")


@cache
def type_and_bracket() -> re.Pattern[str]:
    """A type word and the bracket behind it, at the end of a slice: "Công văn ("."""
    return re.compile(rf"(?<!\w)(?:{type_names()})\s\($")


@cache
def qualified_type_before() -> re.Pattern[str]:
    """ "báo cáo thẩm tra số": a type, at most three more words, at the end of a slice that "số" follows."""
    return re.compile(
        rf"(?<!\w)(?P<type>{type_names()})(?:\s(?!số\b|của\b|này\b|về\b|ngày\b|theo\b|và\b)[^\W\d]{{1,7}}){{1,3}}\s?$"
    )


LAW = re.compile(r"(?<!\w)(?P<type>Bộ luật|Luật|Pháp lệnh|LUẬT|BỘ LUẬT|PHÁP LỆNH)\s(?=[^\W\d])")
"""A law that is called by its name, in the cased view."""
LAW_BROKEN = re.compile(r"[.;:()\"\d\n]")
"""What does not stand inside the name of a law."""


@cache
def abbreviation_before() -> re.Pattern[str]:
    """ "QĐ số", "NQ": an abbreviated type at the end of a slice of the cased view."""
    return re.compile(rf"(?<![\w/\-])(?P<type>{'|'.join(abbreviations())})\s?$")


FORM_BEFORE = re.compile(r"(?<!\w)(?:biểu|mẫu|biểu mẫu|phụ lục|bảng|hình|sơ đồ|tờ khai|hộp thư|tài khoản|thẻ)\s$")
"""Before the number of a form or an annex."""
SO_BEFORE = re.compile(r"(?<!\w)(?:số\s{0,2}:?\s{0,2}|(?<=văn\sbản\s))$")
"""The word "số" at the end of a slice, or "văn bản"; it may be glued to the number ("số382/TTr-CP")."""


NAMED_BY_SUBJECT = ("luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ")
"""Types that are called by what they are about: "về" behind the name says which of their rules is meant."""
NEVER_SHORT = ("luật", "bộ luật")
"""Types that are cited by name or symbol; "kỷ luật 10" holds one of their names."""
ALSO_VERBS = ("quyết định", "báo cáo", "kết luận", "quy định", "thông báo", "hướng dẫn")
"""Types whose names are verbs too ("huấn luyện viên quyết định số 10 vào sân")."""


@cache
def shorts() -> re.Pattern[str]:
    """Type and number without a symbol, in the lower-cased view; groups: type, so, number, year."""
    names = [row.name for row in doc_types() if row.numbered and row.name not in NEVER_SHORT]
    return re.compile(
        rf"(?<!\w)(?P<type>{trie(names, gap=GAP)})"
        rf"{GAP}(?P<so>số{GAP}|số|số:{GAP})?(?P<number>\d{{1,5}}(?:\.\d{{1,2}}(?=/))?(?:[a-c](?![^\W\d]))?)"
        r"(?:/(?P<year>(?:19|20)\d\d))?(?!\d|[/.,]\d| ?%)"
    )


@cache
def short_abbreviations() -> re.Pattern[str]:
    """ "NQ 18", "CT số 05", "KL21", in the cased view; groups: type, so, number."""
    types = trie(abbreviations(), behind=r"(?<![\w/\-.].)")
    return re.compile(rf"(?P<type>{types})(?P<so>\ssố)?\s?(?P<number>\d{{2,4}})(?![\w%]|[/.,\-]\d|[-/][A-ZĐ])")


MEMBER = re.compile(
    r"(?:\s\(về\s[^()\n]{1,90}\))?(?:,|;| và| và số|, số|; số)\s{0,2}(?:số\s)?(?P<number>\d{2,5}[a-c]?|\d)(?![\w%]|[/.,]\d|\s?[-/]\s?[\dA-ZĐ])"
)
"""A further number of a list: "Kết luận số 21, 28", "Nghị quyết 66 (về pháp luật), 57"."""

NUMBER_BEFORE_SYMBOL = re.compile(
    r"số(?<!\w..)\s(?P<number>\d{1,5}[a-c]?)(?=(?:,\s\d{1,5}[a-c]?){0,6}(?:,| và| và số|, số)\s\d{1,5}[a-c]?\s?[-/]\s?[^\W\d])"
)
"""A number without a type whose list ends in a symbol: "số 200 và 202-TTr/UBKTTW"."""

PROVISION = re.compile(
    r"(?P<provision>(?:(?:điểm|tiết|khoản|điều|tiểu mục|mục|phần|chương|phụ lục)\s(?:[\d.]{1,6}[a-zđ]?|[ivxlc]{1,6}|[a-zđ])(?!\w)"
    r"(?:(?:,| và|, và| đến|-)\s?(?:[\d.]{1,6}[a-zđ]?|[ivxlc]{1,6}|[a-zđ])(?!\w)){0,6},?\s?"
    r"(?:của\s(?=điều|khoản|mục|chương)|và\s(?=(?:điểm|khoản|điều|mục|chương|phần)\s))?){1,6})"
    r"(?:của\s|trong\s|tại\s|thuộc\s|theo\s)?(?:các\s)?$"
)
"""A provision right before a mention, at the end of a slice of the lower-cased view."""

ISSUED = re.compile(
    r"(?<!\w)(?P<verb>(?:ký\s)?ban hành|ra|có|ký|soạn|thông qua|phê duyệt|xây dựng|đề ra|công bố|trình)\s"
    r"(?:các\s|thêm\s|một số\s|bản\s|tiếp\s|luôn\s|văn bản\s|mới\s){0,2}$"
)
"""The verb of issuing right before a mention, at the end of a slice of the lower-cased view."""

ISSUED_ADVERBS = re.compile(
    r"(?:\s++|,\s|tỉnh|huyện|đã|vừa|cũng|đang|sẽ|mới|kịp thời|khẩn trương|nhanh chóng|chính thức|chủ động|thống nhất|quyết định|nghiên cứu|xây dựng|tham mưu|"
    r"của (?:tỉnh|thành phố|huyện|xã)|tiến hành|biểu quyết|ký|và|tiếp tục|lãnh đạo|chỉ đạo|triển khai|khóa|nhiệm kỳ|"
    r"\([^()]{0,30}\)|[ivx]{1,5}+(?!\w)|[\d\-][\d\- ]{3,10}+){0,12}$"
)
"""What may stand between the issuing body and the verb; no two alternatives begin alike, so that it is read in one way only."""

MARKUP = re.compile(r"(?:\*{1,3}|_{1,2}|\](?:\([^\s()]{1,300}\))?|\s{0,2}\[\d{1,3}\]){1,3}")
"""Marks of Markdown that close around a mention ("**Quy định 69-QĐ/TW**", "[…](address)"), and of a footnote ("[7]")."""
PASSIVE = re.compile(r"\)?\s(?:\([^()\n]{1,60}\)\s)?(?:(?:đã\s|vừa\s)?được|do)\s")
ISSUED_AFTER = re.compile(
    r"(?:,?\s(?:khóa|nhiệm kỳ)\s[\w-]{1,9})?(?:,?\stại\s(?:kỳ họp|phiên họp|hội nghị|đại hội)\s[^,;.()\n]{1,50}?,?)?"
    r"\s(?:(?:đã|vừa|chính thức)\s)?(?:ký\s)?(?:ban hành|thông qua|phê duyệt)(?:\svào)?(?!\w)\s?"
)
"""The verb behind the body of a passive, with its term and its session between: "được Quốc hội khóa XV thông qua ngày"."""
ISSUED_BY = re.compile(r"(?<=\w)\"?(?P<day>\s\(?ngày\s[\d/.-]{6,10}\)?)?\s(?:(?P<passive>(?:đã\s|vừa\s)?được)|do)\s")
"""Behind a subject, who issued the document: "về … ngày 11/03/2020 do Bộ trưởng … ban hành", "về "…" được … ban hành"."""
OF = re.compile(
    r"\s{0,3},?\s{0,3}(?:của|(?:được\s)?(?:ký\s)?ban\shành\sbởi|(?P<by>do))\s{1,3}|(?P<meets>(?<=\d),?\s(?=hội\snghị\slần\sthứ\s))"
)
"""What leads to an issuer; behind a day a plenum needs nothing that does."""
ISSUES = re.compile(
    r"\s(?:đã\s|vừa\s|ký\s){0,2}(?:ban\shành|ra|ký|thông\squa|phê\sduyệt|công\sbố|đề\sra|khởi\sxướng|phát\sđộng|lập)(?!\w)"
)
"""Behind "do" and a body: the body issued, and did not only hold a meeting or read it out."""
BLANK_DATE = re.compile(
    r"[,\s]{0,3}ngày\s(?=[^\n]{0,8}(?:\.\.|…))[.…/\s\d]{2,24}(?:tháng\s?[.…\s\d]{1,8}năm\s?[\d.…]{1,8})?"
)
"""A date left blank in a draft: "ngày .../.../20..."."""
AMENDS = re.compile(r",\s(?=(?:sửa\sđổi|bổ\ssung|thay\sthế(?!\scho\s)|bãi\sbỏ)\W)")
"""A title in apposition that begins with what the document does to another."""
LIST_HEAD = re.compile(
    r"các(?<!\w...)\s(?P<type>luật|nghị\squyết|nghị\sđịnh|quyết\sđịnh|chỉ\sthị|kết\sluận)\s(?:sau\s)?của\s"
)
"""A head that gives a whole list its issuer: "các Luật của Quốc hội: Luật …; Luật …"."""
TERM_OF_OFFICE = re.compile(
    r"\s?\(nay\slà\s[^()\n]{2,60}\)"
    r"|\s?,?\s?\(?\s?(?:khóa|khoa|nhiệm kỳ)\s(?:[ivxl]{1,6}|\d{1,4}(?:\s?-\s?\d{4})?)(?!\w)\s?\)?"
)
CALLED = r"\((?:(?:sau|dưới)\sđây\s)?(?:được\s)?(?:gọi|viết)\s(?:tắt\s|chung\s)?(?:là:?\s)?\"?"
"""The bracket behind a document that opens with what it is called from there on: "(sau đây gọi tắt là Quy chế)"."""


@cache
def called() -> re.Pattern[str]:
    """The short name of a document before what is said of it: "của Bộ Chính trị (sau đây gọi là Quy định 7) về …", "(Kết luận 12) về …"."""
    name = rf"(?:{CALLED}[^()\n]{{2,60}}|\((?:{type_names()})\s(?:số\s)?\d{{1,4}})\)"
    return re.compile(rf"\s?{name}(?=,?\s(?:về|v/v|ngày|của)\s)")


ABOUT = re.compile(r"\s{0,3}[,:(]?\s{0,3}(?:về\sviệc|về(?!\sviệc\s?:)|v/v)\s{1,3}")
OF_PLACE = re.compile(
    r"(?:(?<=hđnd)|(?<=ubnd))\s(?:tỉnh|huyện|thành phố|thị xã|xã|phường)(?=,?\s(?:ngày|của|về|v/v)\s)"
)
"""Whose council or committee a code stands for, behind it: "10/2016/NQ-HĐND tỉnh ngày"."""
OF_TERM = re.compile(
    r"\s(?:\(?(?:khóa|nhiệm\skỳ)\s[\w -]{1,11}\)?|\((?:hội\snghị|kỳ\shọp)\s[^()\n]{2,60}\))(?=,?\s(?:ngày|của|về|\"))"
)
"""The term of the body behind a symbol, or its meeting: "Nghị quyết số 05-NQ/TU (khóa XX), ngày", "(Hội nghị Trung ương 6 khóa X) về"."""
IN_YEAR = re.compile(r"\s(?:trong\s)?năm\s\d{4}(?=\scủa\s)")
"""A year between a plan and whose it is."""
RULES_ON = re.compile(
    r"\s(?=quy\sđịnh\s(?:về|chi\stiết|chức\snăng,)\s|(?<=-vpcp\s)kết\sluận\s(?:của|tại|cuộc\shọp|hội\snghị)\s|sửa\sđổi,?\s(?:bổ\ssung\s)?(?:điều|khoản)\s\d|sửa\sđổi\s?,\sbổ\ssung\s(?:một\ssố\s(?:điều|nội\sdung)\s(?:của|trong)|nghị|thông\stư|quyết|quy|luật|hướng\sdẫn)\s"
    r"|phê\sduyệt\s(?:chương|đề\sán|kế\shoạch|quy\shoạch|dự\sán|chiến|điều\schỉnh|danh\smục|chủ\strương|nhiệm\svụ|phương\sán))"
)
"""A title right behind the symbol that begins with its verb: "Nghị định 170/2025/NĐ-CP quy định về tuyển dụng"."""
VERB_TITLE = re.compile(
    r"\s{0,3}(?=(?:thực\shiện|thi\shành|tiếp\stục(?!\sđược)|triển\skhai|điều\schỉnh|thành\slập|phát\sđộng|tổ\schức|tăng\scường|đẩy\smạnh|hợp\snhất|xây\sdựng|"
    r"kiện\stoàn|điều\sđộng|phân\scông|chỉ\sđịnh|bổ\snhiệm|chuẩn\sy|công\snhận|phê\schuẩn)[\s,])"
    r"|\s{0,3},?\s{0,3}(?=(?:quy\sđịnh|hướng\sdẫn|sửa\sđổi|bổ\ssung|ban\shành(?!\skèm\stheo\s)|phê\sduyệt|bãi\sbỏ|công\sbố|một\ssố)[\s,]|kết\sluận\s(?:của|phiên|cuộc|buổi|hội\snghị)\s)"
)
"""A title that begins with its verb; believed only after a date, an issuer or a verb of issuing ("ban hành Quyết định số 9/QĐ-UBND phê duyệt …").

Behind a comma other verbs tell what the body did next ("ban hành Kế hoạch số 9-KH/TU, tổ chức quán triệt").
"""
CARRIED_OUT = re.compile(r"\s(?=(?:việc\s)?(?:triển\skhai\s)?thực\shiện\s)")
"""Behind the kind of a report: what was done is its subject."""

ON_BEHALF = re.compile(r"(?:^|[.;\n]\s{0,3}|,\s)(?:thay mặt|thừa lệnh|thừa ủy quyền)\s")
"""For whom a person signs, at the beginning of a sentence or behind its day: "Thay mặt Bộ Chính trị, đồng chí … đã ký"."""
POSTS = (
    "Thủ tướng", "Phó Thủ tướng", "Chủ tịch", "Phó Chủ tịch", "Bộ trưởng", "Thứ trưởng", "Giám đốc", "Tổng Giám đốc", "Chánh án", "Viện trưởng",
    "Tổng Bí thư", "Bí thư", "Phó Bí thư", "Trưởng", "Phó Trưởng", "Phó Giám đốc", "Tổng Thanh tra", "Tổng Kiểm toán", "Thống đốc", "Cục trưởng",
)  # fmt: skip
POST = re.compile(
    rf"(?:{'|'.join((*POSTS, *map(str.upper, POSTS)))}|"
    r"Hội nghị lần thứ \w{1,6}(?: (?:nhất|một|hai|ba|tư|bốn|năm|lăm|sáu|bảy|tám|chín|mươi))?|Hội nghị)\s"
    rf"(?=[{UPPER}])"
)
NAMED_BODY = re.compile(
    r"(?=["
    + UPPER
    + r"])[^,;.:?!*|\[\]()\n\"\d]{2,100}?(?=\s?(?:[,;.:?!*|\[\]()\n\"\d]|$)|\s(?:về|v/v|khóa|đã|đang|sẽ|được|và|đối với|trong|tại|cho|từ|"
    r"là|có|nhằm|để|do|ngày|năm|theo|thì|với|yêu cầu|nêu|quy định|ban hành|sửa đổi|bổ sung|phê duyệt|hướng dẫn|thực hiện|"
    r"tiếp tục|triển khai|công bố|bãi bỏ|thành lập)\s|\s(?:ra sao|như thế nào|thế nào|là gì)(?!\w))"
)
"""A body that the units do not know: words from a capital to the verb or the next mark, in the cased view."""
