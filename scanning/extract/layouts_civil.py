# SPDX-License-Identifier: GPL-3.0-or-later
"""Identity cards, and what registrars and hospitals issue of births, marriages and deaths."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.extract import wordings as said
from scanning.extract.layout import FieldRule, Layout, Role
from scanning.extract.layouts_birth_proof import BIRTH_PROOF
from scanning.extract.values import Kind
from scanning.extract.wordings import headings, of, roles

_NUMBER_RULE: Final = FieldRule("document_number", Kind.DOCUMENT_NUMBER, said.DOCUMENT_NUMBER)
_LETTER_DATE: Final = FieldRule("issue_date", Kind.WRITTEN_ON)


_ONE: Final = Role("full_name", "personal_number", "birth_date")
SPOUSE_ROLES: Final = (
    Role("wife_name", "wife_number", "wife_birth_date", is_female=True),
    Role("husband_name", "husband_number", "husband_birth_date", is_female=False),
)
_MOTHER: Final = said.MOTHER
_FATHER: Final = said.FATHER
_PERSON: Final = (
    FieldRule("full_name", Kind.PERSON_NAME, (*said.NAME, *said.NAME_OF)),
    FieldRule("birth_date", Kind.DATE, said.BIRTH_DATE),
    FieldRule("sex", Kind.SEX, said.SEX),
)
_PERSONAL_NUMBER: Final = FieldRule("personal_number", Kind.PERSONAL_NUMBER, said.NUMBER)

# Front and back of the cards of 2016, 2021 and 2024 (TT 61/2015, TT 06/2021, TT 17/2024).
_CARD: Final = Layout(
    (
        FieldRule(
            "personal_number",
            Kind.PERSONAL_NUMBER,
            (
                "Số / No",
                "Số định danh cá nhân / Personal identification number",
                "Personal identification number",
                "Số",
            ),
            alone=True,
        ),
        FieldRule(
            "full_name",
            Kind.PERSON_NAME,
            (
                "Họ và tên / Full name",
                "Họ, chữ đệm và tên khai sinh / Full name",
                "Full name",
                "Họ và tên khai sinh",
                "Họ, chữ đệm và tên khai sinh",
                "Họ và tên",
            ),
        ),
        FieldRule(
            "birth_date",
            Kind.DATE,
            (
                "Ngày sinh / Date of birth",
                "Ngày, tháng, năm sinh / Date of birth",
                "Date of birth",
                "Ngày sinh",
                "Ngày, tháng, năm sinh",
            ),
        ),
        FieldRule("sex", Kind.SEX, ("Giới tính / Sex", "Sex", "Giới tính")),
        FieldRule("origin", Kind.PLACE, ("Quê quán / Place of origin", "Place of origin", "Quê quán")),
        FieldRule(
            "residence",
            Kind.PLACE,
            (
                "Nơi thường trú / Place of residence",
                "Nơi cư trú / Place of residence",
                "Place of residence",
                "Nơi thường trú",
                "Nơi cư trú",
            ),
        ),
        FieldRule(
            "expiry_date",
            Kind.EXPIRY,
            (
                "Có giá trị đến / Date of expiry",
                "Ngày, tháng, năm hết hạn / Date of expiry",
                "Có giá trị đến",
                "Date of expiry",
                "Ngày, tháng, năm hết hạn",
            ),
        ),
        FieldRule(
            "issue_date",
            Kind.WRITTEN_ON,
            (
                "Ngày, tháng, năm / Date, month, year",
                "Ngày, tháng, năm cấp / Date of issue",
                "Date, month, year",
                "Date of issue",
                "Ngày, tháng, năm cấp",
                "Ngày, tháng, năm",
                "Ngày tháng năm",
            ),
        ),
    ),
    other_labels=(
        "Quốc tịch / Nationality",
        "Nationality",
        "Nơi đăng ký khai sinh / Place of birth",
        "Place of birth",
        "Đặc điểm nhận dạng / Personal identification",
        "Đặc điểm nhân dạng / Personal identification",
        "Personal identification",
        "Date of issue",
        "Date of expiry",
    ),
)

_BIRTH: Final = (
    _NUMBER_RULE,
    *_PERSON,
    FieldRule("birth_place", Kind.PLACE, ("Nơi sinh", "Sinh tại", "Nơi sinh …"), behind="birth_date"),
    FieldRule("origin", Kind.PLACE, ("Quê quán", "Nguyên quán")),
    _PERSONAL_NUMBER,
    FieldRule(
        "mother_name", Kind.PERSON_NAME, said.NAME, "mother", (*of(said.NAME, *_MOTHER), *roles("mẹ", "người mẹ"))
    ),
    FieldRule(
        "father_name",
        Kind.PERSON_NAME,
        said.NAME,
        "father",
        (*of(said.NAME, *_FATHER), *roles("cha", "người cha", "bố")),
    ),
    FieldRule(
        "issuer",
        Kind.AGENCY,
        (
            "Nơi đăng ký khai sinh",
            "Nơi đăng ký",
            "Cơ quan đăng ký khai sinh",
            "Cơ quan đăng ký",
            "Đăng ký khai sinh tại",
            "Đăng ký tại",
        ),
    ),
)
_PARENTS: Final = {
    "mother": (*of(said.NAME, *_MOTHER), *headings("mẹ", "người mẹ")),
    "father": (*of(said.NAME, *_FATHER), *headings("cha", "người cha", "bố", "người bố")),
}
_REGISTERED: Final = ("Ngày, tháng, năm đăng ký", "Ngày đăng ký", "Đăng ký ngày", "Ngày tháng năm đăng ký")

_BIRTH_CERTIFICATE: Final = Layout(
    (*_BIRTH, FieldRule("issue_date", Kind.DATE, _REGISTERED)),
    _PARENTS,
    has_letterhead=True,
    registrar_issues=True,
    is_signed=True,
)
_BIRTH_COPY: Final = Layout(
    (*_BIRTH, _LETTER_DATE, FieldRule("issue_date", Kind.DATE, _REGISTERED)),
    _PARENTS,
    has_letterhead=True,
    is_signed=True,
    roles=(_ONE,),
)


def _spouse(role: str, *whose: str) -> tuple[FieldRule, ...]:
    return (
        FieldRule(f"{role}_name", Kind.PERSON_NAME, said.NAME, role, (*of(said.NAME, *whose), *roles(*whose))),
        FieldRule(f"{role}_number", Kind.PERSONAL_NUMBER, said.NUMBER, role, of(said.NUMBER, *whose), alone=True),
        FieldRule(f"{role}_birth_date", Kind.DATE, said.BIRTH_DATE, role, of(said.BIRTH_DATE, *whose)),
    )


_SPOUSES: Final = (
    *_spouse("wife", "vợ", "người vợ", "của vợ", "bên nữ"),
    *_spouse("husband", "chồng", "người chồng", "của chồng", "bên nam"),
)
SPOUSES_SECTIONS: Final = {
    "wife": (
        *of(said.NAME, "vợ", "người vợ", "bên nữ"),
        *headings("vợ", "bên nữ", "người vợ", "bên vợ", "nữ", "người nữ"),
    ),
    "husband": (
        *of(said.NAME, "chồng", "người chồng", "bên nam"),
        *headings("chồng", "bên nam", "người chồng", "bên chồng", "nam", "người nam"),
    ),
}
SPOUSES: Final = _SPOUSES

_MARRIAGE_ISSUER: Final = FieldRule(
    "issuer",
    Kind.AGENCY,
    (
        "Nơi đăng ký kết hôn",
        "Nơi đăng ký",
        "Cơ quan đăng ký kết hôn",
        "Cơ quan đăng ký",
        "Đăng ký kết hôn tại",
        "Đăng ký tại",
    ),
)
_DEAD: Final = (
    _NUMBER_RULE,
    FieldRule(
        "full_name",
        Kind.PERSON_NAME,
        (
            *said.NAME,
            *of(said.NAME, "người chết", "người tử vong", "người đã chết", "người quá cố", "của người chết"),
            *said.NAME_OF,
        ),
    ),
    FieldRule("birth_date", Kind.DATE, said.BIRTH_DATE),
    FieldRule("sex", Kind.SEX, said.SEX),
    _PERSONAL_NUMBER,
    FieldRule("death_date", Kind.DATE, said.DEATH_DATE),
    FieldRule("death_place", Kind.PLACE, said.DEATH_PLACE, behind="death_date"),
    _LETTER_DATE,
)

CIVIL_LAYOUTS: Final[Mapping[PaperClass, Layout]] = MappingProxyType(
    {
        PaperClass.IDENTITY_CARD: _CARD,
        PaperClass.IDENTITY_CARD_FRONT: _CARD,
        PaperClass.IDENTITY_CARD_BACK: _CARD,
        PaperClass.BIRTH_CERTIFICATE: _BIRTH_CERTIFICATE,
        PaperClass.BIRTH_CERTIFICATE_COPY: _BIRTH_COPY,
        PaperClass.MARRIAGE_CERTIFICATE: Layout(
            (
                _NUMBER_RULE,
                *_SPOUSES,
                FieldRule("registration_date", Kind.DATE, (*_REGISTERED, "Ngày, tháng, năm đăng ký kết hôn")),
                _MARRIAGE_ISSUER,
            ),
            SPOUSES_SECTIONS,
            has_letterhead=True,
            registrar_issues=True,
            is_signed=True,
            roles=SPOUSE_ROLES,
        ),
        PaperClass.MARRIAGE_EXTRACT: Layout(
            (_NUMBER_RULE, *_SPOUSES, _LETTER_DATE),
            SPOUSES_SECTIONS,
            has_letterhead=True,
            is_signed=True,
            roles=SPOUSE_ROLES,
        ),
        PaperClass.DEATH_EXTRACT: Layout(_DEAD, has_letterhead=True, is_signed=True, roles=(_ONE,)),
        PaperClass.DEATH_NOTICE: Layout(_DEAD, has_letterhead=True, is_signed=True, roles=(_ONE,)),
        PaperClass.CIVIL_STATUS_EXTRACT: Layout(
            (
                _NUMBER_RULE,
                FieldRule("full_name", Kind.PERSON_NAME, (*said.NAME, *said.NAME_OF)),
                _PERSON[1],
                _PERSONAL_NUMBER,
                _LETTER_DATE,
            ),
            has_letterhead=True,
            is_signed=True,
            roles=(_ONE,),
        ),
        PaperClass.MARITAL_STATUS_CONFIRMATION: Layout(
            (
                _NUMBER_RULE,
                *_PERSON,
                _PERSONAL_NUMBER,
                FieldRule("residence", Kind.PLACE, said.RESIDENCE),
                _LETTER_DATE,
            ),
            has_letterhead=True,
            is_signed=True,
            roles=(_ONE,),
        ),
        PaperClass.BIRTH_PROOF: BIRTH_PROOF,
    }
)
