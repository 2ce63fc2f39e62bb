# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields where temptation is greatest: land, construction, business registration, health.

Whoever works in them is gone through first, and the review of clerks may look at their dossiers alone.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.text import fold


class SensitiveField(enum.StrEnum):
    """A group of fields that is looked at above all."""

    LAND = "land"
    CONSTRUCTION = "construction"
    BUSINESS_REGISTRATION = "business-registration"
    HEALTH = "health"


SENSITIVE_FIELDS: Final[Mapping[SensitiveField, frozenset[str]]] = MappingProxyType(
    {
        SensitiveField.LAND: frozenset({"Đất đai", "Tài chính đất đai", "Đăng ký biện pháp bảo đảm"}),
        SensitiveField.CONSTRUCTION: frozenset(
            {
                "Hoạt động xây dựng",
                "Quản lý chất lượng công trình xây dựng",
                "Quy hoạch đô thị và nông thôn",
                "Nhà ở và công sở",
                "Hạ tầng kỹ thuật",
            }
        ),
        SensitiveField.BUSINESS_REGISTRATION: frozenset(
            {
                "Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)",
                "Thành lập và hoạt động của tổ hợp tác",
                "Thành lập và hoạt động của tổ hợp tác, hợp tác xã, liên hiệp hợp tác xã",
            }
        ),
        SensitiveField.HEALTH: frozenset(
            {
                "Khám bệnh, chữa bệnh",
                "Dược phẩm",
                "Mỹ phẩm",
                "Trang thiết bị và công trình y tế",
                "Y tế Dự phòng",
                "An toàn thực phẩm và Dinh dưỡng",
                "Dân số, Bà mẹ - Trẻ em",
            }
        ),
    }
)
"""Lĩnh vực as the catalogue names them. The shipped catalogue holds none of the Ministry of Health's; the names of its
fields are from common use and unverified."""

_FOLDED: Final = frozenset(fold(field) for fields in SENSITIVE_FIELDS.values() for field in fields)


def is_sensitive(field: str) -> bool:
    """Whether a field (lĩnh vực), named as in the catalogue, is one of them; accents and case are forgiven."""
    return fold(field) in _FOLDED
