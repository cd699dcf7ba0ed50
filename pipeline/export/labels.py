"""Words of pictures, pages and calendars in Vietnamese and English."""

from typing import Literal

Language = Literal["vi", "en"]
LABELS: dict[Language, dict[str, str]] = {
    "vi": {
        "timeline": "Dòng thời gian ban hành văn bản", "date": "Ngày", "document": "Văn bản", "what": "Việc", "type": "Loại", "issuer": "Cơ quan ban hành",
        "place": "Địa bàn", "title": "Trích yếu", "count": "Số văn bản", "others": "loại khác", "other_issuers": "cơ quan khác", "unknown": "chưa rõ",
        "undated": "Không rõ ngày", "issued": "ban hành", "cited": "được dẫn", "amended": "được sửa đổi, bổ sung", "replaced": "bị thay thế, bãi bỏ",
        "reviewed": "được sơ kết, tổng kết", "term": "khóa", "before": "trước khóa I", "events": "việc",
    },
    "en": {
        "timeline": "Documents by date of issue", "date": "Date", "document": "Document", "what": "Event", "type": "Type", "issuer": "Issuer",
        "place": "Place", "title": "Subject", "count": "Documents", "others": "other types", "other_issuers": "other issuers", "unknown": "not known",
        "undated": "Without a date", "issued": "issued", "cited": "cited", "amended": "amended", "replaced": "replaced or repealed",
        "reviewed": "reviewed", "term": "term", "before": "before term I", "events": "events",
    },
}  # fmt: skip
"""Words by language and name."""
