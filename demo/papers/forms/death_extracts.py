# SPDX-License-Identifier: GPL-3.0-or-later
"""Trích lục khai tử."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.made_up import MadeUp, written_date
from demo.papers.made_up_civil import address, day_between, filler, official, registered_number
from demo.papers.made_up_records import death
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    column,
    form_code,
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
from demo.papers.wording import day_in_words, identity_paper, in_capitals_or_not, slashed

_CLASS: Final = "death-extract"
_NOTHING: Final = signer([""], "", pen="none")


def _of_2015(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2016, 2, 1), dt.date(2024, 7, 30))
    dead, fill = it.dead, filler(made_up, 0)
    number = registered_number(made_up, it.day, "TLKT")
    proof = f"Giấy báo tử số {registered_number(made_up, it.day, 'GBT')}, ngày {slashed(it.died.date())}"
    blocks = [
        letterhead(it.authority.letterhead, number, f"{it.authority.town}, {written_date(it.day)}"),
        title("TRÍCH LỤC KHAI TỬ"),
        fill("Họ, chữ đệm, tên", dead.full_name.upper(), bold=True),
        fill("Ngày, tháng, năm sinh", slashed(dead.birth_date)),
        row(fill("Giới tính", dead.sex_word), fill("Dân tộc", dead.ethnic_group), fill("Quốc tịch", "Việt Nam")),
        fill("Số định danh cá nhân", dead.personal_number),
        fill("Nơi cư trú cuối cùng", address(dead, it.day)),
        fill("Đã chết vào lúc", it.moment),
        fill("Ghi bằng chữ", day_in_words(it.died.date())),
        fill("Nơi chết", it.place),
        fill("Nguyên nhân chết", it.cause),
        fill("Số Giấy báo tử/Giấy tờ thay thế Giấy báo tử", made_up.random.choice(("", proof))),
        fill("Nơi đăng ký khai tử", it.authority.whole_name),
        row(fill("Số", it.number), fill("ngày, tháng, năm đăng ký", slashed(it.day)), shares=(1, 2)),
        fill("Họ, chữ đệm, tên người đi khai tử", it.reporter.full_name.upper()),
        fill("Giấy tờ tùy thân", identity_paper(made_up, it.reporter, it.day)),
        signatures(_NOTHING, official(made_up, it.authority, it.chief, first_line="NGƯỜI KÝ TRÍCH LỤC")),
    ]
    return PagePlan(_CLASS, "2015", blocks, it.fields(document_number=number), size_pt=13.5)


def _copy_table(made_up: MadeUp) -> PagePlan:
    """A copy in a table, issued years later."""
    it = death(made_up, dt.date(2016, 2, 1), dt.date(2025, 6, 1))
    dead = it.dead
    day = day_between(made_up, it.day)
    number = registered_number(made_up, day, "TLKT-BS")
    blocks = [
        form_code("Bản sao trích lục hộ tịch"),
        letterhead(it.authority.letterhead, number),
        title("TRÍCH LỤC KHAI TỬ", "(BẢN SAO)", size_pt=17),
        table(
            ("", ""),
            (
                ("Họ, chữ đệm, tên", dead.full_name),
                ("Giới tính", dead.sex_word),
                ("Ngày, tháng, năm sinh", slashed(dead.birth_date)),
                ("Dân tộc, quốc tịch", f"{dead.ethnic_group}, Việt Nam"),
                ("Giấy tờ tùy thân", f"Căn cước công dân số {dead.personal_number}"),
                ("Nơi cư trú cuối cùng", address(dead, it.day)),
                ("Chết vào lúc", it.moment),
                ("Nơi chết", it.place),
                ("Nguyên nhân chết", it.cause),
                ("Đã đăng ký khai tử", f"Số {it.number} ngày {slashed(it.day)}"),
            ),
            (1, 1.8),
        ),
        paragraph(f"{it.authority.town}, {written_date(day)}", style="italic", align="right"),
        signatures(
            signer(["NGƯỜI LẬP"], made_up.name(is_female=True), pen="black"),
            official(made_up, it.authority, it.chief),
        ),
    ]
    return PagePlan(_CLASS, "copy-table", blocks, it.fields(document_number=number, issue_date=day), size_pt=13.5)


def _of_2024(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2024, 8, 1))
    dead, fill = it.dead, filler(made_up, 0)
    number = registered_number(made_up, it.day, made_up.random.choice(("TLKT-BS", "TLKT")))
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, number, f"{it.authority.town}, {written_date(it.day)}"),
        title("TRÍCH LỤC KHAI TỬ (BẢN SAO)" if number.endswith("BS") else "TRÍCH LỤC\nKHAI TỬ"),
        fill("Họ, chữ đệm, tên", in_capitals_or_not(made_up, dead.full_name), bold=True, rule="line"),
        row(
            fill("Ngày, tháng, năm sinh", slashed(dead.birth_date), rule="line"),
            fill("Giới tính", dead.sex_word, rule="line"),
            shares=(1.6, 1),
        ),
        row(
            fill("Dân tộc", dead.ethnic_group, rule="line"),
            fill("Quốc tịch", "Việt Nam", rule="line"),
        ),
        fill("Số định danh cá nhân/Giấy tờ tùy thân", dead.personal_number, rule="line"),
        fill("Nơi cư trú cuối cùng", address(dead, it.day), rule="line"),
        fill("Đã chết vào lúc", it.moment, rule="line"),
        fill("Nơi chết", it.place, rule="line"),
        fill("Nguyên nhân chết", it.cause, rule="line"),
        fill("Đăng ký khai tử tại", f"{it.authority.name}, số {it.number} ngày {slashed(it.day)}", rule="line"),
        row(qr(f"{number}|{dead.personal_number}", 20), signatures(official(made_up, it.authority, it.chief))),
    ]
    return PagePlan(_CLASS, "2024", blocks, it.fields(document_number=number), size_pt=13.5)


def _prose(made_up: MadeUp) -> PagePlan:
    it = death(made_up, dt.date(2017, 2, 1))
    dead = it.dead
    number = registered_number(made_up, it.day, f"{it.day.year}/TL")
    polite = "Bà" if dead.is_female else "Ông"
    blocks = [
        row(
            column(
                paragraph(it.authority.superior, size_pt=11, align="center"),
                paragraph(it.authority.name.upper(), style="bold", size_pt=11, align="center"),
            ),
            heading(),
            shares=(1, 1.5),
        ),
        title("TRÍCH LỤC\nTỪ SỔ ĐĂNG KÝ KHAI TỬ", f"Số: {number}", size_pt=16),
        paragraph(f"{polite} {dead.full_name.upper()}", style="bold"),
        paragraph(f"Sinh ngày {slashed(dead.birth_date)}; giới tính: {dead.sex_word}; dân tộc: {dead.ethnic_group}"),
        paragraph(f"Số CCCD: {dead.personal_number}"),
        paragraph(f"Nơi cư trú cuối cùng: {address(dead, it.day)}"),
        paragraph(f"Chết hồi {it.moment}"),
        paragraph(f"Nơi chết: {it.place}"),
        paragraph(f"Lý do chết: {it.cause}"),
        paragraph(f"Việc khai tử do {it.reporter.full_name} ({it.relation.lower()}) thực hiện, số {it.number}."),
        paragraph(f"{it.authority.town}, {written_date(it.day)}", style="italic", align="right"),
        signatures(_NOTHING, official(made_up, it.authority, it.chief)),
    ]
    return PagePlan(_CLASS, "prose", blocks, it.fields(document_number=number), size_pt=14)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {_CLASS: (_of_2015, _copy_table, _of_2024, _prose)}
"""Even index: seen by the classifier when it learns; odd: never."""
