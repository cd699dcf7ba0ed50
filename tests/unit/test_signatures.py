"""Several who sign one document: beside one another, with recipients on the left or without, in every format."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from tests.pdfs import STEP, Printer, font, printed
from tests.unit.test_letterhead_files import BODY, Column, html_columns, html_lines, page
from tests.unit.test_letterhead_spaced import header_in
from tests.word import paragraph, table, word

HEAD = (
    ("ỦY BAN NHÂN DÂN", "TỈNH NINH THUẬN", "Số: 15/QCPH-UBND-MTTQ"),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Ninh Thuận, ngày 22 tháng 10 năm 2020"),
)
TITLE = ("QUY CHẾ", "Phối hợp trong công tác giám sát")
WIDTH = 34
"""Characters of a column of text."""


@dataclass(frozen=True)
class Case:
    """Columns of lines as long as one another, and who signed with which posts."""

    columns: Sequence[Column]
    signers: str
    posts: str


RECIPIENTS = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.", "", "", "")
CASES = {
    "for two bodies": Case(
        (
            RECIPIENTS,
            ("TM. BAN THƯỜNG TRỰC", "ỦY BAN MTTQ TỈNH", "CHỦ TỊCH", "", "(Đã ký)", "Nguyễn Văn An"),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "(Đã ký)", "Trần Thị Bình"),
        ),
        "Nguyễn Văn An Trần Thị Bình",
        "CHỦ TỊCH PHÓ CHỦ TỊCH",
    ),
    "for two bodies of the Party": Case(
        (
            ("Nơi nhận:", "- Thường trực Tỉnh ủy,", "- Lưu Văn phòng.", "", "", ""),
            ("T/M BAN DÂN VẬN", "TRƯỞNG BAN", "", "(Đã ký)", "", "Nguyễn Văn An"),
            ("T/M BAN TUYÊN GIÁO", "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "", "", "Trần Thị Bình"),
        ),
        "Nguyễn Văn An Trần Thị Bình",
        "TRƯỞNG BAN PHÓ TRƯỞNG BAN",
    ),
    "by order and by mandate": Case(
        (
            RECIPIENTS,
            ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG", "", "", "", "Lê Hoàng Nam"),
            ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "", "", "Phạm Thu Hà"),
        ),
        "Lê Hoàng Nam Phạm Thu Hà",
        "TRƯỞNG PHÒNG CHÁNH VĂN PHÒNG",
    ),
    "with their posts alone": Case(
        (RECIPIENTS, ("CHỦ TỊCH", "", "", "", "", "Lê Hoàng Nam"), ("GIÁM ĐỐC", "", "", "", "", "Phạm Thu Hà")),
        "Lê Hoàng Nam Phạm Thu Hà",
        "CHỦ TỊCH GIÁM ĐỐC",
    ),
    "three ministers": Case(
        (
            RECIPIENTS,
            ("BỘ TRƯỞNG", "BỘ Y TẾ", "", "", "", "Lê Hoàng Nam"),
            ("BỘ TRƯỞNG", "BỘ TÀI CHÍNH", "", "", "", "Phạm Thu Hà"),
            ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "", "", "", "Đỗ Văn Tài"),
        ),
        "Lê Hoàng Nam Phạm Thu Hà Đỗ Văn Tài",
        "BỘ TRƯỞNG BỘ Y TẾ BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG",
    ),
    "two with degrees, no recipients": Case(
        (
            ("KT. BỘ TRƯỞNG BỘ Y TẾ", "THỨ TRƯỞNG", "", "", "PGS. TS. Lê Hoàng Nam"),
            ("KT. BỘ TRƯỞNG BỘ TÀI CHÍNH", "THỨ TRƯỞNG", "", "", "TS. Phạm Thu Hà"),
        ),
        "Lê Hoàng Nam Phạm Thu Hà",
        "THỨ TRƯỞNG THỨ TRƯỞNG",
    ),
    "one beside the recipients": Case(
        (RECIPIENTS, ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "(Đã ký)", "", "ThS. Phạm Thu Hà")),
        "Phạm Thu Hà",
        "CHÁNH VĂN PHÒNG",
    ),
}


def rows(columns: Sequence[Column], gap: str = "") -> list[str]:
    """The lines of columns side by side."""
    lines = zip(*columns, strict=True)
    return [(gap.join(line) if gap else "".join(f"{cell:<{WIDTH}}" for cell in line)).rstrip() for line in lines]


def as_text(case: Case, gap: str = "") -> tuple[bytes, str]:
    head = [f"{one:<50}{two}" for one, two in zip(*HEAD, strict=True)]
    return "\n".join([*head, "", *TITLE, "", *BODY, "", *rows(case.columns, gap)]).encode(), "a.txt"


def as_tabs(case: Case) -> tuple[bytes, str]:
    return as_text(case, "\t\t")


def as_html(case: Case) -> tuple[bytes, str]:
    return page(html_columns(*HEAD), html_lines((*TITLE, *BODY)), html_columns(*case.columns)), "a.html"


def as_docx(case: Case) -> tuple[bytes, str]:
    foot = table([[*column] for column in case.columns])
    return word(table([[*part] for part in HEAD]), *map(paragraph, (*TITLE, *BODY)), foot), "a.docx"


def as_pdf(case: Case) -> tuple[bytes, str]:
    if font() is None:
        pytest.skip("no font with Vietnamese letters: apt-get install fonts-dejavu-core")

    def draw(paper: Printer) -> None:
        paper.columns(*HEAD, (190, 430), 10)
        paper.centred(*TITLE)
        for line in BODY:
            paper.paragraph(line)
        count = len(case.columns)
        places = [115 + at * 400 / (count - 1) for at in range(count)]
        for cells in zip(*case.columns, strict=True):
            paper.at += STEP
            for cell, place in zip(cells, places, strict=True):
                paper.put(cell, place, paper.at, 8 if count > 3 else 10, centred=True)

    return printed(draw), "a.pdf"


@pytest.mark.parametrize("form", [as_text, as_tabs, as_html, as_docx, as_pdf])
@pytest.mark.parametrize("name", CASES)
def test_all_who_sign_are_told(name: str, form: Callable[[Case], tuple[bytes, str]]) -> None:
    case = CASES[name]
    header = header_in(*form(case))
    assert (header["signer"], header["signer_post"]) == (case.signers, case.posts)
    assert header["issuing_body"] == "Ủy ban nhân dân tỉnh Ninh Thuận"
    assert header["title"] == TITLE[1]


def test_who_sits_in_a_table_below_is_none_of_them() -> None:
    """An appendix of names with their posts is no second signature."""
    text, name = as_text(CASES["one beside the recipients"])
    below = "\n\nDANH SÁCH\n" + "\n".join(("PHÓ CHỦ TỊCH", "Đặng Thị Lan", "GIÁM ĐỐC", "Vũ Văn Minh"))
    assert header_in(text + below.encode(), name)["signer"] == "Phạm Thu Hà"
