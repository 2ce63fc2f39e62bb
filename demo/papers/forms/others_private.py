# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of people, schools, shops and hospitals that come along with dossiers and have no class of their own."""

from __future__ import annotations

from demo.papers.made_up import MadeUp, written_date
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import bare, business, money, office_at, official, past_day
from demo.papers.plan import (
    PagePlan,
    column,
    entry,
    form_code,
    heading,
    letterhead,
    paragraph,
    photo,
    row,
    signatures,
    signer,
    space,
    table,
    ticks,
    title,
)
from demo.papers.wording import number_in_words

_CLASS = "other"


def curriculum(made: MadeUp) -> PagePlan:
    """Sơ yếu lý lịch with a photograph, confirmed by the commune."""
    person, day = made.person(born=(1975, 2005)), past_day(made, 2016, 2026)
    office, signed_by = office_at(person.place, day), official(made)
    blocks = [
        heading(),
        row(photo(28, 37), title("SƠ YẾU LÝ LỊCH", "TỰ THUẬT", 17), shares=(1, 3)),
        paragraph("I. LƯỢC THUẬT BẢN THÂN", style="bold"),
        row(entry("Họ và tên", person.full_name.upper()), entry("Nam, nữ", person.sex_word), shares=(2, 1)),
        row(entry("Sinh ngày", person.born), entry("Dân tộc", person.ethnic_group)),
        entry("Quê quán", person.origin),
        entry("Nơi đăng ký thường trú", address(person, day)),
        row(entry("Trình độ văn hóa", "12/12"), entry("Điện thoại", person.phone)),
        paragraph("II. HOÀN CẢNH GIA ĐÌNH", style="bold"),
        entry("Họ và tên cha", made.name(is_female=False)),
        entry("Họ và tên mẹ", made.name(is_female=True)),
        paragraph("III. QUÁ TRÌNH HOẠT ĐỘNG CỦA BẢN THÂN", style="bold"),
        table(
            ("Từ tháng năm đến tháng năm", "Làm công tác gì", "Ở đâu"),
            [
                [f"{2001 + step * 5} - {2006 + step * 5}", work, made.place().commune]
                for step, work in enumerate(("Học sinh", "Công nhân", "Lao động tự do"))
            ],
        ),
        signatures(
            signer(("XÁC NHẬN CỦA ỦY BAN NHÂN DÂN", office.commune.upper()), signed_by, seal=office.seal),
            signer(("Người khai",), person.full_name, note=office.on(day)),
        ),
    ]
    found = facts(issue_date=day, issuer=office.name, signer=signed_by)
    return PagePlan(_CLASS, "curriculum", blocks, found, size_pt=12.5)


def job_application(made: MadeUp) -> PagePlan:
    """Đơn xin việc."""
    person, day = made.person(born=(1985, 2006)), past_day(made, 2016, 2026)
    firm = made.random.choice(("Công ty May Sao Mai", "Công ty TNHH Điện tử Hồng Hà", "Trường Mầm non Hoa Sen"))
    blocks = [
        heading(),
        title("ĐƠN XIN VIỆC", size_pt=16),
        paragraph(f"Kính gửi: Ban Giám đốc {firm}", align="center"),
        entry("Tôi tên là", person.full_name),
        row(entry("Sinh ngày", person.born), entry("Tại", bare(person.place.province))),
        entry("Số căn cước", person.personal_number),
        entry("Chỗ ở hiện nay", address(person, day)),
        paragraph(
            f"Qua tìm hiểu, tôi được biết {firm} đang cần tuyển người. Tôi đã tốt nghiệp hệ"
            f" {made.random.choice(('trung cấp', 'cao đẳng', 'đại học'))}, có {made.random.randrange(1, 9)} năm kinh"
            " nghiệm,"
            " sức khỏe tốt, chịu khó học hỏi. Nay tôi làm đơn này kính mong được nhận vào làm việc.",
            indent_mm=8,
            align="justify",
        ),
        paragraph("Nếu được tuyển dụng, tôi xin chấp hành nghiêm nội quy và hoàn thành tốt công việc.", indent_mm=8),
        space(5),
        signatures(signer((), "", pen="none"), signer(("Người làm đơn",), person.full_name, note=written_date(day))),
    ]
    return PagePlan(_CLASS, "job-application", blocks, facts(issue_date=day), size_pt=13.5)


