# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications to register a household's business: the circulars of 2015, 2021, 2023 and 2025."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.papers.made_up import MadeUp, Person
from demo.papers.made_up_civil import address, facts
from demo.papers.made_up_trade import Business, Office, bare, business, money, office_at, past_day
from demo.papers.plan import (
    Block,
    Layout,
    PagePlan,
    boxes,
    column,
    entry,
    form_code,
    heading,
    letterhead,
    paragraph,
    row,
    signatures,
    signer,
    table,
    ticks,
    title,
)
from demo.papers.wording import number_in_words

_CLASS = "household-business-application"


@dataclass(frozen=True, slots=True)
class _Founding:
    day: dt.date
    owner: Person
    office: Office
    business: Business

    @property
    def place(self) -> str:
        """Where the business sits: where its owner lives."""
        return address(self.owner, self.day)

    @property
    def words(self) -> str:
        """The capital in words."""
        return f"{number_in_words(self.business.capital).capitalize()} đồng"

    def facts(self) -> Mapping[str, str]:
        """What every form of the application prints."""
        return facts(
            full_name=self.owner.full_name, birth_date=self.owner.birth_date, sex=self.owner.sex,
            personal_number=self.owner.personal_number, business_name=self.business.name, business_place=self.place,
            capital=str(self.business.capital), phone=self.owner.phone, issue_date=self.day
        )  # fmt: skip


def _founding(made: MadeUp, first_year: int, last_year: int) -> _Founding:
    day, owner = past_day(made, first_year, last_year), made.person(born=(1958, 2004))
    return _Founding(day, owner, office_at(owner.place, day), business(made, owner))


def _owner_signs(founding: _Founding, title_line: str = "CHỦ HỘ KINH DOANH", *, dated: bool = False) -> Block:
    note = f"{founding.office.on(founding.day)}\n(Ký và ghi họ tên)" if dated else "(Ký và ghi họ tên)"
    return signatures(signer((), "", pen="none"), signer((title_line,), founding.owner.full_name, note=note))


def _form_of_2021(made: MadeUp) -> PagePlan:
    it = _founding(made, 2021, 2023)
    card = made.date(2021, 2021)
    blocks = [
        form_code(made.random.choice(("Phụ lục III-1", "Phụ lục III-1\n(Thông tư số 01/2021/TT-BKHĐT)"))),
        heading(),
        paragraph(it.office.on(it.day), style="italic", align="right"),
        title("GIẤY ĐỀ NGHỊ\nĐĂNG KÝ HỘ KINH DOANH", size_pt=14),
        paragraph(f"Kính gửi: Phòng Tài chính - Kế hoạch {it.office.above}", align="center"),
        row(
            entry("Tôi là (ghi họ tên bằng chữ in hoa)", it.owner.full_name.upper()),
            entry("Giới tính", it.owner.sex_word),
            shares=(2.4, 1),
        ),
        row(
            entry("Sinh ngày", it.owner.born),
            entry("Dân tộc", it.owner.ethnic_group),
            entry("Quốc tịch", "Việt Nam"),
            shares=(1.3, 1, 1),
        ),
        ticks(
            "Loại giấy tờ pháp lý của cá nhân:",
            (("Chứng minh nhân dân", False), ("Căn cước công dân", True), ("Hộ chiếu", False)),
        ),
        entry("Số giấy tờ pháp lý của cá nhân", it.owner.personal_number),
        row(entry("Ngày cấp", f"{card:%d/%m/%Y}"), entry("Nơi cấp", "Cục CS QLHC về TTXH")),
        entry("Địa chỉ thường trú", it.place),
        entry("Địa chỉ liên lạc", made.random.choice((it.place, "Như trên"))),
        row(entry("Điện thoại (nếu có)", it.owner.phone), entry("Email (nếu có)", "")),
        paragraph("Đăng ký hộ kinh doanh do tôi là chủ hộ với các nội dung sau:", style="bold"),
        entry("1. Tên hộ kinh doanh (ghi bằng chữ in hoa)", f"HỘ KINH DOANH {it.business.name.upper()}"),
        entry("2. Địa chỉ trụ sở hộ kinh doanh", it.place),
        paragraph("3. Ngành, nghề kinh doanh:"),
        table(
            ("STT", "Tên ngành", "Mã ngành", "Ngành, nghề kinh doanh chính"),
            [["1", it.business.line, it.business.code, "X"]],
            (0.4, 3, 0.8, 1.1),
        ),
        paragraph("4. Vốn kinh doanh:"),
        entry("Tổng số (bằng số; VNĐ)", money(it.business.capital)),
        ticks("5. Chủ thể thành lập hộ kinh doanh:", (("Cá nhân", True), ("Các thành viên hộ gia đình", False))),
        paragraph(
            "Tôi xin cam kết: Bản thân không thuộc diện pháp luật cấm kinh doanh; địa chỉ trụ sở thuộc quyền sử dụng"
            " hợp pháp"
            " của tôi; chịu trách nhiệm về tính hợp pháp, chính xác và trung thực của nội dung đăng ký trên.",
            align="justify",
        ),
        _owner_signs(it),
    ]
    return PagePlan(_CLASS, "2021-appendix-3-1", blocks, it.facts(), size_pt=12.5, margins_mm=(12, 16, 11, 25))


