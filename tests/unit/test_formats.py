"""One document in every format that is read gives the same lines, the same kinds of them, and the same facts."""

import shutil
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.document import Text
from pipeline.extract import extract
from pipeline.read import read_source
from tests.corpus import ROOT

FORMATS = sorted(ROOT.glob("corpus/formats/huong-dan.*"))
LINES = {
    "letterhead": [
        "TỈNH ỦY TUYÊN QUANG", "BAN TỔ CHỨC", "*", "Số 12-HD/BTCTU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Tuyên Quang, ngày 08 tháng 7 năm 2021",
    ],
    "table": ["TT | Nội dung | Số hồ sơ", "1 | Đủ giấy tờ | 1.092/2.255", "2 | Thiếu lý lịch | 37"],
    "signature": [
        "Nơi nhận:", "- Các huyện ủy, thành ủy,", "- Lưu Ban Tổ chức Tỉnh ủy.", "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Thị Mẫu",
    ],
}  # fmt: skip


def read(path: Path) -> Text:
    if path.suffix in (".doc", ".rtf", ".odt") and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    return clean(read_source(path.read_bytes(), path.name))


@pytest.mark.parametrize("path", [each for each in FORMATS if each.suffix != ".html"], ids=lambda path: path.suffix)
def test_lines_and_their_kinds(path: Path) -> None:
    text = read(path)
    for kind, lines in LINES.items():
        assert [" ".join(text.text[b.start : b.end].split()) for b in text.blocks if b.kind == kind] == lines, kind


@pytest.mark.parametrize("path", FORMATS, ids=lambda path: path.suffix)
def test_facts(path: Path) -> None:
    found = extract(read(path))
    assert [each.symbol for each in found.references] == ["12-HD/BTCTU", "16-ĐA/TU", "24-QĐ/TW"]
    assert [each.edtf for each in found.dates] == ["2021-07-08", "2020-01-03", "2021-09-30"]
    assert "10%" in {each.surface.removeprefix("ít nhất ") for each in found.figures}
    assert found.own
    assert found.own.symbol == "12-HD/BTCTU"
