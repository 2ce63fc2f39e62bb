# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of marriage and extracts of their register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import Authority, address, committee, day_between, filler, official, registered_number
from demo.papers.made_up_records import Marriage, marriage
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
    space,
    table,
    title,
)
from demo.papers.wording import dated, day_in_words, identity_paper, in_capitals_or_not, slashed

_CERTIFICATE: Final = "marriage-certificate"
_EXTRACT: Final = "marriage-extract"
_NOTHING: Final = signer([""], "", pen="none")


def _certificate_2015(made_up: MadeUp) -> PagePlan:
    it = marriage(made_up, dt.date(2016, 1, 5), dt.date(2022, 12, 25))
    fill = filler(made_up, 0)

    def spouse(word: str, person: Person) -> Block:
        return column(
            paragraph(word, style="bold"),
            fill("Họ, chữ đệm, tên", ""),
            paragraph(person.full_name.upper(), style="bold"),
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
            row(fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam"), shares=(1, 1.2)),
            fill("Nơi cư trú", address(person, it.day)),
            fill("Giấy tờ tùy thân", identity_paper(made_up, person, it.day)),
        )

    blocks = [
        letterhead(it.authority.letterhead, it.number),
        title("GIẤY CHỨNG NHẬN KẾT HÔN", size_pt=17),
        row(spouse("Vợ", it.wife), spouse("Chồng", it.husband)),
        space(3),
        fill("Nơi đăng ký kết hôn", it.authority.whole_name),
        fill("Ngày, tháng, năm đăng ký", slashed(it.day)),
        paragraph(
            "Giấy chứng nhận kết hôn này có hiệu lực kể từ ngày ghi vào Sổ đăng ký kết hôn và được cấp cho mỗi bên vợ, "
            "chồng một bản chính có giá trị như nhau.",
            align="justify",
            indent_mm=10,
        ),
        signatures(
            signer(["Vợ"], it.wife.full_name, note="(Ký, ghi rõ họ, chữ đệm, tên)"),
            signer(["Chồng"], it.husband.full_name, note="(Ký, ghi rõ họ, chữ đệm, tên)"),
        ),
        signatures(
            _NOTHING,
            official(
                made_up,
                it.authority,
                it.chief,
                first_line="NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN",
                note="(Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)",
                may_delegate=False,
            ),
        ),
    ]
    return PagePlan(
        _CERTIFICATE,
        "2015",
        blocks,
        it.fields(registration_date=it.day),
        border=True,
        fill=made_up.random.choice(("#fdf3ee", "#fdf8e8", "#ffffff")),
        margins_mm=(22, 20, 18, 24),
        size_pt=12.5,
    )


def _certificate_2010(made_up: MadeUp) -> PagePlan:
    """Husband first, a table, the nine digits of the identity cards of then."""
    it = marriage(made_up, dt.date(2006, 1, 5), dt.date(2015, 12, 25))
    it = replace(it, wife=_with_old_number(made_up, it.wife), husband=_with_old_number(made_up, it.husband))
    couple = (it.husband, it.wife)
    clerk = made_up.name(is_female=True)
    blocks = [
        row(
            column(
                paragraph(it.authority.name, size_pt=11),
                paragraph(it.authority.district[0].upper() + it.authority.district[1:], size_pt=11),
                paragraph(it.authority.province[0].upper() + it.authority.province[1:], size_pt=11),
            ),
            heading(),
            column(paragraph(f"Số: {it.number}", size_pt=11), paragraph(f"Quyển số: 01/{it.day.year}", size_pt=11)),
            shares=(1.1, 2.6, 0.9),
        ),
        title("GIẤY CHỨNG NHẬN KẾT HÔN", size_pt=20),
        table(
            ("", "Chồng", "Vợ"),
            (
                ("Họ và tên", *(in_capitals_or_not(made_up, each.full_name) for each in couple)),
                ("Ngày, tháng, năm sinh", *(slashed(each.birth_date) for each in couple)),
                ("Dân tộc", *(each.ethnic_group for each in couple)),
                ("Quốc tịch", "Việt Nam", "Việt Nam"),
                ("Nơi thường trú/tạm trú", *(address(each, it.day) for each in couple)),
                ("Số Giấy CMND/Hộ chiếu/Giấy tờ hợp lệ thay thế", *(each.personal_number for each in couple)),
            ),
            (1, 1.3, 1.3),
        ),
        space(3),
        paragraph(f"Nơi đăng ký: {it.authority.whole_name}"),
        paragraph(f"Ngày, tháng, năm đăng ký: {slashed(it.day)}"),
        paragraph("Giấy chứng nhận kết hôn này có giá trị kể từ ngày, tháng, năm đăng ký.", style="italic"),
        signatures(
            signer(["Chồng"], it.husband.full_name, note="(Ký, ghi rõ họ tên)"),
            signer(["Vợ"], it.wife.full_name, note="(Ký, ghi rõ họ tên)"),
        ),
        signatures(
            signer(["CÁN BỘ TƯ PHÁP HỘ TỊCH"], clerk),
            official(made_up, it.authority, it.chief, may_delegate=False),
        ),
    ]
    fields = it.fields(registration_date=it.day)
    return PagePlan(
        _CERTIFICATE, "2010", blocks, fields, border=True, fill="#fbe9e4", margins_mm=(22, 20, 18, 24), size_pt=13
    )


def _with_old_number(made_up: MadeUp, person: Person) -> Person:
    return replace(person, personal_number=f"{made_up.random.randrange(10**8, 4 * 10**8)}")


def _certificate_2024(made_up: MadeUp) -> PagePlan:
    """One below the other, with letterhead, numbers of persons and a code for checking."""
    it = marriage(made_up, dt.date(2023, 1, 5))
    fill = filler(made_up, 0)
    blocks: list[Block] = [
        letterhead(it.authority.letterhead, it.number),
        title("GIẤY CHỨNG NHẬN\nKẾT HÔN", size_pt=17),
    ]
    for role, person in (("vợ", it.wife), ("chồng", it.husband)):
        blocks += [
            fill(f"Họ, chữ đệm, tên {role}", in_capitals_or_not(made_up, person.full_name), bold=True, rule="line"),
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date), rule="line"),
            row(
                fill("Dân tộc", person.ethnic_group, rule="line"),
                fill("Quốc tịch", "Việt Nam", rule="line"),
            ),
            fill("Nơi cư trú", address(person, it.day), rule="line"),
            fill("Số định danh cá nhân", person.personal_number, rule="line"),
            space(2),
        ]
    blocks += [
        fill("Nơi đăng ký kết hôn", it.authority.name, rule="line"),
        fill("Ngày, tháng, năm đăng ký", slashed(it.day), rule="line"),
        row(
            qr(f"{it.number}|{it.wife.personal_number}|{it.husband.personal_number}", 18),
            signatures(official(made_up, it.authority, it.chief, may_delegate=False)),
        ),
    ]
    fields = it.fields(registration_date=it.day, issuer=it.authority.name)
    return PagePlan(_CERTIFICATE, "2024", blocks, fields, border=True, fill="#fdf3ee", margins_mm=(22, 20, 18, 24))


