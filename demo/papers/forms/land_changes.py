# SPDX-License-Identifier: GPL-3.0-or-later
"""Land-use certificates of every generation: the pages without the title, with parcel, plan and what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from demo.papers.made_up import MadeUp, Place, written_date
from demo.papers.made_up_civil import facts
from demo.papers.made_up_trade import Office, Parcel, bare, decimal, office_at, official, parcel, past_day, procedure
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    column,
    entry,
    paragraph,
    parcel_plan,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)

_CLASS = "land-use-certificate-changes"
_PINK = "#fbeee9"
_WARNING = (
    "Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào trong Giấy chứng"
    " nhận; khi bị mất hoặc hư hỏng Giấy chứng nhận phải khai báo ngay với cơ quan cấp Giấy."
)


def _change(made: MadeUp, place: Place, first_year: int, last_year: int) -> tuple[dt.date, str, str]:
    """One change: its day, what changed and who confirmed it, as the columns of the table say it."""
    day = past_day(made, first_year, last_year)
    person = made.person(born=(1950, 2000))
    received = procedure(made, day)
    number = f"{made.random.randrange(100, 9000):06}"
    area = f"{made.random.randrange(60, 300)},{made.random.randrange(10)}"
    who = f"{'bà' if person.is_female else 'ông'} {person.full_name}, sinh năm {person.birth_date.year},"
    who += f" CCCD số {person.personal_number}"
    text = made.random.choice(
        (
            f"Chuyển nhượng cho {who}, theo hồ sơ số {number}.CN.001",
            f"Tặng cho {who}; địa chỉ: {person.place.before}; theo hồ sơ số {number}.TA.002",
            f"Để thừa kế cho {who} theo hồ sơ số {number}.TK.001",
            "Thế chấp bằng quyền sử dụng đất tại Ngân hàng Nông nghiệp và Phát triển nông thôn Việt Nam - Chi nhánh"
            f" {bare(place.district)} theo hồ sơ số {number}.TC.001",
            f"Xóa nội dung đăng ký thế chấp ngày {day:%d/%m/%Y} theo hồ sơ số {number}.XC.001",
            f"Chuyển mục đích sử dụng {area} m² đất trồng cây lâu năm sang đất ở tại nông thôn theo Quyết định số"
            f" {made.random.randrange(10, 3000)}/QĐ-UBND ngày {day:%d/%m/%Y}",
            f"Thửa đất số {made.random.randrange(20, 900)} được tách thành hai thửa; diện tích còn lại {area} m²,"
            f" hồ sơ số {received.dossier_code}",
        )
    )
    branch = f"Chi nhánh VPĐKĐĐ {place.district if last_year < 2025 else place.province}"
    return day, text, f"{bare(place.district)}, {written_date(day)}\n{branch}\nGIÁM ĐỐC\n\n{official(made)}"


def _changes(made: MadeUp, place: Place, years: tuple[int, int], count: int) -> list[list[str]]:
    return [list(_change(made, place, *years)[1:]) for _ in range(count)]


def _known_serial(made: MadeUp, land: Parcel) -> tuple[str, Mapping[str, str]]:
    """The serial is printed on this page of many certificates, not on all."""
    if made.random.random() < 0.3:
        return "", {}
    return land.serial, facts(document_number=land.serial)


def _changes_page_of_2014(made: MadeUp) -> PagePlan:
    place = made.place()
    land = parcel(made, place, made.date(2014, 2022))
    serial, found = _known_serial(made, land)
    count = made.random.choice((1, 2, 2, 3))
    rows = [*_changes(made, place, (2016, 2024), count), [" \n" * (7 * (4 - count)), ""]]
    blocks = [
        paragraph("IV. Những thay đổi sau khi cấp giấy chứng nhận", style="bold"),
        table(("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan\ncó thẩm quyền"), rows, (1.5, 1)),
        space(4),
        paragraph(_WARNING, style="italic", align="justify"),
        *((paragraph(serial, style="bold", align="right", size_pt=14),) if serial else ()),
    ]
    return PagePlan(_CLASS, "2014-changes-page", blocks, found, fill=_PINK, size_pt=13)


def _plan_page_of_2014(made: MadeUp) -> PagePlan:
    place, day = made.place(), made.date(2014, 2023)
    land, office = parcel(made, place, day), office_at(place, day)
    scale = made.random.choice(("1:200", "1:500", "1:1000"))
    corners = [[str(n), f"{made.random.randrange(500, 4000) / 100:.2f}".replace(".", ",")] for n in range(1, 5)]
    blocks = [
        paragraph("III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất", style="bold"),
        row(
            parcel_plan(land.number, land.area),
            column(
                paragraph("BẢNG LIỆT KÊ CHIỀU DÀI CẠNH", align="center", size_pt=10),
                table(("Điểm", "Chiều dài (m)"), corners, (1, 1.6)),
            ),
            shares=(1.7, 1),
        ),
        paragraph(f"Tỷ lệ {scale}", align="center"),
        row(
            paragraph(f"Số vào sổ cấp GCN: {land.register}"),
            signatures(
                signer(
                    (f"TM. {office.above_name.upper()}", "CHỦ TỊCH"),
                    official(made),
                    note=office.above_on(day),
                    seal=office.above_seal,
                )
            ),
        ),
        paragraph("IV. Những thay đổi sau khi cấp giấy chứng nhận", style="bold"),
        table(
            ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền"),
            [
                *_changes(made, place, (2024, 2024), made.random.choice((0, 1))),
                [" \n" * made.random.randrange(6, 14), ""],
            ],
            (1.5, 1),
        ),
    ]
    return PagePlan(_CLASS, "2014-plan-page", blocks, {}, fill="#fdf1ee", size_pt=12.5)


def _additional_page(made: MadeUp) -> PagePlan:
    place = made.place()
    land = parcel(made, place, made.date(2012, 2022))
    sheet = made.random.choice("123")
    blocks = [
        title("TRANG BỔ SUNG GIẤY CHỨNG NHẬN", f"Trang bổ sung số: {sheet}", 14),
        row(
            entry("Số phát hành GCN", land.serial, rule="none", bold=True),
            entry("Số vào sổ cấp GCN", land.register, rule="none"),
        ),
        row(entry("Thửa đất số", land.number, rule="none"), entry("Tờ bản đồ số", land.map_sheet, rule="none")),
        paragraph("Những thay đổi sau khi cấp Giấy chứng nhận", style="bold", align="center"),
        table(
            ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền"),
            [
                *_changes(made, place, (2019, 2026), made.random.choice((1, 2, 3))),
                [" \n" * made.random.randrange(6, 14), ""],
            ],
            (1.6, 1),
        ),
        space(5),
        paragraph("Trang bổ sung này là một phần không tách rời của Giấy chứng nhận.", style="italic", size_pt=10),
    ]
    return PagePlan(_CLASS, "additional-page", blocks, facts(document_number=land.serial), fill="#fffdf8", size_pt=13)


def _second_page_of_2024(made: MadeUp) -> PagePlan:
    place, day = made.place(), past_day(made, 2025, 2026)
    land = parcel(made, place, day)
    points = [
        [
            str(n),
            f"{made.random.randrange(10**8, 3 * 10**8) / 100:.2f}",
            f"{made.random.randrange(5 * 10**7, 6 * 10**7) / 100:.2f}",
        ]
        for n in range(1, 5)
    ]
    blocks = [
        paragraph("5. Sơ đồ thửa đất, tài sản gắn liền với đất:", style="bold"),
        row(
            parcel_plan(land.number, land.area),
            column(
                paragraph("Tọa độ đỉnh thửa (VN-2000)", align="center", size_pt=10),
                table(("Số hiệu", "X (m)", "Y (m)"), points, (0.8, 1.3, 1.3)),
            ),
            shares=(1.5, 1),
        ),
        paragraph("6. Những thay đổi sau khi cấp Giấy chứng nhận:", style="bold"),
        table(
            ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền"),
            [
                *_changes(made, place, (2026, 2026), made.random.choice((0, 1, 2))),
                [" \n" * made.random.randrange(8, 16), ""],
            ],
            (1.4, 1),
        ),
        space(4),
        paragraph(
            "Quét mã QR trên trang 1 để tra cứu thông tin chi tiết về thửa đất, tài sản gắn liền với đất và tình trạng"
            " pháp lý của Giấy chứng nhận.",
            style="italic",
            size_pt=10,
        ),
        paragraph(f"Số phát hành: {land.serial}", align="right", style="bold"),
    ]
    return PagePlan(
        _CLASS,
        "2024-second-page",
        blocks,
        facts(document_number=land.serial),
        fill="#fbf0ea",
        border=True,
        size_pt=12.5,
        margins_mm=(18, 20, 16, 22),
    )


def _parcel_page_of_2014(made: MadeUp) -> PagePlan:
    place, day = made.place(), made.date(2014, 2023)
    land, office = parcel(made, place, day), office_at(place, day)
    blocks = [
        paragraph("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", style="bold"),
        paragraph("1. Thửa đất:", style="bold"),
        paragraph(
            f"a) Thửa đất số: {land.number}, tờ bản đồ số: {land.map_sheet}\nb) Địa chỉ: {land.address}\n"
            f"c) Diện tích: {land.area} m² (bằng chữ: {land.area_in_words})\nd) Hình thức sử dụng: riêng"
            f" {land.area} m², chung: không m²\nđ) Mục đích sử dụng: {land.uses}\ne) Thời hạn sử dụng: Lâu dài\n"
            f"g) Nguồn gốc sử dụng: {land.ground}"
        ),
        paragraph("2. Nhà ở:", style="bold"),
        table(
            ("Loại nhà ở", "Diện tích xây dựng", "Diện tích sàn", "Kết cấu", "Cấp (hạng)"),
            [
                [
                    "Nhà ở riêng lẻ",
                    f"{decimal(made.random.randrange(400, 1200))} m²",
                    "156,2 m²",
                    "Gạch, BTCT",
                    "Cấp III",
                ]
            ],
        )
        if made.random.random() < 0.5
        else paragraph("-/-"),
        paragraph("3. Công trình xây dựng khác: -/-\n4. Rừng sản xuất là rừng trồng: -/-\n5. Cây lâu năm: -/-"),
        paragraph("6. Ghi chú: Không"),
        paragraph("III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất", style="bold"),
        row(parcel_plan(land.number, land.area), _signed(made, office, office.above_on(day))),
    ]
    return PagePlan(_CLASS, "2014-parcel-page", blocks, {}, fill=_PINK, size_pt=12.5)


def _signed(made: MadeUp, office: Office, place_and_date: str) -> Block:
    titles = ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    seal = (f"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG {office.province.upper()}", "")
    return column(
        paragraph(place_and_date, style="italic", align="center"), signatures(signer(titles, official(made), seal=seal))
    )


def _changes_page_of_2004(made: MadeUp) -> PagePlan:
    place, day = made.place(), made.date(2004, 2009)
    land = parcel(made, place, day)
    serial, found = _known_serial(made, land)
    rows = []
    for _ in range(made.random.choice((1, 2))):
        day, text, confirmation = _change(made, place, 2010, 2022)
        rows.append([f"{day:%d/%m/%Y}", text, confirmation.split("\n", 1)[1]])
    blocks = [
        paragraph("V- Sơ đồ thửa đất", style="bold", align="center"),
        row(parcel_plan(land.number, land.area), paragraph("Tỷ lệ 1/1000"), shares=(2, 1)),
        paragraph("VI- Những thay đổi sau khi cấp giấy chứng nhận quyền sử dụng đất", style="bold", align="center"),
        table(
            ("Ngày, tháng, năm", "Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền"),
            [*rows, ["", " \n" * made.random.randrange(5, 10), ""]],
            (0.8, 2, 1.2),
        ),
        paragraph("NGƯỜI ĐƯỢC CẤP GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT CẦN CHÚ Ý", style="bold", align="center"),
        paragraph(
            "1. Được hưởng quyền và phải thực hiện nghĩa vụ của người sử dụng đất theo quy định của pháp luật.\n"
            "2. Phải mang giấy này đến đăng ký tại cơ quan có thẩm quyền khi thay đổi mục đích, thời hạn, hình thể thửa"
            " đất hoặc chuyển quyền.\n3. Không được tự ý sửa chữa, tẩy xóa bất kỳ nội dung nào trong giấy này."
        ),
        *((paragraph(serial, style="bold", size_pt=14),) if serial else ()),
    ]
    return PagePlan(_CLASS, "2004-plan-and-changes", blocks, found, fill="#f6ead2", size_pt=13)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (
        _changes_page_of_2014,
        _plan_page_of_2014,
        _additional_page,
        _second_page_of_2024,
        _parcel_page_of_2014,
        _changes_page_of_2004,
    ),
}