def _form_of_2023(made: MadeUp) -> PagePlan:
    it = _founding(made, 2023, 2025)
    blocks = [
        heading(),
        title("GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH", "(Phụ lục III-1 kèm theo Thông tư số 02/2023/TT-BKHĐT)", 14),
        paragraph(f"Kính gửi: Phòng Tài chính - Kế hoạch {it.office.above}", style="bold"),
        paragraph("Chủ hộ kinh doanh", style="bold"),
        entry("Họ và tên", it.owner.full_name.upper(), rule="line"),
        row(
            entry("Ngày, tháng, năm sinh", it.owner.born, rule="line"),
            ticks("Giới tính:", (("Nam", not it.owner.is_female), ("Nữ", it.owner.is_female))),
        ),
        boxes("Số định danh cá nhân", it.owner.personal_number),
        entry("Số điện thoại", it.owner.phone, rule="line"),
        paragraph("Nội dung đăng ký", style="bold"),
        row(
            paragraph("1. Tên hộ kinh doanh viết bằng tiếng Việt:"),
            paragraph(it.business.name, style="bold"),
        ),
        row(paragraph("2. Trụ sở:"), paragraph(it.place), shares=(0.25, 1)),
        row(
            paragraph(f"3. Vốn kinh doanh: {money(it.business.capital)} đồng"),
            paragraph(f"({it.words})", style="italic"),
        ),
        row(paragraph("4. Ngành nghề:"), paragraph(f"{it.business.line} ({it.business.code})"), shares=(0.35, 1)),
        paragraph("5. Thông tin về thuế:"),
        table(
            ("Nội dung", "Khai báo"),
            [
                ["Ngày bắt đầu hoạt động", f"{it.day:%d/%m/%Y}"],
                ["Số lượng lao động (dự kiến)", made.random.choice("12345")],
                ["Phương pháp tính thuế", made.random.choice(("Kê khai", "Khoán"))],
                ["Địa chỉ nhận thông báo thuế", "Như trụ sở"],
            ],
        ),
        ticks("6. Hộ kinh doanh do:", (("Cá nhân thành lập", True), ("Thành viên hộ gia đình cùng thành lập", False))),
        paragraph("Tôi cam đoan những lời khai trên là đúng và chịu trách nhiệm về việc sử dụng tên hộ kinh doanh."),
        _owner_signs(it, dated=True),
    ]
    return PagePlan(_CLASS, "2023-boxes-and-lines", blocks, it.facts(), size_pt=13)


