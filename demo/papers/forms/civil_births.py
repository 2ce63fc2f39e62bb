# SPDX-License-Identifier: GPL-3.0-or-later
"""Originals of birth certificates, of the generations that still lie in people's drawers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, filler, official
from demo.papers.made_up_records import birth
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
    space,
    table,
    title,
)
from demo.papers.wording import day_in_words, identity_paper, in_capitals_or_not, slashed

_CREAM: Final = ("#fdf8e8", "#fbf3e4", "#f8f6e6", "#ffffff")


def _parent(fill: Callable[..., Block], role: str, person: Person, day: dt.date) -> list[Block]:
    return [
        fill(f"Họ, chữ đệm, tên {role}", person.full_name.upper(), bold=True),
        row(
            fill("Năm sinh", f"{person.birth_date.year}"),
            fill("Dân tộc", person.ethnic_group),
            fill("Quốc tịch", "Việt Nam"),
        ),
        fill("Nơi cư trú", address(person, day)),
    ]


def _of_2015(made_up: MadeUp) -> PagePlan:
    it = birth(made_up, dt.date(2016, 1, 5), dt.date(2024, 7, 30))
    child, fill = it.child, filler(made_up, 0.15)
    blocks = [
        heading(),
        title("GIẤY KHAI SINH", f"Số: {it.number}", size_pt=20),
        fill("Họ, chữ đệm, tên", child.full_name.upper(), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(child.birth_date)),
        fill("ghi bằng chữ", day_in_words(child.birth_date)),
        row(fill("Giới tính", child.sex_word), fill("Dân tộc", child.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi sinh", it.place),
        fill("Quê quán", it.origin),
        fill("Số định danh cá nhân", child.personal_number),
        *_parent(fill, "người mẹ", it.mother, it.day),
        *_parent(fill, "người cha", it.father, it.day),
        fill("Họ, chữ đệm, tên người đi khai sinh", it.father.full_name.upper()),
        fill("Giấy tờ tùy thân", identity_paper(made_up, it.father, it.day)),
        fill("Nơi đăng ký khai sinh", it.authority.whole_name),
        fill("Ngày, tháng, năm đăng ký", slashed(it.day)),
        signatures(
            signer([""], "", pen="none"),
            official(
                made_up,
                it.authority,
                it.chief,
                first_line="NGƯỜI KÝ GIẤY KHAI SINH",
                note="(Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)",
                may_delegate=False,
            ),
        ),
    ]
    return PagePlan(
        "birth-certificate",
        "2015",
        blocks,
        it.fields(),
        border=True,
        fill=made_up.random.choice(_CREAM),
        margins_mm=(22, 20, 18, 24),
        size_pt=13,
    )


def _of_2010(made_up: MadeUp) -> PagePlan:
    """Father before mother, a book number, both registrar and chairman sign."""
    it = birth(made_up, dt.date(2010, 1, 5), dt.date(2015, 12, 25))
    child, fill = it.child, filler(made_up, 0.55)
    clerk = made_up.name(is_female=True)
    blocks: list[Block] = [
        row(
            column(paragraph(f"Số: {it.number}"), paragraph(f"Quyển số: 01/{it.day.year}")), heading(), shares=(1, 2.2)
        ),
        title("GIẤY KHAI SINH", "(BẢN CHÍNH)", size_pt=22),
        row(fill("Họ và tên", child.full_name, bold=True), fill("Giới tính", child.sex_word), shares=(2.6, 1)),
        fill("Ngày, tháng, năm sinh", f"{slashed(child.birth_date)} (Bằng chữ: {day_in_words(child.birth_date)})"),
        fill("Nơi sinh", it.place),
        row(fill("Dân tộc", child.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Quê quán", it.origin),
    ]
    for role, person in (("cha", it.father), ("mẹ", it.mother)):
        blocks += [
            fill(f"Họ và tên {role}", person.full_name, bold=True),
            row(
                fill("Dân tộc", person.ethnic_group),
                fill("Quốc tịch", "Việt Nam"),
                fill("Năm sinh", f"{person.birth_date.year}"),
            ),
            fill("Nơi thường trú/tạm trú", address(person, it.day)),
        ]
    blocks += [
        fill("Nơi đăng ký", it.authority.whole_name),
        fill("Ngày, tháng, năm đăng ký", written_date(it.day)),
        fill("Ghi chú", ""),
        fill("Họ, tên, chữ ký của người đi khai sinh", it.mother.full_name),
        signatures(
            signer(["CÁN BỘ TƯ PHÁP HỘ TỊCH"], clerk, note="(Ký, ghi rõ họ tên)"),
            official(made_up, it.authority, it.chief, may_delegate=False, note="(Ký, ghi rõ họ tên và đóng dấu)"),
        ),
    ]
    fields = it.fields(personal_number=None)
    return PagePlan(
        "birth-certificate",
        "2010",
        blocks,
        fields,
        border=True,
        fill="#fdf5d9",
        margins_mm=(24, 20, 18, 24),
        size_pt=13.5,
    )


def _of_2024(made_up: MadeUp) -> PagePlan:
    """Letterhead, the parents' papers, a code for checking."""
    it = birth(made_up, dt.date(2024, 8, 1))
    child, fill = it.child, filler(made_up, 0)
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, it.number),
        title("GIẤY KHAI SINH", size_pt=18),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, child.full_name), bold=True, rule="line"),
        row(
            fill("Ngày, tháng, năm sinh", slashed(child.birth_date), rule="line"),
            fill("Giới tính", child.sex_word, rule="line"),
            shares=(1.6, 1),
        ),
        fill("Ghi bằng chữ", day_in_words(child.birth_date), rule="line"),
        row(fill("Dân tộc", child.ethnic_group, rule="line"), fill("Quốc tịch", "Việt Nam", rule="line")),
        fill("Số định danh cá nhân", child.personal_number, bold=True, rule="line"),
        fill("Nơi sinh", it.place, rule="line"),
        fill("Quê quán", it.origin, rule="line"),
    ]
    for role, person in (("người mẹ", it.mother), ("người cha", it.father)):
        blocks += [
            fill(f"Họ, chữ đệm, tên {role}", in_capitals_or_not(made_up, person.full_name), bold=True, rule="line"),
            row(
                fill("Năm sinh", f"{person.birth_date.year}", rule="line"),
                fill("Dân tộc", person.ethnic_group, rule="line"),
                fill("Quốc tịch", "Việt Nam", rule="line"),
            ),
            fill("Giấy tờ tùy thân", identity_paper(made_up, person, it.day), rule="line"),
        ]
    blocks += [
        fill("Nơi cư trú", address(it.mother, it.day), rule="line"),
        fill("Cơ quan đăng ký khai sinh", it.authority.name, rule="line"),
        fill("Ngày, tháng, năm đăng ký", slashed(it.day), rule="line"),
        row(
            qr(f"{it.number}|{child.personal_number}|{child.full_name}|{child.birth_date:%d%m%Y}", 18),
            signatures(official(made_up, it.authority, it.chief, may_delegate=False)),
        ),
    ]
    fields = it.fields(issuer=it.authority.name)
    return PagePlan("birth-certificate", "2024", blocks, fields, border=True, margins_mm=(20, 20, 16, 24), size_pt=13)


