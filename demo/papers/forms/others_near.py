# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers that look or sound like one of the classes and are not: permits, maps, slips, leases, shares of an estate."""

from __future__ import annotations

import datetime as dt

from demo.papers.forms.small_print import small_letterhead
from demo.papers.made_up import MadeUp, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import bare, business, money, office_at, official, parcel, past_day, procedure
from demo.papers.plan import (
    PagePlan,
    boxes,
    column,
    entry,
    form_code,
    heading,
    letterhead,
    paragraph,
    parcel_plan,
    qr,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)

_CLASS = "other"


def building_permit(made: MadeUp) -> PagePlan:
    """Giấy phép xây dựng, which is no application for one."""
    person, day, signed_by = made.person(), past_day(made, 2017, 2026), official(made)
    office, land = office_at(person.place, day), parcel(made, person.place, day)
    number = f"{made.random.randrange(1, 600):02}/GPXD"
    blocks = [
        letterhead(office.above_lines if not office.today else office.lines, number, office.on(day)),
        title("GIẤY PHÉP XÂY DỰNG", "(Sử dụng cho nhà ở riêng lẻ)", 16),
        paragraph(f"1. Cấp cho: Ông (bà) {person.full_name}"),
        paragraph(f"Địa chỉ: {address(person, day)}", indent_mm=6),
        paragraph("2. Được phép xây dựng công trình: Nhà ở riêng lẻ"),
        paragraph(
            f"- Vị trí: thửa đất số {land.number}, tờ bản đồ số {land.map_sheet}, diện tích {land.area} m²;\n"
            f"- Cốt nền xây dựng: +0,{made.random.randrange(20, 60)} m; mật độ xây dựng"
            f" {made.random.randrange(50, 90)}%;\n"
            f"- Số tầng: {made.random.choice('1234')}; chỉ giới xây dựng trùng chỉ giới đường đỏ."
        ),
        paragraph(f"3. Giấy tờ về đất đai: Giấy chứng nhận số {land.serial}."),
        paragraph("4. Giấy phép này có hiệu lực khởi công trong thời hạn 12 tháng kể từ ngày cấp."),
        row(
            paragraph("Nơi nhận:\n- Như trên;\n- Lưu.", size_pt=10),
            signatures(
                signer(
                    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
                    signed_by,
                    seal=office.seal if office.today else office.above_seal,
                )
            ),
        ),
    ]
    issuer = office.name if office.today else office.above_name
    found = facts(document_number=number, issue_date=day, issuer=issuer, signer=signed_by)
    return PagePlan(_CLASS, "building-permit", blocks, found, size_pt=13.5)


def map_extract(made: MadeUp) -> PagePlan:
    """Trích lục bản đồ địa chính."""
    place, day, signed_by = made.place(), past_day(made, 2015, 2026), official(made)
    land, office = parcel(made, place, day), office_at(place, day)
    number = f"{made.random.randrange(10, 3000)}/TLBĐ"
    branch = "Văn phòng Đăng ký đất đai"
    blocks = [
        letterhead(("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", branch.upper()), number),
        title("TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH", size_pt=15),
        paragraph(f"1. Số thứ tự thửa đất: {land.number}; Tờ bản đồ số: {land.map_sheet}; {office.area}"),
        paragraph(f"2. Diện tích: {land.area} m²\n3. Mục đích sử dụng đất: {land.uses}"),
        paragraph(f"4. Tên người sử dụng đất: {made.person().full_name}"),
        paragraph("5. Các thay đổi của thửa đất so với giấy tờ pháp lý: Không"),
        paragraph("6. Bản vẽ thửa đất:"),
        parcel_plan(land.number, land.area),
        signatures(
            signer(("NGƯỜI TRÍCH LỤC",), official(made)),
            signer(
                ("GIÁM ĐỐC",), signed_by, note=f"{bare(place.province)}, {written_date(day)}", seal=(branch.upper(), "")
            ),
        ),
    ]
    found = facts(document_number=number, issue_date=day, issuer=branch, signer=signed_by)
    return PagePlan(_CLASS, "map-extract", blocks, found, size_pt=13)


