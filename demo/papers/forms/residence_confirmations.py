# SPDX-License-Identifier: GPL-3.0-or-later
"""Xác nhận thông tin về cư trú, the form CT07."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.made_up import MadeUp
from demo.papers.made_up_civil import filler, home_place
from demo.papers.made_up_household import MEMBER_SHARES, MEMBERS, Household, household
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    boxes,
    form_code,
    letterhead,
    paragraph,
    qr,
    row,
    signatures,
    signer,
    table,
    title,
)
from demo.papers.wording import in_capitals_or_not, slashed

_CONFIRMATION: Final = "residence-confirmation"


def _confirmation_2021(made_up: MadeUp) -> PagePlan:
    it = household(made_up, dt.date(2021, 7, 1), dt.date(2025, 6, 30))
    person, fill = it.person, filler(made_up, 0)
    blocks = [
        form_code("Mẫu CT07 ban hành kèm theo Thông tư số 56/2021/TT-BCA ngày 15/5/2021"),
        letterhead(it.office.letterhead, it.number, it.place_and_date),
        title("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ"),
        paragraph(f"Theo đề nghị của Ông/Bà: {person.full_name}", indent_mm=10),
        paragraph(f"{it.office.name} xác nhận thông tin về cư trú như sau:", indent_mm=10, style="bold"),
        fill("1. Họ, chữ đệm và tên", person.full_name.upper(), bold=True),
        row(
            fill("2. Ngày, tháng, năm sinh", slashed(person.birth_date)),
            fill("3. Giới tính", person.sex_word),
            shares=(1.6, 1),
        ),
        fill("4. Số định danh cá nhân", person.personal_number),
        row(fill("5. Dân tộc", person.ethnic_group), fill("6. Quốc tịch", "Việt Nam")),
        fill("7. Quê quán", home_place(person, it.day)),
        fill("8. Nơi thường trú", it.residence),
        fill("9. Nơi tạm trú", ""),
        fill("10. Nơi ở hiện tại", it.residence),
        row(
            fill("11. Họ, chữ đệm và tên chủ hộ", it.head.full_name),
            fill("12. Quan hệ với chủ hộ", it.relation),
            shares=(1.5, 1),
        ),
        paragraph("13. Các thành viên khác trong hộ gia đình:"),
        table(MEMBERS, it.rows(2), MEMBER_SHARES),
        paragraph("Xác nhận này có giá trị 30 ngày kể từ ngày cấp.", style="italic"),
        row(
            paragraph("Nơi nhận:\n- Như trên;\n- Lưu: CA.", size_pt=10.5, style="italic"),
            signatures(_officer(made_up, it)),
        ),
    ]
    return PagePlan(_CONFIRMATION, "2021", blocks, it.confirmed(), size_pt=12.5, margins_mm=(12, 15, 10, 24))


def _confirmation_prose(made_up: MadeUp) -> PagePlan:
    it = household(made_up, dt.date(2022, 1, 1))
    person = it.person
    polite = "Bà" if person.is_female else "Ông"
    blocks: list[Block] = [
        letterhead(it.office.letterhead, it.number, it.place_and_date),
        title("XÁC NHẬN\nTHÔNG TIN VỀ CƯ TRÚ", "(CT07)", size_pt=16),
        paragraph(f"{it.office.name.upper()} XÁC NHẬN", style="bold", align="center"),
        paragraph(
            f"{polite} {person.full_name.upper()}, giới tính: {person.sex_word}, "
            f"sinh ngày {slashed(person.birth_date)}, số định danh cá nhân {person.personal_number}.",
            align="justify",
            indent_mm=10,
        ),
        paragraph(f"Đăng ký thường trú tại: {it.residence}.", align="justify", indent_mm=10),
        paragraph(f"Chủ hộ: {it.head.full_name} ({it.relation.lower()}).", indent_mm=10),
    ]
    if it.members:
        names = "; ".join(f"{each.full_name}, sinh năm {each.birth_date.year}" for each in it.members)
        blocks.append(paragraph(f"Cùng hộ có: {names}.", align="justify", indent_mm=10))
    blocks += [
        paragraph("Thông tin trên khớp với Cơ sở dữ liệu về cư trú tại thời điểm xác nhận.", indent_mm=10),
        signatures(signer([""], "", pen="none"), _officer(made_up, it)),
    ]
    return PagePlan(_CONFIRMATION, "prose", blocks, it.confirmed(), size_pt=13)


def _confirmation_2023(made_up: MadeUp) -> PagePlan:
    """In numbered parts, with a code for checking."""
    it = household(made_up, dt.date(2024, 1, 1))
    person, fill = it.person, filler(made_up, 0)
    blocks = [
        form_code("Mẫu CT07 ban hành kèm theo Thông tư số 66/2023/TT-BCA"),
        letterhead(it.office.letterhead, it.number, it.place_and_date),
        title("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", size_pt=14),
        paragraph("I. THÔNG TIN VỀ CÔNG DÂN", style="bold"),
        fill("1. Họ, chữ đệm và tên", in_capitals_or_not(made_up, person.full_name), rule="none", bold=True),
        fill("2. Ngày, tháng, năm sinh", slashed(person.birth_date), rule="none"),
        fill("3. Giới tính", person.sex_word, rule="none"),
        boxes("4. Số định danh cá nhân", person.personal_number),
        fill("5. Nơi thường trú", it.residence, rule="none"),
        fill("6. Nơi tạm trú", "Không", rule="none"),
        fill("7. Họ, chữ đệm và tên chủ hộ", it.head.full_name, rule="none"),
        fill("8. Mối quan hệ với chủ hộ", it.relation, rule="none"),
        paragraph("II. THÀNH VIÊN TRONG HỘ", style="bold"),
        table(MEMBERS, it.rows(1), MEMBER_SHARES),
        paragraph("III. NỘI DUNG XÁC NHẬN KHÁC", style="bold"),
        fill("", made_up.random.choice(("", "Cư trú liên tục tại địa chỉ trên"))),
        row(qr(f"{it.number}|{person.personal_number}", 20), signatures(_officer(made_up, it))),
    ]
    return PagePlan(_CONFIRMATION, "2023", blocks, it.confirmed(), size_pt=12.5)


def _confirmation_table(made_up: MadeUp) -> PagePlan:
    it = household(made_up, dt.date(2021, 7, 1))
    person = it.person
    blocks = [
        letterhead(it.office.letterhead, it.number, it.place_and_date),
        title("GIẤY XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ", size_pt=14),
        table(
            ("", ""),
            (
                ("Họ tên", person.full_name.upper()),
                ("Ngày sinh", slashed(person.birth_date)),
                ("Giới tính", person.sex_word),
                ("Số CCCD", person.personal_number),
                ("Nơi đăng ký thường trú", it.residence),
                ("Chủ hộ", it.head.full_name),
                ("Quan hệ với chủ hộ", it.relation),
                ("Số người trong hộ", f"{len(it.members) + 2}"),
            ),
            (1, 1.8),
        ),
        paragraph("Cấp cho đương sự để bổ sung hồ sơ theo yêu cầu.", style="italic"),
        signatures(signer(["CÁN BỘ ĐĂNG KÝ"], made_up.name(is_female=True), pen="black"), _officer(made_up, it)),
    ]
    return PagePlan(_CONFIRMATION, "table", blocks, it.confirmed(), size_pt=13.5)


def _officer(made_up: MadeUp, it: Household) -> Block:
    titles = made_up.random.choice((("TRƯỞNG CÔNG AN",), ("KT. TRƯỞNG CÔNG AN", "PHÓ TRƯỞNG CÔNG AN")))
    note = made_up.random.choice(("", "(Ký, ghi rõ họ tên và đóng dấu)"))
    return signer(titles, it.chief, note=note, seal=it.office.seal)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    _CONFIRMATION: (_confirmation_2021, _confirmation_prose, _confirmation_2023, _confirmation_table),
}
"""Even index: seen by the classifier when it learns; odd: never."""
