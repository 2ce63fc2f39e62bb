# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of registration of a household's business, of district offices and of communes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import Business, Office, bare, business, money, office_at, official, past_day
from demo.papers.plan import (
    Layout,
    PagePlan,
    column,
    entry,
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
from demo.papers.wording import number_in_words

_CLASS = "household-business-certificate"


@dataclass(frozen=True, slots=True)
class _Issue:
    day: dt.date
    owner: Person
    office: Office
    business: Business
    number: str
    signed_by: str
    issuer: str
    authority: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where the business sits: where its owner lives."""
        return address(self.owner, self.day)

    @property
    def seal(self) -> tuple[str, str]:
        """Words in the seal of who issues."""
        return (" ".join(self.authority).upper(), bare(self.office.province).upper())

    def facts(self) -> Mapping[str, str]:
        """What every certificate prints."""
        return facts(
            document_number=self.number, business_name=self.business.name, business_place=self.place,
            full_name=self.owner.full_name, birth_date=self.owner.birth_date,
            personal_number=self.owner.personal_number, issue_date=self.day, issuer=self.issuer,
            signer=self.signed_by
        )  # fmt: skip


def _issue(made: MadeUp, first_year: int, last_year: int, *, by_personal_number: bool = False) -> _Issue:
    day, owner = past_day(made, first_year, last_year), made.person(born=(1958, 2004))
    office = office_at(owner.place, day)
    lettered = f"{made.random.choice('ABCDE')}8{made.random.randrange(10**6):06}"
    number = owner.personal_number if by_personal_number else f"{made.random.randrange(10, 60)}{lettered}"
    issuer = f"Phòng {'Kinh tế' if office.today else 'Tài chính - Kế hoạch'}"
    lines = (f"UBND {(office.commune if office.today else office.above).upper()}", issuer.upper())
    return _Issue(day, owner, office, business(made, owner), number, official(made), issuer, lines)


def _form_of_2021(made: MadeUp) -> PagePlan:
    it = _issue(made, 2021, 2025)
    changed = made.random.random() < 0.3
    first = it.day if not changed else made.date(2012, 2019)
    blocks = [
        letterhead(it.authority),
        space(4),
        title("GIẤY CHỨNG NHẬN\nĐĂNG KÝ HỘ KINH DOANH", f"Số: {it.number}", 16),
        paragraph(
            f"Đăng ký lần đầu, {written_date(first)}"
            + (f"\nĐăng ký thay đổi lần thứ: {made.random.choice('12')}, {written_date(it.day)}" if changed else ""),
            align="center",
            style="italic",
        ),
        entry("1. Tên hộ kinh doanh", f"HỘ KINH DOANH {it.business.name.upper()}", bold=True, rule="none"),
        entry("2. Địa chỉ trụ sở hộ kinh doanh", it.place, rule="none"),
        row(entry("Điện thoại", it.owner.phone, rule="none"), entry("Email", "", rule="none")),
        entry("3. Ngành, nghề kinh doanh", f"{it.business.line} ({it.business.code})", rule="none"),
        entry("4. Vốn kinh doanh", f"{money(it.business.capital)} đồng", rule="none"),
        entry("5. Chủ thể thành lập hộ kinh doanh", "Cá nhân", rule="none"),
        paragraph("6. Thông tin về chủ hộ kinh doanh:"),
        row(
            entry("Họ và tên", it.owner.full_name.upper(), rule="none", bold=True),
            entry("Giới tính", it.owner.sex_word, rule="none"),
            shares=(2, 1),
        ),
        row(
            entry("Sinh ngày", it.owner.born, rule="none"),
            entry("Dân tộc", it.owner.ethnic_group, rule="none"),
            entry("Quốc tịch", "Việt Nam", rule="none"),
        ),
        entry("Loại giấy tờ pháp lý của cá nhân", "Căn cước công dân", rule="none"),
        entry("Số giấy tờ pháp lý của cá nhân", it.owner.personal_number, rule="none"),
        entry("Địa chỉ thường trú", it.place, rule="none"),
        space(4),
        signatures(signer((), "", pen="none"), signer(("TRƯỞNG PHÒNG",), it.signed_by, seal=it.seal)),
    ]
    return PagePlan(
        _CLASS,
        "2021-form",
        blocks,
        it.facts(),
        fill=made.random.choice(("#ffffff", "#fffbe8")),
        border=True,
        size_pt=13.5,
    )


def _form_of_2025(made: MadeUp) -> PagePlan:
    it = _issue(made, 2025, 2026, by_personal_number=True)
    blocks = [
        row(
            column(
                *(paragraph(line, align="center", style="bold", size_pt=11) for line in it.authority),
                qr(f"HKD|{it.number}|{it.business.name}", 18, "center"),
            ),
            heading(),
            shares=(1, 1.5),
        ),
        title("GIẤY CHỨNG NHẬN ĐĂNG KÝ\nHỘ KINH DOANH", f"Mã số hộ kinh doanh: {it.number}", 15),
        table(
            ("", ""),
            [
                ["Tên hộ kinh doanh", it.business.name.upper()],
                ["Trụ sở", it.place],
                ["Chủ hộ kinh doanh", it.owner.full_name],
                ["Ngày sinh; giới tính", f"{it.owner.born}; {it.owner.sex_word}"],
                ["Số định danh cá nhân", it.owner.personal_number],
                ["Ngành, nghề", f"{it.business.code}: {it.business.line}"],
                ["Vốn", f"{money(it.business.capital)} VNĐ"],
                ["Ngày cấp", f"{it.day:%d/%m/%Y}"],
            ],
            (1, 2),
        ),
        paragraph(
            "Hộ kinh doanh có nghĩa vụ thông báo khi thay đổi nội dung đăng ký, tạm ngừng hoặc chấm dứt hoạt động.",
            style="italic",
            size_pt=11,
        ),
        signatures(
            signer(("NGƯỜI NHẬN",), it.owner.full_name),
            signer(("TRƯỞNG PHÒNG",), it.signed_by, seal=it.seal, note=it.office.on(it.day)),
        ),
    ]
    return PagePlan(_CLASS, "2025-table-with-qr", blocks, it.facts(), border=True, size_pt=13)


def _form_of_2010(made: MadeUp) -> PagePlan:
    it = _issue(made, 2008, 2020)
    blocks = [
        letterhead(it.authority, it.number, it.office.above_on(it.day)),
        title(
            "GIẤY CHỨNG NHẬN ĐĂNG KÝ\nHỘ KINH DOANH", made.random.choice(("(Đăng ký lần đầu)", "(Cấp lại lần 1)")), 17
        ),
        entry("1. Tên hộ kinh doanh", it.business.name),
        entry("2. Địa điểm kinh doanh", it.place),
        row(entry("Điện thoại", it.owner.phone), entry("Fax", "")),
        entry("3. Ngành, nghề kinh doanh", it.business.line),
        entry("4. Vốn kinh doanh", f"{money(it.business.capital)} đ ({number_in_words(it.business.capital)} đồng)"),
        row(
            entry("5. Họ và tên cá nhân hoặc đại diện hộ gia đình", it.owner.full_name.upper()),
            entry("Nam/Nữ", it.owner.sex_word),
            shares=(2.6, 1),
        ),
        row(entry("Sinh ngày", it.owner.born), entry("Dân tộc", it.owner.ethnic_group)),
        entry("Chứng minh nhân dân số", it.owner.personal_number),
        entry("Nơi đăng ký hộ khẩu thường trú", it.place),
        entry("6. Danh sách cá nhân góp vốn (nếu có)", ""),
        entry("", ""),
        signatures(
            signer(("CHỮ KÝ CỦA CHỦ HỘ",), it.owner.full_name, pen="black"),
            signer(("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), it.signed_by, seal=it.seal),
        ),
    ]
    return PagePlan(
        _CLASS,
        "2010-form",
        blocks,
        it.facts(),
        fill=made.random.choice(("#eef4ec", "#fdf6d8")),
        border=True,
        size_pt=13,
    )


def _two_columns(made: MadeUp) -> PagePlan:
    it = _issue(made, 2023, 2026)
    blocks = [
        heading(),
        title("CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", size_pt=16),
        row(
            paragraph(f"Mã số: {it.number}", style="bold"),
            paragraph(f"Ngày đăng ký: {it.day:%d/%m/%Y}", align="right"),
        ),
        row(
            column(
                paragraph("HỘ KINH DOANH", style="bold"),
                entry("Tên", it.business.name, rule="none", bold=True),
                entry("Nơi kinh doanh", it.place, rule="none"),
                entry("Ngành, nghề chính", it.business.line, rule="none"),
                entry("Vốn (đồng)", money(it.business.capital), rule="none"),
            ),
            column(
                paragraph("CHỦ HỘ", style="bold"),
                entry("Họ tên", it.owner.full_name, rule="none", bold=True),
                entry("Sinh", it.owner.born, rule="none"),
                entry("Số CCCD", it.owner.personal_number, rule="none"),
                entry("Thường trú", it.place, rule="none"),
            ),
        ),
        paragraph("Giấy này thay cho giấy phép kinh doanh đã cấp trước đây và phải được treo tại nơi kinh doanh."),
        row(
            paragraph(f"Cơ quan cấp: {it.issuer}, {it.authority[0]}", size_pt=11),
            signatures(signer(("NGƯỜI CÓ THẨM QUYỀN",), it.signed_by, seal=it.seal)),
        ),
    ]
    return PagePlan(
        _CLASS, "two-columns", blocks, it.facts(), format="a4-landscape", fill="#f3f7fb", border=True, size_pt=13.5
    )


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (_form_of_2021, _form_of_2025, _form_of_2010, _two_columns),
}