def _form_of_2025(made: MadeUp) -> PagePlan:
    it = _founding(made, 2026, 2026)
    blocks = [
        form_code("Mẫu số 01 - Phụ lục II\nThông tư số 68/2025/TT-BTC"),
        heading(),
        title("GIẤY ĐỀ NGHỊ ĐĂNG KÝ THÀNH LẬP HỘ KINH DOANH", size_pt=14),
        paragraph(
            f"Kính gửi: {made.random.choice(('Phòng Kinh tế', 'Cơ quan đăng ký kinh doanh cấp xã -'))}"
            f" {it.office.commune}",
            align="center",
        ),
        paragraph("Tôi là:"),
        entry("Họ, chữ đệm và tên", it.owner.full_name.upper(), bold=True),
        row(entry("Sinh ngày", it.owner.born), entry("Giới tính", it.owner.sex_word)),
        entry("Số định danh cá nhân", it.owner.personal_number),
        row(entry("Điện thoại", it.owner.phone), entry("Thư điện tử", "")),
        entry("Nơi thường trú", it.place),
        paragraph("Đăng ký thành lập hộ kinh doanh với các nội dung sau:", style="bold"),
        entry("1. Tên hộ kinh doanh", it.business.name.upper(), bold=True),
        entry("2. Trụ sở của hộ kinh doanh", it.place),
        entry("3. Ngành, nghề kinh doanh (mã ngành cấp 4)", f"{it.business.code} - {it.business.line}"),
        entry("4. Vốn kinh doanh (bằng số, đơn vị VNĐ)", money(it.business.capital)),
        entry("   Bằng chữ", it.words),
        paragraph("5. Thông tin đăng ký thuế, bảo hiểm xã hội:"),
        entry("5.1. Địa chỉ nhận thông báo thuế", "Như địa chỉ trụ sở"),
        entry("5.2. Tổng số lao động (dự kiến)", made.random.choice("1234")),
        ticks(
            "5.3. Phương thức đóng bảo hiểm xã hội:", (("Hằng tháng", True), ("03 tháng", False), ("06 tháng", False))
        ),
        ticks("6. Phương thức nhận kết quả:", (("Bản giấy tại Trung tâm", True), ("Bản điện tử", True))),
        paragraph(
            "Tôi cam kết không đồng thời là chủ hộ kinh doanh khác, chủ doanh nghiệp tư nhân; chịu trách nhiệm trước"
            " pháp luật"
            " về nội dung kê khai.",
            align="justify",
        ),
        _owner_signs(it, "NGƯỜI ĐỀ NGHỊ ĐĂNG KÝ", dated=True),
    ]
    return PagePlan(_CLASS, "2025-form-01", blocks, it.facts(), size_pt=12.5, margins_mm=(14, 16, 12, 25))


def _table_of_2025(made: MadeUp) -> PagePlan:
    it = _founding(made, 2025, 2026)
    rows = [
        ["I", "Người thành lập", ""],
        ["1", "Họ và tên", it.owner.full_name],
        ["2", "Ngày sinh / giới tính", f"{it.owner.born} / {it.owner.sex_word}"],
        ["3", "Số CCCD/Căn cước", it.owner.personal_number],
        ["4", "Số điện thoại liên hệ", it.owner.phone],
        ["II", "Hộ kinh doanh", ""],
        ["5", "Tên gọi", it.business.name],
        ["6", "Địa điểm kinh doanh", it.place],
        ["7", "Ngành, nghề", it.business.line],
        ["8", "Số vốn đầu tư", f"{money(it.business.capital)} đồng"],
        ["9", "Số người làm", made.random.choice("123456")],
    ]
    blocks = [
        heading(),
        title("ĐƠN ĐỀ NGHỊ\nCẤP GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", size_pt=14),
        paragraph(f"Kính gửi: {it.office.name}", align="center"),
        table(("TT", "Nội dung kê khai", "Thông tin"), rows, (0.4, 1.4, 2.4)),
        paragraph("Giấy tờ kèm theo: bản sao căn cước, hợp đồng thuê mặt bằng (nếu có).", style="italic"),
        paragraph("Người khai bảo đảm thông tin trên là trung thực, không kinh doanh ngành nghề bị cấm."),
        row(
            paragraph(
                "Phần ghi của cơ quan tiếp"
                " nhận:\n..............................................\n.............................................."
            ),
            _owner_signs(it, "NGƯỜI KHAI", dated=True),
            shares=(1, 2.2),
        ),
    ]
    return PagePlan(_CLASS, "2025-table", blocks, it.facts(), size_pt=13)


