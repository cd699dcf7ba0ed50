"""Where the subject of a document ends: "về nâng cao chất lượng …, đáp ứng yêu cầu …" holds commas of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extractors.references.grammar import type_names
from extractors.references.subjects import known_end
from extractors.view import UPPER, View, last_end

LONGEST = 600
"""Longest subject that is read, in characters."""
REACH = 200
"""How far before a subject its sentence may begin whose opening is looked at, in characters."""
_ABOUT = re.compile(r"(?:về việc|về|v/v)\s")
"""What leads to a subject and is no part of it."""
_DAY = r"ngày \d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?(?=,? )(?!,? (?:của|về|do|quy định|sửa|ban hành|\())"
"""A day on which something else happened; that of a document that the subject names is followed by whose it is."""
_OPENERS = (
    "đã", "đang", "coi", "tránh", "giao", "hẹn", "buộc", "lấy", "nhờ", "đặt", "xác định", "chú trọng", "phấn đấu", "đến năm", "yêu cầu", "đề nghị các",
    r"để (?:chủ động|kịp thời)", "trong đó", "theo đó", "qua đó", "từ đó", "do đó", "nhờ đó", "do vậy", "đồng thời", "cụ thể", "góp phần", "bao gồm", "gồm",
    "nhất là từ khi", "đến nay", "tuy nhiên", "bên cạnh", "cùng với", "ngay sau", "sau khi", "trên cơ sở", "thời gian qua",
    "những năm qua", "hiện nay", "hôm nay", "hoàn thành", "tổ chức hội nghị", "báo cáo cấp", "để trình", r"(?:từ )?năm \d{4}", _DAY,
    r"(?:kể )?từ ngày \d", r"quyết (?:nghị|định)(?= ?:)",
    r"(?:ủy ban|hội nghị|đoàn kiểm tra|tổ kiểm tra|tập thể) (?:nhận thấy|xét thấy|kết luận|nhận định|thống nhất|khẳng định)",
    r"với \w{1,7} (?:nội dung|phương châm)", "các từ ngữ",
    r"(?:khẳng định|nhấn mạnh|xác định|nhận định|đánh giá|quy định|nêu)(?= ?:)", "nêu rõ", "chỉ rõ", "khẳng định rõ",
)  # fmt: skip
"""Words that open a clause of their own after a comma."""
_SUBJECTS = (
    "cấp ủy", "đảng ủy", "chi bộ", "đảng bộ", "huyện", "xã", "tỉnh", "đồng chí", "thành phố", "thị xã", "đảng viên", "cán bộ",
    "các cấp", "các chi bộ", "các địa phương", "các đơn vị", "các huyện", "các xã", "các cơ quan", "các ngành", "các tổ chức",
)  # fmt: skip
"""Common nouns that are the subject of a clause after a comma, if a verb follows."""
_VERBS = (
    "đã", "đang", "sẽ", "cũng", "vừa", "luôn", "tổ chức", "ban hành", "chỉ đạo", "lãnh đạo", "yêu cầu", "đề nghị", "xây dựng",
    "triển khai", "tập trung", "thực hiện", "nhận thấy", "xem xét", "đánh giá", "hướng dẫn", "quyết định", "quy định",
    "kết luận", "thống nhất", "nhấn mạnh", "khẳng định", "cho rằng", "giao", "công bố", "thông báo", "cho biết", "phát động",
    "xuất bản", "phát hành", "khai mạc", "bế mạc", "sơ kết", "tổng kết", "quán triệt", "chỉ định", "bổ nhiệm", "phân công",
)  # fmt: skip
_STATED = (
    "đã được", "đã chính thức", "đã nêu", "được ban hành", "ban hành kèm theo",
    "kèm theo", r"được (?:triển khai|duy trì|thực hiện)(?= (?:rất )?(?:tốt|khá|(?:có )?hiệu quả|nghiêm|đầy đủ|kịp thời|thường xuyên|rộng|sâu|đồng bộ|nền nếp))",
    r"phải (?:chủ động|gắn)", "có hiệu lực", "hết hiệu lực", "theo đề xuất của", "nêu rõ", "quy định rõ",
    "yêu cầu", "đã chỉ rõ", "chỉ rõ", "đã và đang", r"và coi (?:đây|đó|này)", r"đã (?:đề cập|đưa ra|bổ sung)",
    r"đã (?:góp phần|tạo|mang lại|giúp|trở thành|đem lại|đi vào)",
    r"đặt ra (?:các |những )?(?:mục tiêu|yêu cầu|nhiệm vụ|chỉ tiêu)", r"(?:nêu|ghi|quy định)(?=:)",
    r"đã (?:xác định|đề ra|khẳng định|quy định|nhấn mạnh|đặt ra|cho thấy|mở ra)(?= (?!trong|tại|ở|theo|từ|của|nêu)|:)", "thì", "trong đó", "một trong những",
    r"và các văn bản (?:hiện hành|(?:có )?liên quan|khác|chỉ đạo|hướng dẫn)", "chi tiết ra sao", "ra sao", "như thế nào", "là gì", r"với \d+(?:/\d+|[,.]?\d*%)",
    "sớm hơn", r"và ý kiến (?:thảo luận )?của (?:các )?(?:vị )?đại biểu",
)  # fmt: skip
"""What a sentence says of a document behind its subject, and what a headline asks."""
_FRONTED = re.compile(
    r"[ \t\-+–*•\d.)]{0,8}(?:(?:trong )?(?:thời gian|những năm|năm) (?:qua|\d{4}), )?"
    r"(?:(?:để|nhằm|tiếp tục|tổ chức|nghiêm túc|quán triệt|quán triệt và|học tập và) ){0,2}"
    r"(?:thực hiện|triển khai|quán triệt|chấp hành|hưởng ứng|cụ thể hóa|bám sát|căn cứ|theo|từ|sau|nhờ|trên cơ sở|xuất phát từ|với)\s"
)
"""Words with which a sentence opens whose main clause follows a comma."""
_MAIN = re.compile(
    r"(?:(?:cán bộ|đoàn viên|hội viên|đảng viên)(?:, [^\W\d]{1,7}(?: [^\W\d]{1,7}){1,2}){1,2} )?"
    r"(?:(?:chúng tôi|tôi|họ|mọi người|bà con|người dân|hầu hết|phần lớn|đa số|không ít|mỗi)(?!\w)"
    r"|(?:các )?cấp ủy(?: đảng)?, (?:chính quyền|tổ chức)"
    r"|[^\s,;.]{1,12}(?: [^\s,;.]{1,12}){0,8}? (?:đã|đang|sẽ|luôn|phải|đều|vẫn|cùng nhau|nhận thấy|xét thấy)(?=[ :])(?! được | nêu ))"
)
"""The main clause behind it: who does something, and a word that only a verb has before it."""
_PERSON = re.compile(rf"(?:ông|bà|anh|chị|cụ|cô|thầy|em|đồng chí) [{UPPER}]")
"""A person who does something, in the cased view."""
_ENACTING = re.compile(
    r" (?=(?:chủ tịch|thủ tướng|bộ trưởng|giám đốc|ủy ban|hội đồng|chính phủ|quốc hội|ban chấp hành|ban thường vụ)(?!\w)[^\n,;.]{0,80}"
    r"\n\s?(?:[-+] ?)?(?:căn cứ|xét|theo|thực hiện) )"
)
"""Before the line of the body that enacts, between a heading in capitals and the grounds."""
HEADING = 12
"""Characters in capitals by which a subject in a heading is told."""
_SINGLE = re.compile(r"'(?P<title>[^'\n]{3,400})'(?!\w)")
"""A subject in single quotes."""
_GOES_ON = re.compile(
    r"\"|(?:giai đoạn|đến năm|năm|nhiệm kỳ|thời kỳ|tầm nhìn|phiên bản|tỉnh|thành phố|huyện|xã|phong trào|cuộc vận động|đề án)(?!\w)"
)
"""How a subject may go on behind a name in quotes and a comma."""
_SENTENCE_BEHIND = re.compile(rf"[.!?][\"'*]{{1,4}}\s(?=[{UPPER}])")
"""The end of a sentence inside the quotes that end with it, in the cased view."""
_SENTENCE_END = re.compile(rf"(?<=[^\W\d_{UPPER}]|\d)[.!?]\s(?=[{UPPER}])")
"""Where a subject ends that quotes open and never close, in the cased view."""
_EMPHASIS = re.compile(r"\*{0,3}")
"""Markdown's marks before a subject in bold or italics, which end it where they stand again."""
_NESTS = ("quote", "open", "close", "marked", "unmarked")
_MEETINGS = "đại hội|trung ương|hội nghị"


