"""How documents without a number are named: plenums, congresses, laws, statutes, plans with their titles.

Plenums have ordinals in digits, Roman numerals and words ("Nghị quyết Trung ương 4 (khóa XI)", "Nghị quyết Hội nghị lần thứ
năm BCH Trung ương Đảng khóa XIII"). Names of laws are a table: commas and conjunctions stand inside them. Patterns match the
lower-cased view unless they say otherwise.
"""

import re
from functools import cache

from extractors.tables import law_names
from extractors.view import UPPER

ORDINAL = r"(?:\d{1,2}|[ivx]{1,5}|nhất(?!\slà\s)|hai|ba|tư|bốn|năm(?!\s\d{4})|sáu|bảy|tám|chín|mười(?:\s(?:một|hai|ba|bốn|lăm))?)(?!\w)"
CENTRAL = r"(?:trung\sương|t\.ư|tư|tw)(?:\sđảng)?"
TERM = r"(?:,?\s\(?khóa\s(?:[ivxl]{1,6}|\d{1,2})(?!\w)(?:\)|(?=,))?)"
YEARS = r"(?:,?\s\(?(?:nhiệm\skỳ|giai\sđoạn)\s\d{4}\s?-\s?\d{4}\)?)"
YEAR = r"(?:,?\s(?:năm\s)?(?:19|20)\d\d(?![\d/]))"
_LETTERS = r"(?:\s\([a-zđ&]{2,8}\))"
"""What a law is called for short, between its name and its year."""
_RESOLVED = r"(?<!\w)(?:(?P<type>nghị\squyết|kết\sluận|chỉ\sthị)\s|nq\s?)"
"""The type; "NQ" is the first."""


@cache
def plenums() -> re.Pattern[str]:
    """Resolutions of plenums of the Central Committee; groups: type, of, body, terms."""
    committee = (
        rf"(?:của\s)?hội\snghị\s(?:lần\sthứ\s{ORDINAL},?\s)?(?:của\s)?(?P<body>(?:ban\schấp\shành|bch)\s{CENTRAL})"
        rf"(?:\slần\sthứ\s{ORDINAL})?"
    )
    short = rf"(?P<of>của\s)?(?:hội\snghị\s)?(?:lần\sthứ\s{ORDINAL}\s)?{CENTRAL}(?:(?:\slần\sthứ)?\s{ORDINAL}|(?<=tw)\d{{1,2}}(?!\w))(?:\s\(lần\s\d\))?"
    return re.compile(rf"{_RESOLVED}(?:{committee}|{short})(?P<terms>{TERM})?")


@cache
def plenum_before() -> re.Pattern[str]:
    """ "Hội nghị Trung ương 6 khóa X đã": a plenum as the subject of a verb, at the end of a slice."""
    return re.compile(
        rf"(?<!\w)(?P<plenum>hội\snghị\s(?:lần\sthứ\s{ORDINAL},?\s)?(?:ban\schấp\shành\s|bch\s)?{CENTRAL}(?:\slần\sthứ)?(?:\s{ORDINAL})?)"
        rf"{TERM}?(?:\s(?:đã|vừa|thống\snhất|quyết\sđịnh)){{0,3}}\s$"
    )


PLENUM = re.compile(rf"hội\snghị\s{CENTRAL}(?:\slần\sthứ)?\s{ORDINAL}")
"""A plenum that issues, as it is printed: "Hội nghị Trung ương 5"."""
SESSION = re.compile(
    rf"(?<!\w)(?P<type>nghị\squyết)\s(?:của\s|tại\s)?kỳ\shọp\s(?:lần\s)?thứ\s{ORDINAL},?\s(?:của\s)?(?=quốc\shội|hội\sđồng\snhân\sdân|hđnd)"
)
"""A resolution of a session, up to the assembly."""
MORE_TERMS = re.compile(r",\s(?P<term>[ivx]{2,6}|\d{1,2})(?=\)|(?:,| và)\s|\s?[;.])\)?")
"""A further term of one phrase: "Nghị quyết Trung ương 4 (khóa XI, XII)"."""


