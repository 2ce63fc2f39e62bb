# SPDX-License-Identifier: GPL-3.0-or-later
"""Land-use certificates of every generation: the page that has the title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from demo.papers.forms.land_old import house_and_land_of_1994, listing_of_1993, red_book_of_2004
from demo.papers.made_up import MadeUp
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import bare, office_at, official, parcel, past_day
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    column,
    entry,
    heading,
    paragraph,
    parcel_plan,
    qr,
    row,
    signatures,
    signer,
    space,
    title,
)

_CLASS = "land-use-certificate"
_PINK = "#fbeee9"


def _title_page_of_2014(made: MadeUp) -> PagePlan:
    day = made.date(2014, 2022)
    owner = made.person(born=(1940, 1995))
    land = parcel(made, owner.place, day)
    spouse = made.person(is_female=not owner.is_female, born=(1940, 1995))
    holders = [
        f"{'Bà' if owner.is_female else 'Ông'}: {owner.full_name}, sinh năm {owner.birth_date.year},"
        f" CMND/CCCD số: {owner.personal_number}",
        f"Địa chỉ thường trú: {address(owner, day)}",
    ]
    if made.random.random() < 0.5:
        holders += [
            f"và {'chồng' if owner.is_female else 'vợ'}: {spouse.full_name}, sinh năm {spouse.birth_date.year},"
            f" CMND/CCCD số: {spouse.personal_number}",
            f"Địa chỉ thường trú: {address(owner, day)}",
        ]
    blocks: list[Block] = [
        space(8),
        heading(),
        space(26),
        title(
            "GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nQUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
            size_pt=made.random.choice((13, 14)),
        ),
        space(14),
        paragraph("I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", style="bold"),
        *(paragraph(line, indent_mm=8) for line in holders),
        space(60),
        paragraph(land.serial, style="bold", align="right", size_pt=16),
    ]
    return PagePlan(
        _CLASS,
        "2014-title-page",
        blocks,
        facts(document_number=land.serial, owner_name=owner.full_name, owner_number=owner.personal_number),
        fill=made.random.choice((_PINK, "#fdf1ee", "#f9e9e4")),
        border=True,
        size_pt=13,
    )


def _whole_page_of_2020(made: MadeUp) -> PagePlan:
    day = made.date(2018, 2024)
    owner = made.person(born=(1945, 2000))
    land = parcel(made, owner.place, day)
    office = office_at(owner.place, day)
    signed_by = official(made)
    department = made.random.random() < 0.5
    issuer = f"Sở Tài nguyên và Môi trường {office.province}" if department else office.above_name
    titles = (
        (issuer.upper(), "TUQ. GIÁM ĐỐC", "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI")
        if department
        else (f"TM. {issuer.upper()}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    )
    house = made.random.random() < 0.5
    blocks = [
        heading(),
        title("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nQUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT", size_pt=13),
        paragraph("I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", style="bold"),
        paragraph(
            f"{'Bà' if owner.is_female else 'Ông'}: {owner.full_name.upper()}, sinh năm {owner.birth_date.year};"
            f" CCCD số: {owner.personal_number}\nĐịa chỉ thường trú: {address(owner, day)}"
        ),
        paragraph("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", style="bold"),
        paragraph("1. Thửa đất", style="bold"),
        paragraph(
            f"a) Thửa đất số: {land.number}, tờ bản đồ số: {land.map_sheet}\n"
            f"b) Địa chỉ: {land.address}\n"
            f"c) Diện tích: {land.area} m² (bằng chữ: {land.area_in_words})\n"
            f"d) Hình thức sử dụng: {made.random.choice(('Sử dụng riêng', 'Sử dụng chung'))}\n"
            f"đ) Mục đích sử dụng: {land.uses}\n"
            "e) Thời hạn sử dụng: Lâu dài\n"
            f"g) Nguồn gốc sử dụng: {land.ground}"
        ),
        paragraph(
            f"2. Nhà ở: Nhà ở riêng lẻ; diện tích xây dựng {made.random.randrange(60, 140)},0 m²; kết cấu: tường gạch,"
            " sàn bê tông cốt thép; số tầng: 2; cấp hạng: cấp III"
            if house
            else "2. Nhà ở: -/-"
        ),
        paragraph("3. Công trình xây dựng khác: -/-\n4. Rừng sản xuất là rừng trồng: -/-\n5. Cây lâu năm: -/-"),
        paragraph(f"6. Ghi chú: {made.random.choice(('Không', '-/-', 'Số thửa cũ: 112, tờ bản đồ 299: 05'))}"),
        paragraph("III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất", style="bold"),
        row(
            column(parcel_plan(land.number, land.area), paragraph("Tỷ lệ 1:500", align="center", size_pt=10)),
            column(
                paragraph(office.above_on(day), style="italic", align="center"),
                signatures(signer(titles, signed_by, seal=(issuer.upper(), bare(office.province).upper()))),
            ),
        ),
        row(
            paragraph(f"Số vào sổ cấp GCN: {land.register}"),
            paragraph(land.serial, style="bold", align="right", size_pt=14),
        ),
    ]
    return PagePlan(
        _CLASS,
        "2020-whole-page",
        blocks,
        facts(
            document_number=land.serial,
            owner_name=owner.full_name,
            owner_number=owner.personal_number,
            parcel_number=land.number,
            map_sheet=land.map_sheet,
            parcel_address=land.address,
            area_m2=land.area_m2,
            issue_date=day,
            issuer=issuer,
            signer=signed_by,
        ),
        fill=_PINK,
        size_pt=12.5,
        margins_mm=(14, 18, 12, 22),
    )


def _form_of_2024(made: MadeUp) -> PagePlan:
    day = past_day(made, 2025, 2026)
    owner = made.person(born=(1950, 2003))
    land = parcel(made, owner.place, day)
    office = office_at(owner.place, day)
    signed_by = official(made)
    by_commune = office.today and made.random.random() < 0.5
    issuer = office.name if by_commune else f"Chi nhánh Văn phòng Đăng ký đất đai {office.above}"
    titles = (f"TM. {issuer.upper()}", "CHỦ TỊCH") if by_commune else (issuer.upper(), "GIÁM ĐỐC")
    blocks = [
        row(
            qr(f"{land.serial}|{land.number}|{land.map_sheet}|{office.commune}", 22),
            column(heading(), space(2)),
            paragraph(f"Mã Giấy chứng nhận:\n{made.random.randrange(10**11, 10**12)}", size_pt=9, align="right"),
            shares=(1, 3.4, 1.4),
        ),
        title("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN\nGẮN LIỀN VỚI ĐẤT", size_pt=15),
        paragraph("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", style="bold"),
        paragraph(
            f"{'Bà' if owner.is_female else 'Ông'} {owner.full_name}, số định danh cá nhân: {owner.personal_number}"
            f"\nĐịa chỉ: {address(owner, day)}"
        ),
        paragraph("2. Thông tin thửa đất:", style="bold"),
        row(entry("a) Thửa đất số", land.number, rule="none"), entry("Tờ bản đồ số", land.map_sheet, rule="none")),
        entry("b) Diện tích", f"{land.area} m²", rule="none"),
        entry("c) Loại đất", land.uses, rule="none"),
        entry("d) Thời hạn sử dụng đất", made.random.choice(("Lâu dài", "Đất ở: Lâu dài")), rule="none"),
        entry("đ) Hình thức sử dụng đất", "Sử dụng riêng", rule="none"),
        entry("e) Địa chỉ", land.address, rule="none"),
        entry("g) Nguồn gốc sử dụng đất", land.ground, rule="none"),
        paragraph("3. Thông tin tài sản gắn liền với đất:", style="bold"),
        paragraph(made.random.choice(("-/-", "Tên tài sản: Nhà ở riêng lẻ; Diện tích sử dụng: 96,4 m²"))),
        paragraph("4. Ghi chú:", style="bold"),
        paragraph(made.random.choice(("-/-", "Giấy chứng nhận này được cấp đổi từ Giấy chứng nhận đã cấp trước đây"))),
        row(
            column(
                space(16),
                paragraph(f"Số vào sổ cấp Giấy chứng nhận: {land.register}"),
                paragraph(f"Số phát hành: {land.serial}", style="bold"),
            ),
            column(
                paragraph((office.on if by_commune else office.above_on)(day), style="italic", align="center"),
                signatures(signer(titles, signed_by, seal=(issuer.upper(), bare(office.province).upper()))),
            ),
        ),
    ]
    return PagePlan(
        _CLASS,
        "2024-form-with-qr",
        blocks,
        facts(
            document_number=land.serial,
            owner_name=owner.full_name,
            owner_number=owner.personal_number,
            parcel_number=land.number,
            map_sheet=land.map_sheet,
            parcel_address=land.address,
            area_m2=land.area_m2,
            issue_date=day,
            issuer=issuer,
            signer=signed_by,
        ),
        fill="#fbf0ea",
        border=True,
        margins_mm=(16, 18, 14, 22),
        size_pt=13,
    )


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (
        _title_page_of_2014,
        red_book_of_2004,
        _whole_page_of_2020,
        listing_of_1993,
        _form_of_2024,
        house_and_land_of_1994,
    ),
}