@cache
def _next_document() -> re.Pattern[str]:
    """The mark before a further document of a list."""
    return re.compile(rf"[;…]\s(?=(?:{type_names()})\ssố\s\d)")


@cache
def _stops() -> re.Pattern[str]:
    """What ends a phrase for certain, in quotes that are never closed too ("beyond"), or may end it (a comma, a bracket, "và" before another document)."""
    return re.compile(
        rf"(?P<beyond>\s?\*\*\^|\s\*{{1,3}}(?=\s)|{_next_document().pattern})"
        r"|(?P<hard>\n|;|\./|\s?\[\d{1,3}\]|[.!?]++(?=\s|$|\"|\)|\*|\[\d)|(?<=[^\W\d]{3})\.(?=[^\W\d]{2,8}\s)|\s?\|"
        r"|\s?\((?:sau đây|gọi tắt|viết tắt|số|kèm|trình|được sửa|đã được|lưu ý|hình từ|hình ảnh|ảnh|có hiệu lực)(?!\w)"
        r"|\s?\((?:nguồn:|(?:gồm \d+|hiệu lực từ|ban hành (?:kèm|ngày|theo))(?!\w))"
        r"|\s?\((?:sửa đổi,? )?bổ sung (?:tại|bởi|theo|bằng)|\s?\([^()\s]{2,8} [^()\s]{2,8} có hiệu lực)"
        rf"|\s?\((?=(?:{type_names()})(?:\s[^\W\d]{{1,6}}){{0,2}}\s(?:số\s)?\d{{1,4}}(?:[-/][^()\s]{{1,20}}(?:,?\s?ngày\s[\d/.-]{{6,10}})?)?\)(?:[,.;:\n]|\sđã\s))"
        r"|(?:,\s(?:thực hiện |cụ thể )?|\s(?:cụ thể |(?:với|gồm) (?:các )?nội dung (?:chính |chủ yếu |cụ thể )?)?)như sau(?!\w)"
        r"|\svới (?:các|những) nội dung (?:chính |chủ yếu |cụ thể )?sau(?= ?:)"
        rf"|(?P<ref>(?:,| và)\s(?:các\s)?(?=(?:{type_names()})\s(?:(?:số\s)?\d|{_MEETINGS}))"
        rf"|(?<!nghị quyết)(?<!chỉ thị)(?<!kết luận)(?:,| và)\s(?:các\s)?(?=(?:{type_names()})\scủa\s[^,;.\n]{{2,60}}\svề\s)"
        rf"|,\s(?=(?:(?:đã|thống nhất|quyết định)\s){{0,2}}(?:ban hành|ra)\s(?:{type_names()})\s)"
        rf"| và\s(?=(?:ban hành|ra)\s(?:{type_names()})\s(?:số\s)?\d)|(?<=\") và\s(?=(?:{type_names()})\scủa\s)"
        rf"|\s(?:để thay|thay thế|thay cho|thay)(?:\s(?:cho|các))?(?=\s(?:{type_names()})\s(?:số\s)?\d)"
        r"|(?: và|,)\s(?=(?:điểm|khoản|điều)\s[\da-zđ]{1,4}(?!\w)))"
        r"|(?P<open>\s?\()|(?P<close>\))|(?P<quote>\"|'')|(?P<comma>,\s)"
        r"|(?P<marked>(?<![^\s(\"])\*{1,3}(?=[^\s*])|\[)"
        r"|(?P<unmarked>(?<=[^\s*])\*{1,3}(?=[\s.,;:)\]\"]|$)(?! (?!(?:của|do|ngày|cho|ở|tại|đã|được|đang|sẽ|có|là|theo|trong) )[^\W\d])|\])"
        rf"|(?P<verb>\s(?:{'|'.join(_STATED)})(?!\w))"
    )


