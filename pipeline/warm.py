"""Imported by the process from which others are forked: what all of them need to take up texts with words is loaded there, once.

Loading takes 0.9 s (2026-11-23).
"""

import gc

from pipeline.stages import analyse_safely

EXAMPLE = """TỈNH ỦY VĨNH PHÚC
Số: 682-QĐ/TU
Vĩnh Phúc, ngày 14 tháng 9 năm 2017
QUY ĐỊNH
Theo Kết luận số 21-KL/TW ngày 25/10/2021 và Nghị quyết Trung ương 7 khóa XII, có 1.092/2.255 đảng viên, đạt trên 96%.
"""

analyse_safely(EXAMPLE.encode(), "example.txt", words=True)
gc.freeze()  # what is loaded stays, and is shared by all processes
