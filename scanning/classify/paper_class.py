# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of paper that a page can be recognised as."""

from __future__ import annotations

import enum


class PaperClass(str, enum.Enum):  # noqa: UP042 — a plain str mix-in is what databases and JSON of every version expect
    """Kind of paper; the value is stored, travels, and never changes its meaning."""

    IDENTITY_CARD = "identity-card"
    """Both sides of a thẻ căn cước công dân or thẻ căn cước on one page, or a paper made of such pages."""

    IDENTITY_CARD_FRONT = "identity-card-front"
    """The side of the card with the portrait."""

    IDENTITY_CARD_BACK = "identity-card-back"
    """The side of the card with the machine-readable zone."""

    BIRTH_CERTIFICATE = "birth-certificate"
    """Giấy khai sinh, the original."""

    BIRTH_CERTIFICATE_COPY = "birth-certificate-copy"
    """Giấy khai sinh (bản sao) or trích lục khai sinh."""

    MARRIAGE_CERTIFICATE = "marriage-certificate"
    """Giấy chứng nhận kết hôn."""

    MARRIAGE_EXTRACT = "marriage-extract"
    """Trích lục kết hôn."""

    DEATH_EXTRACT = "death-extract"
    """Trích lục khai tử."""

    CIVIL_STATUS_EXTRACT = "civil-status-extract"
    """Any other trích lục hộ tịch: guardianship, parentage, corrections, what was recorded abroad."""

    MARITAL_STATUS_CONFIRMATION = "marital-status-confirmation"
    """Giấy xác nhận tình trạng hôn nhân."""

    BIRTH_PROOF = "birth-proof"
    """Giấy chứng sinh."""

    DEATH_NOTICE = "death-notice"
    """Giấy báo tử."""

    LAND_USE_CERTIFICATE = "land-use-certificate"
    """The page of a giấy chứng nhận quyền sử dụng đất, of any generation, that has its title."""

    LAND_USE_CERTIFICATE_CHANGES = "land-use-certificate-changes"
    """Another page of it: plan, changes after issue and their legal ground."""

    RESIDENCE_CHANGE_DECLARATION = "residence-change-declaration"
    """Tờ khai thay đổi thông tin cư trú (CT01)."""

    RESIDENCE_CONFIRMATION = "residence-confirmation"
    """Xác nhận thông tin về cư trú (CT07)."""

    BIRTH_REGISTRATION_DECLARATION = "birth-registration-declaration"
    """Tờ khai đăng ký khai sinh."""

    DEATH_REGISTRATION_DECLARATION = "death-registration-declaration"
    """Tờ khai đăng ký khai tử."""

    MARRIAGE_REGISTRATION_DECLARATION = "marriage-registration-declaration"
    """Tờ khai đăng ký kết hôn."""

    MARITAL_STATUS_DECLARATION = "marital-status-declaration"
    """Tờ khai cấp giấy xác nhận tình trạng hôn nhân."""

    CIVIL_STATUS_CHANGE_DECLARATION = "civil-status-change-declaration"
    """Tờ khai đăng ký việc thay đổi, cải chính, bổ sung thông tin hộ tịch."""

    CIVIL_STATUS_COPY_REQUEST = "civil-status-copy-request"
    """Tờ khai cấp bản sao trích lục hộ tịch."""

    POWER_OF_ATTORNEY = "power-of-attorney"
    """Giấy ủy quyền or hợp đồng ủy quyền."""

    WILL = "will"
    """Di chúc."""

    LAND_TRANSFER_CONTRACT = "land-transfer-contract"
    """Hợp đồng chuyển nhượng, tặng cho quyền sử dụng đất."""

    LAND_CHANGE_APPLICATION = "land-change-application"
    """Đơn đăng ký biến động đất đai, tài sản gắn liền với đất."""

    BUILDING_PERMIT_APPLICATION = "building-permit-application"
    """Đơn đề nghị cấp giấy phép xây dựng."""

    HOUSEHOLD_BUSINESS_APPLICATION = "household-business-application"
    """Giấy đề nghị đăng ký hộ kinh doanh."""

    HOUSEHOLD_BUSINESS_CERTIFICATE = "household-business-certificate"
    """Giấy chứng nhận đăng ký hộ kinh doanh."""

    DOSSIER_RECEIPT = "dossier-receipt"
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""

    FEE_RECEIPT = "fee-receipt"
    """Biên lai thu phí, lệ phí."""

    HOUSEHOLD_BOOK = "household-book"
    """Sổ hộ khẩu; no longer valid, and not to be demanded."""

    HANDWRITTEN_SHEET = "handwritten-sheet"
    """A sheet written by hand, without a printed form."""

    PHOTO = "photo"
    """A photograph and nothing else."""

    OTHER = "other"
    """The page says what it is, and it is none of these: a letter, a decision, a notice."""

    UNKNOWN = "unknown"
    """Nobody can tell from this page alone."""
