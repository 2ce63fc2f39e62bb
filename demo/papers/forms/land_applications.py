# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications to register a change of land: the forms of 2014, 2023, 2024 and 2025, typed and filled in by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from demo.papers.made_up import MadeUp, Person
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import Office, Parcel, bare, office_at, parcel, past_day
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
    ticks,
    title,
)
from demo.papers.wording import in_capitals_or_not

_CLASS = "land-change-application"
_REASONS = (
    "Nhận tặng cho quyền sử dụng đất",
    "Nhận chuyển nhượng quyền sử dụng đất",
    "Nhận thừa kế quyền sử dụng đất",
    "Thay đổi số Giấy chứng minh nhân dân sang số định danh cá nhân",
    "Thay đổi địa chỉ thường trú do sắp xếp đơn vị hành chính",
    "Thay đổi diện tích do đo đạc lại",
)


def _case(made: MadeUp, first_year: int, last_year: int) -> tuple[dt.date, Person, Office, Parcel]:
    day = past_day(made, first_year, last_year)
    person = made.person(born=(1950, 2003))
    return day, person, office_at(person.place, day), parcel(made, person.place, day)


def _pledge(made: MadeUp) -> str:
    return made.random.choice(
        (
            "Tôi cam đoan nội dung kê khai trên đơn là đúng, nếu sai tôi hoàn toàn chịu trách nhiệm trước pháp luật.",
            "Tôi/chúng tôi xin cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi/chúng tôi hoàn toàn chịu"
            " trách nhiệm trước pháp luật.",
        )
    )


def _form_09_of_2014(made: MadeUp) -> PagePlan:
    day, person, office, land = _case(made, 2015, 2022)
    return _old_form(made, "2014-form-09", "Mẫu số 09/ĐK", day, person, office, land, by_hand=False)


def _form_09_by_hand(made: MadeUp) -> PagePlan:
    day, person, office, land = _case(made, 2015, 2023)
    return _old_form(made, "2014-form-09-by-hand", "Mẫu số 09/ĐK", day, person, office, land, by_hand=True)


def _old_form(
    made: MadeUp, layout: str, code: str, day: dt.date, person: Person, office: Office, land: Parcel, *, by_hand: bool
) -> PagePlan:
    issued = made.date(2005, 2014)
    reason = made.random.choice(_REASONS)
    blocks = [
        form_code(code),
        heading(),
        row(
            title("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG\nĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", f"Kính gửi: UBND {office.above}", 13),
            table(
                ("PHẦN GHI CỦA NGƯỜI NHẬN HỒ SƠ",),
                [
                    [
                        "Đã kiểm tra nội dung đơn đầy đủ, rõ ràng, thống nhất với giấy tờ xuất trình.\n"
                        "Vào sổ tiếp nhận hồ sơ số: ....... Quyển .....\nNgày ...../...../......\nNgười nhận hồ sơ"
                    ]
                ],
            ),
            shares=(1.5, 1),
        ),
        paragraph("I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ", style="bold"),
        paragraph("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất", style="bold"),
        entry("1.1. Tên (viết chữ in hoa)", person.full_name.upper(), by_hand=by_hand),
        entry("1.2. Địa chỉ", address(person, day), by_hand=by_hand),
        paragraph("2. Giấy chứng nhận đã cấp", style="bold"),
        row(
            entry("2.1. Số vào sổ cấp GCN", land.register, by_hand=by_hand),
            entry("2.2. Số phát hành GCN", land.serial, by_hand=by_hand),
        ),
        entry("2.3. Ngày cấp GCN", f"{issued:%d/%m/%Y}", by_hand=by_hand),
        entry("3. Nội dung biến động về", reason, by_hand=by_hand),
        row(
            column(
                paragraph("3.1. Nội dung trên GCN trước khi biến động:"),
                entry("- Thửa đất số", land.number, by_hand=by_hand),
                entry("- Tờ bản đồ số", land.map_sheet, by_hand=by_hand),
                entry("- Diện tích", f"{land.area} m²", by_hand=by_hand),
            ),
            column(
                paragraph("3.2. Nội dung sau khi biến động:"),
                entry("- Tên", person.full_name, by_hand=by_hand),
                entry("", ""),
                entry("", ""),
            ),
        ),
        entry("4. Lý do biến động", reason, by_hand=by_hand),
        entry(
            "5. Tình hình thực hiện nghĩa vụ tài chính về đất đai đối với thửa đất đăng ký biến động",
            "Đã nộp đủ",
            by_hand=by_hand,
        ),
        entry(
            "6. Giấy tờ liên quan đến nội dung thay đổi nộp kèm theo đơn này gồm có",
            "Giấy chứng nhận đã cấp; hợp đồng đã chứng thực",
            by_hand=by_hand,
        ),
        paragraph(_pledge(made)),
        signatures(
            signer((), "", pen="none"),
            signer(
                ("Người viết đơn",), person.full_name, note=f"{office.on(day)}\n(Ký và ghi rõ họ tên, đóng dấu nếu có)"
            ),
        ),
    ]
    found = facts(
        full_name=person.full_name, residence=address(person, day), parcel_number=land.number, map_sheet=land.map_sheet,
        area_m2=land.area_m2, certificate_number=land.serial, issue_date=day
    )  # fmt: skip
    return PagePlan(_CLASS, layout, blocks, found, size_pt=12.5, margins_mm=(12, 14, 12, 22))


