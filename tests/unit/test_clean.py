"""Cleaning: NFC, blocks that lose nothing, kinds, and the date and title of a plain text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.document import Piece, Source, Text
from tests.corpus import texts

PAGE = """Thứ Sáu, 14/6/2024
Vĩnh Phúc
Thứ Sáu, 30/11/2018 20:13'(GMT+7)

Đảng bộ thành phố đổi mới sinh hoạt chi bộ

Một buổi sinh hoạt của chi bộ tổ dân phố. Ảnh: An Bình

Một buổi sinh hoạt của chi bộ tổ dân phố. Ảnh: An Bình

Thành ủy ban hành Quyết định số 724 về việc thành lập tổ công tác. Tổ dự họp với chi bộ mỗi tháng.

Cách làm mới

Chi bộ họp chuyên đề, bàn sâu một việc rồi phân công từng đảng viên theo dõi đến khi xong.

Minh An

Phản hồi

Các tin khác

Thư viện ảnh"""


def cleaned(text: str) -> Text:
    return clean(Source("0" * 64, "text", (Piece(text),)))


def kinds(text: str) -> dict[str, str]:
    done = cleaned(text)
    return {done.text[block.start : block.end].split("\n")[0]: block.kind for block in done.blocks}


def test_a_saved_page() -> None:
    done = cleaned(PAGE)
    found = kinds(PAGE)
    assert done.title == "Đảng bộ thành phố đổi mới sinh hoạt chi bộ"
    assert (done.published, done.published_from) == ("2018-11-30", "masthead")
    assert done.byline == "Minh An"
    assert found["Thứ Sáu, 14/6/2024"] == "boilerplate"
    assert found["Thứ Sáu, 30/11/2018 20:13'(GMT+7)"] == "boilerplate"
    assert found["Một buổi sinh hoạt của chi bộ tổ dân phố. Ảnh: An Bình"] == "caption"
    assert found["Cách làm mới"] == "heading"
    assert found["Phản hồi"] == found["Thư viện ảnh"] == found["Các tin khác"] == "boilerplate"
    assert (
        found["Chi bộ họp chuyên đề, bàn sâu một việc rồi phân công từng đảng viên theo dõi đến khi xong."]
        == "paragraph"
    )


DIRECTIVE = """TỈNH ỦY BẮC GIANG
*
Số 27-CT/TU

ĐẢNG CỘNG SẢN VIỆT NAM

Bắc Giang, ngày 12
tháng 4 năm 2024

CHỈ THỊ
về bảo vệ rừng

Rừng của tỉnh còn nhiều nơi bị lấn chiếm, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy làm ngay những việc sau.

T/M BAN THƯỜNG VỤ

Nơi nhận:
- Các huyện ủy,
"""


def test_a_document() -> None:
    done = cleaned(DIRECTIVE)
    found = kinds(DIRECTIVE)
    assert (done.published, done.published_from) == ("2024-04-12", "letterhead")
    assert found["Số 27-CT/TU"] == found["ĐẢNG CỘNG SẢN VIỆT NAM"] == found["Bắc Giang, ngày 12"] == "letterhead"
    assert done.title == "CHỈ THỊ về bảo vệ rừng"
    assert found["T/M BAN THƯỜNG VỤ"] == found["Nơi nhận:"] == "signature"


def test_a_range_goes_on_over_a_line_end() -> None:
    text = "Họp chi bộ mỗi tháng một lần.\n| Khóa XII | 6 tháng 5, 2015\n– 8 tháng 6, 2020 |\nHết nhiệm kỳ thì bầu lại."
    assert kinds(text)["| Khóa XII | 6 tháng 5, 2015"] == "table"
    assert len(cleaned(text).blocks) == 3


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("\ufeffmột", "một"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        (unicodedata.normalize("NFD", "Đại hội"), "Đại hội"),
        ("Số: 9\u00adQĐ/TU, 30/2020/NĐ\u00adCP, 5/TTr\u00adSTC", "Số: 9-QĐ/TU, 30/2020/NĐ-CP, 5/TTr-STC"),
        ("Độc lập \u00ad Tự do, 2020\u00ad2025\n\u00ad Căn cứ", "Độc lập - Tự do, 2020-2025\n- Căn cứ"),
        ("tri\u00adển khai co\u00ad\noperation", "tri\u00adển khai co\u00ad\noperation"),
    ],
)
def test_normal_form(raw: str, text: str) -> None:
    assert cleaned(raw).text == text


def test_a_clean_text_file_is_its_own_text() -> None:
    for path in texts():
        if path.suffix in (".txt", ".md"):
            content = path.read_text("utf-8")
            assert cleaned(content).text == content


ANY = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\n\r \u2028|#-*")), max_size=200)


@given(ANY)
def test_blocks_lose_nothing(text: str) -> None:
    done = cleaned(text)
    assert all(before.end <= after.start for before, after in zip(done.blocks, done.blocks[1:], strict=False))
    inside = {at for block in done.blocks for at in range(block.start, block.end)}
    outside = "".join(char for at, char in enumerate(done.text) if at not in inside)
    assert not outside.strip()


@given(ANY)
def test_cleaning_is_idempotent(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once.text).text == once.text
