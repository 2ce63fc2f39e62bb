# SPDX-License-Identifier: GPL-3.0-or-later
"""All titles that papers are known by, folded for comparison, and how a title begins that nobody wrote down."""

from __future__ import annotations

from typing import Final

from scanning.classify.titles_people import PEOPLE_TITLES
from scanning.classify.titles_property import PROPERTY_TITLES
from scanning.folding import fold

TITLES: Final = tuple(
    (paper_class, fold(title))
    for group in (PEOPLE_TITLES, PROPERTY_TITLES)
    for paper_class, titles in group.items()
    for title in titles
)
"""Class and folded title."""

EXACT_TITLES: Final = {title: paper_class for paper_class, title in TITLES}
"""The class by the folded title."""

COPY_MARK: Final = fold("BẢN SAO")
"""What makes a copy of a birth certificate, behind the title or below it."""

SUFFIXES: Final = (COPY_MARK, *(fold(suffix) for suffix in ("BẢN CHÍNH", "BẢN GỐC")))
"""What may stand behind a title on its line."""

TITLE_STARTS: Final = tuple(
    fold(start)
    for start in (
        "BẢN CAM", "BẢN KÊ", "BẢN KHAI", "BẢN KIỂM", "BẢN TỰ", "BẢN TƯỜNG TRÌNH", "BẢN VẼ", "BẢNG", "BÁO CÁO",
        "BIÊN BẢN", "BIÊN LAI", "CHỨNG CHỈ", "CHỨNG THƯ", "CÔNG VĂN", "DANH SÁCH", "DI CHÚC", "ĐƠN", "GIẤY", "HÓA ĐƠN",
        "HỢP ĐỒNG", "KẾ HOẠCH", "LỜI CHỨNG", "PHIẾU", "QUYẾT ĐỊNH", "SỔ ĐĂNG KÝ", "SỔ GỐC", "SỔ HỘ", "SỔ TẠM",
        "SỔ THEO DÕI",
        "SƠ YẾU LÝ LỊCH", "THẺ", "THÔNG BÁO", "TỜ KHAI", "TỜ TRÌNH", "TRÍCH ĐO", "TRÍCH LỤC", "VĂN BẢN", "VĂN BẰNG",
    )
)  # fmt: skip
"""How a heading begins with which a page says what it is."""

NO_TITLE_STARTS: Final = tuple(fold(start) for start in ("ĐƠN VỊ", "GIẤY TỜ", "BẢNG SỐ"))
"""What begins alike and is none."""

BARE_STARTS: Final = frozenset(
    fold(start)
    for start in (
        "BIÊN LAI", "ĐƠN", "GIẤY", "GIẤY CHỨNG NHẬN", "GIẤY XÁC NHẬN", "HỢP ĐỒNG", "TỜ KHAI", "TRÍCH LỤC",
        "TRÍCH LỤC HỘ TỊCH", "GIẤY CHỨNG NHẬN ĐĂNG KÝ", "GIẤY CHỨNG NHẬN ĐĂNG KÝ KINH DOANH", "BẢN SAO TRÍCH LỤC",
    )
)  # fmt: skip
"""Headings that are only the beginning of a title: the line that says of what was lost."""
