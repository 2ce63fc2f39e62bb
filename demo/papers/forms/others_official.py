# SPDX-License-Identifier: GPL-3.0-or-later
"""Official letters of the kinds every office writes: none of them belongs to a class of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from demo.papers.made_up import MadeUp, written_date
from demo.papers.made_up_civil import facts
from demo.papers.made_up_trade import Office, bare, money, office_at, official, past_day
from demo.papers.plan import (
    Block,
    PagePlan,
    column,
    heading,
    letterhead,
    paragraph,
    row,
    signatures,
    signer,
    space,
    table,
    title,
)

_CLASS = "other"
_SUBJECTS = (
    "tăng cường công tác phòng, chống thiên tai năm",
    "rà soát hộ nghèo, hộ cận nghèo năm",
    "triển khai chiến dịch tiêm phòng cho gia súc, gia cầm năm",
    "tổ chức lễ phát động Tết trồng cây năm",
    "kiểm tra công tác phòng cháy, chữa cháy năm",
    "chuẩn bị khai giảng năm học",
)


@dataclass(frozen=True, slots=True)
class Act:
    """What all official letters have.

    Attributes:
        day: When it was signed.
        office: Who writes, or under whom the writer sits.
        number: As printed.
        signed_by: Who signs.
        subject: What it is about, without capital.
    """

    day: dt.date
    office: Office
    number: str
    signed_by: str
    subject: str

    def facts(self, issuer: str = "") -> Mapping[str, str]:
        """Number, day, issuer (the commune's committee unless told) and signer."""
        return facts(
            document_number=self.number,
            issue_date=self.day,
            issuer=issuer or self.office.name,
            signer=self.signed_by,
        )


def act(made: MadeUp, symbol: str, first_year: int = 2018, last_year: int = 2026) -> Act:
    """Make one up.

    Args:
        made: Source of chance.
        symbol: Behind the number and a slash, e.g. ``QĐ-UBND``.
        first_year: Not before.
        last_year: Not after.
    """
    day, place = past_day(made, first_year, last_year), made.place()
    subject = f"{made.random.choice(_SUBJECTS)} {day.year}"
    return Act(day, office_at(place, day), f"{made.random.randrange(1, 3000)}/{symbol}", official(made), subject)


def signed(it: Act, titles: Sequence[str], receivers: str) -> Block:
    """Receivers on the left, signature and seal on the right."""
    return row(
        column(paragraph("Nơi nhận:", style="bold-italic", size_pt=11), paragraph(receivers, size_pt=10)),
        signatures(signer(titles, it.signed_by, seal=it.office.seal)),
    )


def letter(made: MadeUp) -> PagePlan:
    """Công văn: no title, the subject under the number."""
    it = act(made, made.random.choice(("UBND-VP", "UBND-KT", "UBND-VHXH")))
    blocks = [
        letterhead(it.office.lines, it.number, it.office.on(it.day)),
        row(paragraph(f"V/v {it.subject}", align="center", size_pt=11), space(0), shares=(1, 1.4)),
        space(4),
        row(
            paragraph("Kính gửi:", align="right"),
            column(paragraph("- Các ban, ngành, đoàn thể;"), paragraph("- Trưởng các thôn, tổ dân phố.")),
            shares=(1, 2),
        ),
        space(2),
        paragraph(
            f"Thực hiện Công văn số {made.random.randrange(100, 4000)} của {it.office.above_name} về việc {it.subject},"
            f" {it.office.name} yêu cầu các đơn vị thực hiện một số nội dung sau:",
            indent_mm=10,
            align="justify",
        ),
        paragraph(
            "1. Phổ biến, quán triệt đến cán bộ và nhân dân trên địa bàn; phân công người phụ trách từng việc.\n"
            "2. Chuẩn bị nhân lực, phương tiện, kinh phí theo phương châm bốn tại chỗ.\n"
            "3. Báo cáo kết quả về Văn phòng trước"
            f" {written_date(it.day + dt.timedelta(days=made.random.randrange(10, 40)))}.",
            align="justify",
        ),
        paragraph("Đề nghị các đơn vị nghiêm túc triển khai thực hiện./.", indent_mm=10),
        signed(
            it, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "- Như trên;\n- Chủ tịch, các PCT;\n- Lưu: VT."
        ),
    ]
    return PagePlan(_CLASS, "letter", blocks, it.facts(), size_pt=13.5)


def decision(made: MadeUp) -> PagePlan:
    """Quyết định with grounds and articles."""
    it = act(made, "QĐ-UBND")
    what = made.random.choice(
        (
            "Về việc thành lập Ban Chỉ huy phòng thủ dân sự",
            "Về việc kiện toàn Tổ công nghệ số cộng đồng",
            "Về việc khen thưởng tập thể, cá nhân có thành tích",
            "Về việc phê duyệt dự toán kinh phí sửa chữa đường giao thông nông thôn",
        )
    )
    blocks = [
        letterhead(it.office.lines, it.number, it.office.on(it.day)),
        title("QUYẾT ĐỊNH", what, 14),
        paragraph(f"CHỦ TỊCH {it.office.name.upper()}", style="bold", align="center"),
        paragraph(
            "Căn cứ Luật Tổ chức chính quyền địa phương;\n"
            f"Căn cứ Kế hoạch số {made.random.randrange(10, 300)}/KH-UBND của {it.office.above_name};\n"
            "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.",
            style="italic",
        ),
        paragraph("QUYẾT ĐỊNH:", style="bold", align="center"),
        paragraph(
            f"Điều 1. {what.removeprefix('Về việc ').capitalize()} gồm các ông (bà) có tên trong danh sách kèm theo."
        ),
        paragraph(
            f"Điều 2. Kinh phí {money(made.random.randrange(5, 90) * 10**6)} đồng, chi từ ngân sách xã.",
            align="justify",
        ),
        paragraph(
            "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Văn phòng, các phòng chuyên môn và các cá nhân có tên"
            " chịu trách"
            " nhiệm thi hành Quyết định này./.",
            align="justify",
        ),
        signed(it, ("CHỦ TỊCH",), "- Như Điều 3;\n- Đảng ủy, HĐND;\n- Lưu: VT, VHXH."),
    ]
    return PagePlan(_CLASS, "decision", blocks, it.facts(), size_pt=13.5)


def announcement(made: MadeUp) -> PagePlan:
    """Thông báo of what will happen when."""
    it = act(made, "TB-UBND")
    rows = [
        [f"{made.random.choice(('7', '8', '14'))} giờ 00", f"Khu dân cư số {place}", made.name(is_female=False)]
        for place in range(1, made.random.randrange(3, 7))
    ]
    what = made.random.choice(
        ("Lịch tiêm vắc xin", "Lịch cắt điện, cắt nước", "Lịch tiếp công dân", "Lịch thu gom rác thải")
    )
    blocks = [
        letterhead(it.office.lines, it.number, it.office.on(it.day)),
        title("THÔNG BÁO", f"{what} tháng {it.day.month} năm {it.day.year}"),
        paragraph(f"{it.office.name} thông báo đến toàn thể nhân dân như sau:", indent_mm=10),
        table(("Thời gian", "Địa điểm", "Người phụ trách"), rows, (1, 2, 1.6)),
        paragraph("Đề nghị các hộ gia đình bố trí thời gian, thực hiện đúng thông báo./.", indent_mm=10),
        signed(it, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "- Đài truyền thanh;\n- Các thôn;\n- Lưu: VT."),
    ]
    return PagePlan(_CLASS, "announcement", blocks, it.facts(), size_pt=13.5)


def proposal(made: MadeUp) -> PagePlan:
    """Tờ trình to the office above."""
    it = act(made, "TTr-UBND")
    blocks = [
        letterhead(it.office.lines, it.number, it.office.on(it.day)),
        title("TỜ TRÌNH", f"Về việc xin hỗ trợ kinh phí {it.subject}", 14),
        paragraph(f"Kính gửi: {it.office.above_name}", align="center"),
        paragraph("I. SỰ CẦN THIẾT", style="bold"),
        paragraph(
            f"Trên địa bàn có {made.random.randrange(2, 30)} km đường và {made.random.randrange(3, 18)} cống thoát"
            " nước đã"
            " xuống cấp, ảnh hưởng đến đi lại và sản xuất của nhân dân, nhất là trong mùa mưa.",
            align="justify",
        ),
        paragraph("II. NỘI DUNG ĐỀ NGHỊ", style="bold"),
        paragraph(
            f"Đề nghị hỗ trợ {money(made.random.randrange(50, 900) * 10**6)} đồng; phần còn lại huy động từ nhân dân"
            " và nguồn"
            " hợp pháp khác.",
            align="justify",
        ),
        paragraph("III. TỔ CHỨC THỰC HIỆN", style="bold"),
        paragraph("Thi công trong quý tiếp theo, nghiệm thu và quyết toán theo quy định."),
        paragraph("Kính đề nghị xem xét, phê duyệt./."),
        signed(it, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "- Như trên;\n- Phòng Tài chính;\n- Lưu."),
    ]
    return PagePlan(_CLASS, "proposal", blocks, it.facts(), size_pt=13.5)


def invitation(made: MadeUp) -> PagePlan:
    """Giấy mời to a meeting."""
    it = act(made, "GM-UBND")
    guest = made.person()
    blocks = [
        letterhead(it.office.lines, it.number, it.office.on(it.day)),
        title("GIẤY MỜI", made.random.choice(("Dự hội nghị tổng kết", "Dự họp", "Về việc làm việc trực tiếp"))),
        paragraph(f"{it.office.name} trân trọng kính mời:"),
        paragraph(f"Ông (Bà): {guest.full_name}", style="bold", indent_mm=8),
        paragraph(f"Địa chỉ: {guest.place.today}", indent_mm=8),
        paragraph(f"Nội dung: {it.subject}."),
        paragraph(
            f"Thời gian: {made.random.choice(('7 giờ 30', '8 giờ 00', '14 giờ 00'))}, ngày"
            f" {it.day + dt.timedelta(days=5):%d/%m/%Y}.\nĐịa điểm: Hội trường {it.office.name}."
        ),
        paragraph("Rất mong ông (bà) đến dự đúng giờ. Khi đi mang theo giấy này./."),
        signed(it, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "- Như trên;\n- Lưu: VT."),
    ]
    return PagePlan(_CLASS, "invitation", blocks, it.facts(), size_pt=13.5)


def minutes(made: MadeUp) -> PagePlan:
    """Biên bản of a meeting: no number, no seal."""
    it = act(made, "BB")
    chair, clerk = official(made), official(made)
    blocks = [
        heading(),
        title("BIÊN BẢN", made.random.choice(("Họp thôn", "Hòa giải tranh chấp", "Kiểm tra hiện trạng")), 15),
        paragraph(
            f"Hồi {made.random.randrange(7, 17)} giờ 15 phút, {written_date(it.day)}, tại nhà văn hóa"
            f" {made.place().hamlet},"
            " chúng tôi gồm có:",
            align="justify",
        ),
        paragraph(f"1. Ông (bà) {chair} - Chủ trì\n2. Ông (bà) {clerk} - Thư ký\n3. Đại diện các hộ có liên quan."),
        paragraph("NỘI DUNG", style="bold", align="center"),
        paragraph(
            f"Chủ trì nêu lý do, phổ biến việc {it.subject}. Các đại biểu phát biểu, đóng góp ý kiến; có"
            f" {made.random.randrange(20, 60)}/{made.random.randrange(60, 90)} người tán thành. Các ý kiến khác được"
            " ghi vào sổ"
            " và báo cáo cấp trên.",
            align="justify",
        ),
        paragraph("KẾT LUẬN", style="bold", align="center"),
        paragraph("Thống nhất thực hiện theo phương án một, giao ban công tác mặt trận giám sát.", align="justify"),
        paragraph("Biên bản lập xong vào lúc 11 giờ cùng ngày, đã đọc lại cho mọi người nghe và nhất trí ký tên."),
        signatures(signer(("THƯ KÝ",), clerk), signer(("CHỦ TRÌ",), chair)),
    ]
    return PagePlan(_CLASS, "minutes", blocks, facts(issue_date=it.day), size_pt=13.5)


def introduction(made: MadeUp) -> PagePlan:
    """Giấy giới thiệu of somebody sent to another office."""
    it = act(made, "GGT")
    blocks = [
        letterhead(
            (f"SỞ NỘI VỤ {bare(it.office.province).upper()}", "TRUNG TÂM LƯU TRỮ LỊCH SỬ"),
            it.number,
            f"{bare(it.office.province)}, {written_date(it.day)}",
        ),
        title("GIẤY GIỚI THIỆU", size_pt=16),
        paragraph("Trung tâm Lưu trữ lịch sử trân trọng giới thiệu:", indent_mm=8),
        paragraph(
            f"Ông (bà): {official(made)}\nChức vụ: Chuyên viên\nĐược cử đến: {made.place().commune}\n"
            "Về việc: liên hệ công tác sưu tầm tài liệu"
        ),
        paragraph("Đề nghị quý cơ quan tạo điều kiện để ông (bà) có tên ở trên hoàn thành nhiệm vụ.", indent_mm=8),
        paragraph(f"Giấy này có giá trị đến hết ngày {it.day + dt.timedelta(days=10):%d/%m/%Y}./."),
        row(
            space(0),
            signatures(signer(("GIÁM ĐỐC",), it.signed_by, seal=("TRUNG TÂM LƯU TRỮ LỊCH SỬ", "SỞ NỘI VỤ"))),
        ),
    ]
    return PagePlan(
        _CLASS,
        "introduction",
        blocks,
        it.facts("Trung tâm Lưu trữ lịch sử"),
        format="a5-landscape",
        size_pt=10.5,
        margins_mm=(9, 12, 8, 14),
    )


def report(made: MadeUp) -> PagePlan:
    """Báo cáo with a table of figures."""
    it = act(made, "BC-PKT")
    rows = [
        [
            name,
            str(made.random.randrange(10, 400)),
            str(made.random.randrange(5, 300)),
            f"{made.random.randrange(60, 100)}%",
        ]
        for name in ("Hộ tịch", "Chứng thực", "Đất đai", "Xây dựng", "Bảo trợ xã hội")
    ]
    blocks = [
        letterhead((it.office.name.upper(), "PHÒNG KINH TẾ"), it.number, it.office.on(it.day)),
        title(
            "BÁO CÁO", f"Kết quả thực hiện nhiệm vụ quý {made.random.choice(('I', 'II', 'III'))} năm {it.day.year}", 14
        ),
        paragraph("Phần thứ nhất\nKẾT QUẢ ĐẠT ĐƯỢC", style="bold", align="center"),
        paragraph("Trong quý, phòng đã tham mưu giải quyết các công việc theo bảng dưới đây:", indent_mm=8),
        table(("Lĩnh vực", "Tiếp nhận", "Đã giải quyết", "Đúng hạn"), rows, (2, 1, 1, 1)),
        paragraph("Phần thứ hai\nPHƯƠNG HƯỚNG, NHIỆM VỤ", style="bold", align="center"),
        paragraph("Tiếp tục cải cách hành chính, chuyển đổi số, nâng cao chất lượng phục vụ.", indent_mm=8),
        row(
            paragraph("Nơi nhận:\n- UBND;\n- Lưu.", size_pt=10),
            signatures(
                signer(("TRƯỞNG PHÒNG",), it.signed_by, seal=("PHÒNG KINH TẾ", bare(it.office.commune).upper()))
            ),
        ),
    ]
    return PagePlan(_CLASS, "report", blocks, it.facts("Phòng Kinh tế"), size_pt=13.5)
