# SPDX-License-Identifier: GPL-3.0-or-later
"""Receipts for fees: printed books filled in by hand, typed forms, electronic ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import Office, money, office_at, official, past_day
from demo.papers.plan import (
    Layout,
    PagePlan,
    column,
    entry,
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
from demo.papers.wording import number_in_words

_CLASS = "fee-receipt"
_FEES = (
    ("Lệ phí đăng ký hộ tịch", 8000),
    ("Phí chứng thực bản sao từ bản chính", 2000),
    ("Lệ phí cấp giấy phép xây dựng", 75000),
    ("Lệ phí cấp giấy chứng nhận đăng ký hộ kinh doanh", 100000),
    ("Phí thẩm định hồ sơ cấp giấy chứng nhận quyền sử dụng đất", 650000),
    ("Phí đăng ký giao dịch bảo đảm", 80000),
    ("Lệ phí cấp bản sao trích lục hộ tịch", 8000),
    ("Lệ phí đăng ký cư trú", 15000),
)


@dataclass(frozen=True, slots=True)
class _Payment:
    day: dt.date
    person: Person
    office: Office
    fee: str
    amount: int
    series: str
    number: str
    cashier: str

    @property
    def words(self) -> str:
        """The amount in words."""
        return f"{number_in_words(self.amount).capitalize()} đồng"

    def facts(self) -> Mapping[str, str]:
        """What the receipts print."""
        return facts(
            document_number=self.number, full_name=self.person.full_name, amount=str(self.amount), issue_date=self.day
        )


def _payment(made: MadeUp, first_year: int, last_year: int) -> _Payment:
    day, person = past_day(made, first_year, last_year), made.person(born=(1950, 2006))
    fee, unit = made.random.choice(_FEES)
    return _Payment(
        day,
        person,
        office_at(person.place, day),
        fee,
        unit * made.random.choice((1, 1, 2, 3, 5)),
        f"{made.random.choice(('AA', 'BL', 'TP', 'LP'))}/{day:%y}P",
        f"{made.random.randrange(1, 40_000):07}",
        official(made),
    )


def _book_by_hand(made: MadeUp) -> PagePlan:
    it = _payment(made, 2014, 2024)
    blocks = [
        row(
            column(
                paragraph("Đơn vị thu: " + it.office.name, size_pt=10),
                paragraph(f"Mã số thuế: {made.random.randrange(10**9, 10**10)}", size_pt=10),
            ),
            column(
                paragraph("Mẫu số: 01BLP2-001", size_pt=10, align="right"),
                paragraph(f"Ký hiệu: {it.series}", size_pt=10, align="right"),
                paragraph(f"Số: {it.number}", align="right", style="bold"),
            ),
        ),
        title(
            "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ", made.random.choice(("(Liên 2: Giao người nộp tiền)", "Liên 1: Lưu")), 15
        ),
        entry("Họ và tên người nộp tiền", it.person.full_name, by_hand=True),
        entry("Địa chỉ", address(it.person, it.day), by_hand=True),
        entry("Lý do nộp", it.fee, by_hand=True),
        entry("Số tiền", f"{money(it.amount)} đ", by_hand=True),
        entry("(Viết bằng chữ)", it.words, by_hand=True),
        entry("Hình thức thanh toán", "Tiền mặt", by_hand=True),
        signatures(
            signer(("Người nộp tiền",), "", pen="black"),
            signer(("Người thu tiền",), it.cashier, note=f"{written_date(it.day).capitalize()}"),
        ),
    ]
    return PagePlan(
        _CLASS,
        "book-by-hand",
        blocks,
        it.facts(),
        format="a5-landscape",
        fill=made.random.choice(("#fdeef2", "#eef6fd", "#fffbe6")),
        size_pt=11,
        margins_mm=(9, 12, 8, 14),
    )


def _typed_slip(made: MadeUp) -> PagePlan:
    it = _payment(made, 2018, 2026)
    blocks = [
        letterhead(
            (f"UBND {it.office.above.upper()}", f"UBND {it.office.commune.upper()}"), it.number, it.office.on(it.day)
        ),
        title("BIÊN LAI THU PHÍ", f"Ký hiệu: {it.series}", 14),
        entry("Tên người nộp", it.person.full_name, bold=True, rule="line"),
        entry("Nơi ở", address(it.person, it.day), rule="line"),
        row(
            entry("Nộp khoản", it.fee, rule="line"),
            entry("Thành tiền", f"{money(it.amount)} đồng", rule="line"),
            shares=(2, 1),
        ),
        entry("Bằng chữ", it.words, rule="line"),
        paragraph("Biên lai không được tẩy xóa, sửa chữa.", style="italic", size_pt=9.5),
        signatures(
            signer(("NGƯỜI NỘP",), it.person.full_name, pen="black"),
            signer(("THỦ QUỸ",), it.cashier, seal=it.office.seal),
        ),
    ]
    return PagePlan(
        _CLASS, "typed-slip", blocks, it.facts(), format="a5-landscape", size_pt=10.5, margins_mm=(9, 12, 8, 14)
    )


def _electronic(made: MadeUp) -> PagePlan:
    it = _payment(made, 2023, 2026)
    code = "".join(made.random.choice("0123456789ABCDEF") for _ in range(18))
    blocks = [
        row(
            qr(f"https://tracuu.example/{code}", 20),
            column(
                title("BIÊN LAI ĐIỆN TỬ", "THU PHÍ, LỆ PHÍ (KHÔNG IN SẴN MỆNH GIÁ)", 15),
                paragraph(written_date(it.day).capitalize(), align="center", style="italic"),
            ),
            column(
                paragraph(f"Mẫu số: 01/BLĐT\nKý hiệu: {it.series}E\nSố: {it.number}", size_pt=11),
            ),
            shares=(0.8, 3, 1.1),
        ),
        entry("Đơn vị thu phí, lệ phí", it.office.name, rule="none", bold=True),
        entry("Mã số thuế", str(made.random.randrange(10**9, 10**10)), rule="none"),
        entry("Địa chỉ", it.office.area, rule="none"),
        entry("Tên người nộp tiền", it.person.full_name, rule="none", bold=True),
        entry("Số định danh", it.person.personal_number, rule="none"),
        entry(
            "Hình thức thanh toán",
            made.random.choice(("TM/CK", "Chuyển khoản", "Cổng thanh toán trực tuyến")),
            rule="none",
        ),
        table(
            ("STT", "Tên khoản phí, lệ phí", "Đơn vị tính", "Số lượng", "Thành tiền (đồng)"),
            [["1", it.fee, "Hồ sơ", "1", money(it.amount)], ["", "Tổng cộng", "", "", money(it.amount)]],
            (0.5, 2.6, 1, 0.8, 1.4),
        ),
        entry("Số tiền bằng chữ", it.words, rule="none"),
        signatures(
            signer(("NGƯỜI NỘP TIỀN",), "", pen="none"),
            signer(
                ("NGƯỜI THU TIỀN",),
                it.cashier,
                note=f"Ký điện tử bởi: {it.office.name}\nNgày ký: {it.day:%d/%m/%Y}",
                pen="none",
            ),
        ),
        paragraph(f"Mã tra cứu: {code}", size_pt=10, align="center"),
    ]
    return PagePlan(_CLASS, "electronic", blocks, it.facts(), size_pt=13)


def _court_like(made: MadeUp) -> PagePlan:
    it = _payment(made, 2016, 2026)
    blocks = [
        form_code("Mẫu C45-BB"),
        heading(),
        title("BIÊN LAI THU TIỀN", f"Quyển số: {made.random.randrange(1, 90):02}    Số: {it.number}", 15),
        paragraph(it.office.on(it.day), align="center", style="italic"),
        table(
            ("", ""),
            [
                ["Họ, tên người nộp", it.person.full_name],
                ["Địa chỉ", address(it.person, it.day)],
                ["Nội dung thu", it.fee],
                ["Số tiền thu", f"{money(it.amount)} (đồng)"],
                ["Viết bằng chữ", it.words],
            ],
            (1, 2.4),
        ),
        signatures(
            signer(("NGƯỜI NỘP TIỀN",), it.person.full_name, note="(Ký, họ tên)"),
            signer(("NGƯỜI THU TIỀN",), it.cashier, note="(Ký, họ tên)"),
            signer(("KẾ TOÁN",), official(made), note="(Ký, họ tên)", seal=it.office.seal),
        ),
    ]
    return PagePlan(
        _CLASS, "accounting-form", blocks, it.facts(), format="a5-landscape", size_pt=10, margins_mm=(8, 12, 7, 14)
    )


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (_book_by_hand, _typed_slip, _electronic, _court_like),
}