def _form_09_of_2023(made: MadeUp) -> PagePlan:
    day, person, office, land = _case(made, 2023, 2024)
    reason = made.random.choice(_REASONS)
    card = made.date(2021, 2022)
    blocks = [
        form_code("Mẫu số 09/ĐK\n(Ban hành kèm theo Thông tư số 14/2023/TT-BTNMT)"),
        heading(),
        title("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", size_pt=13),
        paragraph(f"Kính gửi: Chi nhánh Văn phòng Đăng ký đất đai {office.above}", align="center"),
        paragraph("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", style="bold"),
        entry("1.1. Tên", in_capitals_or_not(made, person.full_name)),
        row(
            entry("1.2. Giấy tờ nhân thân/pháp nhân số", person.personal_number),
            entry("cấp ngày", f"{card:%d/%m/%Y}"),
            shares=(2, 1),
        ),
        entry("1.3. Địa chỉ", address(person, day)),
        row(entry("1.4. Số điện thoại", person.phone), entry("Hộp thư điện tử", made.random.choice(("", "không")))),
        paragraph("2. Giấy chứng nhận đã cấp:", style="bold"),
        entry("2.1. Số vào sổ cấp GCN", land.register),
        entry("2.2. Số phát hành (Số seri) GCN", land.serial),
        entry("2.3. Thửa đất số", f"{land.number}; Tờ bản đồ số: {land.map_sheet}; Diện tích: {land.area} m²"),
        paragraph(f"3. Nội dung biến động: {reason}", style="bold"),
        entry("3.1. Nội dung trên GCN trước khi biến động", "Như Giấy chứng nhận đã cấp"),
        entry("3.2. Nội dung sau khi biến động", reason),
        ticks(
            "3.3. Nhu cầu nhận kết quả:",
            (("Cấp mới Giấy chứng nhận", True), ("Xác nhận trên Giấy chứng nhận đã cấp", False)),
        ),
        entry("4. Lý do biến động", reason),
        entry("5. Đề nghị ghi nợ, miễn giảm nghĩa vụ tài chính", made.random.choice(("Không", ""))),
        paragraph("6. Giấy tờ liên quan nộp kèm theo:\n- Giấy chứng nhận đã cấp;\n- Văn bản về việc chuyển quyền."),
        paragraph(_pledge(made), style="italic"),
        signatures(
            signer((), "", pen="none"),
            signer((office.on(day), "NGƯỜI VIẾT ĐƠN"), person.full_name, note="(Ký, ghi rõ họ tên)"),
        ),
    ]
    found = facts(
        full_name=person.full_name, personal_number=person.personal_number, residence=address(person, day),
        phone=person.phone, parcel_number=land.number, map_sheet=land.map_sheet, area_m2=land.area_m2,
        certificate_number=land.serial, issue_date=day
    )  # fmt: skip
    return PagePlan(_CLASS, "2023-form-09", blocks, found, size_pt=13)


