# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of paper that a page can be recognised as."""

from __future__ import annotations

import enum


class PaperClass(str, enum.Enum):  # noqa: UP042 — a plain str mix-in is what databases and JSON of every version expect
    """Kind of paper; the value is stored, travels, and never changes its meaning."""

    IDENTITY_CARD = "identity-card"
    """Thẻ căn cước công dân, thẻ căn cước, or a copy of one."""

    BIRTH_REGISTRATION_DECLARATION = "birth-registration-declaration"
    """Tờ khai đăng ký khai sinh."""

    BIRTH_PROOF = "birth-proof"
    """Giấy chứng sinh."""

    MARRIAGE_CERTIFICATE = "marriage-certificate"
    """Giấy chứng nhận kết hôn."""

    MARITAL_STATUS_CONFIRMATION = "marital-status-confirmation"
    """Giấy xác nhận tình trạng hôn nhân."""

    LAND_USE_CERTIFICATE = "land-use-certificate"
    """Giấy chứng nhận quyền sử dụng đất, of any generation."""

    UNKNOWN = "unknown"
    """Something else, or nobody can tell from this page alone."""