def slip_for_more_papers(made: MadeUp) -> PagePlan:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, which is no receipt."""
    person, day, clerk = made.person(), past_day(made, 2019, 2026), official(made)
    office, wanted = office_at(person.place, day), procedure(made, day)
    number = f"{made.random.randrange(1, 900)}/PYC-MC"
    blocks = [
        small_letterhead((office.name.upper(), office.centre_name.upper()), office.on(day), 7.5),
        paragraph(f"Số: {number}"),
        title("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", size_pt=13),
        entry("Mã hồ sơ", wanted.dossier_code),
        entry("Hồ sơ của", person.full_name),
        entry("Nội dung yêu cầu giải quyết", wanted.name),
        row(entry("Địa chỉ", address(person, day)), entry("Số điện thoại", person.phone), shares=(2, 1)),
        paragraph("Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung sau:"),
        paragraph("1. Bản sao giấy tờ còn thiếu;\n2. Ký, ghi rõ họ tên vào tờ khai."),
        entry("Lý do", made.random.choice(("Thành phần hồ sơ chưa đầy đủ", "Thông tin chưa thống nhất"))),
        paragraph("Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với trung tâm để được hướng dẫn."),
        signatures(signer((), "", pen="none"), signer(("NGƯỜI HƯỚNG DẪN",), clerk, note="(Ký và ghi rõ họ tên)")),
    ]
    found = facts(document_number=number, issue_date=day, issuer=office.centre_name, signer=clerk)
    return PagePlan(_CLASS, "slip-for-more-papers", blocks, found, format="a5", size_pt=10, margins_mm=(10, 10, 8, 14))


def lease(made: MadeUp) -> PagePlan:
    """Hợp đồng thuê nhà."""
    owner, tenant, day = made.person(), made.person(), past_day(made, 2018, 2026)
    rent = made.random.randrange(15, 120) * 10**5
    blocks = [
        heading(),
        title("HỢP ĐỒNG THUÊ NHÀ", made.random.choice(("(Để kinh doanh)", "(Để ở)")), 16),
        paragraph(f"Hôm nay, {written_date(day)}, các bên gồm:"),
        paragraph(
            f"Bên cho thuê: {owner.full_name}, CCCD {owner.personal_number}, điện thoại {owner.phone}.", style="bold"
        ),
        paragraph(
            f"Bên thuê: {tenant.full_name}, CCCD {tenant.personal_number}, điện thoại {tenant.phone}.", style="bold"
        ),
        paragraph(
            f"Điều 1. Bên cho thuê đồng ý cho thuê căn nhà tại {address(owner, day)}, diện tích"
            f" {made.random.randrange(20, 120)} m²."
        ),
        paragraph(f"Điều 2. Giá thuê: {money(rent)} đồng/tháng. Tiền đặt cọc: {money(rent * 2)} đồng."),
        paragraph(f"Điều 3. Thời hạn thuê: {made.random.choice('123')} năm. Tiền điện, nước do bên thuê chi trả."),
        paragraph("Điều 4. Bên thuê giữ gìn nhà cửa, không tự ý sửa chữa; hết hạn trả lại nhà nguyên trạng."),
        paragraph("Điều 5. Hợp đồng lập thành hai bản, mỗi bên giữ một bản."),
        signatures(signer(("BÊN CHO THUÊ",), owner.full_name), signer(("BÊN THUÊ",), tenant.full_name)),
    ]
    return PagePlan(_CLASS, "lease", blocks, facts(issue_date=day), size_pt=13.5)


def shares_of_an_estate(made: MadeUp) -> PagePlan:
    """Văn bản thỏa thuận phân chia di sản thừa kế, which is no will."""
    day = past_day(made, 2016, 2026)
    heirs = [made.person() for _ in range(made.random.randrange(2, 5))]
    land = parcel(made, heirs[0].place, day)
    blocks = [
        heading(),
        title("VĂN BẢN THỎA THUẬN\nPHÂN CHIA DI SẢN THỪA KẾ", size_pt=15),
        paragraph(f"Hôm nay, {written_date(day)}, chúng tôi là những người thừa kế theo pháp luật:"),
        *(
            paragraph(f"{place}. {heir.full_name}, sinh năm {heir.birth_date.year}, số giấy tờ {heir.personal_number}")
            for place, heir in enumerate(heirs, 1)
        ),
        paragraph(
            f"Người để lại di sản là {'bà' if made.random.random() < 0.5 else 'ông'} {official(made)}, chết ngày"
            f" {made.date(2010, 2015):%d/%m/%Y}, không để lại di chúc. Di sản là thửa đất số {land.number}, tờ bản đồ"
            " số"
            f" {land.map_sheet}, {land.area} m².",
            align="justify",
        ),
        paragraph(
            f"Chúng tôi thống nhất để {heirs[0].full_name} được hưởng toàn bộ di sản nêu trên; những người khác tự"
            " nguyện"
            " không nhận.",
            align="justify",
        ),
        paragraph("Chúng tôi cam đoan không bỏ sót người thừa kế."),
        signatures(*(signer(("Người thừa kế",), heir.full_name) for heir in heirs[:3])),
    ]
    return PagePlan(_CLASS, "shares-of-an-estate", blocks, facts(issue_date=day), size_pt=13)


def divorce(made: MadeUp) -> PagePlan:
    """Quyết định công nhận thuận tình ly hôn of a court."""
    wife, husband, day, judge = (
        made.person(is_female=True),
        made.person(is_female=False),
        made.date(2014, 2024),
        official(made),
    )
    number = f"{made.random.randrange(1, 500)}/{day.year}/QĐST-HNGĐ"
    court = f"Tòa án nhân dân {wife.place.district}"
    blocks = [
        letterhead(
            (court.upper(), wife.place.province.upper()), number, f"{bare(wife.place.district)}, {written_date(day)}"
        ),
        title("QUYẾT ĐỊNH\nCÔNG NHẬN THUẬN TÌNH LY HÔN VÀ SỰ THỎA THUẬN\nCỦA CÁC ĐƯƠNG SỰ", size_pt=13),
        paragraph(
            "Căn cứ hồ sơ vụ việc hôn nhân và gia đình thụ lý số"
            f" {made.random.randrange(1, 900)}/{day.year}/TLST-HNGĐ;",
            style="italic",
        ),
        paragraph("XÉT THẤY:", style="bold", align="center"),
        paragraph(
            "Việc thuận tình ly hôn và thỏa thuận của các đương sự là hoàn toàn tự nguyện, không trái đạo đức xã hội.",
            align="justify",
        ),
        paragraph("QUYẾT ĐỊNH:", style="bold", align="center"),
        paragraph(
            f"1. Công nhận thuận tình ly hôn giữa: chị {wife.full_name}, sinh năm {wife.birth_date.year} và anh"
            f" {husband.full_name}, sinh năm {husband.birth_date.year}.",
            align="justify",
        ),
        paragraph("2. Về con chung: giao cho người mẹ trực tiếp nuôi dưỡng.\n3. Về tài sản chung: tự thỏa thuận."),
        paragraph("4. Án phí: mỗi bên chịu một nửa theo quy định."),
        row(
            paragraph("Nơi nhận:\n- Đương sự;\n- Viện kiểm sát;\n- Lưu hồ sơ.", size_pt=10),
            signatures(signer(("THẨM PHÁN",), judge, seal=(court.upper(), bare(wife.place.province).upper()))),
        ),
    ]
    found = facts(document_number=number, issue_date=day, issuer=court, signer=judge)
    return PagePlan(_CLASS, "divorce", blocks, found, size_pt=13)


def splitting_application(made: MadeUp) -> PagePlan:
    """Đơn đề nghị tách thửa đất, which registers no change yet."""
    person, day = made.person(), past_day(made, 2016, 2026)
    office, land = office_at(person.place, day), parcel(made, person.place, day)
    blocks = [
        form_code("Mẫu số 01/ĐK"),
        heading(),
        title("ĐƠN ĐỀ NGHỊ TÁCH THỬA ĐẤT, HỢP THỬA ĐẤT", size_pt=14),
        paragraph(f"Kính gửi: {office.name if office.today else office.above_name}", align="center"),
        entry("1. Người sử dụng đất", person.full_name.upper()),
        entry("2. Giấy tờ nhân thân", person.personal_number),
        entry("3. Địa chỉ", address(person, day)),
        paragraph(
            f"4. Đề nghị tách thửa đất số {land.number}, tờ bản đồ số {land.map_sheet}, diện tích {land.area} m² thành:"
        ),
        table(
            ("Thửa mới", "Diện tích (m²)", "Mục đích sử dụng"),
            [["Thửa thứ nhất", f"{made.random.randrange(60, 200)},0", "Đất ở"], ["Thửa thứ hai", "còn lại", "Đất ở"]],
        ),
        entry("5. Lý do tách thửa", "Tách cho con"),
        paragraph("6. Giấy tờ nộp kèm: Giấy chứng nhận; bản vẽ tách thửa."),
        signatures(signer((), "", pen="none"), signer(("Người viết đơn",), person.full_name, note=office.on(day))),
    ]
    return PagePlan(_CLASS, "splitting-application", blocks, facts(issue_date=day), size_pt=13)


def tax_declaration(made: MadeUp) -> PagePlan:
    """Tờ khai lệ phí trước bạ nhà, đất, which is no receipt and no civil-status declaration."""
    person, day = made.person(), past_day(made, 2014, 2026)
    land = parcel(made, person.place, day)
    blocks = [
        form_code("Mẫu số: 01/LPTB"),
        heading(),
        title("TỜ KHAI LỆ PHÍ TRƯỚC BẠ", "(Áp dụng đối với nhà, đất)", 15),
        entry("[01] Kỳ tính thuế", "Theo từng lần phát sinh"),
        entry("[02] Người nộp thuế", person.full_name),
        boxes("[03] Mã số thuế", f"{made.random.randrange(10**9, 10**10)}"),
        entry("[04] Địa chỉ", address(person, day)),
        entry("[05] Điện thoại", person.phone),
        paragraph("ĐẶC ĐIỂM NHÀ ĐẤT:", style="bold"),
        row(entry("1.1. Thửa đất số", land.number), entry("1.2. Tờ bản đồ số", land.map_sheet)),
        entry("1.3. Địa chỉ thửa đất", land.address),
        entry("1.4. Diện tích", f"{land.area} m²"),
        entry("2. Trị giá nhà, đất thực tế chuyển giao", f"{money(made.random.randrange(10, 200) * 10**7)} đồng"),
        paragraph(
            "Tôi cam đoan số liệu kê khai trên là đúng và chịu trách nhiệm trước pháp luật về số liệu đã kê khai./."
        ),
        signatures(signer((), "", pen="none"), signer(("NGƯỜI NỘP THUẾ",), person.full_name, note=written_date(day))),
    ]
    return PagePlan(_CLASS, "tax-declaration", blocks, facts(issue_date=day), size_pt=13)


def tax_code_notice(made: MadeUp) -> PagePlan:
    """Thông báo mã số thuế of a household's business, which certifies no registration."""
    person, day, signed_by = made.person(), made.date(2015, 2024), official(made)
    shop = business(made, person)
    number = f"{made.random.randrange(100, 9000)}/TB-CCT"
    tax_office = f"Chi cục Thuế {person.place.district}"
    blocks = [
        letterhead(
            (f"CỤC THUẾ {bare(person.place.province).upper()}", tax_office.upper()),
            number,
            f"{bare(person.place.district)}, {written_date(day)}",
        ),
        title("THÔNG BÁO MÃ SỐ THUẾ", size_pt=15),
        table(
            ("", ""),
            [
                ["MÃ SỐ THUẾ", str(made.random.randrange(10**9, 10**10))],
                ["TÊN NGƯỜI NỘP THUẾ", f"{person.full_name.upper()} ({shop.name})"],
                ["ĐỊA CHỈ KINH DOANH", address(person, day)],
                ["CƠ QUAN THUẾ QUẢN LÝ", tax_office],
                ["NGÀY BẮT ĐẦU HOẠT ĐỘNG", f"{day - dt.timedelta(days=9):%d/%m/%Y}"],
            ],
            (1, 1.8),
        ),
        paragraph("Yêu cầu người nộp thuế sử dụng mã số thuế theo đúng quy định kể từ ngày nhận thông báo."),
        row(
            qr(number, 18),
            column(space(0), signatures(signer(("CHI CỤC TRƯỞNG",), signed_by, seal=(tax_office.upper(), "")))),
            shares=(1, 2),
        ),
    ]
    found = facts(document_number=number, issue_date=day, issuer=tax_office, signer=signed_by)
    return PagePlan(_CLASS, "tax-code-notice", blocks, found, size_pt=13)


