"""The province of a text: found where it is plain, left open where it is not."""

import pytest

from extractors.province import find_province, province_of_site
from extractors.units import find_units


def province_of(text: str) -> str | None:
    found = find_province(text, find_units(text).items)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ban Thường vụ Tỉnh ủy Quảng Bình họp. Quảng Bình sẽ làm tốt.", "Quảng Bình"),
        ("Quảng Bình đổi mới sinh hoạt chi bộ\nTỉnh ủy đã ban hành quy định. UBND tỉnh thực hiện.", "Quảng Bình"),
        ("Đảng bộ huyện Lâm Bình họp. Xã Sơn Nam (Sơn Dương) làm điểm, huyện Lâm Bình rút kinh nghiệm.", "Tuyên Quang"),
        ("UBND thành phố Hồ Chí Minh chỉ đạo Công an TP.HCM kiểm tra tại H.Bình Chánh.", "Hồ Chí Minh"),
        ("UBND tỉnh Thừa Thiên - Huế trình phương án. Thừa Thiên - Huế đề nghị.", "Thừa Thiên Huế"),
        ("UBND thành phố báo cáo tại Huế\nThành ủy Huế đã kết luận, UBND thành phố thực hiện.", "Huế"),
    ],
)
def test_plain(text: str, name: str) -> None:
    assert province_of(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bộ Chính trị ban hành kết luận.",
        "Hà Nội, ngày 5 tháng 6 năm 2025. Ban Bí thư quy định như sau.",
        "Hội nghị tại Hà Nội có đại biểu của Nghệ An, Cà Mau, Lào Cai.",
        "UBND tỉnh Nghệ An và UBND tỉnh Hà Tĩnh ký kết. Tỉnh ủy Nghệ An, Tỉnh ủy Hà Tĩnh dự.",
        "Trường Đại học Luật Hà Nội tuyển sinh. Trường Đại học Luật Hà Nội mở lớp.",
        "BAN CHẤP HÀNH TRUNG ƯƠNG\n\nTỉnh ủy Nghệ An, UBND tỉnh Nghệ An gửi báo cáo.",
        "Tỉnh ủy đã ban hành quy định. UBND tỉnh thực hiện.",
    ],
)
def test_open(text: str) -> None:
    assert province_of(text) is None


def test_evidence_is_what_speaks_for_it() -> None:
    text = "Tỉnh ủy Quảng Bình họp tại Đồng Hới. Quảng Bình sẽ làm tốt."
    found = find_province(text, find_units(text).items)
    assert found is not None
    assert [unit.surface for unit in found.evidence] == ["Tỉnh ủy Quảng Bình", "Đồng Hới", "Quảng Bình"]


@pytest.mark.parametrize(
    ("address", "text", "name"),
    [
        ("https://baotuyenquang.com.vn/a.html", "Tỉnh ủy đã ban hành quy định.", "Tuyên Quang"),
        ("https://www.tinhuy.nghean.gov.vn/tin", "UBND tỉnh thực hiện.", "Nghệ An"),
        ("https://baodaklak.vn", "UBND tỉnh thực hiện.", "Đắk Lắk"),
        ("https://baotuyenquang.com.vn/a.html", "Bộ Chính trị ban hành kết luận.", None),
        ("https://vnexpress.net/baotuyenquang.vn", "Tỉnh ủy đã họp.", None),
        (None, "Tỉnh ủy đã họp.", None),
    ],
)
def test_address_of_the_page(address: str | None, text: str, name: str | None) -> None:
    found = province_of_site(address, find_units(text).items)
    assert (found and found.name) == name