@cache
def _carrying_out() -> re.Pattern[str]:
    """A subject that so far is a verb of carrying out and the name of a document."""
    return re.compile(
        rf"(?:tiếp tục |triển khai |tổ chức |quán triệt |về |việc )*thực hiện (?:{type_names()})\s(?:(?! về )[^,;.\n]){{1,90}}"
    )


@cache
def _clause() -> re.Pattern[str]:
    """The beginning of a clause of its own."""
    return re.compile(
        rf"(?:{'|'.join(_OPENERS)})(?!\w)|(?:{'|'.join(_SUBJECTS)})(?: [^\s,;.\n]{{1,9}}){{0,8}}? (?:đã|đang|sẽ|luôn)\s"
    )


@cache
def _verb_of_body() -> re.Pattern[str]:
    """A verb right behind a body, or behind what specifies it."""
    more = r" \([^()\n]{0,40}\)| khóa \w{1,5}| nhiệm kỳ [\d -]{4,11}| tỉnh| huyện| (?:cùng|và) [^,;.\n]{1,60}?"
    return re.compile(rf"(?:{more}){{0,3}}\s(?:{'|'.join(_VERBS)})\s")


def title_end(seen: View, at: int, bodies: Mapping[int, int]) -> tuple[int, int]:
    """The slice of the subject that begins at `at`, without its quotes.

    `bodies` are starts and ends of named bodies: one after a comma with a verb behind it opens the main
    clause ("…, Tỉnh ủy đã ban hành").
    """
    at += len(emphasis[0]) if (emphasis := _EMPHASIS.match(seen.cased, at)) else 0
    if seen.cased[at : at + 1] == '"':
        return _quoted(seen, at)
    if single := _SINGLE.match(seen.cased, at):
        return single.span("title")
    limit = _above_body(seen, at, min(len(seen.cased), at + LONGEST))
    end = max(_phrase_end(seen, at, limit, bodies, _is_fronted(seen, at)), known_end(seen, at, limit) or at)
    begin = at - len(emphasis[0]) if emphasis and "*" in seen.cased[at:end] else at
    return begin, at + len(seen.cased[at:end].rstrip(" \n,:-"))