def _form_of_2015(made: MadeUp) -> PagePlan:
    it = _founding(made, 2016, 2020)
    blocks = [
        letterhead(("HỘ KINH DOANH", it.business.name.upper()), place_and_date=it.office.on(it.day)),
        title("GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH"),
        paragraph(f"Kính gửi: Phòng Tài chính - Kế hoạch UBND {it.office.above}", align="center"),
        row(entry("Tôi là", it.owner.full_name.upper()), entry("Nam/Nữ", it.owner.sex_word), shares=(2, 1)),
        row(entry("Sinh ngày", it.owner.born), entry("Dân tộc", it.owner.ethnic_group), entry("Quốc tịch", "Việt Nam")),
        entry("Chứng minh nhân dân/Căn cước công dân số", it.owner.personal_number),
        entry("Nơi đăng ký hộ khẩu thường trú", it.place),
        entry("Chỗ ở hiện tại", it.place),
        row(entry("Điện thoại", it.owner.phone), entry("Fax", ""), entry("Email", "")),
        paragraph("Đăng ký hộ kinh doanh với các nội dung sau:", style="bold"),
        entry("1. Tên hộ kinh doanh (ghi bằng chữ in hoa)", it.business.name.upper()),
        entry("2. Địa điểm kinh doanh", it.place),
        entry("3. Ngành, nghề kinh doanh", it.business.line),
        paragraph("4. Vốn kinh doanh:"),
        entry("Tổng số (bằng số)", f"{money(it.business.capital)} đồng"),
        entry("Phần vốn góp của mỗi cá nhân", ""),
        entry("5. Số lao động", made.random.choice("12345")),
        paragraph(
            "Tôi và các cá nhân tham gia thành lập hộ kinh doanh cam kết: Bản thân không thuộc diện pháp luật cấm kinh"
            " doanh;"
            " không đồng thời là thành viên hợp danh của công ty hợp danh; hoàn toàn chịu trách nhiệm trước pháp luật"
            " về tính"
            " hợp pháp, chính xác, trung thực của nội dung đăng ký trên.",
            align="justify",
        ),
        _owner_signs(it, "ĐẠI DIỆN HỘ KINH DOANH"),
    ]
    return PagePlan(_CLASS, "2015-form", blocks, it.facts(), size_pt=13)


def _filled_by_hand(made: MadeUp) -> PagePlan:
    it = _founding(made, 2022, 2026)
    blocks = [
        heading(),
        title("GIẤY ĐỀ NGHỊ ĐĂNG KÝ KINH DOANH", "(Hộ kinh doanh cá thể)", 15),
        row(
            paragraph("Kính gửi:", style="bold", align="right"),
            column(paragraph(it.office.name), paragraph(f"{bare(it.office.above)} - {bare(it.office.province)}")),
            shares=(1, 2),
        ),
        entry("Họ tên chủ hộ", it.owner.full_name, by_hand=True),
        row(
            entry("Ngày sinh", it.owner.born, by_hand=True),
            entry("Giới tính", it.owner.sex_word, by_hand=True),
            shares=(1.6, 1),
        ),
        entry("Căn cước công dân", it.owner.personal_number, by_hand=True),
        entry("Số điện thoại", it.owner.phone, by_hand=True),
        entry("Biển hiệu, tên hộ kinh doanh", it.business.name, by_hand=True),
        entry("Địa điểm kinh doanh", it.place, by_hand=True),
        entry("Mặt hàng, dịch vụ kinh doanh", it.business.line, by_hand=True),
        entry("Vốn đăng ký", f"{money(it.business.capital)} đồng", by_hand=True),
        entry("Diện tích mặt bằng", f"{made.random.randrange(12, 90)} m²", by_hand=True),
        entry("Số lao động thường xuyên", "2", by_hand=True),
        entry("", ""),
        paragraph(
            "Đề nghị quý cơ quan xem xét, cấp giấy chứng nhận đăng ký hộ kinh doanh để tôi hoạt động theo quy định."
        ),
        _owner_signs(it, "Người đề nghị", dated=True),
    ]
    return PagePlan(_CLASS, "local-form-by-hand", blocks, it.facts(), size_pt=13)


LAYOUTS: Mapping[str, Sequence[Layout]] = {
    _CLASS: (_form_of_2021, _form_of_2023, _form_of_2025, _table_of_2025, _form_of_2015, _filled_by_hand),
}
