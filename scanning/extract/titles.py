# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of agencies out of capitals: ``ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ`` is ``Ủy ban nhân dân xã Hoằng Phú``."""

from __future__ import annotations

from typing import Final

from scanning.folding import fold

# How the names of agencies are written (NĐ 30/2020 annex II); the first word of a name gets its capital afterwards.
_PHRASES: Final = tuple(
    sorted(
        (
            "UBND", "ủy ban nhân dân", "Công an", "Sở Y tế", "Sở Tư pháp", "Sở Nội vụ", "Sở Xây dựng",
            "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", "Sở Tài chính", "Sở Công Thương",
            "Sở Kế hoạch và Đầu tư", "Sở Giáo dục và Đào tạo", "Phòng Tư pháp", "Phòng Tài chính - Kế hoạch",
            "Phòng Kinh tế", "Phòng Kinh tế và Hạ tầng", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa - Xã hội",
            "Phòng Quản lý đô thị", "Phòng Tài nguyên và Môi trường", "Phòng Nội vụ", "Phòng Công chứng số",
            "Văn phòng công chứng", "Văn phòng Đăng ký đất đai", "Chi nhánh Văn phòng Đăng ký đất đai",
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "Bệnh viện Đa khoa", "Bệnh viện Phụ sản",
            "Bệnh viện Sản - Nhi", "Bệnh viện Sản Nhi", "Bệnh viện", "Trung tâm Y tế", "Trạm Y tế",
            "Trung tâm Phục vụ hành chính công", "Bộ phận Tiếp nhận và Trả kết quả", "Bộ Công an", "Bộ Tư pháp",
            "Hội đồng nhân dân", "Chi cục Thuế", "Thuế cơ sở", "Tòa án nhân dân", "Bảo hiểm xã hội", "khu vực",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_KINDS: Final = ("thị trấn", "thị xã", "thành phố", "đặc khu", "xã", "phường", "huyện", "quận", "tỉnh")


def as_title_case(text: str) -> str:
    """Write the name of an agency as sentences do; text that is not in capitals stays."""
    if not text.isupper():
        return text
    rest, parts = text.lower(), []
    while rest:
        phrase = next((each for each in (*_PHRASES, *_KINDS) if _begins(rest, each)), None)
        if phrase is None:
            word, _, rest = rest.partition(" ")
            parts.append(word if word in ("và", "-") else word.capitalize())
        else:
            parts.append(phrase)
            rest = rest[len(phrase) :].lstrip()
    name = " ".join(parts)
    return name[:1].upper() + name[1:]


def _begins(text: str, phrase: str) -> bool:
    """Compare without marks: ``BẠN NHÂN DÂN`` was ``BAN NHÂN DÂN``."""
    return fold(text[: len(phrase)]) == fold(phrase) and not text[len(phrase) : len(phrase) + 1].isalpha()