def _above_body(seen: View, at: int, limit: int) -> int:
    """Where a heading ends above the body that enacts, whose line was joined with its own."""
    if not seen.cased[at : at + HEADING].isupper():
        return limit
    lines = (found.start() for found in _ENACTING.finditer(seen.lower, at, limit))
    return next((line for line in lines if seen.text[seen.start(line)] == "\n"), limit)


def without_lead(seen: View, at: int) -> int:
    """Where a subject begins behind the "về" or "về việc" that may lead to it at `at`."""
    lead = _ABOUT.match(seen.lower, at)
    return lead.end() if lead else at


def _is_fronted(seen: View, at: int) -> bool:
    """Whether the sentence opens with what leads to the document alone: "Thực hiện Chỉ thị … về …, chi bộ …"."""
    floor = max(0, at - REACH)
    begins = last_end(seen.lower, (". ", "\n", "; ", "! ", "? "), floor, at)
    start = max(floor, begins)
    opens = _FRONTED.match(seen.lower, start, at) if begins >= 0 or not floor else None
    return opens is not None and not re.search(r" (?:đã|đang|sẽ|ban hành) ", seen.lower[start:at])


def _quoted(seen: View, at: int) -> tuple[int, int]:
    """Content of quotes; quotes nest, and a lost closing quote ends with the line or before the next document."""
    depth, position = 0, at
    limit = min(len(seen.cased), at + LONGEST)
    while position < limit:
        char = "\n" if seen.cased[position] == "\n" else seen.text[seen.start(position)].replace("\n", " ")
        if char in "“„«" or (char == '"' and _opens(seen.cased, position)):
            depth += 1
        elif char in "”»" or char == '"':
            depth -= 1
        if depth <= 0 or char == "\n":
            break
        position += 1
    if depth > 0:
        lost = (_next_document().search(seen.lower, at, position), _SENTENCE_END.search(seen.cased, at, position))
        position = min((found.start() for found in lost if found), default=position)
        position = at + len(seen.cased[at:position].rstrip(" .,;"))
    return without_lead(seen, at + 1), position


