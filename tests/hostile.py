"""Shapes of text that make careless patterns slow, repeated to any size; tests and benchmarks read them."""

HOSTILE = {
    "digits": "1234567890",
    "dots": "." * 10,
    "dot leaders": "…….. 5 ",
    "slashes": "1/2/",
    "dashes": "12-34-",
    "quotes": '“"a ',
    "brackets": "((a) ",
    "types": "nghị quyết ",
    "so": "số 5, ",
    "codes": "QĐ-TU/",
    "laws": "Luật A ",
    "units": "Ban Thường vụ Tỉnh ủy ",
    "places": "xã Yên Lạc, huyện ",
    "no space": "ÂĐƯ",
    "lines": "a\n",
    "spaces": " " * 10,
    "commas": "5, và ",
    "pointing": "Chỉ thị số 5-CT/TU; Chỉ thị này nêu. ",
    "given names": "Quyết định số 9/QĐ-UBND (sau đây gọi tắt là Quyết định) và Quyết định ",
    "nested subjects": "Quy định 5-QĐ/TW về thực hiện Nghị quyết A và Nghị quyết B, ",
    "subjects and bodies": "Chỉ thị 24/CT-TTg về của Chính phủ ",
    "names of laws": "Luật Đất Đai Nhà Ở ",
    "brackets before numbers": "Tờ trình của Ban A (",
    "plans in words": "Quy chế về trồng cây do a ban hành ",
    "heads of lists": "các Luật của Quốc hội: Luật A số 1/2020/QH14; ",
    "grounds": "Căn cứ pháp lý:\n- Luật Đất đai\n",
    "wrapped far from the margin": "của\n            ",
    "letters in brackets": "Ủy ban (UBND) ",
    "months and years": "1/2005 - 2/2006-nay ",
    "terms without a dash": "2020 2025; ",
    "emphasis": "Kế hoạch 5-KH/TU về **a** [b] | ",
    "issuing again": "Bộ Quốc phòng ra Quyết định số 5/QĐ-BQP thành lập Trung đoàn 5 và ",
    "cells": "| 5-QĐ/TU | 5/6/2020 | a b c d e ",
    "quotes never closed": "Quyết định 5/QĐ-UBND về “a; ",
}
"""A name and what is repeated."""


def hostile(shape: str, size: int) -> str:
    """About `size` characters of one shape."""
    return HOSTILE[shape] * (size // len(HOSTILE[shape]))
