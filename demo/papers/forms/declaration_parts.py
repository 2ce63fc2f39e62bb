# SPDX-License-Identifier: GPL-3.0-or-later
"""What every declaration to the registrar has: an oath, who signs, how many copies are wanted, notes at the bottom."""

from __future__ import annotations

import datetime as dt
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import Authority
from demo.papers.plan import Block, column, paragraph, row, signatures, signer, ticks

NOTES_2020: Final = (
    "Chú thích:\n(1) Ghi rõ tên cơ quan thực hiện việc đăng ký.\n"
    "(2) Ghi theo nơi đăng ký thường trú; nếu không có nơi đăng ký thường trú thì ghi theo nơi đăng ký tạm trú; trường "
    "hợp không có cả hai thì ghi theo nơi đang sinh sống.\n"
    "(3) Ghi thông tin về giấy tờ tùy thân như: hộ chiếu, căn cước công dân hoặc giấy tờ hợp lệ thay thế (ghi rõ số, "
    "cơ quan cấp, ngày cấp)."
)
NOTES_2024: Final = (
    "Chú thích:\n(1) Ghi rõ tên cơ quan có thẩm quyền.\n"
    "(2) Chỉ ghi khi không cung cấp số định danh cá nhân, căn cước công dân hoặc thẻ căn cước.\n"
    "(3) Đánh dấu X vào ô nếu có yêu cầu cấp bản sao và ghi rõ số lượng."
)


def notes(text: str) -> Block:
    """Small print at the bottom."""
    return paragraph(text, size_pt=9, align="justify")


def oath(what: str) -> list[Block]:
    """The declarant answers for what was written."""
    return [
        paragraph(f"Tôi cam đoan {what} trên đây là đúng sự thật.", align="justify", indent_mm=10),
        paragraph(
            "Tôi hoàn toàn chịu trách nhiệm trước pháp luật về nội dung cam đoan của mình.",
            align="justify",
            indent_mm=10,
        ),
    ]


def copies_wanted(made_up: MadeUp, label: str = "Đề nghị cấp bản sao") -> Block:
    """Whether copies are wanted, and how many."""
    wanted = made_up.random.random() < 0.6
    number = f"{made_up.random.randrange(1, 6):02}" if wanted else "......"
    return column(ticks(label, (("Có", wanted), ("Không", not wanted))), paragraph(f"Số lượng: {number} bản"))


def signed_at(
    authority: Authority, day: dt.date, person: Person, *, beside: Block | None = None, title: str = "Người yêu cầu"
) -> Block:
    """Place, date and signature on the right half; something else on the left."""
    signed = column(
        paragraph(f"Làm tại: {authority.town}, {written_date(day)}", style="italic", align="center"),
        signatures(signer([title], person.full_name, note="(Ký, ghi rõ họ, chữ đệm, tên)")),
    )
    return row(beside or paragraph(""), signed, shares=(1.2, 1.5))
