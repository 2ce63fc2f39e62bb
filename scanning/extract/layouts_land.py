# SPDX-License-Identifier: GPL-3.0-or-later
"""Land and building: certificates, contracts, applications (Luật Đất đai of 2003, 2013 and 2024)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.extract import wordings as said
from scanning.extract.layout import FieldRule, Layout, Role
from scanning.extract.values import Kind
from scanning.extract.wordings import headings

_PARCEL: Final = (
    "Thửa đất số",
    "Thửa số",
    "Số thửa đất",
    "Số thửa",
    "Số hiệu thửa đất",
    "Lô đất số",
    "Thửa đất",
    "Số hiệu thửa",
    "Thửa",
    "Thửa số",
    "Số hiệu thửa",
    "Thuộc thửa đất số",
    "Thửa đất số hiệu",
)
_MAP_SHEET: Final = (
    "Tờ BĐ số",
    "Tờ BĐ",
    "Số tờ BĐ",
    "Số tờ",
    "Tờ số",
    "Tờ bản đồ số",
    "Số tờ bản đồ",
    "Tờ bản đồ",
    "Số hiệu tờ bản đồ",
    "thuộc tờ bản đồ số",
)
_AREA: Final = (
    "Diện tích",
    "Diện tích đất",
    "Diện tích thửa đất",
    "Diện tích lô đất",
    "Diện tích đất sử dụng",
    "Diện tích đất chuyển nhượng",
    "Diện tích chuyển nhượng",
    "Diện tích đất tặng cho",
    "Diện tích …",
    "Diện tích sử dụng",
    "Tổng diện tích đất",
    "Diện tích khu đất",
    "Có diện tích",
    "Tổng diện tích …",
    "Tổng diện tích",
)
_PERSON: Final = ("Ông", "Bà", "Ông/Bà", "Ông (Bà)", "Hộ ông", "Hộ bà", "Và vợ: bà", "Cá nhân")
_LAND: Final = (
    FieldRule("parcel_number", Kind.WHOLE_NUMBER, _PARCEL),
    FieldRule("map_sheet", Kind.WHOLE_NUMBER, _MAP_SHEET),
    FieldRule("area_m2", Kind.AREA, _AREA, alone=True),
)
_OWNER_NAMES: Final = (
    "Tên người sử dụng đất",
    "Họ và tên người sử dụng đất",
    "Chủ sử dụng đất",
    "Tên chủ sử dụng",
    "Họ tên chủ sử dụng đất",
)
_WRITTEN_ON: Final = FieldRule("issue_date", Kind.WRITTEN_ON)


def _party(role: str) -> tuple[FieldRule, ...]:
    return (
        FieldRule(f"{role}_name", Kind.PERSON_NAME, (*said.NAME, *_PERSON), role),
        FieldRule(f"{role}_number", Kind.PERSONAL_NUMBER, said.NUMBER, role, alone=True),
    )


def _applicant(*names: str) -> tuple[FieldRule, ...]:
    return (
        FieldRule("full_name", Kind.PERSON_NAME, (*names, *said.NAME, *_PERSON)),
        FieldRule("personal_number", Kind.PERSONAL_NUMBER, said.NUMBER),
        FieldRule("residence", Kind.PLACE, said.RESIDENCE),
        FieldRule("phone", Kind.PHONE, said.PHONE),
    )


LAND_LAYOUTS: Final[Mapping[PaperClass, Layout]] = MappingProxyType(
    {
        PaperClass.LAND_USE_CERTIFICATE: Layout(
            (
                FieldRule("document_number", Kind.LAND_SERIAL, alone=True),
                FieldRule("owner_name", Kind.PERSON_NAME, (*_PERSON, *said.NAME, "Tên", *_OWNER_NAMES), "owner"),
                FieldRule("owner_number", Kind.PERSONAL_NUMBER, said.NUMBER, "owner", alone=True),
                FieldRule("parcel_number", Kind.WHOLE_NUMBER, _PARCEL),
                FieldRule("map_sheet", Kind.WHOLE_NUMBER, _MAP_SHEET),
                FieldRule(
                    "parcel_address",
                    Kind.PLACE,
                    ("Địa chỉ", "Tại", "Địa điểm"),
                    "parcel",
                    (
                        "Địa chỉ thửa đất",
                        "Địa chỉ thửa",
                        "Địa danh thửa đất",
                        "Địa danh",
                        "Vị trí thửa đất",
                        "Vị trí",
                        "Xứ đồng",
                        "Nơi có đất",
                    ),
                ),
                FieldRule("area_m2", Kind.AREA, _AREA),
                _WRITTEN_ON,
            ),
            {
                "owner": (
                    *headings(
                        "người sử dụng đất",
                        "chủ sử dụng đất",
                        "chủ sử dụng",
                        "chủ sở hữu",
                        "người được cấp giấy chứng nhận",
                    ),
                    "Người sử dụng đất, chủ sở hữu",
                    "Người sử dụng đất",
                    "Tên người sử dụng đất",
                    "Chủ sử dụng đất",
                    "Họ tên người sử dụng đất",
                    "chứng nhận",
                ),
                "parcel": (
                    *headings("thửa đất", "thửa đất được cấp giấy chứng nhận"),
                    "Thửa đất, nhà ở",
                    "Thông tin thửa đất",
                    "Thông tin về thửa đất",
                    "Thửa đất được quyền sử dụng",
                    "Thửa đất số",
                    "Thửa đất:",
                    "Được quyền sử dụng",
                ),
            },
            is_signed=True,
            issuer_signs=True,
            roles=(Role("owner_name", "owner_number"),),
        ),
        PaperClass.LAND_USE_CERTIFICATE_CHANGES: Layout((FieldRule("document_number", Kind.LAND_SERIAL, alone=True),)),
        PaperClass.LAND_TRANSFER_CONTRACT: Layout(
            (*_party("seller"), *_party("buyer"), *_LAND, _WRITTEN_ON),
            {
                "seller": (
                    *headings(
                        "bên chuyển nhượng", "bên tặng cho", "bên bán", "bên A", "người chuyển nhượng", "người tặng cho"
                    ),
                    "Bên chuyển nhượng",
                    "Bên tặng cho",
                    "Bên bán",
                    "Bên chuyển nhượng quyền sử dụng đất",
                    "Bên A",
                ),
                "buyer": (
                    *headings(
                        "bên nhận chuyển nhượng",
                        "bên được tặng cho",
                        "bên nhận tặng cho",
                        "bên mua",
                        "bên B",
                        "người nhận chuyển nhượng",
                        "người được tặng cho",
                        "người nhận tặng cho",
                    ),
                    "Bên nhận chuyển nhượng",
                    "Bên được tặng cho",
                    "Bên nhận tặng cho",
                    "Bên mua",
                    "Bên B",
                ),
            },
            roles=(Role("seller_name", "seller_number"), Role("buyer_name", "buyer_number")),
        ),
        PaperClass.LAND_CHANGE_APPLICATION: Layout(
            (
                *_applicant("Tên", "Tên người sử dụng đất"),
                *_LAND,
                FieldRule(
                    "certificate_number",
                    Kind.LAND_SERIAL_INSIDE,
                    (
                        "Số phát hành",
                        "Số phát hành GCN",
                        "Số phát hành giấy chứng nhận",
                        "Số seri",
                        "Số sê-ri",
                        "Số seri giấy chứng nhận",
                        "Giấy chứng nhận số",
                        "Giấy chứng nhận đã cấp",
                        "Số Giấy chứng nhận",
                    ),
                    alone=True,
                ),
                _WRITTEN_ON,
            )
        ),
        PaperClass.BUILDING_PERMIT_APPLICATION: Layout(
            (
                *_applicant(
                    "Tên chủ đầu tư",
                    "Tên chủ đầu tư (tên chủ hộ)",
                    "Chủ đầu tư",
                    "Tên chủ hộ",
                    "Người đại diện",
                    "Họ tên chủ đầu tư",
                    "Họ và tên chủ đầu tư",
                ),
                *_LAND,
                _WRITTEN_ON,
            )
        ),
    }
)