def poor_household(made: MadeUp) -> PagePlan:
    """Giấy xác nhận hộ nghèo, hộ cận nghèo, which confirms neither residence nor marital status."""
    person, day, signed_by = made.person(), past_day(made, 2016, 2026), official(made)
    office = office_at(person.place, day)
    number = f"{made.random.randrange(1, 300)}/GXN-UBND"
    members = [made.person(born=(1960, 2015)) for _ in range(made.random.randrange(1, 4))]
    blocks = [
        letterhead(office.lines, number, office.on(day)),
        title("GIẤY XÁC NHẬN\n" + made.random.choice(("HỘ NGHÈO", "HỘ CẬN NGHÈO", "HỘ THOÁT NGHÈO"))),
        paragraph(f"Căn cứ kết quả rà soát năm {day.year - 1}, {office.name} xác nhận:", indent_mm=8),
        paragraph(f"1. Hộ gia đình ông (bà): {person.full_name}, cư trú tại {address(person, day)}.", align="justify"),
        paragraph("2. Danh sách thành viên:"),
        table(
            ("STT", "Họ và tên", "Năm sinh", "Ghi chú"),
            [
                [str(place), each.full_name, str(each.birth_date.year), ""]
                for place, each in enumerate([person, *members], 1)
            ],
            (0.5, 2.2, 1, 1),
        ),
        paragraph("Giấy này dùng để hưởng chính sách trợ giúp theo quy định./."),
        row(
            space(0),
            signatures(signer(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), signed_by, seal=office.seal)),
        ),
    ]
    found = facts(document_number=number, issue_date=day, issuer=office.name, signer=signed_by)
    return PagePlan(_CLASS, "poor-household", blocks, found, size_pt=13.5)
