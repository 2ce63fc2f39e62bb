# SPDX-License-Identifier: GPL-3.0-or-later
"""Contracts about land, sold or given: the page with the title, before a notary or the commune's committee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.papers.made_up import MadeUp, Person, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import Office, Parcel, bare, money, office_at, official, parcel, past_day
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    entry,
    form_code,
    heading,
    paragraph,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)
from demo.papers.wording import identity_paper, number_in_words

_CLASS = "land-transfer-contract"


@dataclass(frozen=True, slots=True)
class _Deal:
    day: dt.date
    seller: Person
    buyer: Person
    land: Parcel
    office: Office
    price: int

    @property
    def facts(self) -> Mapping[str, str]:
        return facts(
            seller_name=self.seller.full_name, seller_number=self.seller.personal_number,
            buyer_name=self.buyer.full_name, buyer_number=self.buyer.personal_number,
            parcel_number=self.land.number, map_sheet=self.land.map_sheet, area_m2=self.land.area_m2,
            issue_date=self.day
        )  # fmt: skip


def _deal(made: MadeUp, first_year: int, last_year: int) -> _Deal:
    day = past_day(made, first_year, last_year)
    seller, buyer = made.person(born=(1945, 1985)), made.person(born=(1960, 2004))
    land = parcel(made, seller.place, day)
    return _Deal(day, seller, buyer, land, office_at(seller.place, day), made.random.randrange(8, 400) * 10**7)


def _polite(person: Person) -> str:
    return "Bà" if person.is_female else "Ông"


def _party(made: MadeUp, person: Person, day: dt.date, *, in_capitals: bool = False) -> list[Block]:
    name = person.full_name.upper() if in_capitals else person.full_name
    born = made.random.choice((f"Sinh ngày: {person.born}", f"Sinh năm: {person.birth_date.year}"))
    paper = identity_paper(made, person, day)
    return [
        paragraph(f"{_polite(person)}: {name}    {born}"),
        paragraph(f"Căn cước công dân số: {paper}" if paper == person.personal_number else f"{paper}"),
        paragraph(f"{made.random.choice(('Hộ khẩu thường trú', 'Nơi cư trú', 'Thường trú'))}: {address(person, day)}"),
    ]


def _both_sign(left: str, right: str, deal: _Deal) -> Block:
    note = "(Ký, điểm chỉ và ghi rõ họ tên)"
    return signatures(
        signer((left,), deal.seller.full_name, note=note), signer((right,), deal.buyer.full_name, note=note)
    )


def _sale_before_notary(made: MadeUp) -> PagePlan:
    deal = _deal(made, 2016, 2025)
    land = deal.land
    blocks = [
        heading(),
        title("HỢP ĐỒNG CHUYỂN NHƯỢNG\nQUYỀN SỬ DỤNG ĐẤT"),
        paragraph(
            f"Hôm nay, {written_date(deal.day)}, tại Văn phòng công chứng"
            f" {made.random.choice(('An Phúc', 'Minh Tâm', 'Số 1'))},"
            f" {deal.office.province}, chúng tôi gồm có:",
            indent_mm=8,
        ),
        paragraph("BÊN CHUYỂN NHƯỢNG (sau đây gọi là Bên A):", style="bold"),
        *_party(made, deal.seller, deal.day, in_capitals=True),
        paragraph("BÊN NHẬN CHUYỂN NHƯỢNG (sau đây gọi là Bên B):", style="bold"),
        *_party(made, deal.buyer, deal.day, in_capitals=True),
        paragraph("Hai bên đồng ý thực hiện việc chuyển nhượng quyền sử dụng đất theo các thỏa thuận sau đây:"),
        paragraph("ĐIỀU 1. QUYỀN SỬ DỤNG ĐẤT CHUYỂN NHƯỢNG", style="bold", align="center"),
        paragraph(
            f"Quyền sử dụng đất của Bên A đối với thửa đất theo Giấy chứng nhận quyền sử dụng đất số {land.serial}, số"
            " vào"
            f" sổ cấp GCN {land.register}, cụ thể như sau:"
        ),
        paragraph(
            f"- Thửa đất số: {land.number}\n- Tờ bản đồ số: {land.map_sheet}\n- Địa chỉ thửa đất: {land.address}\n"
            f"- Diện tích: {land.area} m² (bằng chữ: {land.area_in_words})\n- Mục đích sử dụng: {land.uses}\n"
            f"- Thời hạn sử dụng: Lâu dài\n- Nguồn gốc sử dụng: {land.ground}"
        ),
        paragraph("ĐIỀU 2. GIÁ CHUYỂN NHƯỢNG VÀ PHƯƠNG THỨC THANH TOÁN", style="bold", align="center"),
        paragraph(
            f"2.1. Giá chuyển nhượng quyền sử dụng đất là: {money(deal.price)} đồng"
            f" (bằng chữ: {number_in_words(deal.price)} đồng).\n2.2. Phương thức thanh toán: tiền mặt hoặc chuyển"
            " khoản."
        ),
        *(
            (paragraph("1", align="center", size_pt=10),)
            if made.random.random() < 0.5
            else (_both_sign("BÊN A", "BÊN B", deal),)
        ),
    ]
    return PagePlan(_CLASS, "sale-before-notary", blocks, deal.facts, size_pt=13, margins_mm=(14, 16, 12, 25))


def _gift_before_commune(made: MadeUp) -> PagePlan:
    deal = _deal(made, 2017, 2026)
    land, office = deal.land, deal.office
    signed_by = official(made)
    blocks = [
        heading(),
        title("HỢP ĐỒNG TẶNG CHO QUYỀN SỬ DỤNG ĐẤT", size_pt=14),
        paragraph(f"Chúng tôi có tên dưới đây, lập ngày {deal.day:%d/%m/%Y} tại trụ sở {office.name}:"),
        row(
            entry("Bên tặng cho (Bên A)", f"{_polite(deal.seller)} {deal.seller.full_name}", rule="none", bold=True),
            entry("CCCD", deal.seller.personal_number, rule="none"),
            shares=(1.7, 1),
        ),
        entry("Địa chỉ", address(deal.seller, deal.day), rule="none"),
        row(
            entry("Bên được tặng cho (Bên B)", f"{_polite(deal.buyer)} {deal.buyer.full_name}", rule="none", bold=True),
            entry("CCCD", deal.buyer.personal_number, rule="none"),
            shares=(1.7, 1),
        ),
        entry("Địa chỉ", address(deal.buyer, deal.day), rule="none"),
        paragraph("Điều 1: Bên A tự nguyện tặng cho Bên B thửa đất sau:", style="bold"),
        paragraph(
            f"Thửa số {land.number}, tờ bản đồ {land.map_sheet}, diện tích {land.area} m², tại {land.address}; loại"
            " đất:"
            f" {land.uses}; Giấy chứng nhận {land.serial}. Quan hệ giữa hai bên:"
            f" {made.random.choice(('cha mẹ - con', 'anh chị em ruột', 'ông bà - cháu'))}.",
            align="justify",
        ),
        paragraph("Điều 2: Việc tặng cho không kèm theo điều kiện.", style="bold"),
        paragraph("Điều 3: Thuế, lệ phí liên quan do Bên B nộp theo quy định của pháp luật.", style="bold"),
        paragraph("Điều 4: Hai bên đã đọc lại, hiểu rõ và ký tên dưới đây.", style="bold"),
        _both_sign("BÊN TẶNG CHO", "BÊN ĐƯỢC TẶNG CHO", deal),
        paragraph("LỜI CHỨNG CỦA NGƯỜI THỰC HIỆN CHỨNG THỰC", style="bold", align="center"),
        paragraph(
            f"Tại {office.name}. Tôi, {signed_by}, Chủ tịch {office.name}, chứng thực hợp đồng này được giao kết giữa"
            " hai"
            " bên có tên nêu trên; các bên tự nguyện, minh mẫn và đã ký trước mặt tôi.\n"
            f"Số chứng thực: {made.random.randrange(1, 900)} quyển số"
            f" {made.random.randrange(1, 4)}/{deal.day.year}-SCT/HĐ,GD",
            align="justify",
        ),
        signatures(signer((), "", pen="none"), signer(("CHỦ TỊCH",), signed_by, seal=office.seal)),
    ]
    return PagePlan(_CLASS, "gift-before-commune", blocks, deal.facts, size_pt=12.5, margins_mm=(12, 16, 10, 24))


def _gift_with_house(made: MadeUp) -> PagePlan:
    deal = _deal(made, 2018, 2026)
    land = deal.land
    blocks = [
        heading(),
        space(4),
        title("HỢP ĐỒNG TẶNG CHO", "QUYỀN SỬ DỤNG ĐẤT VÀ TÀI SẢN GẮN LIỀN VỚI ĐẤT", 16),
        paragraph("I. CÁC BÊN GIAO KẾT", style="bold"),
        table(
            ("", "BÊN TẶNG CHO (BÊN A)", "BÊN NHẬN TẶNG CHO (BÊN B)"),
            [
                ["Họ và tên", deal.seller.full_name, deal.buyer.full_name],
                ["Ngày sinh", deal.seller.born, deal.buyer.born],
                ["Số CCCD", deal.seller.personal_number, deal.buyer.personal_number],
                ["Nơi thường trú", address(deal.seller, deal.day), address(deal.buyer, deal.day)],
            ],
            (0.8, 1.5, 1.5),
        ),
        paragraph("II. TÀI SẢN TẶNG CHO", style="bold"),
        paragraph(
            f"1. Quyền sử dụng đất: thửa đất số {land.number}; tờ bản đồ số {land.map_sheet}; diện tích {land.area} m²"
            f" (bằng chữ: {land.area_in_words}); địa chỉ: {land.address}; hình thức sử dụng: riêng.\n"
            f"2. Tài sản gắn liền với đất: nhà ở riêng lẻ, diện tích xây dựng {made.random.randrange(50, 150)} m², kết"
            " cấu"
            " tường gạch, mái ngói.\n"
            f"3. Giấy tờ: Giấy chứng nhận số {land.serial}, số vào sổ {land.register}.",
            align="justify",
        ),
        paragraph("III. CAM KẾT CỦA CÁC BÊN", style="bold"),
        paragraph(
            "- Tài sản không có tranh chấp, không bị kê biên để bảo đảm thi hành án;\n- Việc giao kết là tự nguyện,"
            " không bị"
            " lừa dối hay ép buộc;\n- Bên B đã xem xét kỹ và đồng ý nhận tài sản nêu trên."
        ),
        paragraph(
            f"Hợp đồng lập thành {made.random.choice(('03', '04'))} bản có giá trị như nhau, tại"
            f" {bare(deal.office.commune)},"
            f" {written_date(deal.day)}."
        ),
        _both_sign("BÊN A", "BÊN B", deal),
    ]
    return PagePlan(_CLASS, "gift-with-house-table", blocks, deal.facts, size_pt=13)


def _sale_with_house(made: MadeUp) -> PagePlan:
    deal = _deal(made, 2020, 2026)
    land = deal.land
    notary = official(made)
    blocks = [
        heading(),
        title("HỢP ĐỒNG\nCHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT\nVÀ TÀI SẢN GẮN LIỀN VỚI ĐẤT", size_pt=14),
        paragraph(
            f"Căn cứ Bộ luật Dân sự năm 2015; Căn cứ Luật Đất đai; Hợp đồng này được lập {written_date(deal.day)} bởi"
            " và"
            " giữa:",
            style="italic",
        ),
        paragraph(
            f"1. {_polite(deal.seller)} {deal.seller.full_name}, sinh ngày {deal.seller.born}, mang căn cước số"
            f" {deal.seller.personal_number}, cư trú tại {address(deal.seller, deal.day)} (Bên bán);",
            align="justify",
        ),
        paragraph(
            f"2. {_polite(deal.buyer)} {deal.buyer.full_name}, sinh ngày {deal.buyer.born}, mang căn cước số"
            f" {deal.buyer.personal_number}, cư trú tại {address(deal.buyer, deal.day)} (Bên mua).",
            align="justify",
        ),
        paragraph("Điều 1. Đối tượng của hợp đồng", style="bold"),
        paragraph(
            f"Toàn bộ thửa đất {land.number} thuộc tờ bản đồ {land.map_sheet} ({land.area} m²) tại {land.address} cùng"
            " nhà ở"
            f" trên đất, theo Giấy chứng nhận {land.serial}.",
            align="justify",
        ),
        paragraph("Điều 2. Giá và thanh toán", style="bold"),
        paragraph(f"Tổng giá trị: {money(deal.price)} đ ({number_in_words(deal.price)} đồng chẵn)."),
        paragraph("Điều 3. Giao nhận; thuế, phí", style="bold"),
        paragraph("Bên bán giao đất, nhà và giấy tờ ngay sau khi nhận đủ tiền. Thuế thu nhập do bên bán chịu."),
        _both_sign("BÊN BÁN", "BÊN MUA", deal),
        paragraph("LỜI CHỨNG CỦA CÔNG CHỨNG VIÊN", style="bold", align="center"),
        paragraph(
            f"Tôi, {notary}, công chứng viên, chứng nhận các bên đã tự nguyện giao kết hợp đồng này, có năng lực hành"
            " vi"
            f" dân sự theo quy định. Số công chứng {made.random.randrange(100, 9000)}, quyển số"
            f" {made.random.randrange(1, 9)}"
            f" TP/CC-SCC/HĐGD.",
            align="justify",
        ),
        signatures(
            signer((), "", pen="none"),
            signer(("CÔNG CHỨNG VIÊN",), notary, seal=("VĂN PHÒNG CÔNG CHỨNG", bare(deal.office.province).upper())),
        ),
    ]
    return PagePlan(_CLASS, "sale-with-house", blocks, deal.facts, size_pt=12, margins_mm=(12, 15, 10, 24))


def _sale_form_36(made: MadeUp) -> PagePlan:
    deal = _deal(made, 2007, 2019)
    land = deal.land
    blocks = [
        form_code("Mẫu số 36/HĐCN"),
        heading(),
        title("HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT", "(Số: ........./HĐCN)", 14),
        paragraph("I. PHẦN GHI CỦA CÁC BÊN CHUYỂN NHƯỢNG", style="bold"),
        paragraph("1. Bên chuyển nhượng quyền sử dụng đất:", style="bold"),
        entry(_polite(deal.seller), deal.seller.full_name.upper()),
        row(entry("Sinh năm", str(deal.seller.birth_date.year)), entry("Số CMND/CCCD", deal.seller.personal_number)),
        entry("Địa chỉ", address(deal.seller, deal.day)),
        paragraph("2. Bên nhận chuyển nhượng quyền sử dụng đất:", style="bold"),
        entry(_polite(deal.buyer), deal.buyer.full_name.upper()),
        row(entry("Sinh năm", str(deal.buyer.birth_date.year)), entry("Số CMND/CCCD", deal.buyer.personal_number)),
        entry("Địa chỉ", address(deal.buyer, deal.day)),
        paragraph("3. Hai bên thỏa thuận chuyển nhượng thửa đất:", style="bold"),
        entry("- Diện tích đất chuyển nhượng", f"{land.area} m²"),
        row(entry("- Thửa số", land.number), entry("Tờ bản đồ số", land.map_sheet)),
        entry("- Tại", land.address),
        entry("- Loại đất", land.uses),
        entry("- Số giấy chứng nhận quyền sử dụng đất", land.serial),
        entry("- Giá chuyển nhượng bằng số", f"{money(deal.price)} đồng"),
        entry("  Bằng chữ", f"{number_in_words(deal.price)} đồng"),
        paragraph(f"Lập tại {deal.office.name}, {written_date(deal.day)}", style="italic", align="right"),
        _both_sign("BÊN CHUYỂN NHƯỢNG", "BÊN NHẬN CHUYỂN NHƯỢNG", deal),
    ]
    return PagePlan(_CLASS, "sale-form-36", blocks, deal.facts, size_pt=13)


def _gift_in_family_style(made: MadeUp) -> PagePlan:
    deal = _deal(made, 2015, 2026)
    land = deal.land
    blocks = [
        heading(),
        title("HỢP ĐỒNG TẶNG CHO\nQUYỀN SỬ DỤNG ĐẤT Ở", "Số công chứng: " + str(made.random.randrange(100, 9999)), 15),
        paragraph(f"{bare(deal.office.commune)}, {written_date(deal.day)}", style="italic", align="right"),
        paragraph("A. NGƯỜI TẶNG CHO", style="bold"),
        entry("Họ và tên", deal.seller.full_name),
        row(entry("Ngày sinh", deal.seller.born), entry("Số định danh", deal.seller.personal_number)),
        entry("Cư trú", address(deal.seller, deal.day)),
        paragraph("B. NGƯỜI NHẬN TẶNG CHO", style="bold"),
        entry("Họ và tên", deal.buyer.full_name),
        row(entry("Ngày sinh", deal.buyer.born), entry("Số định danh", deal.buyer.personal_number)),
        entry("Cư trú", address(deal.buyer, deal.day)),
        paragraph("C. THÔNG TIN VỀ THỬA ĐẤT", style="bold"),
        table(
            ("Thửa đất số", "Tờ bản đồ số", "Diện tích (m²)", "Thời hạn", "GCN số"),
            [[land.number, land.map_sheet, land.area, "Lâu dài", land.serial]],
            (1, 1, 1, 1, 1.3),
        ),
        paragraph(f"Tọa lạc tại: {land.address}"),
        paragraph("D. THỎA THUẬN", style="bold"),
        paragraph(
            "1. Người tặng cho giao đất và bản chính giấy chứng nhận cho người nhận trong thời hạn mười ngày.\n"
            "2. Người nhận tặng cho có trách nhiệm làm thủ tục đăng ký biến động tại cơ quan có thẩm quyền.\n"
            "3. Hợp đồng có hiệu lực kể từ ngày công chứng."
        ),
        _both_sign("NGƯỜI TẶNG CHO", "NGƯỜI NHẬN TẶNG CHO", deal),
    ]
    return PagePlan(_CLASS, "gift-with-parcel-table", blocks, deal.facts, size_pt=13)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (
        _sale_before_notary,
        _gift_before_commune,
        _gift_with_house,
        _sale_with_house,
        _sale_form_36,
        _gift_in_family_style,
    ),
}