def _form_11_of_2024(made: MadeUp) -> PagePlan:
    day, person, office, land = _case(made, 2024, 2025)
    reason = made.random.choice(_REASONS)
    blocks = [
        form_code(made.random.choice(("Mẫu số 11/ĐK", "Mẫu số 11/ĐK ban hành kèm theo Nghị định số 101/2024/NĐ-CP"))),
        heading(),
        title("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG\nĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", size_pt=14),
        paragraph(
            f"Kính gửi: {made.random.choice(('Chi nhánh Văn phòng đăng ký đất đai', 'UBND'))} {office.above}",
            align="center",
        ),
        paragraph("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người quản lý đất:", style="bold"),
        entry("a) Tên", in_capitals_or_not(made, person.full_name)),
        entry("b) Giấy tờ nhân thân/pháp nhân", f"CCCD số {person.personal_number}"),
        entry("c) Địa chỉ", address(person, day)),
        row(entry("d) Điện thoại liên hệ (nếu có)", person.phone), entry("Hộp thư điện tử (nếu có)", "")),
        paragraph("2. Nội dung biến động:", style="bold"),
        paragraph(
            f"{reason} đối với thửa đất số {land.number}, tờ bản đồ số {land.map_sheet}, diện tích {land.area} m²,"
            f" tại {land.address}",
            indent_mm=8,
        ),
        paragraph("3. Giấy tờ liên quan đến nội dung biến động nộp kèm theo đơn này gồm có:", style="bold"),
        paragraph(
            f"(1) Giấy chứng nhận đã cấp số phát hành {land.serial}, số vào sổ {land.register};\n"
            "(2) Hợp đồng, văn bản về việc chuyển quyền sử dụng đất;\n(3) Tờ khai lệ phí trước bạ, tờ khai thuế."
        ),
        paragraph(_pledge(made)),
        space(3),
        signatures(
            signer((), "", pen="none"),
            signer(
                ("Người viết đơn",), person.full_name, note=f"{office.on(day)}\n(Ký, ghi rõ họ tên, đóng dấu nếu có)"
            ),
        ),
    ]
    if made.random.random() < 0.5:
        blocks.append(
            paragraph(
                "Ghi chú: Kê khai tên, giấy tờ và địa chỉ theo Giấy chứng nhận; trường hợp có thay đổi thì ghi thông"
                " tin trước và sau khi thay đổi.",
                style="italic",
                size_pt=10,
            )
        )
    found = facts(
        full_name=person.full_name, personal_number=person.personal_number, residence=address(person, day),
        phone=person.phone, parcel_number=land.number, map_sheet=land.map_sheet, area_m2=land.area_m2,
        certificate_number=land.serial, issue_date=day
    )  # fmt: skip
    return PagePlan(_CLASS, "2024-form-11", blocks, found, size_pt=13)


