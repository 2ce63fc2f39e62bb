# SPDX-License-Identifier: GPL-3.0-or-later
"""Where each class of paper prints its fields: labels and sections, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.extract.values import Kind

ANYWHERE: Final = ""
"""The section of rules that may look on the whole page."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How to find one field.

    Attributes:
        name: The field.
        kind: What its value looks like.
        labels: What may be printed before it; without labels, the first value of the kind that fills its place.
        section: The section of the page that it stands in.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...] = ()
    section: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of a class.

    Attributes:
        rules: One rule a field.
        sections: Section and the label that begins it; it reaches to the beginning of the next one.
        columns: Section and the heading above its column; two columns side by side.
    """

    rules: tuple[FieldRule, ...]
    sections: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


_NAME = ("Họ, chữ đệm, tên", "Họ và tên", "Họ tên")
_NUMBER = ("Số định danh cá nhân", "Giấy tờ tùy thân", "Căn cước công dân số", "CCCD số", "Số CCCD/Hộ chiếu", "Số CCCD")
_BIRTH_DATE = ("Ngày, tháng, năm sinh", "Ngày sinh", "Sinh ngày")


def _person(section: str) -> tuple[FieldRule, ...]:
    return (
        FieldRule(f"{section}_name", Kind.PERSON_NAME, _NAME, section),
        FieldRule(f"{section}_number", Kind.PERSONAL_NUMBER, _NUMBER, section),
        FieldRule(f"{section}_birth_date", Kind.DATE, _BIRTH_DATE, section),
    )


LAYOUTS: Final[Mapping[PaperClass, Layout]] = MappingProxyType(
    {
        PaperClass.IDENTITY_CARD: Layout(
            (
                FieldRule("personal_number", Kind.PERSONAL_NUMBER),
                FieldRule("full_name", Kind.PERSON_NAME, ("Họ và tên / Full name", "Full name")),
                FieldRule("birth_date", Kind.DATE, ("Ngày sinh / Date of birth", "Date of birth", "Ngày sinh")),
                FieldRule("sex", Kind.SEX, ("Giới tính / Sex", "Sex", "Giới tính")),
                FieldRule("residence", Kind.PLACE, ("Nơi thường trú / Place of residence", "Place of residence")),
                FieldRule("issue_date", Kind.DATE, ("Ngày, tháng, năm / Date, month, year", "Date, month, year")),
            )
        ),
        PaperClass.BIRTH_REGISTRATION_DECLARATION: Layout(
            (
                FieldRule("requester_name", Kind.PERSON_NAME, ("Họ, chữ đệm, tên người yêu cầu",), "requester"),
                FieldRule("requester_number", Kind.PERSONAL_NUMBER, _NUMBER, "requester"),
                FieldRule("child_name", Kind.PERSON_NAME, _NAME, "child"),
                FieldRule("child_birth_date", Kind.DATE, _BIRTH_DATE, "child"),
                FieldRule("child_sex", Kind.SEX, ("Giới tính",), "child"),
                FieldRule("birth_place", Kind.PLACE, ("Nơi sinh",), "child"),
                FieldRule("mother_name", Kind.PERSON_NAME, ("Họ, chữ đệm, tên người mẹ",), "mother"),
                FieldRule("mother_number", Kind.PERSONAL_NUMBER, _NUMBER, "mother"),
                FieldRule("father_name", Kind.PERSON_NAME, ("Họ, chữ đệm, tên người cha",), "father"),
                FieldRule("father_number", Kind.PERSONAL_NUMBER, _NUMBER, "father"),
            ),
            sections={
                "requester": "Họ, chữ đệm, tên người yêu cầu",
                "child": "Họ, chữ đệm, tên",
                "mother": "Họ, chữ đệm, tên người mẹ",
                "father": "Họ, chữ đệm, tên người cha",
            },
        ),
        PaperClass.BIRTH_PROOF: Layout(
            (
                FieldRule("document_number", Kind.DOCUMENT_NUMBER, ("Số",)),
                FieldRule("mother_name", Kind.PERSON_NAME, ("Họ và tên mẹ", "Họ và tên mẹ/người nuôi dưỡng"), "mother"),
                FieldRule("mother_number", Kind.PERSONAL_NUMBER, _NUMBER, "mother"),
                FieldRule("father_name", Kind.PERSON_NAME, ("Họ và tên cha",), "father"),
                FieldRule("child_name", Kind.PERSON_NAME, ("Dự định đặt tên con là",), "birth"),
                FieldRule("child_birth_date", Kind.DATE, ("Đã sinh con vào lúc",), "birth"),
                FieldRule("child_sex", Kind.SEX, ("Giới tính của con",), "birth"),
                FieldRule("weight_grams", Kind.WHOLE_NUMBER, ("Cân nặng",), "birth"),
                FieldRule("issue_date", Kind.PLACE_AND_DATE),
            ),
            sections={
                "mother": "Họ và tên mẹ",
                "father": "Họ và tên cha",
                "birth": "Đã sinh con vào lúc",
            },
        ),
        PaperClass.MARRIAGE_CERTIFICATE: Layout(
            (
                FieldRule("document_number", Kind.DOCUMENT_NUMBER, ("Số",)),
                *_person("wife"),
                *_person("husband"),
                FieldRule("registration_date", Kind.DATE, ("Ngày, tháng, năm đăng ký",)),
            ),
            columns={"wife": "Vợ", "husband": "Chồng"},
        ),
        PaperClass.MARITAL_STATUS_CONFIRMATION: Layout(
            (
                FieldRule("document_number", Kind.DOCUMENT_NUMBER, ("Số",)),
                FieldRule("full_name", Kind.PERSON_NAME, _NAME),
                FieldRule("birth_date", Kind.DATE, _BIRTH_DATE),
                FieldRule("sex", Kind.SEX, ("Giới tính",)),
                FieldRule("personal_number", Kind.PERSONAL_NUMBER, _NUMBER),
                FieldRule("residence", Kind.PLACE, ("Nơi cư trú",)),
                FieldRule("issue_date", Kind.PLACE_AND_DATE),
            )
        ),
        PaperClass.LAND_USE_CERTIFICATE: Layout(
            (
                FieldRule("document_number", Kind.LAND_SERIAL),
                FieldRule("owner_name", Kind.PERSON_NAME, ("Ông", "Bà", "Họ và tên"), "owner"),
                FieldRule("owner_number", Kind.PERSONAL_NUMBER, _NUMBER, "owner"),
                FieldRule("parcel_number", Kind.WHOLE_NUMBER, ("Thửa đất số",), "parcel"),
                FieldRule("map_sheet", Kind.WHOLE_NUMBER, ("Tờ bản đồ số",), "parcel"),
                FieldRule("parcel_address", Kind.PLACE, ("Địa chỉ",), "parcel"),
                FieldRule("area_m2", Kind.AREA, ("Diện tích",), "parcel"),
                FieldRule("issue_date", Kind.PLACE_AND_DATE),
            ),
            sections={
                "owner": "Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
                "parcel": "Thửa đất",
            },
        ),
    }
)
