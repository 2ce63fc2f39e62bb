# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of agencies and shops out of capitals: ``ỦY BAN NHÂN DÂN XÃ HOẰNG PHÚ`` is ``Ủy ban nhân dân xã Hoằng Phú``."""

from __future__ import annotations

from collections.abc import Sequence
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
            "Trung tâm Lưu trữ lịch sử", "Trung tâm Phát triển quỹ đất", "Trung tâm Kiểm soát bệnh tật",
            "Trung tâm Dịch vụ việc làm", "Trung tâm Trợ giúp pháp lý", "Trung tâm Giáo dục thường xuyên", "Trung tâm",
            "Trường Đại học", "Trường Cao đẳng", "Trường Trung học phổ thông", "Trường Trung học cơ sở",
            "Trường Tiểu học và Trung học cơ sở", "Trường Tiểu học", "Trường Mầm non", "Trường",
            "Viện kiểm sát nhân dân",
            "Chi cục Thi hành án dân sự", "Ngân hàng", "Kho bạc Nhà nước", "Công ty TNHH", "Công ty Cổ phần", "Công ty",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_KINDS: Final = ("thị trấn", "thị xã", "thành phố", "đặc khu", "xã", "phường", "huyện", "quận", "tỉnh")

# What shops sell and do; the rest of their names are names.
_TRADES: Final = tuple(
    sorted(
        (
            "bán lẻ", "bán buôn", "bánh kẹo", "bánh mì", "bánh ngọt", "bia hơi", "bún", "cà phê", "cafe", "cắt tóc",
            "chăn nuôi", "chụp ảnh", "cơ khí", "cơm", "cơm bình dân", "cửa hàng", "dịch vụ", "du lịch", "dược phẩm",
            "đại lý", "điện dân dụng", "điện lạnh", "điện máy", "điện nước", "điện thoại", "điện tử", "đồ chơi",
            "đồ gia dụng", "đồ gỗ", "gara", "gara ô tô", "giày dép", "giặt là", "giặt ủi", "giải khát", "gội đầu",
            "hàng ăn", "hiệu thuốc", "hiệu vàng", "hoa tươi", "in ấn", "karaoke", "khách sạn", "làm đẹp", "may đo",
            "may mặc", "máy tính", "mộc", "mỹ phẩm", "nhà hàng", "nhà nghỉ", "nhà thuốc", "nhà trọ", "nhôm kính",
            "nội thất", "nông sản", "nước giải khát", "ô tô", "phân bón", "phở", "phụ tùng", "photocopy", "quán",
            "quán ăn", "quần áo", "quảng cáo", "rau sạch", "rửa xe", "sắt thép", "sửa chữa", "sửa xe", "tạp hóa",
            "thời trang", "thủ công mỹ nghệ", "thú y", "thực phẩm", "thực phẩm sạch", "thức ăn chăn nuôi", "thương mại",
            "tiệm", "tiệm may", "tiệm vàng", "trà sữa", "trái cây", "trang trí", "uốn tóc", "vận tải", "vàng bạc",
            "văn phòng phẩm", "vật liệu xây dựng", "vật tư nông nghiệp", "xăng dầu", "xay xát", "xây dựng", "xe máy",
            "hải sản", "thủy sản", "và",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip


def as_business_name(text: str) -> str:
    """Write the name of a shop as people do: ``CÀ PHÊ AN NHIÊN`` is ``Cà phê An Nhiên``; other text stays."""
    return _written(text, _TRADES) if text.isupper() else text


def as_title_case(text: str) -> str:
    """Write the name of an agency as sentences do; text that is not in capitals stays."""
    if not text.isupper():
        return text
    return _written(text, (*_PHRASES, *_KINDS))


def _written(text: str, phrases: Sequence[str]) -> str:
    """Write known phrases in their own way, and every other word with a capital."""
    rest, parts = text.lower(), []
    while rest:
        phrase = next((each for each in phrases if _begins(rest, each)), None)
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
