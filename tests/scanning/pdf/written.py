# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents as a word processor writes them, typeset in memory."""

from __future__ import annotations

import functools
from pathlib import Path

import typst

import demo

_FONTS = Path(demo.__file__).parent / "papers" / "fonts"

FORM = """
*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\
Độc lập - Tự do - Hạnh phúc

= GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN

Họ, chữ đệm, tên: *HOÀNG THỊ ÁNH TUYẾT* \\
Ngày, tháng, năm sinh: 30/06/2001 #h(20mm) Quốc tịch: Việt Nam \\
Số định danh cá nhân: 038301015926 \\
Diện tích: 120,0 m#super[2]\\; nơi cư trú: Thôn Kim Sơn, Xã Hoằng Kim, Huyện Hoằng Hóa
"""


@functools.cache
def written(source: str) -> bytes:
    """Typeset a text on A4."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])
    content = typst.compile(('#set page(paper: "a4")\n' + source).encode(), font_paths=fonts, format="pdf")
    if not isinstance(content, bytes):
        raise TypeError("typst returned no single document")
    return content
