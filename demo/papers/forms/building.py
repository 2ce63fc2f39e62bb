# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications for a building permit: the decrees of 2021 and 2024, houses, repairs, permits for a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import Office, Parcel, decimal, office_at, official, parcel, past_day
from demo.papers.plan import (
    Layout,
    PagePlan,
    boxes,
    entry,
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
from demo.papers.wording import in_capitals_or_not

_CLASS = "building-permit-application"


@dataclass(frozen=True, slots=True)
class _Plan:
    day: dt.date
    owner: Person
    office: Office
    land: Parcel
    storeys: int
    ground: int
    height: int

    @property
    def floor(self) -> str:
        """Area of all floors."""
        return decimal(self.ground * self.storeys)

    @property
    def authority(self) -> str:
        """Who permits: the district's committee before July 2025, the commune's since."""
        return self.office.name if self.office.today else self.office.above_name

    def facts(self) -> Mapping[str, str]:
        """What the form prints."""
        return facts(
            full_name=self.owner.full_name, personal_number=self.owner.personal_number,
            residence=address(self.owner, self.day), phone=self.owner.phone, parcel_number=self.land.number,
            map_sheet=self.land.map_sheet, area_m2=self.land.area_m2, issue_date=self.day
        )  # fmt: skip


def _plan(made: MadeUp, first_year: int, last_year: int) -> _Plan:
    day, owner = past_day(made, first_year, last_year), made.person(born=(1955, 2002))
    storeys = made.random.choice((1, 2, 2, 3, 4))
    return _Plan(
        day,
        owner,
        office_at(owner.place, day),
        parcel(made, owner.place, day),
        storeys,
        made.random.randrange(480, 1500),
        storeys * 36 + made.random.randrange(5, 30),
    )


def _form_of_2021(made: MadeUp) -> PagePlan:
    plan = _plan(made, 2021, 2024)
    blocks = [
        form_code(made.random.choice(("Mẫu số 01", "Mẫu số 01 - Phụ lục II Nghị định số 15/2021/NĐ-CP"))),
        heading(),
        title(
            "ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG",
            "(Sử dụng cho công trình: Không theo tuyến/Theo tuyến trong đô thị/Tín ngưỡng, tôn giáo/Tượng đài, tranh"
            " hoành"
            " tráng/Theo giai đoạn/Dự án/Nhà ở riêng lẻ/Sửa chữa, cải tạo/Di dời công trình)",
            14,
        ),
        paragraph(f"Kính gửi: {plan.authority}", align="center"),
        paragraph("1. Thông tin về chủ đầu tư:", style="bold"),
        entry("- Tên chủ đầu tư (tên chủ hộ)", in_capitals_or_not(made, plan.owner.full_name)),
        row(entry("- Người đại diện", ""), entry("Chức vụ (nếu có)", "")),
        entry("- Địa chỉ liên hệ", address(plan.owner, plan.day)),
        row(entry("- Số điện thoại", plan.owner.phone), entry("Số CCCD", plan.owner.personal_number)),
        paragraph("2. Thông tin công trình:", style="bold"),
        paragraph("- Địa điểm xây dựng:"),
        row(
            entry("Lô đất số", f"{plan.land.number}, tờ bản đồ số {plan.land.map_sheet}"),
            entry("Diện tích", f"{plan.land.area} m²"),
        ),
        entry("Tại", plan.land.address),
        paragraph("3. Tổ chức/cá nhân lập, thẩm tra thiết kế xây dựng:", style="bold"),
        entry("3.1. Tổ chức/cá nhân lập thiết kế xây dựng", "Công ty TNHH Tư vấn xây dựng An Bình"),
        entry("- Mã số chứng chỉ năng lực/chứng chỉ hành nghề", made.random.choice(("", "BXD-00081234"))),
        entry("3.2. Tổ chức/cá nhân thẩm tra thiết kế xây dựng", ""),
        paragraph("4. Nội dung đề nghị cấp phép: Đối với công trình nhà ở riêng lẻ:", style="bold"),
        row(
            entry("- Cấp công trình", made.random.choice(("III", "IV"))),
            entry("Diện tích xây dựng", f"{decimal(plan.ground)} m²"),
        ),
        row(
            entry("- Tổng diện tích sàn", f"{plan.floor} m²"),
            entry("Chiều cao công trình", f"{decimal(plan.height)} m"),
        ),
        entry("- Số tầng", f"{plan.storeys}"),
        entry("5. Dự kiến thời gian hoàn thành công trình", f"{made.random.randrange(4, 13)} tháng"),
        paragraph(
            "6. Cam kết: Tôi xin cam đoan làm theo đúng giấy phép được cấp, nếu sai tôi xin hoàn toàn chịu trách nhiệm"
            " và bị"
            " xử lý theo quy định của pháp luật."
        ),
        signatures(
            signer((), "", pen="none"),
            signer(
                ("NGƯỜI LÀM ĐƠN/ĐẠI DIỆN CHỦ ĐẦU TƯ",),
                plan.owner.full_name,
                note=f"{plan.office.on(plan.day)}\n(Ký, ghi rõ họ tên)",
            ),
        ),
    ]
    return PagePlan(_CLASS, "2021-form-01", blocks, plan.facts(), size_pt=12.5, margins_mm=(13, 16, 12, 25))


def _form_of_2024(made: MadeUp) -> PagePlan:
    plan = _plan(made, 2025, 2026)
    blocks = [
        form_code("Mẫu số 01\n(Nghị định số 175/2024/NĐ-CP)"),
        heading(),
        title("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG", "Nhà ở riêng lẻ", 14),
        paragraph(f"Kính gửi: {plan.authority}", align="center"),
        paragraph("I. CHỦ ĐẦU TƯ (CHỦ HỘ)", style="bold"),
        entry("1. Họ và tên", plan.owner.full_name.upper(), bold=True),
        boxes("2. Số định danh cá nhân", plan.owner.personal_number),
        entry("3. Địa chỉ liên hệ", address(plan.owner, plan.day)),
        entry("4. Điện thoại", plan.owner.phone),
        paragraph("II. CÔNG TRÌNH", style="bold"),
        table(
            ("Nội dung", "Thông số"),
            [
                ["Thửa đất số", plan.land.number],
                ["Tờ bản đồ số", plan.land.map_sheet],
                ["Diện tích khu đất", f"{plan.land.area} m²"],
                ["Vị trí xây dựng", plan.land.address],
                ["Loại, cấp công trình", "Nhà ở riêng lẻ, cấp III"],
                ["Diện tích xây dựng tầng 1", f"{decimal(plan.ground)} m²"],
                ["Số tầng; chiều cao", f"{plan.storeys}; {decimal(plan.height)} m"],
                ["Tổng diện tích sàn", f"{plan.floor} m²"],
            ],
            (1, 1.6),
        ),
        paragraph("III. GIẤY TỜ GỬI KÈM", style="bold"),
        paragraph("1) Bản sao Giấy chứng nhận quyền sử dụng đất; 2) Hai bộ bản vẽ thiết kế; 3) Bản cam kết an toàn."),
        paragraph(
            "Chủ đầu tư cam kết xây dựng đúng chỉ giới, bảo đảm an toàn cho công trình liền kề và chịu trách nhiệm về"
            " tính"
            " chính xác của hồ sơ."
        ),
        paragraph(plan.office.on(plan.day), align="right", style="italic"),
        signatures(signer((), "", pen="none"), signer(("CHỦ ĐẦU TƯ",), plan.owner.full_name)),
    ]
    return PagePlan(_CLASS, "2024-form-01-table", blocks, plan.facts(), size_pt=13)


def _house_only(made: MadeUp) -> PagePlan:
    plan = _plan(made, 2016, 2026)
    blocks = [
        heading(),
        title("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG\n(Sử dụng cho nhà ở riêng lẻ)", size_pt=14),
        paragraph(f"Kính gửi: {plan.authority}", align="center"),
        entry("1. Tên chủ hộ", plan.owner.full_name),
        row(
            entry("- Số CMND/CCCD", plan.owner.personal_number),
            entry("Ngày cấp", f"{made.date(2015, 2016):%d/%m/%Y}"),
            shares=(1.5, 1),
        ),
        entry("- Địa chỉ liên hệ", address(plan.owner, plan.day)),
        entry("- Số điện thoại", plan.owner.phone),
        entry("2. Địa điểm xây dựng", plan.land.address),
        row(
            entry("- Lô đất số", plan.land.number),
            entry("Tờ bản đồ số", plan.land.map_sheet),
            entry("Diện tích", f"{plan.land.area} m²"),
        ),
        entry("3. Nội dung đề nghị cấp phép", "Xây dựng mới nhà ở"),
        row(
            entry("- Diện tích xây dựng tầng 1", f"{decimal(plan.ground)} m²"),
            entry("- Tổng diện tích sàn", f"{plan.floor} m²"),
        ),
        row(entry("- Chiều cao công trình", f"{decimal(plan.height)} m"), entry("- Số tầng", str(plan.storeys))),
        entry("4. Đơn vị hoặc người thiết kế", made.random.choice(("", official(made)))),
        entry("- Chứng chỉ hành nghề số", ""),
        entry("5. Dự kiến thời gian hoàn thành", f"{made.random.randrange(3, 13)} tháng"),
        paragraph(
            "6. Cam kết: tôi xin cam đoan làm theo đúng giấy phép được cấp, nếu sai tôi xin hoàn toàn chịu trách nhiệm"
            " và bị"
            " xử lý theo quy định của pháp luật."
        ),
        signatures(
            signer((), "", pen="none"),
            signer(
                (plan.office.on(plan.day), "Người làm đơn"),
                plan.owner.full_name,
                note="(Ký ghi rõ họ tên)",
                pen="black",
            ),
        ),
        paragraph("Gửi kèm theo Đơn này các tài liệu: 1- ............  2- ............", size_pt=11),
    ]
    return PagePlan(_CLASS, "house-only", blocks, plan.facts(), size_pt=13)


def _repair(made: MadeUp) -> PagePlan:
    plan = _plan(made, 2021, 2026)
    work = made.random.choice(
        (
            "Nâng thêm tầng, thay mái tôn bằng sàn bê tông",
            "Cải tạo mặt tiền, gia cố móng",
            "Mở rộng bếp, thay kết cấu mái",
        )
    )
    blocks = [
        heading(),
        title("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP\nSỬA CHỮA, CẢI TẠO NHÀ Ở", size_pt=15),
        paragraph(f"Kính gửi: {plan.office.name}", align="center"),
        paragraph("A. NGƯỜI ĐỀ NGHỊ", style="bold"),
        entry("Ông/bà", plan.owner.full_name, rule="line"),
        row(entry("CCCD", plan.owner.personal_number, rule="line"), entry("Điện thoại", plan.owner.phone, rule="line")),
        entry("Thường trú", address(plan.owner, plan.day), rule="line"),
        paragraph("B. HIỆN TRẠNG CÔNG TRÌNH", style="bold"),
        entry("Nhà thuộc thửa đất số", f"{plan.land.number} - tờ bản đồ số {plan.land.map_sheet}", rule="line"),
        row(
            entry("Diện tích đất", f"{plan.land.area} m²", rule="line"),
            entry("Kết cấu cũ", "tường gạch, mái tôn", rule="line"),
        ),
        ticks("Giấy tờ về nhà đất:", (("Có giấy chứng nhận", True), ("Chưa có", False))),
        paragraph("C. NỘI DUNG SỬA CHỮA, CẢI TẠO", style="bold"),
        entry("Hạng mục", work, rule="line"),
        row(
            entry("Diện tích sàn sau cải tạo", f"{plan.floor} m²", rule="line"),
            entry("Chiều cao", f"{decimal(plan.height)} m", rule="line"),
        ),
        entry("Thời gian thi công", f"{made.random.randrange(1, 6)} tháng", rule="line"),
        paragraph("D. CAM KẾT", style="bold"),
        paragraph(
            "Không làm ảnh hưởng đến nhà liền kề; che chắn, thu gom vật liệu; chấp hành kiểm tra của cán bộ địa phương."
        ),
        paragraph(f"Làm tại {plan.office.commune}, ngày {plan.day:%d/%m/%Y}", style="italic", align="right"),
        signatures(
            signer(("Ý KIẾN CỦA HỘ LIỀN KỀ",), official(made), pen="black"),
            signer(("NGƯỜI ĐỀ NGHỊ",), plan.owner.full_name),
        ),
    ]
    return PagePlan(_CLASS, "repair", blocks, plan.facts(), size_pt=13)


def _house_by_hand(made: MadeUp) -> PagePlan:
    plan = _plan(made, 2018, 2026)
    blocks = [
        form_code("Mẫu số 01"),
        heading(),
        title("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG\nNHÀ Ở RIÊNG LẺ", size_pt=14),
        entry("Kính gửi", plan.authority),
        entry("1. Họ tên chủ đầu tư", plan.owner.full_name, by_hand=True),
        entry("Số định danh cá nhân", plan.owner.personal_number, by_hand=True),
        entry("Địa chỉ liên hệ", address(plan.owner, plan.day), by_hand=True),
        entry("Số điện thoại", plan.owner.phone, by_hand=True),
        paragraph("2. Địa điểm xây dựng:"),
        row(
            entry("Lô đất số", plan.land.number, by_hand=True),
            entry("Tờ bản đồ số", plan.land.map_sheet, by_hand=True),
            entry("Diện tích", f"{plan.land.area} m²", by_hand=True),
            shares=(1, 1, 1.3),
        ),
        entry("Tại", plan.land.address, by_hand=True),
        entry("3. Loại công trình", "Nhà ở gia đình", by_hand=True),
        entry("Diện tích xây dựng tầng trệt (tầng 1)", f"{decimal(plan.ground)} m²", by_hand=True),
        entry("Tổng diện tích sàn", f"{plan.floor} m²", by_hand=True),
        entry("Số tầng", f"{plan.storeys}", by_hand=True),
        entry("4. Đơn vị thiết kế", ""),
        entry("5. Dự kiến hoàn thành", "6 tháng", by_hand=True),
        paragraph("6. Tôi xin cam đoan xây dựng đúng giấy phép được cấp."),
        signatures(
            signer((), "", pen="none"),
            signer(("Người làm đơn",), plan.owner.full_name, note=f"{written_date(plan.day)}"),
        ),
    ]
    return PagePlan(_CLASS, "house-by-hand", blocks, plan.facts(), size_pt=13)


def _for_a_time(made: MadeUp) -> PagePlan:
    plan = _plan(made, 2019, 2026)
    blocks = [
        heading(),
        title(
            "ĐƠN ĐỀ NGHỊ\nCẤP GIẤY PHÉP XÂY DỰNG CÓ THỜI HẠN", "(Dùng cho nhà ở, công trình trong vùng quy hoạch)", 14
        ),
        paragraph(f"Kính gửi: Phòng Kinh tế, Hạ tầng và Đô thị {plan.office.commune}", align="center", style="bold"),
        paragraph(
            f"Tôi là {plan.owner.full_name}, số căn cước công dân {plan.owner.personal_number}, số điện thoại"
            f" {plan.owner.phone}, cư trú tại {address(plan.owner, plan.day)}, là chủ sử dụng thửa đất sau:",
            indent_mm=8,
            align="justify",
        ),
        table(
            ("Số thửa", "Số tờ bản đồ", "Diện tích (m²)", "Loại đất", "Giấy chứng nhận"),
            [[plan.land.number, plan.land.map_sheet, plan.land.area, "ODT", plan.land.serial]],
            (1, 1, 1.2, 1, 1.4),
        ),
        paragraph(
            f"Nay xin được xây dựng tạm công trình quy mô {plan.storeys} tầng, diện tích mỗi tầng"
            f" {decimal(plan.ground)} m²,"
            f" cao {decimal(plan.height)} m, thời gian tồn tại đến khi Nhà nước thực hiện quy hoạch.",
            indent_mm=8,
            align="justify",
        ),
        paragraph(
            "Khi có quyết định thu hồi đất, tôi tự tháo dỡ công trình và không yêu cầu bồi thường phần xây dựng thêm"
            " theo giấy"
            " phép này. Tôi cam kết thực hiện đúng nội dung nêu trên.",
            indent_mm=8,
            align="justify",
        ),
        paragraph("Hồ sơ kèm theo: bản vẽ (02 bộ), bản sao giấy tờ đất, ảnh hiện trạng.", style="italic"),
        signatures(
            signer(("CÁN BỘ KIỂM TRA THỰC ĐỊA",), "", pen="none", note="(Ghi ý kiến)"),
            signer(("NGƯỜI XIN PHÉP",), plan.owner.full_name, note=plan.office.on(plan.day)),
        ),
    ]
    return PagePlan(_CLASS, "permit-for-a-time", blocks, plan.facts(), size_pt=13)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (_form_of_2021, _form_of_2024, _house_only, _repair, _house_by_hand, _for_a_time),
}