def school_report(made: MadeUp) -> PagePlan:
    """Bảng điểm of a university."""
    person, day, signed_by = made.person(born=(1990, 2005)), past_day(made, 2015, 2026), official(made)
    number = f"{made.random.randrange(10, 900)}/BĐ-ĐT"
    school = made.random.choice(("Trường Đại học Sông Mã", "Trường Cao đẳng Kỹ thuật Cửu Long"))
    subjects = ("Toán cao cấp", "Triết học", "Tiếng Anh 1", "Tin học đại cương", "Kinh tế học", "Pháp luật đại cương",
                "Thống kê", "Kế toán", "Thực tập", "Khóa luận")  # fmt: skip
    rows = [
        [
            str(place),
            name,
            made.random.choice("234"),
            f"{made.random.randrange(50, 100) / 10:.1f}",
            made.random.choice("ABCD"),
        ]
        for place, name in enumerate(made.random.sample(subjects, made.random.randrange(6, 11)), 1)
    ]
    blocks = [
        letterhead(("BỘ GIÁO DỤC VÀ ĐÀO TẠO", school.upper()), number),
        title("BẢNG ĐIỂM TOÀN KHÓA", size_pt=15),
        row(entry("Họ và tên", person.full_name, rule="none"), entry("Ngày sinh", person.born, rule="none")),
        row(
            entry("Mã sinh viên", str(made.random.randrange(10**7, 10**8)), rule="none"),
            entry("Hệ", "Chính quy", rule="none"),
        ),
        table(("TT", "Học phần", "Tín chỉ", "Điểm", "Điểm chữ"), rows, (0.5, 3, 0.8, 0.8, 1)),
        paragraph(f"Điểm trung bình chung tích lũy: {made.random.randrange(20, 40) / 10:.1f}    Xếp loại: Khá"),
        row(
            space(0),
            signatures(
                signer(
                    ("TL. HIỆU TRƯỞNG", "TRƯỞNG PHÒNG ĐÀO TẠO"),
                    signed_by,
                    note=written_date(day).capitalize(),
                    seal=(school.upper(), ""),
                )
            ),
        ),
    ]
    found = facts(document_number=number, issue_date=day, issuer=school, signer=signed_by)
    return PagePlan(_CLASS, "school-report", blocks, found, size_pt=13)


def diploma(made: MadeUp) -> PagePlan:
    """Bằng tốt nghiệp of a secondary school."""
    person, day, signed_by = made.person(born=(1980, 2006)), past_day(made, 2005, 2026), official(made)
    number = f"B{made.random.randrange(10**5, 10**7):07}"
    department = f"Sở Giáo dục và Đào tạo {bare(person.place.province)}"
    blocks = [
        row(paragraph("BỘ GIÁO DỤC VÀ ĐÀO TẠO", style="bold", align="center"), heading(), shares=(1, 1.3)),
        space(4),
        paragraph(f"GIÁM ĐỐC {department.upper()}", align="center"),
        paragraph("cấp", align="center", style="italic"),
        title("BẰNG TỐT NGHIỆP\nTRUNG HỌC PHỔ THÔNG", size_pt=24),
        entry("Cho", person.full_name.upper(), bold=True, rule="none"),
        row(entry("Ngày sinh", person.born, rule="none"), entry("Nơi sinh", bare(person.place.province), rule="none")),
        row(
            entry("Giới tính", person.sex_word, rule="none"),
            entry("Dân tộc", person.ethnic_group, rule="none"),
            entry("Xếp loại tốt nghiệp", made.random.choice(("Khá", "Trung bình", "Giỏi")), rule="none"),
        ),
        row(
            column(
                space(14),
                paragraph(f"Số hiệu: {number}"),
                paragraph(f"Số vào sổ gốc cấp bằng: {made.random.randrange(9999)}"),
            ),
            signatures(
                signer(
                    ("GIÁM ĐỐC",),
                    signed_by,
                    note=f"{bare(person.place.province)}, {written_date(day)}",
                    seal=(department.upper(), ""),
                )
            ),
        ),
    ]
    found = facts(document_number=number, issue_date=day, issuer=department, signer=signed_by)
    return PagePlan(
        _CLASS,
        "diploma",
        blocks,
        found,
        format="a4-landscape",
        border=True,
        fill=made.random.choice(("#fdf3dc", "#f9e7e2")),
        size_pt=13,
    )