def _opens(cased: str, at: int) -> bool:
    before, after = cased[at - 1 : at], cased[at + 1 : at + 2]
    return (not before or before in ' (\n"') and after not in (" ", "", ".", ",", ";", "\n")


@dataclass(slots=True)
class _Nesting:
    """What a subject has opened and not yet closed: brackets, a quote, Markdown's bold or italics or a square bracket."""

    depth: int = 0
    quoted: bool = False
    marked: bool = False

    def leaves(self, kind: str, opens: bool) -> bool:
        """Take note of one such mark, of which a quote `opens` or not; whether it closes what stands around the subject."""
        if kind == "quote":
            self.quoted = not self.quoted
            return self.quoted and not opens
        if kind in ("open", "close"):
            self.depth += 1 if kind == "open" else -1
            return self.depth < 0
        before, self.marked = self.marked, kind == "marked"
        return not before and not self.marked


def _phrase_end(seen: View, at: int, limit: int, bodies: Mapping[int, int], fronted: bool) -> int:
    nesting = _Nesting()
    for stop in _stops().finditer(seen.lower, at, limit):
        kind, inside = stop.lastgroup or "", nesting.depth or nesting.quoted
        if kind in _NESTS:
            if nesting.leaves(kind, kind == "quote" and _opens(seen.cased, stop.start())):
                return stop.start()
            if kind == "quote" and not nesting.quoted and _SENTENCE_BEHIND.match(seen.cased, stop.start() - 1):
                return stop.end()
        elif _ends(seen, at, stop, nesting.depth, nesting.quoted, bodies) or (
            fronted and not inside and _is_main(seen, stop)
        ):
            return stop.start()
    return limit


def _carries_out(lower: str, at: int, stop: re.Match[str]) -> bool:
    """Whether "và" joins two documents that the subject carries out: "thực hiện Nghị quyết A và Nghị quyết B"."""
    return stop[0] == " và " and _carrying_out().fullmatch(lower, at, stop.start()) is not None


def _is_main(seen: View, stop: re.Match[str]) -> bool:
    at = stop.end()
    if stop.lastgroup == "comma" and seen.lower.startswith(("để ", "nhằm "), at):
        return True
    return stop.lastgroup == "comma" and bool(_MAIN.match(seen.lower, at) or _PERSON.match(seen.cased, at))


def _ends(seen: View, at: int, stop: re.Match[str], depth: int, quoted: bool, bodies: Mapping[int, int]) -> bool:
    if stop[0] == "." and seen.cased[stop.end() : stop.end() + 1].islower():
        return False  # no sentence begins behind it
    if stop.lastgroup in ("hard", "beyond"):
        return stop[0] == "\n" or stop.lastgroup == "beyond" or not quoted
    if depth or quoted:
        return False
    if stop.lastgroup != "comma":
        return not (stop.lastgroup == "ref" and _carries_out(seen.lower, at, stop))
    after = stop.end()
    if seen.cased.startswith('"', stop.start() - 1) and not _GOES_ON.match(seen.lower, after):
        return True
    named = after in bodies and _verb_of_body().match(seen.lower, _last_end(seen, bodies, after)) is not None
    return named or _clause().match(seen.lower, after) is not None


def _last_end(seen: View, bodies: Mapping[int, int], at: int) -> int:
    """The end of the last of the bodies that a comma joins, of which the first begins at `at`."""
    end = bodies[at]
    while seen.lower.startswith(", ", end) and end + 2 in bodies:
        end = bodies[end + 2]
    return end
