# SPDX-License-Identifier: GPL-3.0-or-later
"""Receipts of dossiers with the day when the result is due: forms of 2018 and 2025, of centres and of communes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.papers.forms.small_print import small_letterhead
from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import Office, Procedure, bare, money, office_at, official, past_day, procedure
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

_CLASS = "dossier-receipt"
_PAPERS = (
    "Tờ khai theo mẫu",
    "Bản sao Căn cước công dân",
    "Giấy chứng sinh",
    "Giấy chứng nhận quyền sử dụng đất",
    "Đơn đề nghị theo mẫu",
    "Bản vẽ thiết kế",
    "Hợp đồng chuyển nhượng đã công chứng",
    "Giấy xác nhận tình trạng hôn nhân",
    "Văn bản ủy quyền",
)


@dataclass(frozen=True, slots=True)
class _Reception:
    day: dt.date
    due: dt.date
    hour: int
    minute: int
    person: Person
    office: Office
    procedure: Procedure
    papers: Sequence[str]
    clerk: str

    @property
    def received(self) -> str:
        """Time and day, as the forms print them."""
        return f"{self.hour} giờ {self.minute:02} phút, {_padded(self.day)}"

    @property
    def due_at(self) -> str:
        """When the result is due, as the forms print it."""
        return f"16 giờ 30 phút, {_padded(self.due)}"

    def facts(self, *, with_phone: bool = True) -> Mapping[str, str]:
        """What the receipts print."""
        return facts(
            dossier_code=self.procedure.dossier_code, full_name=self.person.full_name,
            phone=self.person.phone if with_phone else None, issue_date=self.day, due_date=self.due
        )  # fmt: skip


def _padded(day: dt.date) -> str:
    return f"ngày {day:%d} tháng {day:%m} năm {day:%Y}"


def _reception(made: MadeUp, first_year: int, last_year: int) -> _Reception:
    day, person = past_day(made, first_year, last_year), made.person(born=(1950, 2006))
    return _Reception(
        day,
        day + dt.timedelta(days=made.random.choice((1, 2, 3, 5, 8, 10, 15, 21, 30))),
        made.random.choice((7, 8, 9, 10, 13, 14, 15, 16)),
        made.random.randrange(60),
        person,
        office_at(person.place, day),
        procedure(made, day),
        made.random.sample(_PAPERS, made.random.choice((2, 3, 4))),
        official(made),
    )


def _form_of_2018(made: MadeUp) -> PagePlan:
    it = _reception(made, 2018, 2025)
    marks = [
        [str(place), paper, *made.random.choice((("x", "", ""), ("", "x", ""), ("", "", "x")))]
        for place, paper in enumerate(it.papers, 1)
    ]
    blocks = [
        small_letterhead(
            (f"UBND {it.office.commune.upper()}", "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ"), it.office.on(it.day), 7.5
        ),
        paragraph(f"Mã hồ sơ: {it.procedure.dossier_code}"),
        title("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", size_pt=13),
        entry("Bộ phận tiếp nhận và trả kết quả", it.office.commune),
        entry("Tiếp nhận hồ sơ của", it.person.full_name, bold=True),
        entry("Địa chỉ", address(it.person, it.day)),
        row(entry("Số điện thoại", it.person.phone), entry("Email", "")),
        entry("Nội dung yêu cầu giải quyết", it.procedure.name),
        paragraph("1. Thành phần hồ sơ nộp gồm:"),
        table(("TT", "Tên giấy tờ", "Bản chính", "Chứng thực", "Photo"), marks, (0.4, 3, 0.8, 1, 0.8)),
        entry("2. Số lượng hồ sơ", f"{made.random.choice(('01', '02'))} (bộ)"),
        entry("3. Thời gian giải quyết hồ sơ theo quy định là", f"{(it.due - it.day).days} ngày"),
        entry("4. Thời gian nhận hồ sơ", it.received),
        entry("5. Thời gian trả kết quả giải quyết hồ sơ", it.due_at),
        entry("6. Đăng ký nhận kết quả tại", made.random.choice(("Bộ phận một cửa", "Nhà, qua bưu chính công ích"))),
        signatures(
            signer(("NGƯỜI NỘP HỒ SƠ",), it.person.full_name, note="(Ký và ghi rõ họ tên)"),
            signer(("NGƯỜI TIẾP NHẬN HỒ SƠ",), it.clerk, note="(Ký và ghi rõ họ tên)"),
        ),
    ]
    return PagePlan(_CLASS, "2018-form-01", blocks, it.facts(), format="a5", size_pt=10, margins_mm=(10, 10, 8, 14))


def _form_of_2025(made: MadeUp) -> PagePlan:
    it = _reception(made, 2026, 2026)
    link = f"{it.procedure.dossier_code}|{it.procedure.code}|{it.person.personal_number}|Giấy tiếp nhận hồ sơ"
    blocks = [
        form_code("Mẫu số 01 - TT 03/2025/TT-VPCP"),
        small_letterhead(
            (it.office.name.upper(), it.office.centre_name.upper()), it.office.on(it.day), 10, qr(link, 19)
        ),
        title("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", f"Mã hồ sơ: {it.procedure.dossier_code}", 14),
        paragraph(f"{it.office.centre_name} đã tiếp nhận hồ sơ của:"),
        entry(
            "Ông/Bà",
            f"{it.person.full_name.upper()} (nộp {made.random.choice(('trực tiếp', 'trực tuyến'))})",
            rule="none",
        ),
        entry("Số định danh cá nhân", it.person.personal_number, rule="none"),
        entry("Địa chỉ", address(it.person, it.day), rule="none"),
        entry("Số điện thoại", it.person.phone, rule="none"),
        entry("Tên thủ tục hành chính", f"{it.procedure.name} ({it.procedure.code})", rule="none"),
        paragraph("Thành phần hồ sơ, yêu cầu và số lượng mỗi loại giấy tờ gồm:", style="bold"),
        table(
            ("STT", "Tên thành phần hồ sơ", "Số bản", "Loại bản"),
            [
                [str(place), paper, "01", made.random.choice(("Bản chính", "Bản sao", "Điện tử"))]
                for place, paper in enumerate(it.papers, 1)
            ],
            (0.5, 3, 0.8, 1.2),
        ),
        entry("Thời điểm tiếp nhận", it.received, rule="none"),
        entry("Thời điểm hẹn trả kết quả", it.due_at, rule="none", bold=True),
        entry(
            "Phí, lệ phí",
            made.random.choice(("Không", f"{money(made.random.choice((8, 15, 20, 150)) * 1000)} đồng")),
            rule="none",
        ),
        entry("Nơi nhận kết quả", it.office.centre_name, rule="none"),
        paragraph(
            "Tra cứu tình trạng hồ sơ tại Cổng Dịch vụ công quốc gia: dichvucong.gov.vn", style="italic", size_pt=11
        ),
        signatures(
            signer(("NGƯỜI NỘP HỒ SƠ",), it.person.full_name),
            signer(("CÁN BỘ TIẾP NHẬN",), it.clerk, seal=it.office.seal if made.random.random() < 0.3 else ()),
        ),
    ]
    return PagePlan(_CLASS, "2025-form-01-with-qr", blocks, it.facts(), size_pt=13)


def _of_this_desk(made: MadeUp) -> PagePlan:
    it = _reception(made, 2026, 2026)
    link = f"{it.procedure.dossier_code}|{it.procedure.code}|{it.person.personal_number}|Giấy tiếp nhận hồ sơ"
    marks = [
        [str(place), paper, *made.random.choice((("x", "", ""), ("", "x", ""), ("", "", "x")))]
        for place, paper in enumerate(it.papers, 1)
    ]
    blocks = [
        small_letterhead(
            (it.office.name.upper(), it.office.centre_name.upper()),
            f"{bare(it.office.commune)}, {_padded(it.day)}",
            7,
            qr(link, 16),
        ),
        title("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", f"Mã hồ sơ: {it.procedure.dossier_code}", 12),
        entry("Đơn vị tiếp nhận", it.office.centre_name, rule="none"),
        entry("Tiếp nhận hồ sơ của Ông (Bà)", f"{it.person.full_name} (trực tiếp)", rule="none"),
        entry("Địa chỉ", address(it.person, it.day), rule="none"),
        row(
            entry("Số điện thoại", it.person.phone, rule="none"),
            entry("Số định danh", it.person.personal_number, rule="none"),
        ),
        entry("Nội dung yêu cầu giải quyết", f"{it.procedure.name} ({it.procedure.code})", rule="none"),
        entry("Chủ hồ sơ", it.person.full_name, rule="none"),
        paragraph("1. Thành phần hồ sơ nộp gồm:"),
        table(("TT", "Tên giấy tờ", "Bản chính", "Bản chứng thực", "Bản photo"), marks, (0.4, 3, 0.9, 1, 0.9)),
        paragraph("2. Số lượng hồ sơ: 1 (bộ)"),
        paragraph(f"3. Thời gian giải quyết hồ sơ theo quy định: {(it.due - it.day).days} ngày làm việc"),
        paragraph(f"4. Thời gian nhận hồ sơ: {it.received}"),
        paragraph(f"5. Thời gian trả kết quả giải quyết hồ sơ: {it.due_at}"),
        paragraph("6. Phí, lệ phí: Không"),
        paragraph(f"7. Đăng ký nhận kết quả tại: {it.office.centre_name}"),
        signatures(
            signer(("NGƯỜI NỘP HỒ SƠ",), it.person.full_name, note="(Ký và ghi rõ họ tên)"),
            signer(("NGƯỜI TIẾP NHẬN HỒ SƠ",), it.clerk, note="(Ký và ghi rõ họ tên)"),
        ),
    ]
    return PagePlan(_CLASS, "of-this-desk", blocks, it.facts(), format="a5", size_pt=10, margins_mm=(11, 13, 10, 13))


def _two_copies_on_landscape(made: MadeUp) -> PagePlan:
    it = _reception(made, 2019, 2025)
    blocks = [
        letterhead((f"UBND {it.office.above.upper()}", f"UBND {it.office.commune.upper()}")),
        title("GIẤY BIÊN NHẬN HỒ SƠ", "(Hẹn ngày trả kết quả)", 14),
        row(
            paragraph(f"Số hồ sơ: {it.procedure.dossier_code}", style="bold"),
            paragraph(f"Quyển số: {made.random.randrange(1, 9):02}", align="right"),
        ),
        row(
            column(
                entry("Họ tên người nộp", it.person.full_name, bold=True),
                entry("Điện thoại", it.person.phone),
                entry("Trú tại", address(it.person, it.day)),
                entry("Lĩnh vực", made.random.choice(("Hộ tịch", "Đất đai", "Xây dựng", "Chứng thực"))),
            ),
            column(
                entry("Loại thủ tục", it.procedure.name),
                entry("Ngày nhận", f"{it.day:%d/%m/%Y}"),
                entry("Ngày hẹn trả", f"{it.due:%d/%m/%Y}", bold=True),
                entry("Lệ phí thu trước", made.random.choice(("Không", "8.000 đ"))),
            ),
        ),
        paragraph("Giấy tờ đã nhận: " + "; ".join(paper.lower() for paper in it.papers) + "."),
        paragraph("Khi đến nhận kết quả mang theo biên nhận này. Liên 2: Giao cho công dân.", style="italic"),
        signatures(
            signer(("Công dân",), it.person.full_name, pen="black"),
            signer(("Cán bộ nhận hồ sơ",), it.clerk),
        ),
    ]
    return PagePlan(
        _CLASS, "slip-on-landscape", blocks, it.facts(), format="a5-landscape", size_pt=10.5, margins_mm=(9, 12, 8, 14)
    )


def _of_the_province(made: MadeUp) -> PagePlan:
    it = _reception(made, 2022, 2026)
    blocks = [
        letterhead(
            (f"UBND {it.office.province.upper()}", it.office.centre_name.upper()),
            f"{it.procedure.dossier_code}/TNHS",
            it.office.on(it.day),
        ),
        title("GIẤY TIẾP NHẬN HỒ SƠ\nVÀ HẸN TRẢ KẾT QUẢ", "(Liên: Giao cho khách hàng)", 14),
        entry("Đã tiếp nhận của", it.person.full_name, rule="none"),
        entry("Nơi cư trú", address(it.person, it.day), rule="none"),
        entry("Liên hệ", it.person.phone, rule="none"),
        entry("Thủ tục", it.procedure.name, rule="none"),
        paragraph("Hồ sơ gồm có:"),
        *(paragraph(f"{place}. {paper}", indent_mm=8) for place, paper in enumerate(it.papers, 1)),
        row(entry("Nhận lúc", it.received, rule="none"), entry("Hẹn trả lúc", it.due_at, rule="none")),
        paragraph(
            "Ghi chú: Nếu quá thời hạn hẹn trả mà chưa có kết quả, đề nghị liên hệ theo số điện thoại của trung tâm"
            " hoặc nhắn"
            " tin tra cứu. Vắng mặt quá 30 ngày hồ sơ chuyển lưu kho.",
            style="italic",
        ),
        row(
            qr(f"https://dichvucong.example/tra-cuu?ma={it.procedure.dossier_code}", 24),
            signatures(signer(("CÁN BỘ MỘT CỬA",), it.clerk)),
        ),
    ]
    return PagePlan(_CLASS, "of-the-province", blocks, it.facts(), size_pt=13)


def _online(made: MadeUp) -> PagePlan:
    it = _reception(made, 2024, 2026)
    blocks = [
        row(qr(it.procedure.dossier_code, 22), heading(), shares=(1, 4)),
        title("PHIẾU TIẾP NHẬN HỒ SƠ TRỰC TUYẾN\nVÀ HẸN NGÀY TRẢ KẾT QUẢ", size_pt=14),
        table(
            ("Mục", "Thông tin"),
            [
                ["Mã số hồ sơ", it.procedure.dossier_code],
                ["Người nộp", it.person.full_name],
                ["Số điện thoại", it.person.phone],
                ["Thủ tục hành chính", f"{it.procedure.code} - {it.procedure.name}"],
                ["Cơ quan giải quyết", it.office.name],
                ["Thời gian tiếp nhận", f"{it.hour:02}:{it.minute:02} {it.day:%d/%m/%Y}"],
                ["Ngày hẹn trả", f"{it.due:%d/%m/%Y}"],
                ["Hình thức trả", made.random.choice(("Điện tử", "Bưu chính", "Trực tiếp"))],
                ["Tài liệu đính kèm", "\n".join(it.papers)],
            ],
            (1, 2.2),
        ),
        paragraph(
            f"Phiếu được hệ thống tạo tự động {written_date(it.day)} và có giá trị không cần ký tên, đóng dấu.",
            style="italic",
            align="center",
        ),
    ]
    return PagePlan(_CLASS, "online", blocks, it.facts(), size_pt=13)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (
        _form_of_2018,
        _two_copies_on_landscape,
        _form_of_2025,
        _of_the_province,
        _of_this_desk,
        _online,
    ),
}
