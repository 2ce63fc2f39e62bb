# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of the residence register: the declaration CT01; its confirmation CT07 has a module of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from demo.papers.forms import residence_confirmations
from demo.papers.made_up import MadeUp
from demo.papers.made_up_civil import WITHOUT_DISTRICTS, filler
from demo.papers.made_up_household import MEMBER_SHARES, MEMBERS, household
from demo.papers.plan import (
    Layout,
    PagePlan,
    boxes,
    column,
    form_code,
    heading,
    paragraph,
    row,
    signatures,
    signer,
    table,
    ticks,
    title,
)
from demo.papers.wording import in_capitals_or_not, slashed, spread

_DECLARATION: Final = "residence-change-declaration"
_REQUESTS: Final = (
    "Đăng ký thường trú",
    "Đăng ký tạm trú từ ngày 01/3 đến hết năm",
    "Tách hộ",
    "Xóa đăng ký thường trú",
    "Điều chỉnh thông tin về cư trú trong Cơ sở dữ liệu về cư trú",
    "Xác nhận thông tin về cư trú",
    "Gia hạn tạm trú",
)


def _declaration_2021(made_up: MadeUp) -> PagePlan:
    """The first form: with three addresses and the occupation."""
    it = household(made_up, dt.date(2021, 7, 1), dt.date(2023, 12, 31))
    person, fill = it.person, filler(made_up, 0.7)
    where = made_up.random.choice(("", it.residence))
    blocks = [
        form_code("Mẫu CT01 ban hành kèm theo Thông tư số 56/2021/TT-BCA ngày 15/5/2021"),
        heading(),
        title("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ", f"Kính gửi (1): {it.office.name}", size_pt=14),
        fill("1. Họ, chữ đệm và tên", person.full_name.upper(), bold=True),
        row(
            fill("2. Ngày, tháng, năm sinh", spread(person.birth_date)),
            fill("3. Giới tính", person.sex_word),
            shares=(1.6, 1),
        ),
        boxes("4. Số định danh cá nhân/CMND", person.personal_number),
        row(fill("5. Số điện thoại liên hệ", person.phone), fill("6. Email", "")),
        fill("7. Nơi thường trú", it.residence),
        fill("8. Nơi tạm trú", ""),
        fill("9. Nơi ở hiện tại", where),
        fill("10. Nghề nghiệp, nơi làm việc", made_up.random.choice(("", "Lao động tự do", "Công nhân"))),
        row(
            fill("11. Họ, chữ đệm và tên chủ hộ", it.head.full_name),
            fill("12. Quan hệ với chủ hộ", it.relation),
            shares=(1.5, 1),
        ),
        boxes("13. Số định danh cá nhân/CMND của chủ hộ", it.head.personal_number),
        fill("14. Nội dung đề nghị (2)", made_up.random.choice(_REQUESTS)),
        paragraph("15. Những thành viên trong hộ gia đình cùng thay đổi:"),
        table(MEMBERS, it.rows(2), MEMBER_SHARES),
        paragraph(it.place_and_date, style="italic", align="right"),
        signatures(
            signer(["Ý KIẾN CỦA\nCHỦ HỘ (3)"], it.head.full_name, note="(Ghi rõ nội dung, ký, ghi rõ họ tên)"),
            signer(["Ý KIẾN CỦA CHỦ SỞ HỮU\nCHỖ Ở HỢP PHÁP (4)"], "", pen="none"),
            signer(["NGƯỜI KÊ KHAI (5)"], person.full_name, note="(Ký, ghi rõ họ tên)"),
        ),
    ]
    return PagePlan(
        _DECLARATION, "2021", blocks, it.declared(residence=it.residence), size_pt=12.5, margins_mm=(12, 15, 10, 22)
    )


def _declaration_2023(made_up: MadeUp) -> PagePlan:
    it = household(made_up, dt.date(2024, 1, 1), dt.date(2025, 6, 30))
    person, fill = it.person, filler(made_up, 0.6)
    consent = "(Ký, ghi rõ họ tên)"
    blocks = [
        form_code("Mẫu CT01 ban hành kèm theo Thông tư số 66/2023/TT-BCA\nngày 17/11/2023 của Bộ trưởng Bộ Công an"),
        heading(),
        title("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ"),
        fill("Kính gửi (1)", it.office.whole_name),
        fill("1. Họ, chữ đệm và tên", in_capitals_or_not(made_up, person.full_name), bold=True),
        row(
            fill("2. Ngày, tháng, năm sinh", spread(person.birth_date)),
            fill("3. Giới tính", person.sex_word),
            shares=(1.6, 1),
        ),
        boxes("4. Số định danh cá nhân", person.personal_number),
        row(fill("5. Số điện thoại liên hệ", person.phone), fill("6. Email", "")),
        row(
            fill("7. Họ, chữ đệm và tên chủ hộ", it.head.full_name),
            fill("8. Mối quan hệ với chủ hộ", it.relation),
            shares=(1.5, 1),
        ),
        boxes("9. Số định danh cá nhân của chủ hộ", it.head.personal_number),
        fill("10. Nội dung đề nghị (2)", f"{made_up.random.choice(_REQUESTS)} tại {it.residence}"),
        paragraph("11. Những thành viên trong hộ gia đình cùng thay đổi:"),
        table(MEMBERS, it.rows(3), MEMBER_SHARES),
        paragraph(it.place_and_date, style="italic", align="right"),
        signatures(
            signer(["Ý KIẾN CỦA\nCHỦ HỘ (3)"], it.head.full_name, note=consent),
            signer(["Ý KIẾN CỦA CHỦ SỞ HỮU\nCHỖ Ở HỢP PHÁP (4)"], "", pen="none", note=consent),
            signer(["Ý KIẾN CỦA CHA, MẸ\nHOẶC NGƯỜI GIÁM HỘ (5)"], "", pen="none", note=consent),
            signer(["NGƯỜI KÊ KHAI (6)"], person.full_name, note="(Ký, ghi rõ họ tên)"),
        ),
        paragraph(
            "Chú thích:\n(1) Cơ quan đăng ký cư trú.\n(2) Ghi rõ ràng, cụ thể nội dung đề nghị.\n"
            "(6) Trường hợp nộp hồ sơ trực tuyến thì không phải ký vào mục này.",
            size_pt=9.5,
        ),
    ]
    return PagePlan(_DECLARATION, "2023", blocks, it.declared(), size_pt=12.5, margins_mm=(12, 15, 10, 22))