def _certificate_wide(made_up: MadeUp) -> PagePlan:
    """A folded certificate, laid open: each spouse has a half."""
    it = marriage(made_up, dt.date(2016, 1, 5), dt.date(2025, 6, 25))
    fill = filler(made_up, 0.6)

    def half(word: str, person: Person) -> Block:
        return column(
            fill(f"Họ tên {word}", person.full_name, bold=True),
            fill("Sinh ngày", dated(made_up, person.birth_date)),
            row(fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
            fill("CCCD số", person.personal_number),
            fill("Nơi cư trú", address(person, it.day)),
            signatures(signer([f"Chữ ký của {word}"], person.full_name)),
        )

    blocks = [
        row(heading(), column(title("GIẤY CHỨNG NHẬN KẾT HÔN", f"Số: {it.number}", size_pt=18)), shares=(1, 1)),
        row(half("chồng", it.husband), half("vợ", it.wife)),
        row(
            column(
                fill("Đăng ký tại", it.authority.whole_name),
                fill("Ngày đăng ký", written_date(it.day)),
                paragraph("Mỗi bên vợ, chồng được cấp một bản chính.", style="italic", size_pt=10),
            ),
            signatures(official(made_up, it.authority, it.chief, may_delegate=False)),
        ),
    ]
    return PagePlan(
        _CERTIFICATE,
        "wide",
        blocks,
        it.fields(registration_date=it.day),
        format="a4-landscape",
        border=True,
        fill="#fbefe6",
        margins_mm=(18, 20, 14, 20),
        size_pt=13,
    )


def _extracted(made_up: MadeUp, first: dt.date, suffix: str) -> tuple[Marriage, Authority, dt.date, str, str]:
    it = marriage(made_up, dt.date(1985, 1, 5), dt.date(2024, 6, 25))
    day = day_between(made_up, max(it.day, first))
    authority = committee(made_up, it.wife.place, day)
    return it, authority, day, registered_number(made_up, day, suffix), made_up.name(is_female=day.day % 4 == 0)


def _extract_2015(made_up: MadeUp) -> PagePlan:
    it, authority, day, number, chief = _extracted(made_up, dt.date(2016, 2, 1), "TLKH-BS")
    fill = filler(made_up, 0)
    blocks: list[Block] = [
        letterhead(authority.letterhead, number, f"{authority.town}, {written_date(day)}"),
        title("TRÍCH LỤC KẾT HÔN", "(BẢN SAO)"),
    ]
    for role, person in (("chồng", it.husband), ("vợ", it.wife)):
        blocks += [
            fill(f"Họ, chữ đệm, tên {role}", person.full_name.upper(), bold=True),
            fill("Ngày, tháng, năm sinh", slashed(person.birth_date)),
            row(fill("Dân tộc", person.ethnic_group), fill("Quốc tịch", "Việt Nam")),
            fill("Nơi cư trú", address(person, it.day)),
            fill("Giấy tờ tùy thân", identity_paper(made_up, person, day)),
        ]
    blocks += [
        fill("Đã đăng ký kết hôn tại", it.authority.whole_name),
        row(fill("Số", it.number), fill("ngày", slashed(it.day))),
        fill("Thực hiện trích lục từ", made_up.random.choice(("Sổ đăng ký kết hôn", "Cơ sở dữ liệu hộ tịch điện tử"))),
        signatures(_NOTHING, official(made_up, authority, chief, first_line="NGƯỜI KÝ TRÍCH LỤC")),
    ]
    fields = it.fields(document_number=number, issue_date=day, issuer=authority.name, signer=chief)
    return PagePlan(_EXTRACT, "2015", blocks, fields, size_pt=13.5)


def _extract_columns(made_up: MadeUp) -> PagePlan:
    """In two columns like the certificate."""
    it, authority, day, number, chief = _extracted(made_up, dt.date(2020, 8, 1), "TLKH")
    fill = filler(made_up, 0)

    def spouse(word: str, person: Person) -> Block:
        return column(
            paragraph(f"BÊN {word.upper()}", style="bold", align="center"),
            fill("Họ và tên", in_capitals_or_not(made_up, person.full_name), bold=True, rule="none"),
            fill("Sinh ngày", slashed(person.birth_date), rule="none"),
            fill("Dân tộc", person.ethnic_group, rule="none"),
            fill("Quốc tịch", "Việt Nam", rule="none"),
            fill("Số định danh", person.personal_number, rule="none"),
            fill("Nơi cư trú", address(person, it.day), rule="none"),
        )

    blocks = [
        letterhead(authority.letterhead, number, f"{authority.town}, {written_date(day)}"),
        title("TRÍCH LỤC\nĐĂNG KÝ KẾT HÔN", size_pt=16),
        paragraph(f"{authority.name} trích lục nội dung đăng ký kết hôn như sau:", indent_mm=10, align="justify"),
        row(spouse("Vợ", it.wife), spouse("Chồng", it.husband)),
        paragraph(
            f"Hai bên đăng ký kết hôn ngày {slashed(it.day)} ({day_in_words(it.day).lower()}) tại "
            f"{it.authority.whole_name}, số đăng ký {it.number}.",
            indent_mm=10,
            align="justify",
        ),
        signatures(signer(["NGƯỜI THỰC HIỆN"], made_up.name(is_female=True)), official(made_up, authority, chief)),
    ]
    fields = it.fields(document_number=number, issue_date=day, issuer=authority.name, signer=chief)
    return PagePlan(_EXTRACT, "columns", blocks, fields, size_pt=13.5)


def _extract_2024(made_up: MadeUp) -> PagePlan:
    it, authority, day, number, chief = _extracted(made_up, dt.date(2024, 8, 1), "TLKH-BS")
    fill = filler(made_up, 0)
    blocks: list[Block] = [
        letterhead(authority.letterhead, number, f"{authority.town}, {written_date(day)}"),
        title("TRÍCH LỤC KẾT HÔN (BẢN SAO)"),
    ]
    for role, person in (("vợ", it.wife), ("chồng", it.husband)):
        blocks += [
            fill(
                f"Họ, chữ đệm, tên người {role}", in_capitals_or_not(made_up, person.full_name), bold=True, rule="line"
            ),
            row(
                fill("Ngày sinh", slashed(person.birth_date), rule="line"),
                fill("Số định danh cá nhân", person.personal_number, rule="line"),
                shares=(1, 1.4),
            ),
            fill("Nơi cư trú", address(person, day), rule="line"),
        ]
    blocks += [
        fill("Nơi đăng ký kết hôn", it.authority.whole_name, rule="line"),
        fill("Ngày, tháng, năm đăng ký", slashed(it.day), rule="line"),
        fill("Ghi chú", made_up.random.choice(("", "", "Đã thay đổi nơi cư trú")), rule="line"),
        row(
            column(qr(f"{number}|{it.number}", 20)),
            signatures(official(made_up, authority, chief, note="(Ký số, đóng dấu)")),
        ),
    ]
    fields = it.fields(document_number=number, issue_date=day, issuer=authority.name, signer=chief)
    return PagePlan(_EXTRACT, "2024", blocks, fields, size_pt=13.5)


def _extract_table(made_up: MadeUp) -> PagePlan:
    """In a table, and with a form code."""
    it, authority, day, number, chief = _extracted(made_up, dt.date(2018, 1, 1), "TL-UBND")
    couple = (it.wife, it.husband)
    blocks = [
        form_code("TP/HT-2015-TLKH (Bản sao)"),
        letterhead(authority.letterhead, number),
        title("TRÍCH LỤC KẾT HÔN", "BẢN SAO", size_pt=18),
        table(
            ("Nội dung", "Vợ", "Chồng"),
            (
                ("Họ, chữ đệm, tên", *(each.full_name.upper() for each in couple)),
                ("Ngày, tháng, năm sinh", *(slashed(each.birth_date) for each in couple)),
                ("Dân tộc", *(each.ethnic_group for each in couple)),
                ("Quốc tịch", "Việt Nam", "Việt Nam"),
                ("Nơi cư trú", *(address(each, it.day) for each in couple)),
                ("Giấy tờ tùy thân", *(f"CCCD {each.personal_number}" for each in couple)),
            ),
            (1, 1.4, 1.4),
        ),
        space(2),
        paragraph(f"Đã đăng ký tại: {it.authority.whole_name}\nSố {it.number}, ngày {slashed(it.day)}"),
        paragraph(f"{authority.town}, {written_date(day)}", style="italic", align="right"),
        signatures(_NOTHING, official(made_up, authority, chief)),
        paragraph("Nơi nhận:\n- Người yêu cầu;\n- Lưu: VT.", size_pt=10, style="italic"),
    ]
    fields = it.fields(document_number=number, issue_date=day, issuer=authority.name, signer=chief)
    return PagePlan(_EXTRACT, "table", blocks, fields, size_pt=13.5)


LAYOUTS: Final[Mapping[str, Sequence[Layout]]] = {
    _CERTIFICATE: (_certificate_2015, _certificate_2010, _certificate_2024, _certificate_wide),
    _EXTRACT: (_extract_2015, _extract_columns, _extract_2024, _extract_table),
}
"""Even index: seen by the classifier when it learns; odd: never."""
