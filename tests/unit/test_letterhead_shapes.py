"""One document in every shape that extraction gives it has one header."""

from dataclasses import dataclass

import pytest

from extractors.models import Header
from tests.unit.test_letterhead import header_of, plain


@dataclass(frozen=True)
class Paper:
    """A document in parts; columns are lines, `number` is the last of the left, `day` the last of the right."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    number: str
    day: str
    heading: tuple[str, ...]
    body: tuple[str, ...]
    receivers: tuple[str, ...]
    signature: tuple[str, ...]
    header: dict[str, str]


STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
PAPERS = {
    "party": Paper(
        ("TỈNH ỦY TUYÊN QUANG", "BAN TUYÊN GIÁO", "*"),
        PARTY,
        "Số 91-HD/BTGTU",
        "Tuyên Quang, ngày 05 tháng 9 năm 2023",
        ("HƯỚNG DẪN", "đọc báo Đảng trong giờ sinh hoạt chi bộ", "-----"),
        ("Ban Tuyên giáo Tỉnh ủy hướng dẫn việc đọc báo như sau:", "1- Mỗi kỳ họp đọc một bài."),
        ("Nơi nhận:", "- Thường trực Tỉnh ủy,", "- Lưu BTG."),
        ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Ma Kim Oanh"),
        {
            "symbol": "91-HD/BTGTU",
            "doc_type": "hướng dẫn",
            "issuer": "TỈNH ỦY TUYÊN QUANG BAN TUYÊN GIÁO",
            "place": "Tuyên Quang",
            "issued": "2023-09-05",
            "title": "đọc báo Đảng trong giờ sinh hoạt chi bộ",
            "signer": "Ma Kim Oanh",
            "signer_post": "PHÓ TRƯỞNG BAN",
            "issuing_body": "Ban Tuyên giáo Tỉnh ủy Tuyên Quang",
            "issuing_place": "Tuyên Quang",
            "status": "signed",
        },
    ),
    "centre": Paper(
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "*"),
        PARTY,
        "Số 14-CT/TW",
        "Hà Nội, ngày 18 tháng 3 năm 2022",
        ("CHỈ THỊ", "CỦA BAN BÍ THƯ", "về giữ gìn di tích cách mạng", "-----"),
        ("Nhiều di tích đã xuống cấp. Ban Bí thư yêu cầu:", "1- Các tỉnh lập danh sách di tích."),
        ("Nơi nhận:", "- Các tỉnh ủy, thành ủy,", "- Lưu Văn phòng Trung ương Đảng."),
        ("T/M BAN BÍ THƯ", "Đinh Trọng Nhân"),
        {
            "symbol": "14-CT/TW",
            "doc_type": "chỉ thị",
            "issuer": "BAN CHẤP HÀNH TRUNG ƯƠNG",
            "place": "Hà Nội",
            "issued": "2022-03-18",
            "title": "giữ gìn di tích cách mạng",
            "signer": "Đinh Trọng Nhân",
            "issuing_body": "Ban Bí thư",
            "status": "signed",
        },
    ),
    "state": Paper(
        ("ỦY BAN NHÂN DÂN", "TỈNH NINH THUẬN"),
        STATE,
        "Số: 533/QĐ-UBND",
        "Ninh Thuận, ngày 22 tháng 10 năm 2020",
        ("QUYẾT ĐỊNH", "Về việc khoán nuôi bảo vệ rùa biển", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH NINH THUẬN"),
        ("Căn cứ Luật Thủy sản;", "QUYẾT ĐỊNH:", "Điều 1. Khoán cho 12 tổ cộng đồng."),
        ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, KTTH."),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Chamaléa Thị Bích"),
        {
            "symbol": "533/QĐ-UBND",
            "doc_type": "quyết định",
            "issuer": "ỦY BAN NHÂN DÂN TỈNH NINH THUẬN",
            "place": "Ninh Thuận",
            "issued": "2020-10-22",
            "title": "khoán nuôi bảo vệ rùa biển",
            "signer": "Chamaléa Thị Bích",
            "signer_post": "PHÓ CHỦ TỊCH",
            "issuing_body": "Ủy ban nhân dân tỉnh Ninh Thuận",
            "issuing_place": "Ninh Thuận",
            "status": "signed",
        },
    ),
    "office": Paper(
        ("ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH", "SỞ XÂY DỰNG"),
        STATE,
        "Số: 2041/SXD-QLN",
        "Nam Định, ngày 30 tháng 11 năm 2021",
        ("V/v bảo trì chung cư cũ",),
        ("Kính gửi: Ủy ban nhân dân thành phố Nam Định.", "Sở Xây dựng đề nghị lập danh sách nhà hư hỏng."),
        ("Nơi nhận:", "- Như trên;", "- Lưu: VT, QLN."),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Vũ Đình Khôi"),
        {
            "symbol": "2041/SXD-QLN",
            "doc_type": "công văn",
            "issuer": "ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH SỞ XÂY DỰNG",
            "place": "Nam Định",
            "issued": "2021-11-30",
            "title": "bảo trì chung cư cũ",
            "signer": "Vũ Đình Khôi",
            "signer_post": "PHÓ GIÁM ĐỐC",
            "issuing_body": "Sở Xây dựng tỉnh Nam Định",
            "issuing_place": "Nam Định",
            "status": "signed",
        },
    ),
    "council": Paper(
        ("HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ CẦN THƠ"),
        STATE,
        "Số: 09/2019/NQ-HĐND",
        "Cần Thơ, ngày 06 tháng 12 năm 2019",
        (
            "NGHỊ QUYẾT",
            "Quy định học phí lớp bơi cho trẻ em",
            "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CẦN THƠ",
            "KHÓA IX, KỲ HỌP THỨ MƯỜI BỐN",
        ),
        ("Căn cứ Luật Giá;", "QUYẾT NGHỊ:", "Điều 1. Học phí là 300.000 đồng mỗi khóa."),
        ("Nơi nhận:", "- Quốc hội;", "- Lưu: VT."),
        ("CHỦ TỊCH", "Thái Quốc Dũng"),
        {
            "symbol": "09/2019/NQ-HĐND",
            "doc_type": "nghị quyết",
            "issuer": "HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ CẦN THƠ",
            "place": "Cần Thơ",
            "issued": "2019-12-06",
            "title": "Quy định học phí lớp bơi cho trẻ em",
            "signer": "Thái Quốc Dũng",
            "signer_post": "CHỦ TỊCH",
            "issuing_body": "Hội đồng nhân dân thành phố Cần Thơ",
            "issuing_place": "Cần Thơ",
            "status": "signed",
        },
    ),
}


def beside(left: tuple[str, ...], right: tuple[str, ...], gap: str) -> list[str]:
    """Two columns on the same lines; `gap` stands between, or the right one begins in column 48."""
    lines = []
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else ""
        two = right[at] if at < len(right) else ""
        lines.append((f"{one:<48}{two}" if not gap else gap.join(filter(None, (one, two)))).rstrip())
    return lines


def columns(paper: Paper, gap: str = "") -> str:
    left, right = (*paper.left, paper.number), paper.right
    pad = ("",) * (len(left) - len(right) - 1)
    head = beside(left, (*right, *pad, paper.day), gap)
    foot = beside(paper.receivers, paper.signature, gap) if not gap else [*paper.receivers, *paper.signature]
    return "\n".join([*head, "", *paper.heading, "", *paper.body, "", *foot])


def one_space(paper: Paper) -> str:
    return columns(paper, " ")


def tabs(paper: Paper) -> str:
    return columns(paper, "\t")


def down(paper: Paper, between: str = "\n") -> str:
    """Column after column, as PDF readers give them."""
    lines = [*paper.left, paper.number, *paper.right, paper.day, *paper.heading, *paper.body]
    return between.join([*lines, *paper.receivers, *paper.signature])


def blank_lines(paper: Paper) -> str:
    return down(paper, "\n\n")


def rows(paper: Paper) -> str:
    """Law sites: head lines, then number and day, blank lines between cells."""
    cells = ["\n".join(paper.left), "\n".join([*paper.right, "-------"]), paper.number, paper.day]
    return "\n\n".join([*cells, *paper.heading, *paper.body, "\n".join(paper.receivers), "\n".join(paper.signature)])


def right_first(paper: Paper) -> str:
    lines = [*paper.right, paper.day, "", *paper.left, paper.number, "", *paper.heading, "", *paper.body]
    return "\n".join([*lines, "", *paper.signature, "", *paper.receivers])


def markdown(paper: Paper) -> str:
    """A table of two rows, lines parted by <br>, in bold."""
    left, right = (f"**{'<br>'.join(part)}**" for part in (paper.left, paper.right))
    head = [f"| {left} | {right} |", "|---|---|", f"| {paper.number} | *{paper.day}* |"]
    foot = [
        f"| {'<br>'.join(paper.receivers)} | {'<br>'.join(f'**{line}**' for line in paper.signature)} |",
        "|---|---|",
    ]
    heading = [f"**{line}**" if line.isupper() else line for line in paper.heading]
    return "\n".join([*head, "", *heading, "", *paper.body, "", *foot])


def wrapped(text: str) -> str:
    """A line end in the middle of the words."""
    words = text.split(" ")
    half = (len(words) + 1) // 2
    return " ".join(words[:half]) + ("\n" + " ".join(words[half:]) if words[half:] else "")


def cells(paper: Paper) -> str:
    """Cells of a table with a bar on lines of their own, words broken by line ends."""
    parts = [
        "\n".join(map(wrapped, paper.left)),
        "\n".join(map(wrapped, paper.right)),
        paper.number,
        wrapped(paper.day),
    ]
    foot = ["\n".join(paper.receivers), "\n".join(paper.signature)]
    head, tail = ("|\n" + "\n|\n".join(group) + "\n|" for group in (parts, foot))
    return "\n".join([head, "", *paper.heading, "", *paper.body, "", tail])


def joined_cells(paper: Paper) -> str:
    """A table of one row whose lines were joined by spaces."""
    left, right = " ".join([*paper.left, paper.number]), " ".join([*paper.right, "-------", paper.day])
    foot = f"| {' '.join(paper.receivers)} | {'<br>'.join(paper.signature)} |"
    return "\n".join([f"| {left} | {right} |", "|---|---|", "", *paper.heading, "", *paper.body, "", foot])


def joined_rows(paper: Paper) -> str:
    """A table of two rows whose lines were joined by spaces, in bold."""
    left, right = f"**{' '.join(paper.left)}**", f"**{' '.join(paper.right)}** ------------"
    head = [f"| {left} | {right} |", "|---|---|", f"| {paper.number} | *{paper.day}* |"]
    return "\n".join([*head, "", *paper.heading, "", *paper.body, "", *paper.receivers, "", *paper.signature])


def no_break_spaces(paper: Paper) -> str:
    return columns(paper).replace("  ", " \u00a0").replace("ngày ", "ngày\u00a0")


def portal(paper: Paper) -> str:
    """A portal's menu above."""
    return "Trang chủ\nGiới thiệu\nVăn bản\nTra cứu\n\n" + rows(paper)


SHAPES = {
    shape.__name__: shape
    for shape in (
        columns, one_space, tabs, down, blank_lines, rows, right_first, markdown, cells, joined_cells, joined_rows, no_break_spaces, portal,
    )
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("paper", PAPERS)
def test_every_shape_gives_the_same(paper: str, shape: str) -> None:
    found = header_of(SHAPES[shape](PAPERS[paper]))
    assert found is not None
    said = {name: plain(getattr(found, name)) for name in Header.model_fields if name != "spans"}
    assert {name: value for name, value in said.items() if value} == PAPERS[paper].header
