# SPDX-License-Identifier: GPL-3.0-or-later
"""What papers about people call themselves: identity, residence, civil status.

Sources: the annexes of TT 04/2020 and TT 04/2024/TT-BTP (civil status), TT 17/2012 and TT 22/2025/TT-BYT (birth proof),
TT 06/2021 and TT 17/2024/TT-BCA (cards), TT 56/2021, TT 66/2023 and TT 53/2025/TT-BCA (residence).

A declaration to register *again* (đăng ký lại khai sinh, kết hôn, khai tử) is none of the three declarations: another
procedure asks for it, with other papers, and to pass one for the other would hide a citizen's mistake from the clerk.
So it is a known other title. Birth registered for the first time is one class for children and for people who have
papers already.
"""

from __future__ import annotations

from typing import Final

from scanning.classify.paper_class import PaperClass

PEOPLE_TITLES: Final[dict[PaperClass, tuple[str, ...]]] = {
    PaperClass.IDENTITY_CARD: ("CĂN CƯỚC CÔNG DÂN", "CĂN CƯỚC", "THẺ CĂN CƯỚC", "THẺ CĂN CƯỚC CÔNG DÂN"),
    PaperClass.BIRTH_CERTIFICATE: ("GIẤY KHAI SINH",),
    PaperClass.BIRTH_CERTIFICATE_COPY: ("TRÍCH LỤC KHAI SINH", "BẢN SAO GIẤY KHAI SINH", "TRÍCH LỤC GIẤY KHAI SINH"),
    PaperClass.MARRIAGE_CERTIFICATE: ("GIẤY CHỨNG NHẬN KẾT HÔN", "GIẤY ĐĂNG KÝ KẾT HÔN"),
    PaperClass.MARRIAGE_EXTRACT: (
        "TRÍCH LỤC KẾT HÔN",
        "TRÍCH LỤC ĐĂNG KÝ KẾT HÔN",
        "TRÍCH LỤC GIẤY CHỨNG NHẬN KẾT HÔN",
    ),
    PaperClass.DEATH_EXTRACT: ("TRÍCH LỤC KHAI TỬ", "TRÍCH LỤC ĐĂNG KÝ KHAI TỬ"),
    PaperClass.CIVIL_STATUS_EXTRACT: (
        "TRÍCH LỤC ĐĂNG KÝ GIÁM HỘ",
        "TRÍCH LỤC GIÁM HỘ",
        "TRÍCH LỤC ĐĂNG KÝ CHẤM DỨT GIÁM HỘ",
        "TRÍCH LỤC CHẤM DỨT GIÁM HỘ",
        "TRÍCH LỤC ĐĂNG KÝ GIÁM SÁT VIỆC GIÁM HỘ",
        "TRÍCH LỤC ĐĂNG KÝ NHẬN CHA MẸ CON",
        "TRÍCH LỤC NHẬN CHA MẸ CON",
        "TRÍCH LỤC ĐĂNG KÝ NHẬN CHA CON",
        "TRÍCH LỤC THAY ĐỔI HỘ TỊCH",
        "TRÍCH LỤC CẢI CHÍNH HỘ TỊCH",
        "TRÍCH LỤC BỔ SUNG HỘ TỊCH",
        "TRÍCH LỤC BỔ SUNG THÔNG TIN HỘ TỊCH",
        "TRÍCH LỤC XÁC ĐỊNH LẠI DÂN TỘC",
        "TRÍCH LỤC THAY ĐỔI CẢI CHÍNH HỘ TỊCH",
        "TRÍCH LỤC THAY ĐỔI CẢI CHÍNH BỔ SUNG THÔNG TIN HỘ TỊCH",
        "TRÍCH LỤC THAY ĐỔI CẢI CHÍNH BỔ SUNG HỘ TỊCH XÁC ĐỊNH LẠI DÂN TỘC",
        "TRÍCH LỤC THAY ĐỔI CẢI CHÍNH BỔ SUNG THÔNG TIN HỘ TỊCH XÁC ĐỊNH LẠI DÂN TỘC",
        "TRÍCH LỤC GHI CHÚ KẾT HÔN",
        "TRÍCH LỤC GHI CHÚ LY HÔN",
        "TRÍCH LỤC GHI CHÚ HỦY VIỆC KẾT HÔN",
        "TRÍCH LỤC GHI CHÚ KHAI SINH",
        "TRÍCH LỤC GHI CHÚ NUÔI CON NUÔI",
        "TRÍCH LỤC NUÔI CON NUÔI",
    ),
    PaperClass.MARITAL_STATUS_CONFIRMATION: (
        "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
    ),
    PaperClass.BIRTH_PROOF: ("GIẤY CHỨNG SINH",),
    PaperClass.DEATH_NOTICE: ("GIẤY BÁO TỬ",),
    PaperClass.RESIDENCE_CHANGE_DECLARATION: ("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ",),
    PaperClass.RESIDENCE_CONFIRMATION: (
        "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",
        "GIẤY XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",
        "XÁC NHẬN THÔNG TIN CƯ TRÚ",
        "GIẤY XÁC NHẬN THÔNG TIN CƯ TRÚ",
    ),
    PaperClass.BIRTH_REGISTRATION_DECLARATION: (
        "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        "TỜ KHAI ĐĂNG KÝ KHAI SINH CHO NGƯỜI ĐÃ CÓ HỒ SƠ GIẤY TỜ CÁ NHÂN",
    ),
    PaperClass.DEATH_REGISTRATION_DECLARATION: ("TỜ KHAI ĐĂNG KÝ KHAI TỬ",),
    PaperClass.MARRIAGE_REGISTRATION_DECLARATION: ("TỜ KHAI ĐĂNG KÝ KẾT HÔN",),
    PaperClass.MARITAL_STATUS_DECLARATION: (
        "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "TỜ KHAI ĐỀ NGHỊ CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "TỜ KHAI YÊU CẦU CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "TỜ KHAI XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "ĐƠN ĐỀ NGHỊ CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
    ),
    PaperClass.CIVIL_STATUS_CHANGE_DECLARATION: (
        "TỜ KHAI ĐĂNG KÝ VIỆC THAY ĐỔI CẢI CHÍNH BỔ SUNG THÔNG TIN HỘ TỊCH XÁC ĐỊNH LẠI DÂN TỘC",
        "TỜ KHAI ĐĂNG KÝ THAY ĐỔI CẢI CHÍNH BỔ SUNG THÔNG TIN HỘ TỊCH XÁC ĐỊNH LẠI DÂN TỘC",
        "TỜ KHAI ĐĂNG KÝ VIỆC THAY ĐỔI CẢI CHÍNH BỔ SUNG THÔNG TIN HỘ TỊCH",
        "TỜ KHAI ĐĂNG KÝ THAY ĐỔI CẢI CHÍNH BỔ SUNG THÔNG TIN HỘ TỊCH",
        "TỜ KHAI ĐĂNG KÝ VIỆC THAY ĐỔI CẢI CHÍNH BỔ SUNG HỘ TỊCH",
        "TỜ KHAI ĐĂNG KÝ THAY ĐỔI CẢI CHÍNH BỔ SUNG HỘ TỊCH",
        "TỜ KHAI ĐĂNG KÝ VIỆC THAY ĐỔI CẢI CHÍNH BỔ SUNG HỘ TỊCH XÁC ĐỊNH LẠI DÂN TỘC",
        "TỜ KHAI THAY ĐỔI CẢI CHÍNH BỔ SUNG THÔNG TIN HỘ TỊCH",
        "TỜ KHAI ĐĂNG KÝ THAY ĐỔI CẢI CHÍNH HỘ TỊCH",
        "TỜ KHAI ĐĂNG KÝ CẢI CHÍNH HỘ TỊCH",
    ),
    PaperClass.CIVIL_STATUS_COPY_REQUEST: (
        "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
        "TỜ KHAI YÊU CẦU CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
        "TỜ KHAI ĐỀ NGHỊ CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH",
        "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH BẢN SAO GIẤY KHAI SINH",
        "TỜ KHAI CẤP BẢN SAO GIẤY KHAI SINH TRÍCH LỤC HỘ TỊCH",
        "TỜ KHAI CẤP BẢN SAO GIẤY KHAI SINH",
        "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC KHAI SINH",
        "TỜ KHAI YÊU CẦU CẤP BẢN SAO GIẤY KHAI SINH",
    ),
    PaperClass.HOUSEHOLD_BOOK: ("SỔ HỘ KHẨU", "SỔ HỘ KHẨU GIA ĐÌNH"),
    PaperClass.OTHER: (
        "GIẤY CHỨNG TỬ",
        "GIẤY CHỨNG MINH NHÂN DÂN",
        "CHỨNG MINH NHÂN DÂN",
        "GIẤY CHỨNG NHẬN CĂN CƯỚC",
        "GIẤY KHAI SINH DANH DỰ",
        "GIẤY CHỨNG NHẬN NUÔI CON NUÔI",
        "TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH",
        "TỜ KHAI ĐĂNG KÝ LẠI KẾT HÔN",
        "TỜ KHAI ĐĂNG KÝ LẠI KHAI TỬ",
        "TỜ KHAI ĐĂNG KÝ NHẬN CHA MẸ CON",
        "TỜ KHAI ĐĂNG KÝ GIÁM HỘ",
        "TỜ KHAI ĐĂNG KÝ CHẤM DỨT GIÁM HỘ",
        "TỜ KHAI ĐĂNG KÝ GIÁM SÁT VIỆC GIÁM HỘ",
        "TỜ KHAI GHI VÀO SỔ HỘ TỊCH VIỆC KẾT HÔN",
        "TỜ KHAI GHI VÀO SỔ HỘ TỊCH VIỆC LY HÔN",
        "TỜ KHAI GHI CHÚ KẾT HÔN",
        "TỜ KHAI GHI CHÚ LY HÔN",
        "TỜ KHAI CĂN CƯỚC",
        "TỜ KHAI CĂN CƯỚC CÔNG DÂN",
        "PHIẾU THU NHẬN THÔNG TIN CĂN CƯỚC",
        "PHIẾU THU THẬP THÔNG TIN DÂN CƯ",
        "PHIẾU BÁO THAY ĐỔI HỘ KHẨU NHÂN KHẨU",
        "BẢN KHAI NHÂN KHẨU",
        "PHIẾU KHAI BÁO TẠM VẮNG",
        "PHIẾU LÝ LỊCH TƯ PHÁP",
        "TỜ KHAI YÊU CẦU CẤP PHIẾU LÝ LỊCH TƯ PHÁP",
        "THÔNG BÁO SỐ ĐỊNH DANH CÁ NHÂN VÀ THÔNG TIN CÔNG DÂN",
        "THÔNG BÁO VỀ KẾT QUẢ GIẢI QUYẾT ĐĂNG KÝ CƯ TRÚ",
        "SỔ TẠM TRÚ",
        "TỜ KHAI ĐỀ NGHỊ CẤP HỘ CHIẾU PHỔ THÔNG",
        "SƠ YẾU LÝ LỊCH",
        "GIẤY KHÁM SỨC KHỎE",
        "GIẤY RA VIỆN",
        "QUYẾT ĐỊNH CÔNG NHẬN THUẬN TÌNH LY HÔN",
        "BẢN CAM ĐOAN",
        "THẺ BẢO HIỂM Y TẾ",
    ),
}
"""Class and titles, without punctuation; ``OTHER``: known ones so near to ours that a damaged one could be mistaken."""
