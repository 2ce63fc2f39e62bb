# SPDX-License-Identifier: GPL-3.0-or-later
"""What a recognised paper is called, and in what form it usually comes, until the clerk says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casework.records.paper import PaperClass, PaperForm

TITLES: Final[Mapping[PaperClass, str]] = {
    PaperClass.IDENTITY_CARD: "Thẻ căn cước (bản chụp)",
    PaperClass.IDENTITY_CARD_FRONT: "Thẻ căn cước, mặt trước (bản chụp)",
    PaperClass.IDENTITY_CARD_BACK: "Thẻ căn cước, mặt sau (bản chụp)",
    PaperClass.BIRTH_CERTIFICATE: "Giấy khai sinh",
    PaperClass.BIRTH_CERTIFICATE_COPY: "Giấy khai sinh (bản sao)",
    PaperClass.MARRIAGE_CERTIFICATE: "Giấy chứng nhận kết hôn",
    PaperClass.MARRIAGE_EXTRACT: "Trích lục kết hôn",
    PaperClass.DEATH_EXTRACT: "Trích lục khai tử",
    PaperClass.CIVIL_STATUS_EXTRACT: "Trích lục hộ tịch",
    PaperClass.MARITAL_STATUS_CONFIRMATION: "Giấy xác nhận tình trạng hôn nhân",
    PaperClass.BIRTH_PROOF: "Giấy chứng sinh",
    PaperClass.DEATH_NOTICE: "Giấy báo tử",
    PaperClass.LAND_USE_CERTIFICATE: "Giấy chứng nhận quyền sử dụng đất",
    PaperClass.LAND_USE_CERTIFICATE_CHANGES: "Giấy chứng nhận quyền sử dụng đất, trang thay đổi",
    PaperClass.RESIDENCE_CHANGE_DECLARATION: "Tờ khai thay đổi thông tin cư trú (CT01)",
    PaperClass.RESIDENCE_CONFIRMATION: "Xác nhận thông tin về cư trú (CT07)",
    PaperClass.BIRTH_REGISTRATION_DECLARATION: "Tờ khai đăng ký khai sinh",
    PaperClass.DEATH_REGISTRATION_DECLARATION: "Tờ khai đăng ký khai tử",
    PaperClass.MARRIAGE_REGISTRATION_DECLARATION: "Tờ khai đăng ký kết hôn",
    PaperClass.MARITAL_STATUS_DECLARATION: "Tờ khai cấp giấy xác nhận tình trạng hôn nhân",
    PaperClass.CIVIL_STATUS_CHANGE_DECLARATION: "Tờ khai thay đổi, cải chính, bổ sung hộ tịch",
    PaperClass.CIVIL_STATUS_COPY_REQUEST: "Tờ khai cấp bản sao trích lục hộ tịch",
    PaperClass.POWER_OF_ATTORNEY: "Giấy ủy quyền",
    PaperClass.WILL: "Di chúc",
    PaperClass.LAND_TRANSFER_CONTRACT: "Hợp đồng chuyển quyền sử dụng đất",
    PaperClass.LAND_CHANGE_APPLICATION: "Đơn đăng ký biến động đất đai",
    PaperClass.BUILDING_PERMIT_APPLICATION: "Đơn đề nghị cấp giấy phép xây dựng",
    PaperClass.HOUSEHOLD_BUSINESS_APPLICATION: "Giấy đề nghị đăng ký hộ kinh doanh",
    PaperClass.HOUSEHOLD_BUSINESS_CERTIFICATE: "Giấy chứng nhận đăng ký hộ kinh doanh",
    PaperClass.DOSSIER_RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    PaperClass.FEE_RECEIPT: "Biên lai thu phí, lệ phí",
    PaperClass.HOUSEHOLD_BOOK: "Sổ hộ khẩu",
    PaperClass.HANDWRITTEN_SHEET: "Giấy viết tay",
    PaperClass.PHOTO: "Ảnh",
    PaperClass.OTHER: "Giấy tờ khác",
    PaperClass.UNKNOWN: "Giấy tờ khác",
}
"""Every class has a title."""

_FORMS: Final[Mapping[PaperClass, PaperForm]] = {
    PaperClass.IDENTITY_CARD: PaperForm.PHOTOCOPY,
    PaperClass.IDENTITY_CARD_FRONT: PaperForm.PHOTOCOPY,
    PaperClass.IDENTITY_CARD_BACK: PaperForm.PHOTOCOPY,
    PaperClass.BIRTH_CERTIFICATE_COPY: PaperForm.CERTIFIED_COPY,
}


def usual_form(paper_class: PaperClass) -> PaperForm:
    """Give the form that papers of a class are usually handed in."""
    return _FORMS.get(paper_class, PaperForm.ORIGINAL)
