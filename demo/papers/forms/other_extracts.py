# SPDX-License-Identifier: GPL-3.0-or-later
"""Extracts about guardianship, parentage, corrections, and what was recorded abroad.

The fields tell of the person whom the page names first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import (
    Authority,
    address,
    committee,
    day_between,
    facts,
    family,
    filler,
    home_place,
    official,
    registered_number,
)
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    column,
    heading,
    letterhead,
    paragraph,
    qr,
    row,
    signatures,
    signer,
    table,
    title,
)
from demo.papers.wording import identity_paper, in_capitals_or_not, slashed

_CLASS: Final = "civil-status-extract"
_NOTHING: Final = signer([""], "", pen="none")
_COUNTRIES: Final = ("Hàn Quốc", "Nhật Bản", "Cộng hòa Liên bang Đức", "Hoa Kỳ", "Cộng hòa Séc", "Ô-xtrây-li-a")


@dataclass(frozen=True, slots=True)
class _Extract:
    person: Person
    other: Person
    authority: Authority
    day: dt.date
    number: str
    chief: str

    @property
    def place_and_date(self) -> str:
        return f"{self.authority.town}, {written_date(self.day)}"

    def fields(self) -> Mapping[str, str]:
        return facts(
            document_number=self.number,
            full_name=self.person.full_name,
            birth_date=self.person.birth_date,
            personal_number=self.person.personal_number,
            issue_date=self.day,
            issuer=self.authority.name,
            signer=self.chief,
        )


def _between(made_up: MadeUp, first: Person, second: Person, day: dt.date, suffix: str) -> _Extract:
    authority = committee(made_up, first.place, day)
    return _Extract(
        first, second, authority, day, registered_number(made_up, day, suffix), made_up.name(is_female=False)
    )


def _guardianship(made_up: MadeUp) -> PagePlan:
    """Beginning or end of a guardianship, in the wording of 2015 to 2024."""
    day = day_between(made_up, dt.date(2016, 2, 1))
    ward = made_up.person(born=(day.year - 15, day.year - 3))
    it = _between(made_up, made_up.person(born=(1950, 1985)), ward, day, "TLGH")
    fill = filler(made_up, 0)
    ends = made_up.random.random() < 0.35
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, it.number, it.place_and_date),
        title("TRÍCH LỤC\nĐĂNG KÝ CHẤM DỨT GIÁM HỘ" if ends else "TRÍCH LỤC\nĐĂNG KÝ GIÁM HỘ"),
    ]
    for role, person in (("người giám hộ", it.person), ("người được giám hộ", it.other)):
        blocks += [
            fill(f"Họ, chữ đệm, tên {role}", person.full_name.upper(), bold=True),
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
            row(
                fill("Giới tính", person.sex_word),
                fill("Dân tộc", person.ethnic_group),
                fill("Quốc tịch", "Việt Nam"),
            ),
            fill("Nơi cư trú", address(person, day)),
            fill("Số định danh cá nhân", person.personal_number),
        ]
    reason = "Người được giám hộ đã đủ 18 tuổi" if ends else "Cha, mẹ đều đã chết"
    blocks += [
        fill("Lý do chấm dứt giám hộ" if ends else "Lý do giám hộ", reason),
        fill("Đã đăng ký tại", it.authority.whole_name),
        row(fill("Số", registered_number(made_up, day)), fill("ngày", slashed(day))),
        signatures(_NOTHING, official(made_up, it.authority, it.chief, first_line="NGƯỜI KÝ TRÍCH LỤC")),
    ]
    return PagePlan(_CLASS, "guardianship", blocks, it.fields(), size_pt=13.5)


def _parentage(made_up: MadeUp) -> PagePlan:
    """Recognition of a father or mother, in a table of two persons."""
    day = day_between(made_up, dt.date(2017, 2, 1))
    people = family(made_up, day - dt.timedelta(days=made_up.random.randrange(100, 5000)))
    parent, role = made_up.random.choice(((people.father, "cha"), (people.mother, "mẹ")))
    it = _between(made_up, parent, people.child, day, "TLCMC")
    both = (it.person, it.other)
    blocks = [
        letterhead(it.authority.letterhead, it.number),
        title("TRÍCH LỤC\nĐĂNG KÝ NHẬN CHA, MẸ, CON", size_pt=16),
        table(
            ("", f"Người {role}", "Người con"),
            (
                ("Họ, chữ đệm, tên", *(each.full_name for each in both)),
                ("Ngày sinh", *(slashed(each.birth_date) for each in both)),
                ("Giới tính", *(each.sex_word for each in both)),
                ("Dân tộc", *(each.ethnic_group for each in both)),
                ("Số định danh", *(each.personal_number for each in both)),
                ("Nơi cư trú", *(address(each, day) for each in both)),
            ),
            (1, 1.5, 1.5),
        ),
        paragraph(
            f"Ông/bà {it.person.full_name} được công nhận là {role} của {it.other.full_name}, theo đăng ký ngày "
            f"{slashed(day)} tại {it.authority.name}.",
            align="justify",
            indent_mm=10,
        ),
        paragraph(it.place_and_date, style="italic", align="right"),
        signatures(_NOTHING, official(made_up, it.authority, it.chief)),
    ]
    return PagePlan(_CLASS, "parentage", blocks, it.fields(), size_pt=13.5)


def _correction(made_up: MadeUp) -> PagePlan:
    """Change, correction or addition of what a register says about somebody."""
    day = day_between(made_up, dt.date(2016, 2, 1))
    kind, what = made_up.random.choice(
        (
            ("THAY ĐỔI HỘ TỊCH", "Thay đổi tên"),
            ("CẢI CHÍNH HỘ TỊCH", "Cải chính ngày, tháng, năm sinh"),
            ("CẢI CHÍNH HỘ TỊCH", "Cải chính quê quán"),
            ("BỔ SUNG THÔNG TIN HỘ TỊCH", "Bổ sung phần khai về người cha"),
            ("XÁC ĐỊNH LẠI DÂN TỘC", "Xác định lại dân tộc theo dân tộc của người mẹ"),
        )
    )
    person = made_up.person(born=(1960, 2012))
    it = _between(made_up, person, person, day, "TLTĐCC-BS")
    fill = filler(made_up, 0)
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, it.number, it.place_and_date),
        title(f"TRÍCH LỤC\n{kind}", made_up.random.choice(("", "(BẢN SAO)"))),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, person.full_name), bold=True, rule="line"),
        fill("Ngày, tháng, năm sinh", slashed(person.birth_date), rule="line"),
        row(
            fill("Giới tính", person.sex_word, rule="line"),
            fill("Dân tộc", person.ethnic_group, rule="line"),
            fill("Quốc tịch", "Việt Nam", rule="line"),
        ),
        fill("Giấy tờ tùy thân", identity_paper(made_up, person, day), rule="line"),
        fill("Nơi cư trú", address(person, day), rule="line"),
        fill("Đã đăng ký việc", what, rule="line"),
        fill("Trong", f"Giấy khai sinh số {registered_number(made_up, person.birth_date)}", rule="line"),
        fill("Từ", f"Quê quán: {person.origin}" if "quê" in what else "", rule="line"),
        fill("Thành", f"Quê quán: {home_place(person, day)}" if "quê" in what else "", rule="line"),
        fill("Nơi đăng ký", it.authority.whole_name, rule="line"),
        row(qr(f"{it.number}|{person.personal_number}", 18), signatures(official(made_up, it.authority, it.chief))),
    ]
    return PagePlan(_CLASS, "correction", blocks, it.fields(), size_pt=13.5)


def _abroad(made_up: MadeUp) -> PagePlan:
    """What was done abroad and recorded here: a marriage or a divorce."""
    day = day_between(made_up, dt.date(2016, 2, 1))
    divorced = made_up.random.random() < 0.5
    it = _between(
        made_up,
        made_up.person(is_female=True, born=(1965, 2000)),
        made_up.person(is_female=False, born=(1960, 1998)),
        day,
        "TLGC",
    )
    act = "ly hôn" if divorced else "kết hôn"
    country = made_up.random.choice(_COUNTRIES)
    blocks = [
        row(
            column(
                paragraph(it.authority.superior, size_pt=11, align="center"),
                paragraph(it.authority.name.upper(), style="bold", size_pt=11, align="center"),
                paragraph(f"Số: {it.number}", size_pt=11, align="center"),
            ),
            column(heading(), paragraph(it.place_and_date, style="italic", align="center", size_pt=11)),
            shares=(1, 1.5),
        ),
        title(f"TRÍCH LỤC GHI CHÚ {act.upper()}", size_pt=15),
        paragraph(f"1. Họ và tên: {it.person.full_name.upper()}"),
        paragraph(f"Sinh ngày: {slashed(it.person.birth_date)}. Số định danh cá nhân: {it.person.personal_number}"),
        paragraph(f"Nơi cư trú: {address(it.person, day)}"),
        paragraph(f"2. Họ và tên {'chồng' if not divorced else 'người kia'}: {it.other.full_name.upper()}"),
        paragraph(f"Sinh ngày: {slashed(it.other.birth_date)}. Nơi cư trú: {country}"),
        paragraph(
            f"Đã {act} tại cơ quan có thẩm quyền của {country}; việc {act} được ghi vào Sổ hộ tịch tại "
            f"{it.authority.whole_name}.",
            align="justify",
            indent_mm=10,
        ),
        signatures(
            signer(["CÔNG CHỨC LÀM CÔNG TÁC HỘ TỊCH"], made_up.name(is_female=True)),
            official(made_up, it.authority, it.chief, may_delegate=False),
        ),
    ]
    return PagePlan(_CLASS, "abroad", blocks, it.fields(), size_pt=13.5)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {_CLASS: (_guardianship, _parentage, _correction, _abroad)}
"""Even index: seen by the classifier when it learns; odd: never."""
