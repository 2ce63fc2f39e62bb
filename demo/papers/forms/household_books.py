# SPDX-License-Identifier: GPL-3.0-or-later
"""Household books: the cover, the page of the head of household, pages of members and of changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import facts
from demo.papers.made_up_trade import bare, beside, official
from demo.papers.plan import (
    Layout,
    PagePlan,
    boxes,
    column,
    entry,
    form_code,
    heading,
    paragraph,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)

_CLASS = "household-book"
_COVER = "#e9c9b4"


def _book(made: MadeUp, first_year: int = 2005, last_year: int = 2020) -> tuple[dt.date, Person, str]:
    head = made.person(born=(first_year - 70, first_year - 25))
    return made.date(first_year, last_year), head, f"{made.random.randrange(10**8, 10**9)}"


def _police_of(person: Person) -> str:
    return f"Công an {person.place.district}"


def _cover(made: MadeUp) -> PagePlan:
    _, _, number = _book(made)
    blocks = [
        space(10),
        heading(),
        space(40),
        title("SỔ HỘ KHẨU", size_pt=made.random.choice((24, 28))),
        space(6),
        paragraph(f"Số: {number}", align="center", size_pt=15),
        space(60),
        paragraph("BỘ CÔNG AN", align="center", style="bold"),
    ]
    return PagePlan(_CLASS, "cover", blocks, facts(document_number=number), format="a5", fill=_COVER, border=True)


def _head_and_members(made: MadeUp) -> PagePlan:
    day, head, number = _book(made)
    spouse = made.person(is_female=not head.is_female, born=(head.birth_date.year - 5, head.birth_date.year + 8))
    children = [made.person(born=(1985, 2004)) for _ in range(made.random.choice((1, 2, 3)))]
    members = [beside(each, head) for each in (spouse, *children)]
    relations = ("Chồng" if head.is_female else "Vợ", "Con", "Con", "Cháu")
    signed_by = official(made)
    blocks = [
        heading(),
        title("SỔ HỘ KHẨU", f"Số: {number}", 18),
        entry("Họ và tên chủ hộ", head.full_name.upper(), bold=True),
        entry("Nơi thường trú", head.place.before),
        row(entry("Hồ sơ hộ khẩu số", f"{made.random.randrange(100, 9999)}"), entry("Tờ số", "01")),
        table(
            ("STT", "Họ và tên", "Ngày, tháng, năm sinh", "Quan hệ với chủ hộ", "Số CMND"),
            [
                ["1", head.full_name, head.born, "Chủ hộ", head.personal_number[:9]],
                *(
                    [str(place), each.full_name, each.born, relation, each.personal_number[3:]]
                    for place, (each, relation) in enumerate(zip(members, relations, strict=False), 2)
                ),
            ],
            (0.5, 2, 1.3, 1.2, 1.3),
        ),
        row(
            paragraph("Đăng ký từ ngày: ...................."),
            signatures(
                signer(
                    (f"TRƯỞNG {_police_of(head).upper()}",),
                    signed_by,
                    note=f"{bare(head.place.district)}, {written_date(day)}",
                    seal=(_police_of(head).upper(), bare(head.place.province).upper()),
                )
            ),
        ),
    ]
    return PagePlan(
        _CLASS,
        "head-and-members",
        blocks,
        facts(document_number=number, head_name=head.full_name, residence=head.place.before, issue_date=day),
        fill="#fbf7ea",
        size_pt=13,
    )


def _head_page(made: MadeUp) -> PagePlan:
    day, head, number = _book(made)
    blocks = [
        paragraph("CHỦ HỘ", style="bold", align="center", size_pt=14),
        entry("Họ và tên", head.full_name, by_hand=made.random.random() < 0.3),
        row(entry("Họ và tên gọi khác (nếu có)", ""), entry("Giới tính", head.sex_word), shares=(2, 1)),
        entry("Ngày, tháng, năm sinh", head.born),
        entry("Quê quán", head.origin),
        row(entry("Dân tộc", head.ethnic_group), entry("Tôn giáo", "Không")),
        entry("CMND số", head.personal_number[:9]),
        entry("Nghề nghiệp, nơi làm việc", made.random.choice(("Làm ruộng", "Giáo viên", "Buôn bán", "Hưu trí"))),
        entry("Nơi thường trú trước khi chuyển đến", ""),
        row(
            paragraph("CÁN BỘ ĐĂNG KÝ\n(Ký, ghi rõ họ tên)", align="center"),
            paragraph(f"{bare(head.place.district)}, {written_date(day)}\nTRƯỞNG CÔNG AN", align="center"),
        ),
        space(18),
        paragraph("LÝ DO XÓA ĐĂNG KÝ THƯỜNG TRÚ", style="bold", align="center"),
        entry("", ""),
        entry("", ""),
        paragraph(f"Sổ hộ khẩu số {number} - Trang {made.random.choice('246')}", align="center", size_pt=9),
    ]
    found = facts(document_number=number, head_name=head.full_name, issue_date=day)
    return PagePlan(
        _CLASS, "head-page", blocks, found, format="a5", fill="#f7f3e4", size_pt=11, margins_mm=(14, 12, 10, 16)
    )


def _book_of_1990s(made: MadeUp) -> PagePlan:
    day, head, number = _book(made, 1991, 2004)
    blocks = [
        form_code("Mẫu NK 3"),
        row(
            column(
                paragraph("CÔNG AN", align="center"),
                paragraph(bare(head.place.province).upper(), align="center", style="bold"),
            ),
            heading(),
            shares=(1, 2),
        ),
        space(6),
        title("SỔ HỘ KHẨU\nGIA ĐÌNH", size_pt=22),
        boxes("Số", number),
        space(4),
        entry("Họ tên chủ hộ", head.full_name.upper(), bold=True, rule="line"),
        entry("Chỗ ở hiện nay", head.place.before, rule="line"),
        entry("Công an phường, xã, thị trấn", head.place.former_commune, rule="line"),
        entry("Quận, huyện, thị xã", head.place.district, rule="line"),
        entry("Cấp ngày", f"{day:%d/%m/%Y}", rule="line"),
        space(8),
        paragraph(
            "Sổ này được cấp cho hộ gia đình để làm căn cứ xác định nơi đăng ký thường trú. Phải bảo quản cẩn thận,"
            " xuất trình"
            " khi cán bộ công an kiểm tra; không được tẩy xóa hoặc cho mượn.",
            style="italic",
            align="justify",
        ),
    ]
    return PagePlan(
        _CLASS,
        "1990s-cover-inside",
        blocks,
        facts(document_number=number, head_name=head.full_name, residence=head.place.before, issue_date=day),
        fill="#e3ecd9",
        border=True,
        size_pt=13,
    )


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (_head_and_members, _cover, _head_page, _book_of_1990s),
}