def invoice(made: MadeUp) -> PagePlan:
    """Hóa đơn bán hàng of a shop."""
    buyer, day = made.person(), past_day(made, 2018, 2026)
    seller = made.person()
    shop = business(made, seller)
    goods = (
        "Xi măng PCB40",
        "Thép phi 10",
        "Gạch đặc",
        "Cát vàng",
        "Sơn nước 18 lít",
        "Ống nhựa PVC",
        "Dây điện 2x2,5",
    )
    rows, total = [], 0
    for place, name in enumerate(made.random.sample(goods, made.random.randrange(2, 6)), 1):
        count, price = made.random.randrange(1, 60), made.random.randrange(10, 400) * 1000
        total += count * price
        rows.append([str(place), name, "cái", str(count), money(price), money(count * price)])
    number = f"{made.random.randrange(1, 9999):07}"
    blocks = [
        row(
            column(
                paragraph(f"HỘ KINH DOANH {shop.name.upper()}", style="bold"),
                paragraph(f"Địa chỉ: {address(seller, day)}\nĐiện thoại: {seller.phone}", size_pt=10.5),
            ),
            column(paragraph(f"Mẫu số: 02GTTT3/001\nKý hiệu: {day:%y}P\nSố: {number}", align="right", size_pt=11)),
            shares=(2, 1),
        ),
        title("HÓA ĐƠN BÁN HÀNG", written_date(day).capitalize(), 17),
        entry("Họ tên người mua hàng", buyer.full_name),
        entry("Địa chỉ", address(buyer, day)),
        table(
            ("STT", "Tên hàng hóa, dịch vụ", "ĐVT", "Số lượng", "Đơn giá", "Thành tiền"),
            [*rows, ["", "Cộng tiền bán hàng hóa, dịch vụ", "", "", "", money(total)]],
            (0.5, 2.6, 0.6, 0.9, 1.1, 1.3),
        ),
        entry("Số tiền viết bằng chữ", f"{number_in_words(total).capitalize()} đồng"),
        signatures(
            signer(("Người mua hàng",), buyer.full_name, pen="black"),
            signer(("Người bán hàng",), seller.full_name, seal=(shop.name.upper(), "")),
        ),
    ]
    return PagePlan(_CLASS, "invoice", blocks, facts(document_number=number, issue_date=day), size_pt=13)


def petition(made: MadeUp) -> PagePlan:
    """Đơn kiến nghị, typed."""
    person, day = made.person(born=(1945, 1995)), past_day(made, 2017, 2026)
    office = office_at(person.place, day)
    blocks = [
        heading(),
        paragraph(office.on(day), style="italic", align="right"),
        title("ĐƠN KIẾN NGHỊ", made.random.choice(("(Về ô nhiễm môi trường)", "(Về việc mở đường dân sinh)")), 15),
        column(
            paragraph(f"Kính gửi: - {office.name};"), paragraph(f"- Hội đồng nhân dân {office.commune}.", indent_mm=20)
        ),
        paragraph(
            f"Tôi là {person.full_name}, căn cước số {person.personal_number}, cư trú tại {address(person, day)}, thay"
            " mặt"
            f" {made.random.randrange(5, 60)} hộ dân kiến nghị một việc như sau:",
            indent_mm=8,
            align="justify",
        ),
        paragraph(
            "Thời gian gần đây, cơ sở chăn nuôi gần khu dân cư xả nước thải ra mương, mùi hôi nồng nặc. Bà con đã"
            " nhiều lần"
            " phản ánh nhưng chưa được giải quyết dứt điểm.",
            indent_mm=8,
            align="justify",
        ),
        paragraph("Vì vậy, chúng tôi kiến nghị:", style="bold"),
        paragraph("- Kiểm tra, lấy mẫu nước;\n- Buộc cơ sở khắc phục;\n- Trả lời bằng văn bản cho nhân dân được biết."),
        space(4),
        signatures(
            signer(("ĐẠI DIỆN CÁC HỘ DÂN",), made.name(is_female=False)), signer(("NGƯỜI KIẾN NGHỊ",), person.full_name)
        ),
    ]
    return PagePlan(_CLASS, "petition", blocks, facts(issue_date=day), size_pt=13.5)