CONGRESS = re.compile(
    r"(?<!\w)(?P<type>[Nn]ghị\s[Qq]uyết|NGHỊ\sQUYẾT)\s(?:của\s)?(?:Đại\shội|ĐẠI\sHỘI|đại\shội(?=[^,;.\n]{0,60}\slần\sthứ\s))"
    r"(?:\s(?:đại\sbiểu|Đại\sbiểu|ĐẠI\sBIỂU))?"
)
"""The head of a resolution of a congress, in the cased view; a small "đại hội" without an ordinal is generic."""
CONGRESS_OF = re.compile(
    r"\s(?:toàn\squốc|đoàn(?:\s(?:toàn\squốc|tỉnh|thành\sphố|huyện|quận|thị\sxã))?(?=\s(?:lần\sthứ|khóa|[ivx]{1,6}(?!\w)))|đảng(?:\stoàn\squốc)?(?=\s(?:lần\sthứ|khóa|[ivx]{1,6}(?!\w)|\d{1,2}(?!\w)))|đảng\sbộ\s(?:tỉnh|thành\sphố|huyện|thị\sxã|quận|xã|phường|khối|trường)(?!\w))"
)
CONGRESS_ORDINAL = re.compile(
    rf"(?:\stoàn\squốc)?\s(?:lần\sthứ\s{ORDINAL}|khóa\s[ivxl\d]{{1,6}}(?!\w)|[ivxl]{{1,6}}(?!\w)|\d{{1,2}}(?=\s(?:của\s)?đảng(?!\w)|\s?[,.;:)\n]\D|$))"
)
CONGRESS_TAIL = re.compile(r"(?:\scủa\sđảng|\sđảng|\sđoàn\stoàn\squốc)(?!\s(?:bộ|ủy|viên|ta)\b)(?!\w)")
MORE_CONGRESSES = re.compile(
    r"(?:,\s|\svà\s)(?:lần\sthứ\s)?(?P<term>[IVX]{1,6})(?!\w|\.\d)(?:\scủa\sĐảng(?!\s(?:bộ|ủy|viên)))?"
)
"""A further congress of one phrase: "Đại hội lần thứ XII, XIII của Đảng", in the cased view."""
CONGRESS_YEARS = re.compile(YEARS)

NOT_CODES = r"(?<!đồng\s)(?<!toàn\s)(?<!nội\s)(?<!cán\s)(?<!tiến\s)"
"""Before "bộ" that ends another word: "đồng bộ Luật Cán bộ, công chức"."""


_SHORT = {"hội đồng nhân dân": "hđnd", "ủy ban nhân dân": "ubnd", "quy phạm pháp luật": "qppl"}
"""Letters that stand for words inside names of laws."""


@cache
def laws() -> re.Pattern[str]:
    """Laws by name; groups: kind, name."""
    names = sorted({row.name.lower() for row in law_names()}, key=len, reverse=True)
    alternatives = "|".join(re.escape(name).replace(",", r"\s?,") for name in names)
    for full, short in _SHORT.items():
        alternatives = alternatives.replace(re.escape(full), f"(?:{re.escape(full)}|{short})")
    alternatives = alternatives.replace(r"\ ", r"\s")
    kind = rf"(?P<kind>{NOT_CODES}bộ\sluật|luật|pháp\slệnh)"
    return re.compile(
        rf"(?<!\w)(?<!pháp\s)(?<!kỷ\s){kind}\s(?:về\s)?(?P<name>{alternatives})(?!\w)(?:{_LETTERS}?{YEAR})?"
    )


NUMBER_BEHIND = re.compile(r"\s{0,2}số\s{0,2}:?\s{0,2}\d")
"""A number behind a name: the mention is a numbered one."""
AMENDING_LAW = re.compile(
    r"(?<!\w)(?P<kind>bộ\sluật|luật|pháp\slệnh|nghị\squyết)\ssửa\sđổi\s?,?\sbổ\ssung\s[^.;:]{0,60}?của\s(?:các\s)?$"
)
"""What stands before the first law that another law amends, at the end of a slice."""
AND_LAW = re.compile(r"(?:,|\svà|,\svà)\s")
UNKNOWN_LAW = re.compile(
    r"(?<!\w)(?P<kind>Bộ luật|Luật|Pháp lệnh)\s(?!sư|gia|khoa|pháp|số|[Ss]ửa)(?=["
    + UPPER
    + r"])[^\W\d]{1,7}(?:\s[^\W\d]{1,7}){0,6}?"
    r"(?:(?:\snăm)?\s(?:19|20)\d\d(?![\d/])|(?=\s?[,;.:()\"\n]|\s(?:của|và|quy|được|đã|có|là|về|để|theo|trong|này|ngày|cho|với|tại|hiện|gồm|cũng|sẽ|nêu)\s|$))"
)
"""A law that the table does not hold, in the cased view: capitals, and a mark or a small word behind the name."""
CONSTITUTION = re.compile(
    r"(?<!\w)(?:[Hh]iến\s[Pp]háp|HIẾN\sPHÁP)(?:\snước\s(?:Cộng\shòa\sxã\shội\schủ\snghĩa|CHXHCN)\sViệt\sNam)?(?:,?\s(?:năm\s|NĂM\s)?(?:19|20)\d\d(?!\d))?"
)
STATUTES = re.compile(
    r"(?<!\w)(?<!vốn\s)(?P<type>[Đđ]iều\slệ|ĐIỀU\sLỆ)\s(?P<of>(?:Đảng|ĐẢNG(?:\sCỘNG\sSẢN\sVIỆT\sNAM)?(?!\s[A-ZĐ]))(?:\s[Cc]ộng\s[Ss]ản\s[Vv]iệt\s[Nn]am)?(?!\s(?:bộ|ủy|viên))(?:\s(?:năm\s)?(?:19|20)\d\d(?![\d/]))?)?"
)
"""Statutes of the Party, or of a body that the units know."""