def _of_1999(made_up: MadeUp) -> PagePlan:
    """The parents in a table side by side; no numbers of persons yet, and no quê quán."""
    it = birth(made_up, dt.date(1990, 1, 5), dt.date(2005, 12, 25))
    child, mother, father = it.child, it.mother, it.father
    fill, parents = filler(made_up, 0.4), (it.mother, it.father)
    units = (it.authority.province, it.authority.district, it.authority.commune)
    work = [made_up.random.choice(("Làm ruộng", "Giáo viên", "Công nhân", "Buôn bán", "Cán bộ")) for _ in parents]
    blocks = [
        row(
            column(*(paragraph(unit[0].upper() + unit[1:], size_pt=11) for unit in units)),
            heading(),
            column(paragraph(f"Số: {it.number}", size_pt=11), paragraph("Quyển số: 01", size_pt=11)),
            shares=(1, 2.6, 0.9),
        ),
        title("GIẤY KHAI SINH", size_pt=24),
        row(fill("Họ và tên", child.full_name, bold=True), fill("Nam, nữ", child.sex_word), shares=(2.4, 1)),
        fill("Sinh ngày", written_date(child.birth_date).removeprefix("ngày ")),
        fill("Nơi sinh", it.place),
        row(fill("Dân tộc", child.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        space(2),
        table(
            ("Phần khai về cha, mẹ", "Người mẹ", "Người cha"),
            (
                ("Họ và tên", mother.full_name, father.full_name),
                ("Tuổi", *(f"{it.day.year - each.birth_date.year}" for each in parents)),
                ("Dân tộc", mother.ethnic_group, father.ethnic_group),
                ("Quốc tịch", "Việt Nam", "Việt Nam"),
                ("Nghề nghiệp", *work),
                ("Nơi ĐKNK thường trú", *(address(each, it.day) for each in parents)),
            ),
            (1, 1.4, 1.4),
        ),
        space(2),
        fill("Họ, tên, tuổi người đứng khai", f"{father.full_name}, {it.day.year - father.birth_date.year} tuổi"),
        paragraph(f"Đăng ký {written_date(it.day)}", align="right", style="italic"),
        signatures(
            signer(["Người đứng khai"], father.full_name, note="(Ký tên)"),
            signer(("TM. UBND", "CHỦ TỊCH"), it.chief, note="(Ký tên, đóng dấu)", seal=it.authority.seal),
        ),
    ]
    fields = it.fields(personal_number=None, origin=None, issuer=None)
    return PagePlan(
        "birth-certificate",
        "1999",
        blocks,
        fields,
        border=True,
        fill="#f7efd6",
        margins_mm=(22, 19, 18, 23),
        size_pt=13.5,
    )


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    "birth-certificate": (_of_2015, _of_2010, _of_2024, _of_1999),
}
"""Even index: seen by the classifier when it learns; odd: never."""
