# SPDX-License-Identifier: GPL-3.0-or-later
"""What people fill in or have written: declarations to the registrar and the police, powers of attorney, wills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from scanning.classify.paper_class import PaperClass
from scanning.extract import wordings as said
from scanning.extract.layout import FieldRule, Layout, Role
from scanning.extract.layouts_civil import SPOUSE_ROLES, SPOUSES, SPOUSES_SECTIONS
from scanning.extract.values import Kind
from scanning.extract.wordings import headings, of, roles

_WRITTEN_ON: Final = FieldRule("issue_date", Kind.WRITTEN_ON)
_ASKS: Final = Role("requester_name", "requester_number")
_ONE: Final = Role("full_name", "personal_number", "birth_date")
_ASKING: Final = ("người yêu cầu", "người khai", "người đề nghị", "người đi khai", "người kê khai", "người làm đơn")
# Whom the paper is for, as a label of the name.
_FOR: Final = (
    "Cấp cho",
    "Cấp giấy cho",
    "Cấp giấy xác nhận cho",
    "Cấp bản sao cho",
    "Cấp trích lục cho",
    "Cấp bản sao trích lục cho",
    "Xác nhận cho",
    "Cho ông/bà",
    "Cho ông (bà)",
    "Cho ông/bà/cháu",
    "Cho người có tên",
)
_REQUESTER: Final = (
    FieldRule(
        "requester_name",
        Kind.PERSON_NAME,
        said.NAME,
        "requester",
        (
            *of(said.NAME, *_ASKING, "của người yêu cầu"),
            *roles(*_ASKING),
        ),
    ),
    FieldRule(
        "requester_number",
        Kind.PERSONAL_NUMBER,
        said.NUMBER,
        "requester",
        of(said.NUMBER, *_ASKING, *(f"của {each}" for each in _ASKING)),
        alone=True,
    ),
)
_REQUESTER_BEGINS: Final = (
    *of(said.NAME, *_ASKING),
    *headings(*_ASKING, "người đi đăng ký"),
    "Tôi tên là",
    "Tôi là",
)
_PERSON_BEGINS: Final = (
    *_FOR,
    "Đề nghị cơ quan",
    "Đề nghị Quý cơ quan",
    "Đề nghị Ủy ban nhân dân",
    "Đề nghị UBND",
    "cho người có tên dưới đây",
    "cho người dưới đây",
    "người có tên dưới đây",
    "người có tên sau đây",
    "có thông tin như sau",
    "Đề nghị cấp",
    "Đề nghị đăng ký",
    "Đề nghị xác nhận",
    "Đề nghị Phòng",
    "Đề nghị Công an",
    "Nay đề nghị",
)


def _person(section: str) -> tuple[FieldRule, ...]:
    return (
        FieldRule("full_name", Kind.PERSON_NAME, (*said.NAME, *said.NAME_OF), section, _FOR if section else ()),
        FieldRule("birth_date", Kind.DATE, said.BIRTH_DATE, section),
        FieldRule("sex", Kind.SEX, said.SEX, section),
        FieldRule(
            "personal_number",
            Kind.PERSONAL_NUMBER,
            said.NUMBER,
            section,
            of(said.NUMBER, "người được cấp", "của người được cấp", "của người được xác nhận") if section else (),
            alone=True,
        ),
    )


def _without(rules: tuple[FieldRule, ...], *names: str) -> tuple[FieldRule, ...]:
    return tuple(rule for rule in rules if rule.name not in names)


_PERSON: Final = _person("person")
_ALONE: Final = _person("")
_MOTHER: Final = said.MOTHER
_FATHER: Final = said.FATHER
_CHILD: Final = ("trẻ", "con", "của trẻ", "người được khai sinh", "trẻ được khai sinh", "người được đăng ký khai sinh")

_BIRTH: Final = Layout(
    (
        *_REQUESTER,
        FieldRule("child_name", Kind.PERSON_NAME, said.NAME, "child", (*of(said.NAME, *_CHILD), *roles(*_CHILD))),
        FieldRule("child_birth_date", Kind.DATE, said.BIRTH_DATE, "child", of(said.BIRTH_DATE, *_CHILD)),
        FieldRule("child_sex", Kind.SEX, said.SEX, "child", (*said.SEX, *of(said.SEX, *_CHILD))),
        FieldRule("birth_place", Kind.PLACE, (), own_labels=("Nơi sinh", "Sinh tại", "Nơi sinh …")),
        FieldRule(
            "mother_name", Kind.PERSON_NAME, said.NAME, "mother", (*of(said.NAME, *_MOTHER), *roles("mẹ", "người mẹ"))
        ),
        FieldRule("mother_number", Kind.PERSONAL_NUMBER, said.NUMBER, "mother", of(said.NUMBER, *_MOTHER), alone=True),
        FieldRule(
            "father_name",
            Kind.PERSON_NAME,
            said.NAME,
            "father",
            (*of(said.NAME, *_FATHER), *roles("cha", "người cha", "bố")),
        ),
        FieldRule("father_number", Kind.PERSONAL_NUMBER, said.NUMBER, "father", of(said.NUMBER, *_FATHER), alone=True),
    ),
    {
        "requester": _REQUESTER_BEGINS,
        "child": (
            *_PERSON_BEGINS,
            *(f"{text}:" for text in said.NAME[:8]),
            *of(said.NAME, *_CHILD),
            *headings(
                "trẻ",
                "trẻ em",
                "con",
                "người được khai sinh",
                "trẻ được khai sinh",
                "trẻ em được khai sinh",
                "người được đăng ký khai sinh",
            ),
        ),
        "mother": (*of(said.NAME, *_MOTHER), *headings("mẹ", "người mẹ")),
        "father": (*of(said.NAME, *_FATHER), *headings("cha", "người cha", "bố", "người bố")),
    },
    roles=(Role("child_name", "", "child_birth_date", is_youngest=True),),
)

_DEAD: Final = (
    "người chết",
    "người đã chết",
    "người được khai tử",
    "người tử vong",
    "người quá cố",
    "của người chết",
)
_DEATH: Final = Layout(
    (
        *_REQUESTER,
        FieldRule("full_name", Kind.PERSON_NAME, said.NAME, "person", (*of(said.NAME, *_DEAD), *roles(*_DEAD[:5]))),
        *_without(_PERSON, "full_name", "sex"),
        FieldRule("death_date", Kind.DATE, said.DEATH_DATE),
        FieldRule("death_place", Kind.PLACE, said.DEATH_PLACE, behind="death_date"),
        _WRITTEN_ON,
    ),
    {
        "requester": _REQUESTER_BEGINS,
        "person": (
            *_PERSON_BEGINS,
            *of(said.NAME, *_DEAD),
            *headings(*_DEAD),
        ),
    },
    roles=(_ASKS, replace(_ONE, is_another=True)),
)


def _two_people(*rules: FieldRule, begins: tuple[str, ...] = ()) -> Layout:
    return Layout(
        (*_REQUESTER, *rules, _WRITTEN_ON),
        {"requester": _REQUESTER_BEGINS, "person": (*_PERSON_BEGINS, *begins)},
        roles=(_ASKS, _ONE),
    )


_CHANGED: Final = of(
    ("Thông tin", "Thông tin về", "Thông tin của", "Người"),
    "người được thay đổi, cải chính",
    "được thay đổi hộ tịch",
    "được thay đổi, cải chính",
    "người có hộ tịch",
    "người có thay đổi",
)
_COPIED: Final = of(
    ("Thông tin", "Thông tin về", "Thông tin của"),
    "người được đăng ký",
    "người đã đăng ký",
    "người được cấp bản sao trích lục",
)
_HEAD: Final = ("chủ hộ", "của chủ hộ")
_ATTORNEY: Final = Layout(
    (
        *(
            rule
            for role in ("principal", "agent")
            for rule in (
                FieldRule(
                    f"{role}_name", Kind.PERSON_NAME, (*said.NAME, "Ông", "Bà", "Ông/Bà", "Ông (Bà)", "Họ tên"), role
                ),
                FieldRule(f"{role}_number", Kind.PERSONAL_NUMBER, said.NUMBER, role, alone=True),
                FieldRule(f"{role}_birth_date", Kind.DATE, said.BIRTH_DATE, role),
            )
        ),
        _WRITTEN_ON,
    ),
    {
        "principal": (
            *headings("bên ủy quyền", "người ủy quyền", "bên A"),
            "Bên ủy quyền",
            "Bên uỷ quyền",
            "Người ủy quyền",
            "Thông tin người ủy quyền",
            "Thông tin bên ủy quyền",
            "Bên A",
            "Tôi tên là",
            "Tôi là",
        ),
        "agent": (
            *headings("bên được ủy quyền", "người được ủy quyền", "bên nhận ủy quyền", "người nhận ủy quyền", "bên B"),
            "Bên được ủy quyền",
            "Bên nhận ủy quyền",
            "Người được ủy quyền",
            "Người nhận ủy quyền",
            "Thông tin người được ủy quyền",
            "Thông tin bên được ủy quyền",
            "Ủy quyền cho",
            "Nay ủy quyền cho",
            "Bên B",
        ),
    },
    roles=(
        Role("principal_name", "principal_number", "principal_birth_date"),
        Role("agent_name", "agent_number", "agent_birth_date"),
    ),
)

DECLARATION_LAYOUTS: Final[Mapping[PaperClass, Layout]] = MappingProxyType(
    {
        PaperClass.BIRTH_REGISTRATION_DECLARATION: _BIRTH,
        PaperClass.DEATH_REGISTRATION_DECLARATION: _DEATH,
        PaperClass.MARRIAGE_REGISTRATION_DECLARATION: Layout(
            (*SPOUSES, _WRITTEN_ON), SPOUSES_SECTIONS, roles=SPOUSE_ROLES
        ),
        PaperClass.MARITAL_STATUS_DECLARATION: _two_people(
            *_PERSON,
            FieldRule("residence", Kind.PLACE, said.RESIDENCE, "person"),
            begins=headings(
                "người được xác nhận",
                "người được cấp giấy",
                "người được cấp giấy xác nhận",
                "người được cấp",
                "người cần xác nhận",
            ),
        ),
        PaperClass.CIVIL_STATUS_CHANGE_DECLARATION: _two_people(
            *_without(_PERSON, "sex"),
            begins=(
                *headings("người được thay đổi", "người được cải chính", "người được bổ sung", "người thay đổi"),
                *_CHANGED,
            ),
        ),
        PaperClass.CIVIL_STATUS_COPY_REQUEST: _two_people(
            *_without(_PERSON, "sex", "personal_number"),
            begins=(
                *headings(
                    "người được cấp bản sao",
                    "người được cấp bản sao trích lục",
                    "người được cấp",
                    "người được cấp trích lục",
                ),
                *_COPIED,
            ),
        ),
        PaperClass.RESIDENCE_CHANGE_DECLARATION: Layout(
            (
                *_without(_ALONE, "personal_number"),
                FieldRule("personal_number", Kind.PERSONAL_NUMBER, said.NUMBER),
                FieldRule("phone", Kind.PHONE, said.PHONE),
                FieldRule("residence", Kind.PLACE, said.RESIDENCE),
                FieldRule("head_name", Kind.PERSON_NAME, (), own_labels=(*of(said.NAME, *_HEAD), "Chủ hộ:", "Chủ hộ|")),
                FieldRule("head_number", Kind.PERSONAL_NUMBER, (), own_labels=of(said.NUMBER, "chủ hộ", "của chủ hộ")),
                _WRITTEN_ON,
            ),
            roles=(_ONE, Role("head_name", "head_number")),
        ),
        PaperClass.RESIDENCE_CONFIRMATION: Layout(
            (
                FieldRule("document_number", Kind.DOCUMENT_NUMBER, said.DOCUMENT_NUMBER),
                *_without(_ALONE, "personal_number"),
                FieldRule("personal_number", Kind.PERSONAL_NUMBER, said.NUMBER),
                FieldRule("residence", Kind.PLACE, said.RESIDENCE),
                FieldRule("head_name", Kind.PERSON_NAME, (), own_labels=(*of(said.NAME, *_HEAD), "Chủ hộ:", "Chủ hộ|")),
                _WRITTEN_ON,
            ),
            has_letterhead=True,
            is_signed=True,
            roles=(_ONE, Role("head_name")),
        ),
        PaperClass.POWER_OF_ATTORNEY: _ATTORNEY,
        PaperClass.WILL: Layout((*_without(_ALONE, "sex"), _WRITTEN_ON), roles=(_ONE,)),
    }
)
