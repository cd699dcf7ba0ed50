"""Tails of names that are said in the same words always: "Trung ương", "Đảng Cộng sản Việt Nam", a number."""

import re
from functools import cache

COUNTED = r" (?:năm|tháng|ngày|người|đồng|hộ|đảng viên)(?!\w)"
"""What a number counts that names no body: "Quân chủng Hải quân Việt Nam 40 năm"."""

FIXED = {
    "centre": r" (?:trung ương|tw|tư|t\.ư)(?: đảng(?: (?:cộng sản|lao động) việt nam)?)?",
    "plenum": r" (?:ban chấp hành|bch) (?:trung ương|tw)(?: đảng(?: (?:cộng sản|lao động) việt nam)?)?",
    "party": r" đảng(?: cộng sản(?: việt nam)?| lao động việt nam)?",
    "communist": r" cộng sản(?: việt nam)?| lao động việt nam",
    "cpv": r" đảng cộng sản việt nam",
    "cell": r" (?:đảng )?cộng sản(?: việt nam| đông dương)?",
    "youth": r" (?:tncs|thanh niên(?: cộng sản)?)(?: hồ chí minh)?",
    "nation": r" việt nam",
    "region": r" (?:(?:đông |tây )?nam (?:bộ|k[ỳì])|bắc (?:bộ|k[ỳì])|trung (?:bộ|k[ỳì])|tây nguyên|việt bắc|tây bắc|tả ngạn)",
    "republic": r" (?:nước )?(?:cộng hòa xã hội chủ nghĩa|chxhcn) việt nam| (?:nước )?việt nam dân chủ cộng hòa| việt nam",
    "army": r" quân đội nhân dân việt nam| qđnd(?: việt nam|vn)?",
    "numeral": r" (?:i{1,3}|iv|vi{0,3})(?= *(?:[,;:)(\n]|\.(?!\d)|$))",
    "number": rf" (?:số )?\d{{1,4}}(?![\d/]|[.,]\d|-\w| ?%|{COUNTED})",
    "zone": r" khu vực (?:\d{1,2}|[ivx]{1,5})(?![\d/]|[.,]\d|-\w| ?%)",
    "ordinal": r" (?:số )?\d{1,2}(?= *(?:[,;:)(]|\.(?!\d)|$|thuộc|đảng bộ))",
    "roman": r" [ivx]{1,5}",
    "branch": r" chi nhánh",
    "interim": r" lâm thời",
    "owner": r" của (?:tỉnh|huyện|xã|phường|thành phố|thị xã)",
    "assembly": r" (?:của )?quốc hội",
    "supreme": r" tối cao",
    "high": r" cấp cao(?: tại)?",
    "congress": r" đại hội [ivx]{1,6}(?: của đảng)?",
    "lands": r" \w{2,6}(?: ?- ?\w{2,6}){1,2}",
    "unit": r" (?:số )?(?:\d{1,4}[a-z]?|[ivx]{1,5})(?![\d/.,]\d|-\w)",
    "zones": r" (?:các )?(?:kcn|kkt|khu (?:kinh tế|công nghiệp|chế xuất|công nghệ cao|du lịch|di tích))"
    r"(?: và (?:các )?khu (?:kinh tế|công nghiệp|chế xuất))?(?: quốc gia(?: đặc biệt)?)?",
}
"""Tails that are said in the same words always."""


@cache
def fixed(step: str) -> re.Pattern[str]:
    """The pattern of a step of `FIXED`; KeyError for another step."""
    return re.compile(rf"(?:{FIXED[step]})(?!\w)")
