# SPDX-License-Identifier: GPL-3.0-or-later
"""Land-use certificates of the last century and of the law of 2003; still valid, and still brought to the counter."""

from __future__ import annotations

from demo.papers.made_up import MadeUp
from demo.papers.made_up_civil import facts
from demo.papers.made_up_trade import decimal, office_at, official, parcel
from demo.papers.plan import (
    PagePlan,
    column,
    entry,
    heading,
    paragraph,
    parcel_plan,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)

_CLASS = "land-use-certificate"


def red_book_of_2004(made: MadeUp) -> PagePlan:
    """The red book of the land law of 2003, opened: holder, parcel, notes."""
    day = made.date(2004, 2009)
    owner = made.person(born=(1930, 1980))
    land = parcel(made, owner.place, day)
    office = office_at(owner.place, day)
    signed_by = official(made)
    number = owner.personal_number[-9:]
    blocks = [
        heading(),
        title("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT", size_pt=19),
        paragraph(f"{office.above_name.upper()}", style="bold", align="center"),
        paragraph(
            "Căn cứ Luật Đất đai ngày 26 tháng 11 năm 2003;\nXét đề nghị của Phòng Tài nguyên và Môi trường,",
            style="italic",
        ),
        paragraph("CHỨNG NHẬN", style="bold", align="center"),
        paragraph("I- Tên người sử dụng đất", style="bold"),
        entry(
            f"{made.random.choice(('Hộ', ''))} {'bà' if owner.is_female else 'ông'}".strip().capitalize(),
            f"{owner.full_name.upper()} - Sinh năm: {owner.birth_date.year}",
            bold=True,
            rule="none",
        ),
        entry("CMND số", f"{number}", rule="none"),
        entry("Địa chỉ thường trú", owner.place.before, rule="none"),
        paragraph("II- Thửa đất được quyền sử dụng", style="bold"),
        row(entry("1. Thửa đất số", land.number), entry("2. Tờ bản đồ số", land.map_sheet)),
        entry("3. Địa chỉ thửa đất", land.address),
        entry("4. Diện tích", f"{land.area} m²"),
        entry("Bằng chữ", f"({land.area_in_words})"),
        paragraph("5. Hình thức sử dụng:"),
        row(entry("+ Sử dụng riêng", f"{land.area} m²"), entry("+ Sử dụng chung", "Không m²")),
        entry("6. Mục đích sử dụng đất", land.uses),
        entry("7. Thời hạn sử dụng đất", made.random.choice(("Lâu dài", "Đất ở: Lâu dài; Đất vườn: đến 10/2053"))),
        entry("8. Nguồn gốc sử dụng đất", land.ground),
        entry("III- Tài sản gắn liền với đất", made.random.choice(("Không", "-/-", "Nhà cấp 4"))),
        entry("IV- Ghi chú", made.random.choice(("Không", "Đất chưa trừ lộ giới", ""))),
        row(
            column(
                space(12),
                paragraph(f"Số vào sổ cấp giấy chứng nhận quyền sử dụng đất: {land.register}"),
                paragraph(land.serial, style="bold", size_pt=15),
            ),
            column(
                paragraph(office.above_on(day), style="italic", align="center"),
                signatures(
                    signer(
                        (
                            f"TM. {office.above_name.upper()}",
                            *made.random.choice((("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))),
                        ),
                        signed_by,
                        seal=office.above_seal,
                    )
                ),
            ),
        ),
    ]
    return PagePlan(
        _CLASS,
        "2004-red-book",
        blocks,
        facts(
            document_number=land.serial,
            owner_name=owner.full_name,
            owner_number=number,
            parcel_number=land.number,
            map_sheet=land.map_sheet,
            parcel_address=land.address,
            area_m2=land.area_m2,
            issue_date=day,
            issuer=office.above_name,
            signer=signed_by,
        ),
        fill="#f6ead2",
        border=True,
        size_pt=13,
        margins_mm=(16, 20, 14, 22),
    )


def listing_of_1993(made: MadeUp) -> PagePlan:
    """The certificate of the land law of 1993, with its list of parcels."""
    day = made.date(1994, 2003)
    owner = made.person(born=(1925, 1970))
    land = parcel(made, owner.place, day, long_serial=False)
    office = office_at(owner.place, day)
    signed_by = official(made)
    rest = land.garden_tenths or 2000
    first = land.tenths - land.garden_tenths
    rows = [
        [land.map_sheet, land.number, f"{decimal(first)} m²", "Đất ở", "Lâu dài", ""],
        [land.map_sheet, str(int(land.number) + 7), f"{decimal(rest)} m²", "Đất vườn", "Lâu dài", ""],
        [
            land.map_sheet,
            str(int(land.number) + 31),
            f"{decimal(made.random.randrange(3000, 9000))} m²",
            "Lúa",
            "10/2013",
            "",
        ],
    ]
    blocks = [
        heading(),
        title("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT", size_pt=20),
        paragraph(office.above_name.upper(), style="bold", align="center", size_pt=14),
        paragraph(
            "- Căn cứ vào Luật đất đai ngày 14 tháng 7 năm 1993;\n"
            f"- Theo đề nghị của Phòng Địa chính và UBND {office.commune},"
        ),
        paragraph("CHỨNG NHẬN", style="bold", align="center", size_pt=14),
        entry(f"Hộ {'bà' if owner.is_female else 'ông'}", owner.full_name, bold=True),
        entry("Địa chỉ", land.address),
        paragraph(
            f"Được quyền sử dụng {decimal(first + rest)} m² đất tại {office.commune}, {office.above},"
            f" {office.province}, theo bảng liệt kê dưới đây:"
        ),
        table(
            ("Số tờ bản đồ", "Số thửa", "Diện tích (m²)", "Mục đích sử dụng đất", "Thời hạn sử dụng", "Phần ghi thêm"),
            rows,
            (1, 1, 1.4, 1.6, 1.3, 1.3),
        ),
        paragraph(
            "Người được cấp giấy có trách nhiệm sử dụng đất đúng mục đích, theo đúng quy định của pháp luật.",
            style="italic",
        ),
        row(
            column(
                space(10),
                paragraph(
                    f"Vào sổ cấp giấy chứng nhận quyền sử dụng đất\nSố: {made.random.randrange(100, 9999):05} QSDĐ"
                ),
                paragraph(f"Số: {land.serial}", style="bold", size_pt=14),
            ),
            column(
                paragraph(office.above_on(day), style="italic", align="center"),
                signatures(signer((f"TM. UBND {office.above.upper()}", "CHỦ TỊCH"), signed_by, seal=office.above_seal)),
            ),
        ),
    ]
    return PagePlan(
        _CLASS,
        "1993-listing",
        blocks,
        facts(
            document_number=land.serial,
            owner_name=owner.full_name,
            parcel_number=land.number,
            map_sheet=land.map_sheet,
            parcel_address=land.address,
            issue_date=day,
            issuer=office.above_name,
            signer=signed_by,
        ),
        fill="#f3e3c4",
        border=True,
        size_pt=13.5,
    )


def house_and_land_of_1994(made: MadeUp) -> PagePlan:
    """The pink paper for house and land in towns."""
    day = made.date(1996, 2005)
    owner = made.person(born=(1930, 1972))
    land = parcel(made, owner.place, day)
    office = office_at(owner.place, day)
    signed_by = official(made)
    old_number = owner.personal_number[:9]
    original = f"{made.random.randrange(100, 9000)}/GCN-{day.year}"
    blocks = [
        heading(),
        title("GIẤY CHỨNG NHẬN", "QUYỀN SỞ HỮU NHÀ Ở VÀ QUYỀN SỬ DỤNG ĐẤT Ở", 18),
        paragraph(f"Hồ sơ gốc số: {original}", align="center"),
        paragraph("I. CHỦ SỞ HỮU NHÀ Ở VÀ SỬ DỤNG ĐẤT Ở", style="bold"),
        row(
            entry("Họ và tên", owner.full_name.upper(), bold=True),
            entry("CMND số", old_number),
            shares=(1.6, 1),
        ),
        entry("Thường trú", owner.place.before),
        paragraph("II. THỰC TRẠNG NHÀ Ở, ĐẤT Ở", style="bold"),
        entry("1. Địa chỉ", land.address),
        row(
            column(
                paragraph("2. Nhà ở:", style="bold"),
                entry("- Tổng diện tích sử dụng", f"{made.random.randrange(40, 180)},6 m²"),
                entry("- Diện tích xây dựng", f"{made.random.randrange(30, 90)},2 m²"),
                entry("- Kết cấu", "Gạch, mái tôn"),
                entry("- Số tầng", made.random.choice("123")),
            ),
            column(
                paragraph("3. Đất ở:", style="bold"),
                entry("- Thửa số", land.number),
                entry("- Tờ bản đồ số", land.map_sheet),
                entry("- Diện tích", f"{land.area} m²"),
                entry("- Hình thức sử dụng", "riêng"),
            ),
        ),
        parcel_plan(land.number, land.area),
        signatures(
            signer((), "", pen="none"),
            signer(
                (office.above_on(day), f"TM. UBND {office.above.upper()}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                signed_by,
                seal=office.above_seal,
            ),
        ),
    ]
    return PagePlan(
        _CLASS,
        "1994-house-and-land",
        blocks,
        facts(
            owner_name=owner.full_name,
            owner_number=old_number,
            parcel_number=land.number,
            map_sheet=land.map_sheet,
            parcel_address=land.address,
            area_m2=land.area_m2,
            issue_date=day,
            issuer=f"UBND {office.above}",
            signer=signed_by,
        ),
        fill="#f8dfe0",
        size_pt=13,
    )