def _form_18_of_2025(made: MadeUp) -> PagePlan:
    day, person, office, land = _case(made, 2026, 2026)
    reason = made.random.choice(_REASONS)
    blocks = [
        heading(),
        title(
            "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI,\nTÀI SẢN GẮN LIỀN VỚI ĐẤT", "(Mẫu số 18 - Nghị định số 151/2025/NĐ-CP)", 14
        ),
        paragraph(f"Kính gửi: {office.name}", align="center", style="bold"),
        table(
            ("", ""),
            [
                ["1. Họ và tên người sử dụng đất", person.full_name.upper()],
                ["2. Số định danh cá nhân", person.personal_number],
                ["3. Nơi thường trú", address(person, day)],
                ["4. Số điện thoại", person.phone],
                ["5. Thửa đất số / Tờ bản đồ số", f"{land.number} / {land.map_sheet}"],
                ["6. Diện tích thửa đất", f"{land.area} m²"],
                ["7. Địa chỉ thửa đất", land.address],
                ["8. Giấy chứng nhận đã cấp (số phát hành)", land.serial],
                ["9. Nội dung đề nghị đăng ký biến động", reason],
                ["10. Thông tin trước khi biến động", "Theo Giấy chứng nhận đã cấp"],
                ["11. Thông tin sau khi biến động", f"{reason}; cấp cho {person.full_name}"],
                ["12. Giấy tờ nộp kèm theo", "Giấy chứng nhận; hợp đồng; tờ khai thuế"],
            ],
            (1, 1.5),
        ),
        ticks("13. Hình thức nhận kết quả:", (("Trực tiếp", True), ("Trực tuyến", False), ("Bưu chính", False))),
        paragraph(_pledge(made)),
        signatures(
            signer(("XÁC NHẬN CỦA CÁN BỘ TIẾP NHẬN",), "", pen="none"),
            signer(("NGƯỜI KÊ KHAI",), person.full_name, note=office.on(day)),
        ),
    ]
    found = facts(
        full_name=person.full_name, personal_number=person.personal_number, residence=address(person, day),
        phone=person.phone, parcel_number=land.number, map_sheet=land.map_sheet, area_m2=land.area_m2,
        certificate_number=land.serial, issue_date=day
    )  # fmt: skip
    return PagePlan(_CLASS, "2025-form-18-table", blocks, found, size_pt=13)


def _own_wording_by_hand(made: MadeUp) -> PagePlan:
    day, person, office, land = _case(made, 2024, 2026)
    blocks = [
        heading(),
        title(
            made.random.choice(
                ("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG VỀ SỬ DỤNG ĐẤT", "ĐƠN ĐĂNG KÝ\nBIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT")
            )
        ),
        row(
            paragraph("Kính gửi:", align="right"),
            column(
                paragraph(f"- {office.name};"),
                paragraph(f"- Chi nhánh Văn phòng Đăng ký đất đai {bare(office.above)}."),
            ),
            shares=(1, 2),
        ),
        entry("Tôi là (tên người sử dụng đất)", person.full_name, by_hand=True),
        boxes("Số định danh cá nhân", person.personal_number),
        entry("Hiện cư trú tại", address(person, day), by_hand=True),
        entry("Điện thoại", person.phone, by_hand=True),
        paragraph("Đang sử dụng thửa đất sau đây:"),
        row(
            entry("Số thửa", land.number, by_hand=True),
            entry("Số tờ", land.map_sheet, by_hand=True),
            entry("Diện tích (m²)", land.area, by_hand=True),
            shares=(1, 1, 1.4),
        ),
        entry("Giấy chứng nhận số phát hành", land.serial, by_hand=True),
        entry("Nay đề nghị được đăng ký biến động vì lý do", made.random.choice(_REASONS), by_hand=True),
        entry("", ""),
        entry("Thông tin đề nghị thay đổi trên giấy chứng nhận", "", by_hand=True),
        entry("", ""),
        entry("Kèm theo đơn có các giấy tờ", "giấy chứng nhận bản gốc, căn cước", by_hand=True),
        paragraph(_pledge(made), align="justify"),
        signatures(
            signer(("NGƯỜI NHẬN HỒ SƠ",), "", pen="none"),
            signer(("NGƯỜI LÀM ĐƠN",), person.full_name, note=office.on(day)),
        ),
    ]
    found = facts(
        full_name=person.full_name, personal_number=person.personal_number, residence=address(person, day),
        phone=person.phone, parcel_number=land.number, map_sheet=land.map_sheet, area_m2=land.area_m2,
        certificate_number=land.serial, issue_date=day
    )  # fmt: skip
    return PagePlan(_CLASS, "local-form-by-hand", blocks, found, size_pt=13)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (
        _form_09_of_2014,
        _form_09_of_2023,
        _form_11_of_2024,
        _form_18_of_2025,
        _form_09_by_hand,
        _own_wording_by_hand,
    ),
}
