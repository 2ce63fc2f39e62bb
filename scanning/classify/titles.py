# SPDX-License-Identifier: GPL-3.0-or-later
"""What papers call themselves, and what only they say: the rules of recognition, as data.

Sources: the annexes of TT 04/2020 and TT 04/2024/TT-BTP (civil status forms), TT 17/2012 and TT 22/2025/TT-BYT (birth
proof), TT 23/2014 and TT 10/2024/TT-BTNMT (land certificates), TT 06/2021 and TT 17/2024/TT-BCA (identity cards).
"""

from __future__ import annotations

from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.folding import fold

_TITLES: Final[dict[PaperClass, tuple[str, ...]]] = {
    PaperClass.IDENTITY_CARD: ("CĂN CƯỚC CÔNG DÂN", "CĂN CƯỚC", "THẺ CĂN CƯỚC", "THẺ CĂN CƯỚC CÔNG DÂN"),
    PaperClass.BIRTH_REGISTRATION_DECLARATION: ("TỜ KHAI ĐĂNG KÝ KHAI SINH",),
    PaperClass.BIRTH_PROOF: ("GIẤY CHỨNG SINH",),
    PaperClass.MARRIAGE_CERTIFICATE: ("GIẤY CHỨNG NHẬN KẾT HÔN",),
    PaperClass.MARITAL_STATUS_CONFIRMATION: ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",),
    PaperClass.LAND_USE_CERTIFICATE: (
        "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT",
        "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT",
        "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
        "GIẤY CHỨNG NHẬN QUYỀN SỞ HỮU NHÀ Ở VÀ QUYỀN SỬ DỤNG ĐẤT Ở",
    ),
    # Titles so close to one of ours that a damaged one could be mistaken for it.
    PaperClass.UNKNOWN: (
        "GIẤY KHAI SINH",
        "GIẤY CHỨNG TỬ",
        "GIẤY BÁO TỬ",
        "GIẤY CHỨNG NHẬN",
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
        "GIẤY CHỨNG MINH NHÂN DÂN",
        "TỜ KHAI ĐĂNG KÝ KHAI TỬ",
        "TỜ KHAI ĐĂNG KÝ KẾT HÔN",
        "TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH",
        "TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN",
        "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "TỜ KHAI CĂN CƯỚC",
        "TỜ KHAI CĂN CƯỚC CÔNG DÂN",
    ),
}

TITLES: Final = tuple((paper_class, fold(title)) for paper_class, titles in _TITLES.items() for title in titles)
"""Class and folded title."""

CLASS_TITLES: Final = tuple(entry for entry in TITLES if entry[0] is not PaperClass.UNKNOWN)
"""The titles of classes that we know."""

SUFFIXES: Final = tuple(fold(suffix) for suffix in ("BẢN SAO", "BẢN CHÍNH", "BẢN GỐC"))
"""What may stand behind a title on its line."""

TITLE_STARTS: Final = tuple(
    fold(start)
    for start in (
        "BẢN CAM KẾT", "BIÊN BẢN", "BIÊN LAI", "CÔNG VĂN", "DI CHÚC", "ĐƠN ĐĂNG KÝ", "ĐƠN ĐỀ NGHỊ", "ĐƠN XIN",
        "ĐƠN YÊU CẦU", "GIẤY", "HÓA ĐƠN", "HỢP ĐỒNG", "PHIẾU",
        "QUYẾT ĐỊNH", "SỔ HỘ KHẨU", "SƠ YẾU LÝ LỊCH", "THÔNG BÁO", "TỜ KHAI", "TỜ TRÌNH", "TRÍCH LỤC", "VĂN BẢN",
    )
)  # fmt: skip
"""How a heading begins when a page says what it is; such a page is not guessed at by its phrases."""

_PHRASES: Final[dict[PaperClass, tuple[str, ...]]] = {
    PaperClass.IDENTITY_CARD: (
        "Citizen Identity Card",
        "Họ và tên / Full name",
        "Ngày sinh / Date of birth",
        "Quốc tịch / Nationality",
        "Quê quán / Place of origin",
        "Nơi thường trú / Place of residence",
        "Date of expiry",
        "Đặc điểm nhận dạng",
        "Cục trưởng Cục Cảnh sát",
    ),
    PaperClass.BIRTH_REGISTRATION_DECLARATION: (
        "Họ, chữ đệm, tên người yêu cầu",
        "Quan hệ với người được khai sinh",
        "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây",
        "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật",
        "Đề nghị cấp bản sao",
    ),
    PaperClass.BIRTH_PROOF: (
        "Họ và tên mẹ",
        "Đã sinh con vào lúc",
        "Số lần sinh",
        "Số con hiện sống",
        "Dự định đặt tên con là",
        "Người đỡ đẻ",
        "Giấy chứng sinh này có giá trị",
    ),
    PaperClass.MARRIAGE_CERTIFICATE: (
        "Nơi đăng ký kết hôn",
        "Ngày, tháng, năm đăng ký",
        "Giấy chứng nhận kết hôn này có hiệu lực",
        "Người ký giấy chứng nhận kết hôn",
        "được cấp cho mỗi bên vợ, chồng một bản chính",
    ),
    PaperClass.MARITAL_STATUS_CONFIRMATION: (
        "về việc cấp Giấy xác nhận tình trạng hôn nhân",
        "Trong thời gian cư trú tại",
        "Tình trạng hôn nhân",
        "Giấy này được cấp để",
        "Giấy này có giá trị đến khi thay đổi tình trạng hôn nhân",
    ),
    PaperClass.LAND_USE_CERTIFICATE: (
        "Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
        "Thửa đất, nhà ở và tài sản khác gắn liền với đất",
        "Hình thức sử dụng",
        "Mục đích sử dụng",
        "Thời hạn sử dụng",
        "Nguồn gốc sử dụng",
        "Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất",
        "Số vào sổ cấp GCN",
        "Những thay đổi sau khi cấp giấy chứng nhận",
    ),
}

PHRASES: Final = {paper_class: tuple(map(fold, phrases)) for paper_class, phrases in _PHRASES.items()}
"""Folded phrases that a page of the class prints and others rarely do."""