PLANS = r"Kế hoạch|Đề án|Chương trình hành động|Chương trình(?!\shành\sđộng)|Chiến lược|Quy chế|Quy hoạch|Phương án"
_QUOTED_ACTS = (
    r"[Cc]hỉ thị|[Nn]ghị quyết|[Tt]hông tri|[Tt]hông cáo|[Ll]ời kêu gọi|Hướng dẫn|Kết luận|Quyết định|Thông báo"
)
QUOTED_PLAN = re.compile(
    rf"(?<!\w)(?P<type>(?:{PLANS}|kế hoạch|đề án|chương trình|chiến lược|quy chế|Quy định)(?=\s\")"
    rf"|(?:{_QUOTED_ACTS})(?=\s\"[{UPPER}\d]))\s"
)
"""A plan with its title in quotes behind the type, in the cased view; a directive or a resolution whose title has a capital."""
PLAN_IN_QUOTES = re.compile(
    r"\"(?P<type>Chương trình hành động|Chương trình|Đề án|Chiến lược|Kế hoạch|Quy hoạch)(?:\squốc\sgia)?(?:\svề)?\s(?=\w)"
)
"""A plan whose title, type word included, stands in quotes."""
_ACTS = (
    r"triển\skhai|thực\shiện(?!\s(?:Đề án|Kế hoạch)[,.;])|tổ\schức|phát\s(?:triển|động)|tuyên\struyền|chuyển\sđổi|nâng\scao|xây\sdựng"
    r"|đào\stạo|bồi\sdưỡng|kiểm\stra|giám\ssát|sắp\sxếp|hợp\snhất|thành\slập|tăng\scường|đẩy\smạnh|bảo\s(?:vệ|tồn)|phòng,|hỗ\strợ"
    r"|tổng\sthể|đổi\smới|cải\scách|ứng\sdụng"
)
"""Words with which the title of a plan begins that a preposition alone leads to."""
_CARRYING_OUT = r"(?:Chương trình hành động|Kế hoạch|Đề án)\s(?:(?:tổ chức|triển khai)\s){0,2}thực hiện\s(?:Nghị quyết|Chỉ thị|Kết luận|Quyết định|Quy định)\s"
"""A plan told by the document that it carries out needs nothing to lead to it."""
AMENDING_MANY = re.compile(
    r"(?<!\w)(?P<kind>Luật|Pháp\slệnh)\s[sS]ửa\sđổi,?\sbổ\ssung\smột\ssố\sđiều\scủa\s(?:các|\d{1,2})\s(?:[lL]uật|[pP]háp\slệnh)"
    r"\scó\sliên\squan(?:\sđến\s[^\d,;.()\n]{2,60}?)?(?=[,;.()\n]|$|\s(?:ngày|năm|số|được|đã)\s)"
)
"""A law that amends so many others that its name counts them."""
TITLED_PLAN = re.compile(
    rf"(?:(?<=hành )|(?<=duyệt )|(?<=hiện )|(?<=khai )|(?<=dựng )|(?<=về )|(?<=qua )|(?<=Căn cứ )|(?<=và )|(?<=; )|(?<=này )"
    rf"|(?<=đây là )|(?<=trong )(?=Quy định về)|(?<=của )(?=Quy định về)"
    rf"|(?:(?<=của )|(?<=heo )|(?<=tại )|(?<=trong )|(?<=với ))(?=(?:Đề án|Kế hoạch|Chiến lược)\s(?:[{UPPER}]|(?:{_ACTS})\s))"
    rf"|(?={_CARRYING_OUT}))(?P<type>{PLANS}|Quy định)\s"
    r"(?!(?<=ương.trình.)làm\sviệc\s|trích\s|ở\s|nhằm\s|thuộc\s|trong\s|lồng\s|phù\shợp|kịp\sthời|hiệu\squả|nghiêm\stúc|đồng\sbộ|đúng\s|cụ\sthể|chi\stiết|chung\s|riêng\s|hằng\s|hàng\s|đề\sra|số(?![^\W\d])|này(?!\w)|trên\s|nói\s|nêu\s|của\s|được\s|đã\s|có\s|là\s|và\s|do\s|tại\s|theo\s|đến\s|cho\s|với\s|từ\s|để\s|khi\s|như\s|sẽ\s|cần\s|phải\s|gồm\s|trình\s|năm\s|công\stác\snăm\s|toàn\skhóa|(?:tổ\schức|triển\skhai)(?:\sthực\shiện)?\s(?:như|này|với|trong|đảm|bảo|cụ|chi)\s)(?=[^\W\d])"
)
"""A plan with its title in words behind the type, in the cased view; only where a verb or "về" leads to it, or what it carries out tells it."""
BY_BODY = re.compile(r"\sdo\s(?=[^,;.\n]{3,80}?\s(?:ban\shành|trình)(?!\w))")
"""Behind the title of a plan, who issued it."""
EVERY_YEAR = re.compile(r"(?<!\w)(?:hằng|hàng|từng|mỗi) (?:năm|giai đoạn|nhiệm kỳ)$")
"""The end of a title that many plans have."""
KIND_OF_REPORT = re.compile(
    r"(?<!\w)(?P<type>Báo\scáo|báo\scáo)\s(?P<kind>[sS]ơ\skết|[tT]ổng\skết|[cC]hính\strị|[tT]hẩm\stra|[tT]hẩm\sđịnh|(?<=B.{7})giải\strình)(?!\w)"
)
NEW_DOCUMENT = re.compile(
    r"(?<!\w)(?P<type>nghị\squyết|chỉ\sthị|quyết\sđịnh|quy\sđịnh|kết\sluận|hướng\sdẫn)\s(?:mới|chuyên\sđề)(?!\w)"
)
"""A document announced as new, before its subject ("ra Chỉ thị mới về …")."""
ISSUED_ABOUT = re.compile(
    r"(?<!\w)(?P<type>thông\sbáo|kết\sluận|nghị\squyết|chỉ\sthị|quyết\sđịnh|hướng\sdẫn)(?=\svề\s)"
)
"""A document told by its issuer and subject alone ("ra thông báo về kỳ họp")."""
ABOUT_OF = re.compile(r"(?<!\w)(?P<type>thông\sbáo|kết\sluận|nghị\squyết|chỉ\sthị|quyết\sđịnh)\scủa\s")
"""The same with its issuer behind it ("kết luận của Thường trực Thành ủy về …")."""
WORKING_RULES = re.compile(r"(?<!\w)(?P<type>quy\schế)\slàm\sviệc(?=\scủa\s)")
"""Rules of procedure, told by whose they are, in the lower-cased view."""
DRAFT = re.compile(r"(?<!\w)(?:dự\sthảo|dự\sán|dự)\s(?:đề\scương\s(?:chi\stiết\s)?)?$")
"""Before a document that is not yet one, at the end of a slice."""
MANY = re.compile(r"(?<!\w)(?:các|những|nhiều|mọi|một\ssố|\d{1,3}|đã|đang|sẽ|phải)\s$")
"""Before reports that are many, or before a body's reporting, at the end of a slice."""
WISHED = re.compile(
    r"(?<!\w)(?:đề\sxuất|đề\snghị|kiến\snghị|sẽ|dự\skiến|dự\sthảo|cần|nếu|xem\sxét|trình|nhiều|các|những|một\ssố|mọi)(?!\w)"
)
"""Words that make a document one that does not exist yet, or many."""
ASKED = re.compile(r"(?<!\w)(?:đề\sxuất|đề\snghị|kiến\snghị|xin|trình|tham\smưu)\s(?:cho\s|để\s|với\s|lên\s)?$")
"""A word that asks the body behind it for a document, at the end of a slice."""