def health_check(made: MadeUp) -> PagePlan:
    """Giấy khám sức khỏe of a hospital."""
    person, day, signed_by = made.person(), made.date(2014, 2024), official(made)
    number = f"{made.random.randrange(1, 5000)}/GKSK-TTYT"
    hospital = f"Trung tâm Y tế {person.place.district}"
    blocks = [
        form_code("Mẫu số 03"),
        letterhead((f"SỞ Y TẾ {bare(person.place.province).upper()}", hospital.upper()), number),
        row(photo(30, 40), title("GIẤY KHÁM SỨC KHỎE", size_pt=17), shares=(1, 3)),
        entry("Họ và tên", person.full_name.upper()),
        row(
            ticks("Giới:", (("Nam", not person.is_female), ("Nữ", person.is_female))),
            entry("Tuổi", str(day.year - person.birth_date.year)),
        ),
        entry("Số CMND/CCCD", person.personal_number),
        entry("Chỗ ở hiện tại", address(person, day)),
        entry("Lý do khám sức khỏe", made.random.choice(("Đi làm", "Đi học", "Lái xe"))),
        paragraph("I. KHÁM THỂ LỰC", style="bold"),
        row(
            entry("Chiều cao", f"{made.random.randrange(148, 182)} cm"),
            entry("Cân nặng", f"{made.random.randrange(42, 88)} kg"),
            entry("Mạch", f"{made.random.randrange(60, 95)} l/p"),
        ),
        paragraph("II. KHÁM LÂM SÀNG", style="bold"),
        table(
            ("Nội dung khám", "Kết quả", "Bác sĩ"),
            [
                [part, "Bình thường", ""]
                for part in ("Nội khoa", "Mắt", "Tai - Mũi - Họng", "Răng - Hàm - Mặt", "Da liễu")
            ],
            (1.5, 1.5, 1),
        ),
        paragraph("KẾT LUẬN: Đủ sức khỏe loại " + made.random.choice(("I", "II", "III")), style="bold"),
        row(
            space(0),
            signatures(
                signer(("NGƯỜI KẾT LUẬN",), signed_by, note=written_date(day).capitalize(), seal=(hospital.upper(), ""))
            ),
        ),
    ]
    found = facts(document_number=number, issue_date=day, issuer=hospital, signer=signed_by)
    return PagePlan(_CLASS, "health-check", blocks, found, size_pt=12.5, margins_mm=(13, 16, 11, 24))


def labour_contract(made: MadeUp) -> PagePlan:
    """Hợp đồng lao động."""
    person, boss, day = made.person(born=(1970, 2006)), made.person(born=(1960, 1990)), past_day(made, 2015, 2026)
    number = f"{made.random.randrange(1, 400):02}/{day.year}/HĐLĐ"
    blocks = [
        letterhead(("CÔNG TY TNHH", made.random.choice(("THẮNG LỢI", "MINH QUÂN", "TÂY ĐÔ"))), number),
        title("HỢP ĐỒNG LAO ĐỘNG", size_pt=16),
        paragraph(f"Chúng tôi, một bên là Ông/Bà: {boss.full_name}, chức vụ: Giám đốc;"),
        paragraph(
            f"Và một bên là Ông/Bà: {person.full_name}, sinh ngày {person.born}, số CCCD {person.personal_number}, địa"
            " chỉ"
            f" {address(person, day)}."
        ),
        paragraph("Thỏa thuận ký kết hợp đồng lao động và cam kết làm đúng những điều khoản sau đây:", align="justify"),
        paragraph("Điều 1: Thời hạn và công việc hợp đồng", style="bold"),
        paragraph(
            f"- Loại hợp đồng: {made.random.choice(('12', '24', '36'))} tháng, từ ngày {day:%d/%m/%Y}\n- Công việc:"
            " vận hành máy"
        ),
        paragraph("Điều 2: Chế độ làm việc", style="bold"),
        paragraph("- Thời giờ làm việc: 8 giờ/ngày, 6 ngày/tuần; được cấp phát dụng cụ, bảo hộ lao động."),
        paragraph("Điều 3: Nghĩa vụ và quyền lợi của người lao động", style="bold"),
        paragraph(
            f"- Mức lương chính: {money(made.random.randrange(50, 150) * 10**5)} đồng/tháng, trả vào ngày 10 hằng"
            " tháng."
        ),
        signatures(
            signer(("Người lao động",), person.full_name),
            signer(
                ("Người sử dụng lao động",), boss.full_name, seal=("CÔNG TY TNHH", bare(boss.place.province).upper())
            ),
        ),
    ]
    return PagePlan(
        _CLASS,
        "labour-contract",
        blocks,
        facts(document_number=number, issue_date=day, signer=boss.full_name),
        size_pt=13,
    )
