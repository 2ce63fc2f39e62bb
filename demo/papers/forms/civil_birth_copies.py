# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies and extracts of birth certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.made_up import MadeUp, written_date
from demo.papers.made_up_civil import address, committee, day_between, filler, official, registered_number
from demo.papers.made_up_records import birth
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    form_code,
    heading,
    letterhead,
    paragraph,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)
from demo.papers.wording import dated, day_in_words, in_capitals_or_not, slashed

_COPY: Final = "birth-certificate-copy"


def _extract_2015(made_up: MadeUp) -> PagePlan:
    it = birth(made_up, dt.date(1975, 1, 5), dt.date(2023, 12, 25))
    child, fill = it.child, filler(made_up, 0)
    day = day_between(made_up, max(it.day, dt.date(2016, 2, 1)))
    authority = committee(made_up, child.place, day)
    number, chief = registered_number(made_up, day, "TLKS-BS"), made_up.name(is_female=False)
    parents = (("mẹ", it.mother), ("cha", it.father))
    blocks: list[Block] = [
        letterhead(authority.letterhead, number, f"{authority.town}, {written_date(day)}"),
        title("TRÍCH LỤC KHAI SINH", "(BẢN SAO)"),
        fill("Họ, chữ đệm, tên", child.full_name.upper(), bold=True),
        row(fill("Ngày, tháng, năm sinh", slashed(child.birth_date))),
        fill("Ghi bằng chữ", day_in_words(child.birth_date)),
        row(fill("Giới tính", child.sex_word), fill("Dân tộc", child.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Nơi sinh", it.place),
        fill("Quê quán", it.origin),
        fill("Số định danh cá nhân", child.personal_number),
    ]
    for role, person in parents:
        blocks += [
            fill(f"Họ, chữ đệm, tên người {role}", person.full_name.upper(), bold=True),
            row(
                fill("Năm sinh", f"{person.birth_date.year}"),
                fill("Dân tộc", person.ethnic_group),
                fill("Quốc tịch", "Việt Nam"),
            ),
            fill("Nơi cư trú", address(person, it.day)),
        ]
    blocks += [
        fill("Đăng ký khai sinh tại", it.authority.whole_name),
        row(fill("Số", it.number), fill("ngày", slashed(it.day))),
        fill(
            "Thực hiện trích lục từ", made_up.random.choice(("Sổ đăng ký khai sinh", "Cơ sở dữ liệu hộ tịch điện tử"))
        ),
        signatures(signer([""], "", pen="none"), official(made_up, authority, chief, first_line="NGƯỜI KÝ TRÍCH LỤC")),
    ]
    fields = it.fields(document_number=number, issuer=authority.name, issue_date=day, signer=chief)
    return PagePlan(_COPY, "extract-2015", blocks, fields, size_pt=13)


def _copy_2010(made_up: MadeUp) -> PagePlan:
    """The form of the original with another word below the title, copied from the register by hand or typewriter."""
    it = birth(made_up, dt.date(1970, 1, 5), dt.date(2009, 12, 25))
    child, fill = it.child, filler(made_up, 0.4)
    day = day_between(made_up, max(it.day, dt.date(2006, 2, 1)), dt.date(2015, 12, 28))
    chief = made_up.name(is_female=False)
    blocks: list[Block] = [
        form_code(made_up.random.choice(("Mẫu TP/HT-2006-KS.1.a", "Mẫu TP/HT-2010-KS.1.a"))),
        heading(),
        title("GIẤY KHAI SINH", "(BẢN SAO)", size_pt=18),
        row(fill("Số", it.number, rule="none"), fill("Quyển số", f"01/{it.day.year}", rule="none")),
        row(
            fill("Họ và tên", in_capitals_or_not(made_up, child.full_name), bold=True),
            fill("Giới tính", child.sex_word),
            shares=(2.5, 1),
        ),
        fill("Ngày, tháng, năm sinh", dated(made_up, child.birth_date)),
        fill("Bằng chữ", day_in_words(child.birth_date)),
        fill("Nơi sinh", it.place),
        fill("Quê quán", it.origin),
        row(fill("Dân tộc", child.ethnic_group), fill("Quốc tịch", "Việt Nam")),
    ]
    for role, person in (("cha", it.father), ("mẹ", it.mother)):
        blocks += [
            fill(f"Họ và tên {role}", person.full_name),
            row(
                fill("Dân tộc", person.ethnic_group),
                fill("Quốc tịch", "Việt Nam"),
                fill("Năm sinh", f"{person.birth_date.year}"),
            ),
            fill("Nơi thường trú/tạm trú", address(person, it.day)),
        ]
    blocks += [
        fill("Nơi đăng ký", it.authority.whole_name),
        fill("Ngày, tháng, năm đăng ký", slashed(it.day)),
        fill("Họ và tên người đi khai sinh", it.father.full_name),
        fill("Người đã ký Giấy khai sinh", it.chief),
        paragraph("SAO TỪ SỔ ĐĂNG KÝ KHAI SINH", style="bold", align="center"),
        paragraph(f"{it.authority.town[0]}{it.authority.town[1:]}, {written_date(day)}", style="italic", align="right"),
        signatures(
            signer(["CÁN BỘ TƯ PHÁP HỘ TỊCH"], made_up.name(is_female=True)),
            official(made_up, it.authority, chief, first_line="NGƯỜI KÝ BẢN SAO", may_delegate=False),
        ),
    ]
    fields = it.fields(personal_number=None, issue_date=day, signer=chief)
    return PagePlan(_COPY, "copy-2010", blocks, fields, size_pt=12)


def _copy_2024(made_up: MadeUp) -> PagePlan:
    """In a table; from the electronic register."""
    it = birth(made_up, dt.date(1985, 1, 5), dt.date(2025, 6, 25))
    child = it.child
    day = day_between(made_up, max(it.day, dt.date(2024, 8, 1)))
    authority = committee(made_up, child.place, day)
    number, chief = registered_number(made_up, day, f"{day.year}/GKS-BS"), made_up.name(is_female=True)
    rows: list[tuple[str, str]] = [
        ("Họ, chữ đệm, tên", child.full_name.upper()),
        ("Số định danh cá nhân", child.personal_number),
        ("Ngày, tháng, năm sinh", f"{slashed(child.birth_date)}; {day_in_words(child.birth_date)}"),
        ("Giới tính", child.sex_word),
        ("Dân tộc; Quốc tịch", f"{child.ethnic_group}; Việt Nam"),
        ("Nơi sinh", it.place),
        ("Quê quán", it.origin),
    ]
    for role, person in (("người mẹ", it.mother), ("người cha", it.father)):
        rows += [
            (f"Họ, chữ đệm, tên {role}", person.full_name),
            ("Năm sinh; Dân tộc; Quốc tịch", f"{person.birth_date.year}; {person.ethnic_group}; Việt Nam"),
            ("Nơi cư trú", address(person, day)),
        ]
    rows.append(("Đăng ký khai sinh", f"Số {it.number} ngày {slashed(it.day)} tại {it.authority.whole_name}"))
    blocks = [
        letterhead(authority.letterhead, number, f"{authority.town}, {written_date(day)}"),
        title("BẢN SAO\nGIẤY KHAI SINH"),
        table(("", ""), rows, (1, 2)),
        space(2),
        paragraph("Bản sao được cấp từ Cơ sở dữ liệu hộ tịch điện tử.", style="italic"),
        signatures(signer([""], "", pen="none"), official(made_up, authority, chief)),
    ]
    fields = it.fields(document_number=number, issuer=authority.name, issue_date=day, signer=chief)
    return PagePlan(_COPY, "table-2024", blocks, fields, size_pt=13)


def _certified(made_up: MadeUp) -> PagePlan:
    """A copy of an original certificate, attested below as agreeing with it."""
    it = birth(made_up, dt.date(2016, 1, 5), dt.date(2025, 12, 25))
    child, fill = it.child, filler(made_up, 0)
    day = day_between(made_up, it.day)
    witness = committee(made_up, made_up.place(), day)
    serial = made_up.random.randrange(30, 6000)
    blocks = [
        paragraph("BẢN SAO", style="bold", align="right", size_pt=14),
        heading(),
        title("GIẤY KHAI SINH", f"Số: {it.number}", size_pt=17),
        fill("Họ, chữ đệm, tên", child.full_name.upper(), bold=True, rule="none"),
        fill("Ngày, tháng, năm sinh", f"{slashed(child.birth_date)}. {day_in_words(child.birth_date)}", rule="none"),
        row(
            fill("Giới tính", child.sex_word, rule="none"),
            fill("Dân tộc", child.ethnic_group, rule="none"),
            fill("Quốc tịch", "Việt Nam", rule="none"),
        ),
        fill("Nơi sinh", it.place, rule="none"),
        fill("Quê quán", it.origin, rule="none"),
        fill("Số định danh cá nhân", child.personal_number, rule="none"),
        fill("Họ, chữ đệm, tên người mẹ", it.mother.full_name.upper(), rule="none"),
        fill("Năm sinh", f"{it.mother.birth_date.year}", rule="none"),
        fill("Họ, chữ đệm, tên người cha", it.father.full_name.upper(), rule="none"),
        fill("Năm sinh", f"{it.father.birth_date.year}", rule="none"),
        fill("Nơi cư trú", address(it.father, it.day), rule="none"),
        fill("Nơi đăng ký khai sinh", it.authority.whole_name, rule="none"),
        fill("Ngày, tháng, năm đăng ký", slashed(it.day), rule="none"),
        signatures(
            signer([""], "", pen="none"),
            signer(("NGƯỜI KÝ GIẤY KHAI SINH", "CHỦ TỊCH"), it.chief, pen="black"),
        ),
        paragraph("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", style="bold", align="center", size_pt=11),
        paragraph(
            f"Số chứng thực: {serial}     Quyển số: {made_up.random.randrange(1, 9):02}/{day.year} - SCT/BS\n"
            f"{written_date(day).capitalize()}",
            align="center",
            size_pt=11,
        ),
        signatures(
            signer([""], "", pen="none"),
            official(made_up, witness, made_up.name(is_female=False), may_delegate=False),
        ),
    ]
    return PagePlan(_COPY, "certified-copy", blocks, it.fields(), size_pt=11, margins_mm=(12, 16, 10, 24))


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {_COPY: (_extract_2015, _copy_2024, _copy_2010, _certified)}
"""Even index: seen by the classifier when it learns; odd: never."""
