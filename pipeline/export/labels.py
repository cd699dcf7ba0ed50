"""Words of pictures, pages and calendars in Vietnamese and English, and how long ones are cut."""

from collections.abc import Sequence
from typing import Literal

Language = Literal["vi", "en"]
LABELS: dict[Language, dict[str, str]] = {
    "vi": {
        "timeline": "Dòng thời gian ban hành văn bản", "date": "Ngày", "document": "Văn bản", "what": "Việc", "type": "Loại", "issuer": "Cơ quan ban hành",
        "place": "Địa bàn", "title": "Trích yếu", "count": "Số văn bản", "others": "loại khác", "other_issuers": "cơ quan khác", "unknown": "chưa rõ",
        "undated": "Không rõ ngày", "issued": "ban hành", "cited": "được dẫn", "amended": "được sửa đổi, bổ sung", "replaced": "bị thay thế, bãi bỏ",
        "reviewed": "được sơ kết, tổng kết", "term": "khóa", "before": "trước khóa I", "events": "việc",
        "astride": "Có thể thuộc nhiều kỳ, không tính vào kỳ nào",
    },
    "en": {
        "timeline": "Documents by date of issue", "date": "Date", "document": "Document", "what": "Event", "type": "Type", "issuer": "Issuer",
        "place": "Place", "title": "Subject", "count": "Documents", "others": "other types", "other_issuers": "other issuers", "unknown": "not known",
        "undated": "Without a date", "issued": "issued", "cited": "cited", "amended": "amended", "replaced": "replaced or repealed",
        "reviewed": "reviewed", "term": "term", "before": "before term I", "events": "events",
        "astride": "In one of several periods, counted in none",
    },
}  # fmt: skip
"""Words by language and name."""


def listed(what: str, names: Sequence[str], most: int) -> str:
    """How many there are of something, and their names as far as `most` letters hold them.

    >>> listed("Không rõ ngày", ["1-CT/TU", "2-CT/TU"], 90)
    'Không rõ ngày (2): 1-CT/TU; 2-CT/TU'
    """
    return shortened(f"{what} ({len(names)}): {'; '.join(shortened(name, most) for name in names)}", most)


def shortened(said: str, most: int) -> str:
    r"""Words on one line of at most `most` letters; the end of longer ones is left out.

    >>> shortened("Nghị quyết\nđại hội", 15), shortened("Nghị quyết đại hội", 12)
    ('Nghị quyết đại…', 'Nghị quyết…')
    """
    line = " ".join(said[: most * 2].split())
    return line if len(line) <= most and len(said) <= most * 2 else f"{line[: most - 1].rstrip()}…"
