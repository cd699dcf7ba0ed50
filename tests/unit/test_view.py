"""The view for matching: what is folded, and that offsets hold for any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.keys import key_of, strip_marks
from extractors.view import fold, join_wrapped, view

FOLDED = [
    ("Uỷ ban, khoá XII, hoà bình, thuỷ lợi", "Ủy ban, khóa XII, hòa bình, thủy lợi"),
    ("quý, quỷ, hoàn, huỳnh, khuỷu, thuở", "quý, quỷ, hoàn, huỳnh, khuỷu, thuở"),
    ("775/QÐ–UBND", "775/QĐ-UBND"),
    ("«Đề án» “Nâng cao” ‘x’", '"Đề án" "Nâng cao" \'x\''),
    ("số\u00a003\u202fĐA", "số 03 ĐA"),
    ("СТ ТW", "CT TW"),
]


@pytest.mark.parametrize(("printed", "folded"), FOLDED)
def test_folds_look_alikes(printed: str, folded: str) -> None:
    assert fold(printed) == folded


def test_lower_case_keeps_the_length_of_a_dotted_capital_i() -> None:
    seen = view("İSTANBUL số 5")
    assert len(seen.lower) == len(seen.cased) == len("İSTANBUL số 5")


WRAPPED = [
    (
        "TRỒNG CÂY CHẮN SÓNG, GIỮ ĐẤT VEN BIỂN TẠI CÁC XÃ, PHƯỜNG PHÍA ĐÔNG\nCăn cứ Luật Lâm nghiệp;",
        "TRỒNG CÂY CHẮN SÓNG, GIỮ ĐẤT VEN BIỂN TẠI CÁC XÃ, PHƯỜNG PHÍA ĐÔNG\nCăn cứ Luật Lâm nghiệp;",
    ),
    (
        "LIÊN ĐOÀN LAO ĐỘNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM của nước ta |\nSố: 9/HD-TLĐ | Hà Nội",
        "LIÊN ĐOÀN LAO ĐỘNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM của nước ta |\nSố: 9/HD-TLĐ | Hà Nội",
    ),
    ("Căn cứ Luật Tổ chức\nchính quyền", "Căn cứ Luật Tổ chức chính quyền"),
    ("QUY\nĐỊNH MỘT SỐ", "QUY ĐỊNH MỘT SỐ"),
    ("Kết thúc.\nbắt đầu", "Kết thúc.\nbắt đầu"),
    ("Nghị quyết số\n202/2025/QH15", "Nghị quyết số 202/2025/QH15"),
    ("Về tới từng thôn\n3 năm thực hiện", "Về tới từng thôn\n3 năm thực hiện"),
    ("một\n\nhai", "một\n\nhai"),
    ("các việc\n- một\n- hai", "các việc\n- một\n- hai"),
    ("giai đoạn 2021\n- 2025", "giai đoạn 2021 - 2025"),
    ("Tiêu đề ngắn\nTỉnh ủy đã họp", "Tiêu đề ngắn\nTỉnh ủy đã họp"),
]


@pytest.mark.parametrize(("text", "joined"), WRAPPED)
def test_joins_wrapped_lines_only(text: str, joined: str) -> None:
    assert join_wrapped(text) == joined


APART = [
    ("Nghị quyết số  \n     18 của Ban\nBí thư", "Nghị quyết số 18 của Ban\nBí thư"),
    ("giai đoạn\n\t2021 - 2025", "giai đoạn 2021 - 2025"),
    ("Kết thúc.\n     Bắt đầu", "Kết thúc.\n     Bắt đầu"),
    ("cột một      cột hai", "cột một      cột hai"),
]


@pytest.mark.parametrize(("text", "seen"), APART)
def test_wrapped_lines_meet_at_one_space(text: str, seen: str) -> None:
    assert view(text).cased == seen


ANY = st.text(st.one_of(st.characters(), st.sampled_from("ỷoàuýĐÐđ\u200b\u00ad\ufeff –\n.- 19")), max_size=80)


@given(ANY)
def test_every_character_of_the_view_stands_in_the_text(text: str) -> None:
    seen = view(text)
    assert len(seen.cased) == len(seen.lower)
    assert [seen.locate(seen.start(at)) for at in range(len(seen.cased))] == list(range(len(seen.cased)))
    assert all(seen.end(at + 1) == seen.start(at) + 1 for at in range(len(seen.cased)))


@given(ANY)
def test_folding_is_idempotent_and_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_keys_hold_no_marks(text: str) -> None:
    bare = strip_marks(text)
    apart = unicodedata.normalize("NFD", fold(unicodedata.normalize("NFC", text)).lower().replace("đ", "d"))
    assert bare == "".join(char for char in apart if not unicodedata.combining(char))
    assert key_of(key_of(text)) == key_of(text)