def _declaration_2025(made_up: MadeUp) -> PagePlan:
    """Today's: the numbers of the owner and of the guardian are asked for below the signatures."""
    it = household(made_up, WITHOUT_DISTRICTS)
    person, fill = it.person, filler(made_up, 0.4)
    blocks = [
        form_code("Mẫu CT01\nban hành kèm theo Thông tư số 53/2025/TT-BCA ngày 01/7/2025"),
        heading(),
        title("TỜ KHAI\nTHAY ĐỔI THÔNG TIN CƯ TRÚ", size_pt=14),
        paragraph(f"Kính gửi (1): {it.office.name}", align="center"),
        fill("1. Họ, chữ đệm và tên", person.full_name.upper(), rule="line"),
        fill("2. Ngày, tháng, năm sinh", slashed(person.birth_date), rule="line"),
        fill("3. Giới tính", person.sex_word, rule="line"),
        fill("4. Số định danh cá nhân", person.personal_number, rule="line"),
        row(
            fill("5. Số điện thoại liên hệ", person.phone, rule="line"),
            fill("6. Email", made_up.random.choice(("", "khongco@example.com")), rule="line"),
        ),
        fill("7. Họ, chữ đệm và tên chủ hộ", it.head.full_name, rule="line"),
        row(
            fill("8. Mối quan hệ với chủ hộ", it.relation, rule="line"),
            fill("9. Số định danh cá nhân của chủ hộ", it.head.personal_number, rule="line"),
            shares=(1, 1.5),
        ),
        fill("10. Nội dung đề nghị (2)", made_up.random.choice(_REQUESTS), rule="line"),
        paragraph("11. Những thành viên trong hộ gia đình cùng thay đổi:", style="bold"),
        table(MEMBERS, it.rows(2), MEMBER_SHARES),
        row(
            column(
                paragraph("Ý kiến của chủ hộ (3):", style="bold"),
                paragraph("Đồng ý." if it.head is not it.person else ""),
                fill("Họ và tên", it.head.full_name),
            ),
            column(
                paragraph(it.place_and_date, style="italic", align="center"),
                signatures(signer(["NGƯỜI KÊ KHAI (6)"], person.full_name)),
            ),
        ),
    ]
    return PagePlan(_DECLARATION, "2025", blocks, it.declared(), size_pt=12.5, margins_mm=(12, 15, 10, 24))


def _declaration_table(made_up: MadeUp) -> PagePlan:
    """As printed by a portal: question and answer in a table."""
    it = household(made_up, dt.date(2024, 1, 1))
    person = it.person
    blocks = [
        row(paragraph("MẪU CT01", style="bold", size_pt=10), paragraph("Nộp trực tuyến", align="right", size_pt=10)),
        heading(),
        title("TỜ KHAI THAY ĐỔI\nTHÔNG TIN CƯ TRÚ", f"Cơ quan tiếp nhận: {it.office.name}", size_pt=14),
        table(
            ("Thông tin kê khai", "Nội dung"),
            (
                ("Họ và tên người kê khai", person.full_name),
                ("Ngày sinh", slashed(person.birth_date)),
                ("Giới tính", person.sex_word),
                ("Số ĐDCN", person.personal_number),
                ("Điện thoại", person.phone),
                ("Nơi cư trú hiện tại", it.residence),
                ("Họ và tên chủ hộ", it.head.full_name),
                ("Số ĐDCN chủ hộ", it.head.personal_number),
                ("Quan hệ với chủ hộ", it.relation),
                ("Nội dung đề nghị", made_up.random.choice(_REQUESTS)),
                ("Số thành viên cùng thay đổi", f"{len(it.members)}"),
            ),
            (1, 1.7),
        ),
        ticks("Hình thức nhận kết quả", (("Trực tiếp", True), ("Qua tài khoản", False), ("Bưu chính", False))),
        paragraph(it.place_and_date, style="italic", align="right"),
        signatures(
            signer(["CHỦ HỘ"], it.head.full_name if made_up.random.random() < 0.5 else "", pen="none"),
            signer(["NGƯỜI KHAI"], person.full_name, pen="black"),
        ),
    ]
    return PagePlan(_DECLARATION, "table", blocks, it.declared(residence=it.residence), size_pt=13.5)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    _DECLARATION: (_declaration_2021, _declaration_2025, _declaration_2023, _declaration_table),
    **residence_confirmations.LAYOUTS,
}
"""Even index: seen by the classifier when it learns; odd: never."""
